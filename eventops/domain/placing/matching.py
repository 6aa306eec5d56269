"""From the words people write to a place: matched, to review, or unresolved. Nothing is ever guessed."""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import structs

from eventops.domain.places import (
    OLDER_COLUMNS,
    Place,
    PlaceCandidate,
    Placement,
    PlacementStatus,
    PlaceQuery as PlaceQuery,
    Point,
)
from eventops.domain.placing.areas import (
    COUNTRY,
    IN_TEXT,
    PROVINCE,
    REGION,
    Hint,
    areas_in_cell,
    areas_nearly,
    areas_of_part,
    hint_of,
    parent_of_kind,
)
from eventops.domain.placing.cells import Part, parts_of, residence_in
from eventops.domain.placing.judgement import (
    AREA_BESIDE,
    AREA_ONLY,
    DISAGREES,
    EMPTY,
    PINNED,
    POSSIBLE,
    UNKNOWN,
    Found,
    judged,
    merged,
)
from eventops.domain.placing.lookups import BY_NAME, COMPACT, WORDS, exact_hits
from eventops.domain.placing.names import folded_key, typed_key, words_of
from eventops.domain.placing.place_index import (
    Area as Area,
    AreaName as AreaName,
    NameKind as NameKind,
    PlaceIndex as PlaceIndex,
    PlaceRow as PlaceRow,
    PlaceSource as PlaceSource,
    index_of as index_of,
)
from eventops.domain.placing.readings import candidates_of, large_towns

PlacesSource = PlaceIndex | PlaceSource

_SEAT_SCORE, _AREA_SCORE = 0.80, 0.78
_MOST_CANDIDATES = 5


def pin_key(query: PlaceQuery) -> str:
    """The key under which a person's choice for these words is kept: folded, the columns behind the town."""
    words = (query.text, query.province, query.region, query.country)
    return " | ".join(folded_key(word) or typed_key(word) for word in words).rstrip(" |")


def placements(
    queries: Iterable[PlaceQuery],
    indexes: Sequence[PlacesSource],
    *,
    home_country: str = "",
    pins: Mapping[str, str] | None = None,
) -> dict[PlaceQuery, Placement]:
    """Where each distinct query leads.

    Sources are loaded only when asked; those over many countries when the national ones do not answer for certain. Of
    the national ones that of `home_country` comes first. `pins` maps values of `pin_key` to codes of places: a
    person's choice always wins, one made without columns holds for every column.
    """
    atlas = _Atlas(indexes, home_country)
    chosen = pins or {}
    return {query: _trusted(query, atlas, chosen) for query in dict.fromkeys(queries)}


def place_by_code(code: str, indexes: Sequence[PlacesSource]) -> Place | None:
    """The place (or area) with that code, or None. The source of its country is loaded first, the others if needed."""
    country = code.partition(":")[0]
    for source in sorted(indexes, key=lambda source: (source.country != country, source.country == "")):
        place = _loaded(source).place_by_code(code)
        if place is not None:
            return place
    return None


def names_by_code(code: str, indexes: Sequence[PlacesSource]) -> tuple[tuple[str, NameKind], ...]:
    """Every name that leads to the place with that code, in every script, where its source keeps them."""
    country = code.partition(":")[0]
    for source in sorted(indexes, key=lambda source: (source.country != country, source.country == "")):
        index = _loaded(source)
        if index.place_by_code(code) is not None:
            return index.names_of(code)
    return ()


def region_of_text(text: str, indexes: Sequence[PlacesSource]) -> str:
    """The code of the one region a text names (MA-06), by name, code, a province or a town in it; '' if not one."""
    return _one_area(text, indexes, REGION)


def province_of_text(text: str, indexes: Sequence[PlacesSource]) -> str:
    """The code of the one province a text names (06.461), by name, code or a town in it; '' if not one."""
    return _one_area(text, indexes, PROVINCE)


def country_of_text(text: str, indexes: Sequence[PlacesSource]) -> str:
    """The ISO code of the country a text names; '' if none."""
    return _one_area(text, indexes, COUNTRY)


