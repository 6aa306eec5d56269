"""Days and hours on the command line, in Arabic digits too."""

from datetime import datetime
from typing import Any

import click

from eventops.domain.enrolling.cell_values import text_in, western_digits


class Moment(click.DateTime):
    """A day or hour in one of these formats."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        written = western_digits(text_in(value)) if isinstance(value, str) else value
        moment: datetime = super().convert(written, param, ctx)
        return moment


DAY = Moment(["%Y-%m-%d", "%d/%m/%Y"])
DAY_AND_HOUR = Moment(["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"])
