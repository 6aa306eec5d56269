"""The roll-up of a campaign as tables. They hold counts and sums, no names."""

from collections.abc import Iterable, Mapping

from eventops.domain.campaigns.campaign import FACTS
from eventops.domain.campaigns.roll_up import MeetingFigures, RollUp, sums
from eventops.domain.reporting.labels import (
    AGE_LABELS,
    BENEFIT_LABELS,
    CATEGORY_LABELS,
    COUNT_LABELS,
    GENDER_LABELS,
    TOPIC_LABELS,
    UNKNOWN,
)
from eventops.domain.reporting.reports import Audience, Cell, Column, Kind, Report, Table
from eventops.domain.reporting.titles import PLACE_OPEN
from eventops.domain.texts import Message, Text

TITLE = Text("Campaign in numbers", fr="La campagne en chiffres", ar="الحملة بالأرقام")
MEETING = Text("Meeting", fr="Rencontre", ar="اللقاء")
TOWN = Text("Town", fr="Ville", ar="المدينة")
DAY = Text("Day", fr="Jour", ar="اليوم")
SEATS = Text("Seats", fr="Places", ar="المقاعد")
REGISTERED, CONFIRMED, PRESENT = (COUNT_LABELS[name] for name in ("registered", "confirmed", "present"))
WAITING = Text("Waiting", fr="En attente", ar="في الانتظار")
COST = Text("Planned cost", fr="Coût prévu", ar="الكلفة المتوقعة")
NOT_KNOWN = Text("Not known yet", fr="Pas encore connu", ar="غير معروف بعد")
REGION = TOPIC_LABELS["region"]
PEOPLE = Text("People, each once", fr="Personnes, chacune une fois", ar="الأشخاص دون تكرار")
SPONSOR = Text("Sponsor", fr="Bailleur", ar="الجهة الممولة")
BENEFIT = Text("Benefit", fr="Prise en charge", ar="نوع التكفل")
MEETINGS = Text("Meetings", fr="Rencontres", ar="اللقاءات")
CEILING = Text("Budget", fr="Budget", ar="الميزانية")
COUNT = COUNT_LABELS["people"]
BLANK = Text(
    "An empty cell is not known; it is not zero.",
    fr="Une cellule vide n’est pas connue ; elle n’est pas zéro.",
    ar="الخانة الفارغة تعني أن الرقم غير معروف، لا أنه صفر.",
)
SUM = Text(
    "{title}: {sum} (known for {known} of {count} meetings)",
    fr="{title} : {sum} (connu pour {known} des {count} rencontres)",
    ar="{title}: {sum} (المعطيات متوفرة عن {known} من أصل {count} لقاءات)",
)
ONCE = Text(
    "{registrations} registrations are of {people} people; {several} registered for more than one meeting.",
    fr="Les {registrations} inscriptions sont celles de {people} personnes ; {several} se sont inscrites à plus d’une "
    "rencontre.",
    ar="عدد التسجيلات {registrations}، وهي لعدد {people} من الأشخاص، سجل {several} منهم في أكثر من لقاء.",
)
POSSIBLE = Text(
    "{count} more pairs have one name and one year of birth; they are counted as two people.",
    fr="{count} autres paires ont le même nom et la même année de naissance ; elles comptent pour deux personnes.",
    ar="هناك {count} أزواج أخرى لها الاسم نفسه وسنة الميلاد نفسها، وقد حُسب كل زوج شخصين.",
)
_FIGURES = (
    ("seats", SEATS),
    ("registered", REGISTERED),
    ("confirmed", CONFIRMED),
    ("waiting", WAITING),
    ("present", PRESENT),
)


def campaign_report(rolled: RollUp, regions: Mapping[str, Text], parties: Mapping[str, Text]) -> Report:
    """The tables of a campaign. `regions` and `parties` are names by code and id."""
    labels = {**AGE_LABELS, **GENDER_LABELS, **CATEGORY_LABELS}
    return Report(
        name="campaign",
        title=TITLE,
        audience=Audience.ASSOCIATION,
        heading=rolled.campaign.title,
        tables=(
            _meetings(rolled),
            _regions(rolled, regions),
            _sponsors(rolled, parties),
            _groups("gender", rolled.gender, labels),
            _groups("age", rolled.age, labels),
            _groups("category", rolled.category, labels),
        ),
    )


