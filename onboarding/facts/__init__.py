"""The queries behind the rules: one module per step, each as few queries as the step needs."""

from onboarding.facts import review

__all__ = ["review"]
