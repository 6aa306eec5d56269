"""From the words people write to a place: matched, to review, or unresolved. Nothing is ever guessed."""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from eventops.domain.areas import COUNTRY, PROVINCE, REGION, Hint, areas_exactly, areas_named, hint_of
from eventops.domain.cells import Part, parts_of
from eventops.domain.distance import great_circle_km
from eventops.domain.lookups import PART_OF_NAME
from eventops.domain.names import folded_key, typed_key, words_of
from eventops.domain.place_index import (
    Area as Area,
    AreaName as AreaName,
    NameKind as NameKind,
    PlaceIndex as PlaceIndex,
    PlaceRow as PlaceRow,
    PlaceSource as PlaceSource,
    index_of as index_of,
)
from eventops.domain.places import Place, PlaceCandidate, Placement, PlacementStatus
from eventops.domain.readings import Candidates, Scored, candidates_of
from eventops.domain.texts import Text

Source = PlaceIndex | PlaceSource

SURE, LEAD = 0.92, 0.035
LIKELY, WIDE_LEAD = 0.87, 0.12
ABROAD, ABROAD_POPULATION, ABROAD_RATIO = 0.90, 100_000, 8
POSSIBLE = 0.74
_SAME_PLACE_KM = 10.0
_MOST_CANDIDATES = 5
_SHOWN_BEHIND_BEST = 0.3
_SEAT_SCORE, _AREA_SCORE = 0.80, 0.78

EMPTY = Text("No town is written.")
UNKNOWN = Text("No known place has this name.")
HOMONYM = Text("More than one place fits this name.")
NEARLY = Text("The spelling is near that of a known place, but not near enough to be sure.")
PARTLY = Text("Only a part of the text is the name of a known place.")
DISAGREES = Text("The town and the province, region or country beside it do not agree.")
AREA_ONLY = Text("A province, region or country is named, not a town.")
AREA_BESIDE = Text("The town is not known; only the province, region or country beside it is.")
FAR = Text("A place abroad fits, but nothing says that this country is meant.")
PINNED = Text("A person chose this place for this text.")


class PlaceQuery(Struct, frozen=True):
    """The words as written, of the town and of the columns beside it."""

    text: str
    province: str = ""
    region: str = ""
    country: str = ""


def pin_key(query: PlaceQuery) -> str:
    """The key under which a person's choice for these words is kept: folded, the columns behind the town."""
    words = (query.text, query.province, query.region, query.country)
    return " | ".join(folded_key(word) or typed_key(word) for word in words).rstrip(" |")


def placements(
    queries: Iterable[PlaceQuery],
    indexes: Sequence[Source],
    *,
    home_country: str = "",
    pins: Mapping[str, str] | None = None,
) -> dict[PlaceQuery, Placement]:
    """Where each distinct query leads. Sources are loaded only when asked: those over many countries when the
    national ones do not answer. `pins` maps `pin_key` values to codes of places; a person's choice always wins.
    """
    atlas = _Atlas(indexes, home_country)
    chosen = pins or {}
    return {query: _placement(query, atlas, chosen) for query in dict.fromkeys(queries)}


def place_by_code(code: str, indexes: Sequence[Source]) -> Place | None:
    """The place with that code, or None. Loads the source of its country first, the others only if needed."""
    country = code.partition(":")[0]
    for source in sorted(indexes, key=lambda source: (source.country != country, source.country == "")):
        index = _loaded(source)
        number = index.row_by_code.get(code)
        if number is not None:
            return index.place(number)
    return None


def region_of_text(text: str, indexes: Sequence[Source]) -> str:
    """The code of the one region a text names (MA-06), by name, code, a province or a town in it; '' when none or several."""
    codes = {code for code in _codes_of(text, indexes, REGION) if _kind_of(code, indexes) == REGION}
    return codes.pop() if len(codes) == 1 else ""


def province_of_text(text: str, indexes: Sequence[Source]) -> str:
    """The code of the one province a text names, by name, code or a town in it; '' when none or several."""
    codes = {code for code in _codes_of(text, indexes, PROVINCE) if _kind_of(code, indexes) == PROVINCE}
    return codes.pop() if len(codes) == 1 else ""


def country_of_text(text: str, indexes: Sequence[Source]) -> str:
    """The ISO code of the country a text names; '' when none."""
    codes = {code for code in _codes_of(text, indexes, COUNTRY) if _kind_of(code, indexes) == COUNTRY}
    return codes.pop() if len(codes) == 1 else ""


def _codes_of(text: str, indexes: Sequence[Source], column: str) -> frozenset[str]:
    """The areas the first source that knows the text means; the world is asked last."""
    for source in sorted(indexes, key=lambda source: source.country == ""):
        hint = hint_of(text, column, (_loaded(source),))
        if hint is not None:
            return hint.codes
    return frozenset()


def _kind_of(code: str, indexes: Sequence[Source]) -> str:
    for source in sorted(indexes, key=lambda source: source.country == ""):
        area = _loaded(source).area_by_code.get(code)
        if area is not None:
            return area.kind
    return ""


