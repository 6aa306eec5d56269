"""Renews the gettext catalogues: finds every text in the code, keeps what is translated, compiles.

    python .ci/catalogues.py            renew eventops.po in fr and ar, and compile eventops.mo
    python .ci/catalogues.py --check    say what is missing or stale, and exit 1 if anything is

A text is the first literal of Text(...), say(...), note(...) or an error, also when it goes by a name; a literal of a
tuple that a comprehension says one by one; the help of an option or a command; a command's docstring; an answer of
`plugin check`; and what click says itself.
"""

import ast
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from click_sentences import CLICK_COUNTS, CLICK_SENTENCES

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "eventops"
CATALOGUES = SOURCE / "catalogues"
LANGUAGES = ("ar", "fr")
# Files that change only with their texts carry no day.
UNDATED = datetime(2023, 10, 14, tzinfo=UTC)
SAYING = {
    "say",
    "note",
    "EventopsError",
    "WrongUsage",
    "NotUsable",
    "NeedsPerson",
    "PluginBroken",
    "StoreUnavailable",
    "ServiceSilent",
}
HELPED = {"Command", "Option", "command", "group", "option", "version_option"}
# The kit for plugin authors speaks to programmers, in English, but for what `plugin check` shows.
PROGRAMMERS = SOURCE / "testing"
CHECKS = (PROGRAMMERS / "checking.py", PROGRAMMERS / "plugin_sources.py")


