"""The database as it was at the start of the run, put back after each test that commits.

Django's way is to truncate all tables, write the rows of the migrations again one by one, and leave the reference
tables to us: a second and more, a thousand times in a run. On PostgreSQL copies of the tables that have rows lie in
a schema of their own; a test leaves few tables changed, and only those are emptied and filled again.
"""

from django.db import connection
from django.db.backends.utils import CursorWrapper

COPIES = "kept"
_states: dict[str, tuple[int, int]] = {}  # table with rows -> its state when the copy was made or last put back


def possible() -> bool:
    """PostgreSQL, and a user who may leave triggers out: the timeline refuses every deletion otherwise."""
    if connection.vendor != "postgresql":
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT usesuper FROM pg_user WHERE usename = current_user")
        return bool(cursor.fetchone()[0])


def keep() -> None:
    """Copy every table that has rows."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE SCHEMA {COPIES}")
        for table in _filled(cursor, _tables()):
            cursor.execute(f'CREATE TABLE {COPIES}."{table}" AS TABLE public."{table}"')
            _states[table] = _state(cursor, table)


def ready() -> bool:
    """Copies were made in this run."""
    return bool(_states)


def put_back() -> None:
    """Every table as it was when `keep` was called; the counters of ids go on."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # no triggers: no order among tables, no guards
        try:
            for table in _filled(cursor, [one for one in _tables() if one not in _states]):
                cursor.execute(f'DELETE FROM "{table}"')
            for table in [one for one in _states if _state(cursor, one) != _states[one]]:
                cursor.execute(f'DELETE FROM "{table}"')
                cursor.execute(f'INSERT INTO "{table}" SELECT * FROM {COPIES}."{table}"')
                _states[table] = _state(cursor, table)
        finally:
            cursor.execute("SET session_replication_role = DEFAULT")


def _tables() -> list[str]:
    return [table for table in connection.introspection.table_names() if table != "django_migrations"]


def _filled(cursor: CursorWrapper, tables: list[str]) -> list[str]:
    """Those that have a row."""
    asked = " UNION ALL ".join(f"SELECT '{table}' WHERE EXISTS (SELECT FROM \"{table}\")" for table in tables)
    cursor.execute(asked)
    return [table for (table,) in cursor.fetchall()]


def _state(cursor: CursorWrapper, table: str) -> tuple[int, int]:
    """How many rows, and the newest transaction that wrote one: the same pair means that nothing was changed."""
    cursor.execute(f'SELECT count(*), coalesce(max(xmin::text::bigint), 0) FROM "{table}"')
    count, newest = cursor.fetchone()
    return count, newest
