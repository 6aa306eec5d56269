"""What one heading asks for: the fields it may mean, best first."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace
from rapidfuzz.distance import OSA

from eventops.domain.enrolling import headings as known, spanish_words as spanish
from eventops.domain.enrolling.answers import Lexicon
from eventops.domain.enrolling.heading_signs import sign_in
from eventops.domain.folding import folded, folded_answer
from eventops.domain.texts import Text

# An edit similarity from which a heading is a synonym with a slip of the pen.
SLIP = 0.84
SLIP_OF_SHORT = 0.79
_SHORTEST_SLIP = 5
# The field of columns our own lists compute: recognised, and never read back.
COMPUTED = "computed"
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_E_MAIL = re.compile(r"\be mail\b")
_GROUPED = re.compile(r"\S/\S")
# Excel and Microsoft Forms number a heading that comes twice: Nom2.
_NUMBERED = re.compile(r"(?<=[^\W\d])\d{1,2}$")
_SEGMENTS = re.compile(r"[/|\n:;،]|\s[-–—]+\s")
_SCRIPTS = re.compile(
    "[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff](?:[^A-Za-z\u00c0-\u024f]*[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff])?"
)


class FieldLike(Protocol):
    """A question a plugin asks: what the domain needs to know of it."""

    @property
    def name(self) -> str: ...
    @property
    def title(self) -> Text: ...
    @property
    def type(self) -> str: ...
    @property
    def headings(self) -> tuple[str, ...]: ...


class Meaning(Struct, frozen=True, kw_only=True):
    """A field a heading may mean, and how surely (1.0: its own title). `option`: the one answer the column is about
    (a diet, a group, the sponsors of a consent). `rank`: which wish it holds. `vague`: only its cells can tell."""

    field: str
    score: float
    option: tuple[str, ...] = ()
    rank: int = 0
    vague: bool = False


class Vocabulary(Struct, frozen=True, kw_only=True):
    """Everything headings are compared with, folded once per import."""

    exact: dict[str, tuple[str, float]]
    inside: tuple[tuple[str, str, float], ...]
    vague: dict[str, tuple[str, ...]]
    personal: tuple[str, ...]
    elsewhere: tuple[str, ...]
    row_numbers: frozenset[str]
    fillers: frozenset[str]
    options: dict[str, Lexicon]
    sponsors: Lexicon
    fields: frozenset[str]


def heading_key(text: str) -> str:
    """The words of a heading without case, accents, articles and the endings of both genders."""
    words = (_without_article(word) for word in _E_MAIL.sub("email", folded_answer(text)).split())
    return " ".join(word for word in words if word not in _ARTICLES)


def _without_article(word: str) -> str:
    if word.startswith("وال") and len(word) > 5:
        return word[3:]
    if word.startswith(("بال", "لل")) and len(word) > 5:
        return word[3:] if word.startswith("بال") else word[2:]
    return word[2:] if word.startswith("ال") and len(word) > 4 else word


_ARTICLES = frozenset(folded(word) for word in (*known.ARTICLES, *spanish.ARTICLES))


def vocabulary(
    fields: Sequence[FieldLike], options: Mapping[str, Lexicon], sponsors: Lexicon, benefits: Mapping[str, Text]
) -> Vocabulary:
    """The vocabulary of one event: the core's fields, the plugins' and the benefits a person may decide."""
    exact: dict[str, tuple[str, float]] = {}
    for field in fields:
        short = field.name.rpartition(".")[2]
        titles = (field.title.en, field.title.fr, field.title.ar)
        _put(exact, (field.name, short, *titles, *field.headings), field.name, 1.0)
    for benefit, title in benefits.items():
        # The core's own benefits leave their French and Arabic to the catalogues and the labels.
        for said in (title, known.BENEFIT_TITLES.get(benefit, title)):
            _put(exact, _about(known.OVERRIDE_TITLE, benefit, said, "override"), f"{benefit}_override", 1.0)
            reasons = _about(known.OVERRIDE_REASON_TITLE, benefit, said, "override_reason")
            _put(exact, reasons, f"{benefit}_override_reason", 1.0)
            _put(exact, _about(known.DECIDED_TITLE, benefit, said, "decided"), COMPUTED, 1.0)
    for name, words in known.SPECIFIC.items():
        _put(exact, words, name, 0.98)
    for name, words in known.GENERIC.items():
        _put(exact, words, name, 0.9)
    for name, words in spanish.HEADINGS.items():
        _put(exact, (word for word in words if " " in word), name, 0.98)
        _put(exact, words, name, 0.9)
    for name, text in known.FIELD_TITLES.items():
        _put(exact, (name, text.en, text.fr, text.ar), name, 0.9)
    specific = (*known.SPECIFIC.items(), *spanish.HEADINGS.items())
    inside = [(heading_key(word), name, 0.85) for name, words in specific for word in words]
    telling = [(heading_key(word), name, 0.7) for name, words in known.TELLING.items() for word in words]
    several = [one for one in inside if " " in one[0]]
    return Vocabulary(
        exact=exact,
        inside=tuple(sorted({*several, *telling}, key=lambda one: (-one[2], -len(one[0]), one[0]))),
        vague={heading_key(word): names for word, names in known.VAGUE.items()},
        personal=_keys((*known.PERSONAL, *spanish.PERSONAL)),
        elsewhere=_keys((*known.ABOUT_SOMETHING_ELSE, *spanish.ELSEWHERE)),
        row_numbers=frozenset(folded(word) for word in known.ROW_NUMBER) | {"#", ""},
        fillers=frozenset(heading_key(word) for word in (*known.FILLERS, *spanish.FILLERS)),
        options=dict(options),
        sponsors=sponsors,
        fields=frozenset(field.name for field in fields),
    )


def with_headings(words: Vocabulary, columns: Mapping[str, str]) -> Vocabulary:
    """The vocabulary that knows these headings too, each by the field somebody said it holds; not column letters."""
    fields = {field for field, _ in words.exact.values()}
    more: dict[str, tuple[str, float]] = {}
    for heading, field in columns.items():
        if field.partition(":")[0] in fields and len(heading_key(heading)) > 1:
            more[heading_key(heading)] = (field.partition(":")[0], 1.0)
    return replace(words, exact={**words.exact, **more}) if more else words


def _put(exact: dict[str, tuple[str, float]], words: Iterable[str], field: str, score: float) -> None:
    for word in words:
        key = heading_key(word)
        if key:
            exact.setdefault(key, (field, score))


def _about(title: Text, benefit: str, benefit_title: Text, suffix: str) -> tuple[str, ...]:
    pairs = ((title.en, benefit_title.en), (title.fr, benefit_title.fr), (title.ar, benefit_title.ar))
    return (f"{benefit}_{suffix}", *(text.format(benefit=name) for text, name in pairs if text and name))


def _keys(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted({heading_key(word) for word in words} - {""}, key=len, reverse=True))


def meanings(heading: str, words: Vocabulary) -> tuple[Meaning, ...]:
    """The fields a heading may mean, best first; none when it is unknown or about something else."""
    shared = _shared_with(heading, words)
    if shared is not None:
        return (shared,)
    bare = _BRACKETS.sub(" ", heading)
    forms = [(bare if bare.strip() else heading, 0.0)]
    if _NUMBERED.search(bare):
        forms.append((_NUMBERED.sub("", bare), 0.02))
    if bare.strip() and bare != heading:
        forms.append((heading, 0.02))
    if not _holds_any(heading_key(bare), words.elsewhere):
        question = _asked_in_group(bare, words)
        forms += [(piece, 0.03) for piece in ((question,) if question else _pieces(bare))]
    best: dict[str, Meaning] = {}
    for form, cost in forms:
        for found in _meanings_of(heading_key(form), words):
            meaning = replace(found, score=round(found.score - cost, 4), rank=_rank(heading))
            if found.field not in best or best[found.field].score < meaning.score:
                best[found.field] = meaning
    sign = sign_in(heading_key(heading)) if bare != heading else None
    if sign and sign.field == "name_latin" and "name" in best:
        # The bracket says which of the two names: Full name (Latin).
        best["name_latin"] = Meaning(field="name_latin", score=round(best["name"].score + 0.01, 4))
    option = _option(bare, words)
    if option is not None:
        best[option.field] = option
    return tuple(sorted(best.values(), key=lambda one: (-one.score, one.field)))


def _asked_in_group(heading: str, words: Vocabulary) -> str:
    """The question of a heading written as group/question, when it can be understood alone."""
    question = heading.rpartition("/")[2].strip()
    return question if _GROUPED.search(heading) and _meanings_of(heading_key(question), words) else ""


def _pieces(heading: str) -> list[str]:
    """The heading's parts where it is written in two languages or as group/question."""
    pieces = [piece.strip() for piece in _SEGMENTS.split(heading)]
    arabic = " ".join(_SCRIPTS.findall(heading))
    if arabic:
        pieces += [arabic, _SCRIPTS.sub(" ", heading)]
    return [piece for piece in dict.fromkeys(pieces) if piece and piece != heading]


