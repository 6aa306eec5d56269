"""Where each key of a TOML text stands: `tomllib` gives values without their lines, people need the line."""

import re
from bisect import bisect_right

Path = tuple[str | int, ...]

_SPACE = re.compile(r"[ \t]*")
_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_KEY = re.compile(r'"((?:[^"\\]|\\.)*)"|\'([^\']*)\'|([A-Za-z0-9_-]+)')
_STRING = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"{3,5}|\'\'\'(?:[^\']|\'(?!\'\'))*\'{3,5}|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'', re.DOTALL
)
_SCALAR = re.compile(r"[^,\]}\n#]*")


class _Scan:
    """One pass over a text that `tomllib` has accepted already, so the grammar may be read leniently."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.lines: dict[Path, int] = {}
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self._counts: dict[Path, int] = {}

    def note(self, path: Path, at: int) -> None:
        self.lines.setdefault(path, bisect_right(self._starts, at))

    def skip(self, pattern: re.Pattern[str]) -> None:
        match = pattern.match(self.text, self.at)
        self.at = match.end() if match else self.at

    def follows(self, word: str) -> bool:
        """Steps over the word when it comes next."""
        found = self.text.startswith(word, self.at)
        self.at += len(word) if found else 0
        return found

    def key(self) -> list[str]:
        """A key, dotted or not."""
        parts: list[str] = []
        while match := _KEY.match(self.text, self.at):
            parts.append(next(group for group in match.groups() if group is not None))
            self.at = match.end()
            self.skip(_SPACE)
            if not self.follows("."):
                break
            self.skip(_SPACE)
        return parts

    def header(self) -> Path:
        """The path of a [table] or of the next entry of a [[list]]."""
        start = self.at
        listed = self.follows("[[") or not self.follows("[")
        self.skip(_SPACE)
        parts = self.key()
        path: Path = ()
        for number, part in enumerate(parts):
            path = (*path, part)
            self.note(path, start)
            if listed and number == len(parts) - 1:
                self._counts[path] = self._counts.get(path, -1) + 1
            if path in self._counts:
                path = (*path, self._counts[path])
                self.note(path, start)
        self.skip(re.compile(r"[ \t]*\]{1,2}"))
        return path

    def pair(self, table: Path) -> None:
        """`key = value` in a table."""
        start = self.at
        path = table
        for part in self.key():
            path = (*path, part)
            self.note(path, start)
        self.skip(_SPACE)
        if not self.follows("="):
            self.at = max(self.at, start + 1)
            return
        self.skip(_SPACE)
        self.value(path)

    def value(self, path: Path) -> None:
        if self.follows("["):
            number = 0
            while self._more("]"):
                self.note((*path, number), self.at)
                self.value((*path, number))
                number += 1
        elif self.follows("{"):
            while self._more("}"):
                self.pair(path)
        else:
            self.skip(_STRING if self.text[self.at : self.at + 1] in ('"', "'") else _SCALAR)

    def _more(self, end: str) -> bool:
        """Whether another element comes before the closing bracket."""
        self.skip(_BLANK)
        while self.follows(","):
            self.skip(_BLANK)
        return self.at < len(self.text) and not self.follows(end)


def lines_of(text: str) -> dict[Path, int]:
    """The line, counted from 1, on which every key, table and list entry of a valid TOML text begins.

    Shape: a path is made of keys and of places in lists counted from 0: ("agenda", 3, "title", "fr").
    """
    scan = _Scan(text)
    table: Path = ()
    scan.skip(_BLANK)
    while scan.at < len(text):
        if text[scan.at] == "[":
            table = scan.header()
        else:
            scan.pair(table)
        scan.skip(_BLANK)
    return scan.lines


def line_of(lines: dict[Path, int], path: Path) -> int | None:
    """The line of a path, or of the nearest table around it that the text names."""
    for length in range(len(path), 0, -1):
        if path[:length] in lines:
            return lines[path[:length]]
    return None
