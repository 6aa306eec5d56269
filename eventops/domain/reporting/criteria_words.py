"""Criteria in words: what grants, excludes or refers, under which conditions, as one sentence in every language."""

from collections.abc import Iterable, Mapping

from eventops.domain.event import Bounds, Conditions, Criterion, HourBounds
from eventops.domain.plan import Plan
from eventops.domain.reporting.labels import GENDER_LABELS, NO, ROLE_LABELS, YES
from eventops.domain.reporting.titles import benefit_titles, category_titles, region_titles
from eventops.domain.texts import Message, Text

SENTENCES: Mapping[str, Text] = {
    "grants": Text(
        "{benefit} is granted when {conditions}",
        fr="{benefit} : prise en charge accordée lorsque {conditions}",
        ar="{benefit}: يُمنح التكفل عندما {conditions}",
    ),
    "excludes": Text(
        "{benefit} is excluded when {conditions}",
        fr="{benefit} : prise en charge exclue lorsque {conditions}",
        ar="{benefit}: يُستبعد التكفل عندما {conditions}",
    ),
    "refers": Text(
        "{benefit} is settled by a person when {conditions}",
        fr="{benefit} : une personne tranche lorsque {conditions}",
        ar="{benefit}: يُحال القرار إلى شخص عندما {conditions}",
    ),
}
EVERYBODY = Text("a person takes part", fr="une personne participe", ar="يشارك الشخص")
STRAIGHT_LINE = Text("the straight line to the venue", fr="la distance à vol d’oiseau", ar="تكون المسافة المستقيمة")
ROAD = Text("the road to the venue (estimate)", fr="la distance routière estimée", ar="تكون المسافة الطرقية المقدرة")
AGE = Text("the age", fr="l’âge", ar="يكون السن")
LEAVING = Text("the hour of leaving home", fr="l’heure de départ du domicile", ar="تكون ساعة مغادرة البيت")
RETURNING = Text("the hour of being home again", fr="l’heure de retour au domicile", ar="تكون ساعة الرجوع إلى البيت")
AND = Text("{first} and {second}", fr="{first} et {second}", ar="{first} و{second}")
BOUNDS: Mapping[str, Text] = {
    "at_least": Text(
        "{what} is at least {limit} {unit}",
        fr="{what} est d’au moins {limit} {unit}",
        ar="{what} {limit} {unit} على الأقل",
    ),
    "over": Text(
        "{what} is over {limit} {unit}", fr="{what} dépasse {limit} {unit}", ar="{what} أكثر من {limit} {unit}"
    ),
    "under": Text(
        "{what} is under {limit} {unit}", fr="{what} est inférieur à {limit} {unit}", ar="{what} أقل من {limit} {unit}"
    ),
    "at_most": Text(
        "{what} is at most {limit} {unit}",
        fr="{what} est d’au plus {limit} {unit}",
        ar="{what} {limit} {unit} على الأكثر",
    ),
    "before": Text("{what} is before {limit}", fr="{what} précède {limit}", ar="{what} قبل {limit}"),
    "after": Text("{what} is after {limit}", fr="{what} suit {limit}", ar="{what} بعد {limit}"),
}
KM = Text("km", fr="km", ar="كلم")
YEARS = Text("years", fr="ans", ar="سنة")
ONE_OF: Mapping[str, Text] = {
    "region": Text("the region is {values}", fr="la région est {values}", ar="تكون الجهة {values}"),
    "not_region": Text("the region is not {values}", fr="la région n’est pas {values}", ar="لا تكون الجهة {values}"),
    "province": Text("the province is {values}", fr="la province est {values}", ar="يكون الإقليم {values}"),
    "country": Text("the country is {values}", fr="le pays est {values}", ar="يكون البلد {values}"),
    "category": Text("the category is {values}", fr="la qualité est {values}", ar="تكون الصفة {values}"),
    "not_category": Text(
        "the category is not {values}", fr="la qualité n’est pas {values}", ar="لا تكون الصفة {values}"
    ),
    "role": Text("the role is {values}", fr="le rôle est {values}", ar="يكون الدور {values}"),
    "gender": Text("the gender is {values}", fr="le sexe est {values}", ar="يكون الجنس {values}"),
    "association": Text(
        "the mobilising association is {values}",
        fr="l’association mobilisatrice est {values}",
        ar="تكون الجمعية المعبئة {values}",
    ),
    "inclusion": Text("inclusion notes {values}", fr="l’inclusion mentionne {values}", ar="يتضمن الإدماج {values}"),
}
URBAN = Text("the commune is urban", fr="la commune est urbaine", ar="تكون الجماعة حضرية")
RURAL = Text("the commune is rural", fr="la commune est rurale", ar="تكون الجماعة قروية")
SEATED = Text("the person has a seat", fr="la personne a une place", ar="يكون للشخص مقعد")
WAITING = Text(
    "the person waits for a seat", fr="la personne est en liste d’attente", ar="يكون الشخص في لائحة الانتظار"
)
SETTLED = Text("the town is settled", fr="la localité est établie", ar="تكون الجماعة محددة")
UNSETTLED = Text("the town is not settled", fr="la localité n’est pas établie", ar="تكون الجماعة غير محددة")
ANSWERED = Text(
    "the answer to {question} is {answer}",
    fr="la réponse à {question} est {answer}",
    ar="يكون الجواب على {question} هو {answer}",
)