def _one_area(text: str, indexes: Sequence[PlacesSource], kind: str) -> str:
    """What the first source that knows the text says; the world is asked last."""
    for source in sorted(indexes, key=lambda source: source.country == ""):
        index = _loaded(source)
        hint = hint_of(text, kind, (index,))
        codes = {parent_of_kind(code, kind, index) for code in hint.codes} if hint else set()
        named = [code for code in codes if index.area_by_code[code].kind == kind]
        if named:
            return named[0] if len(codes) == 1 else ""
    return ""


def _loaded(source: PlacesSource) -> PlaceIndex:
    return source if isinstance(source, PlaceIndex) else source.load()


class _Atlas:
    """The sources of one run, loaded when first needed, with the hints already read."""

    def __init__(self, sources: Sequence[PlacesSource], home_country: str) -> None:
        ordered = sorted(sources, key=lambda source: (source.country != home_country, source.country, source.name))
        self._sources = {
            "national": tuple(source for source in ordered if source.country),
            "world": tuple(source for source in ordered if not source.country),
        }
        self._home_country = home_country
        self._loaded: dict[str, tuple[PlaceIndex, ...]] = {}
        self._hints: dict[tuple[str, str], Hint | None] = {}

    @property
    def national(self) -> tuple[PlaceIndex, ...]:
        return self._open("national")

    @property
    def world(self) -> tuple[PlaceIndex, ...]:
        return self._open("world")

    def _open(self, which: str) -> tuple[PlaceIndex, ...]:
        if which not in self._loaded:
            self._loaded[which] = tuple(_loaded(source) for source in self._sources[which])
        return self._loaded[which]

    @property
    def home(self) -> Point | None:
        """The middle of the home country, or None where no index knows it."""
        areas = (index.area_by_code.get(self._home_country) for index in (*self.national, *self.world))
        return next((area.point for area in areas if area is not None and area.point is not None), None)

    def hint(self, text: str, column: str) -> Hint | None:
        key = (text, column)
        if key not in self._hints:
            written = bool(words_of(text))
            known = hint_of(text, column, self.national) if written else None
            self._hints[key] = known or (hint_of(text, column, self.world) if written else None)
        return self._hints[key]


def _trusted(query: PlaceQuery, atlas: _Atlas, pins: Mapping[str, str]) -> Placement:
    """The placement; for a town corrected by hand without the columns it contradicts, where it is certain alone."""
    found = _placement(query, atlas, pins)
    if not query.corrected or found.reason is not DISAGREES:
        return found
    for alone in (PlaceQuery(query.text, country=query.country), PlaceQuery(query.text)):
        without = _placement(alone, atlas, pins)
        if without.status is PlacementStatus.MATCHED:
            return structs.replace(without, reason=OLDER_COLUMNS)
    return found


def _placement(query: PlaceQuery, atlas: _Atlas, pins: Mapping[str, str]) -> Placement:
    pinned = _pinned(query, atlas, pins) if pins else None
    if pinned is not None:
        return pinned
    told = residence_in(query.text)
    if told != query.text:
        return structs.replace(_placement(structs.replace(query, text=told), atlas, pins), text=query.text)
    columns = ((query.country, COUNTRY), (query.province, PROVINCE), (query.region, REGION))
    hints = tuple(hint for text, column in columns if (hint := atlas.hint(text, column)) is not None)
    parts = parts_of(query.text) if folded_key(query.text) else ()
    if not parts:
        return _without_town(query, hints, atlas)
    found = _at_home(query.text, parts, hints, atlas)
    placement = judged(query.text, found)
    if _is_settled(placement) and (len(parts) == 1 or _every_part_known(parts, atlas)):
        return placement
    if not found and any(areas_in_cell(query.text, index) for index in atlas.national):
        return _without_town(query, hints, atlas)
    abroad = None if _is_home_only(hints, atlas) else _country_in(parts, atlas)
    if abroad is not None:
        hints = (*hints, abroad)
        found = _at_home(query.text, parts, hints, atlas)
    elsewhere = [] if _is_home_only(hints, atlas) else _abroad(query.text, parts, hints, atlas)
    if any(one.scored.score >= POSSIBLE for one in found):
        elsewhere = [one for one in elsewhere if one.scored.level in BY_NAME]
    found = merged((*found, *elsewhere))
    if not any(one.scored.level in BY_NAME for one in found) and _areas_in(query.text, hints, atlas):
        return _without_town(query, hints, atlas)
    home = atlas.home if elsewhere else None
    placement = judged(query.text, found, home, foreign_words=bool(elsewhere) and _in_foreign_words(query.text, atlas))
    others = _named_abroad_beside(placement, parts, hints, atlas)
    if others:
        candidates = (*placement.candidates, *others)[:_MOST_CANDIDATES]
        return structs.replace(
            placement, status=PlacementStatus.REVIEW, place=None, candidates=candidates, reason=DISAGREES
        )
    if placement.reason is DISAGREES:
        return _with_areas_beside(placement, hints, atlas)
    return placement if placement.candidates else _without_town(query, hints, atlas)


