"""The shell around every command: options, workspace, wording, output, and how an error becomes an exit code."""

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from eventops.cli.run_plugins import RunPlugins, workspace_files
from eventops.errors import EventopsError, NotUsable, PluginBroken

if TYPE_CHECKING:
    from eventops.adapters.wording import LocaleWording
    from eventops.application.plugins import WorkspaceFile
    from eventops.domain.event import Event, UsedPlugin
    from eventops.domain.findings import Finding
    from eventops.domain.plan import Plan
    from eventops.domain.texts import Message, Text, Wording
    from eventops.extension.ports import Cache, Change, Documents, Reading, Stamp, Store
    from eventops.extension.registry import Registry
    from eventops.extension.spec import StoreScheme

LANGUAGES = ("ar", "fr", "en")


def language_of(environment: Sequence[tuple[str, str]] | dict[str, str]) -> str:
    """The language of messages by the environment: EVENTOPS_LANG, else the locale, else English."""
    values = dict(environment)
    for name in ("EVENTOPS_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if values.get(name):
            language = values[name].replace("-", "_").partition("_")[0].partition(".")[0].lower()
            return language if language in LANGUAGES else "en"
    return "en"


class _DryRunEnds(Exception):
    """Ends a change that was only tried."""


class Shell:
    """One run of the command line. Everything slow is opened when first used."""

    def __init__(self, argv: Sequence[str]) -> None:
        self.argv = tuple(argv)
        self.folder = Path()
        self.language = language_of(dict(os.environ))
        self.json = False
        self.plugin_files: tuple[Path, ...] = ()
        self.use_plugins = True
        self.without: tuple[str, ...] = ()
        self.strict_plugins = False
        self.run_plugins = RunPlugins()
        self._told: list[Finding] = []
        self.wait_seconds = 30.0
        self.given_store = ""
        self._change: Change | None = None

    # The workspace and what is in it

    @property
    def store_url(self) -> str:
        """The URL of the store: --store or EVENTOPS_STORE, else what the workspace names, else its eventops.json."""
        from eventops.adapters.store_urls import absolute, read_store_url

        return absolute(self.given_store, self.folder) if self.given_store else read_store_url(self.folder)

    def store_scheme(self, url: str) -> "StoreScheme":
        """The kind of store a URL names. Errors: NotUsable."""
        from eventops.adapters.store_urls import scheme_of
        from eventops.builtin.stores import SCHEMES

        scheme = scheme_of(url)
        for mine in SCHEMES:  # without asking any plugin: start-up matters
            if mine.name == scheme:
                return mine
        from eventops.domain.texts import Text

        found: StoreScheme = self.every_plugin.named("eventops_stores", scheme, Text("kind of store")).value
        return found

    @property
    def has_store(self) -> bool:
        """Whether the workspace has a store, as far as can be told without opening it."""
        from eventops.adapters.store_urls import file_of

        file = file_of(self.store_url)
        return file is None or file.exists()

    @cached_property
    def store(self) -> "Store":
        """The store of the workspace. Errors: NotUsable when the folder is none."""
        from eventops.adapters.store_urls import file_of

        scheme = self.store_scheme(self.store_url)
        file = file_of(self.store_url)
        if file is not None and not file.exists() and not _has_generations(file):
            raise NotUsable(
                "{folder} is not an eventops workspace (it has no {file}); "
                "run eventops init there, or give the workspace with -w DIR",
                folder=str(self.folder.absolute()),
                file=file.name,
            )
        return scheme.open(self.store_url)

    @cached_property
    def reading(self) -> "Reading":
        """Everything in the store as of one moment, so that what is read together belongs together."""
        return self.store.snapshot()

    @property
    def documents(self) -> "Documents":
        """What this command reads from: the change it has open, else the snapshot."""
        return self._change or self.reading

    @contextmanager
    def changing(self, command: str, *, dry_run: bool = False) -> "Iterator[Change]":
        """A change of the store, from reading to saving under one lock. All that is read inside is read under it.

        `command` holds no personal values. A dry run does everything but the saving.
        """
        try:
            with self.store.change(self.stamp(command), wait_seconds=self.wait_seconds) as change:
                self.forget_reading()
                self._change = change
                yield change
                if dry_run:
                    raise _DryRunEnds
        except _DryRunEnds:
            pass  # the store has discarded the change, as meant
        finally:
            self._change = None
            self.forget_reading()

    def forget_reading(self) -> None:
        """What was read so far may be older than the change."""
        for name in ("reading", "event", "event_in_force", "registry", "plan", "event_with_files", "file_wordings"):
            self.__dict__.pop(name, None)

    @cached_property
    def cache(self) -> "Cache":
        from eventops.adapters.file_cache import FileCache

        return FileCache(self.folder / "cache")

    @property
    def has_event(self) -> bool:
        """False outside a workspace, and in one that is still empty."""
        from eventops.application.facts import EVENT_ID

        return self.has_store and self.documents.get("event", EVENT_ID) is not None

    @cached_property
    def event(self) -> "Event":
        from eventops.application.facts import load_event

        return load_event(self.documents)

    @cached_property
    def registry(self) -> "Registry":
        """The core and the plugins this event uses, and no other. Errors: PluginBroken when one is not installed."""
        used = self.event_in_force.plugins
        registry = self.registry_for(used)
        present = {one.name for one in registry.plugins}
        missing = [one.name for one in used if one.name not in present and registry.trouble_of(one.name) is None]
        if missing:
            raise PluginBroken(
                "The event uses the plugin {plugin}, which is not installed; "
                "run pip install eventops-{plugin}, or take it out of [[plugins]]",
                plugin=missing[0],
            )
        return registry

    @cached_property
    def event_in_force(self) -> "Event":
        """The event without the plugins this run leaves out. Errors: NotUsable for one the event does not use."""
        from eventops.application.plugins import event_without, left_out

        names = tuple(one.name for one in self.event.plugins)
        for name in self.without:
            if name not in names:
                raise NotUsable(
                    "The event does not use {plugin}; it uses {names}", plugin=name, names=", ".join(names) or "-"
                )
        return event_without(self.event, left_out(self.event, self.without, self.use_plugins))

    @cached_property
    def every_plugin(self) -> "Registry":
        """The core and every plugin installed, used or not."""
        return self.registry_with(None)

    def registry_for(self, used: "Sequence[UsedPlugin]", *, every: bool = False) -> "Registry":
        """The core and these plugins, installed or files of the workspace; with `every` all there are."""
        names = None if every else {one.name for one in used}
        files = workspace_files(self.folder, names) if self.use_plugins else ()
        return self.registry_with(names, used, files)

    def registry_with(
        self,
        names: set[str] | None,
        used: "Sequence[UsedPlugin]" = (),
        workspace: "Sequence[WorkspaceFile]" = (),
    ) -> "Registry":
        from eventops import __version__
        from eventops.builtin import plugin
        from eventops.extension.loading import installed_plugins
        from eventops.extension.registry import CORE, PluginModule

        core = PluginModule(name=CORE, version=__version__, origin="eventops", module=plugin)
        installed = installed_plugins() if self.use_plugins and names not in (set(), {CORE}) else ()
        wanted = [one for one in installed if (names is None or one.name in names) and one.name not in self.without]
        if wanted or workspace or self.plugin_files:
            self.run_plugins.mark_folder = self.folder / "cache" if self.has_store else None
            self.note_findings(self.run_plugins.interrupted())
        registry = self.run_plugins.registry(core, wanted, workspace, self.plugin_files, used)
        self._require_files(registry, {CORE, *(one.name for one in wanted)})
        return registry

    def _require_files(self, registry: "Registry", installed: set[str]) -> None:
        """Errors: PluginBroken when a plugin file named on the command line gives nothing."""
        from eventops.domain.texts import Text

        hooks = {one.origin: one.hooks for one in registry.plugins}
        for file in self.plugin_files:
            if not hooks.get(str(file)):
                troubles = [one.values["why"] for name, one in registry.broken.items() if name not in installed]
                why = troubles[0] if troubles else Text("none of its functions is marked with @hookimpl")
                raise PluginBroken("The plugin file {file} cannot be used: {why}", file=str(file), why=why)

    @cached_property
    def plan(self) -> "Plan":
        """The plan of this run; it says which plugins were left out."""
        import msgspec

        from eventops.application.planning import load_plan
        from eventops.application.plugins import left_out, left_out_findings

        made = load_plan(self.documents, self.registry, self.cache, self.event_with_files)
        absent = left_out_findings(left_out(self.event, self.without, self.use_plugins))
        self.note_findings(absent)
        return msgspec.structs.replace(made, findings=(*absent, *made.findings)) if absent else made

    @cached_property
    def event_with_files(self) -> "Event":
        """The event as this run decides by it: without the plugins left out, with the plugin files activated."""
        from eventops.application.plugins import event_with

        files = {str(file) for file in self.plugin_files}
        return event_with(self.event_in_force, [one.name for one in self.registry.plugins if one.origin in files])

    def stamp(self, command: str) -> "Stamp":
        """Who runs which command now. `command` holds no personal values."""
        import getpass

        from eventops.extension.ports import Stamp

        try:
            actor = os.environ.get("EVENTOPS_ACTOR") or getpass.getuser()
        except (OSError, KeyError):
            actor = "unknown"
        return Stamp(actor=actor, at=datetime.now().astimezone(), command=command)

    # Words

    @cached_property
    def wording(self) -> "LocaleWording":
        return self.wording_in(self.language)

    def wording_in(self, language: str) -> "LocaleWording":
        from eventops.adapters.wording import open_wording

        catalogues = ()
        if "registry" in self.__dict__:
            catalogues = tuple(one.value for one in self.registry.of("eventops_catalogues"))
        return open_wording(language, catalogues)

    @cached_property
    def file_wordings(self) -> "dict[str, Wording]":
        """One wording per language for the files of the event, in the event's own time zone."""
        from eventops.adapters.wording import open_wordings
        from eventops.adapters.zones import load_zone

        catalogues = [one.value for one in self.registry.of("eventops_catalogues")]
        return open_wordings(LANGUAGES, catalogues, load_zone(self.event.timezone))

    def say(self, text: "Text | Message | str", /, **values: object) -> str:
        """The sentence in the language of this run."""
        if self.language == "en" and isinstance(text, str) and not values:
            return text
        return self.wording.say(text, values)

    def titled(self, title: str, value: str) -> str:
        """“title: value”, with the space this language puts before a colon."""
        return self.say("{title}: {value}", title=title, value=value)

    # Output

    def show(self, value: Any, lines: Iterable[str]) -> None:
        """The result on standard output: `value` as JSON, else the lines."""
        from eventops.cli.render import json_text

        click.echo(json_text(value) if self.json else "\n".join(lines))

    def note(self, text: "Text | Message | str", /, **values: object) -> None:
        """A message for the person, on standard error."""
        click.echo(self.say(text, **values), err=True)

    def note_findings(self, findings: Iterable["Finding"]) -> None:
        """Findings on standard error, the gravest first."""
        findings = tuple(findings)
        if not findings:
            return
        from eventops.cli.render import shown
        from eventops.domain.findings import Severity, by_town
        from eventops.domain.reporting.labels import label_of

        self.told(findings)
        order = [Severity.ERROR, Severity.QUESTION, Severity.WARNING, Severity.INFORMATION]
        colours = {Severity.ERROR: "red", Severity.QUESTION: "yellow", Severity.WARNING: "yellow"}
        for finding in sorted(by_town(findings), key=lambda one: order.index(one.severity)):
            mark = click.style(self.say(label_of(finding.severity)), fg=colours.get(finding.severity))
            click.echo(self.titled(mark, shown(self.say(finding.message, **finding.values))), err=True)

    def told(self, findings: Iterable["Finding"]) -> None:
        """These are shown already: the end of the run need not name them again."""
        self._told += findings

    def note_faults(self) -> bool:
        """Says what plugins did wrong and nobody has shown yet; whether they did anything wrong."""
        plan = self.__dict__.get("plan")
        shown = plan.findings if plan is not None else ()
        faults = self.run_plugins.faults([*shown, *self._told])
        known = {id(one) for one in (*self._told, *(() if self.strict_plugins else shown))}
        self.note_findings([one for one in faults if id(one) not in known])
        return bool(faults)

    def fail(self, error: EventopsError) -> NoReturn:
        """Says the error on standard error and ends with its exit code."""
        from eventops.cli.render import shown

        mark = click.style(self.say("error"), fg="red")
        click.echo(self.titled(mark, shown(self.say(error.text, **error.values))), err=True)
        sys.exit(error.exit_code)


def _has_generations(store: Path) -> bool:
    """Whether earlier states of a store that is gone are still beside it."""
    folder = store.parent / "generations"
    return folder.is_dir() and any(one.name.startswith(f"{store.stem}-") for one in folder.iterdir())


pass_shell = click.make_pass_decorator(Shell)
