"""How people mark presence on a list, in the words and signs they use."""

import re
from datetime import date, datetime, time

from eventops.domain.folding import folded

# A cross alone may be a tick or a no; only the letter is read as a tick.
_PRESENT_SIGNS = frozenset("✓✔☑✅×xX√")
_DASHES = frozenset("-–—_.")
_ABSENT_SIGNS = frozenset("☐")
_PRESENT = "x|v|1|oui|o|yes|y|true|p|pr|present|présente|signé|signée|signed|ok|là|نعم|حاضر|حاضرة|حضر|حضرت|موقع|sí"
_ABSENT = "0|non|n|no|false|a|abs|absent|absente|excusé|excusée|excused|لا|غائب|غائبة|غاب|غابت|معتذر|معتذرة"
PRESENT, ABSENT = (frozenset(folded(word) for word in words.split("|")) for words in (_PRESENT, _ABSENT))
_SURELY_ABSENT = frozenset(map(folded, ("absent", "absente", "غائب", "غائبة")))
_HOUR = re.compile(r"\d{1,2}\s*(?:[:hH.٫]\s*\d{0,2}|س)\s*(?:[ap]m)?", re.IGNORECASE)


def presence_in(cell: object) -> bool | str | None:
    """What a cell of marks says: present, absent, nothing (None), or the text that nobody can read."""
    if cell is None or isinstance(cell, bool):
        return cell
    if isinstance(cell, datetime | date | time):
        return True
    if isinstance(cell, int | float):
        if 0 < cell <= 1:  # an hour that lost its format is a part of a day
            return True
        return False if cell == 0 else str(cell)
    return _in_text(str(cell).strip())


def _in_text(text: str) -> bool | str | None:
    signs, words = frozenset(text), folded(text).split()
    if signs <= _DASHES:
        return None
    if signs <= _PRESENT_SIGNS or (words and all(word in PRESENT for word in words)):
        return True
    if signs <= _ABSENT_SIGNS or _SURELY_ABSENT & set(words) or (words and all(word in ABSENT for word in words)):
        return False
    return True if _HOUR.fullmatch(text) else text
