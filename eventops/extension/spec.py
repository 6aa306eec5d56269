"""The hooks. A plugin declares frozen values once; eventops does the looping.

No hook takes arguments, none is called per person. Each returns an iterable of one kind of value.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

import pluggy
from msgspec import Struct

from eventops.domain.deciding.groups import GroupRule
from eventops.domain.deciding.selections import Selection
from eventops.domain.enrolling.forms import ColumnMap
from eventops.domain.event import SettingValue
from eventops.domain.findings import Finding
from eventops.domain.placing.roads import Road
from eventops.domain.reporting.reports import Audience, Options, Report, Writer
from eventops.domain.rules import Benefit, Rule, Setting, Tariff
from eventops.domain.texts import Message, Text

if TYPE_CHECKING:
    import click

    from eventops.domain.enrolling.registrations import Sheet
    from eventops.domain.event import Event
    from eventops.domain.people import Participant
    from eventops.domain.placing.matching import PlaceIndex
    from eventops.domain.plan import Plan
    from eventops.extension.ports import Store

PROJECT = "eventops"
hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


class Field(Struct, frozen=True, kw_only=True):
    """A question an association asks on its form. `type`: text, integer, number, yes_no, date. `headings` are how
    columns are named; `audiences` who may see the answer; a `sensitive` one is never by name but to caterer and hotel.
    """

    name: str
    title: Text
    type: str = "text"
    headings: tuple[str, ...] = ()
    audiences: tuple[Audience, ...] = (Audience.ASSOCIATION,)
    sensitive: bool = False


class Gazetteer(Struct, frozen=True, kw_only=True):
    """A table of places. `load` gives the index, only when a text must be placed. `road_factors` holds, by code of
    province or region, road kilometres per straight kilometre where roads wind."""

    name: str
    country: str
    source: str
    licence: str
    version: str
    load: "Callable[[], PlaceIndex]"
    road_factors: Mapping[str, float] = {}


class RoadQuery(Struct, frozen=True, kw_only=True):
    """What a metric that routes is asked: the roads from several points to one, (lat, lon) in degrees. `settings` are
    its plugin's, by short name."""

    origins: tuple[tuple[float, float], ...]
    destination: tuple[float, float]
    settings: Mapping[str, SettingValue]


class RoadAnswer(Struct, frozen=True, kw_only=True):
    """A road for each origin in the order asked, None where there is none; and what a person should know."""

    roads: tuple[Road | None, ...]
    findings: tuple[Finding, ...] = ()


class Metric(Struct, frozen=True, kw_only=True):
    """A way to measure. `distance_km` takes (lat, lon) of two points in degrees; `is_road` when it is one of roads.

    `route` asks all roads of a plan at once, kept between runs; without an answer (EventopsError) they are estimated,
    `distance_km` included, which therefore asks nobody."""

    name: str
    title: Text
    distance_km: Callable[[tuple[float, float], tuple[float, float]], float]
    is_road: bool = False
    route: Callable[[RoadQuery], RoadAnswer] | None = None


class Reader(Struct, frozen=True, kw_only=True):
    """A container format of registrations. `parse` takes the bytes and gives the sheets with their true addresses."""

    name: str
    suffixes: tuple[str, ...]
    parse: "Callable[[bytes], tuple[Sheet, ...]]"


class Export(Struct, frozen=True, kw_only=True):
    """A file for an audience. `sponsor` names whose workbook it is, so that consent is read for that
    sponsor. `compose` gets the plan as that audience may see it. `formats` are those it may be written in, the usual
    one first, all when empty; `writers` are of its own and come before the ones that every export has."""

    name: str
    title: Text
    audience: Audience
    compose: "Callable[[Plan, Options], Report]"
    formats: tuple[str, ...] = ()
    sponsor: str = ""
    writers: tuple[Writer, ...] = ()


class DoctorCheck(Struct, frozen=True, kw_only=True):
    """A question `doctor` asks of the plan; it answers with findings, none when well."""

    name: str
    title: Text
    run: "Callable[[Plan], Iterable[Finding]]"


class Catalogue(Struct, frozen=True, kw_only=True):
    """Translations: a folder laid out as gettext expects (LANG/LC_MESSAGES/DOMAIN.mo)."""

    domain: str
    folder: str


