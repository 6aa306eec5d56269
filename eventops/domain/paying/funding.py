"""Funding as a payer reads it: what falls on them and why, which rules were at work, and criteria in words."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from eventops.domain.deciding.rulings import CORE
from eventops.domain.deciding.selections import unreached
from eventops.domain.event import Bounds, Conditions, Criterion, Event, HourBounds, Meal
from eventops.domain.hosting.meals import ServiceCount
from eventops.domain.money import ExchangeRate, Money, converted, rate_between, total
from eventops.domain.paying.budget import shares_of
from eventops.domain.plan import Plan
from eventops.domain.reporting.labels import GENDER_LABELS, NO, ROLE_LABELS, YES
from eventops.domain.reporting.titles import benefit_titles, category_titles, region_titles
from eventops.domain.rules import Candidate, Decision, Effect, Outcome, Ruling
from eventops.domain.texts import Message, Text


class Paid(Struct, frozen=True, kw_only=True):
    """One granted benefit as far as one payer bears it. Units: `share` in per cent; `amount` None when nothing prices
    it."""

    candidate: Candidate
    decision: Decision
    share: int
    amount: Money | None


class RuleUse(Struct, frozen=True, kw_only=True):
    """A rule or criterion and how often it said what of a benefit; `silent` counts where it did not apply."""

    rule: str
    title: Text
    plugin: str
    version: str
    benefit: str
    granted: int
    excluded: int
    referred: int
    silent: int


def paid_by(plan: Plan, payer: str) -> tuple[Paid, ...]:
    """Every granted benefit this payer bears wholly or in part and has the money for, person by person."""
    people = {candidate.participant.id: candidate for candidate in plan.candidates}
    beyond = unreached(plan.funding)
    result: list[Paid] = []
    for decision in plan.decisions:
        if decision.outcome is not Outcome.GRANTED or decision.grant is None:
            continue
        if (decision.participant_id, decision.benefit) in beyond:
            continue
        share = sum(part.share for part in decision.parts or (decision.grant,) if part.payer == payer)
        if not share:
            continue
        amounts = [money for who, money in shares_of(decision) if who == payer]
        amount = amounts[0] if amounts else None
        for money in amounts[1:]:
            amount = money if amount is None else amount + money
        candidate = people[decision.participant_id]
        result.append(Paid(candidate=candidate, decision=decision, share=share, amount=amount))
    return tuple(result)


def of_people(plan: Plan, paid: Iterable[Paid]) -> tuple[Paid, ...]:
    """What was granted person by person: without benefits that are served to everybody and invoiced by service."""
    served = {benefit.name for benefit in plan.benefits if benefit.unit == "service"}
    return tuple(one for one in paid if one.decision.benefit not in served)


def services_paid_by(plan: Plan, payer: str) -> tuple[tuple[Meal, ServiceCount], ...]:
    """The meal services this payer bears that have a cost, in the order they are served."""
    meals = {meal.id: meal for meal in plan.event.meals}
    return tuple((meals[one.meal_id], one) for one in plan.meals if one.payer == payer and one.cost is not None)


def cost_borne(plan: Plan, payer: str) -> Money:
    """What the plan costs this payer, everything together."""
    return total((use.planned for use in plan.budget if use.sponsor == payer), plan.event.currency)


def rate_used(event: Event, currency: str) -> ExchangeRate | None:
    """The event's latest rate between its own currency and that one; what `exchanged` converts at."""
    return rate_between(event.currency, currency, event.rates)


def exchanged(event: Event, money: Money | None, currency: str) -> Money | None:
    """The money in that currency at the event's latest rate; None without money or without a rate."""
    result = converted(money, currency, event.rates) if money is not None else None
    return result[0] if result is not None else None


def granting_rulings(decision: Decision) -> tuple[Ruling, ...]:
    """The rulings that granted; a person's override alone where there is one."""
    grants = tuple(ruling for ruling in decision.rulings if ruling.verdict.effect is Effect.GRANTS)
    return tuple(ruling for ruling in grants if ruling.plugin == "person") or grants


def shown_rule(ruling: Ruling) -> str:
    """The rule with its plugin's version; only the plugin where the rule's name would tell what is private."""
    name = ruling.plugin if ruling.verdict.sensitive else ruling.rule
    return f"{name} {ruling.version}".strip()


def shown_reasons(decision: Decision) -> Message:
    """Why the benefit was granted, every granting rule's reason once, as the plan given words it."""
    reasons: list[Message] = []
    for ruling in granting_rulings(decision):
        reason = Message(ruling.verdict.reason, ruling.verdict.values)
        if reason not in reasons:
            reasons.append(reason)
    return joined(reasons, " · ")


def telling_refusal(decision: Decision) -> Ruling | None:
    """The verdict that best explains why nothing covers a person: one that missed a limit they can see (a distance,
    an hour, an age), else any that looked at them rather than at where or for whom the rule is meant."""
    silent = [one for one in decision.rulings if one.verdict.effect is Effect.NOT_APPLICABLE]
    measured = [one for one in silent if any(name.startswith("limit") for name in one.verdict.values)]
    looked = [one for one in silent if one.plugin != CORE and "expected" not in one.verdict.values]
    return next(iter((*measured, *looked, *silent)), None)


def joined(parts: Sequence[Text | Message | str], between: str) -> Message:
    """The parts one after the other, each worded in the reader's language."""
    if len(parts) == 1 and isinstance(parts[0], Message):
        return parts[0]
    keys = [f"part{number}" for number in range(len(parts))]
    sentence = between.join(f"{{{key}}}" for key in keys)
    return Message(Text(sentence, fr=sentence, ar=sentence), dict(zip(keys, parts, strict=True)))


def rules_used(plan: Plan) -> tuple[RuleUse, ...]:
    """The rules and criteria that spoke in the plan, by benefit and name, with what they said how often."""
    counts: dict[tuple[str, str, str, str], Counter[Effect]] = {}
    titles: dict[tuple[str, str, str, str], Text] = {}
    for decision in plan.decisions:
        for ruling in decision.rulings:
            key = (decision.benefit, ruling.plugin, ruling.rule, ruling.version)
            counts.setdefault(key, Counter())[ruling.verdict.effect] += 1
            titles.setdefault(key, ruling.title)
    return tuple(
        RuleUse(
            rule=rule,
            title=titles[benefit, plugin, rule, version],
            plugin=plugin,
            version=version,
            benefit=benefit,
            granted=count[Effect.GRANTS],
            excluded=count[Effect.EXCLUDES],
            referred=count[Effect.REFERS],
            silent=count[Effect.NOT_APPLICABLE],
        )
        for (benefit, plugin, rule, version), count in sorted(counts.items())
    )


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
    event = plan.event
    names = {**category_titles(plan), **region_titles(plan), **{one.id: one.name for one in event.associations}}
    for candidate in plan.candidates:
        place = candidate.place
        if place is not None and place.province and place.province_name.en:
            names[place.province] = place.province_name
    return criterion_sentence(criterion, names, benefit_titles(plan).get(criterion.benefit, criterion.benefit))


def criterion_sentence(criterion: Criterion, names: Mapping[str, Text], benefit: Text | str) -> Message:
    """The same of a criterion by itself. `names` titles the ids it speaks of, `benefit` its benefit."""
    values: dict[str, object] = {"benefit": benefit, "conditions": conditions_said(criterion.when, names)}
    return Message(SENTENCES[criterion.effect], values)
