"""What is wrong with a plugin, before anybody uses it: names, spelling, bounds, imports, contracts.

Run as a program of its own, so that a plugin which never returns or ends the process is a line of the answer:
`python -m eventops.testing.checking PATH|NAME` prints one JSON object for each answer, and `eventops plugin check`
reads them.
"""

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import redirect_stdout
from importlib import import_module
from io import StringIO
from pathlib import Path
from typing import Any, Literal

import msgspec
from msgspec import Struct

from eventops.errors import EventopsError, NotUsable
from eventops.extension.registry import LoadedPlugin, PluginModule, Registry, registry_of
from eventops.testing.plugin_sources import PluginSource, import_source, source_of, source_problems

Status = Literal["ok", "warning", "error"]

# An import costs every command of everybody who uses the plugin.
SLOW_IMPORT_SECONDS = 0.3
_SKIPPED = frozenset(
    (
        # Needs files only the plugin's own tests have.
        "test_every_reader_has_a_sample",
    )
)


# The last line: without it the plugin ended the process, whatever its exit code says.
END = b'{"status":"end"}'
WATCHED = ("builtins", "datetime", "decimal", "json")


class Answer(Struct, frozen=True, kw_only=True):
    """One question and its answer; `message` is an English sentence with placeholders."""

    status: Status
    message: str
    values: dict[str, str | int | float] = {}


def answers_about(plugin: str) -> Iterator[Answer]:
    """Every question about the plugin in a .py file, in a project's folder, or installed under that name.

    Errors: NotUsable when there is no such plugin.
    """
    source = source_of(plugin)
    yield Answer(status="ok", message="{plugin} is in {place}", values={"plugin": source.name, "place": source.place})
    static = list(source_problems(source))
    for status, message, values in static:
        yield Answer(status=status, message=message, values=values)
    before = _faces_of_others()
    # From here on the plugin's code runs. Said first, so that who reads knows where it stopped.
    yield Answer(status="ok", message="importing {module}", values={"module": source.module})
    said = StringIO()
    started = time.perf_counter()
    try:
        with redirect_stdout(said):
            module = import_source(source)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # whatever the import raises is the answer
        yield Answer(status="error", message="it cannot be imported: {error}", values={"error": repr(error)})
        return
    yield from _about_import(time.perf_counter() - started, said.getvalue(), before)
    yield from _about_hooks(source, module)


def _about_import(seconds: float, said: str, before: dict[tuple[str, str], int]) -> Iterator[Answer]:
    values: dict[str, str | int | float] = {"seconds": round(seconds, 2), "limit": SLOW_IMPORT_SECONDS}
    if seconds > SLOW_IMPORT_SECONDS:
        message = "the import takes {seconds} s, more than {limit} s; import what is slow inside the function"
        yield Answer(status="warning", message=message, values=values)
    else:
        yield Answer(status="ok", message="the import takes {seconds} s", values=values)
    if said:
        message = "it prints when imported: {text}; leave that out, output may be JSON"
        yield Answer(status="error", message=message, values={"text": said.strip()[:80]})
    after = _faces_of_others()
    changed = sorted(f"{module}.{name}" for (module, name), face in before.items() if after.get((module, name)) != face)
    if changed:
        message = "it replaces {names}, which are not its own"
        yield Answer(status="error", message=message, values={"names": ", ".join(changed[:5])})


def _faces_of_others() -> dict[tuple[str, str], int]:
    """Which object every name of eventops, of the builtins and of a few modules stands for."""
    watched = [*map(import_module, WATCHED), *(one for name, one in sys.modules.items() if _is_ours(name))]
    return {
        (module.__name__, attribute): id(value)
        for module in watched
        for attribute, value in list(vars(module).items())
        if callable(value)
    }


def _is_ours(module: str) -> bool:
    return module == "eventops" or module.startswith("eventops.")


def _about_hooks(source: PluginSource, module: Any) -> Iterator[Answer]:
    plugin = PluginModule(name=source.name, version="", origin=source.place, module=module)
    try:
        registry = registry_of([plugin])
    except EventopsError as error:
        yield Answer(status="error", message="{why}", values={"why": str(error)})
        return
    broken = registry.broken
    for finding in broken.values():
        yield Answer(status="error", message="{why}", values={"why": str(finding.values["why"])})
    loaded: tuple[LoadedPlugin, ...] = registry.plugins
    if not loaded:
        return
    hooks = loaded[0].hooks
    if not hooks:
        yield Answer(status="error", message="it has no hook: mark its functions with @hookimpl")
        return
    given = {hook: len(registry.of(hook)) for hook in hooks}
    told = ", ".join(f"{hook.removeprefix('eventops_')} {count}" for hook, count in given.items())
    yield Answer(status="ok", message="it gives {things}", values={"things": told})
    yield from _about_erasing(source, module, hooks)
    yield from _about_contracts(module, registry, hooks)


