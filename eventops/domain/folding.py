"""One spelling for many: what case, accents, punctuation and Arabic letter forms do not change.

Used to recognise headings and closed answers and to see that two rows name one person; nothing
folded is ever stored or shown.
"""

import re
import unicodedata

# Combining marks of Latin and Arabic, the Arabic elongation and every invisible direction mark.
_MARKS = re.compile(
    "[\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
_BETWEEN_WORDS = re.compile(r"[\W_]+")
_ONE_LETTER_FOR_MANY = str.maketrans(
    {
        "ى": "ي",
        "ی": "ي",
        "ة": "ه",
        "ٱ": "ا",
        "ک": "ك",
        "گ": "ك",
        "ڭ": "ك",
        "ڤ": "ف",
        "پ": "ب",
        "œ": "oe",
        "æ": "ae",
        "ø": "o",
        "ł": "l",
        "ı": "i",
        **{chr(0x660 + digit): str(digit) for digit in range(10)},
        **{chr(0x6F0 + digit): str(digit) for digit in range(10)},
    }
)
# French and Arabic write both genders in one word: élu(e), élu·e·s, citoyen-ne, منتخب(ة).
_BOTH_GENDERS = re.compile(
    r"(?<=\w)\s?(?:\((?:e|ne|se|le|te|re|rice|trice|euse|ère|es|s|e\)\(s|ة|ات)\)|[·•‧]\w{1,5}(?:[·•‧]s)?(?!\w)|-(?:e|ne|trice|euse)s?(?!\w))"
)


def folded(text: str) -> str:
    """Lower-case words joined by one space, without accents, marks and punctuation; digits as 0-9."""
    if text.isascii():
        return " ".join(_BETWEEN_WORDS.sub(" ", text.lower()).split())
    plain = _MARKS.sub("", unicodedata.normalize("NFKD", text)).casefold().translate(_ONE_LETTER_FOR_MANY)
    return " ".join(_BETWEEN_WORDS.sub(" ", plain).split())


def folded_answer(text: str) -> str:
    """As `folded`, with the double ending of both genders taken off first (élu·e, منتخب(ة))."""
    return folded(_BOTH_GENDERS.sub("", text))


def folded_name(text: str) -> str:
    """A person's name with its words in alphabetical order: NAME First and First Name are one."""
    return " ".join(sorted(folded(text).split()))
