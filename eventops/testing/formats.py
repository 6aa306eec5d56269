"""Contract suites of what brings facts in and takes tables out: readers, writers, gazetteers.

Example:
    class TestReader(ReaderContract):
        plugin = eventops_my_form
        samples = {"people.form": b"..."}
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import PurePath
from typing import Any, ClassVar

from eventops.domain.enrolling.sheets import Sheet
from eventops.domain.places import Placement
from eventops.domain.reporting.reports import Audience, Column, Kind, Report, Table, Writer
from eventops.domain.texts import LANGUAGES
from eventops.errors import EventopsError
from eventops.extension.spec import Gazetteer, Reader

# Bytes somebody may well choose by mistake: nothing, a picture, a truncated archive, text in no encoding.
STRANGE_FILES: Mapping[str, bytes] = {
    "no bytes": b"",
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4,
    "half an archive": b"PK\x03\x04" + bytes(40),
    "zeros": bytes(4096),
    "one letter": b"x",
    "broken text": "سلمى".encode()[:-1] + b"\xff\xfe\xff",
}
# Text that has broken somebody's table: formulas, directions, control characters, what looks like a number.
DIFFICULT_TEXTS = (
    "=1+1",
    "+212600000000",
    "@SUM(A1)",
    "-2+3",
    "سلمى بنعلي",
    "ⵜⴰⵎⴰⵣⵉⵖⵜ",
    "a\tb\nc",
    'quote " and ; and ,',
    "007",
    "1e5",
    "😀",
    "a\x00b",
    " spaces ",
)


def _declared(plugin: Any, hook: str) -> tuple[Any, ...]:
    function = getattr(plugin, hook, None)
    return tuple(function()) if function is not None else ()


def _agree(problems: Iterator[str]) -> None:
    found = list(dict.fromkeys(problems))
    assert not found, "\n".join(found)


class ReaderContract:
    """Readers give sheets with cells at their addresses, and refuse in words what they cannot read.

    `samples` holds at least one file for every reader, by file name.
    """

    plugin: ClassVar[Any]
    samples: ClassVar[Mapping[str, bytes]] = {}

    def readers(self) -> tuple[Reader, ...]:
        return tuple(one for one in _declared(self.plugin, "eventops_readers") if isinstance(one, Reader))

    def parsed(self) -> Iterator[tuple[Reader, str, tuple[Sheet, ...]]]:
        """Every sample with the reader of its suffix."""
        for reader in self.readers():
            for name, data in self.samples.items():
                if PurePath(name).suffix.lower() in reader.suffixes:
                    yield reader, name, reader.parse(data)

    def test_the_plugin_declares_readers_with_distinct_names_and_suffixes(self) -> None:
        readers = self.readers()
        assert readers, "eventops_readers() gives no reader"
        names = [one.name for one in readers]
        assert len(set(names)) == len(names), f"two readers share a name: {sorted(names)}"
        suffixes = [suffix for one in readers for suffix in one.suffixes]
        assert all(one.startswith(".") and one == one.lower() for one in suffixes), f"suffixes like .csv: {suffixes}"
        assert len(set(suffixes)) == len(suffixes), f"two readers share a suffix: {sorted(suffixes)}"
        assert all(one.suffixes for one in readers), "a reader without a suffix is never used"

    def test_every_reader_has_a_sample(self) -> None:
        read = {reader.name for reader, _, _ in self.parsed()}
        assert read == {reader.name for reader in self.readers()}, "give `samples` a file for every reader"

    def test_a_sample_gives_sheets_with_filled_cells(self) -> None:
        for reader, name, sheets in self.parsed():
            assert isinstance(sheets, tuple), f"{reader.name} gave {type(sheets).__name__} for {name}"
            assert all(isinstance(sheet, Sheet) for sheet in sheets), f"{reader.name} gave no Sheet for {name}"
            assert any(cell is not None for sheet in sheets for row in sheet.rows for cell in row), f"{name} is empty"

    def test_rows_end_at_their_last_filled_cell_and_are_counted_as_excel_does(self) -> None:
        for reader, name, sheets in self.parsed():
            for sheet in sheets:
                assert sheet.first_row >= 1, f"{reader.name}, {name}: rows are counted from 1"
                _agree(
                    f"{reader.name}, {name}, row {number}: ends with an empty cell"
                    for number, row in enumerate(sheet.rows, sheet.first_row)
                    if row and row[-1] is None
                )

    def test_cells_are_plain_values(self) -> None:
        plain = (str, int, float, bool, Decimal, date, datetime, time, type(None))

        def is_plain(cell: object) -> bool:
            # eventops' own marks for error cells and formulas are values of its domain.
            return isinstance(cell, plain) or type(cell).__module__.startswith("eventops.domain")

        _agree(
            f"{reader.name}, {name}: {cell!r}"
            for reader, name, sheets in self.parsed()
            for sheet in sheets
            for row in sheet.rows
            for cell in row
            if not is_plain(cell)
        )

    def test_a_file_read_twice_is_the_same(self) -> None:
        for (reader, name, first), (_, _, second) in zip(self.parsed(), self.parsed(), strict=True):
            assert first == second, f"{reader.name} read {name} differently"

    def test_a_strange_file_is_refused_in_words_or_read(self) -> None:
        _agree(
            f"{reader.name}: {name} raises {said}"
            for reader in self.readers()
            for name, data in {**STRANGE_FILES, **self._halves(reader)}.items()
            if (said := _crash(reader, data))
        )

    def _halves(self, reader: Reader) -> Mapping[str, bytes]:
        """The first half of every sample of a reader, as an interrupted download leaves it."""
        suffixes = reader.suffixes
        return {
            f"half of {name}": data[: len(data) // 2]
            for name, data in self.samples.items()
            if PurePath(name).suffix.lower() in suffixes
        }


def _crash(reader: Reader, data: bytes) -> str:
    """What a reader raises instead of a sentence for people, or ''."""
    try:
        reader.parse(data)
    except EventopsError:
        return ""
    except Exception as error:  # whatever it is, it is what the contract forbids
        return f"{type(error).__name__}; raise eventops.NotUsable with a sentence"
    return ""


class WriterContract:
    """Writers make a file of any report: the same report the same bytes, whatever its cells hold.

    Override `read_back` to let the contract see that every text is in the file.
    """

    plugin: ClassVar[Any]

    def writers(self) -> tuple[Writer, ...]:
        return _declared(self.plugin, "eventops_writers")

    def read_back(self, writer: Writer, data: bytes) -> tuple[str, ...] | None:
        """The texts of a file, or None when the contract need not know."""
        return None

    def reports(self) -> Iterator[Report]:
        """An empty report, one cell of every kind, and difficult texts, in every language."""
        for language in LANGUAGES:
            yield _report(language, ())
            yield _report(language, _rows())

    def test_the_plugin_declares_writers_with_distinct_names(self) -> None:
        writers = self.writers()
        assert writers, "eventops_writers() gives no writer"
        names = [one.name for one in writers]
        assert len(set(names)) == len(names), f"two writers share a name: {sorted(names)}"
        assert all(one.suffix.startswith(".") for one in writers), "a suffix begins with a point"
        assert all(one.media_type.count("/") == 1 for one in writers), "a media type is type/subtype"

    def test_every_report_becomes_a_file(self) -> None:
        for writer in self.writers():
            for report in self.reports():
                data = writer.render(report)
                assert isinstance(data, bytes), f"{writer.name} gave {type(data).__name__}"
                assert data, f"{writer.name} wrote nothing"

    def test_the_same_report_gives_the_same_bytes(self) -> None:
        for writer in self.writers():
            for report in self.reports():
                assert writer.render(report) == writer.render(report), f"{writer.name} writes differently each time"

    def test_a_text_too_long_for_the_format_is_written_whole_or_refused_in_words(self) -> None:
        long = _report("en", (("x" * 40_000, *(None,) * 8),))
        for writer in self.writers():
            try:
                data = writer.render(long)
            except EventopsError:
                continue
            read = self.read_back(writer, data)
            assert read is None or any("x" * 40_000 in text for text in read), f"{writer.name} cut a text"

    def test_every_text_is_in_the_file(self) -> None:
        for writer in self.writers():
            for report in self.reports():
                read = self.read_back(writer, writer.render(report))
                if read is None:
                    continue
                wanted = {row[0] for table in report.tables for row in table.rows if isinstance(row[0], str)}
                short = {text for text in wanted if len(text) < 1000 and text.isprintable()}
                missing = sorted(text for text in short if not any(text.strip() in one for one in read))
                assert not missing, f"{writer.name} lost {missing}"


def _report(language: str, rows: tuple[tuple[Any, ...], ...]) -> Report:
    kinds = (Kind.TEXT, Kind.INTEGER, Kind.DECIMAL, Kind.PERCENT, Kind.MONEY, Kind.DATE, Kind.TIME, Kind.DATETIME)
    columns = tuple(Column(name=kind.value, title=kind.value, kind=kind) for kind in (*kinds, Kind.YES_NO))
    return Report(
        name="contract",
        title="A report",
        audience=Audience.ASSOCIATION,
        language=language,
        tables=(Table(name="everything", title="Everything", columns=columns, rows=rows, notes=("A note",)),),
    )


def _rows() -> tuple[tuple[Any, ...], ...]:
    from eventops.domain.money import Money

    day = date(2023, 10, 14)
    full = (3, Decimal("1.50"), Decimal("0.25"), Money(Decimal("1200.50"), "MAD"), day, time(9, 30))
    empty = (None,) * 8
    return (
        ("text", *full, datetime(2023, 10, 14, 9, 30), True),  # noqa: DTZ001  # a localised report holds wall times
        *((text, *empty) for text in DIFFICULT_TEXTS),
        (None, *empty),
    )


class GazetteerContract:
    """Gazetteers say where they come from, and every name in them leads to its place.

    `found` names words people write and the code of the place they must lead to.
    """

    plugin: ClassVar[Any]
    found: ClassVar[Mapping[str, str]] = {}
    # How many places are looked up by name; a whole country takes a while.
    looked_up: ClassVar[int] = 200

    def gazetteers(self) -> tuple[Gazetteer, ...]:
        return _declared(self.plugin, "eventops_gazetteers")

    def test_the_plugin_declares_gazetteers_that_name_source_licence_and_version(self) -> None:
        gazetteers = self.gazetteers()
        assert gazetteers, "eventops_gazetteers() gives no gazetteer"
        for one in gazetteers:
            missing = [name for name in ("source", "licence", "version") if not getattr(one, name).strip()]
            assert not missing, f"{one.name} names no {', '.join(missing)}"
            code = one.country
            assert code == "" or (len(code) == 2 and code.isupper()), f"{one.name}: a country such as MA, not {code!r}"

    def test_every_place_has_its_own_code_and_lies_on_earth(self) -> None:
        for one in self.gazetteers():
            index = one.load()
            assert index.rows, f"{one.name} holds no place"
            codes = [row.code for row in index.rows]
            assert len(set(codes)) == len(codes), f"{one.name}: two places share a code"
            _agree(
                f"{one.name}: {row.code} lies at {row.lat}, {row.lon}"
                for row in index.rows
                if not (-90 <= row.lat <= 90 and -180 <= row.lon <= 180) or (row.lat, row.lon) == (0, 0)
            )
            assert index.country == one.country, f"{one.name} is for {one.country!r}, its index for {index.country!r}"

    def test_every_area_a_place_names_is_there(self) -> None:
        for one in self.gazetteers():
            index = one.load()
            known = {area.code for area in index.areas} | {""}
            _agree(
                f"{one.name}: {row.code} lies in {code}, which is not among its areas"
                for row in index.rows
                for code in (row.region, row.province)
                if code not in known
            )

    def test_the_name_of_a_place_leads_to_it(self) -> None:
        from eventops.domain.places import PlaceQuery
        from eventops.domain.placing.matching import placements

        for one in self.gazetteers():
            index = one.load()
            step = max(1, len(index.rows) // self.looked_up)
            rows = index.rows[::step]
            queries = {
                row.code: PlaceQuery(text=row.en or row.fr, province=row.province, region=row.region, country="")
                for row in rows
            }
            answers = placements(list(queries.values()), (one,), home_country=one.country)
            _agree(
                f"{one.name}: “{query.text}” does not lead to {code}"
                for code, query in queries.items()
                if not _leads_to(answers[query], code)
            )

    def test_the_words_people_write_lead_where_they_should(self) -> None:
        from eventops.domain.places import PlaceQuery
        from eventops.domain.placing.matching import placements

        gazetteers = self.gazetteers()
        queries = {text: PlaceQuery(text=text, province="", region="", country="") for text in self.found}
        if queries:
            answers = placements(list(queries.values()), gazetteers, home_country=gazetteers[0].country)
            led = {text: _code_of(answers[query]) for text, query in queries.items()}
            _agree(
                f"“{text}” leads to {code}, not to {self.found[text]}"
                for text, code in led.items()
                if code != self.found[text]
            )

    def test_a_gazetteer_loaded_twice_is_the_same(self) -> None:
        for one in self.gazetteers():
            assert one.load() == one.load(), f"{one.name} changes from one load to the next"


def _code_of(placement: Placement) -> str:
    return placement.place.code if placement.place is not None else placement.status.value


def _leads_to(placement: Placement, code: str) -> bool:
    return code in {one.place.code for one in placement.candidates} | (
        {placement.place.code} if placement.place is not None else set()
    )
