"""A plugin in a process of its own, with limits of time and memory: whatever it does, eventops goes on.

A function that did not answer, or ended the process, is not asked again in this run; the plugin's others are, in a new
process. What a plugin gives is the same as if it ran here, except what cannot travel: commands and stores.
"""

import os
import queue
import subprocess
import sys
import threading
import time
import weakref
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace
from typing import IO, Any

from msgspec import Struct

from eventops import errors
from eventops.domain.deciding.reading import whole_of
from eventops.domain.findings import Finding, Severity, Source
from eventops.domain.texts import Text
from eventops.errors import EventopsError, NotUsable, PluginFailed
from eventops.extension.guarding import Guard
from eventops.extension.messages import Memory, NotSendable, framed, message_of, packed, unpacked
from eventops.extension.registry import PluginModule
from eventops.extension.spec import hookimpl

# What runs once for each file or event may take longer than what runs for each person.
_PATIENT = ("eventops_exports", "eventops_checks", "eventops_readers", "eventops_writers", "eventops_gazetteers")
_PATIENCE = 12


# What works only in the process of eventops itself.
NOT_TRAVELLING = ("eventops_commands", "eventops_stores")
UNUSED = Text(
    "The plugin {plugin} gives {hook}, which does not work from a process of its own; "
    "where you need it, write isolate = false under its name in [[plugins]]"
)


class Limits(Struct, frozen=True, kw_only=True):
    """How long one call may take, in seconds (a file or a start: twelve times as long), and how much memory, in MB."""

    seconds: float = 5.0
    megabytes: int = 2000


def limits_of(environment: Mapping[str, str]) -> Limits:
    """The limits EVENTOPS_PLUGIN_SECONDS and EVENTOPS_PLUGIN_MEGABYTES set; what is no number sets none."""
    usual = Limits()

    def number(name: str, otherwise: float) -> float:
        try:
            found = float(environment.get(name, ""))
        except ValueError:
            return otherwise
        return found if found > 0 else otherwise

    return Limits(
        seconds=number("EVENTOPS_PLUGIN_SECONDS", usual.seconds),
        megabytes=int(number("EVENTOPS_PLUGIN_MEGABYTES", usual.megabytes)),
    )


class IsolatedSource(Struct, frozen=True, kw_only=True):
    """What to import in the process: an entry point's target, or a file whose content has that SHA-256."""

    name: str
    version: str
    origin: str
    target: str = ""
    file: str = ""
    sha256: str = ""


def isolated_plugin(source: IsolatedSource, guard: Guard, limits: Limits) -> PluginModule:
    """The plugin as a module whose hooks ask the process.

    Errors: PluginFailed when its import does; EventopsError that it says to people.
    """
    process = PluginProcess(source, guard, limits)
    opened = process.opened()
    hooks = {str(hook): _hook(process, str(hook)) for hook in opened["hooks"]}
    api = {"eventops_api": opened["api"]} if opened["api"] != "None" else {}
    return PluginModule(
        name=source.name,
        version=source.version or str(opened["version"]),
        origin=source.origin,
        module=SimpleNamespace(**hooks, **api),
    )


def _stays(function: Callable[..., Any]) -> str:
    """What the process hears of a function of eventops: it is not there."""
    return getattr(function, "__name__", "function")


def _hook(process: "PluginProcess", hook: str) -> Callable[[], Any]:
    def ask() -> Any:
        if hook in NOT_TRAVELLING:
            process.note_unused(hook)
            return ()
        return process.asked(hook)

    ask.__name__ = hook
    return hookimpl(ask)


