"""seat lottery: draw lots for seats, and check a draw."""

import click

from eventops.cli.shell import Command, Shell, pass_shell


@click.command(cls=Command)
@pass_shell
def lottery(shell: Shell) -> None:
    """Draw lots for the seats."""
