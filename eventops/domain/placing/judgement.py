"""Matched, to review or unresolved: the verdict over the candidates of every index, and its reason in words."""

from collections.abc import Sequence

from msgspec import Struct, structs

from eventops.domain.places import PlaceCandidate, Placement, PlacementStatus, Point
from eventops.domain.placing.distance import great_circle_km
from eventops.domain.placing.lookups import (
    ALIAS,
    BY_NAME,
    COMPACT,
    CONSONANTS,
    EDIT,
    EXACT,
    FOLDED,
    PART_OF_NAME,
    TOWN_OVER_VILLAGE,
    VILLAGE_POPULATION,
    WORDS,
)
from eventops.domain.placing.names import compact_key, folded_key, is_common_noun, script_of
from eventops.domain.placing.place_index import TOWN_POPULATION, PlaceIndex
from eventops.domain.placing.readings import Scored
from eventops.domain.texts import Text

_SPELLED = BY_NAME | {CONSONANTS, EDIT}
SURE, LEAD = 0.92, 0.035
LIKELY, LIKELY_TOWN, WIDE_LEAD = 0.87, 0.85, 0.12
ABROAD, ABROAD_POPULATION, ABROAD_ALIAS_POPULATION, ABROAD_RATIO = 0.90, 100_000, 150_000, 8
# A name like no other, made of words no name at home is made of, and long enough to be no accident, is believed of
# smaller towns too.
LONE_NAME, LONE_POPULATION = 7, 30_000
# Of two towns of like names the nearer is meant more often: people count by how many of them come this far.
NEAR_KM = 500.0
# Other names of few letters are those of too many things.
SHORT_ALIAS, SHORT_ALIAS_POPULATION, SHORTEST_ALIAS_POPULATION = 4, 1_500_000, 4_000_000
# A town abroad that is known so well is meant, even where a village at home is named nearly so.
RENOWNED_POPULATION = 1_000_000
NAME_OVER_HOME, ALIAS_OVER_HOME = 0.05, 0.10
ALIKE_TOWN, ALIKE_SPELLING, ALIKE_SOUND = 0.90, 0.90, 0.935
LIKELY_TOWN_POPULATION = 30_000
# A far larger town spelled almost as nearly (Goulmima, Guelmim) is as likely to be meant.
BIGGER_RATIO, BIGGER_LEAD = 3, 0.08
# One spelled as nearly is not meant where the best is larger by this; in Arabic a letter is sooner another place.
OUTWEIGHING_RATIO, OUTWEIGHING_RATIO_ARABIC = 5, 20
BEHIND_ABROAD = 0.06
_OF_ITS_PEOPLE = ("i", "y", "ي")
POSSIBLE = 0.74
_SAME_PLACE_KM = 10.0
_MOST_CANDIDATES = 5
# Candidates are tried one by one when benefits are decided: an implausible one would ask a person for nothing.
_SHOWN_BEHIND_BEST, _SHOWN_ABROAD = 0.15, 0.06

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


class Found(Struct, frozen=True):
    """A candidate with the index it comes from."""

    index: PlaceIndex
    scored: Scored

    @property
    def abroad(self) -> bool:
        return not self.index.country

    def candidate(self) -> PlaceCandidate:
        score = round(min(1.0, max(0.0, self.scored.score)), 4)
        return PlaceCandidate(place=self.index.place(self.scored.row), score=score, level=self.scored.level)


def merged(found: Sequence[Found]) -> list[Found]:
    """Without the world's view of a place that a national index holds too, under another country or spelling.

    Where a place abroad bears this very name, national ones that are only spelled like it step back, unless they fit
    far better.
    """
    national = [one for one in found if not one.abroad]
    namesakes = [one.scored.score for one in found if one.abroad and one.scored.level in BY_NAME]
    if namesakes:
        reach = max(namesakes) + BEHIND_ABROAD
        national = [_stepped_back(one) if _only_alike(one) and one.scored.score < reach else one for one in national]
    points = [one.index.place(one.scored.row).point for one in national]
    return national + [
        one
        for one in found
        if one.abroad
        and not any(great_circle_km(point, one.index.place(one.scored.row).point) < _SAME_PLACE_KM for point in points)
    ]