class PluginProcess:
    """The process of one plugin: started when first needed, and again after it was lost."""

    def __init__(self, source: IsolatedSource, guard: Guard, limits: Limits) -> None:
        self._source = source
        self._guard = guard
        self._limits = limits
        self._pipe: _Pipe | None = None
        self._memory: Memory = {}
        self._given_up: dict[str, str] = {}
        self._hello: Any = None

    def opened(self) -> Any:
        """The hooks of the plugin, its version and the interface it declares."""
        self._question("import", "import", lambda: None)
        return self._hello

    def note_unused(self, hook: str) -> None:
        """Says that a hook of the plugin takes no part."""
        plugin = self._source.name
        self._guard.note(
            Finding(
                severity=Severity.WARNING,
                code="plugin-apart",
                message=UNUSED,
                values={"plugin": plugin, "hook": hook},
                source=Source(plugin=plugin, hook=hook),
            )
        )

    def asked(self, hook: str) -> tuple[Any, ...]:
        """The values of one hook; their functions ask the process."""
        answers = self._question(hook, hook, lambda: {"op": "ask", "hook": hook})
        return tuple(unpacked(one, function=lambda key: self._function(hook, key)) for one in answers)

    def _function(self, hook: str, key: str) -> Callable[..., Any]:
        def call(*arguments: Any) -> Any:
            def message() -> dict[str, Any]:
                given = [packed(whole_of(one), self._memory, _stays) for one in arguments]
                return {"op": "call", "key": key, "args": given}

            return unpacked(self._question(hook, key, message))

        return call

    def _failure(self, hook: str, key: str, what: str, detail: str) -> PluginFailed:
        name = key.split("/")[1] if "/" in key else ""
        return PluginFailed.of(self._source.name, hook, name, what, detail)

    def _question(self, hook: str, key: str, message: Callable[[], dict[str, Any] | None]) -> Any:
        """The answer of the process to a message, which is made when the process is there to be told.

        Errors: PluginFailed; EventopsError that the plugin says to people.
        """
        if key in self._given_up:
            raise self._failure(hook, key, self._given_up[key], "")
        seconds = self._limits.seconds * (_PATIENCE if hook in _PATIENT else 1)
        try:
            pipe = self._started()
            asked = message()
            return self._hello if asked is None else self._told(pipe.exchanged(asked, seconds), hook, key)
        except _Lost as lost:
            self._end()
            self._given_up[key] = lost.what
            raise self._failure(hook, key, lost.what, "") from None
        except NotSendable as error:
            self._memory = {}  # what was packed before was not sent
            raise self._failure(hook, key, str(error), "") from error
        except KeyboardInterrupt:
            self._end()  # nobody waits for the answer any more
            raise

    def _told(self, reply: dict[str, Any], hook: str, key: str) -> Any:
        """What an answer says. Errors: PluginFailed; EventopsError that the plugin says to people."""
        for one in reply.get("findings", ()):
            self._guard.note(unpacked(one))
        if "ok" in reply:
            return reply["ok"]
        if "said" in reply:
            kind, template, values = reply["said"]
            said = getattr(errors, kind, NotUsable)
            raise said(template, **unpacked(values))
        what, detail = reply["failed"]
        raise self._failure(hook, key, what, detail)

    def _started(self) -> "_Pipe":
        if self._pipe is not None:
            return self._pipe
        self._memory = {}
        pipe = self._pipe = _Pipe()
        opening = {
            "op": "open",
            "name": self._source.name,
            "target": self._source.target,
            "file": self._source.file,
            "sha256": self._source.sha256,
            "megabytes": self._limits.megabytes,
        }
        try:
            self._hello = self._told(pipe.exchanged(opening, self._limits.seconds * _PATIENCE), "import", "import")
        except EventopsError:
            self._end()
            raise
        return pipe

    def _end(self) -> None:
        if self._pipe is not None:
            self._pipe.end()
            self._pipe = None


class _Lost(Exception):
    """The process does not answer any more, and why."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


class _Pipe:
    """One running process and the two pipes to it."""

    def __init__(self) -> None:
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(one for one in sys.path if one)}
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "eventops.extension.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
        )
        questions, answers = self._process.stdin, self._process.stdout
        if questions is None or answers is None:
            raise RuntimeError("a process started with pipes has none")
        self._questions = questions
        self._frames = _Frames(answers)
        weakref.finalize(self, _ended, self._process)

    def exchanged(self, message: dict[str, Any], seconds: float) -> Any:
        """The answer to a message. Errors: _Lost."""
        try:
            self._questions.write(framed(message))
            self._questions.flush()
        except OSError:
            raise _Lost(self._how_it_ended()) from None
        frame = self._frames.next(seconds)
        if frame is None:
            raise _Lost(f"no answer within {seconds:g} s")
        if not frame:
            raise _Lost(self._how_it_ended())
        try:
            return message_of(frame)
        except ValueError:
            raise _Lost("an answer that cannot be read") from None

    def _how_it_ended(self) -> str:
        try:
            code = self._process.wait(timeout=2)
        except subprocess.TimeoutExpired:
            return "its output was closed"
        return f"the process ended by signal {-code}" if code < 0 else f"the process ended with code {code}"

    def end(self) -> None:
        _ended(self._process)


def _ended(process: "subprocess.Popen[bytes]") -> None:
    """Ends the process, and waits until it is gone."""
    if process.poll() is None:
        process.kill()
    process.wait()
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            with suppress(OSError):  # what was still to be written has nobody to read it
                stream.close()


class _Frames:
    """The answers of a process, one by one, waited for a limited time."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._queue: queue.SimpleQueue[bytes] | None = None
        if os.name == "nt":  # pipes cannot be waited for there, a thread that reads can
            self._queue = queue.SimpleQueue()
            threading.Thread(target=self._read_on, daemon=True).start()

    def next(self, seconds: float) -> bytes | None:
        """The next answer, empty when the process has ended, None when time is over."""
        if self._queue is not None:
            try:
                return self._queue.get(timeout=seconds)
            except queue.Empty:
                return None
        deadline = time.monotonic() + seconds
        head = self._bytes(4, deadline)
        return self._bytes(int.from_bytes(head, "big"), deadline) if head else head

    def _bytes(self, count: int, deadline: float) -> bytes | None:
        import select

        descriptor = self._stream.fileno()
        parts = b""
        while len(parts) < count:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([descriptor], [], [], left)[0]:
                return None
            part = os.read(descriptor, count - len(parts))
            if not part:
                return b""
            parts += part
        return parts

    def _read_on(self) -> None:
        while self._queue is not None:
            head = self._stream.read(4)
            frame = self._stream.read(int.from_bytes(head, "big")) if len(head) == 4 else b""
            self._queue.put(frame)
            if not frame:
                return


def file_source(file: Path, name: str, sha256: str) -> IsolatedSource:
    """The source of a plugin file whose content has that hash."""
    return IsolatedSource(name=name, version="", origin=str(file), file=str(file.absolute()), sha256=sha256)