def _loaded(source: Source) -> PlaceIndex:
    return source if isinstance(source, PlaceIndex) else source.load()


class _Atlas:
    """The sources of one run, loaded when first needed, with the hints already read."""

    def __init__(self, sources: Sequence[Source], home_country: str) -> None:
        self.home = home_country
        ordered = sorted(sources, key=lambda source: (source.country != home_country, source.country, source.name))
        self._national = tuple(source for source in ordered if source.country)
        self._world = tuple(source for source in ordered if not source.country)
        self._loaded: dict[str, tuple[PlaceIndex, ...]] = {}
        self._hints: dict[tuple[str, str], Hint | None] = {}

    @property
    def national(self) -> tuple[PlaceIndex, ...]:
        return self._open("national", self._national)

    @property
    def world(self) -> tuple[PlaceIndex, ...]:
        return self._open("world", self._world)

    def _open(self, which: str, sources: Sequence[Source]) -> tuple[PlaceIndex, ...]:
        if which not in self._loaded:
            self._loaded[which] = tuple(_loaded(source) for source in sources)
        return self._loaded[which]

    def hint(self, text: str, column: str) -> Hint | None:
        key = (text, column)
        if key not in self._hints:
            known = hint_of(text, column, self.national) if words_of(text) else None
            if known is None and words_of(text):
                known = hint_of(text, column, self.world)
            self._hints[key] = known
        return self._hints[key]


class _Found(Struct, frozen=True):
    """A candidate with the index it comes from."""

    index: PlaceIndex
    scored: Scored

    @property
    def abroad(self) -> bool:
        return not self.index.country

    def candidate(self) -> PlaceCandidate:
        score = round(min(1.0, max(0.0, self.scored.score)), 4)
        return PlaceCandidate(place=self.index.place(self.scored.row), score=score, level=self.scored.level)


def _placement(query: PlaceQuery, atlas: _Atlas, pins: Mapping[str, str]) -> Placement:
    pinned = _pinned(query, atlas, pins)
    if pinned is not None:
        return pinned
    columns = ((query.country, COUNTRY), (query.province, PROVINCE), (query.region, REGION))
    hints = tuple(hint for text, column in columns if (hint := atlas.hint(text, column)) is not None)
    parts = parts_of(query.text) if folded_key(query.text) else ()
    if not parts:
        return _without_town(query, hints, atlas, EMPTY if not words_of(query.text) else UNKNOWN)
    found = [
        _Found(index, scored)
        for index in atlas.national
        for scored in candidates_of(query.text, parts, hints, index).values()
    ]
    placement = _judged(query, found)
    if placement.status is PlacementStatus.MATCHED and not _names_another_country(placement, parts, atlas):
        return placement
    found += _abroad(query.text, parts, hints, atlas)
    placement = _judged(query, _merged(found))
    return placement if placement.candidates else _without_town(query, hints, atlas, UNKNOWN)


def _pinned(query: PlaceQuery, atlas: _Atlas, pins: Mapping[str, str]) -> Placement | None:
    if not pins:
        return None
    code = pins.get(pin_key(query)) or pins.get(pin_key(PlaceQuery(query.text)))
    if not code:
        return None
    for index in (*atlas.national, *(atlas.world if not _has(code, atlas.national) else ())):
        number = index.row_by_code.get(code)
        if number is not None:
            return Placement(
                text=query.text,
                status=PlacementStatus.MATCHED,
                place=index.place(number),
                level="pinned",
                score=1.0,
                hint="pinned",
                reason=PINNED,
                data=index.data,
            )
    return None


def _has(code: str, indexes: Iterable[PlaceIndex]) -> bool:
    return any(code in index.row_by_code for index in indexes)


def _names_another_country(placement: Placement, parts: Sequence[Part], atlas: _Atlas) -> bool:
    """Whether a part no national index knows is the name of a country that is not the place's own."""
    assert placement.place is not None
    for part in parts:
        if part.sublocal or any(areas_exactly(part.text, index) for index in atlas.national):
            continue
        if len(parts) == 1 or any(candidates_of(part.text, (part,), (), index) for index in atlas.national):
            continue
        for index in atlas.world:
            codes = areas_exactly(part.text, index)
            kinds = {code for code in codes if index.area_by_code[code].kind == COUNTRY}
            if kinds and placement.place.country not in kinds:
                return True
    return False


def _abroad(text: str, parts: Sequence[Part], hints: Sequence[Hint], atlas: _Atlas) -> list[_Found]:
    """The world's candidates, without those of countries that have an index of their own."""
    own = {index.country for index in atlas.national}
    found: list[_Found] = []
    for index in atlas.world:
        candidates: Candidates = candidates_of(text, parts, hints, index)
        found += (_Found(index, scored) for row, scored in candidates.items() if index.rows[row].country not in own)
    return found


