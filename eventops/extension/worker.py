"""The process a plugin runs in alone: it answers one question at a time, from standard input to standard output.

`python -m eventops.extension.worker` is started by `isolation`; nobody calls it by hand.
"""

import io
import os
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from eventops.errors import EventopsError, NotUsable, PluginFailed
from eventops.extension.guarding import Guard, guarded_value
from eventops.extension.messages import Memory, framed, given_mapping, message_of, packed, unpacked

_PARENT_LOOKED_AT_SECONDS = 2.0


class Worker:
    """The plugin of this process, its hooks as far as they were asked, and its functions by key."""

    def __init__(self) -> None:
        self.guard = Guard()
        self.memory: Memory = {}
        self.functions: dict[str, Callable[..., Any]] = {}
        self.name = ""
        self.module: Any = None
        self._said = 0

    def answer(self, question: dict[str, Any]) -> dict[str, Any]:
        """What the plugin says to one question, or how it failed."""
        try:
            match question["op"]:
                case "open":
                    reply = self._open(question)
                case "ask":
                    reply = self._ask(question["hook"])
                case _:
                    reply = self._call(question["key"], question["args"])
        except PluginFailed as error:
            reply = {"failed": [error.what, str(error.values["error"])]}
        except EventopsError as error:
            reply = {"said": [type(error).__name__, error.message, packed(given_mapping(error.values))]}
        except Exception as error:  # a value that cannot be sent, or a question that does not fit
            reply = {"failed": [type(error).__name__, str(error)]}
        findings = self.guard.findings
        if len(findings) > self._said:
            self._said = len(findings)
            reply["findings"] = [packed(one) for one in findings]
        return reply

    def _open(self, question: dict[str, Any]) -> dict[str, Any]:
        """Imports the plugin and names its hooks."""
        import pluggy

        from eventops.extension import spec
        from eventops.extension.api import ATTRIBUTE
        from eventops.extension.loading import imported_target, module_of_file

        self.name = question["name"]
        load = self.guard.guarded(
            lambda: (
                module_of_file(Path(question["file"]), question["sha256"])
                if question["file"]
                else imported_target(question["target"])
            ),
            self.name,
            "import",
            "",
        )
        self.module = load()
        manager = pluggy.PluginManager(spec.PROJECT)
        marked = [one for one in dir(self.module) if manager.parse_hookimpl_opts(self.module, one) is not None]
        api = getattr(self.module, ATTRIBUTE, None)
        version = str(getattr(self.module, "__version__", "file"))
        return {"ok": {"hooks": marked, "api": api if isinstance(api, str) else repr(api), "version": version}}

    def _ask(self, hook: str) -> dict[str, Any]:
        """The values of one hook; their functions stay here, under a key."""
        ask = getattr(self.module, hook)
        values = self.guard.guarded(lambda: tuple(ask() or ()), self.name, hook, "")()
        answers = []
        for number, value in enumerate(values):
            name = str(getattr(value, "name", number))
            with suppress(AttributeError, TypeError):  # no value of that hook: the registry says so
                value = guarded_value(self.guard, self.name, hook, value)
            answers.append(packed(value, function=self._keeper(f"{hook}/{name}")))
        return {"ok": answers}

    def _keeper(self, key: str) -> Callable[[Any], str]:
        """Gives every function of a value a key of its own."""
        numbers = iter(range(1000))

        def keep(function: Callable[..., Any]) -> str:
            name = f"{key}/{next(numbers)}"
            self.functions[name] = function
            return name

        return keep

    def _call(self, key: str, arguments: list[Any]) -> dict[str, Any]:
        given = [unpacked(one, self.memory, _absent) for one in arguments]
        if key not in self.functions:
            self._ask(key.partition("/")[0])
        return {"ok": packed(self.functions[key](*given))}


def _absent(name: str) -> Callable[..., Any]:
    """What stands for a function of eventops, such as the loading of a gazetteer."""

    def call(*arguments: Any) -> Any:
        raise NotUsable("{name} cannot be called from a process of its own; write isolate = false", name=name)

    return call


def limit_memory(megabytes: int) -> None:
    """Asks the system to refuse more memory than that; where it cannot, nothing is limited."""
    try:
        import resource
    except ImportError:
        return  # Windows has no such limit for a process
    size = megabytes * 1_000_000
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (size, hard))


def _end_with(parent: int) -> None:
    """Ends this process when the one that started it is gone, whatever the plugin is doing."""
    while os.getppid() == parent:
        time.sleep(_PARENT_LOOKED_AT_SECONDS)
    os._exit(0)


def _own_streams() -> tuple[io.BufferedReader, io.FileIO]:
    """The pipes of the questions and answers; standard input and output lead nowhere from here on."""
    questions = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb", buffering=0)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nowhere, descriptor)
    return questions, answers


def main() -> None:
    """Answers until the questions end."""
    questions, answers = _own_streams()
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    worker = Worker()
    while True:
        head = questions.read(4)
        if len(head) < 4:
            os._exit(0)  # a thread of the plugin must not keep the process
        question = message_of(questions.read(int.from_bytes(head, "big")))
        if question.get("megabytes"):
            limit_memory(question["megabytes"])
        try:
            frame = framed(worker.answer(question))
        except BaseException as error:  # even the end of the program or of memory is an answer
            frame = framed({"failed": [type(error).__name__, ""]})
        answers.write(frame)


if __name__ == "__main__":
    sys.path[:] = [one for one in sys.path if one]
    main()
