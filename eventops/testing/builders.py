"""Small whole values for tests: give what the test is about, the rest is filled in plausibly.

Example:
    plan = a_plan([a_candidate(a_participant(name="Salma"), distance_km=120.0)])
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from eventops.domain.event import (
    Association,
    BudgetLine,
    Event,
    Hotel,
    Meal,
    Room,
    Session,
    Sponsor,
    Venue,
    Workshop,
)
from eventops.domain.hosting.lodging import Stay
from eventops.domain.hosting.meals import STANDARD_DIET, ServiceCount
from eventops.domain.money import Money
from eventops.domain.people import Choice, Gender, Participant
from eventops.domain.places import Place, Placement, PlacementStatus, Point
from eventops.domain.plan import Plan
from eventops.domain.reporting.statistics import statistics_of
from eventops.domain.rules import (
    Benefit,
    Candidate,
    Decision,
    Effect,
    Grant,
    Journey,
    Outcome,
    Ruling,
    Verdict,
)
from eventops.domain.texts import Text

ZONE = ZoneInfo("Africa/Casablanca")
DAY = date(2023, 10, 14)

CASABLANCA = Place(
    code="MA:06.141.01.0",
    name=Text("Casablanca", fr="Casablanca", ar="الدار البيضاء"),
    kind="commune",
    country="MA",
    point=Point(33.5899, -7.6039),
    region="MA-06",
    region_name=Text("Casablanca-Settat", fr="Casablanca-Settat", ar="الدار البيضاء-سطات"),
    province="06.141",
    province_name=Text("Casablanca", fr="Casablanca", ar="الدار البيضاء"),
    urban=True,
)
OUEZZANE = Place(
    code="MA:01.405.01.01",
    name=Text("Ouezzane", fr="Ouezzane", ar="وزان"),
    kind="commune",
    country="MA",
    point=Point(34.7967, -5.5683),
    region="MA-01",
    region_name=Text("Tangier-Tetouan-Al Hoceima", fr="Tanger-Tétouan-Al Hoceïma", ar="طنجة-تطوان-الحسيمة"),
    province="01.405",
    province_name=Text("Ouezzane", fr="Ouezzane", ar="وزان"),
    urban=True,
)
REASONS = {
    Effect.GRANTS: Text(
        "lives {distance_km} km away, travel is paid from {limit_km} km",
        fr="habite à {distance_km} km, le voyage est pris en charge à partir de {limit_km} km",
        ar="يقيم على بعد {distance_km} كلم، ويُتكفَّل بالتنقل ابتداءً من {limit_km} كلم",
    ),
    Effect.EXCLUDES: Text(
        "civil servants are paid by their administration",
        fr="les fonctionnaires sont pris en charge par leur administration",
        ar="يتكفل بالموظفين العموميين إدارتُهم",
    ),
    Effect.REFERS: Text("the town is not settled", fr="la ville n’est pas établie", ar="المدينة غير محددة بعد"),
    Effect.NOT_APPLICABLE: Text(
        "lives {distance_km} km away, the limit is {limit_km} km",
        fr="habite à {distance_km} km, la limite est de {limit_km} km",
        ar="يقيم على بعد {distance_km} كلم، والحد هو {limit_km} كلم",
    ),
}
OUTCOME_EFFECTS = {
    Outcome.GRANTED: Effect.GRANTS,
    Outcome.EXCLUDED: Effect.EXCLUDES,
    Outcome.REFERRED: Effect.REFERS,
    Outcome.NOT_COVERED: Effect.NOT_APPLICABLE,
}


def _at(hour: int, minute: int = 0) -> datetime:
    return datetime(DAY.year, DAY.month, DAY.day, hour, minute, tzinfo=ZONE)


def a_participant(id: str = "p1", name: str = "Salma Benali", **fields: Any) -> Participant:
    """A participant with id and name; any other field as given."""
    return Participant(id=id, name=name, **fields)


def a_placement(place: Place | None = CASABLANCA, text: str = "") -> Placement:
    """A placement matched to the place, or unresolved without one."""
    if place is None:
        return Placement(text=text or "Xyz", status=PlacementStatus.UNRESOLVED)
    return Placement(text=text or place.name.en, status=PlacementStatus.MATCHED, place=place, level="exact", score=1.0)


def a_candidate(
    participant: Participant | None = None,
    *,
    place: Place | None = CASABLANCA,
    distance_km: float | None = 4.2,
    **fields: Any,
) -> Candidate:
    """A candidate from that place; road distance and travel time follow from the distance unless given."""
    person = participant if participant is not None else a_participant()
    if distance_km is not None and place is not None:
        fields = {
            "distance_km": distance_km,
            "road_km": round(distance_km * 1.3, 1),
            "travel_minutes": round(distance_km * 1.3 / 70 * 60) + 15,
            **fields,
        }
    fields.setdefault("age", person.age)
    fields.setdefault("placement", a_placement(place, person.town))
    return Candidate(participant=person, place=place, **fields)


def an_event(**fields: Any) -> Event:
    """A one-day meeting in Casablanca with two sponsors, two associations, five categories and three meals."""
    return Event(**{**_event_fields(), **fields})


def _event_fields() -> dict[str, Any]:
    return {
        "id": "casablanca-2023",
        "title": Text("First consultative meeting", fr="Première rencontre consultative", ar="اللقاء التشاوري الأول"),
        "timezone": "Africa/Casablanca",
        "country": "MA",
        "language": "ar",
        "currency": "MAD",
        "regions": ("MA-04", "MA-06"),
        "seats": 60,
        "venue": _venue(),
        "agenda": _agenda(),
        "workshops": _workshops(),
        "meals": _meals(),
        "hotel": Hotel(name=Text("Idou Anfa", fr="Idou Anfa", ar="إيدو أنفا"), night=Money(Decimal(650), "MAD")),
        "categories": _categories(),
        "associations": (
            Association(
                id="apj",
                name=Text("Association for Youth", fr="Association pour la jeunesse", ar="جمعية من أجل الشباب"),
                regions=("MA-04",),
            ),
            Association(
                id="adfm",
                name=Text("ADFM", fr="ADFM", ar="الجمعية الديمقراطية لنساء المغرب"),
                regions=("MA-06",),
            ),
        ),
        "sponsors": (
            Sponsor(id="oecd", name=Text("OECD", fr="OCDE", ar="منظمة التعاون والتنمية الاقتصادية"), country="FR"),
            Sponsor(id="ef", name=Text("Expertise France"), country="FR", language="fr"),
        ),
        "budget": (
            BudgetLine(
                id="oecd-travel",
                title=Text("Travel of participants"),
                sponsor="oecd",
                benefit="travel",
                ceiling=Money(Decimal(20000), "MAD"),
            ),
            BudgetLine(
                id="ef-lodging",
                title=Text("Lodging of participants"),
                sponsor="ef",
                benefit="lodging",
                ceiling=Money(Decimal(30000), "MAD"),
            ),
        ),
    }


def _venue() -> Venue:
    return Venue(
        name=Text("Hotel Idou Anfa", fr="Hôtel Idou Anfa", ar="فندق إيدو أنفا"),
        town="Casablanca",
        region="MA-06",
        point=Point(33.5931, -7.6292),
        rooms=(
            Room(id="main", name=Text("Main hall", fr="Grande salle", ar="القاعة الكبرى"), capacity=80),
            Room(id="garden", name=Text("Garden", fr="Jardin", ar="الحديقة"), capacity=80),
        ),
    )


def _agenda() -> tuple[Session, ...]:
    return (
        Session(
            id="reception",
            title=Text("Reception and registration", fr="Accueil et inscription", ar="استقبال وتسجيل"),
            starts_at=_at(9),
            ends_at=_at(9, 30),
            kind="reception",
            room="main",
        ),
        Session(
            id="workshops",
            title=Text("Workshops", fr="Ateliers", ar="ورشات"),
            starts_at=_at(11, 50),
            ends_at=_at(14, 30),
            kind="workshop",
        ),
    )


def _workshops() -> tuple[Workshop, ...]:
    return (
        Workshop(id="services", title=Text("Public services", fr="Services publics", ar="الخدمات العمومية")),
        Workshop(id="equality", title=Text("Equality", fr="Égalité", ar="المساواة")),
    )


def _meals() -> tuple[Meal, ...]:
    return (
        Meal(id="tea", title=Text("Tea", fr="Thé", ar="استراحة شاي"), starts_at=_at(11, 20), ends_at=_at(11, 50)),
        Meal(
            id="lunch",
            title=Text("Lunch", fr="Déjeuner", ar="استراحة غداء"),
            starts_at=_at(14, 30),
            ends_at=_at(15, 30),
            room="garden",
        ),
        Meal(
            id="breakfast",
            title=Text("Breakfast", fr="Petit déjeuner", ar="فطور"),
            starts_at=_at(7),
            ends_at=_at(8, 30),
            served_to="overnight",
        ),
    )


def _categories() -> tuple[Choice, ...]:
    titles = (
        ("elected", "Local elected", "Élu·e local·e", "منتخب (ة) محلي (ة)"),
        ("association", "Association", "Acteur·rice associatif·ve", "فاعل (ة) جمعي (ة)"),
        ("public_sector", "Public sector", "Secteur public", "قطاع عام"),
        ("academic", "Researcher / academic", "Chercheur·se / universitaire", "باحث (ة) / أكاديمي (ة)"),
        ("citizen", "Citizen", "Citoyen·ne", "مواطن (ة)"),
    )
    return tuple(Choice(id=id, title=Text(en, fr=fr, ar=ar)) for id, en, fr, ar in titles)


def a_ruling(effect: Effect = Effect.GRANTS, **fields: Any) -> Ruling:
    """One rule's answer with a plausible reason in three languages."""
    verdict = Verdict(effect=effect, reason=REASONS[effect], values={"distance_km": 120.5, "limit_km": 100, **fields})
    return Ruling(
        rule="event.far-away",
        plugin="event",
        version="",
        title=Text("Far away", fr="Éloignement", ar="بُعد المسافة"),
        verdict=verdict,
    )