def _only_alike(one: Found) -> bool:
    return one.scored.level not in BY_NAME and not one.scored.agreed


def _stepped_back(one: Found) -> Found:
    return Found(one.index, structs.replace(one.scored, score=one.scored.score - BEHIND_ABROAD))


def judged(text: str, found: Sequence[Found], home: Point | None = None, *, foreign_words: bool = False) -> Placement:
    """Matched, review or unresolved by the score of the best and its lead over the next. `home` is where most people
    come from: of foreign namesakes the nearer one is more likely. `foreign_words`: no name at home holds a word of the
    text."""
    ranked = sorted(found, key=lambda one: (-one.scored.score, one.index.rows[one.scored.row].code))
    ranked = [one for one in ranked if max(one.scored.score, one.scored.base) >= POSSIBLE]
    if not ranked:
        return Placement(text=text, status=PlacementStatus.UNRESOLVED, reason=UNKNOWN)
    best = ranked[0]
    sure = _is_sure(text, ranked, home, foreign_words)
    plausible = (one for one in ranked if _is_plausible(one, best) or (not sure and _is_spelled_nearly(one, best)))
    shown = tuple(one.candidate() for one in plausible)[:_MOST_CANDIDATES]
    return Placement(
        text=text,
        status=PlacementStatus.MATCHED if sure else PlacementStatus.REVIEW,
        place=shown[0].place if sure else None,
        candidates=shown,
        level=best.scored.level,
        score=shown[0].score,
        hint=", ".join(best.scored.agreed),
        reason=Text("") if sure else _why_not(text, ranked),
        data=best.index.data,
    )


def _is_plausible(one: Found, best: Found) -> bool:
    behind = best.scored.score - one.scored.score
    return behind < (_SHOWN_ABROAD if one.abroad and not best.abroad else _SHOWN_BEHIND_BEST)


def _is_spelled_nearly(one: Found, best: Found) -> bool:
    """Whether one at home is spelled as nearly as the best, or all but one letter."""
    near = one.scored.level in _SPELLED and one.scored.edits <= max(1, best.scored.edits)
    return near and not one.abroad and not best.scored.agreed and not one.scored.against


def _is_sure(text: str, ranked: Sequence[Found], home: Point | None, foreign_words: bool) -> bool:
    best = ranked[0].scored
    lead = best.score - ranked[1].scored.score if len(ranked) > 1 else 1.0
    if best.against or (best.level == PART_OF_NAME and not best.agreed):
        return False
    if is_common_noun(text) and (best.level not in BY_NAME | {PART_OF_NAME} or not best.agreed):
        return False
    if best.level in (CONSONANTS, EDIT) and not best.agreed and _names_its_people(text, ranked[0]):
        return False
    if _is_other_name(text, ranked) or _is_named_abroad(ranked) or _is_nearer_another(text, ranked):
        return False
    row = ranked[0].index.rows[best.row]
    is_town = row.urban and row.population >= LIKELY_TOWN_POPULATION and not ranked[0].abroad
    if not best.agreed and best.score < _least_alike(best.level, text, is_town):
        return False
    if not best.agreed and best.level in (CONSONANTS, EDIT) and lead < BIGGER_LEAD and _is_bigger(ranked[1], ranked[0]):
        return False
    likely = LIKELY_TOWN if is_town else LIKELY
    enough = (best.score >= SURE and lead >= LEAD) or (best.score >= likely and lead >= WIDE_LEAD)
    if not ranked[0].abroad:
        return enough
    if _has_namesake(ranked):
        return False
    return (bool(best.agreed) and enough) or (best.score >= ABROAD and _towers(text, ranked, home, foreign_words))


