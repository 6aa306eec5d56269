"""Places: what a gazetteer knows, and where a participant comes from with how sure we are."""

from collections.abc import Iterable, Sequence
from enum import Enum

from msgspec import Struct

from eventops.domain.texts import Text

# Why a placement is settled although the columns beside the town say otherwise.
OLDER_COLUMNS = Text(
    "The town was corrected by hand; the older province, region or country beside it contradicts it and was not used."
)


class Point(Struct, frozen=True):
    """A position on WGS84, in degrees."""

    lat: float
    lon: float

    def __post_init__(self) -> None:
        if not (-90 <= self.lat <= 90 and -180 <= self.lon <= 180):
            raise ValueError(f"({self.lat}, {self.lon}) is not a latitude and a longitude")


class Place(Struct, frozen=True, kw_only=True):
    """One place of a gazetteer.

    `code` is unique over all gazetteers (the gazetteer's own code behind its country, `MA:06.141.01.0`).
    `region` is an ISO 3166-2 style code (MA-04), `province` the gazetteer's own. `kind` is commune, district,
    centre, city … `radius_km` says how far the people of that place live from its point.
    """

    code: str
    name: Text
    kind: str
    country: str
    point: Point
    region: str = ""
    region_name: Text = Text("")
    province: str = ""
    province_name: Text = Text("")
    radius_km: float = 0.0
    population: int = 0
    urban: bool = False


class PlacementStatus(Enum):
    MATCHED = "matched"
    REVIEW = "review"
    UNRESOLVED = "unresolved"


class PlaceQuery(Struct, frozen=True):
    """The words as written, of the town and of the columns beside it. `corrected`: a coordinator wrote the town anew
    and left the columns, which may say where the former town lay."""

    text: str
    province: str = ""
    region: str = ""
    country: str = ""
    corrected: bool = False


class PlaceCandidate(Struct, frozen=True, kw_only=True):
    """One place a text may mean: `level` is how it was found (exact, folded, alias, edit …)."""

    place: Place
    score: float
    level: str


class Placement(Struct, frozen=True, kw_only=True):
    """Where a text leads. `place` is set only when matched; `candidates` are kept, best first, at most five.

    `hint` names the columns that helped (province, region, country, pinned); `data` the gazetteer and its version.
    """

    text: str
    status: PlacementStatus
    place: Place | None = None
    candidates: tuple[PlaceCandidate, ...] = ()
    level: str = ""
    score: float = 0.0
    hint: str = ""
    reason: Text = Text("")
    data: str = ""


def named_apart(places: Iterable[Place]) -> Text:
    """Several places in one line, in every language, each with its province (and its code when that is not enough)."""
    known = tuple(places)
    return Text(_apart(known, "en"), fr=_apart(known, "fr"), ar=_apart(known, "ar"))


def _apart(places: Sequence[Place], language: str) -> str:
    def own(text: Text) -> str:
        return text.written_in(language) or text.en

    names = [f"{own(one.name)} ({own(one.province_name) or one.region or one.country})" for one in places]
    return " / ".join(
        name if names.count(name) == 1 else f"{name} {place.code}" for name, place in zip(names, places, strict=True)
    )
