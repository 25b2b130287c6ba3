"""What every part of the checker shares: the folder, the findings, small predicates."""

import csv
import datetime
import json
import re
from pathlib import Path

HERE = Path(__file__).resolve().parents[4] / "onboarding" / "data"
CJK = re.compile(r"[\u3400-\u9fff]")
FULLWIDTH = re.compile(r"[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]")
HALF_IN_CHINESE = re.compile(r"[\u3400-\u9fff][,;?!:](?![/\d])|[\u3400-\u9fff]\.(?!\w)")
PATH = re.compile(r"(?<![A-Za-z0-9.}*_:<])/(?:[\w.-]+/)+", re.ASCII)
HOST = re.compile(r"\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|org|net|io|cn|dev)\b", re.I)
DATE = re.compile(r"\d{4}-\d{2}-\d{2}")

errors = []
counts = {}


def fail(where, what):
    errors.append(f"{where}: {what}")


def expect(condition, where, what):
    if not condition:
        fail(where, what)


def rows(name):
    with open(HERE / name, encoding="utf-8", newline="") as handle:
        reader = csv.DictReader(handle)
        result = list(reader)
    counts[name] = len(result)
    for number, row in enumerate(result, 2):
        expect(None not in row and None not in row.values(), f"{name}:{number}", "wrong number of columns")
        for key, value in row.items():
            if isinstance(value, str):
                expect(value == value.strip(), f"{name}:{number}", f"{key} has outer blanks")
                expect("\n" not in value, f"{name}:{number}", f"{key} has a line break")
    return result


def load(name, key):
    data = json.loads((HERE / name).read_text(encoding="utf-8"))
    counts[name] = len(data[key])
    return data


def unique(items, where, what="key"):
    seen = set()
    for item in items:
        expect(item not in seen, where, f"duplicate {what} {item}")
        seen.add(item)
    return seen


def is_date(text):
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return False
    return bool(DATE.fullmatch(text))


def both_languages(where, zh, en):
    expect(bool(zh) and CJK.search(zh), where, f"no Chinese text: {zh!r}")
    expect(bool(en) and not CJK.search(en), where, f"English text missing or mixed with Chinese: {en!r}")
    expect(not HALF_IN_CHINESE.search(zh or ""), where, f"half-width punctuation in Chinese: {zh!r}")


def language_pairs(where, node):  # noqa: C901
    """Walk any JSON: x_zh needs x_en, and {'zh':…} needs 'en'; both must be filled."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key.endswith("_zh") or key == "zh":
                other = key[:-2] + "en"
                if other not in node:
                    fail(where, f"{key} has no {other}")
                elif isinstance(value, list):
                    expect(len(value) == len(node[other]), where, f"{key} and {other} differ in length")
                    for one, two in zip(value, node[other], strict=False):
                        both_languages(where, one, two)
                else:
                    both_languages(f"{where}.{key}", value, node[other])
            language_pairs(f"{where}.{node.get('id') or node.get('code') or node.get('kind') or ''}", value)
    elif isinstance(node, list):
        for item in node:
            language_pairs(where, item)


def mod_11_10(number):
    """ISO 7064 MOD 11,10: True when the last digit is right."""
    product = 10
    for digit in number[:-1]:
        total = (product + int(digit)) % 10 or 10
        product = 2 * total % 11
    return (11 - product) % 10 == int(number[-1])


def possible_resident_id(number):
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    if not re.fullmatch(r"\d{17}[\dX]", number):
        return False
    try:
        datetime.date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    return "10X98765432"[sum(int(d) * w for d, w in zip(number, weights, strict=False)) % 11] == number[-1]


def possible_uscc(number):
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    if len(number) != 18 or any(c not in alphabet for c in number):
        return False
    total = sum(alphabet.index(c) * pow(3, i, 31) for i, c in enumerate(number[:17]))
    return number[0] + number[1] in {"91", "92", "93"} and number[17] == alphabet[(31 - total % 31) % 31]
