"""Pricing: what each granted journey, night and meal costs, by the tariff of its benefit."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence, Set
from decimal import Decimal
from operator import attrgetter
from types import MappingProxyType
from typing import Any

import msgspec
from msgspec import Struct

from eventops.domain.event import Event, first_day
from eventops.domain.findings import Finding, Severity, Source
from eventops.domain.money import Money, converted, total
from eventops.domain.paying.budget import amount_of
from eventops.domain.rules import (
    ActiveTariff,
    Candidate,
    Day,
    Decision,
    Facts,
    Grant,
    Journey,
    Night,
    Outcome,
    PricedLine,
    Rulebook,
    ServedMeal,
    fixed_event,
)
from eventops.domain.texts import Text
from eventops.errors import PluginFailed

NO_UNITS: Mapping[str, "list[Unit]"] = {}
Unit = Journey | Night | ServedMeal | Day
Lines = tuple[tuple[PricedLine, ...], Finding | None]
Price = Callable[[Unit, Candidate, Mapping[str, tuple[Unit, ...]]], Lines]
BillOf = Callable[[Sequence[Unit], Candidate, Mapping[str, tuple[Unit, ...]], Grant], "Bill"]
NO_PRICE = "price-missing"
FEW = 10
"""How many people a finding names."""
CEILING_WITHOUT_RATE = Text(
    "{benefit} is granted up to {ceiling}; add a rate from {currency} to {expected} under [[rates]] of the event, so "
    "that it can be paid"
)


class Priced(Struct, frozen=True, kw_only=True):
    """Decisions with their amounts, the cost of each meal service, and what could not be priced."""

    decisions: tuple[Decision, ...]
    meal_costs: dict[str, Money]
    findings: tuple[Finding, ...]


class Earlier(Struct, frozen=True):
    """The same decisions as priced before some benefits, `others`, had other units."""

    priced: Priced
    others: Set[str]


class Bill(Struct, frozen=True):
    """What one benefit costs one person: the lines, the amount by the grant, the cost of each meal among them, and why
    there is none."""

    lines: tuple[PricedLine, ...]
    amount: Money | None
    meals: dict[str, Decimal]
    trouble: Finding | None = None


def priced(
    event: Event,
    book: Rulebook,
    candidates: Sequence[Candidate],
    decisions: Sequence[Decision],
    units: Mapping[str, Sequence[Unit]],
    unfunded: Set[tuple[str, str]] = frozenset(),
    before: Earlier | None = None,
) -> Priced:
    """The decisions with lines and amounts. `units` holds the journeys, nights and meals by benefit, `unfunded` the
    benefits of people no money is left for: they have a price, and are taken off no allowance. `before` are the same
    decisions priced with other units: what hangs on none of these keeps its price."""
    by_id = {candidate.participant.id: candidate for candidate in candidates}
    units_of = _by_person(units)
    seen = fixed_event(event)
    bills = {
        benefit: _bills(
            one,
            Facts(event=seen, settings=MappingProxyType(dict(one.settings))),
            any(isinstance(unit, Journey) and unit.price is not None for unit in units.get(benefit, ())),
        )
        for benefit, one in book.tariffs.items()
    }
    kept = _kept(book, before)
    troubles: dict[str, Finding] = {}
    meal_costs: defaultdict[str, Decimal] = defaultdict(Decimal)
    without: defaultdict[str, list[str]] = defaultdict(list)
    result: list[Decision] = []
    for at, decision in enumerate(decisions):
        person, benefit = decision.participant_id, decision.benefit
        if before is not None and benefit in kept:
            result.append(before.priced.decisions[at])
            continue
        bill_of = bills.get(benefit) if decision.outcome is Outcome.GRANTED else None
        mine = units_of.get(benefit, NO_UNITS).get(person) if bill_of is not None else None
        if decision.grant is None or bill_of is None or not mine:
            result.append(decision)
            continue
        needs = book.tariffs[benefit].tariff.needs
        supplied = {
            name: tuple(units_of.get(name, NO_UNITS).get(person, ()))
            for name in needs
            if (person, name) not in unfunded
        }
        bill = bill_of(mine, by_id[person], supplied, decision.grant)
        if bill.trouble is not None:
            troubles.setdefault(bill.trouble.code + str(bill.trouble.values["tariff"]), bill.trouble)
        elif bill.amount is None:
            without[benefit].append(person)
        for meal, cost in bill.meals.items():
            meal_costs[meal] += cost
        result.append(msgspec.structs.replace(decision, lines=bill.lines, amount=bill.amount))
    troubles |= _unpriced(event, book, decisions)
    told = {one.benefit for one in result if one.amount is not None}
    troubles |= {
        f"{NO_PRICE}{benefit}": _priceless(book, benefit, people)
        for benefit, people in without.items()
        if benefit in told or book.tariffs[benefit].plugin != "eventops"  # whose prices are those of the event file
    }
    return Priced(
        decisions=tuple(result),
        meal_costs={meal: Money(amount, event.currency) for meal, amount in meal_costs.items()},
        findings=tuple(troubles.values()),
    )


def _by_person(units: Mapping[str, Sequence[Unit]]) -> dict[str, dict[str, list[Unit]]]:
    """The units by benefit and person."""
    found: dict[str, dict[str, list[Unit]]] = {}
    for benefit, some in units.items():
        of_benefit = found[benefit] = {}
        for unit in some:
            of_benefit.setdefault(unit.participant_id, []).append(unit)
    return found


def _kept(book: Rulebook, before: Earlier | None) -> frozenset[str]:
    """The benefits that keep their price when others have other units; none where something could not be priced, so
    that all of it is said again."""
    if before is None or any(one.severity is Severity.ERROR or one.code == NO_PRICE for one in before.priced.findings):
        return frozenset()
    return frozenset(
        one.name
        for one in book.benefits
        if one.name not in before.others and (one.name not in book.tariffs or not book.tariffs[one.name].tariff.needs)
    )


def _bills(tariff: ActiveTariff, facts: Facts, with_rides: bool) -> BillOf:
    """A function that prices all that one person has of a benefit. The same units under the same grant have one bill,
    where nothing of the person enters; a seat in a ride has a price of its own."""
    price = _price(tariff, facts)
    alike = not (tariff.tariff.by_person or tariff.tariff.needs or with_rides)
    known: dict[object, Bill] = {}

    def bill_of(
        units: Sequence[Unit], candidate: Candidate, supplied: Mapping[str, tuple[Unit, ...]], grant: Grant
    ) -> Bill:
        if not alike:
            return _bill(units, price, candidate, supplied, _limited(grant, tariff, facts.event))
        # Equal ceilings may be written otherwise (1.0 and 1.00): only the very same one counts as the same.
        key = (*map(_whoever, units), grant.share, id(grant.ceiling))
        bill = known.get(key)
        if bill is None:
            bill = known[key] = _bill(units, price, candidate, supplied, _limited(grant, tariff, facts.event))
        return bill

    return bill_of


class _Limit(Struct, frozen=True):
    """The share and the ceiling of a grant in the currency of the event, or why there is none."""

    share: int
    ceiling: Money | None
    currency: str
    trouble: Finding | None = None


def _limited(grant: Grant, tariff: ActiveTariff, event: Event) -> _Limit:
    """A ceiling in another currency holds at the newest rate. Without a rate nobody knows what may be paid."""
    ceiling = grant.ceiling
    if ceiling is None:
        return _Limit(grant.share, None, event.currency)
    exchanged = converted(ceiling, event.currency, event.rates)
    if exchanged is not None:
        return _Limit(grant.share, exchanged[0], event.currency)
    trouble = Finding(
        severity=Severity.ERROR,
        code="rate-missing",
        message=CEILING_WITHOUT_RATE,
        values={
            "benefit": tariff.tariff.benefit,
            "ceiling": ceiling,
            "currency": ceiling.currency,
            "expected": event.currency,
            "tariff": tariff.name,
        },
    )
    return _Limit(grant.share, None, event.currency, trouble)


def _bill(
    units: Sequence[Unit], price: Price, candidate: Candidate, supplied: Mapping[str, tuple[Unit, ...]], limit: _Limit
) -> Bill:
    lines: list[PricedLine] = []
    meals: dict[str, Decimal] = {}
    for unit in units:
        some, trouble = price(unit, candidate, supplied)
        if trouble is not None:
            return Bill((), None, meals, trouble)
        lines.extend(some)
        if isinstance(unit, ServedMeal):
            cost = sum((line.amount.amount for line in some), Decimal(0))
            meals[unit.meal_id] = meals.get(unit.meal_id, Decimal(0)) + cost
    if limit.trouble is not None and lines:
        return Bill(tuple(lines), None, meals, limit.trouble)
    whole = total((line.amount for line in lines), limit.currency)
    amount = amount_of(whole, limit.share, limit.ceiling) if lines else None
    return Bill(tuple(lines), amount, meals)


def _price(tariff: ActiveTariff, facts: Facts) -> Price:
    """A function that prices one unit of one candidate; what costs the same for everybody is worked out once."""
    known: dict[object, Lines] = {}

    def price(unit: Unit, candidate: Candidate, supplied: Mapping[str, tuple[Unit, ...]]) -> Lines:
        if isinstance(unit, Journey) and unit.price is not None:
            return (_seat_line(unit, unit.price),), None
        if supplied:
            mine = msgspec.structs.replace(facts, supplied=MappingProxyType(dict(supplied)))
            return _lines_of(tariff, unit, candidate, mine)
        if tariff.tariff.by_person:
            return _lines_of(tariff, unit, candidate, facts)
        key = _whoever(unit)
        lines = known.get(key)
        if lines is None:
            lines = known[key] = _lines_of(tariff, unit, candidate, facts)
        return lines

    return price


def _seat_line(journey: Journey, price: Money) -> PricedLine:
    """A seat in a shared vehicle: the ride is paid once, whoever sits in it."""
    return PricedLine(
        label=Text("Seat in the ride {ride}"),
        values={"ride": journey.vehicle},
        quantity=Decimal(1),
        unit="leg",
        unit_price=price,
        amount=price,
    )


def _whoever(unit: Unit) -> object:
    """What a unit is, whoever it is for."""
    return _WHOEVER[type(unit)](unit)


def _journey(unit: Journey) -> object:
    origin = "" if unit.origin is None else unit.origin.code
    return unit.direction, unit.mode, origin, unit.distance_km, unit.leaves_at


# Asked for every unit of everybody.
_WHOEVER: Mapping[type, Callable[[Any], object]] = {
    ServedMeal: attrgetter("meal_id"),
    Night: attrgetter("date", "hotel"),
    Journey: _journey,
    Day: attrgetter("benefit", "date"),
}


def _lines_of(tariff: ActiveTariff, unit: Unit, candidate: Candidate, facts: Facts) -> Lines:
    """The lines in the event's currency, or the finding that says why there are none."""
    event = facts.event
    about: dict[str, object] = {"tariff": tariff.name, "plugin": tariff.plugin}
    source = Source(plugin=tariff.plugin, hook="eventops_tariffs")
    try:
        lines = tuple(tariff.tariff.price(unit, candidate, facts))
        wrong = next((misfit for line in lines if (misfit := _misfit(line))), "")
    except Exception as error:  # a plugin's code: whatever it raises is its own, and is reported with its name
        message = Text("The tariff {tariff} of the plugin {plugin} failed ({error}); what it prices has no amount")
        what = error.what if isinstance(error, PluginFailed) else type(error).__name__
        values = about | {"error": what}
        return (), Finding(severity=Severity.ERROR, code="tariff-failed", message=message, values=values, source=source)
    if wrong:
        message = Text("The tariff {tariff} of the plugin {plugin} gave {seen} where priced lines are expected")
        values = about | {"seen": wrong}
        return (), Finding(
            severity=Severity.ERROR, code="tariff-invalid", message=message, values=values, source=source
        )
    result: list[PricedLine] = []
    for line in lines:
        if line.amount.currency == event.currency:
            result.append(line)
            continue
        exchanged = converted(line.amount, event.currency, event.rates)
        if exchanged is None:
            message = Text(
                "The tariff {tariff} prices in {currency}; add a rate to {expected} under [[rates]] of the event"
            )
            values = about | {"currency": line.amount.currency, "expected": event.currency}
            return (), Finding(
                severity=Severity.ERROR, code="rate-missing", message=message, values=values, source=source
            )
        amount, _rate = exchanged
        unit_price = amount if not line.quantity else _unit_price(amount, line.quantity)
        result.append(msgspec.structs.replace(line, amount=amount, unit_price=unit_price))
    return tuple(result), None


