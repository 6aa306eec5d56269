"""What if: the event with some settings or criteria changed, without touching the stored one."""

from collections.abc import Sequence

import msgspec

from eventops.domain.event import Criterion, Event, SettingValue
from eventops.errors import NotUsable
from eventops.extension.registry import Registry
from eventops.extension.rulebook import checked_setting


def changed_event(event: Event, registry: Registry, assignments: Sequence[str]) -> Event:
    """The event under assignments like `travel_from_km=60`, `casablanca-settat.travel_from_km=40`,
    `far-away.when.distance_km.at_least=80` (a criterion's value), `seats=50`, or `budget.LINE=9000`.

    Errors: NotUsable for a name or a value that does not fit.
    """
    for assignment in assignments:
        name, equals, value = assignment.partition("=")
        if not equals or not name.strip():
            raise NotUsable("“{text}” is not NAME=VALUE, for example travel_from_km=60", text=assignment)
        event = _assigned(event, registry, name.strip(), value.strip())
    return event


def _assigned(event: Event, registry: Registry, name: str, value: str) -> Event:
    if name == "seats":
        seats = _number(name, value)
        return msgspec.structs.replace(event, seats=int(seats))
    settings = {one.name: one.value for one in registry.of("eventops_settings")}
    if name in settings:
        setting = settings[name]
        chosen = checked_setting(setting, name, _typed(setting.default, name, value))
        return msgspec.structs.replace(event, settings={**event.settings, name: chosen})
    head, _, path = name.partition(".")
    for index, criterion in enumerate(event.criteria):
        if criterion.name == head and path:
            changed = _criterion_with(criterion, path.split("."), value)
            criteria = (*event.criteria[:index], changed, *event.criteria[index + 1 :])
            return msgspec.structs.replace(event, criteria=criteria)
    known = [*sorted(settings), "seats", *(f"{one.name}.…" for one in event.criteria)]
    raise NotUsable("There is no setting or criterion {name}; there are {names}", name=name, names=", ".join(known))


def _typed(example: SettingValue, name: str, value: str) -> SettingValue:
    """The words of a command line as a value of the example's type."""
    if isinstance(example, bool):
        if value.lower() in ("true", "yes", "on", "1", "false", "no", "off", "0"):
            return value.lower() in ("true", "yes", "on", "1")
        raise NotUsable("The setting {name} is {value}; yes or no is expected", name=name, value=value)
    if isinstance(example, int):
        return int(_number(name, value))
    if isinstance(example, float):
        return _number(name, value)
    return value


def _number(name: str, value: str) -> float:
    try:
        return float(value)
    except ValueError as error:
        raise NotUsable("{name} is “{value}”; a number is expected", name=name, value=value) from error


def _criterion_with(criterion: Criterion, path: Sequence[str], value: str) -> Criterion:
    """The criterion with one value replaced, checked as if it came from the event file.

    A single bound may be given without its name: `far.distance_km=80` moves the bound that is there.
    """
    document = msgspec.to_builtins(criterion)
    if path[0] not in document and path[0] in document.get("when", {}):
        path = ("when", *path)
    where = document
    for key in path[:-1]:
        where = where.setdefault(key, {})
        if not isinstance(where, dict):
            raise _no_such_value(criterion, path)
    last = path[-1]
    if isinstance(where.get(last), dict) and len(where[last]) == 1:
        where, last = where[last], next(iter(where[last]))
    where[last] = _plain(value)
    try:
        return msgspec.convert(document, Criterion)
    except (msgspec.ValidationError, ValueError) as error:
        raise NotUsable(
            "{name}={value} does not fit the criterion {criterion}: {error}",
            name=".".join(path),
            value=value,
            criterion=criterion.name,
            error=str(error),
        ) from error


def _no_such_value(criterion: Criterion, path: Sequence[str]) -> NotUsable:
    return NotUsable(
        "The criterion {criterion} has no value {name}; see eventops event dump",
        criterion=criterion.name,
        name=".".join(path),
    )


def _plain(value: str) -> object:
    if "," in value:
        return [part.strip() for part in value.split(",")]
    for type_ in (int, float):
        try:
            return type_(value)
        except ValueError:
            continue
    return value
