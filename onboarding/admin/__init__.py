"""The reviewers workbench and the tables that people edit, one file per noun."""

from onboarding.admin import notice  # noqa: F401  # registers its table
