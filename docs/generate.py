"""Writes the generated parts of the reference from the program itself: python docs/generate.py

A part stands between `<!-- generated: NAME -->` and `<!-- end of NAME -->`. A test fails when a page and the program
differ, so run this after a change of a command, a setting, an export, a rule or an error class.
"""

import re
import textwrap
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import click

from eventops import __version__, errors
from eventops.builtin import plugin
from eventops.cli.main import cli
from eventops.cli.shell import Shell
from eventops.domain.reporting.audiences import WITH_CONSENT, audience_table
from eventops.domain.reporting.reports import Audience
from eventops.extension import spec
from eventops.extension.registry import CORE, Contribution, PluginModule, Registry, registry_of

DOCS = Path(__file__).parent
_PART = re.compile(r"<!-- generated: (?P<name>[\w-]+) -->\n.*?<!-- end of (?P=name) -->", re.DOTALL)


def updated(page: str) -> str:
    """The text of a page with every generated part written anew."""

    def part(match: re.Match[str]) -> str:
        lines = "\n".join(PARTS[match["name"]]())
        return f"<!-- generated: {match['name']} -->\n\n{lines}\n\n<!-- end of {match['name']} -->"

    return _PART.sub(part, page)


def core() -> Registry:
    """What eventops itself offers, whatever else is installed."""
    return registry_of([PluginModule(name=CORE, version=__version__, origin="eventops", module=plugin)])


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A table in Markdown."""
    yield f"| {' | '.join(headings)} |"
    yield "|" + " --- |" * len(headings)
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |"


# Commands


def commands() -> Iterator[str]:
    """Every command with its arguments and options."""
    context = click.Context(cli, info_name="eventops", obj=Shell(()), **cli.context_settings)
    yield from _section(cli, context, level=2)


def _section(command: click.Command, context: click.Context, level: int) -> Iterator[str]:
    arguments = [one for one in command.params if isinstance(one, click.Argument)]
    options = [one for one in command.params if isinstance(one, click.Option) and not one.hidden]
    yield f"{'#' * level} {context.command_path}"
    yield ""
    yield " ".join((command.help or "").split())
    yield ""
    own = [one for one in options if context.parent is None or "--json" not in one.opts]
    usage = [context.command_path]
    usage += [_value(one) if one.required else f"[{_value(one)}]" for one in arguments]
    usage += ["[OPTIONS]"] if own else []
    usage += ["COMMAND"] if isinstance(command, click.Group) else []
    yield f"`{' '.join(usage)}`"
    yield ""
    if own:
        yield from table(("Option", "What it does"), map(_option, own))
        yield ""
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            inside = command.get_command(context, name)
            assert inside is not None
            yield from _section(inside, click.Context(inside, info_name=name, parent=context), min(level + 1, 4))


def _option(option: click.Option) -> tuple[str, str]:
    names = ", ".join(f"`{name}`" for name in option.opts)
    value = "" if option.is_flag else f" `{_value(option)}`"
    said = option.help or ""
    if option.required:
        said += " Required."
    if option.multiple and "repeated" not in said:
        said += " May be repeated."
    return names + value, said


def _value(option: click.Parameter) -> str:
    """What is written behind an option; said here, because releases of click differ."""
    match option.type:
        case _ if option.metavar:
            return option.metavar
        case _ if isinstance(option, click.Argument):
            return (option.name or "").upper()
        case click.Choice(choices=choices):
            return "|".join(choices)
        case click.DateTime():
            return "DATE"
        case click.types.IntParamType() | click.types.FloatParamType():
            return "NUMBER"
        case click.Path():
            return "FILE"
        case _:
            return "TEXT"


# What the core offers


def settings() -> Iterator[str]:
    """Every setting of the core."""
    rows = (
        (f"`{one.name}`", f"`{_toml(one.value.default)}`", one.value.unit or "-", one.value.help.en)
        for one in core().of("eventops_settings")
    )
    return table(("Setting", "Default", "Unit", "What it does"), rows)


def _toml(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value).lower()


def rules() -> Iterator[str]:
    """Every rule of the core."""
    rows = (
        (f"`{one.name}`", one.value.benefit, one.value.title.en, ", ".join(effect.value for effect in one.value.may))
        for one in core().of("eventops_rules")
    )
    return table(("Rule", "Benefit", "What it is about", "May say"), rows)


def tariffs() -> Iterator[str]:
    """Every tariff of the core."""
    rows = ((f"`eventops.{one.name}`", one.value.benefit, one.value.title.en) for one in core().of("eventops_tariffs"))
    return table(("Tariff", "Benefit", "How it prices"), rows)


def selections() -> Iterator[str]:
    """Every selection of the core."""
    rows = ((f"`eventops.{one.name}`", one.value.title.en) for one in core().of("eventops_selections"))
    return table(("Selection", "Who comes first"), rows)


def metrics() -> Iterator[str]:
    """Every metric of the core."""
    rows = ((f"`{one.name}`", one.value.title.en) for one in core().of("eventops_metrics"))
    return table(("Metric", "How it measures"), rows)


def formats() -> Iterator[str]:
    """What the core reads and writes."""
    readers = [one for one in core().of("eventops_readers") if isinstance(one.value, spec.Reader)]
    reads = ((f"`{one.name}`", "read", ", ".join(one.value.suffixes)) for one in readers)
    writes = ((f"`{one.name}`", "written", one.value.suffix) for one in core().of("eventops_writers"))
    return table(("Format", "Is", "Files that end in"), (*reads, *writes))


def checks() -> Iterator[str]:
    """What `doctor` asks."""
    rows = ((f"`{one.name}`", one.value.title.en) for one in core().of("eventops_checks"))
    return table(("Check", "What must be so"), rows)


# Exports and audiences

WHO = {
    Audience.ASSOCIATION: "the association that coordinates",
    Audience.HOTEL: "the hotel",
    Audience.CATERER: "the caterer",
    Audience.DOOR: "the people at the door",
    Audience.DRIVER: "the drivers",
    Audience.SPONSOR: "a sponsor",
    Audience.PUBLIC: "everybody",
}


def exports() -> Iterator[str]:
    """Every export of the core."""

    def formats_of(one: Contribution) -> str:
        return ", ".join(one.value.formats) or "every format"

    rows = (
        (f"`{one.name}`", one.value.title.en, one.value.audience.value, formats_of(one))
        for one in core().of("eventops_exports")
    )
    return table(("Export", "What it is", "Audience", "Formats"), rows)


def audiences() -> Iterator[str]:
    """Which facts about a person each audience may see."""

    def seen(audience: Audience, fields: Sequence[str]) -> str:
        if audience is Audience.ASSOCIATION:
            return "everything"
        said = ", ".join(f"`{name}`" for name in fields) or "nothing about a person"
        if audience is Audience.SPONSOR:
            said += "; with the person's consent for this sponsor also " + ", ".join(
                f"`{name}`" for name in sorted(WITH_CONSENT)
            )
        return said

    rows = ((f"`{one.audience.value}`", WHO[one.audience], seen(one.audience, one.fields)) for one in audience_table())
    return table(("Audience", "Who", "Sees of a person"), rows)


# Hooks and exit codes


def hooks() -> Iterator[str]:
    """Every hook with the value it gives."""
    names = [name for name in vars(spec) if name.startswith("eventops_")]
    rows = (
        (
            f"[`{name}`](#{name})",
            _value_names(name),
            " ".join((getattr(spec, name).__doc__ or "").split()),
        )
        for name in names
    )
    return table(("Hook", "Value", "What for"), rows)


def hooks_in_french() -> Iterator[str]:
    """Every hook with its value, what it is for in French, and the examples of the English page."""
    told = _french().HOOKS
    names = [name for name in vars(spec) if name.startswith("eventops_")]
    rows = ((f"[`{name}`](#{name})", _value_names(name).replace(" or ", " ou "), told[name][0]) for name in names)
    yield from table(("Point d’accroche", "Valeur", "À quoi il sert"), rows)
    english = (DOCS / "reference" / "hooks.md").read_text(encoding="utf-8")
    for name in names:
        section = english.partition(f"\n## {name}\n")[2].partition("\n## ")[0]
        yield from ("", f"## {name}", "", *textwrap.wrap(told[name][1], 125))
        for code in re.findall(r"^```python\n.*?^```", section, re.MULTILINE | re.DOTALL):
            yield from ("", *code.splitlines())


def _french() -> ModuleType:
    """docs/french.py, which stands beside this file and in no package."""
    found = spec_from_file_location("docs_french", DOCS / "french.py")
    assert found is not None
    assert found.loader is not None
    module = module_from_spec(found)
    found.loader.exec_module(module)
    return module


def _value_names(hook: str) -> str:
    values = spec.HOOK_VALUES.get(hook, ())
    names = [f"`{one.__name__}`" for one in (values if isinstance(values, tuple) else (values,))]
    return " or ".join(names) or "click command"


def _values_of(hook: str) -> str:
    """The kinds of value a hook gives."""
    kinds = spec.HOOK_VALUES.get(hook, ())
    names = [one.__name__ for one in (kinds if isinstance(kinds, tuple) else (kinds,))]
    return " or ".join(f"`{name}`" for name in names) or "click command"


def exit_codes() -> Iterator[str]:
    """Every code with which a command may end."""
    codes = {0: "Done.", 2: "", 130: "Stopped by the user (Ctrl-C). Nothing of the unfinished step was saved."}
    for error in vars(errors).values():
        if isinstance(error, type) and issubclass(error, errors.EventopsError) and "exit_code" in vars(error):
            codes[error.exit_code] = " ".join((error.__doc__ or "").split())
    codes[1] = "A bug in eventops or in Python: a traceback is shown. Please report it."
    return table(("Code", "Meaning"), ((f"`{code}`", codes[code]) for code in sorted(codes)))


PARTS: dict[str, Callable[[], Iterable[str]]] = {
    "audiences": audiences,
    "checks": checks,
    "commands": commands,
    "exit-codes": exit_codes,
    "exports": exports,
    "formats": formats,
    "hooks": hooks,
    "hooks-fr": hooks_in_french,
    "metrics": metrics,
    "rules": rules,
    "selections": selections,
    "settings": settings,
    "tariffs": tariffs,
}


def main() -> None:
    """Writes every page that has changed, and names it."""
    for page in sorted(DOCS.rglob("*.md")):
        before = page.read_text(encoding="utf-8")
        after = updated(before)
        if after != before:
            page.write_text(after, encoding="utf-8", newline="\n")
            print(page.relative_to(DOCS))


if __name__ == "__main__":
    main()
