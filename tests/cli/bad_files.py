"""Files as people send them, made by hand: containers that go wrong or were made to harm. Everybody is invented."""

import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import msgspec
import openpyxl

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
)
HEAD = ("Nom complet", "E-mail", "Téléphone", "Genre", "Année de naissance", "Ville")
AYA = ("Aya Berrada", "aya@example.org", "0612345601", "Femme", 1990, "Rabat")
ALI = ("Ali Tazi", "ali@example.org", "0612345602", "Homme", 1985, "Salé")
Row = Sequence[object]


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """One file and its outcome: exit code, words that must be said, how many are enrolled and refused."""

    name: str
    file: str
    data: bytes
    code: int
    words: tuple[str, ...] = ()
    added: int | None = None
    refused: int | None = None


def book(*rows: Row, sheet: str = "Inscriptions", change: Callable[[Any, Any], None] | None = None) -> bytes:
    """An .xlsx with these rows; `change` may spoil it."""
    workbook = openpyxl.Workbook()
    worksheet = workbook.active
    assert worksheet is not None
    worksheet.title = sheet
    for row in rows:
        worksheet.append(list(row))
    if change is not None:
        change(workbook, worksheet)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def archive(parts: dict[str, bytes | str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return stream.getvalue()


def raw(sheet: str, parts: dict[str, bytes | str] | None = None, *, head: str = "") -> bytes:
    """An .xlsx whose sheet holds exactly this XML."""
    return archive(
        {
            "[Content_Types].xml": TYPES,
            "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" Type="{OFFICE}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
            '<sheet name="People" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" '
            f'Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/worksheets/sheet1.xml": f'{head}<worksheet xmlns="{MAIN}">{sheet}</worksheet>',
            **(parts or {}),
        }
    )


def inline(*rows: Row, first: int = 1) -> str:
    """Rows as sheet XML with inline texts at their addresses."""
    return "".join(
        f'<row r="{at}">'
        + "".join(
            f'<c r="{chr(65 + column)}{at}" t="inlineStr"><is><t>{value}</t></is></c>'
            for column, value in enumerate(row)
        )
        + "</row>"
        for at, row in enumerate(rows, start=first)
    )


def text(*rows: Row, separator: str = ",", end: str = "\n", encoding: str = "utf-8") -> bytes:
    return end.join([*(separator.join(map(str, row)) for row in rows), ""]).encode(encoding)


def without(data: bytes, part: str) -> bytes:
    """The archive without one of its parts."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return archive({name: file.read(name) for name in file.namelist() if name != part})


def replaced(data: bytes, part: str, old: str, new: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        parts: dict[str, bytes | str] = {name: file.read(name) for name in file.namelist()}
    content = parts[part]
    assert isinstance(content, bytes)
    assert old.encode() in content
    parts[part] = content.replace(old.encode(), new.encode())
    return archive(parts)


def ods(*rows: str, manifest: str = "<m/>", head: str = "") -> bytes:
    office, table = (
        "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    )
    content = (
        f'{head}<office:document-content xmlns:office="{office}" xmlns:table="{table}" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="Feuille">{"".join(rows)}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return archive(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": manifest,
            "content.xml": content,
        }
    )


def ods_row(row: Row, copies: int = 1, cell_copies: int = 1) -> str:
    cells = "".join(
        f'<table:table-cell office:value-type="string" table:number-columns-repeated="{cell_copies}">'
        f"<text:p>{value}</text:p></table:table-cell>"
        for value in row
    )
    return f'<table:table-row table:number-rows-repeated="{copies}">{cells}</table:table-row>'


def one(value: object, column: int, code: int, *words: str, file: str = "people.xlsx") -> dict[str, Any]:
    """A table of two in which Aya's cell of this column holds that value."""
    row = [*AYA]
    row[column] = value  # type: ignore[call-overload]
    return {"file": file, "data": book(HEAD, row, ALI), "code": code, "words": words}


def ole(*names: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + b"".join(name.encode("utf-16-le") for name in names)


def containers() -> Iterator[Case]:
    good = book(HEAD, AYA, ALI)
    kinds = (
        ("people.xlsx", b"", 3, ("empty",)),
        ("people.csv", b"\xef\xbb\xbf", 3, ("empty",)),
        ("people.csv", b"\n\n  \n", 3, ("empty",)),
        ("people.xlsx", book(), 3, ("empty",)),
        ("people.xlsx", good[: len(good) // 2], 3, ("damaged", "save as .xlsx")),
        ("people.xlsx", good[:40], 3, ("damaged",)),
        ("people.xlsx", good[:-200] + b"\x00" * 200, 3, ("damaged",)),
        ("people.xlsx", without(good, "xl/worksheets/sheet1.xml"), 3, ("damaged",)),
        ("people.xlsx", without(good, "xl/workbook.xml"), 3, ("damaged",)),
        ("people.xlsx", raw("<sheetData><row r='1'><c r='A1'"), 3, ("damaged",)),
        ("people.xlsx", ole("EncryptedPackage"), 3, ("password",)),
        ("people.xls", ole(), 3, ("damaged", "save as .xlsx")),
        ("people.xls", b"<html><table><tr><td>Nom</td></tr></table></html>", 3, ("not an Excel workbook", "save as")),
        ("people.xls", b"\xef\xbb\xbf<!DOCTYPE html><HTML>x", 3, ("not an Excel workbook",)),
        ("people.xls", b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com">', 3, ("not an Excel",)),
        ("people.xls", text(HEAD, AYA, separator="\t"), 3, ("not an Excel workbook", "save as .xlsx")),
        ("people.xlsx", text(HEAD, AYA), 3, ("not an Excel workbook",)),
        ("people.csv", good, 3, ("Excel workbook",)),
        ("people.xlsx", b"%PDF-1.7 x", 3, ("not an Excel workbook",)),
        ("people.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), 3, ("not an Excel workbook",)),
        ("people.xlsx", archive({"word/document.xml": "<d/>", "[Content_Types].xml": "<t/>"}), 3, ("Word document",)),
        ("people.xlsx", archive({"a.txt": "a"}), 3, ("not an Excel workbook",)),
        ("people.xlsb", archive({"xl/workbook.bin": b"x"}), 3, ("save as .xlsx",)),
        ("people.csv", bytes(range(256)) * 20, 3, ("encoding",)),
        ("people.csv", text(HEAD, AYA) + b"\x81\x8d\x8f\x90\x9d", 3, ("encoding", "save as .xlsx")),
        ("people.ods", archive({"mimetype": "application/vnd.oasis.opendocument.text"}), 3, ("not an Excel workbook",)),
        ("people.ods", ods(ods_row(HEAD), manifest="<encryption-data/>"), 3, ("password",)),
        ("people.ods", ods(), 3, ("empty",)),
    )
    for at, (file, data, code, words) in enumerate(kinds):
        yield Case(name=f"{at} {file} {' '.join(words)}", file=file, data=data, code=code, words=words, added=0)
    strict = replaced(good, "xl/workbook.xml", MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main")
    yield Case(name="strict", file="p.xlsx", data=strict, code=3, words=("Strict Open XML", "save as .xlsx"), added=0)
    macro = archive(
        {**{n: zipfile.ZipFile(io.BytesIO(good)).read(n) for n in zipfile.ZipFile(io.BytesIO(good)).namelist()}}
        | {"xl/vbaProject.bin": b"x"}
    )
    yield Case(name="macro", file="p.xlsm", data=macro, code=0, words=("macro",), added=2)
    yield Case(name="upper-case suffix", file="PEOPLE.XLSX", data=good, code=0, added=2)
    yield Case(name="another suffix", file="people.xls", data=good, code=0, added=2)
    yield Case(name="ods", file="p.ods", data=ods(ods_row(HEAD), ods_row(AYA), ods_row(ALI)), code=0, added=2)


def hostile() -> Iterator[Case]:
    bomb = raw("<sheetData/>", {"xl/sharedStrings.xml": b"0" * 90_000_000})
    doctype = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    far = inline(HEAD, AYA) + '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
    wide = inline(HEAD, AYA) + '<row r="3"><c r="XFD3" t="inlineStr"><is><t>x</t></is></c></row>'
    lying = f'<dimension ref="A1:B1"/><sheetData>{inline(HEAD, AYA, ALI)}</sheetData>'
    huge = f'<dimension ref="A1:XFD1048576"/><sheetData>{inline(HEAD, AYA, ALI)}</sheetData>'
    for name, file, data, code, words, added in (
        ("bomb", "p.xlsx", bomb, 3, ("not safe",), 0),
        (
            "doctype in the sheet",
            "p.xlsx",
            raw(f"<sheetData>{inline(HEAD)}</sheetData>", head=doctype),
            3,
            ("not safe",),
            0,
        ),
        (
            "doctype in strings",
            "p.xlsx",
            raw("<sheetData/>", {"xl/sharedStrings.xml": doctype + "<s/>"}),
            3,
            ("not safe",),
            0,
        ),
        ("doctype in ods", "p.ods", ods(ods_row(HEAD), head=doctype), 3, ("not safe",), 0),
        ("path escape", "p.xlsx", raw("<sheetData/>", {"../../evil.xml": "x"}), 3, ("not safe",), 0),
        ("absolute path", "p.xlsx", raw("<sheetData/>", {"/etc/passwd": "x"}), 3, ("not safe",), 0),
        ("stray cell", "p.xlsx", raw(f"<sheetData>{far}</sheetData>"), 0, ("row 1048576",), 1),
        ("stray column", "p.xlsx", raw(f"<sheetData>{wide}</sheetData>"), 4, ("XFD", "row 3"), 1),
        ("dimension too small", "p.xlsx", raw(lying), 0, (), 2),
        ("dimension too large", "p.xlsx", raw(huge), 0, (), 2),
        ("ods repeats", "p.ods", ods(ods_row(HEAD), ods_row(AYA, copies=1_048_570)), 3, ("not safe",), 0),
        ("ods repeats cells", "p.ods", ods(ods_row(HEAD), ods_row(AYA, 10_000, 2_000)), 3, ("not safe",), 0),
        (
            "ods with blank rows to the end",
            "p.ods",
            ods(ods_row(HEAD), ods_row(AYA), ods_row((), copies=1_048_570)),
            0,
            (),
            1,
        ),
    ):
        yield Case(name=name, file=file, data=data, code=code, words=words, added=added)
