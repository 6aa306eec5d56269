"""campaign import, list, start, show, people, export."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from eventops.cli.nouns import Nouns
from eventops.cli.render import table_lines
from eventops.cli.shell import LANGUAGES, Shell, pass_shell
from eventops.domain.texts import Text
from eventops.errors import NotUsable, WrongUsage

if TYPE_CHECKING:
    from eventops.domain.campaigns.campaign import Campaign, Meeting
    from eventops.domain.campaigns.roll_up import RollUp
    from eventops.domain.event import Event
    from eventops.domain.places import Point
    from eventops.domain.plan import Plan

FILE = "campaign.toml"


@click.group(cls=Nouns)
def campaign() -> None:
    """Several meetings under one programme: prepare them, count them together."""


@campaign.command("import")
@click.argument("sheet", type=click.Path(path_type=Path))
@click.option("--series", default="", help="The series to take, when the sheet holds several.")
@click.option("--template", default="", metavar="FILE", help="The event file all meetings share; kept in the campaign.")
@click.option("--replace", is_flag=True, help="Write over the campaign’s file that is there.")
@click.option("--dry-run", is_flag=True, help="Read the sheet; change nothing.")
@pass_shell
def import_campaign(shell: Shell, sheet: Path, series: str, template: str, replace: bool, dry_run: bool) -> None:
    """Take the meetings of a campaign from SHEET, one a row, and write campaign.toml. Blank cells stay unknown."""
    from eventops.adapters.campaign_files import campaign_text, meetings_of_sheet
    from eventops.adapters.spreadsheets import sheets_of_workbook
    from eventops.cli.files import file_bytes, save_file
    from eventops.domain.campaigns.campaign import Campaign, campaign_problems

    file = shell.folder / FILE
    if file.exists() and not (replace or dry_run):
        raise NotUsable("{file} is there already; give --replace to write over it", file=str(file))
    sheets = [one for one in sheets_of_workbook(file_bytes(sheet), sheet.name) if any(one.rows)]
    name, meetings = meetings_of_sheet(sheets[0], sheet.name, series)
    made = Campaign(
        id=shell.folder.absolute().name, title=Text(name or sheet.stem), template=template, meetings=meetings
    )
    for problem in campaign_problems(made):
        raise NotUsable(problem.message.en, **problem.values)
    if not dry_run:
        save_file(file, campaign_text(made).encode())
    sentence = Text("Wrote {file}.") if not dry_run else Text("{file} is good; nothing was changed.")
    shell.show(
        _campaign_view(made),
        [*_meeting_lines(shell, made), "", shell.say(sentence, file=str(file if not dry_run else sheet))],
    )


@campaign.command("list")
@pass_shell
def list_meetings(shell: Shell) -> None:
    """The meetings, and what is not known of them yet."""
    known = read_campaign_file(shell)
    shell.show(_campaign_view(known), _meeting_lines(shell, known))


@campaign.command("start")
@click.argument("meeting_id", metavar="MEETING")
@click.option("--template", type=click.Path(path_type=Path), metavar="FILE", help="The event file to start from.")
@click.option(
    "--point", default="", metavar="LAT,LON", help="Where distances are measured to; the town when not given."
)
@click.option("--dry-run", is_flag=True, help="Show the event; change nothing.")
@pass_shell
def start_meeting(shell: Shell, meeting_id: str, template: Path | None, point: str, dry_run: bool) -> None:
    """Make the workspace of MEETING from the programme's template: its agenda, meals and criteria, on its own day."""
    from eventops.adapters.event_files import event_text
    from eventops.application.campaigns import meeting_of
    from eventops.cli.event import save_event
    from eventops.cli.store import named_store
    from eventops.cli.workspace import make_workspace

    known = read_campaign_file(shell)
    meeting = meeting_of(known.meetings, meeting_id)
    event = _prepared(shell, known, meeting, template, _point(point))
    folder = _folder_of(shell, meeting)
    if dry_run:
        from eventops.application.facts import document_of

        shell.show(document_of(event) if shell.json else None, [event_text(event).rstrip("\n")])
        return
    shell.given_store = ""
    make_workspace(folder, *named_store(shell, "tinydb", folder), shell.stamp("campaign start"))
    inside = _shell_in(shell, folder)
    save_event(inside, event, "campaign start")
    lines = [shell.say("Made the workspace {folder}.", folder=str(folder))]
    unknown = _unknown(shell, meeting)
    if unknown:
        lines.append(shell.titled(shell.say("Not known yet"), unknown))
    lines.append(
        shell.say("Next: eventops -w {folder} event dump -o event.toml, complete it, and apply it", folder=str(folder))
    )
    shell.show({"workspace": str(folder), "event": event.id}, lines)


