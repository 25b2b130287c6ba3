"""The timelines as evidence: the daily signed anchor, and the check that nothing was changed, added or cut off."""

from onboarding.timeline.anchors import anchor, damaged_anchors
from onboarding.timeline.certificates import damaged_certificates
from onboarding.timeline.chains import damaged_chains

__all__ = ["anchor", "damaged_anchors", "damaged_certificates", "damaged_chains"]
