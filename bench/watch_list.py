"""How long a watch-list takes: to keep what a file says, and to ask about one merchant, as the list grows.

    .venv/bin/python bench/watch_list.py [entries …]      # 1,000 and 10,000 on PostgreSQL; some minutes

Names are made of a few frequent characters, so that more of them are near each other than on a real list. A question
is asked by the keys, as the screening does it, and beside it by comparing with every entry; both have to find the same.
"""

from __future__ import annotations

import sys

from apart import on_postgresql

if __name__ == "__main__":
    on_postgresql("listed", *(int(one) for one in sys.argv[1:] or (1_000, 10_000)))
