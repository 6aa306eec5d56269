"""participant refused: the rows that were not enrolled, until they are corrected."""

import click

from eventops.cli.nouns import Command
from eventops.cli.render import shown
from eventops.cli.shell import Shell, pass_shell
from eventops.domain.texts import Text

DISMISS_HELP = "Take a row off the list that needs no correction, by its id; may be repeated."


@click.command("refused", cls=Command)
@click.option("--dismiss", "dismissed", multiple=True, metavar="ID", help=DISMISS_HELP)
@pass_shell
def refused_rows(shell: Shell, dismissed: tuple[str, ...]) -> None:
    """The rows refused by imports and not corrected yet, each with every reason."""
    from eventops.application.refused import load_refused, remove_refused

    if dismissed:
        with shell.changing("participant refused") as change:
            gone = remove_refused(change, dismissed)
        place = Text("{id} is off the list: {file}, row {row}")
        lines = [shell.say(place, id=one.id, file=shown(one.file), row=one.row) for one in gone]
        shell.show({"dismissed": [one.id for one in gone]}, lines)
        return
    rows = load_refused(shell.documents)
    view, lines = [], []
    for row in rows:
        reasons = [shell.say(Text(one.message), **one.values) for one in row.reasons]
        view.append(
            {
                "id": row.id,
                "file": row.file,
                "sheet": row.sheet,
                "row": row.row,
                "name": row.name,
                "review_file": row.review,
                "reasons": [
                    {"code": one.code, "column": one.column, "heading": one.heading, "message": said}
                    for one, said in zip(row.reasons, reasons, strict=True)
                ],
            }
        )
        where = shell.say("{file}, sheet {sheet}, row {row}", file=row.file, sheet=row.sheet, row=row.row)
        lines.append(shown(f"{row.id}  {where}  {row.name}".rstrip()))
        lines += [f"    {shown(said)}" for said in reasons]
    for review in dict.fromkeys(row.review for row in rows):
        file = str(shell.folder / "review" / review)
        lines.append(shell.say("Correct the marked cells in {file} and import it.", file=file))
    shell.show(view, lines or [shell.say("No row is refused.")])
