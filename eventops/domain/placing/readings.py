"""How the parts of one cell, and the hints beside it, add up to scored candidates of one index."""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct, structs

from eventops.domain.places import Point
from eventops.domain.placing.areas import (
    COUNTRY,
    IN_TEXT,
    Hint,
    areas_in_cell,
    areas_nearly,
    areas_of_part,
    hint_at,
    main_areas,
)
from eventops.domain.placing.cells import Part
from eventops.domain.placing.distance import great_circle_km
from eventops.domain.placing.lookups import (
    ALIAS,
    COMPACT,
    EXACT,
    FOLDED,
    PART_OF_NAME,
    WORDS,
    Hit,
    Hits,
    close_hits,
    exact_hits,
    towns_beside,
)
from eventops.domain.placing.names import folded_key, words_of
from eventops.domain.placing.place_index import PlaceIndex, PlaceRow

_PART_FACTOR = 0.97
_AGREEMENT = 0.03
_CONTEXT = -0.12
# A town named beside a larger one near it: written first, any larger one is its surroundings; else one twice its size.
_SATELLITE_KM, _SATELLITE_RATIO = 40.0, 2.0
_CITY_POPULATION, _KNOWN_POPULATION = 100_000, 200_000
_SHORT_NAME = 3
_CITY_WORD, _OTHER_WORD = 0.91, 0.86
_CITY_LEVELS = frozenset((EXACT, FOLDED, COMPACT))
_HOME_CITY_LEVELS = _CITY_LEVELS | {ALIAS}
_CLOSE_ENOUGH = 0.86
_LONGEST_CELL = 10
_BETWEEN_WORDS = re.compile(r"[\s\-–—]+")
# Beside these a city is where somebody lives near, comes from or works, and not where they live.
_NEAR_WORDS = frozenset(
    word
    for line in (
        "pres proche cote environs environ alentours entre vers peripherie banlieue hors loin near around outside",
        "between cerca sauf pas excepte except not ليس غير باستثناء ماعدا قرب بقرب قريب قريبه بجوار جوار بجانب ضواحي",
        "نواحي بين حوالي خارج بعيد originaire natif native ne nee born travail travaille work working اعمل اصلي",
    )
    for word in line.split()
)
_SO_FAR_FROM = re.compile(r"\d\s*(?:kms?|kilometres|kilometers|كلم|كيلومترا?)(?=\s)", re.IGNORECASE)
_WAY_WORDS = frozenset(("route", "rte", "bab", "طريق", "باب", "rue", "شارع", "زنقه", "avenue", "av", "bd", "boulevard"))


class Scored(Struct, frozen=True):
    """A candidate: `base` is the score before hints, `agreed` the columns for it, `against` those that contradict."""

    row: int
    score: float
    base: float
    level: str
    agreed: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    edits: int = 0


Candidates = dict[int, Scored]


class _Read(Struct):
    """One part of the cell with what it finds; `areas` and `sides` say what it means as an area."""

    part: Part
    hits: Hits
    hint: Hint | None
    area_named: bool


def candidates_of(cell: str, parts: Sequence[Part], hints: Sequence[Hint], index: PlaceIndex) -> Candidates:
    """The places of one index the cell may mean, with the hints weighed in."""
    towns = not parts or not all(part.area for part in parts)
    whole = exact_hits(cell, index) if towns else {}
    held = bool(hints) and any(all(hint.holds(index.rows[row]) for hint in hints) for row in whole)
    if whole and (held or not _is_country(cell, whole, index)):
        found = {row: _weighed(hit, hints, index) for row, hit in whole.items()}
        if any(not one.edits and len(one.agreed) == len(hints) for one in found.values()):
            return found if hints else _best_of((found, *(_beside(cell, hit, index) for hit in whole.values())))
        return _best_of((found, _close(cell, hints, index)))
    two_answers = _are_two_answers(parts, index)
    if not two_answers and (areas_in_cell(cell, index) or (len(parts) > 1 and areas_nearly(cell, index))):
        return {}
    found = _by_parts(cell, parts, hints, index)
    if not two_answers and not any(_says_near(part, index) for part in parts):
        return found
    return {row: structs.replace(one, level=PART_OF_NAME, agreed=()) for row, one in found.items()}


