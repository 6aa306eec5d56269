"""Claims out of a sheet: one a row, under headings in Arabic, French or English."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from eventops.application.claims import Books, checked_claim
from eventops.domain.enrolling.cell_values import damage_in, number_in, text_in
from eventops.domain.enrolling.dates import date_in
from eventops.domain.enrolling.lookup import person_called
from eventops.domain.enrolling.sheets import Sheet
from eventops.domain.findings import Finding, Severity, Source
from eventops.domain.folding import folded
from eventops.domain.money import rounded
from eventops.domain.paying.claims import Claim, Receipt
from eventops.domain.people import Participant
from eventops.domain.texts import Message, Text
from eventops.errors import NotUsable

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "person": (
        "person",
        "id",
        "participant",
        "email",
        "name",
        "personne",
        "identifiant",
        "nom",
        "المعرف",
        "الاسم",
        "الشخص",
    ),
    "benefit": ("benefit", "prestation", "الاستفادة"),
    "part": ("part", "leg", "night", "trajet", "nuit", "partie", "الجزء", "الليلة", "الرحلة"),
    "amount": ("amount", "claimed", "montant", "montant demandé", "المبلغ", "المبلغ المطلوب"),
    "currency": ("currency", "devise", "monnaie", "العملة"),
    "receipt": ("receipt", "receipt number", "reçu", "numéro de reçu", "n° de reçu", "الوصل", "رقم الوصل"),
    "receipt_on": ("receipt date", "date", "date of receipt", "date du reçu", "تاريخ الوصل", "التاريخ"),
    "note": ("note", "remarque", "ملاحظة"),
}
REFUSED = Text("{file}, row {row}: {problem}")


class ReadClaims(Struct, frozen=True, kw_only=True):
    """The claims of a sheet, and a finding for each row that gives none."""

    claims: tuple[Claim, ...]
    findings: tuple[Finding, ...]


def claims_in(
    sheets: Iterable[Sheet],
    file_name: str,
    books: Books,
    people: Sequence[Participant],
    *,
    on: date,
    by: str,
    replacing: bool,
) -> ReadClaims:
    """Every row as a claim, held against the books and the rows before it. Errors: NotUsable without the headings."""
    sheet, header, columns = _headed(tuple(sheets), file_name)
    taken: list[Claim] = []
    findings: list[Finding] = []
    for at, row in enumerate(sheet.rows[header + 1 :], header + 1 + sheet.first_row):
        if all(not text_in(cell) for cell in row):
            continue
        try:
            claim = _claim(row, columns, books, people, on, by)
            if any(one.key == claim.key for one in taken):
                raise NotUsable("{claim} stands in the sheet twice", claim=claim.key)
            known = {one.key: one for one in (*books.claims, *taken)}
            held = _with_claims(books, tuple(known.values()))
            taken.append(checked_claim(claim, held, replacing=replacing))
        except NotUsable as error:
            problem = Message(Text(error.message), dict(error.values))
            values: dict[str, object] = {"file": file_name, "row": at, "problem": problem}
            source = Source(file=file_name, sheet=sheet.name, row=at)
            findings.append(
                Finding(severity=Severity.ERROR, code="claim-refused", message=REFUSED, values=values, source=source)
            )
    return ReadClaims(claims=tuple(taken), findings=tuple(findings))


def _with_claims(books: Books, claims: tuple[Claim, ...]) -> Books:
    return replace(books, claims=claims)


def _headed(sheets: Sequence[Sheet], file_name: str) -> tuple[Sheet, int, dict[str, int]]:
    """The first sheet with a row of headings, that row's index, and the columns. Errors: NotUsable."""
    wanted = {folded(word): name for name, words in HEADINGS.items() for word in words}
    for sheet in sheets:
        for index, row in enumerate(sheet.rows[:20]):
            columns: dict[str, int] = {}
            for at, cell in enumerate(row):
                name = wanted.get(folded(text_in(cell)))
                if name is not None:
                    columns.setdefault(name, at)
            if {"person", "benefit", "amount"} <= columns.keys():
                return sheet, index, columns
    raise NotUsable(
        "{file} has no headings for person, benefit and amount; eventops claim import --help names them", file=file_name
    )


def _claim(
    row: Sequence[object],
    columns: Mapping[str, int],
    books: Books,
    people: Sequence[Participant],
    on: date,
    by: str,
) -> Claim:
    """The claim of a row. Errors: NotUsable saying which cell cannot be read."""
    cells = {name: row[at] if at < len(row) else None for name, at in columns.items()}
    for cell in cells.values():
        damage = damage_in(cell)
        if damage is not None:
            raise NotUsable("a cell cannot be read ({code})", code=damage.code)
    person = person_called(text_in(cells["person"]), people)
    amount = number_in(cells["amount"])
    if amount is None:
        raise NotUsable("the amount is “{seen}”; a number is expected", seen=text_in(cells["amount"]))
    currency = text_in(cells.get("currency")).upper() or books.event.currency
    try:
        claimed = rounded(Decimal(str(amount)), currency)
    except ValueError as error:
        raise NotUsable("the currency is “{seen}”; a code such as MAD is expected", seen=currency) from error
    number = text_in(cells.get("receipt"))
    receipt_on = _day(cells.get("receipt_on"))
    return Claim(
        participant_id=person.id,
        benefit=_benefit(text_in(cells["benefit"]), books),
        part=_part(cells.get("part")),
        claimed=claimed,
        on=on,
        by=by,
        receipts=(Receipt(number=number, on=receipt_on),) if number else (),
        note=text_in(cells.get("note")),
    )


def _benefit(said: str, books: Books) -> str:
    """The benefit meant: its name, or its title in any language."""
    from eventops.domain.reporting.labels import BENEFIT_LABELS

    for name, benefit in books.benefits.items():
        titles = (benefit.title, BENEFIT_LABELS.get(name, benefit.title))
        words = {name, *(one.written_in(language) for one in titles for language in ("en", "fr", "ar"))}
        if folded(said) in {folded(one) for one in words if one}:
            return name
    return said


def _part(cell: object) -> str:
    return cell.date().isoformat() if isinstance(cell, datetime) else text_in(cell)


def _day(cell: object) -> date | None:
    """The day in a cell. Errors: NotUsable."""
    said = text_in(cell)
    day = date_in(cell)
    if day is not None or not said:
        return day
    raise NotUsable("the date is “{seen}”; a day such as 2023-10-14 or 14/10/2023 is expected", seen=said)
