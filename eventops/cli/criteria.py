"""criteria list, explain, check, add, remove: rules written as data, for a committee to read and adopt."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from eventops.cli.event import save_event
from eventops.cli.nouns import Nouns
from eventops.cli.render import table_lines
from eventops.cli.shell import LANGUAGES, Shell, pass_shell
from eventops.domain.event import Criterion, Event
from eventops.domain.reporting.labels import EFFECT_LABELS
from eventops.domain.texts import Text
from eventops.errors import NotUsable

if TYPE_CHECKING:
    from eventops.adapters.wording import LocaleWording
    from eventops.domain.deciding.criteria_terms import CriteriaPack
    from eventops.domain.findings import Finding


@click.group(
    cls=Nouns,
    table={
        "adopt": (
            "eventops.cli.criteria_record:adopt_criteria",
            "Record that the criteria were adopted as they stand.",
        ),
        "record": (
            "eventops.cli.criteria_record:show_record",
            "Which criteria were adopted, when, by whom, in which words.",
        ),
    },
)
def criteria() -> None:
    """Criteria: rules written as data, in the event or in a file of their own."""


file_option = click.option(
    "--file", "file", type=click.Path(path_type=Path), metavar="FILE", help="The criteria of this file instead."
)


@criteria.command("list")
@file_option
@pass_shell
def list_criteria(shell: Shell, file: Path | None) -> None:
    """The criteria of the event, or of a file: benefit, effect, and where they come from."""
    shown, benefits = _criteria(shell, file), _benefits(shell)
    view = [msgspec.to_builtins(one) for one in shown]
    headings = [shell.say(one) for one in ("Name", "Benefit", "Effect", "Source")]
    rows = [
        (
            one.name,
            shell.say(benefits.get(one.benefit, one.benefit)),
            shell.say(EFFECT_LABELS[one.effect]),
            one.source or one.pack or "-",
        )
        for one in shown
    ]
    shell.show(view, table_lines(headings, rows) if rows else [shell.say("The event has no criteria.")])


@criteria.command("explain")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@file_option
@click.option(
    "--in", "languages", multiple=True, type=click.Choice(LANGUAGES), help="Only in this language; may be repeated."
)
@pass_shell
def explain_criteria(shell: Shell, names: tuple[str, ...], file: Path | None, languages: tuple[str, ...]) -> None:
    """Each criterion as a sentence in Arabic, French and English, for the committee to read and adopt."""
    wordings = {language: shell.wording_in(language) for language in languages or LANGUAGES}
    titles = _titles(shell)
    chosen = _named(_criteria(shell, file), names)
    said = [
        (one, {language: _said(one, wording, titles, _benefits(shell)) for language, wording in wordings.items()})
        for one in chosen
    ]
    view = [
        {"name": one.name, "source": one.source, "pack": one.pack, "sentences": sentences} for one, sentences in said
    ]
    shell.show(view, _explained(shell, said))


def _explained(shell: Shell, said: Sequence[tuple[Criterion, Mapping[str, Mapping[str, object]]]]) -> Iterable[str]:
    """The sentences line by line, numbered as a committee refers to them."""
    for number, (one, languages) in enumerate(said, 1):
        if number > 1:
            yield ""
        yield click.style(f"{number}. {one.name}", bold=True)
        for sentence in languages.values():
            yield f"   {sentence['sentence']}"
            terms = sentence["terms"]
            if isinstance(terms, list) and terms:
                yield f"      {'; '.join(str(term) for term in terms)}"
            yield f"      {sentence['reason']}"
        if one.source:
            yield "   " + shell.say("Source: {source}", source=one.source)
    if not said:
        yield shell.say("The event has no criteria.")


def _said(
    criterion: Criterion, wording: "LocaleWording", titles: Mapping[str, Text], benefits: Mapping[str, Text]
) -> dict[str, object]:
    """A criterion in one language: its sentence, its further terms, and the reason people will be given."""
    from eventops.domain.deciding.criteria_terms import criterion_terms
    from eventops.domain.reporting.criteria_words import criterion_sentence

    sentence = criterion_sentence(criterion, titles, benefits.get(criterion.benefit, criterion.benefit))
    return {
        "sentence": wording.say(sentence),
        "terms": [wording.say(term) for term in criterion_terms(criterion, titles)],
        "reason": wording.say(_QUOTED, {"reason": wording.say(criterion.reason, _values_of(criterion))}),
    }


def criterion_sentences(shell: Shell) -> dict[str, tuple[Text, Text]]:
    """The event's criteria by name as sentences in three languages, with their further terms, and the reasons people
    are given."""
    titles, benefits = _titles(shell), _benefits(shell)
    said: dict[str, tuple[Text, Text]] = {}
    for one in shell.event.criteria:
        worded, reasons = {}, {}
        for language in LANGUAGES:
            parts = _said(one, shell.wording_in(language), titles, benefits)
            terms = parts["terms"]
            more = "; ".join(str(term) for term in terms) if isinstance(terms, list) else ""
            worded[language] = f"{parts['sentence']} ({more})" if more else str(parts["sentence"])
            reasons[language] = str(parts["reason"])
        said[one.name] = (Text(**worded), Text(**reasons))
    return said


# The reason as people will read it.
_QUOTED = Text("“{reason}”", fr="« {reason} »", ar="« {reason} »")


def _values_of(criterion: Criterion) -> dict[str, object]:
    """The limits a reason names; for the facts of a person, who is not known yet, a stand-in."""
    from string import Formatter

    from eventops.domain.deciding.criteria import limits_of

    texts = (criterion.reason.written_in(language) for language in LANGUAGES)
    named = {name for text in texts for _, name, _, _ in Formatter().parse(text) if name}
    return {**dict.fromkeys(sorted(named), "…"), **limits_of(criterion)}


@criteria.command("check")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@pass_shell
def check_criteria(shell: Shell, file: Path | None) -> None:
    """Check the criteria of FILE (of the event when not given): names, limits, reasons, languages."""
    from eventops.domain.event_checks import event_problems

    shown = _criteria(shell, file)
    event = shell.event if shell.has_event else _no_event()
    others = len(event.criteria) if file is not None else 0
    event = event if file is None else _with(event, shown)
    findings = [
        one
        for one in event_problems(event)
        if one.path[0] == "criteria" and (len(one.path) < 2 or int(one.path[1]) >= others)
    ]
    told = [one.finding for one in findings]
    if shell.has_event:
        told += _unknown_benefits(shell, shown)
    else:
        # Who pays, who takes part and what there is to grant is the event's to say.
        told = [one for one in told if one.code not in ("event-reference", "event-choice")]
    untold = [
        shell.say("{name} has no reason in {languages}", name=one.name, languages=", ".join(missing))
        for one in shown
        if (missing := [language for language in LANGUAGES if not one.reason.written_in(language)])
    ]
    shell.note_findings(told)
    for line in untold:
        click.echo(line, err=True)
    count = len(told) + len(untold)
    shell.show(
        {"criteria": len(shown), "problems": count},
        [shell.say("{count} criteria, {problems} things to look at.", count=len(shown), problems=count)],
    )
    if count:
        raise click.exceptions.Exit(4)


def _no_event() -> Event:
    """An event about which nothing is known, to check criteria that no event has taken yet."""
    from eventops.domain.event import Venue
    from eventops.domain.places import Point

    nowhere = Venue(name=Text("-"), town="-", point=Point(0, 0))
    return Event(id="none", title=Text("-"), timezone="UTC", country="MA", currency="MAD", venue=nowhere)


@criteria.command("add")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--only", "names", multiple=True, metavar="NAME", help="Only this criterion; may be repeated.")
@click.option("--dry-run", is_flag=True, help="Check them; change nothing.")
@pass_shell
def add_criteria(shell: Shell, file: Path, names: tuple[str, ...], dry_run: bool) -> None:
    """Take the criteria of FILE into the event."""
    from eventops.domain.event_checks import problems
    from eventops.domain.findings import Severity

    before = shell.event
    added = _named(_pack(file).criteria, names)
    changed = _with(before, added)
    findings = [one for one in problems(changed) if one not in problems(before)]
    shell.note_findings(findings)
    if any(one.severity is Severity.ERROR for one in findings):
        raise NotUsable("The criteria of {file} do not fit the event; nothing was changed", file=str(file))
    _require_benefits(shell, changed)
    save_event(shell, changed, "criteria add", before=before, dry_run=dry_run)
    shell.show(
        {"added": [one.name for one in added], "dry_run": dry_run},
        [shell.say("Added: {names}", names=", ".join(one.name for one in added))],
    )


@criteria.command("remove")
@click.argument("name")
@click.option("--dry-run", is_flag=True, help="Check it; change nothing.")
@pass_shell
def remove_criterion(shell: Shell, name: str, dry_run: bool) -> None:
    """Take the criterion NAME, or all that came with the file of that name, out of the event."""
    before = shell.event
    gone = [one.name for one in before.criteria if name in (one.name, one.pack)]
    if not gone:
        raise NotUsable(
            "The event has no criterion {name}; it has {names}",
            name=name,
            names=", ".join(one.name for one in before.criteria) or "-",
        )
    kept = tuple(one for one in before.criteria if one.name not in gone)
    save_event(shell, msgspec.structs.replace(before, criteria=kept), "criteria remove", before=before, dry_run=dry_run)
    shell.show({"removed": gone, "dry_run": dry_run}, [shell.say("Removed: {names}", names=", ".join(gone))])


def _criteria(shell: Shell, file: Path | None) -> tuple[Criterion, ...]:
    """The criteria of a file, else of the event. Errors: NotUsable."""
    return shell.event.criteria if file is None else _pack(file).criteria


def _pack(file: Path) -> "CriteriaPack":
    """Errors: NotUsable naming file, line and key."""
    from eventops.adapters.event_files import read_criteria
    from eventops.cli.event import file_text

    return read_criteria(file_text(file), str(file))[0]


def _with(event: Event, added: Sequence[Criterion]) -> Event:
    return msgspec.structs.replace(event, criteria=(*event.criteria, *added))


def _named(every: Sequence[Criterion], names: Sequence[str]) -> tuple[Criterion, ...]:
    """The criteria of these names, all without any. Errors: NotUsable for a name nobody has."""
    known = [one.name for one in every]
    unknown = [name for name in names if name not in known]
    if unknown:
        raise NotUsable(
            "There is no criterion {name}; there are {names}", name=unknown[0], names=", ".join(known) or "-"
        )
    return tuple(one for one in every if not names or one.name in names)


def _benefits(shell: Shell) -> dict[str, Text]:
    """What the benefits are called; the core's alone outside a workspace."""
    registry = shell.registry if shell.has_event else shell.registry_with(set())
    return {one.value.name: one.value.title for one in registry.of("eventops_benefits")}


