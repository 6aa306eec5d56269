"""Funding as a payer reads it: what falls on them and why, and which rules were at work."""

from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec import Struct

from eventops.domain.deciding.rulings import CORE
from eventops.domain.deciding.selections import unreached
from eventops.domain.event import Event, Meal
from eventops.domain.hosting.meals import ServiceCount
from eventops.domain.money import ExchangeRate, Money, converted, rate_between, total
from eventops.domain.paying.budget import shares_of
from eventops.domain.plan import Plan
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
