"""Travel and bed for people who live in Rabat-Salé-Kénitra (MA-04)."""

from datetime import date, datetime, time, timedelta
from math import floor, inf
from typing import Any

from eventops import (
    Candidate,
    Effect,
    Event,
    Facts,
    Gender,
    Participant,
    Rule,
    Scope,
    Text,
    Verdict,
    does_not_apply,
    first_day,
    grants,
    last_day,
    refers,
)

RESIDENTS = Scope(regions=("MA-04",))

PRACTICE = (
    "Working rule of the coordinating association of Rabat-Salé-Kénitra (assumed; the steering committee sets it)"
)

NO_PLACE = Text(
    "The town is not settled, so the distance is not known: settle the place first",
    fr="La localité n’est pas établie, la distance est donc inconnue : établissez d’abord le lieu",
    ar="لم تُحدَّد المدينة أو الجماعة بعد، فالمسافة غير معروفة: يجب تحديد المكان أولا",
)
TRAVEL_FROM_TOWN = Text(
    "{town} is {distance_km} km from the venue; travel by second-class train is paid from {limit_km} km",
    fr="{town} est à {distance_km} km du lieu de la rencontre ; le voyage en train de seconde classe est pris en "
    "charge à partir de {limit_km} km",
    ar="تبعد {town} عن مكان اللقاء {distance_km} كلم، ويُتكفل بالسفر بالقطار في الدرجة الثانية ابتداء من {limit_km} كلم",
)
TRAVEL_FROM_RURAL_COMMUNE = Text(
    "{town} is a rural commune {distance_km} km from the venue; from rural communes travel is paid from {limit_km} km",
    fr="{town} est une commune rurale à {distance_km} km du lieu de la rencontre ; depuis une commune rurale, le "
    "voyage est pris en charge à partir de {limit_km} km",
    ar="{town} جماعة قروية تبعد عن مكان اللقاء {distance_km} كلم، ويُتكفل بالسفر من الجماعات القروية ابتداء من "
    "{limit_km} كلم",
)
TOWN_TOO_NEAR = Text(
    "{town} is {distance_km} km from the venue; travel is paid from {limit_km} km only",
    fr="{town} est à {distance_km} km du lieu de la rencontre ; le voyage n’est pris en charge qu’à partir de "
    "{limit_km} km",
    ar="تبعد {town} عن مكان اللقاء {distance_km} كلم، ولا يُتكفل بالسفر إلا ابتداء من {limit_km} كلم",
)
RURAL_COMMUNE_TOO_NEAR = Text(
    "{town} is a rural commune {distance_km} km from the venue; from rural communes travel is paid from {limit_km} km "
    "only",
    fr="{town} est une commune rurale à {distance_km} km du lieu de la rencontre ; depuis une commune rurale, le "
    "voyage n’est pris en charge qu’à partir de {limit_km} km",
    ar="{town} جماعة قروية تبعد عن مكان اللقاء {distance_km} كلم، ولا يُتكفل بالسفر من الجماعات القروية إلا ابتداء من "
    "{limit_km} كلم",
)
LEAVES_TOO_EARLY = Text(
    "To be there on time, home in {town} must be left at {departure}; before {limit}, the night before is provided",
    fr="Pour arriver à l’heure, il faut quitter {town} à {departure} ; avant {limit}, la nuit précédente est prise en "
    "charge",
    ar="للوصول في الموعد تلزم مغادرة {town} على الساعة {departure}، وقبل الساعة {limit} يُتكفل بالمبيت في "
    "الليلة السابقة",
)
LEAVES_LATE_ENOUGH = Text(
    "Home in {town} can be left at {departure}; the night before is provided only before {limit}",
    fr="Le départ de {town} peut se faire à {departure} ; la nuit précédente n’est prise en charge qu’avant {limit}",
    ar="يمكن مغادرة {town} على الساعة {departure}، ولا يُتكفل بالمبيت في الليلة السابقة إلا قبل الساعة {limit}",
)
# The reason names all three grounds on purpose: nobody learns from a list which of them holds for a person.
LEAVES_UNSAFELY = Text(
    "Home in {town}, a rural commune, must be left at {departure}; before {limit}, women, people aged {elderly_age} or "
    "more and people with access needs are given the night before",
    fr="Il faut quitter {town}, commune rurale, à {departure} ; avant {limit}, les femmes, les personnes de "
    "{elderly_age} ans ou plus et celles ayant des besoins d’accessibilité sont hébergées la veille",
    ar="تلزم مغادرة {town}، وهي جماعة قروية، على الساعة {departure}؛ وقبل الساعة {limit} تستفيد النساء ومن بلغوا "
    "{elderly_age} سنة فما فوق وذوو احتياجات الولوج من المبيت في الليلة السابقة",
)
NOT_RURAL = Text(
    "{town} is not a rural commune; this rule is for early departures from rural communes",
    fr="{town} n’est pas une commune rurale ; cette règle vise les départs matinaux depuis les communes rurales",
    ar="{town} ليست جماعة قروية، وهذه القاعدة تخص المغادرة المبكرة من الجماعات القروية",
)
OTHERS_LEAVE_LATER = Text(
    "This rule is for women, people aged {elderly_age} or more and people with access needs",
    fr="Cette règle vise les femmes, les personnes de {elderly_age} ans ou plus et celles ayant des besoins "
    "d’accessibilité",
    ar="تخص هذه القاعدة النساء ومن بلغوا {elderly_age} سنة فما فوق وذوي احتياجات الولوج",
)

