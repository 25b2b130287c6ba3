"""The risk score: facts of a case, the points that a table gives them, the way that follows. It writes nothing."""

from onboarding.scoring.facts import Seen, seen
from onboarding.scoring.sums import Route, Table, Total, add_up, digest, read_table, route

__all__ = ["Route", "Seen", "Table", "Total", "add_up", "digest", "read_table", "route", "seen"]
