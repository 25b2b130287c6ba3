"""The reference tables that ship with the project."""

import subprocess
import sys
from pathlib import Path

import pytest

from onboarding import data


def test_the_checker_finds_no_error():
    checker = Path(__file__).parent / "reference" / "check.py"
    done = subprocess.run([sys.executable, str(checker)], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.endswith("\n0 errors\n")


def test_rows_and_documents_are_fresh_copies():
    data.rows("mcc.csv")[0]["code"] = "spoiled"
    assert data.rows("mcc.csv")[0]["code"] == "0742"
    data.document("fee_plans.json")["plans"].clear()
    assert len(data.document("fee_plans.json")["plans"]) == 6


def test_every_file_is_named_in_the_readme():
    readme = (data.FOLDER / "README.md").read_text(encoding="utf-8")
    for path in data.FOLDER.iterdir():
        assert path.suffix not in {".csv", ".json"} or path.name in readme


def test_a_table_that_does_not_exist():
    with pytest.raises(FileNotFoundError):
        data.rows("nothing.csv")