@campaign.command("show")
@pass_shell
def show_campaign(shell: Shell) -> None:
    """Seats, people and costs of all meetings together, each person once."""
    from msgspec import to_builtins

    from eventops.domain.campaigns import report as words

    rolled, _ = load_roll_up(shell)
    shell.show(to_builtins(rolled) if shell.json else None, [])
    if shell.json:
        return
    value = shell.wording.value

    def cell(figure: object) -> str:
        return "" if figure is None else value(figure)

    headings = [
        shell.say(one)
        for one in (
            words.MEETING,
            words.DAY,
            words.SEATS,
            words.REGISTERED,
            words.CONFIRMED,
            words.PRESENT,
            words.COST,
            words.NOT_KNOWN,
        )
    ]
    rows = [
        (
            one.meeting.id,
            cell(one.meeting.starts_on),
            cell(one.seats),
            cell(one.registered),
            cell(one.confirmed),
            cell(one.present),
            " + ".join(value(money) for money in one.costs),
            "" if (told := words.not_known(one)) is None else shell.say(told),
        )
        for one in rolled.meetings
    ]
    lines = [click.style(shell.say(rolled.campaign.title), bold=True), *table_lines(headings, rows), ""]
    lines += [shell.say(note) for note in words.count_notes(rolled)]
    lines += ["", *_sponsor_lines(shell, rolled)]
    click.echo("\n".join(lines))


@campaign.command("people")
@pass_shell
def show_people(shell: Shell) -> None:
    """Who registered for more than one meeting, and who may be one person under two registrations."""
    rolled, plans = load_roll_up(shell)
    names = {
        (meeting, one.participant.id): one.participant.name
        for meeting, plan in plans.items()
        for one in plan.candidates
    }

    def told(registrations: Any) -> list[dict[str, str]]:
        return [
            {"meeting": one.meeting, "id": one.participant, "name": names[one.meeting, one.participant]}
            for one in registrations
        ]

    several = [told(one) for one in rolled.across.in_several]
    possible = [told(one) for one in rolled.across.possible]
    headings = [shell.say(one) for one in ("Name", "Registrations", "")]
    rows = [
        (group[0]["name"], ", ".join(f"{one['meeting']} {one['id']}" for one in group), shell.say(mark))
        for groups, mark in ((several, Text("the same person")), (possible, Text("may be the same person")))
        for group in groups
    ]
    shell.show({"several": several, "possible": possible}, table_lines(headings, rows))


@campaign.command("export")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="FILE", required=True, help="The file to write."
)
@click.option("--lang", "language", type=click.Choice(LANGUAGES), help="Language of the file.")
@click.option(
    "--format", "format_name", default="", metavar="FORMAT", help="xlsx, csv, json or html; by the file's name."
)
@pass_shell
def export_campaign(shell: Shell, output: Path, language: str | None, format_name: str) -> None:
    """Write the campaign in numbers to a file: meetings, regions, sponsors, statistics. It holds no names."""
    from eventops.adapters.wording import open_wordings
    from eventops.cli.files import save_file
    from eventops.domain.campaigns.report import campaign_report
    from eventops.domain.reporting.reports import localised
    from eventops.domain.reporting.titles import region_titles

    rolled, plans = load_roll_up(shell)
    writers = {one.name: one for one in (given.value for given in shell.registry_for(()).of("eventops_writers"))}
    chosen = format_name or output.suffix.removeprefix(".").lower()
    if chosen not in writers:
        raise WrongUsage("The file is written as {formats}; say which with --format", formats=", ".join(writers))
    regions = {code: name for plan in plans.values() for code, name in region_titles(plan).items()}
    parties = {one.id: one.name for plan in plans.values() for one in plan.event.sponsors}
    parties |= {one.id: one.name for plan in plans.values() for one in plan.event.associations}
    wordings = open_wordings(LANGUAGES, ())
    report = localised(campaign_report(rolled, regions, parties), wordings[language or shell.language], wordings)
    save_file(output, writers[chosen].render(report))
    shell.show({"file": str(output)}, [shell.say("Wrote {file}.", file=str(output))])


def read_campaign_file(shell: Shell) -> "Campaign":
    """The campaign of the folder. Errors: NotUsable when there is none."""
    from eventops.adapters.campaign_files import read_campaign
    from eventops.cli.event import file_text

    file = shell.folder / FILE
    if not file.exists():
        raise NotUsable(
            "There is no campaign in {folder}; "
            "run eventops campaign import SHEET there, or give its folder with -w DIR",
            folder=str(shell.folder.absolute()),
        )
    return read_campaign(file_text(file), str(file))


