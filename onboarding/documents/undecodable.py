"""What a decoder raises. Nothing of Django here: the child process that decodes must start in a moment."""

from __future__ import annotations


class Undecodable(Exception):
    """No page can be made of these bytes. `code` is one of `problems.SENTENCES`, `values` fill its places."""

    def __init__(self, code: str, **values: int) -> None:
        super().__init__(code)
        self.code, self.values = code, values