def a_decision(
    participant_id: str = "p1", benefit: str = "travel", outcome: Outcome = Outcome.GRANTED, **fields: Any
) -> Decision:
    """A decision with one ruling that explains it; a grant when granted."""
    if outcome is Outcome.GRANTED:
        fields.setdefault("grant", Grant(payer="oecd" if benefit == "travel" else "ef"))
    fields.setdefault("rulings", (a_ruling(OUTCOME_EFFECTS[outcome]),))
    return Decision(participant_id=participant_id, benefit=benefit, outcome=outcome, **fields)


def two_journeys(candidate: Candidate, mode: str = "train") -> tuple[Journey, Journey]:
    """There in the morning, back in the afternoon."""
    there: dict[str, Any] = {"direction": "there", "leaves_at": _at(6), "arrives_at": _at(8, 45)}
    back: dict[str, Any] = {"direction": "back", "leaves_at": _at(16), "arrives_at": _at(18, 45)}
    shared: dict[str, Any] = {
        "participant_id": candidate.participant.id,
        "mode": mode,
        "origin": candidate.place,
        "distance_km": candidate.distance_km or 0.0,
        "road_km": candidate.road_km or 0.0,
        "travel_minutes": candidate.travel_minutes or 0,
    }
    return Journey(**shared, **there), Journey(**shared, **back)