def load_roll_up(shell: Shell) -> "tuple[RollUp, Mapping[str, Plan]]":
    """The campaign in numbers, and the plan of every meeting that has a workspace with an event."""
    from eventops.domain.campaigns.roll_up import roll_up

    known = read_campaign_file(shell)
    plans: dict[str, Plan] = {}
    for meeting in known.meetings:
        inside = _shell_in(shell, _folder_of(shell, meeting))
        if meeting.folder and inside.has_event and inside.event.agenda:
            plans[meeting.id] = inside.plan
    return roll_up(known, plans), plans


def _shell_in(shell: Shell, folder: Path) -> Shell:
    """The same run in another workspace, with the store that workspace names."""
    inside = Shell(shell.argv)
    inside.folder = folder
    inside.language, inside.json = shell.language, shell.json
    inside.use_plugins, inside.without = shell.use_plugins, ()
    inside.strict_plugins, inside.wait_seconds = shell.strict_plugins, shell.wait_seconds
    return inside


def _folder_of(shell: Shell, meeting: "Meeting") -> Path:
    return shell.folder / (meeting.folder or meeting.id)


def _prepared(
    shell: Shell, known: "Campaign", meeting: "Meeting", template: Path | None, point: "Point | None"
) -> "Event":
    from eventops.adapters.zones import load_zone, meanings
    from eventops.application.campaigns import event_for
    from eventops.application.placing import gazetteers_of
    from eventops.cli.event import read_event_file

    file = template or (shell.folder / known.template if known.template else None)
    if file is None:
        raise NotUsable(
            "The campaign names no template; give the event file the meetings share with --template FILE, "
            "or write template = “FILE” into {file}",
            file=FILE,
        )
    shared = read_event_file(file)
    zone = load_zone(shared.timezone)
    gazetteers = gazetteers_of(None, shell.every_plugin)

    def in_zone(wall: Any) -> Any:
        moments = meanings(wall, zone)
        if not moments:
            raise NotUsable(
                "{hour} does not exist on that day, the clock is put forward over it; give the meeting another hour",
                hour=f"{wall:%H:%M}",
            )
        return moments[0]

    return event_for(shared, known, meeting, gazetteers, point, in_zone)


def _point(text: str) -> "Point | None":
    from eventops.domain.places import Point

    if not text:
        return None
    try:
        lat, lon = (float(part) for part in text.split(","))
        return Point(lat, lon)
    except ValueError as error:
        raise WrongUsage("--point is “{seen}”; a position such as 34.68,-1.91 is expected", seen=text) from error


def _campaign_view(known: "Campaign") -> Any:
    from msgspec import to_builtins

    from eventops.domain.campaigns.campaign import unknown_facts

    view = to_builtins(known)
    for told, meeting in zip(view["meetings"], known.meetings, strict=True):
        told["unknown"] = list(unknown_facts(meeting))
    return view


def _unknown(shell: Shell, meeting: "Meeting") -> str:
    from eventops.domain.campaigns.campaign import FACTS, unknown_facts

    return shell.wording.value(tuple(FACTS[name] for name in unknown_facts(meeting)))


def _meeting_lines(shell: Shell, known: "Campaign") -> list[str]:
    headings = [shell.say(one) for one in ("Meeting", "Day", "Town", "Venue", "Workspace", "Not known yet")]
    rows = [
        (
            one.id,
            "" if one.starts_on is None else shell.wording.value(one.starts_on),
            one.town,
            one.venue,
            one.folder if _shell_in(shell, _folder_of(shell, one)).has_store else "",
            _unknown(shell, one),
        )
        for one in known.meetings
    ]
    return [click.style(shell.say(known.title), bold=True), *table_lines(headings, rows)]


def _sponsor_lines(shell: Shell, rolled: "RollUp") -> list[str]:
    from eventops.domain.campaigns import report as words
    from eventops.domain.reporting.labels import BENEFIT_LABELS

    value = shell.wording.value
    headings = [shell.say(one) for one in (words.SPONSOR, words.BENEFIT, words.COUNT, words.COST, words.CEILING)]
    rows = [
        (
            one.sponsor or "-",
            shell.say(BENEFIT_LABELS.get(one.benefit, one.benefit)),
            value(one.people),
            value(one.planned),
            "" if one.ceiling is None else value(one.ceiling),
        )
        for one in rolled.sponsors
    ]
    return table_lines(headings, rows) if rows else []