def _are_two_answers(parts: Sequence[Part], index: PlaceIndex) -> bool:
    """Whether an `and` joins names that are not those of one place."""
    joined = [set(exact_hits(part.text, index)) for part in parts if part.joined and not (part.area or part.sublocal)]
    return len(joined) > 1 and not set.intersection(*joined)


def _says_near(part: Part, index: PlaceIndex) -> bool:
    """Whether a part says that somebody lives near a town, or between two."""
    words = words_of(part.text)
    if _SO_FAR_FROM.search(" ".join(words)):
        return True
    if _NEAR_WORDS.isdisjoint(words):
        return False
    return all(word in _NEAR_WORDS for word in words) or bool(_by_words(part, (), index))


def _by_parts(cell: str, parts: Sequence[Part], hints: Sequence[Hint], index: PlaceIndex) -> Candidates:
    towns = not parts or not all(part.area for part in parts)
    reads = [_read(part, index) for part in parts]
    if len(parts) == 1 and not parts[0].area and not reads[0].hits:
        split = _split_in_two(parts[0], index)
        if split is not None:
            return _together(split, hints, index, side_by_side=True)
    if any(read.hits for read in reads):
        return _together([_with_city(read, index) for read in reads], hints, index)
    in_text = [read.hint for read in reads if read.hint is not None]
    texts = dict.fromkeys((*[cell][:towns], *(part.text for part in parts if not part.area and not part.sublocal)))
    close = _best_of([_close(text, (*hints, *in_text), index) for text in texts])
    if any(scored.base >= _CLOSE_ENOUGH for scored in close.values()):
        return close
    return _best_of((close, *(_by_words(part, (*hints, *in_text), index) for part in parts if not part.area)))


def _is_country(cell: str, hits: Hits, index: PlaceIndex) -> bool:
    """Whether the world knows the text as a country, and as a town only by another name than its own (Koweït)."""
    if index.country or any(hit.level != ALIAS for hit in hits.values()):
        return False
    return any(index.area_by_code[code].kind == COUNTRY for code in areas_in_cell(cell, index))


def _read(part: Part, index: PlaceIndex) -> _Read:
    hits = {} if part.area else exact_hits(part.text, index)
    areas = areas_of_part(part, index)
    certain = [index.rows[hit.row] for hit in hits.values() if hit.level != PART_OF_NAME]
    codes = frozenset(main_areas(areas, index) if areas else map(_area_of, certain))
    hint = hint_at(IN_TEXT, codes, (index,)) if codes else None
    return _Read(part, hits, hint, bool(areas))


def _with_city(read: _Read, index: PlaceIndex) -> _Read:
    """A part that names nothing as a whole, read by the city that surely stands at its beginning or end."""
    if read.hits or read.hint is not None or read.part.area or read.part.sublocal:
        return read
    found = _by_words(read.part, (), index)
    hits = {row: Hit(row, one.score, one.level, one.edits) for row, one in found.items() if one.level == WORDS}
    codes = frozenset(_area_of(index.rows[row]) for row in hits)
    hint = hint_at(IN_TEXT, codes, (index,)) if codes else None
    return _Read(read.part, hits, hint, False)


def _area_of(row: PlaceRow) -> str:
    return row.province or row.region or row.country


def _weighed(hit: Hit, hints: Sequence[Hint], index: PlaceIndex, extra: float = 0.0) -> Scored:
    """The hit with every hint's weight: the strongest agreement counts once, each disagreement counts."""
    row = index.rows[hit.row]
    weights = [(hint.column, hint.weigh(row)) for hint in hints]
    bonus = max((weight for _, weight in weights if weight > 0), default=0.0)
    malus = sum(weight for _, weight in weights if weight < 0)
    return Scored(
        hit.row,
        hit.score + bonus + malus + extra,
        hit.score,
        hit.level,
        tuple(dict.fromkeys(column for column, weight in weights if weight > 0)),
        tuple(dict.fromkeys(column for column, weight in weights if weight < -0.1)),
        hit.edits,
    )