def _titles(shell: Shell) -> dict[str, Text]:
    """What the ids of criteria are called as far as the event says."""
    from eventops.domain.reporting.labels import CATEGORY_LABELS

    titles: dict[str, Text] = dict(CATEGORY_LABELS)
    if shell.has_event:
        event = shell.event
        titles |= {one.id: one.title for one in event.categories}
        titles |= {one.id: one.name for one in event.associations} | {one.id: one.name for one in event.sponsors}
        titles |= {one.value.name: one.value.title for one in shell.registry.of("eventops_fields")}
        titles |= _region_titles(shell)
    return titles


def _region_titles(shell: Shell) -> dict[str, Text]:
    """The regions and provinces the criteria name, as the gazetteers call them."""
    from eventops.application.placing import gazetteers_of

    wanted = {
        code for one in shell.event.criteria for code in (*one.when.region, *one.when.not_region, *one.when.province)
    }
    if not wanted:
        return {}
    found: dict[str, Text] = {}
    for gazetteer in gazetteers_of(shell.event, shell.registry):
        if wanted - found.keys() and gazetteer.country:
            areas = gazetteer.load().area_by_code
            found |= {code: areas[code].name for code in wanted if code in areas}
    return found


def _unknown_benefits(shell: Shell, shown: Sequence[Criterion]) -> "list[Finding]":
    """The criteria about a benefit that no plugin of the event declares."""
    from eventops.domain.findings import Finding, Severity

    known = _benefits(shell)
    message = Text("{name} speaks of the benefit {benefit}, which does not exist; there are {names}")
    return [
        Finding(
            severity=Severity.ERROR,
            code="criterion-benefit",
            message=message,
            values={"name": one.name, "benefit": one.benefit, "names": ", ".join(sorted(known))},
        )
        for one in shown
        if one.benefit not in known
    ]


def _require_benefits(shell: Shell, event: Event) -> None:
    """Errors: NotUsable for a benefit that does not exist."""
    from eventops.extension.rulebook import rulebook_of

    rulebook_of(event, shell.registry)
