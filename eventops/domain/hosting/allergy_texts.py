"""What somebody wrote about their food in their own words: “je suis allergique aux œufs”, «حساسية من المكسرات»."""

import re
from functools import lru_cache

from msgspec import Struct

from eventops.domain.enrolling import spanish_words as spanish
from eventops.domain.enrolling.choices import DIETS, STANDARD_DIET
from eventops.domain.folding import folded
from eventops.domain.hosting.allergens import ALLERGEN_IDS, ALLERGENS, OF_DIETS
from eventops.domain.hosting.allergy_words import ALARMS, AVOIDS, DENIES, DIETS_SAID, FILLING, FOODS

_LONGEST_PHRASE = 5
# “Soy alérgico” is I am allergic, and no soya.
_SPANISH_I_AM = re.compile(r"\bsoy (?=alerg|intoler|vegeta|vegan|diab|celi|hiper|una |un |muy )")
_ARABIC_PREFIXES = ("وال", "بال", "فال", "كال", "لل", "ال", "و", "ب", "ل", "ف")


class Eaten(Struct, frozen=True, kw_only=True):
    """The diets and allergens a text names. `whole`: it says nothing else; `alarms`: it speaks of an allergy and says
    something that is none of the fourteen, so that a person must read it."""

    diets: tuple[str, ...] = ()
    allergens: tuple[str, ...] = ()
    whole: bool = False
    alarms: bool = False


def _keys(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(part for word in words for part in folded(word).split())


def _named() -> dict[str, tuple[str, str]]:
    """Each phrase with what it names: (“diet” or “allergen”, id)."""
    named: dict[str, tuple[str, str]] = {}
    for one in DIETS:
        titles = (one.title.en, one.title.fr, one.title.ar, *one.words, *spanish.ANSWERS.get(one.id, ()))
        spelled = () if one.id == STANDARD_DIET else titles
        for word in (*DIETS_SAID.get(one.id, ()), *spelled):
            named.setdefault(folded(word), ("diet", one.id))
    for one in ALLERGENS:
        for word in (one.title.en, one.title.fr, one.title.ar, *one.words, *FOODS[one.id]):
            key = folded(word)
            # Gluten and lactose alone are foods here, whatever diet they stand for as a closed answer.
            if named.get(key, ("", ""))[1] not in ("no_nuts", "no_fish"):
                named[key] = ("allergen", one.id)
    return named


_NAMED = _named()
_AVOIDS, _DENIES, _FILLING = _keys(AVOIDS), _keys(DENIES), _keys(FILLING)
_ALARMS = tuple(f" {folded(word)}" for word in ALARMS)


@lru_cache(maxsize=8192)  # a pure function, asked for the same few answers for every person and meal
def eaten_in(text: str) -> Eaten:
    """What a text says of somebody's food; nothing, and not whole, when it names no food."""
    words = _SPANISH_I_AM.sub("", folded(text)).split()
    diets: dict[str, None] = {}
    allergens: dict[str, None] = {}
    rest: list[str] = []
    avoids = False
    at = 0
    while at < len(words):
        length, named = _longest(words, at)
        if named is None:
            word = words[at]
            avoids = avoids or any(form in _AVOIDS for form in _forms(word))
            rest += [] if _says_nothing(word) else [word]
            at += 1
            continue
        (diets if named[0] == "diet" else allergens)[named[1]] = None
        at += length
    alarmed = any(stem in f" {' '.join(words)}" for stem in _ALARMS)
    denied = bool(_DENIES & {form for word in words for form in _forms(word)})
    if not diets and not allergens:
        return Eaten(
            diets=(STANDARD_DIET,) if denied and not rest else (),
            whole=denied and not rest,
            alarms=alarmed and bool(rest or not denied),
        )
    # Who merely mentions a food among other words may like it: only a list of foods, or words that shun them, count.
    if rest and not avoids and not alarmed:
        return Eaten()
    return Eaten(diets=tuple(diets), allergens=tuple(allergens), whole=not rest, alarms=alarmed and bool(rest))


def _longest(words: list[str], at: int) -> tuple[int, tuple[str, str] | None]:
    """The longest phrase from here on that names a food or a diet."""
    for length in range(min(_LONGEST_PHRASE, len(words) - at), 0, -1):
        phrase = words[at : at + length]
        behind = " ".join(phrase[1:])
        for first in _forms(phrase[0]):
            found = _NAMED.get(f"{first} {behind}" if behind else first)
            if found:
                return length, found
    return 0, None


def _forms(word: str) -> tuple[str, ...]:
    """The word, and without what Arabic writes in front of it or French and Spanish behind it."""
    bare = [
        word[len(prefix) :] for prefix in _ARABIC_PREFIXES if word.startswith(prefix) and len(word) > len(prefix) + 1
    ]
    if word.isascii() and len(word) > 3 and word.endswith("s"):
        bare.append(word[:-1])
    return (word, *bare, *(f"ال{one}" for one in bare[:1]))


def _says_nothing(word: str) -> bool:
    return any(form in _FILLING or form in _AVOIDS or form in _DENIES for form in _forms(word)) or any(
        f" {form}".startswith(_ALARMS) for form in _forms(word)
    )


@lru_cache(maxsize=8192)
def sorted_out(diet: str) -> tuple[str, tuple[str, ...], bool]:
    """A diet as it was read, with the allergens it names taken out of it: the diet, the allergens, and whether a person
    must read it. What is not wholly understood stays as written."""
    if diet in _DIETS or not diet:
        return diet, (), False
    # The whole answer at once: “allergique aux œufs, au lait” says what its second part does not.
    said = eaten_in(diet)
    kept = said.diets if said.whole else diet.split(", ")
    special = [part for part in dict.fromkeys(kept) if part != STANDARD_DIET]
    named = tuple(sorted(said.allergens, key=ALLERGEN_IDS.index))
    return ", ".join(special) or STANDARD_DIET, named, said.alarms


@lru_cache(maxsize=8192)
def allergens_sorted_out(answers: tuple[str, ...]) -> tuple[tuple[str, ...], bool]:
    """The allergens of an answer about allergens, and whether a person must read what is none of the fourteen."""
    found: dict[str, None] = {}
    alarms = False
    for one in answers:
        said = Eaten() if one in ALLERGEN_IDS else eaten_in(one)
        found |= dict.fromkeys(id for diet in said.diets for id in OF_DIETS.get(diet, ()))
        found |= dict.fromkeys(said.allergens)
        if not said.whole:
            found[one] = None
            alarms = alarms or one not in ALLERGEN_IDS
    return tuple(found), alarms


_DIETS = frozenset(choice.id for choice in DIETS)
