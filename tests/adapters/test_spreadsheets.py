import io
import zipfile
from contextlib import suppress
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings, strategies as st

from eventops.adapters.spreadsheets import sheets_of_workbook
from eventops.domain.enrolling.cell_values import ErrorCell, UncomputedFormula
from eventops.domain.enrolling.sheets import Sheet
from eventops.errors import NotUsable

CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
)
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def workbook(*rows: tuple[object, ...], title: str = "People", **cells: Any) -> bytes:
    """An .xlsx with these rows, and cells by address."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(row)
    for address, value in cells.items():
        sheet[address] = value
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def raw_workbook(sheet_data: str, parts: dict[str, bytes | str] | None = None, head: str = "") -> bytes:
    """An .xlsx whose sheet holds exactly this XML."""
    files: dict[str, bytes | str] = {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" Type="{OFFICE}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="People" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" '
        f'Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'{head}<worksheet xmlns="{MAIN}">{sheet_data}</worksheet>',
        **(parts or {}),
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def text_cell(address: str, text: str) -> str:
    return f'<c r="{address}" t="inlineStr"><is><t>{text}</t></is></c>'


def rows_of(data: bytes, name: str = "people.xlsx") -> tuple[tuple[object, ...], ...]:
    (sheet,) = sheets_of_workbook(data, name)
    return sheet.rows


def refusal(data: bytes, name: str) -> str:
    with pytest.raises(NotUsable) as caught:
        sheets_of_workbook(data, name)
    return str(caught.value)


def codes(sheet: Sheet) -> list[str]:
    return [remark.code for remark in sheet.remarks]


def test_cells_keep_their_types_and_their_true_addresses() -> None:
    at = datetime.fromisoformat("2023-09-22 10:05")
    data = workbook((), (None, "Amina", 612345678, 1.5, True, at, date(1984, 3, 25)), (), (None, "Karim"))
    assert rows_of(data) == (
        (),
        (None, "Amina", 612345678, 1.5, True, at, date(1984, 3, 25)),
        (),
        (None, "Karim"),
    )


def test_error_values_and_formulas_without_result_are_seen() -> None:
    data = workbook(("Name", "Phone"), A2="=CONCATENATE(A1,B1)", B2="#N/A")
    assert rows_of(data) == (("Name", "Phone"), (UncomputedFormula("CONCATENATE(A1,B1)"), ErrorCell("#N/A")))


def test_a_formula_with_its_result_is_the_result() -> None:
    data = raw_workbook(
        '<sheetData><row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>""</f><v></v></c>'
        f"{text_cell('C1', 'x')}</row></sheetData>"
    )
    assert rows_of(data) == ((2, None, "x"),)


def test_a_stray_cell_far_away_is_read_without_a_grid() -> None:
    data = raw_workbook(
        f'<sheetData><row r="1">{text_cell("A1", "Name")}</row>'
        f'<row r="20001">{text_cell("XFD20001", "x")}</row></sheetData>'
    )
    rows = rows_of(data)
    assert (rows[0], len(rows), len(rows[-1])) == (("Name",), 20001, 16384)


def test_a_cell_that_names_a_far_row_is_not_trusted_to_be_near() -> None:
    data = raw_workbook(
        f'<sheetData><row r="1">{text_cell("A1", "Name")}{text_cell("Z1000000", "x")}</row></sheetData>'
    )
    assert rows_of(data)[0][0] == "Name"


def test_a_false_dimension_hides_nothing() -> None:
    rows = "".join(f'<row r="{row}">{text_cell(f"A{row}", f"name {row}")}</row>' for row in range(1, 7))
    data = raw_workbook(f'<dimension ref="A1"/><sheetData>{rows}</sheetData>')
    assert len(rows_of(data)) == 6


def test_hidden_sheets_rows_and_merged_cells_are_said() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(("Name", "Town"))
    sheet.append(("Amina", "Salé"))
    sheet.append(("Karim", None))
    sheet.merge_cells("B2:B3")
    sheet.row_dimensions[3].hidden = True
    book.create_sheet("Old").append(("x",))
    book["Old"].sheet_state = "hidden"
    stream = io.BytesIO()
    book.save(stream)
    first, second = sheets_of_workbook(stream.getvalue(), "people.xlsx")
    assert (first.merged, codes(first), first.hidden, second.hidden) == (
        ((1, 1, 2, 1),),
        ["sheet-hidden-parts", "sheet-merged"],
        False,
        True,
    )


def test_a_macro_is_named_and_never_kept() -> None:
    data = raw_workbook(
        f'<sheetData><row r="1">{text_cell("A1", "Name")}</row></sheetData>', {"xl/vbaProject.bin": b"\x00"}
    )
    (sheet,) = sheets_of_workbook(data, "people.xlsm")
    assert codes(sheet) == ["file-macro"]


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "people.xlsx", "is empty"),
        (b"\x00" * 500, "people.xlsx", "is empty"),
        (b"Nom;E-mail\nAmina;amina@example.org\n", "people.xlsx", "not an Excel workbook"),
        (b"<html><table><tr><td>Nom</td></tr></table></html>", "people.xls", "web page (HTML), not an Excel workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "people.xls", "save as .xlsx"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "people.xlsx",
            "password",
        ),
        (b"%PDF-1.7 ...", "people.pdf", "a PDF document"),
        (b"\x89PNG\r\n\x1a\n", "people.xlsx", "a picture"),
        (b"\x01\x02\x03\x04" * 40, "people.csv", "neither an Excel workbook nor text"),
        (workbook(("Name",))[:1500], "people.xlsx", "is damaged"),
        (workbook(("Name",)), "people.csv", "is an Excel workbook"),
        (workbook(), "people.xlsx", "is empty"),
        (raw_workbook("<sheetData/>", {"../evil.xml": "x"}), "people.xlsx", "not safe"),
        (raw_workbook("<sheetData/>", head='<!DOCTYPE x [<!ENTITY a "b">]>'), "people.xlsx", "not safe"),
        (raw_workbook("<sheetData/>", {"xl/styles.xml": b"0" * 20_000_000}), "people.xlsx", "not safe"),
        (raw_workbook("<sheetData/>", {"xl/workbook.xml": "<workbook"}), "people.xlsx", "is damaged"),
        (
            raw_workbook(
                "<sheetData/>", {"xl/workbook.xml": '<workbook xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"/>'}
            ),
            "people.xlsx",
            "Strict Open XML",
        ),
    ],
)
def test_what_is_no_usable_file_is_named_for_what_it_is(data: bytes, name: str, words: str) -> None:
    assert words in refusal(data, name)


@pytest.mark.parametrize(("part", "kind"), [("word/document.xml", "a Word document"), ("readme.txt", "a ZIP archive")])
def test_another_archive_is_named(part: str, kind: str) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(part, "x")
    assert kind in refusal(stream.getvalue(), "people.xlsx")


def test_sizes_that_lie_are_noticed() -> None:
    data = bytearray(raw_workbook(f"<sheetData>{'<row/>' * 2000}</sheetData>"))
    size = len(f'<worksheet xmlns="{MAIN}"><sheetData>{"<row/>" * 2000}</sheetData></worksheet>')
    lying = bytes(data).replace(size.to_bytes(4, "little"), (40).to_bytes(4, "little"))
    assert lying != bytes(data)
    assert "is damaged" in refusal(lying, "people.xlsx")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Nom;Ville\nÉlodie Benaïssa;Salé\n", "utf-8"),
        ("Nom;Ville\nÉlodie Benaïssa;Salé\n", "utf-8-sig"),
        ("Nom;Ville\nسلمى;الرباط\n", "utf-16"),
        ("Nom;Ville\nسلمى;الرباط\n", "utf-16-le"),
        ("Nom;Ville\nÉlodie Benaïssa;Salé\n", "windows-1252"),
        ("الاسم;المدينة\nسلمى بنعلي;الدار البيضاء\nzoé;Salé\n", "windows-1256"),
    ],
)
def test_text_is_read_in_the_encodings_of_the_region(text: str, encoding: str) -> None:
    expected = tuple(tuple(line.split(";")) for line in text.splitlines())
    assert rows_of(text.encode(encoding), "people.csv") == expected


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_found(separator: str) -> None:
    lines = [("Nom", "Ville", "Remarque"), ("Amina", "Salé", "a"), ("Karim", "Rabat", "b")]
    text = "\r\n".join(separator.join(line) for line in lines)
    assert rows_of(text.encode(), "people.csv") == tuple(lines)


def test_excel_keeps_its_separator_line_to_itself_and_a_cell_with_line_breaks_is_one_row() -> None:
    text = 'sep=;\r\nNom;Remarque\r\nAmina;"une\nou deux"\r\n\r\nKarim;x\r\n'
    assert rows_of(text.encode(), "people.csv") == (("Nom", "Remarque"), ("Amina", "une\nou deux"), (), ("Karim", "x"))


def test_the_apostrophe_that_guards_against_formulas_is_taken_off() -> None:
    text = "Nom,Téléphone\n'=Amina,'+212612345678\n'Abd,'\n"
    assert rows_of(text.encode(), "people.csv") == (
        ("Nom", "Téléphone"),
        ("=Amina", "+212612345678"),
        ("'Abd", "'"),
    )


def test_an_assumed_encoding_and_loose_quotes_are_said() -> None:
    (french,) = sheets_of_workbook("Nom;Ville\nÉlodie;Salé\n".encode("windows-1252"), "people.csv")
    (loose,) = sheets_of_workbook(b'Nom,Ville\nAmina "la grande",Rabat\n"Karim"x,Fes\n', "people.csv")
    assert (codes(french), codes(loose)) == (["encoding-assumed"], ["quotes-loose"])


def test_a_quotation_mark_that_never_closes_swallows_nothing_silently() -> None:
    assert "never closed" in refusal(b'Nom,Ville\n"Amina,Rabat\nKarim,Fes\n', "people.csv")


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_give_sheets_or_one_sentence(data: bytes) -> None:
    for name in ("people.xlsx", "people.csv"):
        with suppress(NotUsable):
            assert sheets_of_workbook(data, name)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2000), st.integers(0, 255))
def test_a_workbook_with_one_wrong_byte_gives_sheets_or_one_sentence(at: int, byte: int) -> None:
    data = bytearray(SMALL)
    data[at % len(data)] = byte
    with suppress(NotUsable):
        assert sheets_of_workbook(bytes(data), "people.xlsx")


SMALL = raw_workbook(f'<sheetData><row r="1">{text_cell("A1", "Name")}</row></sheetData>')
