"""What a text says about the area a place lies in (country, region, province), read from a column or the cell."""

from collections.abc import Iterable, Sequence

from msgspec import Struct
from rapidfuzz import process
from rapidfuzz.distance import OSA

from eventops.domain.placing.cells import Part, parts_of
from eventops.domain.placing.lookups import exact_hits
from eventops.domain.placing.names import is_no_answer, words_of
from eventops.domain.placing.place_index import MAIN_AREAS, PlaceIndex, PlaceRow, area_key

COUNTRY, REGION, PROVINCE, IN_TEXT = "country", "region", "province", "text"

_LEAST_SIMILARITY = 0.8
_AGREES = {COUNTRY: 0.10, REGION: 0.08, PROVINCE: 0.10, IN_TEXT: 0.09}
_DISAGREES = {COUNTRY: -0.30, REGION: -0.22, PROVINCE: -0.25, IN_TEXT: -0.25}
# A neighbouring province of the right region: people name the big city they live near, not a smaller one.
_NEAR_MISS = -0.08
_BIG_CITY = 300_000


class Hint(Struct, frozen=True):
    """The areas one column (or part of the cell) names: `codes` as it says, `around` the regions they lie in, `people`
    how many the largest of their seats has."""

    column: str
    codes: frozenset[str]
    around: frozenset[str] = frozenset()
    people: int = 0

    def weigh(self, row: PlaceRow) -> float:
        """What the hint adds to the score of a place, or takes from it."""
        if self.holds(row):
            return _AGREES[self.column]
        near = row.region in self.around and self.people >= min(row.population, _BIG_CITY)
        if self.column != COUNTRY and near:
            return _NEAR_MISS
        return _DISAGREES[self.column]

    def holds(self, row: PlaceRow) -> bool:
        return row.province in self.codes or row.region in self.codes or row.country in self.codes


def hint_of(text: str, column: str, indexes: Sequence[PlaceIndex]) -> Hint | None:
    """What a column beside the town says, read with the same tolerance as the town; None when it says nothing."""
    codes: dict[str, None] = {}
    for candidate in (text, *(part.text for part in parts_of(text))):
        for index in indexes:
            codes.update(dict.fromkeys(_as_wide_as(column, areas_named(candidate, index, column), index)))
        if codes:
            return hint_at(column, codes, indexes)
    return None


def hint_at(column: str, codes: Iterable[str], indexes: Sequence[PlaceIndex]) -> Hint:
    """The hint that names these areas."""
    named = frozenset(codes)
    seats = (
        (index, index.row_by_code.get(index.area_by_code[code].seat))
        for index in indexes
        for code in named
        if code in index.area_by_code
    )
    people = max((index.rows[seat].population for index, seat in seats if seat is not None), default=0)
    return Hint(column, named, regions_around(named, indexes), people)


def areas_named(text: str, index: PlaceIndex, column: str = PROVINCE) -> tuple[str, ...]:
    """The codes of the areas a text names: by its name or code, by a town in it, or by a near spelling."""
    exact = areas_exactly(text, index)
    if exact:
        return exact
    if index.country and column != COUNTRY:
        towns = (index.rows[number] for number in exact_hits(text, index))
        provinces = tuple(dict.fromkeys(row.province or row.region for row in towns if row.province or row.region))
        if provinces:
            return provinces
    return areas_nearly(text, index)


def areas_exactly(text: str, index: PlaceIndex) -> tuple[str, ...]:
    """The codes of the areas that bear this name or code."""
    if is_no_answer(words_of(text)):
        return ()
    return index.area_keys.get(text.strip().casefold()) or index.area_keys.get(area_key(text), ())


def areas_in_cell(text: str, index: PlaceIndex) -> tuple[str, ...]:
    """The same for a part of a town's cell, where two or three letters are a code only in capitals (USA)."""
    letters = text.strip()
    if len(letters) < 3 or (len(letters) == 3 and not letters.isupper()):
        return ()
    return areas_exactly(text, index)


def areas_of_part(part: Part, index: PlaceIndex) -> tuple[str, ...]:
    """The same for one part of the cell; behind the word for an area a smaller one may be meant (cercle de Tiddas)."""
    found = areas_in_cell(part.text, index)
    return found or (index.smaller_area_keys.get(area_key(part.text), ()) if part.area else ())


def areas_nearly(text: str, index: PlaceIndex) -> tuple[str, ...]:
    """The codes of the areas whose name is spelled nearly like this."""
    key = area_key(text)
    if len(key) < 5:
        return ()
    best = process.extractOne(
        key, index.area_keys.keys(), scorer=OSA.normalized_similarity, processor=None, score_cutoff=_LEAST_SIMILARITY
    )
    return index.area_keys[best[0]] if best else ()


def _as_wide_as(column: str, codes: Sequence[str], index: PlaceIndex) -> tuple[str, ...]:
    """A region column that names one province means its region (not so a former region, made of several); a country
    column means the country."""
    if column == COUNTRY or (column == REGION and len(codes) == 1):
        return tuple(dict.fromkeys(parent_of_kind(code, column, index) for code in codes))
    return main_areas(codes, index)


def main_areas(codes: Iterable[str], index: PlaceIndex) -> tuple[str, ...]:
    """The areas, with the province in place of anything smaller in it: places know no smaller one."""
    return tuple(
        dict.fromkeys(
            code if index.area_by_code[code].kind in MAIN_AREAS else parent_of_kind(code, PROVINCE, index)
            for code in codes
        )
    )


def parent_of_kind(code: str, kind: str, index: PlaceIndex) -> str:
    """The area of that kind around an area; the area itself where there is none."""
    return next((parent for parent in index.parents(code) if index.area_by_code[parent].kind == kind), code)


def regions_around(codes: Iterable[str], indexes: Sequence[PlaceIndex]) -> frozenset[str]:
    """The regions that hold these areas."""
    return frozenset(
        parent
        for index in indexes
        for code in codes
        for parent in index.parents(code)
        if index.area_by_code[parent].kind == REGION
    )
