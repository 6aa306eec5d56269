"""The event: venue, agenda, meals, sponsors, budgets, criteria. One frozen value, checked when made."""

from datetime import date, datetime, time

from msgspec import Struct

from eventops.domain.hosting.pickups_values import Vehicle
from eventops.domain.hosting.rooms import HeldHotel
from eventops.domain.money import ExchangeRate, Money
from eventops.domain.people import Choice
from eventops.domain.places import Point
from eventops.domain.texts import Text

SettingValue = bool | int | float | str


class Equipment(Struct, frozen=True, kw_only=True):
    """A thing a room needs or has, and how many."""

    name: Text
    count: int = 1


class Room(Struct, frozen=True, kw_only=True):
    """A room and what stands in it. `guid` is its stable id in programmes exchanged with others."""

    id: str
    name: Text
    capacity: int
    equipment: tuple[Equipment, ...] = ()
    guid: str = ""


class Venue(Struct, frozen=True, kw_only=True):
    """Where the event takes place; `point` is what distances are measured to, `equipment` what can be carried to any
    room."""

    name: Text
    address: Text = Text("")
    town: str
    region: str = ""
    point: Point
    equipment: tuple[Equipment, ...] = ()
    rooms: tuple[Room, ...] = ()


class Period(Struct, frozen=True, kw_only=True):
    """From one moment to another; both aware."""

    starts_at: datetime
    ends_at: datetime


