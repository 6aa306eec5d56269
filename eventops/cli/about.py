"""--about: the version, the licence, where the data of every gazetteer come from, and the notices they ask for."""

from collections.abc import Iterator
from pathlib import Path

from eventops import __version__
from eventops.cli.shell import Shell

NOTICE = "NOTICE"


def about_lines(shell: Shell) -> Iterator[str]:
    """What --about prints: each gazetteer with its source and licence, then the notice of each distribution."""
    yield f"eventops {__version__}, MIT"
    plugins = shell.every_plugin
    for one in plugins.of("eventops_gazetteers"):
        yield f"{one.name} {one.value.version}: {one.value.source} ({one.value.licence})"
    notices = (read_notice(plugin.origin) for plugin in plugins.plugins)
    for notice in dict.fromkeys(filter(None, notices)):
        yield ""
        yield notice


def read_notice(distribution: str) -> str:
    """The NOTICE a distribution carries; that of the source tree where the distribution is not installed; else ''."""
    from importlib.metadata import PackageNotFoundError, files  # slow, and only asked for here

    try:
        carried = [file for file in files(distribution) or () if file.name == NOTICE]
    except PackageNotFoundError:
        carried = []
    for file in carried:
        return file.read_text(encoding="utf-8").strip()
    beside = Path(__file__).parents[2] / NOTICE
    return beside.read_text(encoding="utf-8").strip() if distribution == "eventops" and beside.exists() else ""
