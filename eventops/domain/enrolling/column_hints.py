"""What a column that nobody recognised may hold: its heading resembles a known one, or its cells answer it."""

from collections.abc import Callable, Sequence
from typing import Protocol

from rapidfuzz.distance import OSA

from eventops.domain.enrolling.answers import NOTHING, Lexicon, answer_key, known, lexicon, yes_or_no
from eventops.domain.enrolling.choices import ROLES
from eventops.domain.enrolling.heading_match import Vocabulary, heading_key
from eventops.domain.enrolling.heading_signs import hint_in
from eventops.domain.enrolling.headings import FIELD_TITLES

# Headings and cells are guessed at from here on; what is guessed is asked, never stored.
_RESEMBLES = 0.76
_SHORTEST = 7
_MOST_ANSWERS = 0.8
_ROLES = lexicon(ROLES)


class ClosedAnswers(Protocol):
    """The closed answers by which an unknown column may be known."""

    @property
    def category(self) -> Lexicon: ...
    @property
    def associations(self) -> Lexicon: ...
    @property
    def workshops(self) -> Lexicon: ...
    @property
    def diet(self) -> Lexicon: ...
    @property
    def inclusion(self) -> Lexicon: ...


def hinted(heading: str, words: Vocabulary) -> str:
    """The field an unrecognised heading hints at; '' when it is about something else or resembles none."""
    key = heading_key(heading)
    if any(f" {phrase} " in f" {key} " for phrase in words.elsewhere):
        return ""
    return hint_in(key) or _resembled(key, words)


def _resembled(key: str, words: Vocabulary) -> str:
    if len(key) < _SHORTEST:
        return ""
    best, field = 0.0, ""
    for synonym, (name, _) in words.exact.items():
        if len(synonym) >= _SHORTEST and name in FIELD_TITLES:
            similarity = OSA.normalized_similarity(key, synonym, score_cutoff=_RESEMBLES)
            if similarity > best:
                best, field = similarity, name
    return field


def answered_by(distinct: Sequence[str], closed: ClosedAnswers) -> str:
    """The field whose known answers most of these cells are; '' when they are none, or say only yes and no."""
    said = [text for text in distinct if answer_key(text) not in NOTHING and yes_or_no(text) is None]
    if not said:
        return ""
    readings: dict[str, Callable[[str], object]] = {
        "email": lambda text: "@" in text,
        "category": lambda text: known(text, closed.category),
        "workshops": lambda text: known(text, closed.workshops),
        "association": lambda text: known(text, closed.associations),
        "role": lambda text: known(text, _ROLES),
        "diet": lambda text: known(text, closed.diet),
        "inclusion": lambda text: known(text, closed.inclusion),
    }
    for field, reading in readings.items():
        if sum(bool(reading(text)) for text in said) >= _MOST_ANSWERS * len(said):
            return field
    return ""
