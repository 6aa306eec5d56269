"""What somebody typed is text in every file that leaves, whoever composed it: payloads through a plugin's export."""

import csv
import io
import json
import unicodedata
from html.parser import HTMLParser
from typing import Any

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from eventops import __version__
from eventops.adapters.wording import open_wording
from eventops.application.export import Manner, exported
from eventops.builtin import plugin as core_plugin
from eventops.builtin.templates import template_writer
from eventops.domain.reporting.reports import Options, Writer
from eventops.extension.loading import load_plugin_file
from eventops.extension.registry import PluginModule, Registry, registry_of
from eventops.testing.builders import a_plan, twelve_candidates

STARTS = (
    "=",
    "+",
    "-",
    "@",
    "\t=",
    "\r=",
    "\n=",
    " =",
    "\u200f=",
    "\ufeff+",
    "＝",
    "＋",
    "－",
    "＠",
    "﹦",
    "﹢",
    "﹣",
    "﹫",
)
BODIES = ("1+1", "SUM(A1:A9)", "cmd|' /C calc'!A0", 'HYPERLINK("http://a.example","x")', "DDE(1)")
PAYLOADS = [start + body for start in STARTS for body in BODIES]
INNOCENT = [
    "0612345678",
    "+212612345678",
    "00042",
    "👩‍👩‍👧",
    "ⵜⵉⴼⵉⵏⴰⵖ",
    "می‌خواهم",
    "1/2",
    "1e5",
    "TRUE",
    "#N/A",
    "a;=1",
    "x|@y",
]
TEXTS = PAYLOADS + INNOCENT
PLUGIN = """
from eventops import Audience, Column, Export, Report, Table, Text, hookimpl

TITLE = Text("=2+2")
TEXTS = {texts!r}


def compose(plan, options):
    rows = tuple((text, Text("{{x}}", fr=text)) for text in TEXTS)
    columns = (Column(name="a", title="=9+9", choices=("=8+8",), editable=True), Column(name="b", title="@b"))
    table = Table(name="t", title="-1+1", columns=columns, rows=rows, notes=("=7+7",))
    return Report(name="x", title=TITLE, audience=Audience.ASSOCIATION, tables=(table,), heading="+6+6")


@hookimpl
def eventops_exports():
    return (Export(name="x", title=TITLE, audience=Audience.ASSOCIATION, compose=compose),)
"""


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Registry:
    file = tmp_path_factory.mktemp("plugin") / "payloads.py"
    file.write_text(PLUGIN.format(texts=TEXTS), encoding="utf-8")
    core = PluginModule(name="eventops", version=__version__, origin="eventops", module=core_plugin)
    return registry_of([core, load_plugin_file(file)])


def written(registry: Registry, format_name: str, writer: Writer | None = None) -> bytes:
    plan = a_plan(twelve_candidates())
    wordings = {language: open_wording(language) for language in ("en", "fr", "ar")}
    manner = Manner(writer=writer)
    return exported(plan, registry, "payloads.x", Options(), format_name, wordings, manner).data


def columns_of(sheet: Any, first_row: int) -> list[str]:
    return [row[0].value for row in sheet.iter_rows(min_row=first_row, max_row=first_row + len(TEXTS) - 1)]


def check_sheet(content: bytes, first_row: int) -> None:
    """No cell is a formula or a link, the texts are there exactly, and both readers agree."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {(cell.data_type, cell.hyperlink) for cell in cells} == {("s", None)}
    assert columns_of(book.worksheets[0], first_row) == TEXTS
    unquoted = [cell.value for cell in cells if cell.value in PAYLOADS and not cell.quotePrefix]
    assert unquoted == []
    read = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    assert [row[0] for row in read[first_row - 1 :][: len(TEXTS)]] == TEXTS


def test_a_workbook_holds_text(registry: Registry) -> None:
    check_sheet(written(registry, "xlsx"), first_row=2)


def test_a_long_workbook_beyond_its_shared_texts_holds_text(
    registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    from eventops.builtin import cell_sinks

    monkeypatch.setattr(cell_sinks, "LONG", 1)
    monkeypatch.setattr(cell_sinks, "SHARED_TEXTS", 0)
    check_sheet(written(registry, "xlsx"), first_row=2)


def test_a_filled_template_holds_text(registry: Registry) -> None:
    book = openpyxl.Workbook()
    book.active.append(["{{rows}}{{a}}", "{{b}}"])
    stream = io.BytesIO()
    book.save(stream)
    check_sheet(written(registry, "xlsx", template_writer(stream.getvalue(), "t.xlsx")), first_row=1)


def starts_a_formula(field: str) -> bool:
    """Whether a program that trims what is invisible would see a sign at the start."""
    visible = field.lstrip("".join(map(chr, range(33))) + "\u00a0\u200b\u200e\u200f\ufeff")
    return len(visible) > 1 and unicodedata.normalize("NFKC", visible)[:1] in ("=", "+", "-", "@")


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_a_separated_file_starts_no_formula_however_it_is_cut(registry: Registry, separator: str) -> None:
    text = written(registry, "csv").decode("utf-8-sig")
    fields = [field for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator) for field in row]
    assert [field for field in fields if starts_a_formula(field)] == []


def test_json_holds_the_texts(registry: Registry) -> None:
    document = json.loads(written(registry, "json"))
    assert [row["a"] for row in document["tables"][0]["rows"]] == TEXTS


class _Cells(HTMLParser):
    """The cells of a page, each with its attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[dict[str, str | None], str]] = []
        self._in = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("td", "th"):
            self._in = True
            self.found.append((dict(attrs), ""))

    def handle_endtag(self, tag: str) -> None:
        self._in = self._in and tag not in ("td", "th")

    def handle_data(self, data: str) -> None:
        if self._in:
            attributes, text = self.found[-1]
            self.found[-1] = attributes, text + data


def test_every_cell_of_a_page_says_it_is_text(registry: Registry) -> None:
    page = _Cells()
    page.feed(written(registry, "html").decode("utf-8"))
    texts = [text for _, text in page.found]
    assert [text for text in TEXTS if text not in texts] == []
    assert [text for attributes, text in page.found if text and attributes.get("sdnum") != "1033;0;@"] == []
