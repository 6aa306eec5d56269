"""Every page is followed as a reader would: its files written, its commands run in order, its output compared.

In a page, a comment above a block says what the block alone cannot:

    <!-- file: NAME -->       the block is the content of that file
    <!-- exit: 4 -->          the commands of the block end with this code
    <!-- not run: REASON -->  the block is shown only
    <!-- by hand: … -->       Python for what the reader does in a spreadsheet or an editor
"""

import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
PLUGIN_PAGES = sorted((ROOT / "plugins").rglob("README.md"))
Run = Callable[[list[str]], Any]  # see conftest.py
# What only a shell can do.
SHELL_SIGNS = ("|", ">", "<", "&&", ";", "*")

_FENCE = re.compile(r"^(```+)(\w*)\s*$")
_COMMENT = re.compile(r"^<!-- (file|exit|not run|by hand): ?(.*?)(-->)?$")
_LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
_PICTURE = re.compile(r"!\[[^\]]*\]\(([^)\s]+)\)")


@dataclass
class Block:
    """A fenced block, or what is done by hand, with the line it starts at and the comments above it."""

    language: str
    line: int
    text: str
    notes: dict[str, str] = field(default_factory=dict)


def blocks_of(page: Path) -> Iterator[Block]:
    """The blocks of a page in order."""
    notes: dict[str, str] = {}
    lines = iter(enumerate(page.read_text(encoding="utf-8").splitlines(), start=1))
    for number, line in lines:
        comment, fence = _COMMENT.match(line), _FENCE.match(line)
        if comment and comment[1] == "by hand":
            text = [comment[2]]
            while comment[3] is None and (line := next(lines)[1]) != "-->":
                text.append(line)
            yield Block("by hand", number, "\n".join(text))
        elif comment:
            notes[comment[1]] = comment[2].strip()
        elif fence:
            text = []
            while (line := next(lines)[1]) != fence[1]:
                text.append(line)
            yield Block(fence[2], number, "\n".join(text) + "\n", notes)
            notes = {}
        elif line.strip():
            notes = {}


def commands_of(block: Block) -> Iterator[tuple[str, list[str]]]:
    """The commands of a block, each with the output lines shown below it."""
    command, shown = "", []
    lines = iter(block.text.splitlines())
    for line in lines:
        if line.startswith("$ "):
            if command:
                yield command, shown
            command, shown = line.removeprefix("$ "), []
            while command.endswith("\\"):
                command = command.removesuffix("\\") + next(lines).strip()
        elif command and line.strip():
            shown.append(line)
    if command:
        yield command, shown


def missing_line(shown: list[str], output: str) -> str | None:
    """The first line shown that the output does not have below the one before; … stands for anything."""
    left = [" ".join(line.split()) for line in output.splitlines()]
    for line in shown:
        if line.strip() == "…":
            continue
        parts = [re.escape(part) for part in " ".join(line.split()).split("…")]
        pattern = re.compile(".*".join(parts))
        while left and not pattern.fullmatch(left[0]):
            left.pop(0)
        if not left:
            return line
        left.pop(0)
    return None


@pytest.fixture
def follow(reader: Path, run: Run, played_demo: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], int]:
    """Follows a page in an empty folder and gives the number of blocks that were acted on."""

    def followed(page: Path) -> int:
        if page.name.endswith(".fr.md"):
            monkeypatch.setenv("EVENTOPS_LANG", "fr")
        blocks = list(blocks_of(page))
        first = next(block for block in blocks if block.language == "console" and "not run" not in block.notes)
        if first.text.startswith("$ eventops demo\n…\n"):
            shutil.copytree(played_demo, reader / played_demo.name)
            first.text = first.text.removeprefix("$ eventops demo\n…\n")
        return sum(_followed_block(block, f"{_named(page)}:{block.line}", run) for block in blocks)

    return followed


def _followed_block(block: Block, where: str, run: Run) -> bool:
    """Whether there was anything to do in the block."""
    if "not run" in block.notes:
        return False
    if "file" in block.notes:
        file = Path(block.notes["file"])
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(block.text, encoding="utf-8")
        return True
    if block.language in ("python", "by hand"):
        exec(compile(block.text, where, "exec"), {"__name__": "__page__"})
        return True
    if block.language != "console":
        return False
    expected = int(block.notes.get("exit", 0))
    for command, shown in commands_of(block):
        code, output = _followed_command(command, run)
        assert code == expected, f"{where}: {command}\nended with {code}, not {expected}\n{output}"
        missing = missing_line(shown, output)
        assert missing is None, f"{where}: {command}\ndoes not print\n{missing}\nin this place; it prints\n{output}"
    return True


