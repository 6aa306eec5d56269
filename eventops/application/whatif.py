"""What if: the event with some settings or criteria changed, without touching the stored one."""

from collections.abc import Sequence
from contextlib import suppress
from decimal import Decimal
from math import isfinite

import msgspec

from eventops.application.amounts import money_in
from eventops.application.event_values import TRIED, with_value
from eventops.domain.event import Conditions, Criterion, Event, SettingValue
from eventops.domain.event_checks import problems
from eventops.domain.findings import Finding, Severity
from eventops.domain.money import Money
from eventops.domain.plan import Plan
from eventops.errors import NotUsable
from eventops.extension.registry import Registry
from eventops.extension.rulebook import checked_setting


def changed_event(event: Event, registry: Registry, assignments: Sequence[str]) -> Event:
    """The event under assignments like `travel_from_km=60`, `casablanca-settat.travel_limit_km=40`,
    `far-away.when.distance_km.at_least=80` (a criterion's value), `far-away=off`, `seats=50`, `budget.LINE=9000` or
    `budget.LINE=-33%`, `tariffs.travel=…`, `hotel.night=700`, `rankings.lodging.by=…`.

    Errors: NotUsable for a name or a value that does not fit.
    """
    for assignment in assignments:
        name, equals, value = assignment.partition("=")
        if not equals or not name.strip():
            raise NotUsable("“{text}” is not NAME=VALUE, for example travel_from_km=60", text=assignment)
        event = _assigned(event, registry, name.strip(), value.strip())
    errors = [one for one in problems(event) if one.severity is Severity.ERROR]
    if errors:
        raise NotUsable(errors[0].message.en, **errors[0].values)
    return event


def new_findings(before: Plan, after: Plan) -> tuple[Finding, ...]:
    """What needs a look in the second plan and not in the first: a budget line that no longer holds, for example."""
    return tuple(
        one for one in after.findings if one.severity is not Severity.INFORMATION and one not in before.findings
    )


def _assigned(event: Event, registry: Registry, name: str, value: str) -> Event:
    if name == "seats":
        return msgspec.structs.replace(event, seats=_whole(name, value))
    settings = {one.name: one.value for one in registry.of("eventops_settings")}
    if name in settings:
        setting = settings[name]
        chosen = checked_setting(setting, name, _typed(setting.default, name, value))
        return msgspec.structs.replace(event, settings={**event.settings, name: chosen})
    without = _without_criterion(event, name, value)
    if without is not None:
        return without
    head, _, path = name.partition(".")
    for index, criterion in enumerate(event.criteria):
        if criterion.name == head and path:
            changed = _criterion_with(criterion, path.split("."), value, event.currency)
            criteria = (*event.criteria[:index], changed, *event.criteria[index + 1 :])
            return msgspec.structs.replace(event, criteria=criteria)
    for index, line in enumerate(event.budget):
        if name == f"budget.{line.id}":
            changed_line = msgspec.structs.replace(line, ceiling=_ceiling(name, value, line.ceiling))
            budget = (*event.budget[:index], changed_line, *event.budget[index + 1 :])
            return msgspec.structs.replace(event, budget=budget)
    changed_event = with_value(event, name, value)
    if changed_event is not None:
        return changed_event
    known = [
        *sorted(settings),
        "seats",
        *(f"{one.name}.…" for one in event.criteria),
        *(f"budget.{one.id}" for one in event.budget),
        *(f"{one}.…" for one in TRIED if one not in ("budget", "criteria") and getattr(event, one)),
    ]
    raise NotUsable(
        "There is no setting, criterion or budget line {name}; there are {names}", name=name, names=", ".join(known)
    )


def _without_criterion(event: Event, name: str, value: str) -> Event | None:
    """The event without a criterion, for `NAME=off`; None for anything else."""
    if value.lower() != "off" or all(one.name != name for one in event.criteria):
        return None
    return msgspec.structs.replace(event, criteria=tuple(one for one in event.criteria if one.name != name))


def _ceiling(name: str, value: str, before: Money) -> Money:
    """An amount, or so many per cent more or less than before: -33%. Errors: NotUsable."""
    if not value.endswith("%"):
        return money_in(name, value, before.currency)
    change = _number(name, value.removesuffix("%"))
    if change < -100:
        raise NotUsable("{name} is “{value}”; not more than 100 % can be taken away", name=name, value=value)
    return before.times(1 + Decimal(str(change)) / 100)


def _typed(example: SettingValue, name: str, value: str) -> SettingValue:
    """The words of a command line as a value of the example's type."""
    if isinstance(example, bool):
        if value.lower() in ("true", "yes", "on", "1", "false", "no", "off", "0"):
            return value.lower() in ("true", "yes", "on", "1")
        raise NotUsable("The setting {name} is {value}; yes or no is expected", name=name, value=value)
    if isinstance(example, int):
        return _whole(name, value)
    if isinstance(example, float):
        return _number(name, value)
    return value


def _number(name: str, value: str) -> float:
    try:
        number = float(value)
    except ValueError:
        number = float("nan")
    if not isfinite(number):
        raise NotUsable("{name} is “{value}”; a number is expected", name=name, value=value)
    return number


def _whole(name: str, value: str) -> int:
    number = _number(name, value)
    if not number.is_integer():
        raise NotUsable("{name} is “{value}”; a whole number is expected", name=name, value=value)
    return int(number)


def _criterion_with(criterion: Criterion, path: Sequence[str], value: str, currency: str) -> Criterion:
    """The criterion with one value replaced, checked as if it came from the event file.

    A single bound may be given without its name: `far.distance_km=80` moves the bound that is there.
    """
    if path[0] in Conditions.__struct_fields__:
        path = ("when", *path)
    if path[0] not in Criterion.__struct_fields__:
        raise _no_such_value(criterion, path)
    document = msgspec.to_builtins(criterion)
    where = document
    for key in path[:-1]:
        where = where.setdefault(key, {})
        if not isinstance(where, dict):
            raise _no_such_value(criterion, path)
    last = path[-1]
    if isinstance(where.get(last), dict) and len(where[last]) == 1:
        where, last = where[last], next(iter(where[last]))
    for reading in _readings(".".join(path), value, currency):
        where[last] = reading
        try:
            return msgspec.convert(document, Criterion)
        except (msgspec.ValidationError, ValueError):
            continue
    raise NotUsable(
        "{name}={value} does not fit the criterion {criterion}; eventops event dump shows how its values are written",
        name=".".join(path),
        value=value,
        criterion=criterion.name,
    )


def _no_such_value(criterion: Criterion, path: Sequence[str]) -> NotUsable:
    return NotUsable(
        "The criterion {criterion} has no value {name}; see eventops event dump",
        criterion=criterion.name,
        name=".".join(path),
    )


def _readings(name: str, value: str, currency: str) -> list[object]:
    """What the words of a command line may be: money, a number, yes or no, a text, a list of texts."""
    if name == "ceiling":
        return [msgspec.to_builtins(money_in(name, value, currency))]
    readings: list[object] = []
    with suppress(ValueError):
        number = float(value)
        readings += [number] if isfinite(number) else []
    if readings and number.is_integer():
        readings.insert(0, int(number))
    if value.lower() in ("true", "yes", "false", "no"):
        readings.append(value.lower() in ("true", "yes"))
    # An hour is written as in the event file, or without its seconds.
    return [*readings, value, f"{value}:00", [part.strip() for part in value.split(",")]]