# What people write in the column of access needs to say that they have none.
NO_NEEDS = frozenset(
    [
        *("", "-", "0", "no", "none", "n/a", "na", "nil", "non", "aucun", "aucune", "néant", "neant", "rien", "ras"),
        *("لا", "لا شيء", "لا شئ", "لا يوجد", "لا توجد", "بدون"),
    ]
)


def has_access_needs(participant: Participant) -> bool:
    """Whether the person wrote of a need, beyond saying that there is none, or of a disability."""
    return "disability" in participant.inclusion or participant.needs.strip().strip(".").casefold() not in NO_NEEDS


def from_rural_commune(candidate: Candidate) -> bool:
    place = candidate.place
    return place is not None and place.kind == "commune" and not place.urban


def shown_km(distance_km: float, limit_km: float = inf) -> float:
    """The distance to one decimal, never rounded up to a limit it does not reach. Units: km."""
    rounded = round(distance_km, 1)
    return floor(distance_km * 10) / 10 if distance_km < limit_km <= rounded else rounded


def hour(setting: object) -> time:
    """The hour written in a setting, 05:45 or 5:45. Errors: ValueError when it is neither."""
    hours, _, minutes = str(setting).partition(":")
    return time(int(hours), int(minutes or 0))


def nights_before_each_day(event: Event) -> tuple[date, ...]:
    """The evenings of the night before the event and of those between its days."""
    days = (last_day(event) - first_day(event)).days
    return tuple(first_day(event) + timedelta(days=day) for day in range(-1, days))


def leaves_before(candidate: Candidate, event: Event, limit: time) -> bool:
    """Whether home must be left before that local hour of the first day; the evening before counts as earlier."""
    leaves = candidate.leaves_home_at
    return leaves is not None and leaves < datetime.combine(first_day(event), limit, tzinfo=leaves.tzinfo)


def check_travel(candidate: Candidate, facts: Facts) -> Verdict:
    place, distance = candidate.place, candidate.distance_km
    if place is None or distance is None:
        return refers(NO_PLACE, blocking=False)
    rural = from_rural_commune(candidate)
    limit = facts.settings["rural_travel_limit_km" if rural else "travel_limit_km"]
    values: dict[str, Any] = {"town": place.name, "distance_km": shown_km(distance, float(limit)), "limit_km": limit}
    if distance >= float(limit):
        return grants(TRAVEL_FROM_RURAL_COMMUNE if rural else TRAVEL_FROM_TOWN, **values)
    return does_not_apply(RURAL_COMMUNE_TOO_NEAR if rural else TOWN_TOO_NEAR, **values)


