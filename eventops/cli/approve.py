"""approve, approve confirm, list, show: the plan as people approved it."""

from typing import TYPE_CHECKING

import click

from eventops.cli.nouns import Nouns
from eventops.cli.render import table_lines
from eventops.cli.shell import Shell, pass_shell
from eventops.domain.texts import Text
from eventops.errors import NotUsable

if TYPE_CHECKING:
    from eventops.domain.keeping.approvals import Approval


@click.group(cls=Nouns, invoke_without_command=True)
@click.option("--by", help="Who approves; the user of this computer when not given.")
@click.option("--note", default="", help="What was said about it: a meeting, a reference.")
@click.option(
    "--accept", "accepted", multiple=True, metavar="CODE", help="Approve in spite of this finding; may be repeated."
)
@click.option("--dry-run", is_flag=True, help="Show what would be approved; change nothing.")
@click.pass_context
def approve(ctx: click.Context, by: str | None, note: str, accepted: tuple[str, ...], dry_run: bool) -> None:
    """Approve the plan as it stands: it is kept with a number, the time, your name and hashes."""
    if ctx.invoked_subcommand is None:
        _approve(ctx.ensure_object(Shell), by, note, accepted, dry_run)


def _approve(shell: Shell, by: str | None, note: str, accepted: tuple[str, ...], dry_run: bool) -> None:
    from eventops.application.adopting import adoption_now
    from eventops.application.approving import new_approval, plan_to_approve, put_approval
    from eventops.application.settled_views import approval_view

    with shell.changing("approve", dry_run=dry_run) as change:
        plan = shell.plan
        _require_accepted(shell, accepted)
        content = plan_to_approve(plan)
        if plan.approval is not None and plan.approval.same:
            raise NotUsable("The plan is approval {number} already; nothing was changed", number=plan.approval.number)
        stamp = shell.stamp("approve")
        adoption = adoption_now(shell.documents, shell.event_with_files, shell.registry)
        made = new_approval(
            plan,
            content,
            shell.documents,
            shell.store,
            shell.registry,
            stamp,
            by=(by or stamp.actor).strip() or stamp.actor,
            note=note.strip(),
            adoption=adoption.number if adoption is not None else None,
            accepted=accepted,
        )
        put_approval(change, made, content.people)
    if adoption is None:
        shell.note("Nobody adopted the criteria as they stand; eventops criteria adopt records who did")
    sentence = Text("Approval {number} by {by}: {people} people, hash {hash}.")
    if dry_run:
        sentence = Text("Would be approval {number} by {by}: {people} people, hash {hash}; nothing was changed.")
    lines = [
        shell.say(sentence, number=made.number, by=made.signatures[0].by, people=made.people, hash=made.plan_hash[:12])
    ]
    if not made.stands:
        lines.append(_still_needed(shell, made))
    shell.show({**approval_view(made), "dry_run": dry_run}, lines)


def _require_accepted(shell: Shell, accepted: tuple[str, ...]) -> None:
    """Errors: NotUsable for a grave finding that was not accepted by its code."""
    from eventops.application.approving import grave_findings

    grave = grave_findings(shell.plan)
    open_ones = [one for one in grave if one.code not in accepted]
    if open_ones:
        shell.note_findings(open_ones)
        codes = sorted({one.code for one in open_ones})
        raise NotUsable(
            "The plan is not approved: {codes}. Settle it, or approve in spite of it with {options}",
            codes=", ".join(codes),
            options=" ".join(f"--accept {one}" for one in codes),
        )


def _still_needed(shell: Shell, approval: "Approval") -> str:
    return shell.say(
        "It stands when {count} more have signed: eventops approve confirm {number} --by NAME",
        count=approval.needed - len(approval.signatures),
        number=approval.number,
    )


@approve.command("confirm")
@click.argument("number", type=int)
@click.option("--by", required=True, help="Who confirms: another person than those who signed.")
@click.option("--dry-run", is_flag=True, help="Show what would change; change nothing.")
@pass_shell
def confirm(shell: Shell, number: int, by: str, dry_run: bool) -> None:
    """Sign approval NUMBER as another person, where the event asks for more than one."""
    from eventops.application.approving import approval_numbered, confirmed, plan_to_approve, put_approval
    from eventops.application.settled_views import approval_view

    if not by.strip():
        raise NotUsable("Name the person who confirms behind --by")
    with shell.changing("approve confirm", dry_run=dry_run) as change:
        approval = approval_numbered(shell.documents, number)
        stamp = shell.stamp("approve confirm")
        made = confirmed(approval, plan_to_approve(shell.plan), stamp, by.strip())
        put_approval(change, made)
    sentence = Text("Approval {number} is signed by {names}.")
    if dry_run:
        sentence = Text("Approval {number} would be signed by {names}; nothing was changed.")
    lines = [shell.say(sentence, number=number, names=", ".join(one.by for one in made.signatures))]
    if not made.stands:
        lines.append(_still_needed(shell, made))
    shell.show({**approval_view(made), "dry_run": dry_run}, lines)


