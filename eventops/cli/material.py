"""material add, list, give, return: what is lent or handed out."""

import click

from eventops.cli.event_edits import dry_run_option, title_options, title_with
from eventops.cli.nouns import Nouns
from eventops.cli.render import table_lines
from eventops.cli.shell import Shell, pass_shell
from eventops.domain.texts import Text
from eventops.errors import NotUsable


@click.group(cls=Nouns)
def material() -> None:
    """What is lent and handed out, and what came back."""


@material.command("list")
@click.option("--out", is_flag=True, help="Every loan that is not back yet.")
@pass_shell
def list_material(shell: Shell, out: bool) -> None:
    """Every material: how many there are, given, returned and left."""
    from eventops.application.facts import document_of
    from eventops.application.material import load_stocks

    stocks = load_stocks(shell.documents)
    if out:
        loans = [loan for stock in stocks for loan in stock.loans if loan.out]
        rows: list[tuple[object, ...]] = [(one.material, one.holder, one.out, one.given_on, one.by) for one in loans]
        words = ("Material", "With", "Still out", "Given on", "By")
        shell.show(
            [{**document_of(one), "out": one.out} for one in loans],
            table_lines([shell.say(one) for one in words], rows),
        )
        return
    view = [
        {
            **document_of(one.material),
            "given": one.given,
            "returned": one.returned,
            "out": one.out,
            "left": one.left,
        }
        for one in stocks
    ]
    counted: list[tuple[object, ...]] = [
        (one.material.id, shell.say(one.material.title), one.material.count, one.given, one.returned, one.out, one.left)
        for one in stocks
    ]
    titles = ("Material", "Title", "In stock", "Given", "Returned", "Still out", "Left")
    shell.show(view, table_lines([shell.say(one) for one in titles], counted))


@material.command("add")
@click.argument("name", metavar="MATERIAL")
@title_options
@click.option("--count", type=click.IntRange(min=0), required=True, help="How many there are.")
@click.option("--handout", is_flag=True, help="It is given to keep; nobody has to bring it back.")
@dry_run_option
@pass_shell
def add_material(
    shell: Shell,
    name: str,
    title: str | None,
    title_fr: str | None,
    title_ar: str | None,
    count: int,
    handout: bool,
    dry_run: bool,
) -> None:
    """Add MATERIAL (a short id like headsets), or correct how many there are."""
    import re

    from eventops.application.material import load_stocks, put_material
    from eventops.domain.hosting.material import Material

    if not re.fullmatch(r"\w[\w.-]*", name):
        raise NotUsable("“{id}” is no id; one word of letters, digits, points and hyphens is expected", id=name)
    with shell.changing("material add", dry_run=dry_run) as change:
        before = next((one.material for one in load_stocks(change) if one.material.id == name), None)
        called = title_with(before.title if before is not None else Text(name), title, title_fr, title_ar)
        returns = not handout if before is None else before.returns and not handout
        put_material(change, Material(id=name, title=called, count=count, returns=returns))
    _done(shell, {"material": name, "count": count}, Text("{count} × {material} in stock."), dry_run)


@material.command("give")
@click.argument("name", metavar="MATERIAL")
@click.argument("holder", metavar="TO")
@click.option("--count", type=click.IntRange(min=1), default=1, help="How many; one when not given.")
@dry_run_option
@pass_shell
def give_material(shell: Shell, name: str, holder: str, count: int, dry_run: bool) -> None:
    """Give MATERIAL to a person, or to a room, session or speaker by id."""
    from eventops.application.facts import load_participants
    from eventops.application.material import give, holder_called, stock_called

    with shell.changing("material give", dry_run=dry_run) as change:
        id, kind = holder_called(shell.event, load_participants(change), holder)
        stamp = shell.stamp("material give")
        give(change, stock_called(change, name), id, kind, count, by=stamp.actor, on=stamp.at.date())
    values: dict[str, object] = {"material": name, "holder": id, "count": count}
    _done(shell, values, Text("{count} × {material} given to {holder}."), dry_run)


@material.command("return")
@click.argument("name", metavar="MATERIAL")
@click.argument("holder", metavar="FROM")
@click.option("--count", type=click.IntRange(min=1), help="How many; all they hold when not given.")
@dry_run_option
@pass_shell
def return_material(shell: Shell, name: str, holder: str, count: int | None, dry_run: bool) -> None:
    """Take MATERIAL back from a person, room, session or speaker."""
    from eventops.application.facts import load_participants
    from eventops.application.material import holder_called, stock_called, take_back

    with shell.changing("material return", dry_run=dry_run) as change:
        id, _ = holder_called(shell.event, load_participants(change), holder)
        on = shell.stamp("material return").at.date()
        returned = take_back(change, stock_called(change, name), id, count, on=on)
    values: dict[str, object] = {"material": name, "holder": id, "count": returned}
    _done(shell, values, Text("{count} × {material} back from {holder}."), dry_run)


def _done(shell: Shell, values: dict[str, object], sentence: Text, dry_run: bool) -> None:
    lines = [shell.say(sentence, **values)]
    if dry_run:
        lines = [shell.say("This would be fine; nothing was changed.")]
    shell.show({**values, "dry_run": dry_run}, lines)