def _is_other_name(text: str, ranked: Sequence[Found]) -> bool:
    """Whether the words, only near the name of the best, are letter for letter the name of a place the columns speak
    against: Mansoura beside a region that holds El Mansouria. Another name of a town abroad counts as near."""
    level = ranked[0].scored.level
    against = [one for one in ranked[1:] if one.scored.against and one.scored.level in (EXACT, FOLDED)]
    if level == ALIAS and ranked[0].abroad and script_of(text) == "latn":
        return any(not one.abroad for one in against)
    return level in (CONSONANTS, EDIT) and bool(against)


def _is_nearer_another(text: str, ranked: Sequence[Found]) -> bool:
    """Whether another name at home differs by no more letters than that of the best, which is not written letter for
    letter and has nothing beside it to support it: Brarfa sounds like Bouarfa, and is one letter from Brarha."""
    best = ranked[0]
    if best.scored.agreed or best.scored.level == WORDS:
        return False
    if best.scored.edits == 0 and not best.abroad:
        return _is_village_beside_town(text, ranked)
    others = [one for one in ranked[1:] if not one.abroad and one.scored.level in _SPELLED]
    if best.abroad:
        return not _is_renowned(text, best) and any(one.scored.edits <= 1 for one in others)
    return any(one.scored.edits <= best.scored.edits and not _outweighs(text, best, one) for one in others)


def _is_village_beside_town(text: str, ranked: Sequence[Found]) -> bool:
    """Whether the words, the very name of a village, are one Arabic letter from that of a town far larger; or, in any
    script, another name of the village (Sidi Kasem, and Sidi Kacem)."""
    best, people = ranked[0], ranked[0].index.rows[ranked[0].scored.row].population
    arabic = script_of(text) == "arab" and best.scored.level in (EXACT, FOLDED)
    if not (arabic or best.scored.level == ALIAS) or people >= (VILLAGE_POPULATION if arabic else TOWN_POPULATION):
        return False
    others = [one.index.rows[one.scored.row].population for one in ranked[1:] if one.scored.edits <= 1]
    return any(other >= TOWN_OVER_VILLAGE * people for other in others)


def _outweighs(text: str, best: Found, one: Found) -> bool:
    """Whether the best has so many more people that few would mean the other, spelled as nearly."""
    people, fewer = (found.index.rows[found.scored.row].population for found in (best, one))
    if best.scored.level in BY_NAME:
        return people >= fewer
    ratio = OUTWEIGHING_RATIO_ARABIC if script_of(text) == "arab" else OUTWEIGHING_RATIO
    return one.scored.edits == best.scored.edits and people >= ratio * fewer


def _is_renowned(text: str, best: Found) -> bool:
    """Whether a place abroad is so well known that a name one letter away at home is not meant. By another name than
    its own only in Arabic, and not by a few letters: سول is Seoul, and Assoul without its first letter."""
    row = best.index.rows[best.scored.row]
    arabic, letters = script_of(text) == "arab", len(compact_key(text))
    capital = row.code in best.index.capitals and letters > (SHORT_ALIAS if arabic else SHORT_ALIAS - 1)
    if best.scored.level == ALIAS:
        return arabic and capital
    return capital or (row.population >= RENOWNED_POPULATION and letters >= SHORT_ALIAS)


def _is_named_abroad(ranked: Sequence[Found]) -> bool:
    """Whether the words, only near a name at home, are letter for letter that of a place abroad: لوزان is Lausanne, and
    Ouezzane with its article as it is heard."""
    best = ranked[0]
    near = not best.abroad and not best.scored.agreed and best.scored.level in (COMPACT, CONSONANTS, EDIT)
    return near and any(one.abroad and one.scored.level in BY_NAME for one in ranked[1:])


def _has_namesake(ranked: Sequence[Found]) -> bool:
    """Whether another town abroad bears the name of the best, a place abroad, as rightly: Manchester in England or in
    New Hampshire. However much larger the one, people of the other write the same word."""
    best = ranked[0]
    by_alias = best.scored.level == ALIAS
    rivals = [
        one
        for one in ranked[1:]
        if one.abroad and one.scored.level in BY_NAME and best.scored.score - one.scored.score < WIDE_LEAD
    ]
    if best.scored.level not in BY_NAME:
        return False
    if by_alias and any(one.scored.level != ALIAS for one in rivals):
        return True
    # Another name of a far smaller town is no namesake; of one nearly as large it is (طرابلس, Tripoli twice).
    people = best.index.rows[best.scored.row].population
    return any(
        (by_alias or one.scored.level != ALIAS or one.index.rows[one.scored.row].population * ABROAD_RATIO > people)
        and not _is_same_place(best, one)
        for one in rivals
    )