def _followed_command(command: str, run: Run) -> tuple[int, str]:
    """The exit code of a command and all it printed."""
    words = shlex.split(command)
    match words:
        case ["cd", folder]:
            os.chdir(folder)
            return 0, ""
        case ["eventops", *arguments] if not any(sign in command for sign in SHELL_SIGNS):
            ended = run(arguments)
            return ended.code, ended.printed
    if shutil.which("bash") is None:
        pytest.skip("no bash on this machine to follow the page with")
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, done.stdout


def _named(page: Path) -> str:
    return str(page.relative_to(ROOT))


def _to_follow(page: Path) -> bool:
    """Whether the page has a command to run; the examples of hooks.md are tested one by one in test_reference.py."""
    return any(block.language == "console" and "not run" not in block.notes for block in blocks_of(page))


@pytest.mark.parametrize("page", [page for page in PAGES if _to_follow(page)], ids=_named)
def test_a_reader_can_follow_the_page(page: Path, follow: Callable[[Path], int]) -> None:
    assert follow(page) > 0


@pytest.mark.parametrize("page", [*PAGES, *PLUGIN_PAGES], ids=_named)
def test_links_of_the_page_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    targets = [target for target in (*_LINK.findall(text), *_PICTURE.findall(text)) if "://" not in target]
    broken = [target for target in targets if not _exists(page, target)]
    assert broken == []


def _exists(page: Path, target: str) -> bool:
    name, _, anchor = target.partition("#")
    file = page if not name else page.parent / name
    if not file.exists():
        return False
    return not anchor or anchor in _anchors(file)


def _anchors(file: Path) -> set[str]:
    """The headings of a page as GitHub links them."""
    found: set[str] = set()
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            heading = line.lstrip("#").strip().lower()
            kept = "".join(letter for letter in heading if letter.isalnum() or letter in " -_")
            found.add(kept.replace(" ", "-"))
    return found


@pytest.mark.parametrize("page", [page for page in PAGES if "docs" in page.parts], ids=_named)
def test_every_page_is_reached_from_the_list_of_pages(page: Path) -> None:
    index = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    assert page.name == "README.md" or f"({page.relative_to(ROOT / 'docs').as_posix()}" in index


# The page of words holds its three languages.
ENGLISH_ONLY = {"explanation/words.md"}


def test_every_page_of_the_tutorial_and_the_how_tos_is_there_in_french() -> None:
    docs = ROOT / "docs"
    told = [
        page
        for kind in ("tutorial", "how-to", "explanation")
        for page in sorted((docs / kind).glob("*.md"))
        if page.name.count(".") == 1
    ]
    missing = [page.relative_to(docs).as_posix() for page in told if not page.with_suffix(".fr.md").exists()]
    assert set(missing) == ENGLISH_ONLY


@pytest.mark.parametrize("page", sorted((ROOT / "docs").glob("[eht]*/*.fr.md")), ids=_named)
def test_a_french_page_has_the_blocks_and_commands_of_the_english_one(page: Path) -> None:
    if page.name == "getting-started.fr.md":
        return  # a story of its own
    english = page.with_name(page.name.replace(".fr.md", ".md"))

    def acts(one: Path) -> list[object]:
        return [
            (block.language, block.notes, [command for command, _ in commands_of(block)] or block.text)
            for block in blocks_of(one)
        ]

    assert acts(page) == acts(english)


@pytest.mark.parametrize("page", PAGES, ids=_named)
def test_no_page_names_a_place_of_the_machine_it_was_written_on(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert re.findall(r"/(?:tmp|work|root|home/\w+)/\S*", text) == []


def test_a_line_shown_must_come_in_its_place() -> None:
    output = "Id     Name\nP0001  Salma   12 km\nP0002  Omar\n"
    assert [
        missing_line(["P0001 Salma …", "P0002 Omar"], output),
        missing_line(["P0002 Omar", "P0001 …"], output),
        missing_line(["P0001 Salma"], output),
    ] == [None, "P0001 …", "P0001 Salma"]