def _bounds_said(what: Text, bounds: Bounds | HourBounds | None, unit: Text | str = "") -> Iterable[Message]:
    """A message for each end that is bounded."""
    for name, sentence in BOUNDS.items():
        limit = getattr(bounds, name, None)
        if limit is not None:
            yield Message(sentence, {"what": what, "limit": limit, "unit": unit})


def conditions_said(when: Conditions, names: Mapping[str, Text]) -> Message:
    """All conditions of a criterion in one sentence. `names` titles region, province, category and association ids."""
    known = {**ROLE_LABELS, **GENDER_LABELS, **names}
    parts: list[Message] = [
        *_bounds_said(STRAIGHT_LINE, when.distance_km, KM),
        *_bounds_said(ROAD, when.road_km, KM),
        *_bounds_said(AGE, when.age, YEARS),
        *_bounds_said(LEAVING, when.departure),
        *_bounds_said(RETURNING, when.homecoming),
    ]
    for field, sentence in ONE_OF.items():
        values = getattr(when, field)
        if values:
            parts.append(Message(sentence, {"values": tuple(known.get(one, one) for one in values)}))
    if when.urban is not None:
        parts.append(Message(URBAN if when.urban else RURAL))
    if when.settled is not None:
        parts.append(Message(SETTLED if when.settled else UNSETTLED))
    if when.seat:
        parts.append(Message(WAITING if when.seat == "waiting" else SEATED))
    for question, answer in when.fields.items():
        shown = (YES if answer else NO) if isinstance(answer, bool) else answer
        parts.append(Message(ANSWERED, {"question": known.get(question, question), "answer": shown}))
    if not parts:
        return Message(EVERYBODY)
    said = parts[0]
    for part in parts[1:]:
        said = Message(AND, {"first": said, "second": part})
    return said


def criterion_said(criterion: Criterion, plan: Plan) -> Message:
    """A criterion as a sentence: the benefit, what it does, and all its conditions."""
    benefit = benefit_titles(plan).get(criterion.benefit, criterion.benefit)
    return criterion_sentence(criterion, names_in(plan), benefit)


def names_in(plan: Plan) -> dict[str, Text]:
    """What the ids are called that conditions speak of."""
    associations = {one.id: one.name for one in plan.event.associations}
    names = {**category_titles(plan), **region_titles(plan), **associations}
    for candidate in plan.candidates:
        place = candidate.place
        if place is not None and place.province and place.province_name.en:
            names[place.province] = place.province_name
    return names


def criterion_sentence(criterion: Criterion, names: Mapping[str, Text], benefit: Text | str) -> Message:
    """The same of a criterion by itself. `names` titles the ids it speaks of, `benefit` its benefit."""
    values: dict[str, object] = {"benefit": benefit, "conditions": conditions_said(criterion.when, names)}
    return Message(SENTENCES[criterion.effect], values)