def _meanings_of(key: str, words: Vocabulary) -> list[Meaning]:
    if not key:
        return []
    core = " ".join(word for word in key.split() if word not in words.fillers)
    for form, cost in ((key, 0.0), (core, 0.01), (_not_addressed(core), 0.02)):
        if form in words.vague:
            return [Meaning(field=name, score=0.8 - 0.01 * at, vague=True) for at, name in enumerate(words.vague[form])]
        if form in words.exact:
            field, score = words.exact[form]
            return [Meaning(field=field, score=score - cost)]
    if _holds_any(key, words.elsewhere):
        return []
    sign = sign_in(key)
    if sign and (sign.field in ("name", "name_latin") or not _holds_any(key, words.personal)):
        return [Meaning(field=sign.field, score=sign.score, vague=sign.vague)]
    if _holds_any(key, words.personal):
        return []
    numbered = _without_ordinals(core)
    if numbered != core and numbered in words.exact and words.exact[numbered][0] == "workshops":
        return [Meaning(field="workshops", score=0.95)]
    slip = _slip(key, words)
    return slip or _inside(key, words)


def _not_addressed(key: str) -> str:
    """The key without the Arabic endings that address somebody: صفتكم is الصفة, هاتفك is الهاتف."""
    return " ".join(_plain_word(word) for word in key.split())


