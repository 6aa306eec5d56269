"""How long a sheet of registrations takes from bytes to participants, and again when it is imported a second time.

Run: python benchmarks/import_sheet.py [ROWS]. Prints processor seconds of each step beside calamine reading
the same bytes.
"""

import io
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import TypeVar

from eventops.adapters.spreadsheets import sheets_of_workbook
from eventops.application.enrol import enrolled
from eventops.domain.event import Association, Event, Session, Sponsor, Venue, Workshop
from eventops.domain.places import Point
from eventops.domain.texts import Text

Result = TypeVar("Result")

HEADER = (
    "Horodateur",
    "الاسم الكامل / Nom complet",
    "Adresse e-mail",
    "N° de téléphone",
    "Genre",
    "Année de naissance",
    "Qualité",
    "Organisme",
    "Ville ou commune",
    "Province",
    "Région",
    "Pays",
    "Langue",
    "Association mobilisatrice",
    "Besoins d’accessibilité",
    "Régime alimentaire",
    "Atelier souhaité 1",
    "Consentement à participer",
    "Consentement photo",
    "J'autorise le partage de mes données avec l'OCDE",
)
TOWNS = ("Casablanca", "الرباط", "Salé", "Témara", "Kénitra", "سطات", "El Jadida", "Sidi Bennour", "Khémisset")
CATEGORIES = ("Acteur associatif", "باحثة", "Élu(e) local(e)", "Citoyenne", "Secteur public")


def event() -> Event:
    """An event with two workshops, two associations and one sponsor."""
    return Event(
        id="bench",
        title=Text("Benchmark"),
        timezone="Africa/Casablanca",
        country="MA",
        currency="MAD",
        venue=Venue(name=Text("Hall"), town="Casablanca", point=Point(33.59, -7.62)),
        agenda=(
            Session(
                id="opening",
                title=Text("Opening"),
                starts_at=datetime(2023, 10, 14, 9, tzinfo=UTC),
                ends_at=datetime(2023, 10, 14, 15, tzinfo=UTC),
            ),
        ),
        workshops=(
            Workshop(id="services", title=Text("Public services", fr="Services publics")),
            Workshop(id="equality", title=Text("Equality", fr="Égalité")),
        ),
        associations=(
            Association(id="adfm", name=Text("ADFM")),
            Association(id="youth", name=Text("Association for Youth", fr="Association pour la jeunesse")),
        ),
        sponsors=(Sponsor(id="oecd", name=Text("OECD", fr="OCDE"), country="FR"),),
    )


def row(number: int) -> tuple[object, ...]:
    """One believable registration."""
    return (
        datetime(2023, 9, 22 + number % 8, number % 24, number % 60),  # noqa: DTZ001 (a sheet has no zone)
        f"فاطمة الزهراء {number:06d}ب" if number % 3 else f"Benaïssa Salma {number:06d}x",
        f"person.{number}@example.org",
        f"06{number % 100_000_000:08d}",
        ("Femme", "ذكر", "أنثى / Femme")[number % 3],
        1950 + number % 50,
        CATEGORIES[number % len(CATEGORIES)],
        f"جمعية الحي {number % 400}",
        TOWNS[number % len(TOWNS)],
        "",
        "Rabat-Salé-Kénitra",
        "Maroc",
        ("Arabe", "Français")[number % 2],
        ("ADFM", "Association pour la jeunesse")[number % 2],
        "Fauteuil roulant" if number % 50 == 0 else "",
        ("", "Végétarien", "بدون سكر", "")[number % 4],
        ("Égalité", "Services publics")[number % 2],
        "Oui",
        ("Oui", "Non")[number % 2],
        "نعم",
    )


def workbook(rows: int) -> bytes:
    """A sheet with that many registrations."""
    import xlsxwriter

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"default_date_format": "dd/mm/yyyy hh:mm", "constant_memory": True})
    sheet = book.add_worksheet("Inscriptions")
    sheet.write_row(0, 0, HEADER)
    for number in range(rows):
        sheet.write_row(number + 1, 0, row(number))
    book.close()
    return stream.getvalue()


def timed(name: str, work: Callable[[], Result]) -> Result:
    """The result of the work; its seconds are printed."""
    start = time.process_time()
    result = work()
    print(f"{name:<42} {time.process_time() - start:7.2f} s")
    return result


def main() -> None:
    from python_calamine import CalamineWorkbook

    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    data = workbook(rows)
    print(f"{rows} rows of {len(HEADER)} columns, {len(data) / 1e6:.1f} MB")
    book = timed("calamine alone", lambda: CalamineWorkbook.from_filelike(io.BytesIO(data)))
    timed("calamine alone, rows", lambda: book.get_sheet_by_index(0).to_python())
    sheets = timed("bytes to sheets, guarded", lambda: sheets_of_workbook(data, "bench.xlsx"))
    where, today = event(), date(2023, 10, 7)
    first = timed("sheets to participants", lambda: enrolled(sheets, file_name="bench.xlsx", event=where, today=today))
    again = timed(
        "the same file again",
        lambda: enrolled(sheets, file_name="bench.xlsx", event=where, today=today, existing=first.added),
    )
    print(f"added {len(first.added)}, refused {len(first.refused)}; again: unchanged {again.unchanged}")


if __name__ == "__main__":
    main()
