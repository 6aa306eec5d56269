import zlib
from datetime import date, datetime, time
from decimal import Decimal
from html.parser import HTMLParser
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given, settings, strategies as st

from eventops.builtin.web_pages import web_page
from eventops.domain.money import Money
from eventops.domain.reporting.reports import Audience, Cell, Chart, Column, Kind, Report, Table
from eventops.domain.reporting.safe_text import is_formula_like

TEXTS = Column(name="text", title="Text")
PICTURE = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + (1).to_bytes(4, "big") * 2 + b"\x08\x00\0\0\0"
PICTURE += zlib.crc32(PICTURE[12:29]).to_bytes(4, "big")


class Cells(HTMLParser):
    """The cells of every table row, with the attributes of each, and every tag met."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[tuple[str, dict[str, str | None]]]] = []
        self.tags: set[str] = set()
        self._open = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append(("", dict(attrs)))
            self._open = True

    def handle_endtag(self, tag: str) -> None:
        self._open = self._open and tag not in ("td", "th")

    def handle_data(self, data: str) -> None:
        if self._open:
            text, attributes = self.rows[-1][-1]
            self.rows[-1][-1] = (text + data, attributes)


def a_table(*rows: tuple[Cell, ...], columns: tuple[Column, ...] = (TEXTS,), **fields: Any) -> Table:
    return Table(**{"name": "t", "title": "People", "columns": columns, "rows": rows, **fields})


def a_report(*tables: Table, language: str = "en", **fields: Any) -> Report:
    return Report(
        **{
            "name": "r",
            "title": "Report",
            "audience": Audience.DOOR,
            "tables": tables,
            "heading": "Meeting",
            "language": language,
            **fields,
        }
    )


def cells_of(report: Report) -> Cells:
    parser = Cells()
    parser.feed(web_page(report).decode("utf-8"))
    parser.close()
    return parser


def texts_of(report: Report) -> list[list[str]]:
    return [[text for text, _ in row] for row in cells_of(report).rows]


def test_a_page_is_whole_in_itself_and_runs_nothing() -> None:
    page = web_page(a_report(a_table(("<script>alert(1)</script>",)), logo=PICTURE)).decode()
    assert cells_of(a_report(a_table(("<script>x</script>",)))).tags.isdisjoint({"script", "link", "iframe", "object"})
    assert "default-src 'none'" in page
    assert ("http://" in page, "https://" in page, "url(" in page, "@import" in page) == (False,) * 4
    assert '<img alt="" src="data:image/png;base64,iVBOR' in page


def test_an_arabic_page_runs_from_right_to_left_and_latin_names_keep_their_order() -> None:
    report = a_report(a_table(("سلمى",), ("+212 600",)), language="ar")
    assert '<html lang="ar" dir="rtl">' in web_page(report).decode()
    directions = [attributes.get("dir") for row in cells_of(report).rows[1:] for _, attributes in row]
    assert directions == [None, "ltr"]


def test_cells_say_their_value_beside_the_words_of_the_locale() -> None:
    kinds = (Kind.INTEGER, Kind.DECIMAL, Kind.PERCENT, Kind.MONEY, Kind.DATE, Kind.TIME, Kind.DATETIME, Kind.YES_NO)
    columns = tuple(Column(name=kind.value, title=kind.value, kind=kind) for kind in kinds)
    moment = datetime(2023, 10, 14, 9, 30, tzinfo=ZoneInfo("Africa/Casablanca"))
    row = (60, 6.25, 0.25, Money(Decimal("165.50"), "MAD"), date(2023, 10, 14), time(9, 30), moment, True)
    report = a_report(a_table(row, columns=columns), language="fr")
    assert [text.replace("\xa0", " ") for text in texts_of(report)[1]] == [
        "60",
        "6,25",
        "25,0 %",
        "165,50 MAD",
        "14 octobre 2023",
        "09:30",
        "14 octobre 2023, 09:30",
        "oui",
    ]
    page = web_page(report).decode()
    assert '<data value="165.50">' in page
    assert f'<time datetime="{moment.isoformat()}">' in page


def test_every_cell_of_text_is_marked_as_text_for_programs_that_open_pages_as_sheets() -> None:
    report = a_report(a_table(("=1+1",), ("0612",)), title="=2+2", heading="@x")
    marked = {text: attributes.get("sdnum") for row in cells_of(report).rows for text, attributes in row}
    assert marked == dict.fromkeys(("=2+2", "@x", "Text", "=1+1", "0612"), "1033;0;@")


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff")), min_size=20)
)
def test_every_text_reads_back_exactly(texts: list[str]) -> None:
    kept = [text for text in texts if all(ord(letter) > 31 or letter in "\t\n\r" for letter in text)]
    report = a_report(a_table(*[(text,) for text in kept]))
    assert [row[0] for row in texts_of(report)[1:]] == kept
    marks = [attributes.get("sdnum") for row in cells_of(report).rows[1:] for text, attributes in row if text]
    assert all(marks) or not any(is_formula_like(text) for text in kept)


def test_numbers_are_totalled_and_charted_in_their_own_cells() -> None:
    columns = (TEXTS, Column(name="n", title="N", kind=Kind.INTEGER, total=True))
    chart = Chart(kind="bar", title="Who", categories="text", values="n")
    report = a_report(a_table(("a", 1), ("b", 4), columns=columns, chart=chart))
    assert texts_of(report) == [["Text", "N"], ["a", "1"], ["b", "4"], ["Total", "5"]]
    assert '<span class="bar" style="width:25.0%">' in web_page(report).decode()


def test_tags_stand_in_a_row_of_their_own_below_the_headings() -> None:
    columns = (Column(name="a", title="A", hxl="#org"), Column(name="b", title="B", hxl="#date"))
    assert texts_of(a_report(a_table(("x", "y"), columns=columns))) == [["A", "B"], ["#org", "#date"], ["x", "y"]]


def test_notes_and_ruled_rows_follow_the_table() -> None:
    report = a_report(a_table(("a",), notes=("A <note>",), blank_rows=2))
    assert texts_of(report) == [["Text"], ["a"], [""], [""]]
    assert '<p class="note">A &lt;note&gt;</p>' in web_page(report).decode()