def _misfit(line: object) -> str:
    """What of an answer is no part of a priced line, or ''. Lines are made by plugins and are not checked when made."""
    if not isinstance(line, PricedLine):
        return type(line).__name__
    parts = ((line.label, Text), (line.quantity, Decimal), (line.unit_price, Money), (line.amount, Money))
    wrong = next((type(part).__name__ for part, kind in parts if not isinstance(part, kind)), "")
    return wrong or ("" if type(line.values) is dict else type(line.values).__name__)


def _unit_price(amount: Money, quantity: Decimal) -> Money:
    return amount.times(1 / quantity)


def _priceless(book: Rulebook, benefit: str, people: Sequence[str]) -> Finding:
    """The tariff knows no price for what some people are granted: the sum is less than what they will cost."""
    title = next((one.title for one in book.benefits if one.name == benefit), Text(benefit))
    few = people[:FEW]
    return Finding(
        severity=Severity.WARNING,
        code=NO_PRICE,
        message=Text(
            "The tariff {tariff} has no price for {benefit} of {count} people, and the sums leave them out: {people}; "
            "decide the amount by hand, or ask the plugin {plugin} for the price"
        ),
        values={
            "tariff": book.tariffs[benefit].name,
            "plugin": book.tariffs[benefit].plugin,
            "benefit": title,
            "count": len(people),
            "people": ", ".join(few) + (" …" if len(few) < len(people) else ""),
        },
    )


