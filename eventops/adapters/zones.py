"""Time zones from the `tzdata` package, so that an hour never hangs on how old the machine is."""

import re
from datetime import datetime, timedelta, timezone, tzinfo
from importlib.resources import files
from zoneinfo import ZoneInfo

from eventops.errors import NotUsable

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+)*")


def load_zone(name: str) -> ZoneInfo:
    """The zone of that IANA name, as the `tzdata` package has it.

    Errors: NotUsable when there is none, with the nearest name.
    """
    zone = zone_named(name)
    if zone is None:
        raise NotUsable(
            "there is no time zone {name}; write its IANA name, such as {nearest}, and run the command again",
            name=name,
            nearest=nearest_zone(name),
        )
    return zone


def zone_named(name: str) -> ZoneInfo | None:
    """The zone of that IANA name, or None."""
    if not _NAME.fullmatch(name):
        return None
    entry = files("tzdata").joinpath("zoneinfo", *name.split("/"))
    if not entry.is_file():
        return None
    with entry.open("rb") as data:
        try:
            return ZoneInfo.from_file(data, key=name)
        except ValueError:
            return None  # one of the package's tables, not a zone


def nearest_zone(name: str) -> str:
    """The known zone whose name, or whose city, looks most like this one."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    known = files("tzdata").joinpath("zones").read_text(encoding="utf-8").split()
    wanted = name.strip().replace(" ", "_").lower()
    called = [(spelling.lower(), zone) for zone in known for spelling in (zone, zone.rpartition("/")[2])]
    found = process.extractOne(wanted, [spelling for spelling, _ in called], scorer=OSA.normalized_similarity)
    return called[found[2]][1] if found and found[1] >= 0.6 else "Africa/Casablanca"


def meanings(wall: datetime, zone: tzinfo) -> tuple[datetime, ...]:
    """The moments a wall-clock time names in a zone, earliest first, each with its own fixed offset: one as a
    rule, two when the clock is put back over it, none when it is put forward over it."""
    moments = []
    for fold in (0, 1):
        offset = wall.replace(tzinfo=zone, fold=fold).utcoffset() or timedelta(0)
        moment = wall.replace(tzinfo=timezone(offset), fold=0)
        if moment.astimezone(zone).replace(tzinfo=None, fold=0) == wall.replace(fold=0) and moment not in moments:
            moments.append(moment)
    return tuple(sorted(moments))


def moment_in(moment: datetime, zone: tzinfo) -> datetime:
    """The same moment with the zone's offset of that day, fixed: it reads the same wherever it is kept."""
    local = moment.astimezone(zone)
    return local.replace(tzinfo=timezone(local.utcoffset() or timedelta(0)), fold=0)
