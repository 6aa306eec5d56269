"""The index over one gazetteer: its places, its areas (country, regions, provinces) and the keys that lead to them."""

from collections import defaultdict
from collections.abc import Callable, Container, Iterable
from enum import IntEnum
from functools import cached_property
from typing import Protocol

from msgspec import Struct, structs

from eventops.domain.places import Place, Point
from eventops.domain.placing.names import (
    KEYS_VERSION,
    compact_key,
    consonants_of,
    folded_key,
    is_no_answer,
    script_of,
    words_of,
)
from eventops.domain.texts import Text

Numbers = int | tuple[int, ...]

TOWN_POPULATION = 20_000

# Areas a column of a form names; smaller ones (cercles, districts) have a code and a name, but never outdo a place.
MAIN_AREAS = frozenset(("country", "region", "province"))


class NameKind(IntEnum):
    """What sort of name leads to a place. A QUARTER is one whose name others bear too: it needs a column's support."""

    NAME = 0
    ALIAS = 1
    DISTRICT = 2
    CENTRE = 3
    LOCALITY = 4
    QUARTER = 5


class PlaceRow(Struct, frozen=True, array_like=True):
    """One place as the index keeps it: a Place without the names of the areas it lies in."""

    code: str
    en: str
    fr: str
    ar: str
    kind: str
    country: str
    region: str
    province: str
    lat: float
    lon: float
    radius_km: float
    population: int
    urban: bool