def a_plan(candidates: Sequence[Candidate] = (), decisions: Sequence[Decision] = (), **fields: Any) -> Plan:
    """A plan of these candidates. Decisions not given are `not_covered`; stays follow from granted lodging."""
    event: Event = fields.pop("event", None) or an_event()
    benefits = (
        Benefit(name="travel", title=Text("Travel"), unit="leg"),
        Benefit(name="lodging", title=Text("Lodging"), unit="night"),
    )
    given = {(one.participant_id, one.benefit): one for one in decisions}
    every = tuple(
        given.get((one.participant.id, benefit.name))
        or a_decision(one.participant.id, benefit.name, Outcome.NOT_COVERED)
        for one in candidates
        for benefit in benefits
    )
    stays = tuple(
        Stay(participant_id=one.participant_id, nights=one.grant.nights, payer=one.grant.payer)
        for one in every
        if one.benefit == "lodging" and one.grant is not None and one.grant.nights
    )
    values: dict[str, Any] = {
        "event": event,
        "settings": {},
        "benefits": benefits,
        "candidates": tuple(candidates),
        "decisions": every,
        "journeys": (),
        "stays": stays,
        "meals": _service_counts(event, candidates),
        "budget": (),
        "statistics": statistics_of(event, candidates),
        "findings": (),
    }
    return Plan(**{**values, **fields})