def _with_areas_beside(placement: Placement, hints: Sequence[Hint], atlas: _Atlas) -> Placement:
    """A town that contradicts its columns may be the mistake, or they may: both are candidates."""
    codes = tuple(sorted({code for hint in hints if hint.column != IN_TEXT for code in hint.codes}))
    areas = tuple(one for index in _holding(codes, atlas) for one in _area_candidates(codes, index))
    known = {one.place.code for one in placement.candidates}
    added = tuple(one for one in areas if one.place.code not in known)
    return structs.replace(placement, candidates=(*placement.candidates, *added)[:_MOST_CANDIDATES])


def _pinned(query: PlaceQuery, atlas: _Atlas, pins: Mapping[str, str]) -> Placement | None:
    code = pins.get(pin_key(query)) or pins.get(pin_key(PlaceQuery(query.text)))
    if not code:
        return None
    for which in ("national", "world"):
        for index in atlas.national if which == "national" else atlas.world:
            place = index.place_by_code(code)
            if place is not None:
                return Placement(
                    text=query.text,
                    status=PlacementStatus.MATCHED,
                    place=place,
                    level="pinned",
                    score=1.0,
                    hint="pinned",
                    reason=PINNED,
                    data=index.data,
                )
    return None


def _is_settled(placement: Placement) -> bool:
    """Matched by its very name, or with the help of a column: the world need not be asked."""
    by_name = placement.level in BY_NAME and placement.level != COMPACT
    return placement.status is PlacementStatus.MATCHED and (by_name or bool(placement.hint))


def _is_home_only(hints: Sequence[Hint], atlas: _Atlas) -> bool:
    """Whether the country column names countries that have an index of their own: the world has nothing to add."""
    own = {index.country for index in atlas.national}
    return any(hint.column == COUNTRY and hint.codes <= own for hint in hints)


def _named_abroad_beside(
    placement: Placement, parts: Sequence[Part], hints: Sequence[Hint], atlas: _Atlas
) -> tuple[PlaceCandidate, ...]:
    """The large towns abroad that, beside a town at home, a part of the cell names, and nothing at home with it."""
    own = {index.country for index in atlas.national}
    if placement.place is None or placement.place.country not in own or _is_home_only(hints, atlas):
        return ()
    texts = [part.text for part in parts if not (part.area or part.sublocal)] if len(parts) > 1 else []
    if placement.level == WORDS:
        words = placement.text.split()
        texts += [" ".join(rest) for at in range(1, len(words)) for rest in (words[:at], words[at:])]
    return tuple(one for text in dict.fromkeys(texts) for one in _large_abroad(text, atlas))


def _large_abroad(text: str, atlas: _Atlas) -> list[PlaceCandidate]:
    if any(areas_in_cell(text, index) or exact_hits(text, index) for index in atlas.national):
        return []
    found = [Found(index, scored) for index in atlas.world for scored in large_towns(text, index)]
    return [one.candidate() for one in sorted(found, key=lambda one: -one.scored.score)]


def _every_part_known(parts: Sequence[Part], atlas: _Atlas) -> bool:
    return all(
        part.sublocal
        or any(areas_in_cell(part.text, index) or exact_hits(part.text, index) for index in atlas.national)
        for part in parts
    )