def _is_same_place(one: Found, other: Found) -> bool:
    """Whether for a traveller the two are one place: a city and its centre."""
    here, there = (found.index.place(found.scored.row).point for found in (one, other))
    return great_circle_km(here, there) < _SAME_PLACE_KM


def _names_its_people(text: str, best: Found) -> bool:
    """Whether the words end as the name of a town's people or of a family does, and the town's does not: Marrakchi."""
    row = best.index.rows[best.scored.row]
    return folded_key(text).endswith(_OF_ITS_PEOPLE) and not any(
        folded_key(name).endswith(_OF_ITS_PEOPLE) for name in (row.fr, row.ar)
    )


def _is_bigger(one: Found, other: Found) -> bool:
    people, fewer = (found.index.rows[found.scored.row].population for found in (one, other))
    return people >= BIGGER_RATIO * fewer


def _least_alike(level: str, text: str, is_town: bool) -> float:
    """What names that are only alike must reach: villages have more neighbours in sound and spelling than towns have
    misspellings, and Arabic names are short."""
    if level == CONSONANTS:
        return ALIKE_TOWN if is_town else ALIKE_SOUND
    return ALIKE_SPELLING if level == EDIT and script_of(text) == "arab" and not is_town else 0.0


def _towers(text: str, ranked: Sequence[Found], home: Point | None, foreign_words: bool) -> bool:
    """Whether the best, a place abroad, is so large that it must be meant: against namesakes and against home."""
    best = ranked[0]
    row = best.index.rows[best.scored.row]
    by_alias = best.scored.level == ALIAS
    enough = ABROAD_ALIAS_POPULATION if by_alias else ABROAD_POPULATION
    letters = len(compact_key(text))
    known = row.code in best.index.capitals
    if by_alias and letters <= SHORT_ALIAS:
        tiny = letters < SHORT_ALIAS and script_of(text) != "other"
        enough, known = SHORTEST_ALIAS_POPULATION if tiny else SHORT_ALIAS_POPULATION, False
    elif foreign_words and len(ranked) == 1 and letters >= LONE_NAME:
        enough = ABROAD_POPULATION if by_alias else LONE_POPULATION
    if row.population < enough and not known:
        return False
    for one in ranked[1:]:
        if not one.abroad:
            alike = one.scored.level not in BY_NAME and row.code in best.index.capitals
            over = ALIAS_OVER_HOME if by_alias and not alike else NAME_OVER_HOME
            if best.scored.score - one.scored.base < over:
                return False
        elif best.scored.score - one.scored.score < WIDE_LEAD:
            ratio = 1 if one.scored.level == ALIAS and not by_alias else ABROAD_RATIO
            if _weight(best, home) < ratio * _weight(one, home) and not _is_same_place(best, one):
                return False
    return True


def _weight(one: Found, home: Point | None) -> float:
    """How many people of that town may come: its population, less the farther it is."""
    row = one.index.rows[one.scored.row]
    away = great_circle_km(Point(row.lat, row.lon), home) if home is not None else 0.0
    return row.population / max(1.0, away / NEAR_KM)


def _why_not(text: str, ranked: Sequence[Found]) -> Text:
    best = ranked[0].scored
    if best.against or _is_other_name(text, ranked):
        return DISAGREES
    if ranked[0].abroad and _has_namesake(ranked):
        return HOMONYM
    if len(ranked) > 1 and best.score >= LIKELY and best.score - ranked[1].scored.score < LEAD:
        return HOMONYM
    if best.level in (PART_OF_NAME, WORDS):
        return PARTLY
    if ranked[0].abroad and best.score >= ABROAD:
        return FAR
    return NEARLY
