"""Hooks as a person meets them: one plugin file, activated for a run, from the sheet to the files that leave."""

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from eventops.testing.workspaces import make_small_workspace

Eventops = Callable[..., Any]

PLUGIN = '''
from decimal import Decimal

import click

from eventops import (
    Audience, Benefit, Column, ColumnMap, Console, Effect, Export, Field, Group, GroupRule, Metric, Money, PricedLine,
    Ranked, Reader, Report, Rule, Selection, Setting, Sheet, Table, Tariff, Text, Writer, does_not_apply, grants,
    great_circle_km, hookimpl, Point,
)

eventops_api = ">=1,<2"
eventops_keeps_nothing = True
CARE = Text("Childcare", fr="Garde d’enfants", ar="رعاية الأطفال")
CHILDREN = Text("brings {count} children", fr="amène {count} enfants", ar="يحضر {count} أطفال")
NONE = Text("brings no child", fr="n’amène pas d’enfant", ar="لا يحضر أطفالا")
TOGETHER = Text("{count} people come from {town}", fr="{count} de {town}", ar="{count} من {town}")
LABEL = Text("One day", fr="Un jour", ar="يوم واحد")


def care(candidate, facts):
    count = candidate.participant.fields.get("north.children", 0)
    return grants(CHILDREN, count=count) if count else does_not_apply(NONE)


def together(group: Group, facts):
    count = len(group.members)
    if count < int(facts.settings["minibus_from"]):
        return does_not_apply(TOGETHER, count=count, town=group.key)
    return grants(TOGETHER, count=count, town=group.key)


@hookimpl
def eventops_benefits():
    return [Benefit(name="childcare", title=CARE, unit="day")]


@hookimpl
def eventops_fields():
    return [
        Field(name="children", title=CARE, type="integer", headings=("Enfants",),
              audiences=(Audience.ASSOCIATION, Audience.HOTEL)),
        Field(name="secret", title=NONE, headings=("Confidentiel",), audiences=(Audience.ASSOCIATION,)),
    ]


@hookimpl
def eventops_settings():
    return [Setting(name="minibus_from", default=2, help=CARE)]


@hookimpl
def eventops_rules():
    yield Rule(name="care", benefit="childcare", title=CARE, check=care, may=(Effect.GRANTS,))
    yield GroupRule(
        name="minibus", benefit="travel", title=CARE, check=together, may=(Effect.GRANTS,),
        group=lambda candidate, facts: candidate.participant.town,
    )


def price(unit, candidate, facts):
    rate = Money(Decimal(100), facts.event.currency)
    yield PricedLine(label=LABEL, quantity=Decimal(1), unit="day", unit_price=rate, amount=rate)


@hookimpl
def eventops_tariffs():
    return [Tariff(name="day", benefit="childcare", title=CARE, price=price)]


def youngest(contenders, ceiling, facts):
    for one in sorted(contenders, key=lambda one: one.candidate.age or 999):
        yield Ranked(participant_id=one.candidate.participant.id, reason=CARE)


@hookimpl
def eventops_selections():
    return [Selection(name="youngest", benefit="travel", title=CARE, choose=youngest)]


@hookimpl
def eventops_metrics():
    return [Metric(name="double", title=CARE, distance_km=lambda a, b: 2 * great_circle_km(Point(*a), Point(*b)))]


@hookimpl
def eventops_readers():
    def parse(data):
        return (Sheet(name="s", rows=tuple(tuple(line.split("/")) for line in data.decode().splitlines())),)

    yield Reader(name="slashes", suffixes=(".slashes",), parse=parse)
    yield ColumnMap(
        name="our-form", title=CARE, signs=("Response ID", "Q7"),
        columns={"Q1": "name", "Q2": "email", "Q7": "town", "Response ID": "", "Q8": "north.children"},
    )


@hookimpl
def eventops_writers():
    yield Writer(name="lines", suffix=".lines", media_type="text/plain", render=lambda report: report.name.encode())


@click.command("beds-needed")
@click.pass_obj
def beds_needed(console: Console):
    """How many beds are needed."""
    console.show({"beds": len(console.plan.stays)}, [console.say(TOGETHER, count=len(console.plan.stays), town="beds")])


@hookimpl
def eventops_commands():
    return [beds_needed]
'''


