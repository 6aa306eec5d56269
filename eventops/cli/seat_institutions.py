"""seat invite, uninvite, delegates, balance: places for institutions, and whom they name."""

from datetime import datetime
from typing import Any

import click

from eventops.cli.days import DAY
from eventops.cli.nouns import Command
from eventops.cli.render import table_lines
from eventops.cli.shell import Shell, pass_shell
from eventops.domain.texts import Text
from eventops.errors import NotUsable, WrongUsage

KINDS = ("region_council", "province_council", "commune_council", "advisory_body", "other")
DRY_RUN = click.option("--dry-run", is_flag=True, help="Show what would change; change nothing.")


@click.command(cls=Command)
@click.argument("id")
@click.option("--institution", help="The name of the institution.")
@click.option("--places", type=click.IntRange(1, 1_000_000), help="How many people it may send.")
@click.option("--kind", type=click.Choice(KINDS), help="What sort of institution it is.")
@click.option("--release", type=DAY, help="The last day its free places are kept.")
@click.option("--women", type=click.IntRange(0, 1_000_000), help="How many of them should be women.")
@click.option("--region", "regions", multiple=True, metavar="CODE", help="A region somebody should come from.")
@DRY_RUN
@pass_shell
def invite(
    shell: Shell,
    id: str,
    institution: str | None,
    places: int | None,
    kind: str | None,
    release: datetime | None,
    women: int | None,
    regions: tuple[str, ...],
    dry_run: bool,
) -> None:
    """Keep places for an institution under ID, or change what is kept for it."""
    from msgspec.structs import replace

    from eventops.application.records import load_records
    from eventops.application.seats import losers, moves, put_invitation
    from eventops.cli.seat import plan_now
    from eventops.domain.deciding.seat_records import Invitation

    with shell.changing("seat invite", dry_run=dry_run) as change:
        known = {one.id: one for one in load_records(shell.documents).invitations}
        if id not in known and (institution is None or places is None):
            raise WrongUsage("A new invitation needs --institution and --places")
        if not id.replace("-", "").replace("_", "").isalnum():
            raise NotUsable("The id of an invitation is letters, digits, - and _, not “{id}”", id=id)
        today = shell.stamp("seat invite").at.date()
        made = known.get(id) or Invitation(id=id, institution=institution or "", places=places or 1, on=today)
        given: dict[str, Any] = {
            "institution": institution,
            "places": places,
            "kind": kind,
            "released_on": release.date() if release else None,
            "women": women,
            "regions": regions or None,
        }
        made = replace(made, **{name: value for name, value in given.items() if value is not None})
        if made.women > made.places:
            raise NotUsable("{women} women are more than the {places} places", women=made.women, places=made.places)
        before = shell.plan
        put_invitation(change, made)
        lost = losers(moves(before, plan_now(shell), ()))
    if lost:
        shell.note(
            "{count} people lose their seat to the places kept: {people}",
            count=len(lost),
            people=", ".join(one.participant_id for one in lost),
        )
    sentence = Text("{institution} may send {places} people; free places are kept until {release}")
    if made.released_on is None:
        sentence = Text("{institution} may send {places} people; free places are kept until the event")
    shell.show(
        {
            "invitation": invitation_view(made),
            "lose_their_seat": [one.participant_id for one in lost],
            "dry_run": dry_run,
        },
        [shell.say(sentence, institution=made.institution, places=made.places, release=made.released_on)],
    )


def invitation_view(invitation: Any) -> dict[str, Any]:
    """An invitation, every key present."""
    return {
        "id": invitation.id,
        "institution": invitation.institution,
        "kind": invitation.kind,
        "places": invitation.places,
        "invited_on": invitation.on,
        "released_on": invitation.released_on,
        "women": invitation.women,
        "regions": list(invitation.regions),
    }


@click.command(cls=Command)
@click.argument("id")
@DRY_RUN
@pass_shell
def uninvite(shell: Shell, id: str, dry_run: bool) -> None:
    """Take the places of the institution ID back; its delegates stay registered and stand in line."""
    from eventops.application.records import load_records
    from eventops.application.seats import invitation_called, remove_invitation

    with shell.changing("seat uninvite", dry_run=dry_run) as change:
        records = load_records(shell.documents)
        found = invitation_called(records.invitations, id)
        count = remove_invitation(change, found, records.delegates)
    shell.show(
        {"removed": id, "delegates": count, "dry_run": dry_run},
        [
            shell.say(
                "The places of {institution} are everybody’s; {count} delegates stand in line",
                institution=found.institution,
                count=count,
            )
        ],
    )


@click.command(cls=Command)
@click.argument("id")
@click.option("--add", "added", multiple=True, metavar="PERSON", help="The institution names this participant.")
@click.option("--remove", "removed", multiple=True, metavar="PERSON", help="It does not send this participant.")
@click.option("--replace", "replaced", nargs=2, metavar="OLD NEW", help="It sends somebody else in place of OLD.")
@DRY_RUN
@pass_shell
def delegates(
    shell: Shell,
    id: str,
    added: tuple[str, ...],
    removed: tuple[str, ...],
    replaced: tuple[str, str] | None,
    dry_run: bool,
) -> None:
    """List the delegates of the institution ID, or say whom it sends."""
    from eventops.application.records import load_records
    from eventops.application.seats import invitation_called

    if not (added or removed or replaced):
        invitation_called(load_records(shell.documents).invitations, id)
    else:
        _rename(shell, id, (*added, *(replaced or ())[1:]), (*removed, *(replaced or ())[:1]), bool(replaced), dry_run)
        if dry_run:
            shell.note("Nothing was changed.")
    _show_delegates(shell, id)