def _unpriced(event: Event, book: Rulebook, decisions: Sequence[Decision]) -> dict[str, Finding]:
    """Granted benefits with a countable unit and no tariff, and tariffs outside their dates."""
    findings: dict[str, Finding] = {}
    grants = Counter(one.benefit for one in decisions if one.outcome is Outcome.GRANTED)
    for benefit in book.benefits:
        granted = grants[benefit.name]
        tariff = book.tariffs.get(benefit.name)
        if granted and tariff is None:
            findings[f"tariff-missing{benefit.name}"] = Finding(
                severity=Severity.WARNING,
                code="tariff-missing",
                message=Text(
                    "{benefit} is granted to {count} people but no tariff prices it; name one under [tariffs]"
                ),
                values={"benefit": benefit.title, "count": granted},
            )
        if granted and tariff is not None and event.agenda:
            day = first_day(event)
            starts, ends = tariff.tariff.valid_from, tariff.tariff.valid_to
            if (starts is not None and day < starts) or (ends is not None and day > ends):
                findings[f"tariff-dated{benefit.name}"] = Finding(
                    severity=Severity.WARNING,
                    code="tariff-dated",
                    message=Text("The tariff {tariff} holds from {valid_from} to {valid_to}, the event is on {day}"),
                    values={"tariff": tariff.name, "valid_from": starts or "…", "valid_to": ends or "…", "day": day},
                )
    return findings
