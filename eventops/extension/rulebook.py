"""The rulebook of an event: which benefits, rules, tariffs and settings are in force, and where they come from."""

import re
from collections.abc import Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from math import isfinite

from eventops.domain.deciding.criteria import rule_of
from eventops.domain.deciding.groups import ActiveGroupRule, GroupRule
from eventops.domain.deciding.selections import ActiveSelection
from eventops.domain.event import Event, SettingValue, UsedPlugin
from eventops.domain.reporting.labels import BENEFIT_LABELS
from eventops.domain.rules import ActiveRule, ActiveTariff, Benefit, Rule, Rulebook, Setting
from eventops.domain.texts import Text
from eventops.errors import NotUsable, PluginBroken
from eventops.extension.registry import CORE, Contribution, Registry

DECIDING_HOOKS = (
    "eventops_benefits",
    "eventops_rules",
    "eventops_settings",
    "eventops_tariffs",
    "eventops_selections",
)


HOUR = re.compile("([01]?[0-9]|2[0-3]):[0-5][0-9]")


def rulebook_of(event: Event, registry: Registry) -> Rulebook:
    """What decides for this event. Installing is not activating: only plugins the event names take part.

    Errors: PluginBroken for a plugin that is missing or broken, or benefits that need each other in a ring; NotUsable
    for a rule, tariff, benefit or setting that does not exist.
    """
    used = {one.name: one for one in event.plugins}
    used.setdefault(CORE, UsedPlugin(name=CORE))
    for hook in DECIDING_HOOKS:
        registry.of(hook)
    _require(used, registry)
    settings = settings_of(event, registry)
    rules = [*_plugin_rules(used, registry, settings), *(rule_of(criterion) for criterion in event.criteria)]
    group_rules = _group_rules(used, registry, settings)
    benefits = _ordered(_benefits(used, registry), rules)
    known = {benefit.name for benefit in benefits}
    spoken: list[ActiveRule | ActiveGroupRule] = [*rules, *group_rules]
    for rule in spoken:
        if rule.rule.benefit not in known:
            raise NotUsable(
                "The rule {rule} of {plugin} speaks of the benefit {benefit}, which does not exist; there are {names}",
                rule=rule.name,
                plugin=rule.plugin,
                benefit=rule.rule.benefit,
                names=", ".join(sorted(known)),
            )
    for line in event.budget:
        if line.benefit not in known:
            raise NotUsable(
                "The budget line {line} is for the benefit {benefit}, which does not exist; there are {names}",
                line=line.id,
                benefit=line.benefit,
                names=", ".join(sorted(known)),
            )
    return Rulebook(
        benefits=benefits,
        rules=tuple(sorted(rules, key=lambda one: (one.plugin != "event", one.name))),
        tariffs=_tariffs(event, registry, settings),
        settings={name: one for name, one in settings.items() if "." not in name or name.partition(".")[0] in used},
        group_rules=group_rules,
        selections=_selections(event, registry, settings),
    )


def _benefits(used: Mapping[str, UsedPlugin], registry: Registry) -> list[Benefit]:
    """The benefits of the plugins used. Errors: PluginBroken when two of them declare one of the same name."""
    owners: dict[str, Contribution] = {}
    for one in registry.of("eventops_benefits"):
        if one.plugin not in used:
            continue
        other = owners.setdefault(one.value.name, one)
        if other is not one:
            raise PluginBroken(
                "The benefit {benefit} is declared by {first} and by {second}; use only one of the two",
                benefit=one.value.name,
                first=other.plugin,
                second=one.plugin,
            )
    return [one.value for one in owners.values()]


def _require(used: Mapping[str, UsedPlugin], registry: Registry) -> None:
    present = {one.name for one in registry.plugins}
    for name in used:
        finding = registry.trouble_of(name)
        if finding is not None:
            why = finding.values["why"]
            raise PluginBroken(
                "The event uses the plugin {plugin}, which is broken: {why}; mend it, or take it out of [[plugins]]",
                plugin=name,
                why=why,
            )
        if name not in present:
            raise PluginBroken(
                "The event uses the plugin {plugin}, which is not installed; "
                "run pip install eventops-{plugin}, or take it out of [[plugins]]",
                plugin=name,
            )


def _plugin_rules(
    used: Mapping[str, UsedPlugin], registry: Registry, settings: Mapping[str, SettingValue]
) -> list[ActiveRule]:
    rules: list[ActiveRule] = []
    offered = registry.of("eventops_rules")
    for plugin, use in used.items():
        mine = {one.value.name: one for one in offered if one.plugin == plugin}
        unknown = [name for name in use.rules if name not in mine]
        if unknown:
            raise NotUsable(
                "The plugin {plugin} has no rule {rule}; its rules are {names}",
                plugin=plugin,
                rule=unknown[0],
                names=", ".join(sorted(mine)) or "-",
            )
        seen = _seen_by(plugin, settings)
        chosen = (mine[name] for name in use.rules or sorted(mine))
        rules.extend(_active(one, use, seen) for one in chosen if isinstance(one.value, Rule))
    return rules


def _group_rules(
    used: Mapping[str, UsedPlugin], registry: Registry, settings: Mapping[str, SettingValue]
) -> tuple[ActiveGroupRule, ...]:
    """The rules over groups of the plugins used, by name."""
    found = [
        ActiveGroupRule(
            name=one.name,
            rule=one.value,
            plugin=one.plugin,
            version=one.version,
            regions=used[one.plugin].regions,
            settings=_seen_by(one.plugin, settings),
        )
        for one in registry.of("eventops_rules")
        if isinstance(one.value, GroupRule)
        and one.plugin in used
        and (not used[one.plugin].rules or one.value.name in used[one.plugin].rules)
    ]
    return tuple(sorted(found, key=lambda one: one.name))


