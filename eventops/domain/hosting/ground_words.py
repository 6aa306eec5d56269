"""Why somebody is in a workshop, and which meals they get: sentences for the person and for those who answer them."""

from collections.abc import Iterator

from eventops.domain.deciding.selections import unreached
from eventops.domain.event import services_of
from eventops.domain.hosting.lodging import with_beds_funded
from eventops.domain.hosting.meals import eats_at
from eventops.domain.hosting.presence import is_there
from eventops.domain.plan import Plan
from eventops.domain.texts import Message, Text

IN_WORKSHOP = Text("workshop {workshop}: {reason}")
IN_GROUP = Text("workshop {workshop}, group {group}: {reason}")
NO_WORKSHOP = Text("no workshop: {reason}")
GETS_MEAL = Text("{meal}, {starts_at}")
AWAY = Text("no {meal}: is not there then")
ELSEWHERE = Text("no {meal}: does not sleep there that night")


def workshops_said(plan: Plan, person: str) -> Iterator[Message]:
    """The workshops of a person, each with its reason."""
    titles = {one.id: one.title for one in plan.event.workshops}
    for one in plan.ground.workshops.seat(person):
        values: dict[str, object] = {"workshop": titles.get(one.workshop, one.workshop), "group": one.group}
        values["reason"] = Message(one.why, one.values)
        if not one.workshop:
            yield Message(NO_WORKSHOP, values)
        else:
            yield Message(IN_WORKSHOP if one.group is None else IN_GROUP, values)


def meals_said(plan: Plan, person: str) -> Iterator[Message]:
    """The services a person with meals gets, and why not the others."""
    mine = {(one.participant_id, one.benefit): one for one in plan.decisions if one.participant_id == person}
    decisions = with_beds_funded(mine, unreached(plan.funding))
    presence = plan.ground.presence.get(person)
    for meal in services_of(plan.event):
        values: dict[str, object] = {"meal": meal.title, "starts_at": meal.starts_at}
        if not eats_at(meal, decisions, person):
            yield Message(ELSEWHERE, values)
        elif meal.served_to != "overnight" and not is_there(presence, meal.starts_at, meal.ends_at):
            yield Message(AWAY, values)
        else:
            yield Message(GETS_MEAL, values)
