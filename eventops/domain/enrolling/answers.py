"""Answers to closed questions become typed facts, in three languages and without guessing.

A reading gives the fact or an `Unreadable` that says what was expected; free answers are kept as written.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from msgspec import Struct
from rapidfuzz.distance import OSA

from eventops.domain.enrolling import spanish_words as spanish
from eventops.domain.enrolling.cell_values import Unreadable, is_blank, number_in, text_in
from eventops.domain.enrolling.choices import (
    CANCELLED,
    DEFAULT_CATEGORIES,
    DIETS,
    GENDERS,
    INCLUSION,
    LANGUAGES,
    NO_INCLUSION_WORDS,
    NO_WORDS,
    NOTHING_WORDS,
    OUTCOMES,
    ROLES,
    STANDARD_DIET,
    STATUSES,
    YES_WORDS,
)
from eventops.domain.folding import folded, folded_answer
from eventops.domain.people import Choice, Gender
from eventops.domain.texts import Text

__all__ = [
    "CANCELLED",
    "DEFAULT_CATEGORIES",
    "DIETS",
    "GENDERS",
    "INCLUSION",
    "LANGUAGES",
    "OUTCOMES",
    "ROLES",
    "STANDARD_DIET",
    "STATUSES",
]

# Closer than this (edit similarity of the folded texts) is a slip of the pen.
SLIP = 0.85
_SHORTEST_SLIP = 5
_LISTED = re.compile(r"[,،;؛/|\n+&]|\s[-–—]\s")
_BRACKETS = re.compile(r"\s*\([^()]*\)")
_PARTS = re.compile(r"[,،;؛/|\n(){}\[\]+&]|\s[-–—]\s|:\s")

NOT_A_GENDER = Text(
    "row {row}, column {column} ({heading}): {cell} is “{value}”, which is not a gender; write female or male"
)
NOT_A_CATEGORY = Text(
    "row {row}, column {column} ({heading}): {cell} is “{value}”, which is no category of this event; "
    "the nearest is “{nearest}”; write one of: {allowed}"
)
NOT_AN_ASSOCIATION = Text(
    "row {row}, column {column} ({heading}): {cell} is “{value}”, which is no association of this event; "
    "the nearest is “{nearest}”; write one of: {allowed}"
)
NOT_A_WORKSHOP = Text(
    "row {row}, column {column} ({heading}): {cell} is “{value}”, which is no workshop of this event; "
    "the nearest is “{nearest}”; write one of: {allowed}"
)
NOT_AN_OUTCOME = Text(
    "row {row}, column {column} ({heading}): {cell} is “{value}”, which is no decision; "
    "the nearest is “{nearest}”; write one of: {allowed}"
)
TWO_CHOICES = Text(
    "row {row}, column {column} ({heading}): {cell} is “{value}”, which names more than one; keep one of: {allowed}"
)


class Lexicon(Struct, frozen=True, kw_only=True):
    """The spellings of closed answers: folded text to the stored id, and the choices themselves."""

    choices: tuple[Choice, ...]
    ids: dict[str, str]


def lexicon(choices: Sequence[Choice], labels: Mapping[str, Text] | None = None) -> Lexicon:
    """All spellings of these choices: id, title in each language, words, and how our own files label them."""
    ids: dict[str, str] = {}
    for choice in choices:
        label = (labels or {}).get(choice.id)
        titles = [choice.title, label] if label else [choice.title]
        spellings = [choice.id, *(word for title in titles for word in (title.en, title.fr, title.ar)), *choice.words]
        spellings += spanish.ANSWERS.get(choice.id, ())
        for spelling in spellings:
            for key in {answer_key(spelling), folded(spelling)}:
                if key:
                    ids.setdefault(key, choice.id)
    return Lexicon(choices=tuple(choices), ids=ids)


def answer_key(text: str) -> str:
    """The form under which answers are compared; a sign that is no word (✓, -) stands for itself."""
    return folded_answer(text) or text.strip()


def known(text: str, words: Lexicon) -> str | None:
    """The id a text means, exactly or but for a slip of the pen; None when it means none or might mean two."""
    key = answer_key(text)
    found = words.ids.get(key) or words.ids.get(folded(text))
    if found or len(key) < _SHORTEST_SLIP:
        return found
    scores = _similar(key, words)
    highest = max((score for score, _ in scores), default=0.0)
    best = {id for score, id in scores if score == highest >= SLIP}
    return best.pop() if len(best) == 1 else None


def _similar(key: str, words: Lexicon) -> list[tuple[float, str]]:
    return [(OSA.normalized_similarity(key, spelling), id) for spelling, id in words.ids.items()]


def parts_of_answer(text: str) -> tuple[str, ...]:
    """The pieces of an answer that holds several, or one in two languages."""
    return tuple(piece for piece in (text_in(part) for part in _PARTS.split(text)) if piece)


def one_choice(text: str, words: Lexicon, code: str, message: Text) -> str | Unreadable:
    """The id of the one choice a text names, also in two languages (أنثى / Femme) or with a remark behind it.

    Errors: an Unreadable with that code and message, naming the nearest choice.
    """
    whole = known(text, words)
    if whole:
        return whole
    named = {id for part in parts_of_answer(text) if (id := known(part, words))}
    if len(named) == 1:
        return named.pop()
    allowed = tuple(choice.title for choice in words.choices)
    if named:
        return Unreadable(code=code, message=TWO_CHOICES, values={"allowed": allowed})
    return Unreadable(code=code, message=message, values={"nearest": nearest(text, words), "allowed": allowed})


def nearest(text: str, words: Lexicon) -> Text | str:
    """The title of the choice whose spelling is closest to the text; '' without choices."""
    ranked = _similar(answer_key(text), words)
    if not ranked:
        return ""
    best = max(ranked, key=lambda pair: pair[0])[1]
    return next(choice.title for choice in words.choices if choice.id == best)


def several_choices(text: str, words: Lexicon, nothing: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """The ids a free answer names, in the order written; a piece that names none is kept as written."""
    whole = known(text, words)
    if whole:
        return (whole,)
    listed = (text_in(part) for part in _LISTED.split(text))
    pieces = [part for part in listed if part and answer_key(part) not in nothing]
    found = [known(part, words) or known(_BRACKETS.sub("", part), words) for part in pieces]
    if pieces and not any(found):
        # KoBo and ODK put a blank between several answers.
        ids, rest = named_inside(text, words)
        return ids if len(ids) > 1 and not rest else (text_in(text),)
    return tuple(dict.fromkeys(id or part for id, part in zip(found, pieces, strict=True)))


def _word_set(text: str) -> frozenset[str]:
    return frozenset(text.split())


NOTHING = frozenset(answer_key(word) for word in (*NOTHING_WORDS, *spanish.NOTHING))
_YES = frozenset(answer_key(word) for word in (*YES_WORDS, *spanish.YES))
_NO = frozenset(answer_key(word) for word in (*NO_WORDS, *spanish.NO))
_NO_INCLUSION = NOTHING | frozenset(answer_key(word) for word in NO_INCLUSION_WORDS)
# A yes with one of these words behind it has a condition or is no yes at all.
_DOUBT = _word_set(
    "no not non pas ne sans only if but except unless si mais sauf uniquement seulement condition "
    "لا غير بدون فقط لكن الا اذا شرط ربما maybe perhaps peut later"
)
_YES_BEGINS = tuple(sorted((word for word in _YES if len(word) > 1 and not word.isdigit()), key=len, reverse=True))
_NO_BEGINS = tuple(sorted((word for word in _NO if len(word) > 1), key=len, reverse=True))
_GENDERS = lexicon(GENDERS)


def says_nothing(value: object) -> bool:
    """Blank, or a word that says that there is nothing (-, n/a, néant, لا يوجد)."""
    return is_blank(value) or (isinstance(value, str) and answer_key(text_in(value)) in NOTHING)


def gender_in(value: object) -> Gender | Unreadable:
    """The gender a cell names; unknown when it says nothing. Codes such as 1 and 2 are not guessed at."""
    if says_nothing(value):
        return Gender.UNKNOWN
    text = text_in(value)
    found = _GENDERS.ids.get(answer_key(text))
    named = {found} if found else {_GENDERS.ids.get(answer_key(part)) for part in parts_of_answer(text)}
    if len(named) == 1 and (only := named.pop()):
        return Gender(only)
    return Unreadable(code="gender-unreadable", message=NOT_A_GENDER)


def yes_or_no(value: object) -> bool | None:
    """True, False, or None when the answer is neither; a blank cell is no."""
    if isinstance(value, bool):
        return value
    if is_blank(value):
        return False
    number = number_in(value)
    if number is not None:
        return {0.0: False, 1.0: True}.get(number)
    key = answer_key(text_in(value))
    if key in _YES or key in _NO:
        return key in _YES
    if key in NOTHING:
        return False
    parts = {answer_key(part) for part in parts_of_answer(text_in(value))}
    if parts and (parts <= _YES or parts <= _NO):
        return parts <= _YES
    return _sentence_says(key)


def _sentence_says(key: str) -> bool | None:
    """What a whole sentence on a form says: “Oui, j’accepte que mes données …”."""
    if any(key.startswith(f"{word} ") for word in _NO_BEGINS):
        return False
    begins = next((word for word in _YES_BEGINS if key.startswith(f"{word} ")), None)
    if begins is None:
        return None
    return None if _DOUBT & set(key[len(begins) :].split()) else True


def diet_in(value: object, words: Lexicon) -> str:
    """The id of a diet, several ids joined by a comma, or the text as written; '' for a blank cell."""
    if is_blank(value):
        return ""
    text = text_in(value)
    if answer_key(text) in NOTHING:
        return STANDARD_DIET
    return ", ".join(several_choices(text, words, NOTHING))


def inclusion_in(value: object, words: Lexicon) -> tuple[str, ...]:
    """The ids of the groups a cell names, what is none of them as written; none for a word that says so."""
    if is_blank(value):
        return ()
    text = text_in(value)
    if answer_key(text) in _NO_INCLUSION or isinstance(value, bool):
        return ()
    return several_choices(text, words, _NO_INCLUSION)


def named_inside(text: str, words: Lexicon) -> tuple[tuple[str, ...], str]:
    """The ids whose spelling stands inside the folded text, in the order written, and the words left over.

    For answers that list several titles, some with commas of their own.
    """
    rest = f" {folded(text)} "
    found: list[tuple[int, str]] = []
    for spelling, id in sorted(words.ids.items(), key=lambda pair: (-len(pair[0]), pair[0])):
        at = rest.find(f" {spelling} ")
        if at >= 0:
            found.append((at, id))
            rest = f"{rest[:at]} {'|' * len(spelling)} {rest[at + len(spelling) + 2 :]}"
    ids = tuple(dict.fromkeys(id for _, id in sorted(found)))
    return ids, " ".join(word for word in rest.split() if word.strip("|"))


_BETWEEN_CHOICES = _word_set(
    "and et و then puis ثم or ou او workshop atelier ورشه الورشه n no choice choix wish voeu first second premier "
    "deuxieme 1 2 3 4"
)


def workshops_in(value: object, words: Lexicon) -> tuple[str, ...] | Unreadable:
    """The workshops a cell names, in the order written."""
    if says_nothing(value):
        return ()
    text = text_in(value)
    whole = known(text, words)
    if whole:
        return (whole,)
    pieces = [piece for piece in (text_in(part) for part in re.split(r"[;؛|\n]", str(value))) if piece]
    each = [known(piece, words) for piece in pieces]
    if each and all(each):
        return tuple(dict.fromkeys(id for id in each if id))
    ids, rest = named_inside(text, words)
    if ids and set(rest.split()) <= _BETWEEN_CHOICES:
        return ids
    allowed = tuple(choice.title for choice in words.choices)
    return Unreadable(
        code="workshop-unknown", message=NOT_A_WORKSHOP, values={"nearest": nearest(text, words), "allowed": allowed}
    )


_ALL_OF_THEM = _word_set("all everyone tous toutes الجميع الكل جميع كل")
_THE_SPONSORS = _word_set("the of them sponsors partners les partenaires bailleurs الشركاء الممولين")


def sponsors_in(value: object, words: Lexicon) -> tuple[str, ...] | None:
    """The sponsors a cell names as allowed to receive the person's data; None when it is unclear, () for no."""
    if says_nothing(value):
        return ()
    text = text_in(value)
    ids, rest = named_inside(text, words)
    if ids and not _DOUBT & set(rest.split()):
        return ids
    if not ids and set(folded(text).split()) <= _ALL_OF_THEM | {
        "sponsors",
        "partenaires",
        "partners",
        "les",
        "الشركاء",
    }:
        return tuple(choice.id for choice in words.choices)
    return () if yes_or_no(value) is False else None


def remembered(reading: Callable[[object], object]) -> Callable[[object], object]:
    """The same reading, worked out once per distinct answer: closed answers repeat over thousands of rows."""
    seen: dict[object, object] = {}

    def read(value: object) -> object:
        # 1, 1.0 and True are one key and three answers; a text is like none of them.
        key = value if value.__class__ is str else (value.__class__, value)
        try:
            return seen[key]
        except KeyError:
            seen[key] = result = reading(value)
            return result

    return read


def share_readable(values: Iterable[object], reading: Callable[[object], object]) -> float:
    """The part of the filled cells a reading understands, 0 when all are blank."""
    filled = [value for value in values if not says_nothing(value)]
    if not filled:
        return 0.0
    understood = (reading(value) for value in filled)
    return sum(result is not None and not isinstance(result, Unreadable) for result in understood) / len(filled)
