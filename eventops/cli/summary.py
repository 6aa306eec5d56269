"""The plan as a person likes to read it: seats, who is covered, costs per sponsor, meals, what needs attention."""

from collections import Counter
from collections.abc import Iterator

import click

from eventops.builtin.exports.cells import diet_title
from eventops.cli.render import table_lines
from eventops.domain.differences import cost_of, not_funded
from eventops.domain.event import opening
from eventops.domain.findings import Severity, by_town
from eventops.domain.places import PlacementStatus
from eventops.domain.plan import Plan
from eventops.domain.reporting.approval_words import approval_said
from eventops.domain.reporting.labels import EFFECT_LABELS
from eventops.domain.reporting.titles import days_said
from eventops.domain.rules import Effect, Outcome, Seat
from eventops.domain.texts import Text, Wording

MOST_FINDINGS = 8


def summary_lines(plan: Plan, wording: Wording, town: Text) -> Iterator[str]:
    """The whole plan on one screen. `town` is the venue's, in the languages it is known in."""
    yield from _head(plan, wording, town)
    yield from _approval(plan, wording)
    yield from _cover(plan, wording)
    yield from _reasons(plan, wording)
    yield from _money(plan, wording)
    yield from _meals(plan, wording)
    yield from _attention(plan, wording)


def _section(title: str) -> tuple[str, str]:
    return "", click.style(title, bold=True)


def _head(plan: Plan, wording: Wording, town: Text) -> Iterator[str]:
    event = plan.event
    yield click.style(wording.say(event.title), bold=True)
    yield wording.say(
        "{date}, {time}, {venue}, {town}",
        {
            "date": days_said(event),
            "time": opening(event).time(),
            "venue": event.venue.name,
            "town": town,
        },
    )
    waiting = sum(one.seat is Seat.WAITING for one in plan.candidates)
    taken = sum(one.seat in (Seat.CONFIRMED, Seat.OFFERED) for one in plan.candidates)
    seats = "{people} participants, {confirmed} of {seats} seats taken, {waiting} waiting"
    if event.seats is None:
        seats = "{people} participants, no limit of seats"
    yield wording.say(
        seats,
        {
            "people": len(plan.candidates),
            "confirmed": taken,
            "seats": event.seats,
            "waiting": waiting,
        },
    )
    statuses = Counter(one.placement.status for one in plan.candidates)
    yield wording.say(
        "Towns: {matched} matched, {review} to review, {unresolved} unknown",
        {status.value: statuses[status] for status in PlacementStatus},
    )


def _approval(plan: Plan, wording: Wording) -> Iterator[str]:
    """How the plan stands to the newest approval; nothing where nothing was approved."""
    said = approval_said(plan.approval)
    if said is not None:
        yield wording.say(said)
        if plan.approval is not None and not plan.approval.same:
            yield wording.say("eventops plan diff shows what is different.")


def _cover(plan: Plan, wording: Wording) -> Iterator[str]:
    yield from _section(wording.say("Who is covered"))
    ranked = ("Eligible, not funded",) if plan.funding else ()
    words = ("Benefit", "Granted", *ranked, "Excluded", "Referred", "Not covered", "Cost")
    headings = [wording.say(one) for one in words]
    rows = []
    for benefit in plan.benefits:
        outcomes = Counter(one.outcome for one in plan.decisions if one.benefit == benefit.name)
        beyond = len(not_funded(plan, benefit.name))
        rows.append(
            (
                wording.say(benefit.title),
                outcomes[Outcome.GRANTED] - beyond,
                *((beyond,) if ranked else ()),
                *(outcomes[one] for one in (Outcome.EXCLUDED, Outcome.REFERRED, Outcome.NOT_COVERED)),
                wording.value(cost_of(plan, benefit.name)),
            )
        )
    yield from table_lines(headings, rows)


def _reasons(plan: Plan, wording: Wording) -> Iterator[str]:
    """Which rules decided, and for how many people."""
    deciding = {Outcome.GRANTED: Effect.GRANTS, Outcome.EXCLUDED: Effect.EXCLUDES, Outcome.REFERRED: Effect.REFERS}
    counts: Counter[tuple[str, str, str]] = Counter()
    for decision in plan.decisions:
        for ruling in decision.rulings:
            if ruling.verdict.effect is deciding.get(decision.outcome) and decision.benefit != "meals":
                counts[decision.benefit, ruling.verdict.effect.value, f"{ruling.plugin}: {_short(ruling.rule)}"] += 1
    yield from _section(wording.say("By which rule"))
    titles = {benefit.name: wording.say(benefit.title) for benefit in plan.benefits}
    headings = [wording.say(one) for one in ("Benefit", "Rule", "Says", "People")]
    rows = [
        (titles[benefit], rule, wording.say(EFFECT_LABELS[effect]), count)
        for (benefit, effect, rule), count in sorted(counts.items(), key=lambda one: (one[0][0], -one[1], one[0]))
    ]
    yield from table_lines(headings, rows)


def _short(rule: str) -> str:
    return rule.rpartition(".")[2]


def _money(plan: Plan, wording: Wording) -> Iterator[str]:
    yield from _section(wording.say("Costs by sponsor"))
    sponsors = {one.id: wording.say(one.name) for one in plan.event.sponsors}
    sponsors |= {one.id: wording.say(one.name) for one in plan.event.associations}
    titles = {benefit.name: wording.say(benefit.title) for benefit in plan.benefits}
    headings = [wording.say(one) for one in ("Sponsor", "Budget line", "People", "Planned", "Ceiling")]
    rows = [
        (
            sponsors.get(use.sponsor, use.sponsor or "-"),
            f"{titles.get(use.benefit, use.benefit)} ({use.line_id})" if use.line_id else titles.get(use.benefit, ""),
            use.people,
            wording.value(use.planned),
            wording.value(use.ceiling) if use.ceiling is not None else "-",
        )
        for use in plan.budget
    ]
    yield from table_lines(headings, rows)


def _meals(plan: Plan, wording: Wording) -> Iterator[str]:
    if not plan.meals:
        return
    yield from _section(wording.say("Meals"))
    meals = {meal.id: meal for meal in plan.event.meals}
    diets = sorted({diet for count in plan.meals for diet in count.diets})
    diet_titles = [wording.say(diet_title(diet)) for diet in diets]
    headings = [*(wording.say(one) for one in ("Service", "When", "People")), *diet_titles]
    rows = [
        (
            wording.say(meals[count.meal_id].title),
            wording.value(count.starts_at),
            count.count,
            *(count.diets.get(diet, 0) for diet in diets),
        )
        for count in plan.meals
    ]
    yield from table_lines(headings, rows)


def _attention(plan: Plan, wording: Wording) -> Iterator[str]:
    findings = by_town(one for one in plan.findings if one.severity is not Severity.INFORMATION)
    referred = sum(one.outcome is Outcome.REFERRED for one in plan.decisions)
    yield from _section(wording.say("What needs attention"))
    if not findings and not referred:
        yield wording.say("Nothing.")
        return
    for finding in findings[:MOST_FINDINGS]:
        yield "- " + wording.say(finding.message, finding.values)
    if len(findings) > MOST_FINDINGS:
        yield "- " + wording.say("and {count} more", {"count": len(findings) - MOST_FINDINGS})
    if referred:
        yield "- " + wording.say("{count} decisions wait for a person", {"count": referred})
    yield wording.say("eventops todo lists each with the command that settles it.")
