"""Names in Latin letters, for hotels and carriers that read no other.

Arabic leaves short vowels unwritten, so a spelling made here is the usual one where the name is well known, and a
readable guess where it is not: it must be shown as such, and never replaces what the person wrote.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import cache

from eventops.domain.reporting.latin_name_table import COMPOUNDS, FAMILIES, MEN, PARTICLES, WOMEN

_ARABIC = re.compile("[\u0621-\u064a\u0671-\u06d3\u06ad\u0763]")
_LETTER = re.compile(r"[^\W\d_]")
_SIGNS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
_FOLDED = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "گ": "ك", "ݣ": "ك", "ڭ": "ك"})
_SUN = frozenset("تثدذرزسشصضطظلن")
_CONSONANTS = {
    **{"ب": "b", "ت": "t", "ث": "th", "ج": "j", "ح": "h", "خ": "kh", "د": "d", "ذ": "d", "ر": "r", "ز": "z"},
    **{"س": "s", "ش": "ch", "ص": "s", "ض": "d", "ط": "t", "ظ": "d", "غ": "gh", "ف": "f", "ق": "k", "ك": "k"},
    **{"گ": "g", "ݣ": "g", "ڭ": "g", "ڤ": "v", "پ": "p", "چ": "tch", "ل": "l", "م": "m", "ن": "n", "ه": "h"},
}
_THROAT = frozenset("حع")
_WRITTEN_VOWELS = {"\u064e": "a", "\u064f": "ou", "\u0650": "i"}
_DOUBLED = "\u0651"
_SHORTEST_REST = 3
_AWKWARD = (("aa", "a"), ("ii", "i"), ("iy", "y"), ("yi", "i"), ("ouou", "ou"))


def is_latin(name: str) -> bool:
    """Whether every letter of a name is Latin."""
    return all("LATIN" in unicodedata.name(letter, "") for letter in _LETTER.findall(name))


def latin_name(name: str, spelled: Callable[[str], str]) -> str:
    """The name in Latin letters, in the spelling usual in Morocco; `spelled` writes a word of any other script.

    Example: 'فاطمة الزهراء بنعلي' is 'Fatima Zahra Benali'.
    """
    words = unicodedata.normalize("NFKC", name).replace("،", " ").split()
    result: list[str] = []
    at = 0
    while at < len(words):
        pair = _key(" ".join(words[at : at + 2]))
        if at + 1 < len(words) and pair in _compounds():
            result.append(_compounds()[pair])
            at += 2
        elif at + 1 < len(words) and _key(words[at]) == "عبد" and _key(words[at + 1]).startswith("ال"):
            result.append(_servant_of(words[at + 1]))
            at += 2
        else:
            result.append(_word(words[at], spelled))
            at += 1
    return " ".join(one for one in result if one)


def _word(word: str, spelled: Callable[[str], str]) -> str:
    """One word that is part of no compound; hyphenated parts each by themselves."""
    if "-" in word.strip("-"):
        return "-".join(_word(part, spelled) for part in word.split("-") if part)
    if not _ARABIC.search(word):
        return word if is_latin(word) else spelled(word).strip().title()
    return _arabic_word(word)


def _arabic_word(word: str) -> str:
    key = _key(word)
    known = _known().get(key) or _particles().get(key)
    if known:
        return known
    if key.startswith("عبدال") and len(key) > 6:
        joined = f"عبد {key[3:]}"
        return _compounds().get(joined) or _servant_of(_SIGNS.sub("", word)[3:])
    if key.startswith("ال") and len(key) > 4:
        rest = _SIGNS.sub("", word)[2:]
        return f"El {_known().get(_key(rest)) or _by_rule(rest).capitalize()}"
    for start, spelling in (("بن", "Ben"), ("بل", "Bel"), ("بو", "Bou")):
        rest = _SIGNS.sub("", word)[len(start) :]
        if key.startswith(start) and len(rest) >= _SHORTEST_REST:
            return spelling + (_known().get(_key(rest)) or _by_rule(rest)).lower()
    return _by_rule(word).capitalize()


def _servant_of(word: str) -> str:
    """عبد with a name of God: Abd-, the article, its last letter made like a sun letter."""
    rest = _SIGNS.sub("", word)[2:]
    spelling = (_known().get(_key(rest)) or _by_rule(rest)).lower()
    if rest[:1] in _SUN and not spelling.startswith("l"):
        # A sound of two letters is not doubled: Abdechafi.
        return f"Abde{'' if spelling[1:2] == 'h' else spelling[0]}{spelling}"
    return f"Abdel{spelling.removeprefix('l') if rest[:1] == 'ل' else spelling}".replace("Abdelw", "Abdelou")


def _by_rule(word: str) -> str:
    """A word letter by letter: long vowels as written, the others where a consonant could not be said without."""
    sounds = _sounds(word)
    result: list[str] = []
    for at, (sound, vowel) in enumerate(sounds):
        result.append(sound)
        if vowel or at + 1 == len(sounds) or sounds[at + 1][1]:
            continue
        before = at > 0 and not sounds[at - 1][1]
        last_pair = at + 2 == len(sounds)
        if at == 0 or before:
            result.append("a")
            sounds[at] = (sound, True)
        elif last_pair:
            result.append("a" if word[-1] in _THROAT else "e")
    return (
        "".join(result)
        .replace("aa", "a")
        .replace("ii", "i")
        .replace("iy", "y")
        .replace("yi", "i")
        .replace("ouou", "ou")
    )


def _sounds(word: str) -> list[tuple[str, bool]]:
    """The letters as sounds, each with whether it is (or carries) a vowel."""
    letters = list(unicodedata.normalize("NFC", word))
    sounds: list[tuple[str, bool]] = []
    for at, letter in enumerate(letters):
        following = next((one for one in letters[at + 1 :] if not _SIGNS.match(one)), "")
        after_vowel = bool(sounds) and sounds[-1][1]
        if letter in _CONSONANTS:
            sounds.append((_CONSONANTS[letter], False))
        elif letter in _WRITTEN_VOWELS and sounds and not after_vowel:
            if not (letter == "\u064f" and following == "و") and not (letter == "\u0650" and following == "ي"):
                sounds.append((_WRITTEN_VOWELS[letter], True))
        elif letter == _DOUBLED and sounds and not after_vowel:
            sounds.append(sounds[-1])
        elif letter in "اأآىةعٱ":
            sounds.append(("a", True)) if letter != "ع" or not after_vowel else None
        elif letter == "إ":
            sounds.append(("i", True))
        elif letter in "وؤ":
            sounds.append(("ou", not _carried(sounds, following)))
        elif letter in "يئ":
            sounds.append(("y", False) if _carried(sounds, following) else ("i", True))
    return sounds


def _carried(sounds: list[tuple[str, bool]], following: str) -> bool:
    """Whether و or ي is a consonant here: at the beginning, or between a consonant or vowel and a long a."""
    return not sounds or following in ("ا", "ى", "ة")


def _key(text: str) -> str:
    return _SIGNS.sub("", text).translate(_FOLDED)


@cache
def _known() -> dict[str, str]:
    """The usual spelling of a name by its folded letters; family names give way to given ones."""
    pairs = (entry.split(maxsplit=1) for block in (WOMEN, MEN, FAMILIES) for entry in block.split(",") if entry.strip())
    known: dict[str, str] = {}
    for arabic, latin in pairs:
        known.setdefault(_key(arabic.replace("_", " ")), " ".join(latin.split()))
    return known


@cache
def _compounds() -> dict[str, str]:
    return {_key(arabic): latin for arabic, latin in COMPOUNDS.items()}


@cache
def _particles() -> dict[str, str]:
    return {_key(arabic): latin for arabic, latin in PARTICLES.items()}
