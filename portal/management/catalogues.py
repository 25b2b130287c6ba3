"""The translation catalogues in locale/: read, updated, checked and compiled with Babel, without gettext's tools."""

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

LANGUAGES = {"en": "en", "zh_Hans": "zh_Hans_CN"}  # folder of locale/ -> Babel's locale
PLACEHOLDER = re.compile(r"%\(\w+\)[#0 +-]*[\d.]*[diouxXeEfFgGcrs]|(?<!\{)\{\w*(?:[.\[!:][^{}]*)?\}(?!\})")
FREE = {"day of this year", "day of another year"}  # contexts whose code offers more values than each language uses
CONTEXT = "\x04"  # between context and msgid, as in a compiled catalogue


@dataclass
class Found:
    """A text of the source: its plural if it has one, and the files that hold it."""

    plural: str = ""
    places: set[str] = field(default_factory=set)
    formatted: bool = False  # goes through Python's % operator


Texts = Mapping[tuple[str, str], Found]  # (context or "", msgid) -> where and how


def path_of(root: Path, language: str) -> Path:
    return root / language / "LC_MESSAGES" / "django.po"


def load(path: Path, language: str) -> Catalog:
    """The catalogue at `path`; an empty one when the file is not there yet."""
    if not path.exists():
        return Catalog(locale=LANGUAGES[language])
    return read_po(BytesIO(path.read_bytes()), locale=LANGUAGES[language])


def updated(old: Catalog, texts: Texts, known: Mapping[str, str], lent: Mapping[str, str]) -> Catalog:
    """A catalogue of exactly `texts`: what is gone goes, translations stay, `known` replaces, `lent` fills gaps."""
    english = str(old.locale) == "en"
    new = Catalog(locale=old.locale, project="Kaitong", fuzzy=False)
    for (context, msgid), found in sorted(texts.items(), key=lambda pair: (pair[0][1], pair[0][0])):
        kept = _first(old.get(msgid, context or None))
        key = key_of(context, msgid)
        first = msgid if english else known.get(key) or kept or lent.get(key, "")
        identity = (msgid, found.plural) if found.plural else msgid
        flags = ["python-format"] if found.formatted else []
        value = _forms(new, first, found.plural if english else first) if found.plural else first
        new.add(identity, value, [(place, 0) for place in sorted(found.places)], flags, context=context or None)
    return new


def _first(message: Message | None) -> str:
    """A message's translation, the singular of several; "" when there is none or it is doubtful."""
    if message is None or message.fuzzy:
        return ""
    return (message.string[0] if isinstance(message.string, (tuple, list)) else message.string) or ""


def _forms(catalog: Catalog, singular: str, plural: str) -> tuple[str, ...]:
    return (singular, *(plural,) * (catalog.num_plurals - 1))


def _plural_header(catalog: Catalog) -> tuple[str, str]:
    return ("Plural-Forms", f"nplurals={catalog.num_plurals}; plural={catalog.plural_expr};")


def key_of(context: str, msgid: str) -> str:
    return f"{context}{CONTEXT}{msgid}" if context else msgid


def save(catalog: Catalog, path: Path) -> None:
    """Write the .po file; no dates and no line numbers in it, so that it changes only when a text does."""
    path.parent.mkdir(parents=True, exist_ok=True)
    out = BytesIO()
    write_po(out, catalog, omit_header=True, include_lineno=False, width=120)
    lines = ["Content-Type: text/plain; charset=utf-8", ": ".join(_plural_header(catalog))]
    head = "".join(f'"{line}\\n"\n' for line in lines)
    path.write_bytes(f'msgid ""\nmsgstr ""\n{head}\n'.encode() + out.getvalue())


def faults(catalog: Catalog, texts: Texts, name: str) -> Iterator[str]:
    """A sentence for each text that is missing, doubtful, left over, or has other placeholders than its source."""
    for (context, msgid), found in sorted(texts.items()):
        message = catalog.get(msgid, context or None)
        if message is None or message.id != ((msgid, found.plural) if found.plural else msgid):
            yield f"{name}: not in the catalogue: {msgid!r}"
        elif message.fuzzy:
            yield f"{name}: marked fuzzy: {msgid!r}"
        else:
            yield from _value_faults(message, name)
    for message in catalog:
        if message.id and (message.context or "", _singular(message)) not in texts:
            yield f"{name}: no longer used: {_singular(message)!r}"


def _value_faults(message: Message, name: str) -> Iterator[str]:
    sources = message.id if isinstance(message.id, (tuple, list)) else (message.id,)
    wanted = {frozenset(PLACEHOLDER.findall(source)) for source in sources}
    for value in message.string if isinstance(message.string, (tuple, list)) else (message.string,):
        if not value:
            yield f"{name}: not translated: {sources[0]!r}"
        elif message.context not in FREE and frozenset(PLACEHOLDER.findall(value)) not in wanted:
            yield f"{name}: the placeholders differ: {sources[0]!r} -> {value!r}"


def _singular(message: Message) -> str:
    return message.id[0] if isinstance(message.id, (tuple, list)) else message.id


def compile_all(root: Path) -> list[Path]:
    """Compile every .po file below `root`; returns the .mo files written."""
    return [_compile(path) for path in sorted(root.rglob("*.po"))]


def compile_stale(root: Path) -> list[Path]:
    """Compile the .po files that are newer than their .mo file."""
    return [_compile(path) for path in stale(root)]


def stale(root: Path) -> list[Path]:
    """The .po files without an up-to-date .mo file."""
    return [path for path in sorted(root.rglob("*.po")) if _is_stale(path, path.with_suffix(".mo"))]


def _is_stale(source: Path, target: Path) -> bool:
    return not target.exists() or target.stat().st_mtime < source.stat().st_mtime


def _compile(path: Path) -> Path:
    language = path.parent.parent.name
    out = BytesIO()
    write_mo(out, load(path, language))
    temporary = path.with_suffix(f".{os.getpid()}")  # a reader never sees half a file
    temporary.write_bytes(out.getvalue())
    return temporary.replace(path.with_suffix(".mo"))


def plain(catalog: Catalog) -> dict[str, str]:
    """The catalogue's translations without plurals, keyed as in a fragment."""
    return {
        key_of(message.context or "", message.id): message.string
        for message in catalog
        if isinstance(message.id, str) and isinstance(message.string, str) and message.id and not message.fuzzy
    }