def texts_in(file: Path) -> Iterator[tuple[str, int]]:
    """Every English text of a file that has no translation in the code itself, with its line."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    named = _named_literals(tree)
    for node in ast.walk(tree):
        yield from _in_call(node, named)
        yield from _in_comprehension(node, named)
        yield from _in_command(node)
        yield from _in_nouns(node)
        yield from _in_answer(node, named)


def _named_literals(tree: ast.AST) -> dict[str, list[str]]:
    """Every literal a name is given anywhere in the file: by =, by a dictionary, by a loop over tuples."""
    named: dict[str, list[str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    named.setdefault(target.id, []).extend(_literals(node.value, {}))
        elif isinstance(node, ast.For) and isinstance(node.target, ast.Tuple) and isinstance(node.iter, ast.Tuple):
            for row in node.iter.elts:
                if isinstance(row, ast.Tuple):
                    for target, value in zip(node.target.elts, row.elts, strict=False):
                        if isinstance(target, ast.Name):
                            named.setdefault(target.id, []).extend(_literals(value, {}))
    return named


def _literals(node: ast.AST, named: Mapping[str, list[str]]) -> list[str]:
    """The literals an expression may be."""
    match node:
        case ast.Constant(value=str(text)) if text:
            return [text]
        case ast.IfExp():
            return [*_literals(node.body, named), *_literals(node.orelse, named)]
        case ast.Tuple():
            return [text for value in node.elts for text in _literals(value, named)]
        case ast.Dict():
            return [text for value in node.values for text in _literals(value, named)]
        case ast.Name(id=name) | ast.Subscript(value=ast.Name(id=name)):
            return named.get(name, [])
        case _:
            return []


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def _in_call(node: ast.AST, named: Mapping[str, list[str]]) -> Iterator[tuple[str, int]]:
    if not isinstance(node, ast.Call):
        return
    name = _called(node)
    if name == "Text" and node.args:
        translated = {keyword.arg for keyword in node.keywords} >= {"fr", "ar"} or len(node.args) >= 3
        if not translated:
            yield from ((text, node.lineno) for text in _literals(node.args[0], {}))
    elif name in SAYING and node.args:
        yield from ((text, node.lineno) for text in _literals(node.args[0], named))
    if name in HELPED:
        for keyword in node.keywords:
            if keyword.arg == "help":
                yield from ((text, node.lineno) for text in _literals(keyword.value, named))


def _in_comprehension(node: ast.AST, named: Mapping[str, list[str]]) -> Iterator[tuple[str, int]]:
    """The literals of `say(one) for one in ("Id", "Name")`, or of a name for such a tuple."""
    if not isinstance(node, ast.ListComp | ast.GeneratorExp) or not isinstance(node.elt, ast.Call):
        return
    if _called(node.elt) == "say":
        yield from ((text, node.lineno) for text in _literals(node.generators[0].iter, named))


def _in_command(node: ast.AST) -> Iterator[tuple[str, int]]:
    """The docstring of a command or a group: its help."""
    if not isinstance(node, ast.FunctionDef):
        return
    calls = [one for one in node.decorator_list if isinstance(one, ast.Call)]
    text = ast.get_docstring(node)
    if text and any(_called(one) in ("command", "group") for one in calls):
        yield " ".join(text.split()), node.lineno


def _in_nouns(node: ast.AST) -> Iterator[tuple[str, int]]:
    """The lines of help of the nouns."""
    if not isinstance(node, ast.Assign) or not isinstance(node.value, ast.Dict):
        return
    if any(isinstance(target, ast.Name) and target.id == "NOUNS" for target in node.targets):
        for value in node.value.values:
            if isinstance(value, ast.Tuple):
                yield from ((text, value.lineno) for text in _literals(value.elts[1], {}))


def _in_answer(node: ast.AST, named: Mapping[str, list[str]]) -> Iterator[tuple[str, int]]:
    """The sentence of an answer of `plugin check`: of Answer(message=…), or behind its status in a tuple."""
    if isinstance(node, ast.Call) and _called(node) == "Answer":
        for keyword in node.keywords:
            if keyword.arg == "message":
                yield from ((text, node.lineno) for text in _literals(keyword.value, named))
    match node:
        case ast.Tuple(elts=[ast.Constant(value="ok" | "warning" | "error"), message, *_]):
            yield from ((text, node.lineno) for text in _literals(message, named))


def source_files() -> list[Path]:
    """The files that speak to people."""
    return [file for file in sorted(SOURCE.rglob("*.py")) if PROGRAMMERS not in file.parents or file in CHECKS]


def template() -> Catalog:
    """Every text of the core, with where it stands."""
    catalogue = Catalog()
    for file in source_files():
        for text, _ in texts_in(file):
            catalogue.add(text, locations=[(file.relative_to(ROOT).as_posix(), None)])
    for said in (*CLICK_SENTENCES, *CLICK_COUNTS):
        catalogue.add(said, locations=[("click", None)])
    return catalogue


def renewed(language: str, every: Catalog) -> Catalog:
    """The catalogue of a language with every text, keeping its translations and dropping stale ones."""
    file = CATALOGUES / language / "LC_MESSAGES" / "eventops.po"
    known = read_po(BytesIO(file.read_bytes()), locale=language) if file.exists() else Catalog(locale=language)
    result = Catalog(locale=language, project="eventops", version="0", charset="utf-8", fuzzy=False)
    result.header_comment = f"# The sentences of eventops in {result.locale.english_name}."
    result.msgid_bugs_address = result.last_translator = result.language_team = "-"
    result.revision_date = result.creation_date = UNDATED
    for message in every:
        if message.id:
            old = known.get(message.id)
            result.add(message.id, old.string if old else "", locations=message.locations)
    return result


def po_text(catalogue: Catalog) -> bytes:
    """The catalogue as a .po file that depends on the texts only."""
    stream = BytesIO()
    write_po(stream, catalogue, width=110, sort_output=True)
    lines = stream.getvalue().decode().splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith('"Generated-By')).encode()


def mo_bytes(catalogue: Catalog) -> bytes:
    """The compiled catalogue."""
    stream = BytesIO()
    write_mo(stream, read_po(BytesIO(po_text(catalogue)), locale=catalogue.locale))
    return stream.getvalue()


def missing(catalogue: Catalog) -> list[str]:
    """The texts without a translation, or without one of its plural forms."""
    return [str(message.id) for message in catalogue if message.id and not _complete(message)]


def _complete(message: Message) -> bool:
    return all(message.string) if isinstance(message.string, tuple | list) else bool(message.string)


def main() -> int:
    """Renews or checks; the exit code."""
    check = "--check" in sys.argv
    every = template()
    wrong = 0
    for language in LANGUAGES:
        catalogue = renewed(language, every)
        folder = CATALOGUES / language / "LC_MESSAGES"
        files = {folder / "eventops.po": po_text(catalogue), folder / "eventops.mo": mo_bytes(catalogue)}
        for text in missing(catalogue):
            print(f"{language}: not translated: {text}")
            wrong += 1
        for file, data in files.items():
            if check:
                if not file.exists() or file.read_bytes() != data:
                    print(f"{file.relative_to(ROOT)} is stale; run python .ci/catalogues.py")
                    wrong += 1
            else:
                folder.mkdir(parents=True, exist_ok=True)
                file.write_bytes(data)
    return int(check and wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
