"""Work that waits. The rows are the truth; these jobs are rung by name and find by themselves what is due.

`onboarding.deliver` sends notices, `onboarding.examine` looks at uploaded papers, `onboarding.marks` marks pages by
their looks, `onboarding.screen` runs machine checks, `onboarding.settle` fires what has become ripe,
`onboarding.promises` reminds and escalates, `onboarding.conditions` does so about promises of merchants,
`onboarding.anchor` signs the timelines once a day, `onboarding.accounts`
drops accounts never confirmed, `onboarding.queue` releases idle cases and folds counts, `onboarding.import_lists` reads
watch-lists, `onboarding.rescreen` compares everybody with one that was published, `onboarding.uploads` lets go of
uploads left half way, and `onboarding.sweep` rings the others each minute. Each is bounded, and safe to run twice.
"""

from onboarding.tasks.accounts import accounts
from onboarding.tasks.anchors import anchor
from onboarding.tasks.backtesting import back_test
from onboarding.tasks.delivery import deliver
from onboarding.tasks.examining import examine
from onboarding.tasks.exporting import export
from onboarding.tasks.list_imports import import_lists
from onboarding.tasks.marking import marks
from onboarding.tasks.promised import conditions
from onboarding.tasks.promising import promises
from onboarding.tasks.purging import purge
from onboarding.tasks.queueing import queue
from onboarding.tasks.rescreening import rescreen
from onboarding.tasks.screening import screen
from onboarding.tasks.settling import settle
from onboarding.tasks.sweeping import sweep
from onboarding.tasks.uploads import uploads

__all__ = [
    "accounts",
    "anchor",
    "conditions",
    "back_test",
    "deliver",
    "export",
    "promises",
    "purge",
    "queue",
    "examine",
    "import_lists",
    "marks",
    "rescreen",
    "screen",
    "settle",
    "sweep",
    "uploads",
]
