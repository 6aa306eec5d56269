"""Exporting: a plan as an audience may see it, composed, worded in one language, and written in one format."""

from collections.abc import Mapping

from msgspec import Struct

from eventops.domain.audiences import plan_for
from eventops.domain.event import Event
from eventops.domain.plan import Plan
from eventops.domain.reports import Options, Report, Writer, localised
from eventops.domain.texts import Wording
from eventops.errors import EventopsError, NotUsable, PluginBroken
from eventops.extension.registry import CORE, Contribution, Registry


class Exported(Struct, frozen=True, kw_only=True):
    """The bytes of a file and what it should be called."""

    name: str
    suffix: str
    data: bytes


def formats_of(export: Contribution, registry: Registry) -> tuple[str, ...]:
    """The formats an export can be written in: its own list, else its own writers' and every other's."""
    every = (*export.value.writers, *(one.value for one in registry.of("eventops_writers")))
    return export.value.formats or tuple(dict.fromkeys(one.name for one in every))


def exported(
    plan: Plan, registry: Registry, name: str, options: Options, format_name: str, wordings: Mapping[str, Wording]
) -> Exported:
    """One export in one language and format.

    Errors: NotUsable for a name or format that does not exist; PluginBroken when the plugin's compose fails.
    """
    export = registry.named("eventops_exports", name, "export")
    _require_known(plan.event, options.for_id)
    formats = formats_of(export, registry)
    if format_name not in formats:
        raise NotUsable(
            "The export {name} is not written as {format}; it is written as {formats}",
            name=export.name,
            format=format_name,
            formats=", ".join(formats),
        )
    own = [one for one in export.value.writers if one.name == format_name]
    writer: Writer = own[0] if own else registry.named("eventops_writers", format_name, "format").value
    report = composed(plan, export, options)
    data = writer.render(localised(report, wordings[options.language], wordings))
    return Exported(name=export.name, suffix=writer.suffix, data=data)


def _require_known(event: Event, id: str) -> None:
    """Errors: NotUsable when the event has nobody and nothing of that id to write a file for."""
    parts = (event.sponsors, event.associations, event.meals, event.agenda, event.workshops)
    known = [one.id for part in parts for one in part]
    if id and id not in known:
        raise NotUsable("The event has no “{id}” to write for; there are {names}", id=id, names=", ".join(known) or "-")


def composed(plan: Plan, export: Contribution, options: Options) -> Report:
    """The report of the plan as the export's audience may see it.

    Errors: PluginBroken, naming the plugin and the hook.
    """
    seen = plan_for(plan, export.value.audience, export.value.sponsor or options.for_id)
    try:
        report = export.value.compose(seen, options)
    except EventopsError:
        raise
    except Exception as error:  # a plugin's code: whatever it raises is its own, and is reported with its name
        if export.plugin == CORE:
            raise  # the core's own fault is a bug and shows where
        raise PluginBroken(
            "The export {name} of the plugin {plugin} failed ({error}); nothing was written",
            name=export.name,
            plugin=export.plugin,
            error=repr(error),
        ) from error
    if not isinstance(report, Report):
        raise PluginBroken(
            "The export {name} of the plugin {plugin} gave {seen}; a Report is expected",
            name=export.name,
            plugin=export.plugin,
            seen=type(report).__name__,
        )
    return report
