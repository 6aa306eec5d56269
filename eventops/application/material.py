"""Material on record: stocks, what is given and what comes back."""

from datetime import date

import msgspec

from eventops.application.facts import document_of, values_of
from eventops.domain.event import Event
from eventops.domain.hosting.material import Loan, Material, Stock, returned_over, stocks_of
from eventops.domain.people import Participant
from eventops.errors import NotUsable
from eventops.extension.ports import Change, Documents


def load_stocks(documents: Documents) -> tuple[Stock, ...]:
    """Every material with its loans."""
    materials = values_of(documents.all("material"), Material, "material")
    return stocks_of(materials, values_of(documents.all("loan"), Loan, "loan"))


def stock_called(documents: Documents, id: str) -> Stock:
    """The stock of that id. Errors: NotUsable."""
    stocks = load_stocks(documents)
    for one in stocks:
        if one.material.id == id:
            return one
    known = ", ".join(one.material.id for one in stocks) or "-"
    raise NotUsable("There is no material {id}; there are {known}; add it with material add", id=id, known=known)


def put_material(change: Change, material: Material) -> None:
    """Puts how many there are on record. Errors: NotUsable for fewer than are out."""
    out = next((one.out for one in load_stocks(change) if one.material.id == material.id), 0)
    if material.count < out:
        raise NotUsable(
            "{out} × {material} are out, so there cannot be {count}; take back what is returned with material return",
            out=out,
            material=material.id,
            count=material.count,
        )
    change.put("material", material.id, document_of(material))


def holder_called(event: Event, people: tuple[Participant, ...], words: str) -> tuple[str, str]:
    """The id and kind of who or what takes material: a room, session or speaker by id, else a participant.

    Errors: NotUsable when nobody or several are meant.
    """
    from eventops.domain.enrolling.lookup import person_called

    parts = (("room", event.venue.rooms), ("session", event.agenda), ("speaker", event.speakers))
    for kind, items in parts:
        if any(one.id == words for one in items):
            return words, kind
    return person_called(words, people).id, "participant"


def give(change: Change, stock: Stock, holder: str, kind: str, count: int, *, by: str, on: date) -> Loan:
    """Puts a loan on record. Errors: NotUsable when less is left."""
    if count > stock.left:
        raise NotUsable(
            "Of {material} {left} are left, {count} were to be given; wait for a return, or correct the stock with "
            "material add",
            material=stock.material.id,
            left=stock.left,
            count=count,
        )
    number = max((one.number for one in stock.loans), default=0) + 1
    loan = Loan(
        number=number,
        material=stock.material.id,
        holder=holder,
        holder_kind=kind,
        count=count,
        given_on=on,
        by=by,
    )
    change.put("loan", _key(loan), document_of(loan))
    return loan


def take_back(change: Change, stock: Stock, holder: str, count: int | None, *, on: date) -> int:
    """Notes a return over the holder's loans, the oldest first; everything they hold without a count. How many came
    back. Errors: NotUsable when they hold less."""
    own = [one for one in stock.loans if one.holder == holder and one.out]
    out = sum(one.out for one in own)
    wanted = out if count is None else count
    if not own or wanted > out:
        raise NotUsable(
            "{holder} holds {out} × {material}, {count} were to come back; see eventops material list",
            holder=holder,
            out=out,
            material=stock.material.id,
            count=wanted,
        )
    for loan, taken in returned_over(own, wanted):
        changed = msgspec.structs.replace(loan, returned=loan.returned + taken, returned_on=on)
        change.put("loan", _key(changed), document_of(changed))
    return wanted


def _key(loan: Loan) -> str:
    # The person's id comes first: what is about a forgotten person is found by it.
    return f"{loan.holder}:{loan.material}:{loan.number}"
