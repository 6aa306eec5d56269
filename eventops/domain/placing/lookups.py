"""What one text finds in one index: places with a score and the level they were found at."""

import math
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct, structs
from rapidfuzz import process
from rapidfuzz.distance import OSA

from eventops.domain.placing.names import compact_key, consonants_of, folded_key, respelled, script_of, typed_key
from eventops.domain.placing.place_index import TOWN_POPULATION, NameKind, Numbers, PlaceIndex, numbers_of

EXACT, FOLDED, COMPACT, ALIAS, DISTRICT = "exact", "folded", "compact", "alias", "district"
CONSONANTS, EDIT, PART_OF_NAME, WORDS = "consonants", "edit", "part", "words"
BY_NAME = frozenset((EXACT, FOLDED, COMPACT, ALIAS, DISTRICT))

_EXACT_SCORE, _FOLDED_SCORE, _COMPACT_SCORE, _PART_SCORE = 1.0, 0.98, 0.97, 0.86
_LOCALITY_FACTOR = 0.96
# Names that sound alike but are spelled too differently (merci, Marchouch) end below what can match by itself; those
# spelled nearly alike too are better than others spelled as nearly that sound different (Ziane: Ziyane, not Zidane).
_SOUND_FLOOR, _SOUND_SLOPE = 0.60, 0.36
_ALIKE_IN_BOTH, _SOUND_BONUS, _SOUND_CEILING = 0.86, 0.05, 0.965
_LEAST_SIMILARITY = 0.75
# Districts are many, and bear the names of people and things: what is only spelled like one is seldom meant.
_ALIKE_DISTRICT = 0.03
_SHORT_NAME, _SHORT_FACTOR = 7, 0.98
# A village is asked about where a town with so many times its people is named but for one letter of Arabic so.
VILLAGE_POPULATION, TOWN_OVER_VILLAGE = 12_000, 5
_MOST_NAMESAKES = 12
_FOREIGN_ALIAS = 0.02
_WORLD_SCORE, _WORLD_POPULATION_BONUS, _WORLD_EDIT_FACTOR = 0.91, 0.06, 0.93


class Hit(Struct, frozen=True):
    """A row found, how well, at which level, and how many letters its name as written differs by; hints are not
    weighed yet."""

    row: int
    score: float
    level: str
    edits: int = 0


Hits = dict[int, Hit]


def exact_hits(text: str, index: PlaceIndex) -> Hits:
    """The places that bear this very name, once both are folded."""
    hits: Hits = {}
    key = folded_key(text)
    if not key:
        return hits
    typed, compact = typed_key(text), compact_key(text)
    for number in numbers_of(index.folded.get(key)):
        same = bool(index.texts) and typed_key(index.texts[number]) == typed
        _keep(hits, _hit(index, number, _EXACT_SCORE if same else _FOLDED_SCORE, EXACT if same else FOLDED, compact))
    for table in (index.compact, index.folded):
        for number in numbers_of(table.get(compact)):
            _keep(hits, _hit(index, number, _COMPACT_SCORE, COMPACT, compact))
    if not hits and index.country:
        for other in respelled(key):
            for number in numbers_of(index.folded.get(other)):
                _keep(hits, _hit(index, number, _COMPACT_SCORE, COMPACT, compact))
    return hits


def towns_beside(text: str, village: Hit, index: PlaceIndex) -> Hits:
    """The towns whose name is one letter away from that of a village far smaller: its Arabic name (الدورة, and الدروة),
    or, in any script, another one than its own."""
    people, key = index.rows[village.row].population, folded_key(text)
    most = TOWN_POPULATION if village.level == ALIAS else VILLAGE_POPULATION
    if people >= most or not index.country or village.level not in (EXACT, FOLDED, ALIAS):
        return {}
    script = script_of(key)
    if village.level != ALIAS and script != "arab":
        return {}
    hits: Hits = {}
    keys = index.town_keys.get(script, ())
    for other, distance, _ in process.extract(
        key, keys, scorer=OSA.distance, processor=None, score_cutoff=1, limit=None
    ):
        for number in numbers_of(index.folded[other]) if distance else ():
            hit = _hit(index, number, 1 - distance / len(other), EDIT, compact_key(text))
            if index.rows[hit.row].population >= TOWN_OVER_VILLAGE * people:
                _keep(hits, hit)
    return hits


