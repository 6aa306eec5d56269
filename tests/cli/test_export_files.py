import pytest

from eventops.cli import export_files
from eventops.cli.export_files import STEP, _watched
from eventops.domain.reporting.reports import Audience, Column, Report, Rows, Table, Writer


class _Terminal:
    """Stands for a run whose words are shown on a terminal."""

    def say(self, text: str) -> str:
        return text


def test_a_bar_goes_with_the_rows_the_first_time_they_are_written(monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[int] = []

    class Bar:
        def __enter__(self) -> "Bar":
            return self

        def __exit__(self, *_: object) -> None: ...

        def update(self, step: int) -> None:
            steps.append(step)

    monkeypatch.setattr(export_files.click, "progressbar", lambda **_: Bar())
    rows = Rows(range(2 * STEP + 1), lambda number: (number,))
    table = Table(name="t", title="T", columns=(Column(name="n", title="N"),), rows=rows)
    report = Report(name="r", title="R", audience=Audience.DOOR, tables=(table,))

    def render(report: Report) -> bytes:
        assert list(report.tables[0].rows) == list(report.tables[0].rows) == list(rows)
        return b"written"

    writer = Writer(name="w", suffix=".w", media_type="", render=render)
    assert (_watched(_Terminal(), writer, report), steps) == (b"written", [STEP, STEP])  # type: ignore[arg-type]