def _in_foreign_words(text: str, atlas: _Atlas) -> bool:
    """Whether no name of a national index holds a word of the text: a hamlet at home may bear any other name."""
    words = folded_key(text).split()
    return not any(word in index.keys_by_word or word in index.folded for word in words for index in atlas.national)


def _country_in(parts: Sequence[Part], atlas: _Atlas) -> Hint | None:
    """The country a part of the cell names, known only to the world."""
    words = parts[0].text.split()
    named = (
        parts
        if len(parts) > 1
        else tuple(Part(" ".join(words[at:])) for at in range(1, len(words)) if folded_key(" ".join(words[:at])))
    )
    for part in named:
        if any(areas_in_cell(part.text, index) for index in atlas.national):
            continue
        for index in atlas.world:
            codes = [code for code in areas_in_cell(part.text, index) if index.area_by_code[code].kind == COUNTRY]
            if codes:
                return Hint(IN_TEXT, frozenset(codes))
    return None


def _at_home(text: str, parts: Sequence[Part], hints: Sequence[Hint], atlas: _Atlas) -> list[Found]:
    return [
        Found(index, scored) for index in atlas.national for scored in candidates_of(text, parts, hints, index).values()
    ]


def _abroad(text: str, parts: Sequence[Part], hints: Sequence[Hint], atlas: _Atlas) -> list[Found]:
    """The world's candidates, without those of countries that have an index of their own."""
    own = {index.country for index in atlas.national}
    return [
        Found(index, scored)
        for index in atlas.world
        for row, scored in candidates_of(text, parts, hints, index).items()
        if index.rows[row].country not in own
    ]


def _without_town(query: PlaceQuery, hints: Sequence[Hint], atlas: _Atlas) -> Placement:
    """For a text that names no known town: the area named in it or beside it, to review; else unresolved."""
    named = _areas_in(query.text, hints, atlas) or _areas_nearly_in(query.text, atlas)
    beside = tuple(sorted({code for hint in hints for code in hint.codes}))
    for codes, reason in ((named, AREA_ONLY), (beside, AREA_BESIDE)):
        for index in _holding(codes, atlas):
            candidates = _area_candidates(codes, index)
            if candidates:
                return Placement(
                    text=query.text,
                    status=PlacementStatus.REVIEW,
                    candidates=candidates,
                    level="area",
                    score=candidates[0].score,
                    hint="" if codes is named else ", ".join(hint.column for hint in hints),
                    reason=reason,
                    data=index.data,
                )
    reason = AREA_ONLY if named else UNKNOWN if words_of(query.text) else EMPTY
    return Placement(text=query.text, status=PlacementStatus.UNRESOLVED, reason=reason)


def _holding(codes: Sequence[str], atlas: _Atlas) -> tuple[PlaceIndex, ...]:
    """The first indexes that hold one of these areas: the national ones where they do."""
    national = tuple(index for index in atlas.national if any(code in index.area_by_code for code in codes))
    return national or (atlas.world if codes else ())


def _areas_in(text: str, hints: Sequence[Hint], atlas: _Atlas) -> tuple[str, ...]:
    """The areas the text, or a part of it, is the name of."""
    parts = (Part(text), *parts_of(text))
    codes = _first_area(parts, atlas.national)
    return codes if codes or _is_home_only(hints, atlas) else _first_area(parts, atlas.world)


def _first_area(parts: Sequence[Part], indexes: Sequence[PlaceIndex]) -> tuple[str, ...]:
    found = (areas_of_part(part, index) for index in indexes for part in parts)
    return next((codes for codes in found if codes), ())


def _areas_nearly_in(text: str, atlas: _Atlas) -> tuple[str, ...]:
    return next((codes for index in atlas.national if (codes := areas_nearly(text, index))), ())


def _area_candidates(codes: Iterable[str], index: PlaceIndex) -> tuple[PlaceCandidate, ...]:
    """The seat of each area, and the area itself with a radius that covers it: no decision may rest on the seat."""
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