@approve.command("list")
@pass_shell
def list_approvals(shell: Shell) -> None:
    """Every approval: when, by whom, how many people, and its hash."""
    from eventops.application.approving import load_approvals
    from eventops.application.settled_views import approval_view

    approvals = load_approvals(shell.documents)
    headings = [shell.say(one) for one in ("No.", "When", "By", "People", "Criteria", "Stands", "Hash", "Note")]
    rows = [
        (
            one.number,
            f"{one.at:%Y-%m-%d %H:%M}",
            ", ".join(signature.by for signature in one.signatures),
            one.people,
            one.adoption or "-",
            shell.say("yes") if one.stands else shell.say("{count} to sign", count=one.needed - len(one.signatures)),
            one.plan_hash[:12],
            one.note,
        )
        for one in approvals
    ]
    empty = [shell.say("Nothing was approved yet.")]
    shell.show([approval_view(one) for one in approvals], table_lines(headings, rows) if rows else empty)


@approve.command("show")
@click.argument("number", type=int)
@click.option("--people", "with_people", is_flag=True, help="Also what was decided about each person.")
@pass_shell
def show_approval(shell: Shell, number: int, with_people: bool) -> None:
    """Approval NUMBER: who signed, its hashes, what each budget line costs, and with --people each decision."""
    from eventops.application.approving import approval_numbered, load_approved_people
    from eventops.application.settled_views import approval_view, approved_person_view
    from eventops.domain.keeping.comparing import word_of

    approval = approval_numbered(shell.documents, number)
    people = load_approved_people(shell.documents, number) if with_people else ()
    view = approval_view(approval)
    if with_people:
        view["decisions"] = [approved_person_view(one, approval.currency) for one in people]
    lines = [
        shell.say("Approval {number}, {people} people", number=number, people=approval.people),
        *(shell.say("signed by {by} on {at}", by=one.by, at=f"{one.at:%Y-%m-%d %H:%M}") for one in approval.signatures),
    ]
    if not approval.stands:
        lines.append(_still_needed(shell, approval))
    if approval.note:
        lines.append(approval.note)
    lines += [
        shell.titled(shell.say("Hash of the plan"), approval.plan_hash),
        shell.titled(shell.say("Hash of the facts"), approval.facts_hash),
        shell.titled(shell.say("Newest entry of the history"), approval.history_hash),
        shell.titled(shell.say("Adopted criteria"), str(approval.adoption or "-")),
        shell.titled(shell.say("Accepted"), ", ".join(approval.accepted) or "-"),
        shell.titled(shell.say("Made with"), ", ".join(f"{name} {version}" for name, version in approval.versions)),
        "",
    ]
    headings = [shell.say(one) for one in ("Budget line", "Sponsor", "Benefit", "People", "Planned", "Ceiling")]
    rows = [
        (
            one.line_id or "-",
            one.sponsor or "-",
            one.benefit,
            one.people,
            shell.wording.value(one.planned),
            shell.wording.value(one.ceiling) if one.ceiling is not None else "-",
        )
        for one in approval.lines
    ]
    lines += table_lines(headings, rows)
    if with_people:
        headings = [shell.say(one) for one in ("Person", "Benefit", "Decision", "Amount", "Rules")]
        decided = [
            (
                person.participant_id,
                one.benefit,
                shell.say(_word(word_of(one))),
                "-" if one.amount is None or not one.covered else f"{one.amount} {approval.currency}",
                ", ".join(one.rules),
            )
            for person in people
            for one in person.decisions
        ]
        lines += ["", *table_lines(headings, decided)]
    shell.show(view, lines)


def _word(word: str) -> Text | str:
    from eventops.domain.reporting.labels import OUTCOME_LABELS, labelled

    return labelled(OUTCOME_LABELS, word)
