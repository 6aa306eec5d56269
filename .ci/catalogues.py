"""Renews the gettext catalogues: finds every text in the code, keeps what is translated, compiles.

    python .ci/catalogues.py            renew eventops.po in fr and ar, and compile eventops.mo
    python .ci/catalogues.py --check    say what is missing or stale, and exit 1 if anything is

A text is the first literal of Text(...), say(...), note(...) or an error; a literal of a tuple that a comprehension
says one by one; the help of an option or a command; a command's docstring.
"""

import ast
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "eventops"
CATALOGUES = SOURCE / "catalogues"
LANGUAGES = ("ar", "fr")
# Files that change only with their texts carry no day.
UNDATED = datetime(2023, 10, 14, tzinfo=UTC)
SAYING = {
    "Text",
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


def texts_in(file: Path) -> Iterator[tuple[str, int]]:
    """Every English text of a file that has no translation in the code itself, with its line."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    constants = {
        target.id: node.value.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        yield from _in_call(node, constants)
        yield from _in_comprehension(node)
        yield from _in_command(node)
        yield from _in_nouns(node)


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def _in_call(node: ast.AST, constants: dict[str, str]) -> Iterator[tuple[str, int]]:
    if not isinstance(node, ast.Call):
        return
    name = _called(node)
    if name in SAYING and node.args:
        first = node.args[0]
        text = constants.get(first.id) if isinstance(first, ast.Name) and name != "Text" else _literal(first)
        translated = {keyword.arg for keyword in node.keywords} >= {"fr", "ar"} or len(node.args) >= 3
        if text and not (name == "Text" and translated):
            yield text, node.lineno
    if name in ("option", "Option"):
        for keyword in node.keywords:
            if keyword.arg == "help" and (text := _literal(keyword.value)):
                yield text, node.lineno


def _literal(node: ast.AST) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _in_comprehension(node: ast.AST) -> Iterator[tuple[str, int]]:
    """The literals of `say(one) for one in ("Id", "Name")`."""
    if not isinstance(node, ast.ListComp | ast.GeneratorExp) or not isinstance(node.elt, ast.Call):
        return
    said_from = node.generators[0].iter
    if _called(node.elt) == "say" and isinstance(said_from, ast.Tuple):
        for element in said_from.elts:
            if text := _literal(element):
                yield text, element.lineno


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
                yield _literal(value.elts[1]), value.lineno


def template() -> Catalog:
    """Every text of the core, with where it stands."""
    catalogue = Catalog(project="eventops", domain="eventops", charset="utf-8", fuzzy=False)
    for file in sorted(SOURCE.rglob("*.py")):
        for text, _ in texts_in(file):
            catalogue.add(text, locations=[(file.relative_to(ROOT).as_posix(), None)])
    return catalogue


def renewed(language: str, every: Catalog) -> Catalog:
    """The catalogue of a language with every text, keeping its translations and dropping stale ones."""
    file = CATALOGUES / language / "LC_MESSAGES" / "eventops.po"
    known = read_po(BytesIO(file.read_bytes()), locale=language) if file.exists() else Catalog(locale=language)
    result = Catalog(locale=language, project="eventops", domain="eventops", charset="utf-8", fuzzy=False)
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
    """The texts without a translation."""
    return [str(message.id) for message in catalogue if message.id and not message.string]


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
