"""Tables and cells that go wrong: headers, hidden and merged parts, values a spreadsheet program spoilt, doubles."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from bad_files import ALI, AYA, HEAD, Case, archive, book, inline, one, raw, replaced, text

NAME, EMAIL, PHONE, GENDER, YEAR, TOWN = range(6)


def with_values(values: dict[int, object]) -> tuple[object, ...]:
    return tuple(values.get(at, value) for at, value in enumerate(AYA))


def texts() -> Iterator[Case]:
    for name, data, file in (
        ("comma", text(HEAD, AYA, ALI), "p.csv"),
        ("semicolon", text(HEAD, AYA, ALI, separator=";"), "p.csv"),
        ("tab", text(HEAD, AYA, ALI, separator="\t"), "p.tsv"),
        ("pipe", text(HEAD, AYA, ALI, separator="|"), "p.txt"),
        ("sep=", b"sep=;\r\n" + text(HEAD, AYA, ALI, separator=";", end="\r\n"), "p.csv"),
        ("sep= with bom", b"\xef\xbb\xbfsep=|\n" + text(HEAD, AYA, ALI, separator="|"), "p.csv"),
        ("CR only", text(HEAD, AYA, ALI, end="\r"), "p.csv"),
        ("CRLF", text(HEAD, AYA, ALI, end="\r\n"), "p.csv"),
        ("UTF-8 BOM", text(HEAD, AYA, ALI, encoding="utf-8-sig"), "p.csv"),
        ("UTF-16", text(HEAD, AYA, ALI, separator="\t", encoding="utf-16"), "p.txt"),
        ("UTF-16 without mark", text(HEAD, AYA, ALI, separator="\t", encoding="utf-16-le"), "p.txt"),
        ("UTF-16 BE", b"\xfe\xff" + text(HEAD, AYA, ALI, separator=";", encoding="utf-16-be"), "p.csv"),
        ("windows-1252", text(HEAD, AYA, ALI, separator=";", encoding="cp1252"), "p.csv"),
        ("blank lines", b"\n\n" + text(HEAD, (), AYA, (), ALI), "p.csv"),
        ("line break in a cell", text(HEAD, AYA, ('"Ali\nTazi"', *ALI[1:])), "p.csv"),
        ("trailing separators", text((*HEAD, "", ""), (*AYA, "", ""), (*ALI, "", "")), "p.csv"),
        ("quoted all", text(*([f'"{cell}"' for cell in row] for row in (HEAD, AYA, ALI))), "p.csv"),
        ("loose quotes", text(HEAD, ('Aya "Yaya" Berrada', *AYA[1:]), ALI), "p.csv"),
    ):
        yield Case(name=name, file=file, data=data, code=0, added=2)
    arabic = ("الاسم الكامل", "البريد الإلكتروني", "رقم الهاتف", "الجنس", "سنة الميلاد", "المدينة")
    person = ("آية برادة", "aya@example.org", "0612345601", "أنثى", 1990, "الرباط")
    data = text(arabic, person, separator=";", encoding="cp1256")
    yield Case(name="windows-1256", file="p.csv", data=data, code=0, words=("windows-1256",), added=1)
    unclosed = text(HEAD, ('"Aya Berrada', *AYA[1:]), ALI)
    yield Case(name="unclosed quote", file="p.csv", data=unclosed, code=3, words=("damaged", "row 2"), added=0)
    short = text(HEAD, AYA[:2], ALI)
    yield Case(name="short row", file="p.csv", data=short, code=0, added=2)
    guarded = text(HEAD, with_values({PHONE: "'+212612345601"}), ALI)
    yield Case(name="guarded plus", file="p.csv", data=guarded, code=0, added=2)
    scientific = text(HEAD, with_values({PHONE: "2,12612E+11"}), ALI, separator=";")
    yield Case(
        name="scientific phone", file="p.csv", data=scientific, code=4, words=("C2", "row 2"), added=1, refused=1
    )


def tables() -> Iterator[Case]:
    def hide(workbook: Any, sheet: Any) -> None:
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["F"].hidden = True

    def hidden_sheet(workbook: Any, sheet: Any) -> None:
        other = workbook.create_sheet("Ancienne")
        other.append(list(HEAD))
        other.append(["Zed Old", "zed@example.org", "0612345609", "Homme", 1970, "Fès"])
        other.sheet_state = "hidden"

    def second(rows: int) -> Any:
        def change(workbook: Any, sheet: Any) -> None:
            other = workbook.create_sheet("Autre")
            for row in (HEAD, ("Zed New", "zed@example.org", "0612345609", "Homme", 1970, "Fès"))[:rows]:
                other.append(list(row))

        return change

    def cover(workbook: Any, sheet: Any) -> None:
        page = workbook.create_sheet("Garde", 0)
        page.append(["Rencontre du 14 octobre"])

    def merged_down(workbook: Any, sheet: Any) -> None:
        sheet.merge_cells("F2:F3")

    def filtered(workbook: Any, sheet: Any) -> None:
        sheet.auto_filter.ref = "A1:F3"
        sheet.row_dimensions[2].hidden = True

    title = ("Liste des participants — Casablanca",)
    for name, data, code, words, added in (
        ("title rows", book(title, (), ("Mise à jour le 5/10",), HEAD, AYA, ALI), 0, (), 2),
        ("cover sheet first", book(HEAD, AYA, ALI, change=cover), 0, (), 2),
        ("total below", book(HEAD, AYA, ALI, ("Total", 2)), 0, ("row 4",), 2),
        ("repeated header", book(HEAD, AYA, HEAD, ALI), 0, ("row 3 repeats the header",), 2),
        ("gaps", book(HEAD, (), AYA, (), (), ALI), 0, (), 2),
        ("hidden row and column", book(HEAD, AYA, ALI, change=hide), 0, ("hidden",), 2),
        ("filter", book(HEAD, AYA, ALI, change=filtered), 0, ("hidden",), 2),
        ("hidden sheet", book(HEAD, AYA, ALI, change=hidden_sheet), 0, (), 2),
        ("two sheets", book(HEAD, AYA, ALI, change=second(2)), 4, ("--sheet", "Autre"), 0),
        ("two sheets, one empty", book(HEAD, AYA, ALI, change=second(1)), 0, (), 2),
        ("merged down", book(HEAD, AYA, (*ALI[:5],), change=merged_down), 0, ("merged",), 2),
        ("no header", book(AYA, ALI), 3, ("no table", "header"), 0),
        ("notes only", book(("Bonjour",), ("Merci",)), 3, ("no table",), 0),
        ("header alone", book(HEAD), 0, (), 0),
        ("no contact", book(("Nom complet", "Ville"), ("Aya", "Rabat")), 3, ("e-mail", "phone", "header"), 0),
        ("no name", book(("E-mail", "Ville"), ("aya@example.org", "Rabat")), 3, ("name", "header"), 0),
        (
            "two e-mail columns",
            book((*HEAD, "Courriel"), (*AYA, "other@example.org"), (*ALI, "ali@example.org")),
            4,
            ("row 2", "G (Courriel)", "B (E-mail)"),
            0,
        ),
        ("two equal e-mail columns", book((*HEAD, "Courriel"), (*AYA, AYA[1]), (*ALI, "")), 0, (), 2),
        ("unnamed column", book((*HEAD, None), (*AYA, "x"), (*ALI, "y")), 4, ("column G", "heading"), None),
        ("personal columns", book((*HEAD, "CIN", "RIB"), (*AYA, "BE1", "007"), ALI), 0, ("G (CIN)", "H (RIB)"), 2),
        (
            "whole questions",
            book(
                ("Quel est votre nom complet ?", "Votre adresse e-mail *", "Quelle est votre ville de résidence ?"),
                ("Aya Berrada", "aya@example.org", "Rabat"),
            ),
            0,
            (),
            1,
        ),
        ("misspelt headings", book(("Nom complt", "Emial", "Telephonne"), AYA[:3]), 0, (), 1),
        ("bilingual headings", book(("الاسم الكامل / Nom complet", "E-mail / البريد"), AYA[:2]), 0, (), 1),
        ("numbered rows", book(("N°", *HEAD), (1, *AYA), (2, *ALI)), 0, (), 2),
        ("HXL tags", book(HEAD, ("#name", "#contact+email", None), AYA), 0, ("HXL",), 1),
        (
            "duplicate headings",
            book(("Nom", "Prénom", "E-mail", "E-mail"), ("Berrada", "Aya", AYA[1], AYA[1])),
            0,
            (),
            1,
        ),
        ("table starts at D5", raw_at_d5(), 0, (), 1),
    ):
        yield Case(name=name, file="people.xlsx", data=data, code=code, words=words, added=added)


def raw_at_d5() -> bytes:
    def move(workbook: Any, sheet: Any) -> None:
        for at, row in enumerate((HEAD, AYA), start=5):
            for column, value in enumerate(row, start=4):
                sheet.cell(row=at, column=column, value=value)

    return book(change=move)


def cells() -> Iterator[Case]:
    for name, column, value, code, words in (
        ("missing name", NAME, None, 4, ("A2", "row 2")),
        ("number as name", NAME, 42, 4, ("A2",)),
        ("date as name", NAME, date(2023, 1, 1), 4, ("A2",)),
        ("unreadable gender", GENDER, "peut-être", 4, ("D2", "peut-être")),
        ("gender as a code", GENDER, "2", 4, ("D2",)),
        ("birth year ahead", YEAR, 2090, 4, ("E2",)),
        ("birth year long ago", YEAR, 1800, 4, ("E2",)),
        ("birth year in words", YEAR, "abc", 4, ("E2", "abc")),
        ("birth year as a date", YEAR, date(1990, 5, 4), 0, ()),
        ("birth year in Arabic digits", YEAR, "١٩٩٠", 0, ()),
        ("e-mail without at", EMAIL, "aya.example.org", 4, ("B2",)),
        ("two e-mails", EMAIL, "aya@example.org; b@example.org", 4, ("B2",)),
        ("e-mail with a line break", EMAIL, "aya@example.org\nbcc: x@example.org", 4, ("B2",)),
        ("e-mail with a name", EMAIL, "Aya <aya@example.org>", None, ()),
        ("e-mail with a look-alike", EMAIL, "аya@example.org", None, ("B2",)),
        ("e-mail with blanks", EMAIL, "  aya@example.org\u00a0", 0, ()),
        ("phone too short", PHONE, "0612", 4, ("C2",)),
        ("phone in words", PHONE, "demander", 4, ("C2",)),
        ("phone as a number", PHONE, 612345601, 0, ()),
        ("phone as a long number", PHONE, 212612345601, 0, ()),
        ("phone as a rounded number", PHONE, 2.12612e11, 4, ("C2",)),
        ("phone in Arabic digits", PHONE, "٠٦١٢٣٤٥٦٠١", 0, ()),
        ("phone with marks", PHONE, "\u202a+212 6 12 34 56 01\u202c", 0, ()),
        ("two phones", PHONE, "0612345601 / 0537123456", 0, ("C2",)),
        ("bidi in a name", NAME, "Aya \u202eadarreB", None, ()),
        ("controls in a town", TOWN, "Ra\u200bbat\ufeff", 0, ()),
        ("over-long name", NAME, "A" * 300, 4, ("A2", "300")),
        ("40k characters", TOWN, "x" * 32_000, 4, ("F2", "32,000")),
        ("error as text", TOWN, "#N/A", 4, ("F2", "#N/A")),
        ("formula without result", TOWN, "=VLOOKUP(A2,B:B,1)", 4, ("F2", "formula")),
        ("formula in an unknown column", TOWN, "Rabat", 0, ()),
        ("nothing said", TOWN, "n/a", 0, ()),
        ("unknown town", TOWN, "Xyzzyville", 0, ("Xyzzyville",)),
        ("text that begins with =", TOWN, "'=1+1", None, ()),
    ):
        row = [*AYA]
        row[column] = value  # type: ignore[call-overload]
        added = None if code is None else 1 if code == 4 else 2
        # What either outcome allows is only asked not to be lost: nobody vanishes without a word.
        yield Case(
            name=name,
            file="people.xlsx",
            data=book(HEAD, row, ALI),
            code=-1 if code is None else code,
            words=words,
            added=added,
            refused=None if code is None else 1 if code == 4 else 0,
        )
    error = (
        inline(HEAD)
        + '<row r="2"><c r="A2" t="inlineStr"><is><t>Aya B</t></is></c>'
        + ('<c r="B2" t="e"><v>#REF!</v></c></row>')
    )
    yield Case(
        name="error cell",
        file="p.xlsx",
        data=raw(f"<sheetData>{error}</sheetData>"),
        code=4,
        words=("B2", "#REF!"),
        added=0,
    )
    merged = raw(f'<sheetData>{inline(HEAD, AYA, ALI)}</sheetData><mergeCells><mergeCell ref="A4:F4"/></mergeCells>')
    yield Case(name="merged note", file="p.xlsx", data=merged, code=0, words=("merged",), added=2)


def answers() -> Iterator[Case]:
    head = ("Nom complet", "E-mail", "Date de naissance", "Qualité", "J’autorise les photos", "Atelier souhaité")
    aya = ("Aya Berrada", "aya@example.org", "04/05/1990", "Citoyenne", "Oui", "")

    def changed(**cells: object) -> bytes:
        names = {"birth": 2, "category": 3, "consent": 4, "workshop": 5}
        row = list(aya)
        for name, value in cells.items():
            row[names[name]] = value  # type: ignore[call-overload]
        return book(head, row)

    def old_dates(workbook: Any, sheet: Any) -> None:
        workbook.epoch = datetime(1904, 1, 1)

    for name, data, code, words, refused in (
        ("serial date", changed(birth=33000), 0, (), 0),
        ("date cell", changed(birth=datetime(1990, 5, 4)), 0, (), 0),
        ("1904 dates", book(head, (*aya[:2], datetime(1990, 5, 4), *aya[3:]), change=old_dates), 0, (), 0),
        ("impossible date", changed(birth="31/02/1990"), 4, ("C2", "31/02/1990"), 1),
        ("date ahead", changed(birth="04/05/2090"), 4, ("C2",), 1),
        ("unclear consent", changed(consent="peut-être"), 0, ("E2", "no clear consent"), 0),
        ("conditional consent", changed(consent="Oui, mais pas en gros plan"), 0, ("E2",), 0),
        ("unknown category", changed(category="Astronaute"), 4, ("D2", "nearest"), 1),
        ("misspelt category", changed(category="Citoyene"), 0, (), 0),
        ("two categories", changed(category="Élue, citoyenne"), 4, ("D2",), 1),
        ("unknown workshop", changed(workshop="Poterie"), 4, ("F2", "nearest"), 1),
        ("minor", changed(birth="04/05/2010"), 0, ("years old",), 0),
    ):
        yield Case(name=name, file="p.xlsx", data=data, code=code, words=words, added=1 - refused, refused=refused)


def people() -> Iterator[Case]:
    twin = ("Aya Berrada", "aya@example.org", "0612345601", "Femme", 1990, "Rabat")
    other = ("Aya Berrada", "aya@example.org", "0612345601", "Femme", 1991, "Rabat")
    family = ("Sami Berrada", "aya@example.org", "0612345601", "Homme", 2001, "Rabat")
    unnamed = ("Aya Berrada", "second@example.org", "0612345699", "Femme", 1990, "Rabat")
    arabic = ("آية برادة", "second@example.org", "0612345699", "أنثى", 1990, "الرباط")
    for name, rows, code, words, added, refused in (
        ("repeated row", (AYA, twin), 0, ("row 3 repeats row 2",), 1, 0),
        ("same e-mail, other facts", (AYA, other), 4, ("row 3", "differ"), 1, 1),
        ("family e-mail", (AYA, family), 4, ("row 3", "participant merge"), 2, 0),
        ("namesake", (AYA, unnamed), 0, ("row 3", "participant merge"), 2, 0),
        ("namesake in another script", (AYA, arabic), 0, ("row 3", "participant merge"), 2, 0),
        (
            "composed and decomposed",
            (("Zoé Réda", *AYA[1:]), ("Zoe\u0301 Re\u0301da", *AYA[1:])),
            0,
            ("repeats",),
            1,
            0,
        ),
        ("case and order", (("BERRADA Aya", *AYA[1:]), AYA), 0, ("repeats",), 1, 0),
    ):
        data = book(HEAD, *rows)
        yield Case(name=name, file="p.xlsx", data=data, code=code, words=words, added=added, refused=refused)


__all__ = ["answers", "archive", "cells", "one", "people", "replaced", "tables", "texts"]
