#!/usr/bin/env python3
"""Kaitong's command line; `manage.py dev` starts everything, `manage.py doctor` says what is wrong."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    try:
        from django.core.management import execute_from_command_line
    except ImportError:
        sys.exit("Django is not installed here. Run `make run` once: it makes the virtual environment in .venv.")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
