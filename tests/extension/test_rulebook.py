from types import SimpleNamespace
from typing import Any

import pytest

from eventops import hookimpl
from eventops.builtin import rules as core
from eventops.domain.event import Criterion, Event, UsedPlugin
from eventops.domain.rules import Benefit, Rule, Setting, does_not_apply
from eventops.domain.texts import Text
from eventops.errors import EventopsError, NotUsable, PluginBroken
from eventops.extension.registry import PluginModule, Registry, registry_of
from eventops.extension.rulebook import rulebook_of
from eventops.testing.builders import an_event


def module(**hooks: Any) -> Any:
    given = {f"eventops_{name}": hookimpl(lambda values=values: values) for name, values in hooks.items()}
    for name, hook in given.items():
        hook.__name__ = name
    return SimpleNamespace(**given)


def a_rule(name: str, benefit: str = "travel", needs: tuple[str, ...] = ()) -> Rule:
    return Rule(
        name=name,
        benefit=benefit,
        title=Text(name),
        check=lambda candidate, facts: does_not_apply(Text("no")),
        needs=needs,
    )


CORE = PluginModule(
    name="eventops",
    version="1",
    origin="eventops",
    module=module(
        benefits=(core.TRAVEL, core.LODGING, core.MEALS),
        rules=core.RULES,
        settings=core.SETTINGS,
        tariffs=core.TARIFFS,
    ),
)
NORTH = PluginModule(
    name="north",
    version="3",
    origin="eventops-north",
    module=module(
        rules=(a_rule("far"), a_rule("near")), settings=(Setting(name="limit_km", default=40.0, help=Text("Limit")),)
    ),
)


def registry(*more: PluginModule) -> Registry:
    return registry_of([CORE, NORTH, *more])


def event(**fields: Any) -> Event:
    return an_event(plugins=(UsedPlugin(name="eventops", rules=("meals-for-all",)),), **fields)


def rule_names(one: Event, *more: PluginModule) -> list[str]:
    return [rule.name for rule in rulebook_of(one, registry(*more)).rules]


def test_installing_a_plugin_does_not_activate_it() -> None:
    assert rule_names(event()) == ["eventops.meals-for-all"]


def test_an_event_uses_the_rules_it_names_for_the_regions_it_names() -> None:
    used = an_event(
        plugins=(
            UsedPlugin(name="eventops", rules=("meals-for-all",)),
            UsedPlugin(name="north", rules=("far",), regions=("MA-01",)),
        ),
        criteria=(Criterion(name="own", benefit="travel", reason=Text("own")),),
    )
    book = rulebook_of(used, registry())
    assert [(one.name, one.plugin, one.version, one.regions) for one in book.rules] == [
        ("own", "event", "", ()),
        ("eventops.meals-for-all", "eventops", "1", ()),
        ("north.far", "north", "3", ("MA-01",)),
    ]


def test_a_rule_sees_its_own_settings_by_their_short_names_as_the_event_tuned_them() -> None:
    used = an_event(plugins=(UsedPlugin(name="north"),), settings={"north.limit_km": 25})
    book = rulebook_of(used, registry())
    north = next(one for one in book.rules if one.plugin == "north")
    assert (north.settings["limit_km"], north.settings["travel_from_km"], "limit_km" in book.settings) == (
        25,
        50.0,
        False,
    )


def test_a_benefit_is_decided_after_those_its_rules_need() -> None:
    childcare = PluginModule(
        name="care",
        version="1",
        origin="eventops-care",
        module=module(
            benefits=(Benefit(name="childcare", title=Text("Childcare"), unit="day"),),
            rules=(a_rule("bed-needs-care", "lodging", needs=("childcare",)),),
        ),
    )
    book = rulebook_of(an_event(plugins=(UsedPlugin(name="care"),)), registry(childcare))
    order = [one.name for one in book.benefits]
    assert order.index("childcare") < order.index("lodging")


def ring() -> PluginModule:
    rules = (a_rule("one", "travel", needs=("lodging",)), a_rule("two", "lodging", needs=("travel",)))
    return PluginModule(name="ring", version="1", origin="eventops-ring", module=module(rules=rules))


@pytest.mark.parametrize(
    ("fields", "error", "said"),
    [
        ({"plugins": (UsedPlugin(name="south"),)}, PluginBroken, "south, which is not installed"),
        ({"plugins": (UsedPlugin(name="north", rules=("fär",)),)}, NotUsable, "no rule fär; its rules are far, near"),
        ({"settings": {"limit": 3}}, NotUsable, "no setting limit"),
        ({"settings": {"travel_from_km": "far"}}, NotUsable, "a value like 50.0"),
        ({"settings": {"travel_from_km": True}}, NotUsable, "a value like 50.0"),
        ({"tariffs": {"travel": "train"}}, NotUsable, "no tariff train"),
        ({"tariffs": {"travel": "eventops.hotel-night"}}, NotUsable, "prices lodging"),
        ({"criteria": (Criterion(name="c", benefit="tea", reason=Text("t")),)}, NotUsable, "benefit tea"),
        ({"plugins": (UsedPlugin(name="ring"),)}, PluginBroken, "ring.one, ring.two"),
    ],
)
def test_what_does_not_exist_is_named_with_what_does(
    fields: dict[str, Any], error: type[EventopsError], said: str
) -> None:
    with pytest.raises(error, match=said):
        rulebook_of(an_event(**fields), registry(ring()))
