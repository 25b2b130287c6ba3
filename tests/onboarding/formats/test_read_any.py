"""What holds for every module of the package."""

import json
import pickle
import subprocess
import sys
from pathlib import Path

import pytest
from django.utils.translation import override
from hypothesis import given

from onboarding import formats
from onboarding.formats.reading import clean

from . import samples

READERS = {name: getattr(formats, name).read for name in formats.__all__ if hasattr(getattr(formats, name), "read")}
READERS |= {
    f"document {kind}": lambda text, kind=kind: formats.identity_document.read(text, kind=kind)
    for kind in formats.identity_document.KINDS
}
every_reader = pytest.mark.parametrize("read", READERS.values(), ids=READERS)


def test_every_module_reads():
    assert len(READERS) == 15 + 7


@every_reader
@pytest.mark.parametrize("text", samples.HOSTILE, ids=lambda text: ascii(text)[:12])
def test_hostile_text_gets_a_sentence(read, text):
    reading = read(text)
    for finding in reading.errors + reading.warnings:
        for language in ("en", "zh-hans"):
            with override(language):
                assert str(finding.sentence)
    reading.value.encode()  # what the database and the page will do


@every_reader
@given(text=samples.texts)
def test_no_text_raises_and_reading_again_changes_nothing(read, text):
    reading = read(text)
    again = read(reading.value)
    assert (again.value, again.codes) == (reading.value, reading.codes)


@every_reader
def test_nothing_entered_is_an_error_of_its_own(read):
    assert read("").codes == read(None).codes == read(" \u3000\0").codes == ("empty",)


@given(samples.texts)
def test_clean_is_idempotent(text):
    assert clean(clean(text)) == clean(text)


def test_clean_drops_what_nobody_means():
    assert clean("a-\u0301") == "Á"  # what a dropped mark had kept apart is composed again
    assert clean(" 9111－0000\u200b 6000—3734\u00a01l\n") == "91110000600037341L"


def test_a_sentence_follows_the_language_of_its_reader_and_survives_a_queue():
    finding = pickle.loads(pickle.dumps(formats.uscc.read("9111000060003734").errors[0]))
    with override("en"):
        assert str(finding.sentence) == "Enter the 18-character credit code. This one has 16"


def test_a_reading_compares_without_translating():
    assert formats.uscc.read("1") == formats.uscc.read("1")
    assert formats.uscc.read("1") != formats.uscc.read("")


def test_reading_needs_no_settings():
    """The package is pure: it works in a process that never heard of the project's settings."""
    code = (
        "import json, sys; from onboarding import fees, formats;"
        "print(json.dumps([formats.uscc.read(t).codes for t in json.loads(sys.argv[1])] + [fees.fee(10000, 6000)]));"
        "from django.conf import settings; assert not settings.configured"
    )
    argument = json.dumps(["91110000600037341L", "9111"])
    root = Path(__file__).resolve().parents[3]
    done = subprocess.run([sys.executable, "-c", code, argument], cwd=root, env={}, capture_output=True, text=True)
    assert json.loads(done.stdout) == [[], ["length"], 60], done.stderr
