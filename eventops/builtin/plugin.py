"""The core as a plugin: everything it offers goes through the hooks that any plugin uses."""

from collections.abc import Iterable

from eventops.builtin import rules
from eventops.domain.deciding.selections import Selection
from eventops.domain.enrolling.forms import ColumnMap
from eventops.domain.reporting.reports import Writer
from eventops.domain.rules import Benefit, Rule, Setting, Tariff
from eventops.extension.spec import DoctorCheck, Export, Gazetteer, Metric, Reader, StoreScheme, hookimpl


@hookimpl
def eventops_benefits() -> Iterable[Benefit]:
    return rules.TRAVEL, rules.LODGING, rules.MEALS


@hookimpl
def eventops_rules() -> Iterable[Rule]:
    return rules.RULES


@hookimpl
def eventops_tariffs() -> Iterable[Tariff]:
    return rules.TARIFFS


@hookimpl
def eventops_selections() -> Iterable[Selection]:
    from eventops.builtin.selections import SELECTIONS

    return SELECTIONS


@hookimpl
def eventops_settings() -> Iterable[Setting]:
    return rules.SETTINGS


@hookimpl
def eventops_gazetteers() -> Iterable[Gazetteer]:
    from eventops.builtin.world import world

    return (world,)


@hookimpl
def eventops_metrics() -> Iterable[Metric]:
    from eventops.adapters.geodesy import GREAT_CIRCLE, ROAD_ESTIMATE, STRAIGHT_LINE

    return STRAIGHT_LINE, GREAT_CIRCLE, ROAD_ESTIMATE


@hookimpl
def eventops_readers() -> Iterable[Reader | ColumnMap]:
    from eventops.builtin.readers import READERS

    return READERS


@hookimpl
def eventops_exports() -> Iterable[Export]:
    from eventops.builtin.exports import exports

    return exports()


@hookimpl
def eventops_writers() -> Iterable[Writer]:
    from eventops.builtin.writers import WRITERS

    return WRITERS


@hookimpl
def eventops_stores() -> Iterable[StoreScheme]:
    from eventops.builtin.stores import SCHEMES

    return SCHEMES


@hookimpl
def eventops_checks() -> Iterable[DoctorCheck]:
    from eventops.builtin.checks import CHECKS
    from eventops.builtin.plan_checks import PLAN_CHECKS

    return (*CHECKS, *PLAN_CHECKS)