def _rename(
    shell: Shell, id: str, added: tuple[str, ...], removed: tuple[str, ...], replaces: bool, dry_run: bool
) -> None:
    from eventops.application.facts import load_participants
    from eventops.application.records import load_records
    from eventops.application.seats import invitation_called, put_delegate, remove_delegate
    from eventops.cli.why import candidate_called
    from eventops.domain.deciding.seat_records import Delegate
    from eventops.domain.enrolling.lookup import person_called

    with shell.changing("seat delegates", dry_run=dry_run) as change:
        invitation = invitation_called(load_records(shell.documents).invitations, id)
        people = load_participants(shell.documents)
        stamp = shell.stamp("seat delegates")
        for one in removed:
            remove_delegate(change, id, person_called(one, people))
        for one in added:
            named = load_records(shell.documents).delegates
            if sum(other.invitation == id for other in named) >= invitation.places:
                raise NotUsable(
                    "{institution} has {places} places and named as many; replace one with --replace OLD NEW",
                    institution=invitation.institution,
                    places=invitation.places,
                )
            person = candidate_called(shell, one).participant
            made = Delegate(
                participant_id=person.id, invitation=id, on=stamp.at.date(), by=stamp.actor, replaces=replaces
            )
            put_delegate(change, made, named)


def _show_delegates(shell: Shell, id: str) -> None:
    from eventops.application.facts import load_participants
    from eventops.application.records import load_records
    from eventops.cli.seat import reason_said, seat_said

    candidates = {old: one for one in shell.plan.candidates for old in (*one.participant.merged, one.participant.id)}
    names = {one.id: one.name for one in load_participants(shell.documents)}
    rows, view = [], []
    for one in sorted(load_records(shell.documents).delegates, key=lambda one: (one.on, one.participant_id)):
        if one.invitation != id:
            continue
        candidate = candidates.get(one.participant_id)
        said = seat_said(shell, candidate) if candidate else shell.say("withdrawn")
        why = reason_said(shell, candidate) if candidate else ""
        name = names.get(one.participant_id, "")
        rows.append((one.participant_id, name, one.on, shell.say("replaces" if one.replaces else "named"), said, why))
        view.append(
            {
                "participant": one.participant_id,
                "name": name,
                "named_on": one.on,
                "replaces": one.replaces,
                "seat": candidate.seat.value if candidate else "withdrawn",
                "reason": why,
            }
        )
    words = ("Id", "Name", "Named on", "How", "Seat", "Why")
    shell.show(view, table_lines([shell.say(one) for one in words], rows))


@click.command(cls=Command)
@pass_shell
def balance(shell: Shell) -> None:
    """Places, delegates and balance of each institution, and how far the quotas are filled."""
    from eventops.application.records import load_records
    from eventops.domain.deciding.seat_balance import balances
    from eventops.domain.deciding.seat_quotas import quota_uses

    found = balances(shell.plan.candidates, load_records(shell.documents))
    uses = quota_uses(shell.event, shell.plan.candidates)
    view = {
        "institutions": [
            {
                **invitation_view(one.invitation),
                "seated": list(one.seated),
                "without_seat": list(one.others),
                "free": one.free,
                "women_seated": one.women,
                "men_seated": one.men,
                "women_missing": one.women_missing,
                "regions_seated": one.regions,
                "regions_missing": list(one.regions_missing),
            }
            for one in found
        ],
        "quotas": [
            {
                "id": one.quota.id,
                "at_least": one.quota.at_least,
                "at_most": one.quota.at_most,
                "people": one.people,
                "seated": one.seated,
                "by_value": one.by_value,
            }
            for one in uses
        ],
    }
    shell.show(view, [*_institution_lines(shell, found), *_quota_lines(shell, uses)])


def _institution_lines(shell: Shell, found: Any) -> list[str]:
    if not found:
        return [shell.say("No institution is invited; see eventops seat invite --help")]
    words = ("Id", "Institution", "Places", "Seated", "Free", "Women", "Men", "Regions", "Kept until", "Missing")
    rows = []
    for one in found:
        missing = [shell.say("{count} women", count=one.women_missing)] if one.women_missing else []
        missing += one.regions_missing
        rows.append(
            (
                one.invitation.id,
                one.invitation.institution,
                one.invitation.places,
                len(one.seated),
                one.free,
                one.women,
                one.men,
                ", ".join(f"{code or '?'} {count}" for code, count in one.regions.items()) or "-",
                one.invitation.released_on or "-",
                ", ".join(missing) or "-",
            )
        )
    return table_lines([shell.say(one) for one in words], rows)


def _quota_lines(shell: Shell, uses: Any) -> list[str]:
    if not uses:
        return []
    words = ("Quota", "At least", "At most", "People", "Seated", "By value")
    rows = [
        (
            shell.say(one.title),
            one.quota.at_least or "-",
            "-" if one.quota.at_most is None else one.quota.at_most,
            one.people,
            one.seated,
            ", ".join(f"{value} {count}" for value, count in one.by_value.items()) or "-",
        )
        for one in uses
    ]
    return ["", *table_lines([shell.say(one) for one in words], rows)]