def _plain_word(word: str) -> str:
    for ending in ("كم", "ك"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            bare = word.removesuffix(ending)
            return f"{bare[:-1]}ه" if bare.endswith("ت") else bare
    return word


def _holds_any(key: str, phrases: Sequence[str]) -> bool:
    padded = f" {key} "
    return any(f" {phrase} " in padded for phrase in phrases)


def _slip(key: str, words: Vocabulary) -> list[Meaning]:
    if len(key) < _SHORTEST_SLIP:
        return []
    best, field = 0.0, ""
    for synonym, (name, score) in words.exact.items():
        if len(synonym) < _SHORTEST_SLIP:
            continue
        enough = SLIP if len(synonym) > 6 else SLIP_OF_SHORT
        similarity = OSA.normalized_similarity(key, synonym, score_cutoff=enough)
        if similarity * score > best:
            best, field = similarity * score, name
    return [Meaning(field=field, score=best * 0.95)] if field else []


def _inside(key: str, words: Vocabulary) -> list[Meaning]:
    padded = f" {key} "
    found: dict[str, Meaning] = {}
    for phrase, field, score in words.inside:
        if f" {phrase} " in padded and field not in found:
            # A longer phrase says more of what the question is about.
            found[field] = Meaning(field=field, score=score + min(len(phrase), 40) / 1000)
    return sorted(found.values(), key=lambda one: -one.score)[:2]


_ORDINALS = {folded(word): rank for word, rank in known.ORDINALS.items()}


def _rank(heading: str) -> int:
    found = (_ORDINALS.get(word) or _ORDINALS.get(_without_article(word)) for word in folded(heading).split())
    return next((rank for rank in found if rank), 0)


def _without_ordinals(key: str) -> str:
    return " ".join(word for word in key.split() if word not in _ORDINALS and word not in ("n", "no", "num"))


def _shared_with(heading: str, words: Vocabulary) -> Meaning | None:
    """The consent to give data to the sponsors a heading names."""
    key = folded(heading)
    padded = f" {key} "
    shares = any(f" {stem}" in padded for stem in known.SHARING_STEMS)
    agrees = any(f" {stem}" in padded or f" ال{stem}" in padded for stem in known.CONSENT_STEMS)
    if not (shares or agrees) or any(f" {folded(word)} " in padded for word in known.NOT_SHARING_DATA):
        return None
    named = {
        id for spelling, id in words.sponsors.ids.items() if f" {spelling} " in padded or f" ل{spelling} " in padded
    }
    if named:
        sponsors = tuple(choice.id for choice in words.sponsors.choices if choice.id in named)
        return Meaning(field="consent_share", score=1.0, option=sponsors)
    partner = any(f" {word}" in padded or f" ال{word}" in padded for word in known.SHARING_PARTNERS)
    return Meaning(field="consent_share", score=0.95) if shares and partner else None


def _option(heading: str, words: Vocabulary) -> Meaning | None:
    """The answer a column of ticks is about: “Dietary needs – Vegetarian”, “Inclusion/rural”, “Handicap (oui/non)”."""
    at = [found.end() for found in _SEGMENTS.finditer(heading)]
    for cut in reversed(at):
        base, answer = heading[:cut].rstrip(" /|:;–—-\n،"), heading[cut:]
        field = next(
            (one.field for one in _meanings_of(heading_key(base), words) if one.field in (*words.options, "needs")),
            None,
        )
        if field == "needs" and _GROUPED.search(heading):
            return Meaning(field=field, score=0.97, option=(answer.strip(),))
        if field in words.options and (id := words.options[field].ids.get(folded_answer(answer))):
            return Meaning(field=field, score=0.97, option=(id,))
    inclusion = words.options.get("inclusion")
    id = inclusion.ids.get(folded_answer(heading)) if inclusion else None
    return Meaning(field="inclusion", score=0.97, option=(id,)) if id else None


def asks_personal_facts(heading: str, words: Vocabulary) -> bool:
    """Whether a heading asks for what no meeting needs to know (identity card, bank, religion …)."""
    return _holds_any(heading_key(heading), words.personal)