def _merged(found: Sequence[_Found]) -> list[_Found]:
    """Without the world's view of a place that a national index holds too, under another country or spelling."""
    national = [one for one in found if not one.abroad]
    points = [one.index.place(one.scored.row).point for one in national]
    return national + [
        one
        for one in found
        if one.abroad
        and not any(great_circle_km(point, one.index.place(one.scored.row).point) < _SAME_PLACE_KM for point in points)
    ]


def _judged(query: PlaceQuery, found: Sequence[_Found]) -> Placement:
    """Matched, review or unresolved by the score of the best and its lead over the next."""
    ranked = sorted(found, key=lambda one: (-one.scored.score, one.index.rows[one.scored.row].code))
    ranked = [one for one in ranked if max(one.scored.score, one.scored.base) >= POSSIBLE]
    if not ranked:
        return Placement(text=query.text, status=PlacementStatus.UNRESOLVED, reason=UNKNOWN)
    best = ranked[0]
    shown = tuple(
        one.candidate() for one in ranked[:_MOST_CANDIDATES] if best.scored.score - one.scored.score < _SHOWN_BEHIND_BEST
    )
    sure = _is_sure(ranked)
    return Placement(
        text=query.text,
        status=PlacementStatus.MATCHED if sure else PlacementStatus.REVIEW,
        place=shown[0].place if sure else None,
        candidates=shown,
        level=best.scored.level,
        score=shown[0].score,
        hint=", ".join(best.scored.agreed),
        reason=Text("") if sure else _why_not(ranked),
        data=best.index.data,
    )


def _is_sure(ranked: Sequence[_Found]) -> bool:
    best = ranked[0].scored
    lead = best.score - ranked[1].scored.score if len(ranked) > 1 else 1.0
    if best.against or (best.level == PART_OF_NAME and not best.agreed):
        return False
    enough = (best.score >= SURE and lead >= LEAD) or (best.score >= LIKELY and lead >= WIDE_LEAD)
    if not ranked[0].abroad or best.agreed:
        return enough
    return best.score >= ABROAD and _towers(ranked)


def _towers(ranked: Sequence[_Found]) -> bool:
    """Whether the best, a place abroad, is so much larger than every other fitting one that it must be meant."""
    best, *others = (one.index.rows[one.scored.row].population for one in ranked)
    return (
        best >= ABROAD_POPULATION
        and all(one.abroad or ranked[0].scored.score - one.scored.score >= LEAD for one in ranked[1:])
        and all(
            best >= ABROAD_RATIO * other or not one.abroad or ranked[0].scored.score - one.scored.score >= WIDE_LEAD
            for other, one in zip(others, ranked[1:], strict=True)
        )
    )


def _why_not(ranked: Sequence[_Found]) -> Text:
    best = ranked[0].scored
    if best.against:
        return DISAGREES
    if len(ranked) > 1 and best.score >= LIKELY and best.score - ranked[1].scored.score < LEAD:
        return HOMONYM
    if best.level in ("part", "words"):
        return PARTLY
    if ranked[0].abroad and best.score >= ABROAD:
        return FAR
    return NEARLY


def _without_town(query: PlaceQuery, hints: Sequence[Hint], atlas: _Atlas, reason: Text) -> Placement:
    """For a text that names no known town: the area it names or stands beside, for a person to look at; else unresolved."""
    for indexes in (atlas.national, atlas.world):
        for index in indexes:
            named = _areas_in(query.text, index)
            codes = named or tuple(code for hint in hints[::-1] for code in hint.codes if code in index.area_by_code)
            candidates = _area_candidates(codes, index)
            if candidates:
                return Placement(
                    text=query.text,
                    status=PlacementStatus.REVIEW,
                    candidates=candidates,
                    level="area",
                    score=candidates[0].score,
                    hint="" if named else ", ".join(hint.column for hint in hints),
                    reason=AREA_ONLY if named else AREA_BESIDE,
                    data=index.data,
                )
    return Placement(text=query.text, status=PlacementStatus.UNRESOLVED, reason=reason)


def _areas_in(text: str, index: PlaceIndex) -> tuple[str, ...]:
    for candidate in (text, *(part.text for part in parts_of(text))):
        codes = areas_named(candidate, index) if index.country else areas_exactly(candidate, index)
        if codes:
            return codes
    return ()


def _area_candidates(codes: Iterable[str], index: PlaceIndex) -> tuple[PlaceCandidate, ...]:
    """The seat of each area, and the area itself with a radius that covers it, so that no decision rests on the seat."""
    found: list[PlaceCandidate] = []
    for code in dict.fromkeys(codes):
        area = index.area_by_code.get(code)
        if area is None:
            continue
        seat = index.row_by_code.get(area.seat)
        if seat is not None:
            found.append(PlaceCandidate(place=index.place(seat), score=_SEAT_SCORE, level="seat"))
        middle = index.place_of_area(area)
        if middle is not None:
            found.append(PlaceCandidate(place=middle, score=_AREA_SCORE, level="area"))
    return tuple(sorted(found, key=lambda one: -one.score)[:_MOST_CANDIDATES])