def check_early_departure(candidate: Candidate, facts: Facts) -> Verdict:
    place, leaves = candidate.place, candidate.leaves_home_at
    if place is None or leaves is None:
        return refers(NO_PLACE, blocking=False)
    limit = hour(facts.settings["earliest_departure"])
    early = leaves_before(candidate, facts.event, limit)
    values: dict[str, Any] = {"town": place.name, "departure": shown_departure(leaves, facts.event), "limit": limit}
    if early:
        return grants(LEAVES_TOO_EARLY, nights=nights_before_each_day(facts.event), **values)
    return does_not_apply(LEAVES_LATE_ENOUGH, **values)


def check_safe_departure(candidate: Candidate, facts: Facts) -> Verdict:
    place, leaves, person = candidate.place, candidate.leaves_home_at, candidate.participant
    if place is None or leaves is None:
        return refers(NO_PLACE, blocking=False)
    if not from_rural_commune(candidate):
        return does_not_apply(NOT_RURAL, town=place.name)
    elderly_age = facts.settings["elderly_age"]
    elderly = candidate.age is not None and candidate.age >= float(elderly_age)
    if not (person.gender is Gender.FEMALE or elderly or has_access_needs(person)):
        return does_not_apply(OTHERS_LEAVE_LATER, elderly_age=elderly_age)
    limit = hour(facts.settings["safe_departure"])
    values: dict[str, Any] = {"town": place.name, "departure": shown_departure(leaves, facts.event), "limit": limit}
    if leaves_before(candidate, facts.event, limit):
        nights = nights_before_each_day(facts.event)
        return grants(LEAVES_UNSAFELY, nights=nights, elderly_age=elderly_age, **values)
    return does_not_apply(LEAVES_LATE_ENOUGH, **values)


def shown_departure(leaves: datetime, event: Event) -> time | datetime:
    """The local hour; with its date when it is not the first day."""
    return leaves.time() if leaves.date() == first_day(event) else leaves


RULES = (
    Rule(
        name="travel-second-class",
        benefit="travel",
        title=Text(
            "Travel by second-class train from a distance on, a shorter one from rural communes",
            fr="Voyage en train de seconde classe à partir d’une distance, moindre depuis les communes rurales",
            ar="السفر بالقطار في الدرجة الثانية ابتداء من مسافة معينة، وأقل منها للجماعات القروية",
        ),
        source=PRACTICE,
        scope=RESIDENTS,
        may=(Effect.GRANTS, Effect.REFERS),
        check=check_travel,
        by_person=False,
    ),
    Rule(
        name="night-before-early-departure",
        benefit="lodging",
        title=Text(
            "The night before for whoever must leave home too early",
            fr="La nuit précédente pour qui doit partir trop tôt",
            ar="المبيت في الليلة السابقة لمن يضطر إلى المغادرة مبكرا جدا",
        ),
        source=PRACTICE,
        scope=RESIDENTS,
        may=(Effect.GRANTS, Effect.REFERS),
        check=check_early_departure,
        by_person=False,
    ),
    Rule(
        name="night-before-safe-departure",
        benefit="lodging",
        title=Text(
            "The night before for women, older people and people with access needs from rural communes",
            fr="La nuit précédente pour les femmes, les personnes âgées et celles ayant des besoins d’accessibilité, "
            "depuis les communes rurales",
            ar="المبيت في الليلة السابقة للنساء والمسنين وذوي احتياجات الولوج القادمين من الجماعات القروية",
        ),
        source=PRACTICE,
        scope=RESIDENTS,
        may=(Effect.GRANTS, Effect.REFERS),
        check=check_safe_departure,
    ),
)
