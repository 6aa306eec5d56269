"""The resolver for other Python programs: a geocoder with geopy's manners that asks no network.

It answers to `geocode` and `reverse` as geopy's geocoders do, so that `RateLimiter`, a fallback chain or a data frame
takes it unchanged.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from eventops.application.placing import gazetteers_of
from eventops.domain.places import Place, PlaceCandidate, Placement, PlacementStatus, PlaceQuery, Point
from eventops.domain.placing.distance import great_circle_km
from eventops.domain.placing.matching import PlacesSource, placements
from eventops.domain.placing.place_index import PlaceIndex

if TYPE_CHECKING:
    from geopy.location import Location
    from geopy.point import Point as GeopyPoint

Raw = dict[str, Any]

# Within this many kilometres of its point a place without a radius may hold a spot.
_LEAST_RADIUS_KM = 3.0
_KM_PER_DEGREE = 111.0
_MOST_FOUND = 5


class OfflineGeocoder:
    """Finds towns by name, and names by position, in the gazetteers of eventops and of every plugin installed.

    `gazetteers` are other ones to look in; `home_country` (an ISO code) says whose places come first; `language` (ar,
    fr or en) is that of the addresses.
    """

    def __init__(
        self,
        *,
        gazetteers: Sequence[PlacesSource] | None = None,
        home_country: str = "",
        language: str = "en",
        **ignored: object,
    ) -> None:
        # What geopy's geocoders need to reach a service (user_agent, timeout, proxies …) is taken and not needed.
        self._given = gazetteers
        self._home = home_country
        self._language = language

    @cached_property
    def _sources(self) -> tuple["_LoadedOnce", ...]:
        every = installed_gazetteers() if self._given is None else self._given
        return tuple(_LoadedOnce(source) for source in every)

    def geocode(
        self,
        query: str,
        *,
        exactly_one: bool = True,
        timeout: object = None,
        region: str = "",
        province: str = "",
        country: str = "",
    ) -> "Location | list[Location] | None":
        """The place a text means, all it may mean without `exactly_one`; None when it means nothing known.

        `region`, `province` and `country` are what stands in the columns beside the town, by name or code.
        `Location.raw` has code, score, level, status (matched, or review: a person should choose), hint, reason and
        candidates. Take an answer whose status is review for a question, not for a place.
        """
        asked = PlaceQuery(query, province, region, country)
        placement = placements((asked,), self._sources, home_country=self._home)[asked]
        found = placement.candidates
        if placement.place is not None and (not found or found[0].place != placement.place):
            found = (PlaceCandidate(place=placement.place, score=placement.score, level=placement.level), *found)
        if not found:
            return None
        if exactly_one:
            return self._location(found[0].place, self._raw_of(placement, found[0]))
        only = found[:1] if placement.status is PlacementStatus.MATCHED else found
        return [self._location(one.place, self._raw_of(placement, one)) for one in only]

    def reverse(
        self,
        query: "str | tuple[float, float] | Sequence[float] | GeopyPoint",
        *,
        exactly_one: bool = True,
        timeout: object = None,
        within_km: float = 50.0,
    ) -> "Location | list[Location] | None":
        """The place that most likely holds a position (lat, lon), the next ones too without `exactly_one`.

        Boundaries are not known, only points and radii: the nearest by distance for its size. None when no place is
        within `within_km`. `Location.raw` has `distance_km` beside code and level (nearest).
        Errors: ValueError for what is no position.
        """
        from geopy.point import Point as GeopyPoint  # a tenth of a second: geopy imports every service it knows

        position = GeopyPoint(query)
        spot = Point(position.latitude, position.longitude)
        near = sorted(self._near(spot, within_km), key=lambda found: (found[0], found[2].code))[:_MOST_FOUND]
        if not near:
            return None
        locations = [
            self._location(place, {**_raw_place(place), "distance_km": round(km, 3), "level": "nearest"})
            for _, km, place in near
        ]
        return locations[0] if exactly_one else locations

    def _near(self, spot: Point, within_km: float) -> Iterator[tuple[float, float, Place]]:
        """(distance for its size, distance in km, place) of the places around; the world's not where a country has
        an index of its own."""
        own = {source.country for source in self._sources if source.country}
        for source in self._sources:
            for number, km in _rows_around(source.index, spot, within_km):
                row = source.index.rows[number]
                if source.country or row.country not in own:
                    yield km / max(_LEAST_RADIUS_KM, row.radius_km), km, source.index.place(number)

    def _location(self, place: Place, raw: Raw) -> "Location":
        from geopy.location import Location

        names = (place.name, place.province_name, place.region_name)
        said = dict.fromkeys(filter(None, (name.written_in(self._language) or name.en for name in names)))
        address = ", ".join((*said, place.country))
        return Location(address, (place.point.lat, place.point.lon), raw)

    def _raw_of(self, placement: Placement, one: PlaceCandidate) -> Raw:
        return {
            **_raw_place(one.place),
            "score": one.score,
            "level": one.level,
            "status": placement.status.value,
            "hint": placement.hint,
            "reason": placement.reason.written_in(self._language) or placement.reason.en,
            "data": placement.data,
            "candidates": [
                {**_raw_place(other.place), "score": other.score, "level": other.level}
                for other in placement.candidates
            ],
        }


class _LoadedOnce:
    """A source whose index is loaded when first asked, and once."""

    def __init__(self, source: PlacesSource) -> None:
        self._source = source
        self.name, self.version, self.country = source.name, source.version, source.country

    @cached_property
    def index(self) -> PlaceIndex:
        return self._source if isinstance(self._source, PlaceIndex) else self._source.load()

    def load(self) -> PlaceIndex:
        return self.index


def installed_gazetteers() -> tuple[PlacesSource, ...]:
    """The core's gazetteer of the world and those of every plugin installed."""
    from eventops import __version__
    from eventops.builtin import plugin
    from eventops.extension.loading import installed_plugins, load_registry
    from eventops.extension.registry import CORE, PluginModule

    core = PluginModule(name=CORE, version=__version__, origin="eventops", module=plugin)
    return gazetteers_of(None, load_registry(core, installed_plugins()))


def _rows_around(index: PlaceIndex, spot: Point, within_km: float) -> Iterator[tuple[int, float]]:
    reach = within_km / _KM_PER_DEGREE
    for number, row in enumerate(index.rows):
        if abs(row.lat - spot.lat) <= reach:
            km = great_circle_km(spot, Point(row.lat, row.lon))
            if km <= within_km:
                yield number, km


def _raw_place(place: Place) -> Raw:
    return {
        "code": place.code,
        "name": {"en": place.name.en, "fr": place.name.fr, "ar": place.name.ar},
        "kind": place.kind,
        "country": place.country,
        "region": place.region,
        "province": place.province,
        "radius_km": place.radius_km,
        "population": place.population,
    }