def close_hits(text: str, index: PlaceIndex) -> Hits:
    """The places whose names sound alike, are spelled nearly alike, or hold this text as some of their words."""
    hits: Hits = {}
    key, compact = folded_key(text), compact_key(text)
    if len(key) < 3:
        return hits
    sound = consonants_of(key)
    if sound:
        for number in numbers_of(index.consonants.get(sound)):
            if index.kinds[number] != NameKind.QUARTER:
                alike = OSA.normalized_similarity(key, folded_key(index.texts[number]))
                if alike < 1.0:  # the very name is no near spelling
                    score = _sounding(alike) - _district_malus(number, index)
                    _keep(hits, _hit(index, number, score, CONSONANTS, compact))
    factor = _SHORT_FACTOR if len(key) < _SHORT_NAME else 1.0
    for number, similarity in _similar_names(compact, key, index):
        if similarity < 1.0 and index.kinds[number] != NameKind.QUARTER:
            _keep(hits, _hit(index, number, similarity * factor - _district_malus(number, index), EDIT, compact))
    for found in _longer_names(key, index):
        for number in numbers_of(index.folded[found]):
            if index.kinds[number] == NameKind.NAME:
                _keep(hits, _hit(index, number, _PART_SCORE, PART_OF_NAME, compact))
    return hits


def _district_malus(number: int, index: PlaceIndex) -> float:
    return _ALIKE_DISTRICT if index.kinds[number] == NameKind.DISTRICT else 0.0


def _sounding(alike: float) -> float:
    """The score of a name that sounds the same, by how nearly it is spelled the same."""
    if alike < _ALIKE_IN_BOTH:
        return _SOUND_FLOOR + _SOUND_SLOPE * alike
    return min(_SOUND_CEILING, alike + _SOUND_BONUS)


def _similar_names(compact: str, key: str, index: PlaceIndex) -> Iterator[tuple[int, float]]:
    """Names spelled nearly alike, with or without articles and blanks: an edit may fall on those too."""
    script = script_of(key)
    if not index.country:
        if len(key) < 4:
            return
        yield from _similar(key, index.keys_by_initial.get(key[0], ()), index.folded)
        return
    if len(key) >= 4 or script == "arab":
        yield from _similar(key, index.keys_by_script.get(script, ()), index.folded)
    if len(compact) >= 4:
        yield from _similar(compact, index.compact_by_script.get(script, ()), index.compact)


def _similar(query: str, keys: Sequence[str], table: Mapping[str, Numbers]) -> Iterator[tuple[int, float]]:
    found = process.extract(
        query, keys, scorer=OSA.normalized_similarity, processor=None, score_cutoff=_LEAST_SIMILARITY, limit=24
    )
    for other, similarity, _ in found:
        for number in numbers_of(table[other]):
            yield number, similarity


def _longer_names(key: str, index: PlaceIndex) -> tuple[str, ...]:
    """The keys that hold all words of this one, in this order and side by side; none when there are too many."""
    if not index.country:
        return ()
    words = key.split()
    rarest = min((index.keys_by_word.get(word, ()) for word in words), key=len)
    padded = f" {key} "
    longer = tuple(other for other in rarest if other != key and padded in f" {other} ")
    return longer if len(longer) <= _MOST_NAMESAKES else ()


def _hit(index: PlaceIndex, number: int, score: float, level: str, compact: str) -> Hit:
    kind = NameKind(index.kinds[number])
    row = index.targets[number]
    if kind is NameKind.QUARTER:
        level, score = PART_OF_NAME, min(score, _PART_SCORE)
    elif level in (EXACT, FOLDED, COMPACT):
        level = {NameKind.ALIAS: ALIAS, NameKind.LOCALITY: ALIAS, NameKind.DISTRICT: DISTRICT}.get(kind, level)
    if kind is NameKind.LOCALITY:
        score *= _LOCALITY_FACTOR
    elif kind is NameKind.ALIAS and not index.country:
        score -= _FOREIGN_ALIAS
    edits = OSA.distance(compact, compact_key(index.texts[number])) if index.texts else 0
    return Hit(row, _merited(index, row, kind, score), level, edits)


def _merited(index: PlaceIndex, number: int, kind: NameKind, score: float) -> float:
    """The score with what size and standing add: enough to break a tie, never to win against a better name."""
    row = index.rows[number]
    digits = math.log10(row.population) if row.population > 0 else 0.0
    if not index.country:
        size = _WORLD_POPULATION_BONUS * min(1.0, max(0.0, (digits - 4.2) / 2.8))
        return _WORLD_SCORE - (_FOLDED_SCORE - min(score, _FOLDED_SCORE)) / _WORLD_EDIT_FACTOR + size
    standing = 0.012 if kind in (NameKind.DISTRICT, NameKind.QUARTER) else 0.03 if row.urban else 0.02
    return score + standing + 0.02 * min(1.0, digits / 7)


def _keep(hits: Hits, hit: Hit) -> None:
    known = hits.get(hit.row)
    if known is None:
        hits[hit.row] = hit
        return
    best = max(known, hit, key=lambda one: one.score)
    hits[hit.row] = structs.replace(best, edits=min(known.edits, hit.edits))
