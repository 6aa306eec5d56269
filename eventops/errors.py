"""Errors a person can act on; each class carries its exit code.

A message is an English sentence with {placeholders}, filled by the shell after it was
translated, so that no layer needs to know the language of the person who reads it.
A plugin gives a Text, which brings its French and Arabic along.
It names what was seen, what was expected and the next step.
"""

from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from eventops.domain.texts import Text


class EventopsError(Exception):
    """The root: anything eventops says to a person instead of a traceback."""

    exit_code: ClassVar[int] = 1

    def __init__(self, text: "Text | str", /, **values: object) -> None:
        self.text = text
        self.message = str(text)
        self.values = values
        super().__init__(self.message.format(**values) if values else self.message)


class WrongUsage(EventopsError):
    """The command line itself is wrong."""

    exit_code = 2


class NotUsable(EventopsError):
    """A file, workspace, person, place, export or setting does not exist or cannot be used."""

    exit_code = 3


class NeedsPerson(EventopsError):
    """The work was done, but something needs a person."""

    exit_code = 4


class PluginBroken(EventopsError):
    """A plugin is missing, broken or invalid."""

    exit_code = 5


class PluginFailed(PluginBroken):
    """A call into a plugin failed and was contained. `what` says how in few words, without anybody's data."""

    @classmethod
    def of(cls, plugin: str, hook: str, name: str, what: str, detail: str = "") -> "PluginFailed":
        """The failure of one call: a rule, an export … of that name, or the hook itself where the name is ''."""
        return cls(
            "The plugin {plugin} failed in {hook} ({name}): {error}",
            plugin=plugin,
            hook=hook,
            name=name,
            error=detail or what,
            what=what,
        )

    @property
    def what(self) -> str:
        return str(self.values["what"])


class StoreUnavailable(EventopsError):
    """The store is locked, unreadable, damaged or newer than this eventops."""

    exit_code = 6


class ServiceSilent(EventopsError):
    """A service outside this machine did not answer."""

    exit_code = 7
