"""Rules and what they see: a candidate and the facts in, one verdict out."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from msgspec import Struct, structs

from eventops.domain.event import Event, Hotel, SettingValue
from eventops.domain.money import Money
from eventops.domain.people import Participant
from eventops.domain.places import Place, Placement
from eventops.domain.texts import Message, Text

if TYPE_CHECKING:
    from eventops.domain.deciding.groups import ActiveGroupRule
    from eventops.domain.deciding.selections import ActiveSelection


class Effect(Enum):
    """What a rule says of one benefit of one person."""

    GRANTS = "grants"
    EXCLUDES = "excludes"
    REFERS = "refers"
    NOT_APPLICABLE = "does_not_apply"


class Outcome(Enum):
    """How one benefit of one person was decided."""

    GRANTED = "granted"
    EXCLUDED = "excluded"
    REFERRED = "referred"
    NOT_COVERED = "not_covered"


class Seat(Enum):
    """Whether a person has a seat. Declined is also one who gave it back or let an offer lapse; refused are late
    registrations where the event says so."""

    CONFIRMED = "confirmed"
    OFFERED = "offered"
    WAITING = "waiting"
    DECLINED = "declined"
    REFUSED = "refused"


class Candidate(Struct, frozen=True, kw_only=True):
    """A participant with the place they come from and what follows from it.

    Units: `distance_km` is the straight line to the venue by the metric of the plan; `road_km` and `travel_minutes` are
    estimates unless `road_source` says otherwise (known: a person's table, else the metric that routed).
    `leaves_home_at` is when they must leave to be at the first session, `back_home_at` when they are back after the
    last. All are None without a place.
    """

    participant: Participant
    placement: Placement
    place: Place | None = None
    age: int | None = None
    seat: Seat = Seat.CONFIRMED
    waiting_position: int | None = None
    seat_reason: Message | None = None
    seat_free: bool = False
    distance_km: float | None = None
    road_km: float | None = None
    travel_minutes: int | None = None
    road_source: str = "estimate"
    leaves_home_at: datetime | None = None
    back_home_at: datetime | None = None


UNKNOWN = "unknown"


def region_of(candidate: Candidate) -> str:
    """The region's code, the country's abroad, `unknown` without a place."""
    if candidate.place is None:
        return UNKNOWN
    return candidate.place.region or candidate.place.country


class Verdict(Struct, frozen=True, kw_only=True):
    """One rule's answer. `values` fill the placeholders of `reason` and are kept for audit.

    A grant may carry: `share` (per cent of the cost), `ceiling`, `payer` (a sponsor or association id), `nights` (the
    dates on whose evening the bed is needed) and `legs` (journeys paid: 2 there and back). A blocking `refers` stops a
    grant until a person has looked; an advisory one does not. An exclusion with a `payer` stops only that payer.
    A `sensitive` reason tells of health or of another private matter: only associations read it beside a name.
    """

    effect: Effect
    reason: Text
    values: dict[str, object] = {}
    share: int = 100
    ceiling: Money | None = None
    payer: str = ""
    nights: tuple[date, ...] = ()
    legs: int = 2
    blocking: bool = True
    sensitive: bool = False


def grants(
    reason: Text,
    /,
    *,
    share: int = 100,
    ceiling: Money | None = None,
    payer: str = "",
    nights: tuple[date, ...] = (),
    legs: int = 2,
    sensitive: bool = False,
    **values: object,
) -> Verdict:
    """A verdict that grants."""
    return Verdict(
        effect=Effect.GRANTS,
        reason=reason,
        values=values,
        share=share,
        ceiling=ceiling,
        payer=payer,
        nights=nights,
        legs=legs,
        sensitive=sensitive,
    )


def excludes(reason: Text, /, *, payer: str = "", **values: object) -> Verdict:
    """A verdict that excludes: from this benefit, or from this payer of it."""
    return Verdict(effect=Effect.EXCLUDES, reason=reason, values=values, payer=payer)


def refers(reason: Text, /, *, blocking: bool = True, **values: object) -> Verdict:
    """A verdict that asks for a person's look."""
    return Verdict(effect=Effect.REFERS, reason=reason, values=values, blocking=blocking)


def does_not_apply(reason: Text, /, **values: object) -> Verdict:
    """A verdict that says why this rule has nothing to say here."""
    return Verdict(effect=Effect.NOT_APPLICABLE, reason=reason, values=values)


class Grant(Struct, frozen=True, kw_only=True):
    """What was granted after all grants of one benefit were combined."""

    share: int = 100
    ceiling: Money | None = None
    payer: str = ""
    nights: tuple[date, ...] = ()
    legs: int = 2


class Ruling(Struct, frozen=True, kw_only=True):
    """A verdict with the rule that gave it. A criterion has plugin `event`, an override plugin `person`."""

    rule: str
    plugin: str
    version: str
    title: Text
    verdict: Verdict


class PricedLine(Struct, frozen=True, kw_only=True):
    """One line of a cost: quantity × unit price = amount. `estimate` marks what was not invoiced."""

    label: Text
    values: dict[str, object] = {}
    quantity: Decimal
    unit: str
    unit_price: Money
    amount: Money
    estimate: bool = True


class Decision(Struct, frozen=True, kw_only=True):
    """One benefit of one participant: the outcome and every verdict that led to it. `rules_say` is set where a person
    decided by hand: the outcome of the rules.

    `grant` is set only when granted, and `parts` holds what each payer bears of it; `amount` and `lines` only when
    a tariff could price it.
    """

    participant_id: str
    benefit: str
    outcome: Outcome
    rulings: tuple[Ruling, ...]
    grant: Grant | None = None
    parts: tuple[Grant, ...] = ()
    amount: Money | None = None
    lines: tuple[PricedLine, ...] = ()
    rules_say: Outcome | None = None


class Facts(Struct, frozen=True, kw_only=True):
    """What a rule may read besides the candidate: the event, the settings (its own by short name, the core's by name)
    and the decisions of the benefits it declared it needs. A tariff reads in `supplied` what this person gets of the
    benefits it declared it needs: journeys, nights, meals, days."""

    event: Event
    settings: Mapping[str, SettingValue]
    decisions: Mapping[str, Decision] = {}
    supplied: Mapping[str, tuple[Any, ...]] = {}


def fixed_event(event: Event) -> Event:
    """The event as rules read it: nobody can write into its mappings."""
    fixed: dict[str, Any] = {
        name: MappingProxyType(getattr(event, name)) for name in ("settings", "tariffs", "selections")
    }
    return structs.replace(event, **fixed)


class Scope(Struct, frozen=True, kw_only=True):
    """Whom a rule speaks about: people who live in `regions`, people mobilised by `associations`; everybody when
    both are empty."""

    regions: tuple[str, ...] = ()
    associations: tuple[str, ...] = ()


class Combine(Enum):
    """How several grants of one benefit add up."""

    MOST_FAVOURABLE = "most_favourable"
    SUMMED = "summed"


class Benefit(Struct, frozen=True, kw_only=True):
    """Something a participant may be granted. `unit` is what a tariff prices: leg, night, service, day."""

    name: str
    title: Text
    unit: str
    combine: Combine = Combine.MOST_FAVOURABLE


Check = Callable[[Candidate, Facts], Verdict]

EVERYTHING_A_RULE_MAY_SAY = (Effect.GRANTS, Effect.EXCLUDES, Effect.REFERS)


class Rule(Struct, frozen=True, kw_only=True):
    """A rule. `needs` names benefits decided before this one; `may` what it can say besides not applying.

    Units: `name` is short; eventops puts the plugin's name before it. `source` cites the text the rule stands on.
    `by_distance` is False for a rule whose answer cannot hang on distance or hours: it is not asked again at the near
    and the far edge of a person's commune. `by_person` is False for one that looks at place, distance and hours only:
    where it does not apply, it is asked once a place.
    """

    name: str
    benefit: str
    title: Text
    check: Check
    source: str = ""
    scope: Scope = Scope()
    needs: tuple[str, ...] = ()
    may: tuple[Effect, ...] = EVERYTHING_A_RULE_MAY_SAY
    by_distance: bool = True
    by_person: bool = True


class Journey(Struct, frozen=True, kw_only=True):
    """One way between home and venue. `direction` is there or back; `mode` train, coach, shared_taxi, car, flight,
    public_transport, vehicle. In a shared vehicle of the event `vehicle` is the ride and `price` this person's part of
    it, which no tariff prices again; `carrier` is a flight or train number."""

    participant_id: str
    direction: str
    mode: str
    origin: Place | None
    distance_km: float
    road_km: float
    travel_minutes: int
    leaves_at: datetime
    arrives_at: datetime
    vehicle: str = ""
    price: Money | None = None
    carrier: str = ""


class Night(Struct, frozen=True, kw_only=True):
    """One night of one person: the date on whose evening it begins."""

    participant_id: str
    date: date
    hotel: Hotel | None


class ServedMeal(Struct, frozen=True, kw_only=True):
    """One meal service eaten by one person."""

    participant_id: str
    meal_id: str
    price: Money | None


class Day(Struct, frozen=True, kw_only=True):
    """One day of the event for one person who is granted a benefit counted in days: childcare, a daily allowance."""

    participant_id: str
    benefit: str
    date: date


# The first argument is what the benefit is counted in: Journey, Night, ServedMeal or Day. Any, so that a tariff may
# name only what it prices, and so that a kind added later breaks none.
Price = Callable[[Any, Candidate, Facts], tuple[PricedLine, ...]]


class Tariff(Struct, frozen=True, kw_only=True):
    """Turns one unit of a benefit (a journey, a night, a meal, a day) into priced lines. `valid_from` and
    `valid_to` bound the dates it may price. `by_person` is False for one that looks at the unit and not at the person:
    the same journey, night or meal is priced once for everybody. `needs` are benefits of which it reads what the person
    gets: an allowance less the bed and the meals that are supplied."""

    name: str
    benefit: str
    title: Text
    price: Price
    source: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    by_person: bool = True
    needs: tuple[str, ...] = ()


class Setting(Struct, frozen=True, kw_only=True):
    """A number, text or switch an event may tune. `unit` is km, h, MAD, % or ''."""

    name: str
    default: SettingValue
    unit: str = ""
    help: Text


class Override(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A person's dated decision that stands above the rules. `until` is the last day it holds, `confirmed_by` another
    person who signed it where the event asks for two."""

    participant_id: str
    benefit: str
    outcome: Outcome
    reason: str
    by: str
    on: date
    until: date | None = None
    payer: str = ""
    nights: tuple[date, ...] = ()
    confirmed_by: tuple[str, ...] = ()

    @property
    def signatures(self) -> int:
        """How many people decided it."""
        return 1 + len(self.confirmed_by)


class ActiveRule(Struct, frozen=True, kw_only=True):
    """A rule in force for an event, under its qualified name, with the settings it sees."""

    name: str
    rule: Rule
    plugin: str
    version: str
    regions: tuple[str, ...] = ()
    settings: Mapping[str, SettingValue] = {}


class ActiveTariff(Struct, frozen=True, kw_only=True):
    """A tariff in force for an event, under its qualified name, with the settings it sees."""

    name: str
    tariff: Tariff
    plugin: str
    version: str
    settings: Mapping[str, SettingValue] = {}


class Rulebook(Struct, frozen=True, kw_only=True):
    """All that decides: benefits in the order they are decided, rules sorted by name, one tariff a benefit."""

    benefits: tuple[Benefit, ...]
    rules: tuple[ActiveRule, ...]
    tariffs: Mapping[str, ActiveTariff] = {}
    settings: Mapping[str, SettingValue] = {}
    group_rules: "tuple[ActiveGroupRule, ...]" = ()
    selections: "Mapping[str, ActiveSelection]" = {}
