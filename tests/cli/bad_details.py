"""Files that are nearly right, made by hand: what programs and people spoil in one place. Everybody is invented."""

import gzip
import io
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import xlwt
from bad_files import ALI, AYA, HEAD, MAIN, OFFICE, PACKAGE, Case, book, inline, raw, text

NAME, EMAIL, PHONE, GENDER, YEAR, TOWN = range(6)
SHARED = (
    f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" Type="{OFFICE}/worksheet" '
    f'Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="{OFFICE}/sharedStrings" '
    'Target="sharedStrings.xml"/></Relationships>'
)


def old_workbook(*rows: tuple[object, ...]) -> bytes:
    """A workbook of the old binary format (.xls)."""
    workbook = xlwt.Workbook()
    sheet = workbook.add_sheet("Inscriptions")
    day = xlwt.easyxf(num_format_str="dd/mm/yyyy")
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            sheet.write(at, column, value, *([day] if isinstance(value, datetime) else []))
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def _one_text_many_times(count: int, length: int) -> bytes:
    rows = "".join(
        f'<row r="{at}">' + "".join(f'<c r="{column}{at}" t="s"><v>0</v></c>' for column in "ABCDEFGHIJ") + "</row>"
        for at in range(2, count // 10 + 2)
    )
    strings = f'<sst xmlns="{MAIN}"><si><t>{"x" * length}</t></si></sst>'
    parts: dict[str, bytes | str] = {"xl/sharedStrings.xml": strings, "xl/_rels/workbook.xml.rels": SHARED}
    return raw(f"<sheetData>{inline(HEAD)}{rows}</sheetData>", parts)


def spoilt_workbooks() -> Iterator[Case]:
    lost = '<row r="2">' + "".join(
        f'<c r="{column}2" t="inlineStr"><is><t>{value}</t></is></c>'
        for column, value in zip("ABCDE", AYA, strict=False)
    )
    for name, data, code, words, added in (
        ("one text a million times", _one_text_many_times(400_000, 32_000), 3, ("not safe",), 0),
        (
            "two rows of one number",
            raw(f"<sheetData>{inline(HEAD, AYA)}{inline(ALI, first=2)}</sheetData>"),
            3,
            ("damaged", "row 2"),
            0,
        ),
        (
            "rows in another order",
            raw(f"<sheetData>{inline(HEAD)}{inline(ALI, first=3)}{inline(AYA, first=2)}</sheetData>"),
            0,
            (),
            2,
        ),
        (
            "an error without an address",
            raw(f'<sheetData>{inline(HEAD)}{lost}<c t="e"><v>#N/A</v></c></row></sheetData>'),
            3,
            ("damaged",),
            0,
        ),
        (
            "a formula with an error kept",
            raw(f'<sheetData>{inline(HEAD)}{lost}<c r="F2" t="e"><f>A1</f><v>#N/A</v></c></row></sheetData>'),
            4,
            ("F2", "#N/A"),
            0,
        ),
        (
            "a formula with its result",
            raw(f'<sheetData>{inline(HEAD)}{lost}<c r="F2" t="str"><f>A1</f><v>Rabat</v></c></row></sheetData>'),
            0,
            (),
            1,
        ),
    ):
        yield Case(name=name, file="p.xlsx", data=data, code=code, words=words, added=added)
    born = (("Nom complet", "E-mail", "Date de naissance"), ("Aya Berrada", "a@example.org", datetime(1990, 5, 4)))
    for name, data, code, words, added in (
        ("old workbook", old_workbook(HEAD, AYA, ALI), 0, (), 2),
        ("old workbook with a date", old_workbook(*born), 0, (), 1),
        ("old workbook cut", old_workbook(HEAD, AYA, ALI)[:2000], 3, ("damaged", "save as .xlsx"), 0),
        ("old workbook under a new name", old_workbook(HEAD, AYA, ALI), 0, (), 2),
    ):
        yield Case(
            name=name, file="p.xlsx" if "new" in name else "p.xls", data=data, code=code, words=words, added=added
        )


def spoilt_texts() -> Iterator[Case]:
    good = text(HEAD, AYA, ALI)
    swallowed = (
        b'Nom complet,E-mail,Ville\n"Aya Berrada,aya@example.org,Rabat\nAli Tazi,ali@example.org,Sale\n'
        b'"Omar",omar@example.org,Fes\n'
    )
    twice = good.decode().encode().decode("cp1252").encode()
    guarded = b'Nom complet,E-mail,Phone\nAya Berrada,aya@example.org,"=""0612345601"""\n'
    wide = b"Nom complet,E-mail" + b",x" * 20_000 + b"\nAya,aya@example.org\n"
    for name, data, code, words, added in (
        ("a lost quotation mark swallows a row", swallowed, 3, ("damaged", "row 2"), 0),
        ("one byte spoilt in UTF-8", good.replace(b"Rabat", b"Raba\xff"), 3, ("encoding",), 0),
        ("encoded twice", twice, 0, (), 2),
        ('text between =" and "', guarded, 0, (), 1),
        ("more columns than a sheet has", wide, 3, ("too large", "row 1"), 0),
        ("NUL padding", good + b"\x00" * 512, 3, (), 0),
        ("UTF-16 cut in a letter", text(HEAD, AYA, encoding="utf-16")[:-1], 3, ("encoding",), 0),
        ("JSON", b'[{"name": "Aya Berrada", "email": "aya@example.org"}]', 3, ("no table",), 0),
        ("compressed text", gzip.compress(good), 3, ("gzip",), 0),
        ("another separator than the header's", b"Nom complet,E-mail\nAya;aya@example.org\n", 3, (), 0),
    ):
        yield Case(name=name, file="p.csv", data=data, code=code, words=words, added=added)


def spoilt_answers() -> Iterator[Case]:
    def asked(heading: str, *values: object) -> bytes:
        people = ((f"Personne {chr(65 + at)}mal", f"p{at}@example.org", value) for at, value in enumerate(values))
        return book(("Nom complet", "E-mail", heading), *people)

    def changed(column: int, value: object) -> bytes:
        return book(HEAD, [value if at == column else cell for at, cell in enumerate(AYA)], ALI)

    two: Any = book(("Nom complet", "E-mail", "Âge", "Année de naissance"), ("Aya Berrada", "a@example.org", 70, 1990))
    for name, data, code, words, added in (
        ("a name that is an address", changed(NAME, "aya@example.org"), 4, ("A2", "not a name"), 1),
        ("e-mail in capitals again", book(HEAD, AYA, [AYA[0], AYA[1].upper(), *AYA[2:]]), 0, ("repeats",), 1),
        ("a zero-width mark in an address", changed(EMAIL, "aya\u200b@example.org"), 4, ("B2",), 1),
        ("a Cyrillic address", changed(EMAIL, "ауа@example.org"), 4, ("B2",), 1),
        ("both genders", changed(GENDER, "M/F"), 4, ("D2",), 1),
        ("a year of two digits", changed(YEAR, 90), 4, ("E2",), 1),
        ("an age below nought", asked("Âge", -5, 30), 4, ("C2",), 1),
        ("an age of 150", asked("Âge", 150, 30), 4, ("C2",), 1),
        ("an age in Arabic digits", asked("Âge", "٣٠ سنة", 31), 0, (), 2),
        ("an age that contradicts the year", two, 4, ("row 2", "1990"), 0),
        ("no such month", asked("Date de naissance", "13/31/1990"), 4, ("C2",), 0),
        ("a month in Arabic", asked("Date de naissance", "14 شتنبر 1990", "٥ ماي ١٩٨٥"), 0, (), 2),
        ("a consent worded as a refusal", asked("Je refuse d’être photographié(e)", "Non"), 0, ("C2", "no clear"), 1),
    ):
        yield Case(name=name, file="p.xlsx", data=data, code=code, words=words, added=added)
