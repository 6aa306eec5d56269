"""Exporting: a plan as an audience may see it, composed, worded in one language, and written in one format."""

from collections.abc import Mapping

import msgspec
from msgspec import Struct

from eventops.application.placing import gazetteers_of
from eventops.domain.enrolling.inclusion import with_included
from eventops.domain.event import Event
from eventops.domain.keeping.history import HistoryMark
from eventops.domain.plan import Plan
from eventops.domain.reporting.approval_words import with_approval
from eventops.domain.reporting.audiences import people_of, plan_for
from eventops.domain.reporting.hxl import tagged
from eventops.domain.reporting.latin_names import latin_name
from eventops.domain.reporting.opening import checked_inclusion, opened_to
from eventops.domain.reporting.people_named import people_named, signs_of_people
from eventops.domain.reporting.pseudonyms import pseudonyms
from eventops.domain.reporting.reports import Audience, Options, Report, Rows, Writer, localised
from eventops.domain.reporting.side_by_side import side_by_side
from eventops.domain.texts import Text, Wording
from eventops.errors import EventopsError, NotUsable, PluginBroken
from eventops.extension.registry import CORE, Contribution, Registry


class Exported(Struct, frozen=True, kw_only=True):
    """The bytes of a file, what it should be called, who may read it, the tables its format has no room for, and the
    ids of whom it tells (None where that cannot be said)."""

    name: str
    suffix: str
    data: bytes
    audience: Audience
    sponsor: str = ""
    left_out: tuple[str, ...] = ()
    people: tuple[str, ...] | None = None


class Manner(Struct, frozen=True, kw_only=True):
    """How a file is made, beside what is in it: the languages that stand side by side (one language when none are
    named), HXL tags, the picture of its header, the secret of its pseudonyms, a writer instead of the format's, and the
    entry of the history it is made after."""

    side_by_side: tuple[str, ...] = ()
    hxl: bool = False
    logo: bytes = b""
    secret: bytes = b""
    writer: Writer | None = None
    history: HistoryMark | None = None


PLAIN = Manner()


def formats_of(export: Contribution, registry: Registry) -> tuple[str, ...]:
    """The formats an export can be written in: its own list, else its own writers' and every other's."""
    every = (*export.value.writers, *(one.value for one in registry.of("eventops_writers")))
    return export.value.formats or tuple(dict.fromkeys(one.name for one in every))


def exported(
    plan: Plan,
    registry: Registry,
    name: str,
    options: Options,
    format_name: str,
    wordings: Mapping[str, Wording],
    manner: Manner = PLAIN,
) -> Exported:
    """One export in one language, or in several side by side, and one format.

    Errors: NotUsable for a name or format that does not exist, or a fact that may not be included; PluginBroken when
    the plugin's compose fails.
    """
    export = registry.named("eventops_exports", name, Text("export"))
    _require_known(plan.event, export.value.audience, options.for_id)
    writer = manner.writer or writer_of(export, registry, format_name)
    report = composed(plan, export, options, registry, manner.secret)
    report = msgspec.structs.replace(report, logo=manner.logo, history=manner.history)
    if manner.hxl and not report.for_a_program:
        report = tagged(report)
    if manner.side_by_side:
        worded = side_by_side(report, [wordings[language] for language in manner.side_by_side], wordings)
    else:
        worded = localised(report, wordings[options.language], wordings)
    left_out = writer.leaves_out(worded) if writer.leaves_out is not None else ()
    data = writer.render(worded)
    return Exported(
        name=export.name,
        suffix=writer.suffix,
        data=data,
        audience=export.value.audience,
        sponsor=export.value.sponsor,
        left_out=left_out,
        people=_people_in(worded, plan, export, options, manner.secret),
    )


def _people_in(
    worded: Report, plan: Plan, export: Contribution, options: Options, secret: bytes
) -> tuple[str, ...] | None:
    """The ids of the people a file tells of. None where people are lines without a name, and for very long tables,
    whose rows are made only while they are written."""
    audience = export.value.audience
    if audience is Audience.CATERER or any(isinstance(table.rows, Rows) for table in worded.tables):
        return None
    people = people_of(plan)
    also: dict[str, list[str]] = {one.id: [] for one in people}
    if audience is Audience.SPONSOR:
        names = pseudonyms(plan.event.id, export.value.sponsor or options.for_id, list(also), secret)
        for id, name in names.items():
            also[id].append(name)
    if audience is Audience.HOTEL:
        from anyascii import anyascii  # reads its tables from disk, for names in rare scripts only

        for one in people:
            also[one.id].append(latin_name(one.name, anyascii))
    return people_named(worded, signs_of_people(people, also))


def _require_known(event: Event, audience: Audience, id: str) -> None:
    """Errors: NotUsable when the event has nobody and nothing of that id to write a file of this audience for."""
    known = _ids_of(event, audience)
    if id and id not in known:
        raise NotUsable("The event has no “{id}” to write for; there are {names}", id=id, names=", ".join(known) or "-")


def _ids_of(event: Event, audience: Audience) -> list[str]:
    """What a file of this audience may be for alone; any party and part where the audience says nothing of it."""
    sponsors = [one.id for one in event.sponsors]
    meals = [one.id for one in event.meals]
    sessions = [*(one.id for one in event.agenda), *(one.id for one in event.workshops)]
    hotels = [one.id for one in event.hotels]
    vehicles = [one.id for one in event.vehicles]
    match audience:
        case Audience.SPONSOR:
            return sponsors
        case Audience.CATERER:
            return meals
        case Audience.DOOR:
            return sessions
        case Audience.HOTEL:
            return hotels
        case Audience.DRIVER:
            return vehicles
        case Audience.ASSOCIATION | Audience.PUBLIC:
            return [*sponsors, *(one.id for one in event.associations), *meals, *sessions, *hotels, *vehicles]


def writer_of(export: Contribution, registry: Registry, format_name: str) -> Writer:
    """What writes that export in that format. Errors: NotUsable naming the formats there are."""
    formats = formats_of(export, registry)
    if format_name not in formats:
        raise NotUsable(
            "The export {name} is not written as {format}; it is written as {formats}",
            name=export.name,
            format=format_name,
            formats=", ".join(formats),
        )
    own = [one for one in export.value.writers if one.name == format_name]
    writer: Writer = own[0] if own else registry.named("eventops_writers", format_name, Text("format")).value
    return writer


def composed(plan: Plan, export: Contribution, options: Options, registry: Registry, secret: bytes = b"") -> Report:
    """The report of the plan as the export's audience may see it.

    Errors: NotUsable for a fact that may not be included; PluginBroken, naming the plugin and the hook.
    """
    audience = export.value.audience
    questions = tuple(one.value for one in registry.of("eventops_fields"))
    included = checked_inclusion(options.included, audience, questions)
    places = gazetteers_of(plan.event, registry)
    options = msgspec.structs.replace(options, included=included, questions=questions, gazetteers=places)
    sponsor = export.value.sponsor or options.for_id
    if audience is Audience.SPONSOR and not sponsor:
        raise NotUsable(
            "The export {name} is made for one sponsor; say which with --for: {sponsors}",
            name=export.name,
            sponsors=", ".join(one.id for one in plan.event.sponsors) or "-",
        )
    seen = plan_for(
        plan,
        audience,
        sponsor,
        association=options.for_id,
        open_fields=opened_to(audience, questions),
        included=included,
        secret=secret,
    )
    return with_approval(with_included(_composed_by(export, seen, options), seen, options), plan.approval)


def _composed_by(export: Contribution, seen: Plan, options: Options) -> Report:
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
