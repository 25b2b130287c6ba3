"""What a page of the review queue costs, as the queue grows: ours by key, beside the stock list of the admin.

    .venv/bin/python bench/queue_pages.py [waiting …]      # 2,000 and 50,000 on PostgreSQL; about two minutes

The same cases, indexes, columns and filters on both sides, in turns. The stock list counts what fits and what there is,
sorts by the same two columns, and skips to its page. Measured are the rows alone, and the whole page as it is sent.
"""

from __future__ import annotations

import sys

from apart import on_postgresql

if __name__ == "__main__":
    on_postgresql("queue_lists", *(int(one) for one in sys.argv[1:] or (2_000, 50_000)))