def _service_counts(event: Event, candidates: Iterable[Candidate]) -> tuple[ServiceCount, ...]:
    diets = Counter(one.participant.diet or STANDARD_DIET for one in candidates)
    return tuple(
        ServiceCount(meal_id=meal.id, starts_at=meal.starts_at, count=diets.total(), diets=dict(sorted(diets.items())))
        for meal in event.meals
        if meal.served_to == "everyone"
    )


def twelve_candidates() -> tuple[Candidate, ...]:
    """Twelve invented people: both scripts, every gender, several diets, one without a place."""
    names = (
        ("سلمى بنعلي", "Salma Benali", Gender.FEMALE),
        ("Youssef El Idrissi", "", Gender.MALE),
        ("فاطمة الزهراء العلوي", "Fatima Zahra Alaoui", Gender.FEMALE),
        ("Chloé Ait-Ouakrim", "", Gender.FEMALE),
        ("محمد أمين التازي", "Mohamed Amine Tazi", Gender.MALE),
        ("Naïma Ouhssaïn", "", Gender.FEMALE),
        ("عبد الرحيم الصديقي", "Abderrahim Seddiki", Gender.MALE),
        ("Hind Berrada", "", Gender.FEMALE),
        ("زينب المرابط", "Zineb El Mrabet", Gender.FEMALE),
        ("Rachid Oulhaj", "", Gender.MALE),
        ("خديجة بوعزة", "Khadija Bouazza", Gender.FEMALE),
        ("=Karim Test", "", Gender.OTHER),
    )
    return tuple(_nth_candidate(number, *person) for number, person in enumerate(names))


def _nth_candidate(number: int, name: str, latin: str, gender: Gender) -> Candidate:
    categories = ("association", "elected", "association", "academic", "public_sector", "citizen")
    far = number % 3 == 0
    place = None if number == 11 else OUEZZANE if far else CASABLANCA
    person = a_participant(
        f"p{number + 1:02}",
        name,
        name_latin=latin,
        email=f"person{number + 1}@example.org",
        phone=f"+2126000000{number:02}",
        gender=gender,
        age=None if number == 7 else 22 + 4 * number,
        category=categories[number % 6],
        organisation=("جمعية الأمل للتنمية", "Commune de Mohammedia", "")[number % 3],
        language=("ar", "fr", "en")[number % 3],
        town=place.name.en if place else "Dchar l'inconnu",
        association=("apj", "adfm")[number % 2],
        diet=("", "", "vegetarian", "gluten_free")[number % 4],
        needs="كرسي متحرك" if number == 6 else "",
        workshops=(("services", "equality")[number % 2],),
    )
    return a_candidate(person, place=place, distance_km=245.7 if far else 6.3)