def count_notes(rolled: RollUp) -> tuple[Message | Text, ...]:
    """What the sums are, over how many meetings they are known, and how people were counted."""
    notes: list[Message | Text] = [BLANK]
    for name, title in _FIGURES:
        known, count = sums(rolled.meetings, name)
        if known is not None:
            values = {"title": title, "sum": known, "known": count, "count": len(rolled.meetings)}
            notes.append(Message(SUM, values))
    across = rolled.across
    if across.people:
        values = {
            "registrations": across.registrations,
            "people": len(across.people),
            "several": len(across.in_several),
        }
        notes.append(Message(ONCE, values))
    if across.possible:
        notes.append(Message(POSSIBLE, {"count": len(across.possible)}))
    return tuple(notes)


def not_known(figures: MeetingFigures) -> Message | None:
    """The facts of a meeting nobody has told, in words."""
    if not figures.unknown:
        return None
    return Message(
        Text("{facts}", fr="{facts}", ar="{facts}"), {"facts": tuple(FACTS[name] for name in figures.unknown)}
    )


def _meetings(rolled: RollUp) -> Table:
    benefits = list(dict.fromkeys(name for one in rolled.meetings for name in one.granted))
    currencies = sorted({money.currency for one in rolled.meetings for money in one.costs})
    columns = (
        Column(name="meeting", title=MEETING, width=16),
        Column(name="town", title=TOWN, width=16),
        Column(name="day", title=DAY, kind=Kind.DATE, width=12),
        *(Column(name=name, title=title, kind=Kind.INTEGER, width=12) for name, title in _FIGURES),
        *(
            Column(name=f"granted_{name}", title=BENEFIT_LABELS.get(name, name), kind=Kind.INTEGER, width=12)
            for name in benefits
        ),
        *(Column(name=f"cost_{one.lower()}", title=COST, kind=Kind.MONEY, width=18) for one in currencies),
        Column(name="not_known", title=NOT_KNOWN, width=40),
    )
    return Table(
        name="meetings",
        title=MEETINGS,
        columns=columns,
        rows=tuple(_meeting_row(one, benefits, currencies) for one in rolled.meetings),
        notes=count_notes(rolled),
        landscape=True,
    )


def _meeting_row(one: MeetingFigures, benefits: Iterable[str], currencies: Iterable[str]) -> tuple[Cell, ...]:
    costs = {money.currency: money for money in one.costs}
    return (
        one.meeting.id,
        one.meeting.town or None,
        one.meeting.starts_on,
        *(getattr(one, name) for name, _ in _FIGURES),
        *(one.granted.get(name) for name in benefits),
        *(costs.get(currency) for currency in currencies),
        not_known(one),
    )


def _regions(rolled: RollUp, names: Mapping[str, Text]) -> Table:
    return Table(
        name="regions",
        title=REGION,
        columns=(
            Column(name="region", title=REGION, width=34),
            Column(name="registrations", title=REGISTERED, kind=Kind.INTEGER, width=12, total=True),
            Column(name="people", title=PEOPLE, kind=Kind.INTEGER, width=16, total=True),
            Column(name="confirmed", title=CONFIRMED, kind=Kind.INTEGER, width=12, total=True),
        ),
        rows=tuple(
            (
                PLACE_OPEN if one.region == "unknown" else names.get(one.region, one.region),
                one.registrations,
                one.people,
                one.confirmed,
            )
            for one in rolled.regions
        ),
    )


def _sponsors(rolled: RollUp, names: Mapping[str, Text]) -> Table:
    return Table(
        name="sponsors",
        title=SPONSOR,
        columns=(
            Column(name="sponsor", title=SPONSOR, width=28),
            Column(name="benefit", title=BENEFIT, width=18),
            Column(name="meetings", title=MEETINGS, kind=Kind.INTEGER, width=10),
            Column(name="people", title=COUNT, kind=Kind.INTEGER, width=10),
            Column(name="planned", title=COST, kind=Kind.MONEY, width=18),
            Column(name="ceiling", title=CEILING, kind=Kind.MONEY, width=18),
        ),
        rows=tuple(
            (
                names.get(one.sponsor, one.sponsor) or UNKNOWN,
                BENEFIT_LABELS.get(one.benefit, one.benefit),
                one.meetings,
                one.people,
                one.planned,
                one.ceiling,
            )
            for one in rolled.sponsors
        ),
        landscape=True,
    )


def _groups(name: str, counts: Mapping[str, int], labels: Mapping[str, Text]) -> Table:
    title = TOPIC_LABELS[name]
    return Table(
        name=name,
        title=title,
        columns=(
            Column(name="group", title=title, width=34),
            Column(name="people", title=COUNT, kind=Kind.INTEGER, width=11, total=True),
        ),
        rows=tuple((labels.get(key, key), count) for key, count in counts.items()),
    )
