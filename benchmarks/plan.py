"""How long a plan of many registrations takes and how much memory; how fast the command line starts.

Run: python benchmarks/plan.py [ROWS]. Prints the median of several runs of the installed program, each a process of its
own: the plan of ROWS registrations (10,000) made from the sample with a seed, after they were imported; `--help` and
`participant list` on the sample, as multiples of `python -c "import click"`.
"""

import csv
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

SEED = 20231014
RUNS = 9
COMPILED = str(Path(tempfile.gettempdir()) / "eventops-benchmark-compiled")
PROGRAM = (sys.executable, "-m", "eventops")
CLICK = (sys.executable, "-c", "import click")
FAMILIES = ("Alaoui", "Berrada", "Chraïbi", "الدكالي", "الإدريسي", "Fassi", "Guessous", "حدو", "Idrissi", "Jettou")


class Run(NamedTuple):
    """One process: how long it took and the most memory it held."""

    seconds: float
    megabytes: float


def run(*words: str) -> Run:
    """Runs a command to its end; it must succeed, or say with 4 that something needs a person."""
    # Compiled modules are kept, as pip keeps them, but not beside the sources.
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": COMPILED}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    started = time.perf_counter()
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 4):
        raise SystemExit(f"{' '.join(words)} ended with {process.returncode}")
    # ru_maxrss is in kilobytes on Linux, in bytes on macOS.
    unit = 1024 if sys.platform != "darwin" else 1024 * 1024
    return Run(time.perf_counter() - started, usage.ru_maxrss / unit)


def median(runs: Sequence[Run]) -> Run:
    """The median of each figure."""
    return Run(statistics.median(one.seconds for one in runs), statistics.median(one.megabytes for one in runs))


def registrations(sample: Path, count: int) -> Iterator[list[object]]:
    """The heading of the sample, then that many rows: each one of the sample's with a name and addresses of its own."""
    import openpyxl

    heading, *rows = openpyxl.load_workbook(sample, read_only=True).worksheets[0].iter_rows(values_only=True)
    yield list(heading)
    chance = random.Random(SEED)
    columns = [str(cell) for cell in heading]
    name, latin, email, phone = (
        next(at for at, column in enumerate(columns) if word in column)
        for word in ("Nom complet", "caractères latins", "e-mail", "téléphone")
    )
    for number in range(count):
        row = list(chance.choice(rows))
        row[name] = f"{row[name]} {chance.choice(FAMILIES)} {_letters(number)}"
        row[latin] = None
        row[email] = f"person.{number}@example.org"
        row[phone] = f"06{number:08d}"
        yield row


def _letters(number: int) -> str:
    """A name that no other number has."""
    letters = ""
    while True:
        number, rest = divmod(number, 26)
        letters += chr(97 + rest)
        if not number:
            return letters.title()


def workspace_of(folder: Path, count: int) -> Path:
    """A workspace with the sample's event, seats for everybody, and that many people."""
    workspace = folder / "many"
    run(*PROGRAM, "demo", "--empty", str(workspace))
    event = workspace / "event.toml"
    text = event.read_text(encoding="utf-8").replace("seats = 70", f"seats = {count}")
    event.write_text(text, encoding="utf-8")
    run(*PROGRAM, "-w", str(workspace), "event", "apply", str(event))
    sheet = folder / "registrations.csv"
    with sheet.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(registrations(workspace / "registrations.xlsx", count))
    taken = run(*PROGRAM, "-w", str(workspace), "participant", "import", str(sheet))
    print(f"{'import of the sheet':<36} {taken.seconds:6.2f} s   {taken.megabytes:6.0f} MB")
    return workspace


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        workspace = workspace_of(folder, count)
        plan = median([run(*PROGRAM, "-w", str(workspace), "--json", "plan") for _ in range(3)])
        print(f"{f'plan of {count} registrations':<36} {plan.seconds:6.2f} s   {plan.megabytes:6.0f} MB")
        sample = folder / "sample"
        run(*PROGRAM, "demo", str(sample))
        click = median([run(*CLICK) for _ in range(RUNS)])
        print(f"{'python -c import click':<36} {click.seconds:6.3f} s")
        for words in (("--help",), ("-w", str(sample), "participant", "list")):
            run(*PROGRAM, *words)
            taken = median([run(*PROGRAM, *words) for _ in range(RUNS)])
            said = " ".join(word for word in words if not word.startswith(("-w", "/")))
            print(f"{'eventops ' + said:<36} {taken.seconds:6.3f} s   {taken.seconds / click.seconds:6.2f} times click")


if __name__ == "__main__":
    main()
