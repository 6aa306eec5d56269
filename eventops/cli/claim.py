"""claim add, import, authorise, pay, remove, list: money people ask back, from estimate to payment."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import click

from eventops.cli.days import DAY
from eventops.cli.nouns import Nouns
from eventops.cli.render import table_lines
from eventops.cli.shell import Shell, pass_shell
from eventops.domain.texts import Text
from eventops.errors import NotUsable

if TYPE_CHECKING:
    from eventops.application.claims import Books
    from eventops.domain.keeping.settled import ForgottenMoney
    from eventops.domain.paying.claims import Claim, MoneyState, Receipt

PART = click.option(
    "--part", default="", help="One leg (there, back), one night or day (2023-10-13), or one meal; all when not given."
)
DRY_RUN = click.option("--dry-run", is_flag=True, help="Show what would change; change nothing.")
BY = click.option("--by", help="Who does it; the user of this computer when not given.")


@click.group(cls=Nouns)
def claim() -> None:
    """Money people ask back: receipts, what is authorised, what is paid."""


@claim.command("add")
@click.argument("person")
@click.argument("benefit")
@click.argument("amount")
@PART
@click.option(
    "--receipt", "numbers", multiple=True, metavar="NUMBER|FILE", help="Its number, or a file that is hashed."
)
@click.option("--on", "receipt_on", type=DAY, help="The day on the receipt; its exchange rate counts.")
@click.option("--shared", is_flag=True, help="Several people share this receipt.")
@click.option("--note", default="", help="What should be known about it.")
@click.option("--replace", "replacing", is_flag=True, help="Correct a claim that is not authorised yet.")
@DRY_RUN
@pass_shell
def add_claim(
    shell: Shell,
    person: str,
    benefit: str,
    amount: str,
    part: str,
    numbers: tuple[str, ...],
    receipt_on: datetime | None,
    shared: bool,
    note: str,
    replacing: bool,
    dry_run: bool,
) -> None:
    """Take down that PERSON asks AMOUNT back for BENEFIT, like 120.50 or "11 EUR"."""
    from eventops.application.amounts import money_in
    from eventops.application.claims import checked_claim, put_claim
    from eventops.domain.paying.claims import Claim

    receipts = tuple(_receipt(one, receipt_on) for one in numbers)
    with shell.changing("claim add", dry_run=dry_run) as change:
        stamp = shell.stamp("claim add")
        books = _books(shell)
        made = Claim(
            participant_id=_person(shell, person),
            benefit=benefit,
            part=part,
            claimed=money_in("AMOUNT", amount, shell.event.currency),
            on=stamp.at.date(),
            by=stamp.actor,
            receipts=receipts,
            shared=shared,
            note=note.strip(),
        )
        put_claim(change, checked_claim(made, books, replacing=replacing))
    sentence = Text("{claim}: {amount} claimed.")
    if dry_run:
        sentence = Text("{claim}: {amount} would be claimed; nothing was changed.")
    _show(shell, made, dry_run, shell.say(sentence, claim=made.key, amount=made.claimed))


def _receipt(said: str, on: datetime | None) -> "Receipt":
    """A receipt by its number, or by the hash of the file it is in."""
    from hashlib import sha256

    from eventops.cli.files import file_bytes
    from eventops.domain.paying.claims import Receipt

    file = Path(said)
    if file.is_file():
        return Receipt(on=on.date() if on else None, sha256=sha256(file_bytes(file)).hexdigest())
    return Receipt(number=said.strip(), on=on.date() if on else None)


def _books(shell: Shell) -> "Books":
    from eventops.application.claims import load_books

    return load_books(shell.documents, shell.event, shell.plan)


def _person(shell: Shell, person: str) -> str:
    """The id of the person meant, of one who has withdrawn too. Errors: NotUsable."""
    from eventops.application.facts import load_participants
    from eventops.domain.enrolling.lookup import person_called

    return person_called(person, load_participants(shell.documents)).id


def _show(shell: Shell, made: "Claim", dry_run: bool, line: str) -> None:
    from eventops.application.settled_views import claim_view

    shell.show({**claim_view(made), "dry_run": dry_run}, [line])


@claim.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--replace", "replacing", is_flag=True, help="Correct claims that are not authorised yet.")
@DRY_RUN
@pass_shell
def import_claims(shell: Shell, file: Path, replacing: bool, dry_run: bool) -> None:
    """Take down the claims of FILE (.xlsx or .csv): person, benefit and amount; part, currency, receipt, date, note."""
    from eventops.adapters.spreadsheets import sheets_of_workbook
    from eventops.application.claim_sheets import claims_in
    from eventops.application.claims import put_claim
    from eventops.application.facts import load_participants
    from eventops.application.reading import read_file_of
    from eventops.application.settled_views import claim_view
    from eventops.application.views import finding_view
    from eventops.cli.files import file_bytes

    sheets = read_file_of(file_bytes(file), file.name, shell.registry, sheets_of_workbook, on_purpose=True).sheets
    with shell.changing("claim import", dry_run=dry_run) as change:
        stamp = shell.stamp("claim import")
        people = load_participants(shell.documents)
        read = claims_in(
            sheets, file.name, _books(shell), people, on=stamp.at.date(), by=stamp.actor, replacing=replacing
        )
        for one in read.claims:
            put_claim(change, one)
    shell.note_findings(read.findings)
    sentence = Text("{count} claims taken, {refused} rows refused.")
    if dry_run:
        sentence = Text("{count} claims would be taken, {refused} rows refused; nothing was changed.")
    shell.show(
        {
            "claims": [claim_view(one) for one in read.claims],
            "refused": [finding_view(one, shell.wording) for one in read.findings],
            "dry_run": dry_run,
        },
        [shell.say(sentence, count=len(read.claims), refused=len(read.findings))],
    )
    if read.findings:
        raise click.exceptions.Exit(4)


@claim.command("authorise")
@click.argument("person")
@click.argument("benefit")
@PART
@click.option("--amount", help="Less than the lesser of approved and claimed.")
@BY
@DRY_RUN
@pass_shell
def authorise_claim(
    shell: Shell, person: str, benefit: str, part: str, amount: str | None, by: str | None, dry_run: bool
) -> None:
    """Authorise what PERSON claims for BENEFIT: the lesser of approved and claimed."""
    from eventops.application.amounts import money_in
    from eventops.application.claims import authorised, claim_called, put_claim

    with shell.changing("claim authorise", dry_run=dry_run) as change:
        stamp = shell.stamp("claim authorise")
        books = _books(shell)
        less = money_in("--amount", amount, shell.event.currency) if amount is not None else None
        found = claim_called(books, _person(shell, person), benefit, part)
        made = authorised(found, books, by=by or stamp.actor, on=stamp.at.date(), amount=less)
        put_claim(change, made)
    sentence = Text("{claim}: {authorised} authorised of {claimed} claimed and {approved} approved.")
    if dry_run:
        sentence = Text(
            "{claim}: {authorised} would be authorised of {claimed} claimed and {approved} approved; "
            "nothing was changed."
        )
    line = shell.say(sentence, claim=made.key, authorised=made.authorised, claimed=made.claimed, approved=made.approved)
    _show(shell, made, dry_run, line)


@claim.command("pay")
@click.argument("person")
@click.argument("benefit")
@PART
@click.option("--reference", default="", help="Of the transfer or the signed list.")
@click.option("--on", "paid_on", type=DAY, help="The day of the payment; today when not given.")
@BY
@DRY_RUN
@pass_shell
def pay_claim(
    shell: Shell,
    person: str,
    benefit: str,
    part: str,
    reference: str,
    paid_on: datetime | None,
    by: str | None,
    dry_run: bool,
) -> None:
    """Note that what was authorised for PERSON and BENEFIT is paid."""
    from eventops.application.claims import claim_called, paid, put_claim

    with shell.changing("claim pay", dry_run=dry_run) as change:
        stamp = shell.stamp("claim pay")
        found = claim_called(_books(shell), _person(shell, person), benefit, part)
        day = paid_on.date() if paid_on else stamp.at.date()
        made = paid(found, by=by or stamp.actor, on=day, reference=reference.strip())
        put_claim(change, made)
    sentence = Text("{claim}: {amount} paid.")
    if dry_run:
        sentence = Text("{claim}: {amount} would be paid; nothing was changed.")
    _show(shell, made, dry_run, shell.say(sentence, claim=made.key, amount=made.paid))


@claim.command("remove")
@click.argument("person")
@click.argument("benefit")
@PART
@DRY_RUN
@pass_shell
def remove_claim(shell: Shell, person: str, benefit: str, part: str, dry_run: bool) -> None:
    """Take a claim away that is not paid."""
    from eventops.application.claims import claim_called, remove_claim as removed

    with shell.changing("claim remove", dry_run=dry_run) as change:
        found = claim_called(_books(shell), _person(shell, person), benefit, part)
        if found.paid is not None:
            raise NotUsable("{claim} is paid, so it stays on record", claim=found.key)
        removed(change, found)
    sentence = (
        Text("{claim} is taken away.") if not dry_run else Text("{claim} would be taken away; nothing was changed.")
    )
    shell.show({"removed": found.key, "dry_run": dry_run}, [shell.say(sentence, claim=found.key)])


@claim.command("list")
@click.option(
    "--state",
    type=click.Choice(["estimated", "approved", "claimed", "authorised", "paid", "all"]),
    default="all",
    help="Only what has come this far.",
)
@pass_shell
def list_claims(shell: Shell, state: str) -> None:
    """Every benefit that costs something: estimated, approved, claimed, authorised, paid; with the sums."""
    from eventops.application.settled_views import claim_view, forgotten_view, money_state_view
    from eventops.application.settling import load_forgotten_money
    from eventops.domain.paying.claims import money_states
    from eventops.domain.reporting.funding_words import beyond_of

    books, beyond = _books(shell), beyond_of(shell.plan)
    forgotten = load_forgotten_money(shell.documents) if state in ("all", "paid") else ()
    estimated = {
        (one.participant_id, one.benefit): one.amount
        for one in shell.plan.decisions
        if one.amount is not None and (one.participant_id, one.benefit) not in beyond
    }
    states = money_states(shell.event, estimated, books.approved_or_claimed, books.claims)
    shown = [one for one in states if state in ("all", one.state)]
    view = {
        "approval": books.approval,
        "amounts": [money_state_view(one) for one in shown],
        "claims": [claim_view(one) for one in books.claims],
        "forgotten": [forgotten_view(one) for one in forgotten],
    }
    shell.show(view, _state_table(shell, shown, forgotten))


def _state_table(shell: Shell, states: "Sequence[MoneyState]", forgotten: "Sequence[ForgottenMoney]") -> list[str]:
    from eventops.domain.money import Money, total

    steps = ("estimated", "approved", "claimed", "authorised", "paid")
    titles = {one.name: shell.say(one.title) for one in shell.plan.benefits}
    headings = [
        shell.say(one)
        for one in ("Person", "Benefit", "Estimated", "Approved", "Claimed", "Authorised", "Paid", "Receipts")
    ]
    somebody = shell.say("forgotten people")
    lines: list[tuple[str, MoneyState | ForgottenMoney]] = [(one.participant_id, one) for one in states]
    lines += [(somebody, one) for one in forgotten]
    amounts = [[getattr(one, step, None) for step in steps] for _, one in lines]
    rows: list[tuple[object, ...]] = [
        (
            person,
            titles.get(one.benefit, one.benefit),
            *("-" if money is None else shell.wording.value(money) for money in known),
            one.receipts or "",
        )
        for (person, one), known in zip(lines, amounts, strict=True)
    ]
    sums = [
        total((one for one in step if isinstance(one, Money)), shell.event.currency)
        for step in zip(*amounts, strict=True)
    ]
    shown = sums or [Money(Decimal(0), shell.event.currency)] * len(steps)
    rows.append((shell.say("Total"), "", *(shell.wording.value(one) for one in shown), ""))
    return table_lines(headings, rows)