class StoreScheme(Struct, frozen=True, kw_only=True):
    """A kind of store; `name` is the URL scheme it answers to: `NAME:FILE`, or `NAME://…` for a server.

    Every function takes the URL. `create` makes an empty store, and joins one that is there already on a server;
    `migrate` brings a store to the present version of its own shape and gives the versions before and after; `restore`
    (URL, who, seconds to wait) puts the newest good copy in the place of a damaged store and gives its generation and
    time; `check` reads everything the store keeps. `file` is the usual name of its file in a workspace.
    """

    name: str
    open: "Callable[[str], Store]"
    title: Text = Text("")
    create: "Callable[[str], Store] | None" = None
    migrate: Callable[[str], tuple[int, int]] | None = None
    restore: Callable[[str, str, float], tuple[int, datetime | None]] | None = None
    check: Callable[[str], Iterable[Finding]] | None = None
    file: str = ""


class Erasure(Struct, frozen=True, kw_only=True):
    """How a plugin that keeps facts about people of its own forgets one. `erase` gives how many things it erased."""

    name: str
    title: Text
    erase: "Callable[[Participant], int]"


class Console(Protocol):
    """The run a plugin's command belongs to: `@click.pass_obj` hands it over. Reading only."""

    @property
    def event(self) -> "Event":
        """The event of the workspace. Errors: NotUsable without one."""
        ...

    @property
    def plan(self) -> "Plan":
        """The plan of the workspace, made when first asked for."""
        ...

    def say(self, text: Text | Message | str, /, **values: object) -> str:
        """The sentence in the language of this run."""
        ...

    def show(self, value: Any, lines: Iterable[str]) -> None:
        """The result on standard output: `value` under --json, else the lines."""
        ...

    def note(self, text: Text | Message | str, /, **values: object) -> None:
        """A message for the person, on standard error."""
        ...


@hookspec
def eventops_benefits() -> Iterable[Benefit]:
    """Benefits beside travel, lodging and meals: childcare, per diem …"""
    return ()


@hookspec
def eventops_fields() -> Iterable[Field]:
    """Questions on the association's own form."""
    return ()


@hookspec
def eventops_rules() -> Iterable[Rule | GroupRule]:
    """Rules that grant, exclude or refer a benefit of one person, or of everybody in a group."""
    return ()


@hookspec
def eventops_selections() -> Iterable[Selection]:
    """Orders that say who comes first when the ceiling of a budget line binds."""
    return ()


@hookspec
def eventops_tariffs() -> Iterable[Tariff]:
    """Prices of journeys, nights and meals."""
    return ()


@hookspec
def eventops_settings() -> Iterable[Setting]:
    """What an event may tune."""
    return ()


@hookspec
def eventops_gazetteers() -> Iterable[Gazetteer]:
    """Tables of places."""
    return ()


@hookspec
def eventops_metrics() -> Iterable[Metric]:
    """Ways to measure a distance."""
    return ()


@hookspec
def eventops_readers() -> Iterable[Reader | ColumnMap]:
    """Container formats of registrations, and what the columns of known forms mean."""
    return ()


@hookspec
def eventops_exports() -> Iterable[Export]:
    """Files for hotels, caterers, sponsors, associations."""
    return ()


@hookspec
def eventops_writers() -> Iterable[Writer]:
    """Table formats every export can be written in."""
    return ()


@hookspec
def eventops_catalogues() -> Iterable[Catalogue]:
    """Translations of the plugin's and of the core's texts."""
    return ()


@hookspec
def eventops_checks() -> Iterable[DoctorCheck]:
    """Questions for `eventops doctor`."""
    return ()


@hookspec
def eventops_stores() -> Iterable[StoreScheme]:
    """Kinds of stores."""
    return ()


@hookspec
def eventops_erasures() -> Iterable[Erasure]:
    """How the plugin forgets a person, where it keeps facts about people of its own."""
    return ()


@hookspec
def eventops_commands() -> "Iterable[click.Command]":
    """Commands mounted beside the core's."""
    return ()


HOOK_VALUES: dict[str, type[Any] | tuple[type[Any], ...]] = {
    "eventops_benefits": Benefit,
    "eventops_fields": Field,
    "eventops_rules": (Rule, GroupRule),
    "eventops_selections": Selection,
    "eventops_tariffs": Tariff,
    "eventops_settings": Setting,
    "eventops_gazetteers": Gazetteer,
    "eventops_metrics": Metric,
    "eventops_readers": (Reader, ColumnMap),
    "eventops_exports": Export,
    "eventops_writers": Writer,
    "eventops_catalogues": Catalogue,
    "eventops_checks": DoctorCheck,
    "eventops_stores": StoreScheme,
    "eventops_erasures": Erasure,
}
