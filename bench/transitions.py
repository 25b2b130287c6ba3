"""How much the portal adds to the SQL of a transition: cases from registration to live through `services.advance`,
beside the very same statements sent by the bare driver.

    .venv/bin/python bench/transitions.py [cases]      # 24 cases on SQLite, then on PostgreSQL; under a minute

Per engine three copies of one database. On the first the journeys are recorded: every statement with its values, and
where transactions begin and end. Then, in turns, a few cases go through `advance` on the second copy and the recorded
statements of as many cases through sqlite3 or psycopg2 on the third. So both sides read and write the same.

Left out, on both sides: the queries behind the rules (their facts are given as met; the rules themselves run), what
other apps do with a move, and the doorbell. PostgreSQL runs with fsync on.
"""

from __future__ import annotations

import sys
import tempfile

from apart import measured, server

CASES = 24


def main(cases: int) -> None:
    with tempfile.TemporaryDirectory(prefix="kaitong-bench-") as folder:
        measured("journeys", f"sqlite:///{folder}/base", folder, cases)
        with server() as one:
            measured("journeys", one.url("base"), folder, cases)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else CASES)
