"""Time zones from the `tzdata` package, so that an hour never hangs on how old the machine is."""

import re
from datetime import datetime, timedelta, timezone
from importlib.resources import files
from zoneinfo import ZoneInfo

from eventops.errors import NotUsable

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+)*")


def load_zone(name: str) -> ZoneInfo:
    """The zone of that IANA name, as the `tzdata` package has it.

    Errors: NotUsable when there is none, with the nearest name.
    """
    if _NAME.fullmatch(name):
        entry = files("tzdata").joinpath("zoneinfo", *name.split("/"))
        if entry.is_file():
            with entry.open("rb") as data:
                try:
                    return ZoneInfo.from_file(data, key=name)
                except ValueError:
                    pass  # one of the package's tables (zone.tab), not a zone
    raise NotUsable(
        "there is no time zone {name!r}; write its IANA name, such as {nearest}, and run the command again",
        name=name,
        nearest=_nearest_zone(name),
    )


def _nearest_zone(name: str) -> str:
    """The known zone whose name, or whose city, looks most like this one."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    known = files("tzdata").joinpath("zones").read_text(encoding="utf-8").split()
    by_city = {zone.rpartition("/")[2]: zone for zone in known}
    wanted = name.strip().replace(" ", "_")
    found = max(
        (
            process.extractOne(wanted.lower(), choices, scorer=OSA.normalized_similarity, processor=str.lower)
            for choices in ({zone: zone for zone in known}, {zone: city for city, zone in by_city.items()})
        ),
        key=lambda hit: hit[1] if hit else 0.0,
    )
    return str(found[2]) if found and found[1] >= 0.6 else "Africa/Casablanca"


def meanings(wall: datetime, zone: ZoneInfo) -> tuple[datetime, ...]:
    """The moments a wall-clock time names in a zone, earliest first, each with its own fixed offset: one as a
    rule, two when the clock is put back over it, none when it is put forward over it."""
    moments = []
    for fold in (0, 1):
        offset = wall.replace(tzinfo=zone, fold=fold).utcoffset() or timedelta(0)
        moment = wall.replace(tzinfo=timezone(offset), fold=0)
        if moment.astimezone(zone).replace(tzinfo=None, fold=0) == wall.replace(fold=0) and moment not in moments:
            moments.append(moment)
    return tuple(sorted(moments))


def moment_in(moment: datetime, zone: ZoneInfo) -> datetime:
    """The same moment with the zone's offset of that day, fixed: it reads the same wherever it is kept."""
    local = moment.astimezone(zone)
    return local.replace(tzinfo=timezone(local.utcoffset() or timedelta(0)), fold=0)
