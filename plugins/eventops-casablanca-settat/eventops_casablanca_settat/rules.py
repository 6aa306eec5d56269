"""Travel and bed for people who live in Casablanca-Settat (MA-06)."""

from datetime import date, datetime, time, timedelta
from math import floor, inf
from typing import Any

from eventops import (
    Candidate,
    Effect,
    Event,
    Facts,
    Participant,
    Place,
    Rule,
    Scope,
    Text,
    Verdict,
    does_not_apply,
    excludes,
    first_day,
    grants,
    last_day,
    refers,
)

RESIDENTS = Scope(regions=("MA-06",))

PRACTICE = "Working rule of the coordinating association of Casablanca-Settat (assumed; the steering committee sets it)"

# HCP codes of the prefectures of Casablanca and Mohammadia and of the provinces of Nouaceur and Médiouna.
GREATER_CASABLANCA = frozenset(("06.141", "06.371", "06.385", "06.355"))

NO_PLACE = Text(
    "The town is not settled, so the distance is not known: settle the place first",
    fr="La localité n’est pas établie, la distance est donc inconnue : établissez d’abord le lieu",
    ar="لم تُحدَّد المدينة أو الجماعة بعد، فالمسافة غير معروفة: يجب تحديد المكان أولا",
)
PUBLIC_TRANSPORT = Text(
    "{town} lies in Greater Casablanca, {distance_km} km from the venue; up to {limit_km} km public transport is "
    "enough and no travel is paid",
    fr="{town} se trouve dans le Grand Casablanca, à {distance_km} km du lieu de la rencontre ; jusqu’à {limit_km} km, "
    "les transports publics suffisent et aucun voyage n’est pris en charge",
    ar="تقع {town} في الدار البيضاء الكبرى على بعد {distance_km} كلم من مكان اللقاء؛ وإلى حدود {limit_km} كلم يكفي "
    "النقل العمومي ولا يُتكفل بالسفر",
)
OUTSIDE_GREATER_CASABLANCA = Text(
    "{town} lies outside Greater Casablanca",
    fr="{town} se trouve hors du Grand Casablanca",
    ar="تقع {town} خارج الدار البيضاء الكبرى",
)
BEYOND_PUBLIC_TRANSPORT = Text(
    "{town} lies in Greater Casablanca but {distance_km} km from the venue, over the {limit_km} km of public transport",
    fr="{town} se trouve dans le Grand Casablanca, mais à {distance_km} km du lieu de la rencontre, au-delà des "
    "{limit_km} km des transports publics",
    ar="تقع {town} في الدار البيضاء الكبرى لكنها تبعد عن مكان اللقاء {distance_km} كلم، أي أكثر من {limit_km} كلم التي "
    "يغطيها النقل العمومي",
)
ADAPTED_TRANSPORT = Text(
    "Public transport is not taken as sufficient for people with access needs",
    fr="Les transports publics ne sont pas jugés suffisants pour les personnes ayant des besoins d’accessibilité",
    ar="لا يعتبر النقل العمومي كافيا لذوي احتياجات الولوج",
)
TRAVEL_FROM = Text(
    "{town} is {distance_km} km from the venue; travel is paid from {limit_km} km",
    fr="{town} est à {distance_km} km du lieu de la rencontre ; le voyage est pris en charge à partir de {limit_km} km",
    ar="تبعد {town} عن مكان اللقاء {distance_km} كلم، ويُتكفل بالسفر ابتداء من {limit_km} كلم",
)
TRAVEL_TOO_NEAR = Text(
    "{town} is {distance_km} km from the venue; travel is paid from {limit_km} km only",
    fr="{town} est à {distance_km} km du lieu de la rencontre ; le voyage n’est pris en charge qu’à partir de "
    "{limit_km} km",
    ar="تبعد {town} عن مكان اللقاء {distance_km} كلم، ولا يُتكفل بالسفر إلا ابتداء من {limit_km} كلم",
)
TRAVEL_FOR_ACCESS = Text(
    "{town} is {distance_km} km from the venue; for people with access needs travel is paid at any distance",
    fr="{town} est à {distance_km} km du lieu de la rencontre ; pour les personnes ayant des besoins d’accessibilité, "
    "le voyage est pris en charge quelle que soit la distance",
    ar="تبعد {town} عن مكان اللقاء {distance_km} كلم، ويُتكفل بسفر ذوي احتياجات الولوج مهما كانت المسافة",
)
NO_ACCESS_NEEDS = Text(
    "No access needs were stated",
    fr="Aucun besoin d’accessibilité n’a été déclaré",
    ar="لم يُصرَّح بأي احتياجات للولوج",
)
BED_FROM = Text(
    "{town} is {distance_km} km from the venue; a bed is provided from {limit_km} km",
    fr="{town} est à {distance_km} km du lieu de la rencontre ; l’hébergement est pris en charge à partir de "
    "{limit_km} km",
    ar="تبعد {town} عن مكان اللقاء {distance_km} كلم، ويُتكفل بالمبيت ابتداء من {limit_km} كلم",
)
BED_TOO_NEAR = Text(
    "{town} is {distance_km} km from the venue; a bed is provided from {limit_km} km only, below it a return on the "
    "same day is expected",
    fr="{town} est à {distance_km} km du lieu de la rencontre ; l’hébergement n’est pris en charge qu’à partir de "
    "{limit_km} km, en deçà un retour le jour même est attendu",
    ar="تبعد {town} عن مكان اللقاء {distance_km} كلم، ولا يُتكفل بالمبيت إلا ابتداء من {limit_km} كلم، ودونها يُنتظر "
    "الرجوع في اليوم نفسه",
)
BED_FOR_ACCESS = Text(
    "Home in {town} must be left at {departure}; before {limit}, people with access needs are given a bed at any "
    "distance",
    fr="Il faut quitter {town} à {departure} ; avant {limit}, les personnes ayant des besoins d’accessibilité sont "
    "hébergées quelle que soit la distance",
    ar="تلزم مغادرة {town} على الساعة {departure}؛ وقبل الساعة {limit} يستفيد ذوو احتياجات الولوج من المبيت مهما كانت "
    "المسافة",
)
LEAVES_LATE_ENOUGH = Text(
    "Home in {town} can be left at {departure}; a bed is provided for access needs only before {limit}",
    fr="Le départ de {town} peut se faire à {departure} ; l’hébergement au titre de l’accessibilité n’est pris en "
    "charge qu’avant {limit}",
    ar="يمكن مغادرة {town} على الساعة {departure}، ولا يُتكفل بالمبيت لأجل احتياجات الولوج إلا قبل الساعة {limit}",
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


def in_greater_casablanca(place: Place) -> bool:
    return place.province.removeprefix("MA:") in GREATER_CASABLANCA


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


def check_public_transport(candidate: Candidate, facts: Facts) -> Verdict:
    """Excludes near homes inside Greater Casablanca; the distance keeps the rule true for a venue elsewhere."""
    place, distance = candidate.place, candidate.distance_km
    if place is None or distance is None:
        return refers(NO_PLACE)
    if not in_greater_casablanca(place):
        return does_not_apply(OUTSIDE_GREATER_CASABLANCA, town=place.name)
    if has_access_needs(candidate.participant):
        return does_not_apply(ADAPTED_TRANSPORT)
    limit = facts.settings["public_transport_km"]
    values: dict[str, Any] = {"town": place.name, "distance_km": shown_km(distance, float(limit)), "limit_km": limit}
    if distance < float(limit):
        return excludes(PUBLIC_TRANSPORT, **values)
    return does_not_apply(BEYOND_PUBLIC_TRANSPORT, **values)


def check_travel(candidate: Candidate, facts: Facts) -> Verdict:
    place, distance = candidate.place, candidate.distance_km
    if place is None or distance is None:
        return refers(NO_PLACE, blocking=False)
    limit = facts.settings["travel_limit_km"]
    values: dict[str, Any] = {"town": place.name, "distance_km": shown_km(distance, float(limit)), "limit_km": limit}
    if distance >= float(limit):
        return grants(TRAVEL_FROM, **values)
    return does_not_apply(TRAVEL_TOO_NEAR, **values)


def check_accessible_travel(candidate: Candidate, facts: Facts) -> Verdict:
    place, distance = candidate.place, candidate.distance_km
    if not has_access_needs(candidate.participant):
        return does_not_apply(NO_ACCESS_NEEDS)
    if place is None or distance is None:
        return refers(NO_PLACE, blocking=False)
    return grants(TRAVEL_FOR_ACCESS, sensitive=True, town=place.name, distance_km=shown_km(distance))


def check_lodging(candidate: Candidate, facts: Facts) -> Verdict:
    place, distance = candidate.place, candidate.distance_km
    if place is None or distance is None:
        return refers(NO_PLACE, blocking=False)
    limit = facts.settings["lodging_limit_km"]
    values: dict[str, Any] = {"town": place.name, "distance_km": shown_km(distance, float(limit)), "limit_km": limit}
    if distance >= float(limit):
        return grants(BED_FROM, nights=nights_before_each_day(facts.event), **values)
    return does_not_apply(BED_TOO_NEAR, **values)


def check_accessible_lodging(candidate: Candidate, facts: Facts) -> Verdict:
    place, leaves, event = candidate.place, candidate.leaves_home_at, facts.event
    if not has_access_needs(candidate.participant):
        return does_not_apply(NO_ACCESS_NEEDS)
    if place is None or leaves is None:
        return refers(NO_PLACE, blocking=False)
    limit = hour(facts.settings["accessible_departure"])
    departure = leaves.time() if leaves.date() == first_day(event) else leaves
    values: dict[str, Any] = {"town": place.name, "departure": departure, "limit": limit}
    if leaves < datetime.combine(first_day(event), limit, tzinfo=leaves.tzinfo):
        return grants(BED_FOR_ACCESS, sensitive=True, nights=nights_before_each_day(event), **values)
    return does_not_apply(LEAVES_LATE_ENOUGH, **values)


RULES = (
    Rule(
        name="public-transport",
        benefit="travel",
        title=Text(
            "No travel inside Greater Casablanca, where public transport is enough",
            fr="Pas de prise en charge du voyage dans le Grand Casablanca, où les transports publics suffisent",
            ar="لا يُتكفل بالسفر داخل الدار البيضاء الكبرى حيث يكفي النقل العمومي",
        ),
        source=PRACTICE,
        scope=RESIDENTS,
        may=(Effect.EXCLUDES, Effect.REFERS),
        check=check_public_transport,
    ),
    Rule(
        name="travel-from-a-distance",
        benefit="travel",
        title=Text(
            "Travel from a distance on",
            fr="Voyage à partir d’une distance",
            ar="السفر ابتداء من مسافة معينة",
        ),
        source=PRACTICE,
        scope=RESIDENTS,
        may=(Effect.GRANTS, Effect.REFERS),
        check=check_travel,
        by_person=False,
    ),
    Rule(
        name="accessible-travel",
        benefit="travel",
        title=Text(
            "Travel at any distance for people with access needs",
            fr="Voyage quelle que soit la distance pour les personnes ayant des besoins d’accessibilité",
            ar="السفر مهما كانت المسافة لذوي احتياجات الولوج",
        ),
        source=PRACTICE,
        scope=RESIDENTS,
        may=(Effect.GRANTS, Effect.REFERS),
        check=check_accessible_travel,
        by_distance=False,
    ),
    Rule(
        name="bed-from-a-distance",
        benefit="lodging",
        title=Text(
            "A bed from a distance on",
            fr="Hébergement à partir d’une distance",
            ar="المبيت ابتداء من مسافة معينة",
        ),
        source=PRACTICE,
        scope=RESIDENTS,
        may=(Effect.GRANTS, Effect.REFERS),
        check=check_lodging,
        by_person=False,
    ),
    Rule(
        name="accessible-bed",
        benefit="lodging",
        title=Text(
            "A bed at any distance for people with access needs who must leave early",
            fr="Hébergement quelle que soit la distance pour les personnes ayant des besoins d’accessibilité qui "
            "doivent partir tôt",
            ar="المبيت مهما كانت المسافة لذوي احتياجات الولوج الذين يضطرون إلى المغادرة مبكرا",
        ),
        source=PRACTICE,
        scope=RESIDENTS,
        may=(Effect.GRANTS, Effect.REFERS),
        check=check_accessible_lodging,
    ),
)