def _beside(text: str, hit: Hit, index: PlaceIndex) -> Candidates:
    return {row: _weighed(town, (), index) for row, town in towns_beside(text, hit, index).items()}


def _close(text: str, hints: Sequence[Hint], index: PlaceIndex) -> Candidates:
    return {row: _weighed(hit, hints, index) for row, hit in close_hits(text, index).items()}


def _together(
    reads: Sequence[_Read], hints: Sequence[Hint], index: PlaceIndex, *, side_by_side: bool = False
) -> Candidates:
    """Each part's places, the other parts read as their surroundings."""
    found: list[Candidates] = []
    context: set[int] = set()
    for read in reads:
        scored = _among(read.hits, read, reads, hints, index, context)
        if not side_by_side and all(one.against for one in scored.values()):
            nearby = _named_nearby(read, reads, index)
            scored = _best_of((scored, _among(nearby, read, reads, hints, index, context)))
        found.append(scored)
    best = _best_of(found)
    return {
        row: structs.replace(scored, score=scored.score + _CONTEXT) if row in context else scored
        for row, scored in best.items()
    }


def _among(
    hits: Hits, read: _Read, reads: Sequence[_Read], hints: Sequence[Hint], index: PlaceIndex, context: set[int]
) -> Candidates:
    """The hits of one part among the others, a little below those of a cell that holds nothing else."""
    scored: Candidates = {}
    for hit in hits.values():
        extra, in_text = _surroundings(hit, read, reads, index, context)
        less = structs.replace(hit, score=hit.score * _PART_FACTOR)
        scored[hit.row] = _weighed(less, (*hints, *in_text), index, extra)
    return scored


def _surroundings(
    hit: Hit, read: _Read, reads: Sequence[_Read], index: PlaceIndex, context: set[int]
) -> tuple[float, list[Hint]]:
    """What the other parts say of this hit; the places that only served as its surroundings join `context`."""
    extra = 0.0
    in_text: list[Hint] = []
    row = index.rows[hit.row]
    for other in reads:
        if other is read or other.hint is None:
            continue
        if hit.row in other.hits:
            extra = _AGREEMENT
            continue
        if read.part.joined and other.part.joined and not other.area_named:
            continue
        larger = [
            *_larger_beside(row, other, index, first=_comes_first(read, other, reads)),
            *(number for number in other.hits if _is_seat_of(number, row, index)),
        ]
        if other.hint.holds(row):
            in_text.append(other.hint)
            if other.area_named and not (read.area_named and _holds_any(read, other, index)):
                context.update(other.hits)
            elif not other.area_named:
                context.update(larger)
        elif larger:
            context.update(larger)
            in_text.append(Hint(IN_TEXT, frozenset((_area_of(row),))))
        elif row.code in index.province_seats and not other.part.area:
            # A city in its own right is not in the surroundings of another one (Settat, Casablanca).
            in_text.append(structs.replace(other.hint, around=frozenset()))
        else:
            in_text.append(other.hint)
    return extra, in_text


def _holds_any(read: _Read, other: _Read, index: PlaceIndex) -> bool:
    return read.hint is not None and any(read.hint.holds(index.rows[row]) for row in other.hits)


def _comes_first(read: _Read, other: _Read, reads: Sequence[_Read]) -> bool:
    return next(one is read for one in reads if one is read or one is other)


def _larger_beside(row: PlaceRow, other: _Read, index: PlaceIndex, *, first: bool) -> list[int]:
    if not first and row.code in index.province_seats:
        return []  # a city in its own right: Fès, Sefrou are two answers
    return [number for number in other.hits if _is_satellite(row, index.rows[number], first=first)]


def _is_seat_of(number: int, row: PlaceRow, index: PlaceIndex) -> bool:
    """Whether that place is the seat of the province the row, another place, lies in: it is named for its province."""
    province = index.area_by_code.get(row.province)
    return province is not None and index.rows[number].code == province.seat != row.code