def _about_erasing(source: PluginSource, module: Any, hooks: tuple[str, ...]) -> Iterator[Answer]:
    """What could keep facts about people must say how they are erased."""
    keeps = sorted({*({"eventops_commands", "eventops_stores"} & set(hooks)), *source.writing_calls})
    if not keeps:
        yield Answer(status="ok", message="it keeps nothing about people")
    elif "eventops_erasures" in hooks:
        yield Answer(status="ok", message="it says how it forgets a person")
    elif getattr(module, "eventops_keeps_nothing", False):
        yield Answer(status="ok", message="it declares that it keeps nothing about people")
    else:
        message = (
            "it may keep facts about people ({how}) and does not say how it forgets them; give eventops_erasures(), "
            "or eventops_keeps_nothing = True where it keeps none"
        )
        yield Answer(status="error", message=message, values={"how": ", ".join(keeps)})


def _about_contracts(module: Any, registry: Registry, hooks: tuple[str, ...]) -> Iterator[Answer]:
    for name, contract in _contracts_for(module, registry, hooks):
        passed, failures = _run(contract)
        if not failures:
            message = "{contract}: {count} tests pass"
            yield Answer(status="ok", message=message, values={"contract": name, "count": passed})
        for test, said in failures:
            message = "{contract}, {test}: {said}"
            values: dict[str, str | int | float] = {"contract": name, "test": test, "said": said}
            yield Answer(status="error", message=message, values=values)


def _contracts_for(module: Any, registry: Registry, hooks: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    """The contracts that fit what the plugin gives, ready to run."""
    from eventops import testing

    suites = {
        "eventops_rules": "RuleContract",
        "eventops_tariffs": "TariffContract",
        "eventops_exports": "ExportContract",
        "eventops_readers": "ReaderContract",
        "eventops_writers": "WriterContract",
        "eventops_gazetteers": "GazetteerContract",
    }
    for hook, name in suites.items():
        if hook in hooks and registry.of(hook):
            contract = type(name, (getattr(testing, name),), {"plugin": module})()
            if name == "TariffContract":
                contract.currency = _currency(contract)
            yield name, contract


def _currency(contract: Any) -> str:
    """The currency the tariffs price in; a test of the contract says so when there are several."""
    try:
        return next((line.amount.currency for _, line in contract.lines()), "MAD")
    except Exception:  # the plugin's own fault: every test of the contract names it
        return "MAD"


def _run(contract: Any) -> tuple[int, list[tuple[str, str]]]:
    """How many tests pass, and what the others say."""
    passed, failures = 0, []
    for name in dir(contract):
        if not name.startswith("test_") or name in _SKIPPED:
            continue
        try:
            with redirect_stdout(StringIO()):
                getattr(contract, name)()
            passed += 1
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # an assertion, or whatever the plugin raises
            said = str(error) if isinstance(error, AssertionError) else repr(error)
            failures.append((name, said.partition("\n")[0][:300] or type(error).__name__))
    return passed, failures


def printed(answers: Iterable[Answer], write: Callable[[bytes], object]) -> int:
    """Writes every answer as it comes and gives the exit code."""
    worst = 0
    for answer in answers:
        write(msgspec.json.encode(answer) + b"\n")
        worst = max(worst, 5 if answer.status == "error" else 0)
    write(END + b"\n")
    return worst


def main() -> None:
    """The program."""
    out = sys.stdout.buffer

    def write(line: bytes) -> None:
        out.write(line)
        out.flush()

    try:
        code = printed(answers_about(str(Path(sys.argv[1])) if len(sys.argv) > 1 else "."), write)
    except NotUsable as error:
        values = {name: str(value) for name, value in error.values.items()}
        write(msgspec.json.encode({"status": "missing", "message": error.message, "values": values}) + b"\n")
        code = 3
    sys.exit(code)


if __name__ == "__main__":
    main()
