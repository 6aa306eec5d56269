"""The plugins of one run: found, loaded under one guard, and what became of them said at the end."""

import os
from collections.abc import Collection, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from eventops.adapters.entered_file import EnteredFile
    from eventops.application.plugins import WorkspaceFile
    from eventops.domain.event import UsedPlugin
    from eventops.domain.findings import Finding
    from eventops.extension.guarding import Guard
    from eventops.extension.loading import InstalledPlugin
    from eventops.extension.registry import PluginModule, Registry

# Findings that tell of a plugin's fault, and not of what it found.
FAULTS = frozenset(
    (
        "rule-failed",
        "tariff-failed",
        "tariff-invalid",
        "check-failed",
        "plugin-broken",
        "plugin-printed",
        "plugin-closed",
        "plugin-interrupted",
    )
)


class RunPlugins:
    """Loads what a run needs. `mark_folder` is where a crash would leave its mark; '' outside a workspace."""

    def __init__(self) -> None:
        self.mark_folder: Path | None = None
        self._mark: EnteredFile | None = None
        self.registries: list[Registry] = []

    @cached_property
    def guard(self) -> "Guard":
        """One guard for all that is loaded in this run, with a mark on disk in a workspace."""
        from eventops.extension.guarding import Guard

        if self.mark_folder is not None:
            from eventops.adapters.entered_file import EnteredFile

            with suppress(OSError):  # a folder that cannot be written keeps no mark; nothing else hangs on it
                self._mark = EnteredFile(self.mark_folder)
                return Guard(self._mark.mark, self._mark.announce)
        return Guard()

    def registry(
        self,
        core: "PluginModule",
        installed: "Sequence[InstalledPlugin]",
        workspace: "Sequence[WorkspaceFile]",
        files: Sequence[Path],
        used: "Sequence[UsedPlugin]",
    ) -> "Registry":
        """What these give. Errors: PluginBroken for a file that cannot be used."""
        from eventops.extension.guarding import Guard
        from eventops.extension.loading import load_registry

        if not installed and not workspace and not files:
            return load_registry(core, (), guard=Guard())
        from eventops.application.plugins import Wanted, load_plugins
        from eventops.extension.isolation import limits_of

        wanted = Wanted(
            installed=installed, workspace=workspace, files=files, isolate={one.name: one.isolate for one in used}
        )
        registry = load_plugins(core, wanted, self.guard, limits_of(os.environ))
        self.registries.append(registry)
        return registry

    def interrupted(self) -> "tuple[Finding, ...]":
        """What earlier runs of this workspace never came back from; told once."""
        if self.mark_folder is None or not self.mark_folder.is_dir():
            return ()
        from eventops.adapters.entered_file import interrupted_calls

        calls = interrupted_calls(self.mark_folder)
        if not calls:
            return ()
        from eventops.domain.findings import Finding, Severity, Source
        from eventops.domain.texts import Text

        message = Text(
            "An earlier run ended without a word inside the plugin {plugin}, in {hook} ({name}). What is stored is "
            "whole. Run the plugin in a process of its own (isolate = true under [[plugins]]), or leave it out with "
            "--without {plugin}"
        )
        return tuple(
            Finding(
                severity=Severity.WARNING,
                code="plugin-interrupted",
                message=message,
                values={"plugin": one.plugin, "hook": one.hook, "name": one.name or "-"},
                source=Source(plugin=one.plugin, hook=one.hook),
            )
            for one in calls
        )

    def close(self) -> None:
        """Takes the mark away: this run came back from every plugin."""
        if self._mark is not None:
            self._mark.close()
            self._mark = None

    def faults(self, findings: "Collection[Finding]") -> "tuple[Finding, ...]":
        """What plugins did wrong in this run, of these findings and beside them, each once."""
        every: list[Finding] = [one for one in findings if one.code in FAULTS]
        for registry in self.registries:
            every += registry.guard.findings
            every += registry.known_troubles
        kept: dict[tuple[str, str, str, str], Finding] = {}
        for one in every:
            name = str(one.values.get("rule", one.values.get("name", "")))
            kept.setdefault((one.code, one.source.plugin, one.source.hook, name), one)
        return tuple(kept.values())


def workspace_files(folder: Path, names: Collection[str] | None) -> "tuple[WorkspaceFile, ...]":
    """The plugin files of a workspace with these names (all with None), and whether each may run."""
    if not (folder / "plugins").is_dir():
        return ()
    from eventops.application.plugins import CHANGED, NOT_TRUSTED, WorkspaceFile, plugin_files

    files = {name: file for name, file in plugin_files(folder).items() if names is None or name in names}
    if not files:
        return ()
    from eventops.adapters.trusted_files import config_folder, load_trusted, sha256_of
    from eventops.domain.texts import Message

    trusted = load_trusted(config_folder(os.environ))
    by_hash = {one.sha256 for one in trusted}
    by_file = {one.file: one.on for one in trusted}
    found: list[WorkspaceFile] = []
    for name, file in files.items():
        sha256 = sha256_of(file)
        refusal = None
        if sha256 not in by_hash:
            on = by_file.get(str(file.resolve()))
            values: dict[str, object] = {"file": str(file), "plugin": name}
            refusal = Message(CHANGED, {**values, "on": on}) if on else Message(NOT_TRUSTED, values)
        found.append(WorkspaceFile(name=name, file=file, sha256=sha256, refusal=refusal))
    return tuple(found)
