from types import SimpleNamespace
from typing import Any

import pytest

from eventops import hookimpl
from eventops.domain.rules import Rule, does_not_apply
from eventops.domain.texts import Text
from eventops.errors import NotUsable
from eventops.extension.registry import PluginModule, Registry, registry_of


def a_rule(name: str = "far") -> Rule:
    return Rule(
        name=name, benefit="travel", title=Text(name), check=lambda candidate, facts: does_not_apply(Text("no"))
    )


def giving(hook: str, values: Any) -> Any:
    """An object with one hook that gives these values."""

    def give() -> Any:
        return values() if callable(values) else values

    give.__name__ = hook
    return SimpleNamespace(**{hook: hookimpl(give)})


def plugin(name: str, hook: str = "eventops_rules", values: Any = ()) -> PluginModule:
    return PluginModule(name=name, version="1.0", origin=f"eventops-{name}", module=giving(hook, values))


def names(registry: Registry) -> list[str]:
    return [one.name for one in registry.contributions]


def test_a_value_is_known_by_the_name_of_its_plugin_before_its_own() -> None:
    assert names(registry_of([plugin("b", values=[a_rule()]), plugin("eventops", values=[a_rule()])])) == [
        "b.far",
        "far",
    ]


def test_the_order_of_installation_changes_nothing() -> None:
    plugins = [plugin(name, values=[a_rule("x"), a_rule("a")]) for name in ("c", "a", "b")]
    orders = [registry_of(order).contributions for order in (plugins, plugins[::-1])]
    first, second = ([(one.name, one.plugin, one.version) for one in order] for order in orders)
    assert first == second


def test_a_generator_hook_that_fails_half_way_gives_nothing_and_is_named() -> None:
    def half() -> Any:
        yield a_rule()
        raise OSError("disk")

    registry = registry_of([plugin("bad", values=half), plugin("good", values=[a_rule()])])
    assert (names(registry), registry.broken["bad"].source.hook) == (["good.far"], "eventops_rules")


@pytest.mark.parametrize(
    ("hook", "values"),
    [
        ("eventops_rules", ["far"]),
        ("eventops_rules", [a_rule("Far away")]),
        ("eventops_rules", [a_rule(), a_rule()]),
        ("eventops_rulez", [a_rule()]),
        ("eventops_exports", [a_rule()]),
    ],
)
def test_a_plugin_that_gives_nonsense_is_named_and_the_others_stand(hook: str, values: Any) -> None:
    registry = registry_of([plugin("bad", hook, values), plugin("good", values=[a_rule()])])
    assert (list(registry.broken), names(registry)) == (["bad"], ["good.far"])


def test_of_two_plugins_of_one_name_none_is_used_and_both_are_named() -> None:
    other = PluginModule(name="twin", version="2", origin="other-twin", module=giving("x", ()))
    registry = registry_of([plugin("twin", values=[a_rule()]), other, plugin("good", values=[a_rule()])])
    said = str(registry.broken["twin"].values["why"])
    assert (names(registry), "eventops-twin and other-twin" in said) == (["good.far"], True)


def test_a_short_name_means_the_only_thing_of_that_name() -> None:
    registry = registry_of([plugin("a", values=[a_rule("far")]), plugin("b", values=[a_rule("near")])])
    assert registry.named("eventops_rules", "near", Text("rule")).name == "b.near"


@pytest.mark.parametrize(("name", "expected"), [("far", "a.far, b.far"), ("nearest", "there are a.far, b.far")])
def test_a_name_that_means_several_or_no_thing_lists_what_there_is(name: str, expected: str) -> None:
    registry = registry_of([plugin("a", values=[a_rule()]), plugin("b", values=[a_rule()])])
    with pytest.raises(NotUsable, match=expected):
        registry.named("eventops_rules", name, Text("rule"))
