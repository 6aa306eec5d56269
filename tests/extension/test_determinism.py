"""The order in which plugins were installed, and in which they declare things, changes nothing."""

from random import Random
from types import SimpleNamespace
from typing import Any

import msgspec

from eventops import (
    Benefit,
    Effect,
    GroupRule,
    Ranked,
    Rule,
    Scope,
    Selection,
    Setting,
    Tariff,
    Text,
    does_not_apply,
    excludes,
    grants,
    hookimpl,
    refers,
)
from eventops.builtin import plugin as core
from eventops.domain.event import Event, UsedPlugin
from eventops.domain.plan import plan_of
from eventops.extension.registry import PluginModule, registry_of
from eventops.extension.rulebook import rulebook_of
from eventops.testing import an_event, twelve_candidates

NAMES = ("alpha", "beta", "gamma", "delta", "epsilon", "zeta")
SAID = Text("{plugin} says so")


def a_plugin(name: str, number: int) -> dict[str, tuple[Any, ...]]:
    """Rules that grant, exclude and refer, for everybody and for regions, a group rule, a selection and a setting."""
    effects = (grants, excludes, refers, does_not_apply)

    def check(candidate: Any, facts: Any) -> Any:
        said = effects[(number + len(candidate.participant.name)) % 4]
        return (
            said(SAID, plugin=name) if (candidate.distance_km or 0) > 10 * number else does_not_apply(SAID, plugin=name)
        )

    def fails(candidate: Any, facts: Any) -> Any:
        raise OSError(name)

    def choose(contenders: Any, ceiling: Any, facts: Any) -> Any:
        return [Ranked(participant_id=one.candidate.participant.id, reason=SAID, values={}) for one in contenders]

    scope = Scope(regions=("MA-01", "MA-06"))
    return {
        "eventops_rules": (
            Rule(name="one", benefit="travel", title=Text(name), check=check),
            Rule(name="two", benefit="lodging", title=Text(name), check=check, scope=scope, needs=("travel",)),
            Rule(name="bad", benefit="meals", title=Text(name), check=fails, may=(Effect.GRANTS,)),
            GroupRule(
                name="group",
                benefit="travel",
                title=Text(name),
                group=lambda candidate, facts: candidate.participant.association,
                check=lambda group, facts: grants(SAID, plugin=name),
            ),
        ),
        "eventops_settings": (Setting(name="limit", default=number, help=Text(name)),),
        "eventops_benefits": (Benefit(name=f"{name}-day", title=Text(name), unit="day"),),
        "eventops_selections": (Selection(name="order", benefit="travel", title=Text(name), choose=choose),),
        "eventops_tariffs": (
            Tariff(name="day", benefit=f"{name}-day", title=Text(name), price=lambda unit, candidate, facts: ()),
        ),
    }


def module_of(values: dict[str, tuple[Any, ...]], random: Random) -> Any:
    """The plugin, declaring its values in a random order."""
    hooks: dict[str, Any] = {}
    for hook, given in random.sample(sorted(values.items()), len(values)):
        shuffled = tuple(random.sample(given, len(given)))

        def give(values: Any = shuffled) -> Any:
            return values

        give.__name__ = hook
        hooks[hook] = hookimpl(lambda give=give: give())
        hooks[hook].__name__ = hook
    return SimpleNamespace(**hooks)


def plan_in_order(random: Random) -> bytes:
    """The plan as JSON with the plugins installed, named and declaring in a random order."""
    modules = [
        PluginModule(name=name, version="1", origin=name, module=module_of(a_plugin(name, number), random))
        for number, name in enumerate(NAMES)
    ]
    modules.append(PluginModule(name="eventops", version="1", origin="eventops", module=core))
    registry = registry_of(random.sample(modules, len(modules)))
    used = [UsedPlugin(name=name) for name in (*NAMES, "eventops")]
    event: Event = an_event(
        plugins=tuple(random.sample(used, len(used))),
        tariffs={"travel": "kilometre-rate", "lodging": "hotel-night"},
        selections={"travel": "gamma.order"},
    )
    people = twelve_candidates()
    plan = plan_of(
        event,
        [one.participant for one in people],
        {one.participant.id: one.placement for one in people},
        rulebook_of(event, registry),
        (),
        lambda a, b: abs(a.lat - b.lat) * 111.2,
    )
    # The event itself holds the order in which it names its plugins.
    kept = msgspec.structs.replace(plan, event=msgspec.structs.replace(plan.event, plugins=()))
    return msgspec.json.encode((kept, registry.guard.findings), enc_hook=str)


def test_a_hundred_orders_of_installation_give_one_plan() -> None:
    random = Random(20231014)
    plans = {plan_in_order(random) for _ in range(100)}
    (plan,) = plans
    assert all(f'"{name}.one"'.encode() in plan for name in NAMES)


def test_two_regional_rules_that_contradict_are_named_and_a_person_decides() -> None:
    plan = msgspec.json.decode(plan_in_order(Random(1)))[0]
    conflicts = {
        (ruling["verdict"]["values"]["first"], ruling["verdict"]["values"]["second"])
        for decision in plan["decisions"]
        for ruling in decision["rulings"]
        if ruling["rule"] == "conflict"
    }
    referred = {
        decision["outcome"]
        for decision in plan["decisions"]
        if any(ruling["rule"] == "conflict" for ruling in decision["rulings"])
    }
    assert (bool(conflicts), referred) == (True, {"referred"})
