"""Work that waits. The rows are the truth; these jobs are rung by name and find by themselves what is due.

`onboarding.deliver` sends notices, `onboarding.screen` runs machine checks, `onboarding.settle` fires what has become
ripe, `onboarding.promises` reminds and escalates, `onboarding.conditions` does so about
promises of merchants, `onboarding.anchor` signs the timelines once a day,
`onboarding.accounts` drops accounts never confirmed,
`onboarding.uploads` lets go of uploads left half way, and `onboarding.sweep` rings the others each minute. Each is
bounded, and safe to run twice at once.
"""

from onboarding.tasks.accounts import accounts
from onboarding.tasks.anchors import anchor
from onboarding.tasks.delivery import deliver
from onboarding.tasks.exporting import export
from onboarding.tasks.promised import conditions
from onboarding.tasks.promising import promises
from onboarding.tasks.purging import purge
from onboarding.tasks.screening import screen
from onboarding.tasks.settling import settle
from onboarding.tasks.sweeping import sweep
from onboarding.tasks.uploads import uploads

__all__ = [
    "accounts",
    "anchor",
    "conditions",
    "deliver",
    "export",
    "promises",
    "purge",
    "screen",
    "settle",
    "sweep",
    "uploads",
]