class Area(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A country, region, province or something smaller: `kind` says which, `parent` the area around it, `seat` the
    code of its main place, `radius_km` reaches from the point to the farthest place in it.
    """

    code: str
    kind: str
    name: Text
    parent: str = ""
    seat: str = ""
    point: Point | None = None
    radius_km: float = 0.0
    population: int = 0


class AreaName(Struct, frozen=True, array_like=True):
    """A name of areas: of one, or of those that a former or everyday one (Doukkala) is made of today."""

    text: str
    codes: tuple[str, ...]


class PlaceIndex(Struct, frozen=True, kw_only=True, dict=True):
    """An immutable index. Names are kept by number: `targets` leads to rows, `kinds` holds NameKind values.

    `country` is '' for an index over many countries, which answers only when the others do not.
    """

    name: str
    version: str
    country: str
    keys_version: int
    rows: tuple[PlaceRow, ...]
    areas: tuple[Area, ...]
    texts: tuple[str, ...]
    targets: tuple[int, ...]
    kinds: tuple[int, ...]
    folded: dict[str, Numbers]
    compact: dict[str, Numbers]
    consonants: dict[str, Numbers]
    area_keys: dict[str, tuple[str, ...]]

    @property
    def data(self) -> str:
        """Name and version, as a placement records them."""
        return f"{self.name} {self.version}"

    @cached_property
    def row_by_code(self) -> dict[str, int]:
        return {row.code: number for number, row in enumerate(self.rows)}

    @cached_property
    def area_by_code(self) -> dict[str, Area]:
        return {area.code: area for area in self.areas}

    @cached_property
    def capitals(self) -> frozenset[str]:
        """The codes of the seats of countries."""
        return frozenset(area.seat for area in self.areas if area.kind == "country")

    @cached_property
    def province_seats(self) -> frozenset[str]:
        """The codes of the seats of provinces."""
        return frozenset(area.seat for area in self.areas if area.kind == "province")

    @cached_property
    def keys_by_script(self) -> dict[str, tuple[str, ...]]:
        """The folded keys of four letters and more, by script, for the search by similarity."""
        return _by_script(self.folded)

    @cached_property
    def compact_by_script(self) -> dict[str, tuple[str, ...]]:
        """The compact keys, likewise."""
        return _by_script(self.compact)

    @cached_property
    def town_keys(self) -> dict[str, tuple[str, ...]]:
        """The folded keys, by script, of places with so many people that a village named nearly so may be a slip."""
        return {
            script: tuple(key for key in keys if any(map(self._is_town, numbers_of(self.folded[key]))))
            for script, keys in self.keys_by_script.items()
        }

    def _is_town(self, number: int) -> bool:
        name = self.kinds[number] == NameKind.NAME
        return name and self.rows[self.targets[number]].population >= TOWN_POPULATION

    @cached_property
    def keys_by_initial(self) -> dict[str, tuple[str, ...]]:
        """The same, by first letter: enough for an index too large to be searched whole."""
        keys: defaultdict[str, list[str]] = defaultdict(list)
        for key in self.folded:
            if len(key) >= 4:
                keys[key[0]].append(key)
        return {initial: tuple(found) for initial, found in keys.items()}

    @cached_property
    def keys_by_word(self) -> dict[str, tuple[str, ...]]:
        """The folded keys of two words and more, by each of their words."""
        keys: defaultdict[str, list[str]] = defaultdict(list)
        for key in self.folded:
            if " " in key:
                for word in dict.fromkeys(key.split()):
                    keys[word].append(key)
        return {word: tuple(found) for word, found in keys.items()}

    def place_by_code(self, code: str) -> Place | None:
        """The place with that code, or the area as a place, or None."""
        number = self.row_by_code.get(code)
        if number is not None:
            return self.place(number)
        area = self.area_by_place_code.get(code)
        return self.place_of_area(area) if area is not None else None

    @cached_property
    def area_by_place_code(self) -> dict[str, Area]:
        return {self._place_code(area): area for area in self.areas}

    def _place_code(self, area: Area) -> str:
        """An area's code, written as a place's: its country first (MA:06, MA:06.461)."""
        country = self._country_of(area)
        return area.code if area.code == country else f"{country}:{area.code.removeprefix(country + '-')}"

    def _country_of(self, area: Area) -> str:
        parents = self.parents(area.code)
        return next((code for code in parents if self.area_by_code[code].kind == "country"), self.country)

    def place(self, number: int) -> Place:
        """The place of a row, with the names of its areas."""
        row = self.rows[number]
        return Place(
            code=row.code,
            name=Text(row.en, row.fr, row.ar),
            kind=row.kind,
            country=row.country,
            point=Point(row.lat, row.lon),
            region=row.region,
            region_name=self.name_of_area(row.region),
            province=row.province,
            province_name=self.name_of_area(row.province),
            radius_km=row.radius_km,
            population=row.population,
            urban=row.urban,
        )

    def name_of_area(self, code: str) -> Text:
        area = self.area_by_code.get(code)
        return area.name if area is not None else Text("")

    def place_of_area(self, area: Area) -> Place | None:
        """An area as a place: its middle, and a radius that covers all of it. None when it has no point."""
        if area.point is None:
            return None
        parents = self.parents(area.code)
        region = next((code for code in parents if self.area_by_code[code].kind == "region"), "")
        province = next((code for code in parents if self.area_by_code[code].kind == "province"), "")
        return Place(
            code=self._place_code(area),
            name=area.name,
            kind=area.kind,
            country=self._country_of(area),
            point=area.point,
            region=region,
            region_name=self.name_of_area(region),
            province=province,
            province_name=self.name_of_area(province),
            radius_km=area.radius_km,
            population=area.population,
        )

    @cached_property
    def smaller_area_keys(self) -> dict[str, tuple[str, ...]]:
        """The names of areas smaller than a province that hold places, for a text that says it means such an area."""
        keys: defaultdict[str, list[str]] = defaultdict(list)
        for area in self.areas:
            if area.kind not in MAIN_AREAS and area.radius_km:
                for key in dict.fromkeys(map(area_key, (area.name.en, area.name.fr, area.name.ar))):
                    keys[key].append(area.code)
        return {key: tuple(codes) for key, codes in keys.items() if key}

    def names_of(self, code: str) -> tuple[tuple[str, NameKind], ...]:
        """Every name that leads to the place of that code, with its kind; none without texts kept."""
        row = self.row_by_code.get(code)
        if row is None or not self.texts:
            return ()
        named = zip(self.texts, self.targets, self.kinds, strict=True)
        return tuple((text, NameKind(kind)) for text, target, kind in named if target == row)

    def parents(self, code: str) -> tuple[str, ...]:
        """The area itself and those around it, from small to large."""
        found: list[str] = []
        while code in self.area_by_code and code not in found:
            found.append(code)
            code = self.area_by_code[code].parent
        return tuple(found)


class PlaceSource(Protocol):
    """What says which places it knows, and loads them only when asked (a Gazetteer does)."""

    @property
    def name(self) -> str: ...

    @property
    def version(self) -> str: ...

    @property
    def country(self) -> str: ...

    @property
    def load(self) -> Callable[[], PlaceIndex]: ...


def index_of(
    name: str,
    version: str,
    country: str,
    places: Iterable[PlaceRow],
    names: Iterable[tuple[str, str, NameKind]],
    areas: Iterable[Area] = (),
    area_names: Iterable[AreaName] = (),
    *,
    texts_kept: bool = True,
) -> PlaceIndex:
    """The index over these places. `names` are (text, code of the place, kind), beside the places' own.

    Without `texts_kept` the index is smaller and forgets how names are spelled: they then match folded at best.
    Errors: KeyError for a name of a place that is not there.
    """
    rows = tuple(places)
    numbers = {row.code: number for number, row in enumerate(rows)}
    own = ((text, row.code, NameKind.NAME) for row in rows for text in dict.fromkeys((row.fr, row.en, row.ar)) if text)
    entries: dict[tuple[str, int], tuple[str, NameKind]] = {}
    for text, code, kind in (*own, *names):
        key = folded_key(text)
        if key:
            entries.setdefault((text if texts_kept else key, numbers[code]), (key, kind))
    all_areas = tuple(areas)
    return PlaceIndex(
        name=name,
        version=version,
        country=country,
        keys_version=KEYS_VERSION,
        rows=rows,
        areas=all_areas,
        texts=tuple(text for text, _ in entries) if texts_kept else (),
        targets=tuple(target for _, target in entries),
        kinds=tuple(int(kind) for _, kind in entries.values()),
        folded=_numbered(key for key, _ in entries.values()),
        compact=_numbered(_rare_compact(text, key) for (text, _), (key, _) in entries.items()) if texts_kept else {},
        consonants=_numbered(consonants_of(key) for key, _ in entries.values()) if texts_kept else {},
        area_keys=_area_keys(all_areas, area_names, {key for key, _ in entries.values()}),
    )


def numbers_of(found: Numbers | None) -> tuple[int, ...]:
    """The numbers an index keeps under one key."""
    if found is None:
        return ()
    return (found,) if isinstance(found, int) else found


def _by_script(table: Iterable[str]) -> dict[str, tuple[str, ...]]:
    keys: defaultdict[str, list[str]] = defaultdict(list)
    for key in table:
        if len(key) >= 4:
            keys[script_of(key)].append(key)
    return {script: tuple(found) for script, found in keys.items()}


def _rare_compact(text: str, folded: str) -> str:
    """The compact key, where it says more than the folded key of one word."""
    key = compact_key(text)
    return "" if key == folded else key


def _numbered(keys: Iterable[str]) -> dict[str, Numbers]:
    numbers: dict[str, list[int]] = {}
    for number, key in enumerate(keys):
        if key:
            numbers.setdefault(key, []).append(number)
    return {key: found[0] if len(found) == 1 else tuple(found) for key, found in numbers.items()}


def _area_keys(areas: Iterable[Area], names: Iterable[AreaName], places: Container[str]) -> dict[str, tuple[str, ...]]:
    """The keys of areas. One smaller than a province is found by a name that neither a place nor a main area bears."""
    keys: dict[str, dict[str, None]] = {}
    smaller: dict[str, dict[str, None]] = {}

    def add(key: str, codes: Iterable[str], to: dict[str, dict[str, None]] = keys) -> None:
        if key:
            to.setdefault(key, {}).update(dict.fromkeys(codes))

    for area in areas:
        main = area.kind in MAIN_AREAS
        add(area.code.casefold(), (area.code,), keys if main else smaller)
        for text in (area.name.en, area.name.fr, area.name.ar):
            add(area_key(text), (area.code,), keys if main else smaller)
    for name in names:
        add(area_key(name.text), name.codes)
        add(name.text.casefold(), name.codes)
    free = {key: codes for key, codes in smaller.items() if key not in keys and key not in places}
    return {key: tuple(codes) for key, codes in {**keys, **free}.items()}


def area_key(text: str) -> str:
    """The folded key of an area's name; a country's own name is kept, which in a town's name says nothing."""
    words = words_of(text)
    return "" if is_no_answer(words) else folded_key(text) or " ".join(words)


def rekeyed(index: PlaceIndex) -> PlaceIndex:
    """The index with the keys of today, for one that was built with older ones. Only with its texts kept."""
    names = (
        (text, index.rows[target].code, NameKind(kind))
        for text, target, kind in zip(index.texts, index.targets, index.kinds, strict=True)
    )
    fresh = index_of(index.name, index.version, index.country, index.rows, names, index.areas)
    return structs.replace(fresh, area_keys={**index.area_keys, **fresh.area_keys})