@pytest.fixture
def north(program: Eventops, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Eventops:
    """Runs eventops in a small workspace with the plugin of this page as a file of the run."""
    monkeypatch.setenv("EVENTOPS_CONFIG", str(tmp_path / "config"))
    workspace = tmp_path / "small"
    make_small_workspace(workspace)
    (tmp_path / "north.py").write_text(PLUGIN, encoding="utf-8")

    def run(*words: str | Path, installed: bool = False) -> Any:
        plugin = () if installed else ("--plugin", tmp_path / "north.py")
        return program("-w", workspace, *plugin, *words)

    return run


def imported(north: Eventops, name: str, text: str) -> Any:
    Path(name).write_text(text, encoding="utf-8")
    return north("--json", "participant", "import", name)


PEOPLE = "Nom complet;E-mail;Ville;Enfants;Confidentiel\nAya Amrani;aya@example.org;Rabat;2;oui\n"


def test_answers_to_a_plugins_question_are_stored_seen_by_rules_and_priced_by_the_day(north: Eventops) -> None:
    imported(north, "people.csv", PEOPLE)
    person = north("--json", "participant", "show", "Aya").json
    decision = next(one for one in north("--json", "why", "Aya").json["decisions"] if one["benefit"] == "childcare")
    assert person["fields"] == {"north.children": 2, "north.secret": "oui"}
    assert (decision["outcome"], decision["amount"]) == ("granted", None)


def test_a_benefit_of_a_plugin_is_priced_by_the_tariff_the_event_names(north: Eventops, tmp_path: Path) -> None:
    imported(north, "people.csv", PEOPLE)
    text = north("event", "dump").out.replace("[tariffs]\n", '[tariffs]\nchildcare = "north.day"\n')
    Path("event.toml").write_text(text, encoding="utf-8")
    applied = north("event", "apply", "event.toml")
    assert applied.code == 0, applied.err
    decision = next(one for one in north("--json", "why", "Aya").json["decisions"] if one["benefit"] == "childcare")
    assert (decision["outcome"], decision["amount"]["amount"]) == ("granted", 100)


def exported(north: Eventops, name: str) -> list[dict[str, str]]:
    done = north("export", name, "--format", "csv", "--lang", "fr", "-o", f"{name}.csv")
    assert done.code == 0, done.err
    return list(csv.DictReader(io.StringIO(Path(f"{name}.csv").read_text(encoding="utf-8-sig"))))


def test_answers_leave_only_in_the_files_of_their_audiences(north: Eventops) -> None:
    imported(north, "people.csv", PEOPLE)
    working = next(row for row in exported(north, "working-list") if "Aya Amrani" in row.values())
    assert {"2", "oui"} <= set(working.values())
    for name in ("attendance-sheet", "meal-sheet", "public-statistics"):
        listed = north("export", "list", "--json").json
        if name in {one["name"] for one in listed}:
            assert all("oui" not in row.values() for row in exported(north, name))


def test_a_group_rule_decides_about_everybody_of_one_town(north: Eventops) -> None:
    travel = next(one for one in north("--json", "why", "p01").json["decisions"] if one["benefit"] == "travel")
    ruling = next(one for one in travel["verdicts"] if one["rule"] == "north.minibus")
    assert (ruling["effect"], ruling["reason"]["en"]) == ("grants", "2 people come from Tangier")


def test_a_file_of_a_plugins_own_format_is_read_by_its_suffix(north: Eventops) -> None:
    done = imported(north, "people.slashes", "Full name/E-mail/Town\nAya Amrani/aya@example.org/Rabat\n")
    assert (done.json["added"], done.json["refused"]) == (1, 0)


def test_a_known_form_is_recognised_by_its_headings(north: Eventops) -> None:
    done = imported(north, "form.csv", "Response ID,Q1,Q2,Q7,Q8\n17,Aya Amrani,aya@example.org,Rabat,3\n")
    person = north("--json", "participant", "show", "Aya").json
    said = next(one["message"] for one in done.json["findings"] if one["code"] == "form-recognised")
    assert (done.json["added"], person["town"], person["fields"]) == (1, "Rabat", {"north.children": 3})
    assert said == "form.csv is an export of Childcare; 5 of its columns are read as north maps them"


def test_a_plugins_writer_writes_every_export(north: Eventops) -> None:
    done = north("export", "attendance-sheet", "--format", "lines", "-o", "door.lines")
    assert (done.code, Path("door.lines").read_bytes()) == (0, b"attendance-sheet"), done.err


def test_an_order_of_a_plugin_marks_whom_the_money_reaches(north: Eventops) -> None:
    text = north("event", "dump").out + '\n[selections]\ntravel = "north.youngest"\n'
    text = text.replace('ceiling = "20000.00 MAD"', 'ceiling = "700.00 MAD"')
    Path("event.toml").write_text(text, encoding="utf-8")
    applied = north("event", "apply", "event.toml")
    assert applied.code == 0, applied.err
    plan = north("--json", "plan").json
    reached = [one["reached"] for one in plan["funding"]]
    beyond = [one for one in plan["findings"] if one["code"] == "budget-beyond"]
    assert (reached == sorted(reached, reverse=True), any(reached), all(reached), len(beyond)) == (
        True,
        True,
        False,
        1,
    )


def test_a_command_of_a_plugin_file_is_there_for_that_run(north: Eventops) -> None:
    with_file = north("beds-needed", "--json")
    without = north("beds-needed", installed=True)
    assert (with_file.code, list(with_file.json), without.code) == (0, ["beds"], 2)


def test_a_command_is_recorded_when_its_plugin_is_enabled_and_a_core_name_cannot_be_taken(
    north: Eventops, tmp_path: Path
) -> None:
    folder = tmp_path / "small" / "plugins"
    folder.mkdir()
    for name, text in (
        ("north", PLUGIN),
        ("south", PLUGIN.replace('"beds-needed"', '"plan"').replace('"childcare"', '"minding"')),
    ):
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
        assert north("plugin", "trust", name, installed=True).code == 0
    enabled = north("plugin", "enable", "north", "--no-isolate", installed=True)
    helped = north("--help", installed=True)
    used = north("beds-needed", "--json", installed=True)
    taken = north("plugin", "enable", "south", "--no-isolate", installed=True)
    disabled = north("plugin", "disable", "north", installed=True)
    gone = north("beds-needed", installed=True)
    assert (enabled.code, "beds-needed" in helped.out, used.code) == (0, True, 0), enabled.err + used.err
    assert (taken.code, "one of eventops' own" in taken.err) == (5, True), taken.err
    assert (disabled.code, gone.code) == (0, 2)


def test_help_looks_for_no_plugin(north: Eventops, monkeypatch: pytest.MonkeyPatch) -> None:
    import eventops.extension.loading as loading

    def looked(paths: Any = None) -> Any:
        raise AssertionError("--help looked for plugins")

    monkeypatch.setattr(loading, "installed_plugins", looked)
    assert [north(*words, installed=True).code for words in (("--help",), ("plugin", "--help"), ("plan",))] == [0] * 3
