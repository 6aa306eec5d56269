"""Pricing: what each granted journey, night and meal costs, by the tariff of its benefit."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence, Set
from decimal import Decimal
from types import MappingProxyType

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

Unit = Journey | Night | ServedMeal | Day
Lines = tuple[tuple[PricedLine, ...], Finding | None]
Price = Callable[[Unit, Candidate, Mapping[str, tuple[Unit, ...]]], Lines]


class Priced(Struct, frozen=True, kw_only=True):
    """Decisions with their amounts, the cost of each meal service, and what could not be priced."""

    decisions: tuple[Decision, ...]
    meal_costs: dict[str, Money]
    findings: tuple[Finding, ...]


def priced(
    event: Event,
    book: Rulebook,
    candidates: Sequence[Candidate],
    decisions: Sequence[Decision],
    units: Mapping[str, Sequence[Unit]],
    unfunded: Set[tuple[str, str]] = frozenset(),
) -> Priced:
    """The decisions with lines and amounts. `units` holds the journeys, nights and meals by benefit, `unfunded` the
    benefits of people no money is left for: they have a price, and are taken off no allowance."""
    by_id = {candidate.participant.id: candidate for candidate in candidates}
    units_of: defaultdict[tuple[str, str], list[Unit]] = defaultdict(list)
    for benefit, some in units.items():
        for unit in some:
            units_of[unit.participant_id, benefit].append(unit)
    seen = fixed_event(event)
    prices = {
        benefit: _price(one, Facts(event=seen, settings=MappingProxyType(dict(one.settings))))
        for benefit, one in book.tariffs.items()
    }
    troubles: dict[str, Finding] = {}
    meal_costs: defaultdict[str, list[Money]] = defaultdict(list)
    result: list[Decision] = []
    for decision in decisions:
        price = prices.get(decision.benefit)
        mine = units_of.get((decision.participant_id, decision.benefit), [])
        if decision.outcome is not Outcome.GRANTED or decision.grant is None or price is None or not mine:
            result.append(decision)
            continue
        candidate = by_id[decision.participant_id]
        supplied = {
            name: tuple(units_of.get((decision.participant_id, name), ()))
            for name in book.tariffs[decision.benefit].tariff.needs
            if (decision.participant_id, name) not in unfunded
        }
        lines: list[PricedLine] = []
        for unit in mine:
            some_lines, trouble = price(unit, candidate, supplied)
            if trouble is not None:
                troubles.setdefault(trouble.code + str(trouble.values["tariff"]), trouble)
                lines = []
                break
            lines.extend(some_lines)
            if isinstance(unit, ServedMeal):
                meal_costs[unit.meal_id].extend(line.amount for line in some_lines)
        whole = total((line.amount for line in lines), event.currency)
        amount = amount_of(whole, decision.grant.share, decision.grant.ceiling) if lines else None
        result.append(msgspec.structs.replace(decision, lines=tuple(lines), amount=amount))
    troubles |= _unpriced(event, book, decisions)
    return Priced(
        decisions=tuple(result),
        meal_costs={meal: total(amounts, event.currency) for meal, amounts in meal_costs.items()},
        findings=tuple(troubles.values()),
    )


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
    match unit:
        case ServedMeal():
            return unit.meal_id
        case Night():
            return unit.date, unit.hotel
        case Journey():
            origin = "" if unit.origin is None else unit.origin.code
            return unit.direction, unit.mode, origin, unit.distance_km, unit.leaves_at
        case Day():
            return unit.benefit, unit.date


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


def _unpriced(event: Event, book: Rulebook, decisions: Sequence[Decision]) -> dict[str, Finding]:
    """Granted benefits with a countable unit and no tariff, and tariffs outside their dates."""
    findings: dict[str, Finding] = {}
    for benefit in book.benefits:
        granted = sum(one.benefit == benefit.name and one.outcome is Outcome.GRANTED for one in decisions)
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
