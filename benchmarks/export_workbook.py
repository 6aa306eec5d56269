"""How long files take against openpyxl's write-only mode with the same cells, and how memory grows with their rows.

Usage: python benchmarks/export_workbook.py [ROWS]   (20 columns; CPU seconds)
       python benchmarks/export_workbook.py --memory (peak memory of each format at 20,000 and 100,000 rows)
Exit 1 when the workbook takes longer than openpyxl's, or when memory grows as the rows do.
"""

import io
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

from eventops.builtin.writers import json_document, separated, web_page, workbook
from eventops.domain.money import Money
from eventops.domain.reporting.reports import Audience, Cell, Column, Kind, Report, Rows, Table
from eventops.domain.texts import Text

WORDS = ("الدار البيضاء", "Rabat", "جمعية الأمل للتنمية", "Commune de Mohammedia", "Salma Benali", "فاطمة الزهراء")
KINDS = (Kind.TEXT,) * 13 + (Kind.INTEGER, Kind.DATE, Kind.DATE, Kind.DECIMAL, Kind.DECIMAL, Kind.MONEY, Kind.INTEGER)


def a_report(rows: int) -> Report:
    """Twenty columns as a participants list has them."""
    columns = tuple(
        Column(name=f"c{number}", title=Text(f"Column {number}").en, kind=kind, width=24)
        for number, kind in enumerate(KINDS)
    )
    table = Table(name="t", title="People", columns=columns, rows=Rows(range(rows), _row))
    return Report(name="r", title="People", audience=Audience.ASSOCIATION, tables=(table,), heading="Benchmark")


def _row(number: int) -> tuple[Cell, ...]:
    texts = tuple(f"{WORDS[(number + column) % 6]} {number % 997}" for column in range(12))
    day = date(2023, 10, 14) - timedelta(days=number % 9000)
    return (
        *texts,
        f"+2126{number:08}",
        number % 80,
        day,
        day,
        round(number % 900 + 0.25, 2),
        number * 0.5,
        Money(Decimal(number % 5000), "MAD"),
        number,
    )


def written_by_openpyxl(report: Report) -> bytes:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("People")
    table = report.tables[0]
    sheet.append([column.title for column in table.columns])
    for row in table.rows:
        sheet.append([float(cell.amount) if isinstance(cell, Money) else cell for cell in row])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def seconds(function: Callable[[Report], bytes], report: Report, repeats: int) -> float:
    best = float("inf")
    for _ in range(repeats):
        start = time.process_time()
        function(report)
        best = min(best, time.process_time() - start)
    return best


def peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


WRITERS = {"xlsx": workbook, "csv": separated, "json": json_document, "html": web_page}


def measure_memory() -> None:
    """Peak memory of writing each format, each in a process of its own."""
    grown = False
    for name in WRITERS:
        peaks = []
        for rows in (20, 20_000, 100_000):
            words = [sys.executable, __file__, "--peak", name, str(rows)]
            done = subprocess.run(words, capture_output=True, check=True, encoding="utf-8")
            peak, size = map(float, done.stdout.split())
            peaks.append(peak)
        added = [peak - peaks[0] for peak in peaks[1:]]
        print(f"{name}: {added[0]:.0f} MB at 20,000 rows, {added[1]:.0f} MB at 100,000, for a file of {size:.0f} MB")
        grown |= name == "xlsx" and added[1] > 2.5 * added[0]
    sys.exit(grown)


def main() -> None:
    if sys.argv[1:] == ["--memory"]:
        measure_memory()
    if sys.argv[1:2] == ["--peak"]:
        size = len(WRITERS[sys.argv[2]](a_report(int(sys.argv[3]))))
        print(peak_mb(), size / 1e6)
        return
    measure_time(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)


def measure_time(rows: int) -> None:
    """Seconds of each format beside openpyxl's."""
    repeats = 3 if rows <= 20_000 else 1
    report = a_report(rows)
    ours = seconds(workbook, report, repeats)
    theirs = seconds(written_by_openpyxl, report, repeats)
    size = len(workbook(report)) / 1e6
    print(f"{rows} rows x 20: eventops {ours:.2f} s, openpyxl write-only {theirs:.2f} s, ratio {ours / theirs:.2f}")
    print(f"file {size:.1f} MB")
    for name, writer in WRITERS.items():
        if name == "xlsx":
            continue
        taken = seconds(writer, report, 1)
        print(f"{name} {taken:.2f} s, ratio {taken / theirs:.2f}")
    sys.exit(ours > theirs)


if __name__ == "__main__":
    main()