def _selections(event: Event, registry: Registry, settings: Mapping[str, SettingValue]) -> dict[str, ActiveSelection]:
    """The selection of each benefit that names one. Errors: NotUsable for one that does not exist or is of another."""
    found: dict[str, ActiveSelection] = {}
    for benefit, name in event.selections.items():
        one = registry.named("eventops_selections", name, Text("selection"))
        if one.value.benefit and one.value.benefit != benefit:
            raise NotUsable(
                "The selection {selection} is for {meant}, [selections] names it for {benefit}; name another one there",
                selection=name,
                meant=one.value.benefit,
                benefit=benefit,
            )
        found[benefit] = ActiveSelection(
            name=one.name if one.plugin != CORE else f"{CORE}.{one.name}",
            selection=one.value,
            plugin=one.plugin,
            version=one.version,
            settings=_seen_by(one.plugin, settings),
        )
    return found


def _active(contribution: Contribution, use: UsedPlugin, settings: Mapping[str, SettingValue]) -> ActiveRule:
    rule: Rule = contribution.value
    return ActiveRule(
        name=contribution.name if contribution.plugin != CORE else f"{CORE}.{contribution.name}",
        rule=rule,
        plugin=contribution.plugin,
        version=contribution.version,
        regions=use.regions,
        settings=settings,
    )


def _tariffs(event: Event, registry: Registry, settings: Mapping[str, SettingValue]) -> dict[str, ActiveTariff]:
    tariffs: dict[str, ActiveTariff] = {}
    for benefit, name in event.tariffs.items():
        one = registry.named("eventops_tariffs", name, Text("tariff"))
        if one.value.benefit != benefit:
            raise NotUsable(
                "The tariff {tariff} prices {priced}, [tariffs] names it for {benefit}; name another one there",
                tariff=name,
                priced=one.value.benefit,
                benefit=benefit,
            )
        tariffs[benefit] = ActiveTariff(
            name=one.name if one.plugin != CORE else f"{CORE}.{one.name}",
            tariff=one.value,
            plugin=one.plugin,
            version=one.version,
            settings=_seen_by(one.plugin, settings),
        )
    return tariffs


def settings_of(event: Event, registry: Registry) -> dict[str, SettingValue]:
    """Every setting by qualified name: the event's value, else the default.

    Errors: NotUsable for a setting nobody declares, or a value of another type.
    """
    declared: dict[str, Setting] = {one.name: one.value for one in registry.of("eventops_settings")}
    for name, value in event.settings.items():
        if name not in declared:
            raise NotUsable(
                "There is no setting {name}; there are {names}", name=name, names=", ".join(sorted(declared))
            )
        checked_setting(declared[name], name, value)
    return {name: event.settings.get(name, setting.default) for name, setting in sorted(declared.items())}


def checked_setting(setting: Setting, name: str, value: SettingValue) -> SettingValue:
    """The value, when it is of the setting's type: a finite number, an hour like 06:00 for the unit h.

    Errors: NotUsable.
    """
    wanted = type(setting.default)
    fits = isinstance(value, wanted) and isinstance(value, bool) is isinstance(setting.default, bool)
    if wanted is float and isinstance(value, int | float) and not isinstance(value, bool):
        fits = isfinite(value)
    if fits and setting.unit == "h" and isinstance(value, str):
        fits = HOUR.fullmatch(value) is not None
    if not fits:
        raise NotUsable(
            "The setting {name} is {value}; a value like {example} is expected",
            name=name,
            value=repr(value),
            example=repr(setting.default),
        )
    return value


def _seen_by(plugin: str, settings: Mapping[str, SettingValue]) -> dict[str, SettingValue]:
    """The settings a plugin sees: the core's by name, its own by short name."""
    prefix = f"{plugin}."
    core = {name: value for name, value in settings.items() if "." not in name}
    own = {name.removeprefix(prefix): value for name, value in settings.items() if name.startswith(prefix)}
    return core | own


def _ordered(benefits: Sequence[Benefit], rules: Sequence[ActiveRule]) -> tuple[Benefit, ...]:
    """The benefits so that each comes after those its rules need; otherwise travel, lodging, meals, then by name.

    Errors: PluginBroken for a ring, naming the rules that make it.
    """
    by_name = {benefit.name: benefit for benefit in benefits}
    needs: dict[str, set[str]] = {name: set() for name in by_name}
    for rule in rules:
        needs.setdefault(rule.rule.benefit, set()).update(rule.rule.needs)
    try:
        sorter = TopologicalSorter(needs)
        sorter.prepare()
    except CycleError as error:
        ring = set(error.args[1])
        owners = sorted({one.name for one in rules if one.rule.benefit in ring and set(one.rule.needs) & ring})
        raise PluginBroken(
            "The rules {rules} need each other's benefits in a ring; one of them must not",
            rules=", ".join(owners),
        ) from error
    order: list[str] = []
    while sorter.is_active():
        ready = sorted(sorter.get_ready(), key=_usual_place)
        order.extend(ready)
        sorter.done(*ready)
    return tuple(by_name[name] for name in order if name in by_name)


def _usual_place(benefit: str) -> tuple[int, str]:
    """Travel, lodging and meals are decided and shown in this order, the others behind them."""
    usual = tuple(BENEFIT_LABELS)
    return (usual.index(benefit) if benefit in usual else len(usual)), benefit