class Speaker(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Somebody on stage: speaker, moderator, facilitator, expert or interpreter. `available` are the times they can be
    there, always when empty; `participant` is their id when they are enrolled too."""

    id: str
    name: Text
    role: str = "speaker"
    organisation: str = ""
    languages: tuple[str, ...] = ()
    participant: str = ""
    available: tuple[Period, ...] = ()
    guid: str = ""


class Session(Struct, frozen=True, kw_only=True):
    """One line of the agenda. Times are aware. `kind`: reception, plenary, workshop, break, meal.

    `speaker` is printed as written, `speakers` are ids of those the event knows. `more_rooms` it fills besides `room`;
    `needs` what must stand there; `expected` how many come, everybody when unsaid and nothing runs beside it. `guid`
    and `number` are its ids in programmes exchanged with others.
    """

    id: str
    title: Text
    starts_at: datetime
    ends_at: datetime
    kind: str = "plenary"
    room: str = ""
    speaker: Text = Text("")
    speakers: tuple[str, ...] = ()
    more_rooms: tuple[str, ...] = ()
    needs: tuple[Equipment, ...] = ()
    expected: int | None = None
    track: str = ""
    language: str = ""
    summary: Text = Text("")
    guid: str = ""
    number: int | None = None


class Workshop(Struct, frozen=True, kw_only=True):
    """A parallel workshop people ask for; `words` are other ways to write it on a form. `facilitators` are ids of
    speakers; `languages` those spoken there, any when empty; `group_size` the most people in a sub-group."""

    id: str
    title: Text
    session: str = ""
    room: str = ""
    capacity: int | None = None
    words: tuple[str, ...] = ()
    facilitators: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    group_size: int | None = None
    needs: tuple[Equipment, ...] = ()


class Meal(Struct, frozen=True, kw_only=True):
    """A meal service. `served_to`: everyone, or overnight: those who sleep there that night or did the night before.

    `contains` are the allergens in the menu; `halal` holds unless denied; `by_day` keeps the hour on fasting days, for
    those who do not fast.
    """

    id: str
    title: Text
    starts_at: datetime
    ends_at: datetime
    served_to: str = "everyone"
    room: str = ""
    price: Money | None = None
    menu: Text = Text("")
    contains: tuple[str, ...] = ()
    halal: bool = True
    by_day: bool = False


class FastingDays(Struct, frozen=True, kw_only=True):
    """Days of fasting as declared, the first and the last; between `dawn` and `sunset` nobody who fasts eats."""

    first: date
    last: date
    dawn: time | None = None
    sunset: time | None = None


class Association(Struct, frozen=True, kw_only=True):
    """Coordinates the event in its regions; `words` are other ways to write it on a form."""

    id: str
    name: Text
    regions: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


class Sponsor(Struct, frozen=True, kw_only=True):
    """Pays for budget lines and receives workbooks. `country` matters for consent."""

    id: str
    name: Text
    country: str
    language: str = "en"
    currency: str = "EUR"
    words: tuple[str, ...] = ()


class BudgetLine(Struct, frozen=True, kw_only=True):
    """Money one sponsor (or `payer`) set aside for one benefit. Lines of one benefit with a `share` bear that many per
    cent of each cost together; `after` names the line that this one takes over from when it is used up."""

    id: str
    title: Text
    sponsor: str
    benefit: str
    ceiling: Money
    share: int | None = None
    after: str = ""


class RankingQuota(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Of those whom the money reaches, at least `at_least` per cent are people for whom `when` holds, as long as there
    are any."""

    when: "Conditions"
    at_least: int


class Ranking(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Who comes first when the budget of a benefit does not reach everybody.

    `by` are facts, the weightiest first: distance, inclusion, rural, age, cost, registered, or a question of a plugin
    by its qualified name; with - before it the other way round. In a `partial` order one person comes before another
    only when no fact speaks against it; the others are alike. `ties` decides between those alike; who registered first
    has the last word.
    """

    benefit: str
    by: tuple[str, ...]
    partial: bool = False
    ties: tuple[str, ...] = ()
    quotas: tuple[RankingQuota, ...] = ()


class Hotel(Struct, frozen=True, kw_only=True):
    """Where those with a bed sleep; `night` is the price of a single room for a night, `allotment` rooms held,
    `accessible_rooms` how many rooms a wheelchair can enter; None when the hotel was not asked."""

    name: Text
    night: Money
    allotment: int | None = None
    accessible_rooms: int | None = None


class Bounds(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A condition on a number: `at_least` and `over` bound it below, `under` and `at_most` above."""

    at_least: float | None = None
    over: float | None = None
    under: float | None = None
    at_most: float | None = None

    def __post_init__(self) -> None:
        if self.at_least is self.over is self.under is self.at_most is None:
            raise ValueError("give at_least, over, under or at_most")


class HourBounds(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A condition on a local hour."""

    before: time | None = None
    after: time | None = None

    def __post_init__(self) -> None:
        if self.before is self.after is None:
            raise ValueError("give before or after")


class Conditions(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """All of these must hold. Lists mean one of. `departure` is the hour a person must leave home to be at the first
    session, `homecoming` the hour they are back; both from the travel-time estimate, and an earlier day is before every
    hour, a later one after. `seat` is confirmed or waiting, `settled` whether the town is known, `fields` what plugins
    asked on the form, by qualified name."""

    distance_km: Bounds | None = None
    road_km: Bounds | None = None
    region: tuple[str, ...] = ()
    not_region: tuple[str, ...] = ()
    province: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    not_category: tuple[str, ...] = ()
    role: tuple[str, ...] = ()
    gender: tuple[str, ...] = ()
    age: Bounds | None = None
    association: tuple[str, ...] = ()
    inclusion: tuple[str, ...] = ()
    urban: bool | None = None
    departure: HourBounds | None = None
    homecoming: HourBounds | None = None
    seat: str = ""
    settled: bool | None = None
    fields: dict[str, SettingValue] = {}


class Criterion(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A rule written as data. `effect`: grants, excludes or refers. `share` in per cent, `legs` the journeys paid.

    `blocking` is False for a referral that is advice, `sensitive` keeps the reason with the associations. `source`
    cites the text it stands on, `pack` names the file of criteria it came in; outside `valid_from` to `valid_to` it
    does not apply.
    """

    name: str
    benefit: str
    effect: str = "grants"
    when: Conditions = Conditions()
    reason: Text
    payer: str = ""
    share: int = 100
    ceiling: Money | None = None
    nights: int | None = None
    legs: int = 2
    blocking: bool = True
    sensitive: bool = False
    source: str = ""
    pack: str = ""
    valid_from: date | None = None
    valid_to: date | None = None

    def __post_init__(self) -> None:
        if self.effect not in ("grants", "excludes", "refers"):
            raise ValueError("effect is grants, excludes or refers")
        if not 0 < self.share <= 100:
            raise ValueError("share is a percentage from 1 to 100")


class UsedPlugin(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A plugin this event uses. `regions` narrows its rules to people who live there; `rules` to the rules named (all
    when empty). `isolate` runs it in a process of its own; unsaid, that is so for files of the workspace."""

    name: str
    regions: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    isolate: bool | None = None


class RegistrationWindow(Struct, frozen=True, kw_only=True):
    opens_on: date
    closes_on: date


class Seating(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """How seats are given. `order`: first_come, priority (see `priorities`) or lottery; `late`, a registration outside
    the window: accepted, waiting (after all others) or refused; `by_offer`: a free seat is nobody's before they took
    up an offer, which is open for `offer_days`."""

    order: str = "first_come"
    late: str = "accepted"
    by_offer: bool = False
    offer_days: int = 7


class Quota(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Seats kept for, or limited to, the people for whom `when` holds. `at_least` seats are kept for them, free ones
    until `released_on`; they take `at_most`. With `by` (region, province, gender, category, association, organisation)
    the limit is for each value of that fact alike."""

    id: str
    title: Text = Text("")
    when: Conditions = Conditions()
    by: str = ""
    at_least: int = 0
    at_most: int | None = None
    released_on: date | None = None


class Priority(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """People for whom `when` holds come before those of the priorities that follow, and before everybody else."""

    id: str
    reason: Text
    when: Conditions


class Event(Struct, frozen=True, kw_only=True):
    """One meeting, whole. `assumptions` lists what was chosen and is not a fact; `logo` is a picture in the workspace
    that stands in the header of printed pages.

    Times in sessions and meals are aware; `timezone` names their zone. `preparations` are meetings of those who hold
    the event, outside its agenda; `fasting` replaces the calendar's days of fasting. `tariffs` maps a benefit to the
    tariff that prices it, `selections` to what says who comes first when a ceiling binds; `rankings` say it as data.
    `settings` holds what this event tunes, by qualified name. `approvals_needed` people approve a plan,
    `override_approvals_needed` a decision by hand, before it stands. `provided` are benefits supplied in kind: nobody
    claims them.
    """

    id: str
    title: Text
    timezone: str
    country: str
    language: str = "en"
    currency: str
    campaign: str = ""
    logo: str = ""
    regions: tuple[str, ...] = ()
    seats: int | None = None
    approvals_needed: int = 1
    override_approvals_needed: int = 1
    provided: tuple[str, ...] = ()
    claims_need_attendance: bool = False
    registration: RegistrationWindow | None = None
    seating: Seating = Seating()
    quotas: tuple[Quota, ...] = ()
    priorities: tuple[Priority, ...] = ()
    venue: Venue
    agenda: tuple[Session, ...] = ()
    workshops: tuple[Workshop, ...] = ()
    preparations: tuple[Session, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    meals: tuple[Meal, ...] = ()
    fasting: tuple[FastingDays, ...] = ()
    hotel: Hotel | None = None
    hotels: tuple[HeldHotel, ...] = ()
    vehicles: tuple[Vehicle, ...] = ()
    categories: tuple[Choice, ...] = ()
    associations: tuple[Association, ...] = ()
    sponsors: tuple[Sponsor, ...] = ()
    budget: tuple[BudgetLine, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    plugins: tuple[UsedPlugin, ...] = ()
    tariffs: dict[str, str] = {}
    selections: dict[str, str] = {}
    rankings: tuple[Ranking, ...] = ()
    settings: dict[str, SettingValue] = {}
    rates: tuple[ExchangeRate, ...] = ()
    assumptions: tuple[Text, ...] = ()


def services_of(event: Event) -> tuple[Meal, ...]:
    """The meals in the order they are served."""
    return tuple(sorted(event.meals, key=lambda one: (one.starts_at, one.id)))


def first_day(event: Event) -> date:
    """The local day of the earliest session.

    Errors: ValueError without an agenda.
    """
    return min(session.starts_at for session in event.agenda).date()


def last_day(event: Event) -> date:
    """The local day on which the last session ends."""
    return max(session.ends_at for session in event.agenda).date()


def opening(event: Event) -> datetime:
    """When a participant must be there: the start of the first session."""
    return min(session.starts_at for session in event.agenda)


def closing(event: Event) -> datetime:
    """When a participant may leave: the end of the last session."""
    return max(session.ends_at for session in event.agenda)
