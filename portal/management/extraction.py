"""Finding the texts that people read: in Python by its syntax tree, in templates by Django's own parser."""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.template import Context, Template, TemplateSyntaxError
from django.template.base import Lexer, Node, TokenType
from django.templatetags.i18n import BlockTranslateNode, TranslateNode

from portal.management.catalogues import Found

TRANSLATION = "django.utils.translation"
# function -> positions of (context, msgid, plural) among its arguments
SHAPES: dict[str, tuple[int | None, int, int | None]] = {
    "gettext": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1),
    "pgettext": (0, 1, None),
    "npgettext": (0, 1, 2),
}
SHAPES |= {f"{name}_lazy": shape for name, shape in SHAPES.items() if name != "gettext_noop"}
CONSTANT = re.compile(r"""_\(\s*(?P<text>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')\s*\)""")
FORMAT = re.compile(r"%\(\w+\)|%[sd%]")
SKIPPED = {"migrations", "__pycache__", "tests"}


class BadText(Exception):
    """A text that cannot be extracted: it is not a constant, or its template does not compile."""


@dataclass(frozen=True)
class Text:
    """One occurrence: its context and plural are "" when it has none."""

    context: str
    msgid: str
    plural: str
    place: str


def everything(root: Path, apps: Iterable[str]) -> dict[tuple[str, str], Found]:
    """All texts of the apps' Python files and of all templates below `root`, with where they stand."""
    folders = [root / app for app in apps]
    found: dict[tuple[str, str], Found] = {}
    for path in sources(folders, ".py"):
        collect(found, python_texts(path.read_text(), str(path.relative_to(root))))
    for path in template_files(root, folders):
        collect(found, template_texts(path.read_text(), str(path.relative_to(root))))
    return found


def collect(found: dict[tuple[str, str], Found], texts: Iterable[Text]) -> None:
    for text in texts:
        entry = found.setdefault((text.context, text.msgid), Found())
        entry.plural = entry.plural or text.plural
        entry.places.add(text.place)
        entry.formatted = entry.formatted or bool(FORMAT.search(text.msgid))


def sources(folders: Iterable[Path], suffix: str) -> Iterator[Path]:
    for folder in folders:
        for path in sorted(folder.rglob(f"*{suffix}")):
            if not SKIPPED & set(path.relative_to(folder).parts):
                yield path


def template_files(root: Path, folders: Iterable[Path]) -> Iterator[Path]:
    """Every file of templates/ and of the apps' own template folders."""
    for folder in [root / "templates", *(folder / "templates" for folder in folders)]:
        yield from (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.name.startswith("."))


# Python ----------------------------------------------------------------------------------------------------------
def python_texts(source: str, place: str) -> Iterator[Text]:
    """The constants in calls of gettext and its family, under whatever name the module imported them."""
    tree = ast.parse(source, place)
    names = imported_names(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            function = called(node.func, names)
            if function is not None:
                yield from call_texts(node, SHAPES[function], place)


def imported_names(tree: ast.Module) -> dict[str, str]:
    """Local name -> function of django.utils.translation."""
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module == TRANSLATION]
    aliases = [alias for node in imports for alias in node.names]
    return {alias.asname or alias.name: alias.name for alias in aliases if alias.name in SHAPES}


def called(function: ast.expr, names: dict[str, str]) -> str | None:
    if isinstance(function, ast.Name):
        return names.get(function.id)
    if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name):
        return function.attr if function.value.id == "translation" and function.attr in SHAPES else None
    return None


def call_texts(call: ast.Call, shape: tuple[int | None, int, int | None], place: str) -> Iterator[Text]:
    context, msgid, plural = (None if position is None else constant(call, position, place) for position in shape)
    if msgid:
        yield Text(context or "", msgid, plural or "", place)


def constant(call: ast.Call, position: int, place: str) -> str | None:
    """The argument when it is a constant; None for a name (a text that was marked elsewhere)."""
    argument = call.args[position] if position < len(call.args) else None
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        return argument.value
    if isinstance(argument, (ast.JoinedStr, ast.BinOp)):
        raise BadText(f"{place}:{call.lineno}: a text must be a constant; use %(name)s placeholders")
    return None


# Templates -------------------------------------------------------------------------------------------------------
def template_texts(source: str, place: str) -> Iterator[Text]:
    """Texts of translate and blocktranslate, as they are looked up when rendered, and of _("…") constants."""
    for node in parsed(source, place).nodelist.get_nodes_by_type(Node):
        if isinstance(node, TranslateNode):
            yield from translate_texts(node, place)
        elif isinstance(node, BlockTranslateNode):
            yield block_text(node, place)
    for token in Lexer(source).tokenize():
        if token.token_type in (TokenType.VAR, TokenType.BLOCK):
            yield from (Text("", doubled(literal(match)), "", place) for match in CONSTANT.finditer(token.contents))


def parsed(source: str, place: str) -> Template:
    try:
        return Template(source)
    except TemplateSyntaxError as error:
        raise BadText(f"{place}: {error}") from None


def translate_texts(node: TranslateNode, place: str) -> Iterator[Text]:
    msgid = getattr(node.filter_expression.var, "literal", None)
    if isinstance(msgid, str):
        yield Text(context_of(node), doubled(msgid), "", place)


def block_text(node: BlockTranslateNode, place: str) -> Text:
    singular, _names = node.render_token_list(node.singular)
    plural = node.render_token_list(node.plural)[0] if node.plural else ""
    return Text(context_of(node), singular, plural, place)


def context_of(node: TranslateNode | BlockTranslateNode) -> str:
    """A context must be a constant."""
    return str(node.message_context.resolve(Context())) if node.message_context else ""


def literal(match: re.Match[str]) -> str:
    return re.sub(r"\\(.)", r"\1", match["text"][1:-1])


def doubled(text: str) -> str:
    """Django looks a template's constant up with its percent signs doubled."""
    return text.replace("%", "%%")
