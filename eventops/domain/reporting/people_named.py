"""Whom a file tells of: the people whose id, pseudonym, name, address or phone stands in a report."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from eventops.domain.people import Participant
from eventops.domain.reporting.reports import Report

_TOKEN = re.compile(r"\w+")
# Shorter signs would be found in every sentence.
_SHORTEST = 3
_RANGE = ".."

Signs = Mapping[str, Sequence[str]]
"""Texts that point to a person, by id."""


def signs_of_people(people: Iterable[Participant], also: Signs) -> dict[str, tuple[str, ...]]:
    """What points to each person wherever it stands; `also` are further signs, such as pseudonyms."""
    return {
        one.id: (one.id, one.name, one.name_latin, one.email, one.phone, one.phone.lstrip("+"), *also.get(one.id, ()))
        for one in people
    }


def people_named(report: Report, signs: Signs) -> tuple[str, ...]:
    """The ids of the people a worded report tells of, sorted. Of two with the same name both are meant."""
    by_first_word: dict[str, dict[str, set[str]]] = {}
    for id, texts in signs.items():
        for text in texts:
            folded = text.casefold().strip()
            token = _TOKEN.search(folded)
            if token is not None and len(folded) >= _SHORTEST:
                by_first_word.setdefault(token.group(), {}).setdefault(folded, set()).add(id)
    found: set[str] = set()
    for text in set(_texts_of(report)):
        folded = text.casefold()
        for word in _TOKEN.findall(folded):
            for sign, ids in by_first_word.get(word, {}).items():
                if sign in folded:
                    found |= ids
    return tuple(sorted(found))


def _texts_of(report: Report) -> Iterator[str]:
    yield str(report.heading)
    for table in report.tables:
        yield str(table.title)
        yield from map(str, table.notes)
        for row in table.rows:
            yield from (cell for cell in row if type(cell) is str)


def ranges_of(ids: Iterable[str]) -> tuple[str, ...]:
    """Ids in few words: P0001..P0060 for all from one to the other. A file for everybody needs one line."""
    ranges: list[list[str]] = []
    for id in sorted(ids, key=_parts):
        if ranges and _follows(ranges[-1][1], id):
            ranges[-1][1] = id
        else:
            ranges.append([id, id])
    return tuple(first if first == last else f"{first}{_RANGE}{last}" for first, last in ranges)


def in_ranges(id: str, ranges: Iterable[str]) -> bool:
    """Whether an id is one of those."""
    letters, width, number = _parts(id)
    for one in ranges:
        first, _, last = one.partition(_RANGE)
        if first == id:
            return True
        if last and _parts(first)[:2] == (letters, width) and _parts(first)[2] <= number <= _parts(last)[2]:
            return True
    return False


def _parts(id: str) -> tuple[str, int, int]:
    """What stands before the digits at the end, how many digits, and their number: P0012 is P, 4 and 12."""
    letters = id.rstrip("0123456789")
    digits = id[len(letters) :]
    return letters, len(digits), int(digits or -1)


def _follows(one: str, other: str) -> bool:
    first, second = _parts(one), _parts(other)
    return first[:2] == second[:2] and second[2] == first[2] + 1