def _is_satellite(small: PlaceRow, large: PlaceRow, *, first: bool) -> bool:
    return (
        small.region == large.region
        and large.population >= (1.0 if first else _SATELLITE_RATIO) * small.population
        and great_circle_km(Point(small.lat, small.lon), Point(large.lat, large.lon)) <= _SATELLITE_KM
    )


def _named_nearby(read: _Read, reads: Sequence[_Read], index: PlaceIndex) -> Hits:
    """For a part nothing fitting answers to: near spellings inside the areas the other parts name."""
    if read.part.area or read.part.sublocal or (read.area_named and not read.hits):
        return {}
    around = [other.hint for other in reads if other is not read and other.hint is not None]
    city = any(index.rows[row].population >= _CITY_POPULATION for row in read.hits)
    return {
        number: hit
        for number, hit in close_hits(read.part.text, index).items()
        if any(hint.holds(index.rows[number]) for hint in around) and not (city and hit.level == PART_OF_NAME)
    }


def _split_in_two(part: Part, index: PlaceIndex) -> tuple[_Read, _Read] | None:
    """A text without separator read as two names side by side (Hay Riad Rabat), the first as long as possible."""
    words = _BETWEEN_WORDS.split(part.text)
    # Two towns side by side are how provinces are named (Skhirate-Témara), also when misspelled.
    if len(words) > _LONGEST_CELL or areas_nearly(part.text, index):
        return None
    for cut in range(len(words) - 1, 0, -1):
        head = _read(Part(" ".join(words[:cut])), index)
        tail = _read(Part(" ".join(words[cut:])), index)
        if (head.hits and tail.hint) or (tail.hits and head.hint):
            return head, tail
    return None


def _by_words(part: Part, hints: Sequence[Hint], index: PlaceIndex) -> Candidates:
    """A name at the beginning or the end of a longer text: certain only for a city no street is named after here."""
    words = part.text.split()
    first = words_of(words[0])[:1] if words else ()
    of_a_way = bool(first) and first[0] in _WAY_WORDS
    found: list[Candidates] = []
    for texts in (_beginnings_of(words), _ends_of(words)):
        for text, before in texts:
            hits = exact_hits(text, index)
            after_sublocal = part.sublocal and before < 2
            for hit in hits.values():
                levels = _HOME_CITY_LEVELS if index.country else _CITY_LEVELS
                city = index.rows[hit.row].population >= _CITY_POPULATION and hit.level in levels
                sure = city and not of_a_way and not after_sublocal
                score = hit.score * (_CITY_WORD if sure else _OTHER_WORD)
                level = WORDS if sure else PART_OF_NAME
                found.append({hit.row: _weighed(Hit(hit.row, score, level, hit.edits), hints, index)})
            if hits:
                break
    return _best_of(found)


def _beginnings_of(words: Sequence[str]) -> Iterator[tuple[str, int]]:
    """The beginnings of a text, long ones first, with the count of words before them: none."""
    for length in range(min(len(words), _LONGEST_CELL) - 1, 0, -1):
        yield " ".join(words[:length]), 0


def _ends_of(words: Sequence[str]) -> Iterator[tuple[str, int]]:
    """The ends of a text, long ones first, with the count of words before them."""
    for length in range(min(len(words), _LONGEST_CELL) - 1, 0, -1):
        yield " ".join(words[-length:]), len(words) - length


def large_towns(text: str, index: PlaceIndex) -> Iterator[Scored]:
    """The towns that bear this very name and are large enough to be known to a stranger; none for a short name."""
    hits = exact_hits(text, index) if len(folded_key(text)) > _SHORT_NAME else {}
    for row, hit in sorted(hits.items()):
        if index.rows[row].population >= _KNOWN_POPULATION or index.rows[row].code in index.capitals:
            yield Scored(row, hit.score, hit.score, hit.level)


def _best_of(found: Sequence[Candidates]) -> Candidates:
    best: Candidates = {}
    for candidates in found:
        for row, scored in candidates.items():
            if row not in best or best[row].score < scored.score:
                best[row] = scored
    return best
