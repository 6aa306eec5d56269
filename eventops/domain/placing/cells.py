"""What stands in one cell of a form: a town, and often a district, a province, a country or an address beside it."""

import re
import unicodedata

from msgspec import Struct, structs

from eventops.domain.placing.names import script_of, words_of

_SEPARATORS = re.compile(r"[,;/|()\[\]\n\r\t،؛:]|\s+[-–—]+\s*|\s*[-–—]+\s+")
# Two towns joined by these are two answers: neither is the surroundings of the other. Not so ou and أو, which stand in
# names too (Sidi Yahya Ou Saad).
_CONJUNCTIONS = re.compile(r"[+&]|\s+(?:et|and|or|و)\s+", re.IGNORECASE)
_AREA_NAMES = (
    "province|préfecture|prefecture|wilaya|région|region|cercle|(?:ال)?(?:إقليم|اقليم|عمالة|عماله|جهة|جهه|دائرة|ولاية)"
)
_OF = r"(?:\s+(?:de\s+la|de|du|d['’]|of)(?=\s|\w))?"
_AREA_WORDS = re.compile(rf"(?:^|\s)(?:{_AREA_NAMES})(?=\s|$){_OF}", re.IGNORECASE)
# What stands behind these is the town, whatever stands before: a hamlet, a province.
_TOWN_NAMES = (
    "commune(?:\\s+(?:rurale|urbaine|territoriale))?|municipalité|municipalite|"
    "(?:ال|ب|بال)?جماعة(?:\\s+(?:ال)?(?:قروية|حضرية|ترابية))?|(?:ال)?بلدية"
)
_TOWN_WORDS = re.compile(rf"(?:^|\s)(?:{_TOWN_NAMES})(?=\s|$){_OF}", re.IGNORECASE)
# Behind the name of an area these open that of a town.
_CITY_WORDS = re.compile(rf"(?:^|\s)(?:ville|(?:ال|ب)?مدينة)(?=\s){_OF}", re.IGNORECASE)
_BLANKS = re.compile(r"[^\S\n]+")
_LONGEST_CELL = 200
_ADDRESS = re.compile(r"@|://|www\.")
_LATIN_RUN = re.compile("[A-Za-z\u00c0-\u024f]")

# Words that open the name of something smaller than a town: what follows may carry the name of another place.
_NUMBERING = frozenset(("n", "no", "num", "bis", "ter", "رقم"))
_SUBLOCAL = frozenset(
    word
    for line in (
        "hay quartier lot lotissement rue avenue av bd bld boulevard residence res immeuble imm appt appartement derb",
        "bab route rte douar dr km cite bloc bloque secteur villa zone place gare hopital ecole lycee universite hotel",
        "cafe restaurant clinique pharmacie cinema stade mosquee ambassade consulat embassy consulate banque agence",
        "societe faculte institut college aeroport",
        "مقهي مطعم مصحه صيدليه مسجد ملعب سفاره قنصليه بنك شركه كليه معهد مدرسه جامعه ثانويه مستشفي فندق مطار",
        "حي شارع زنقه درب باب طريق دوار اقامه تجزئه عماره بلوك قطاع ساحه محطه زاويه كلم رقم",
    )
    for word in line.split()
)


# Who says where they live may say beside it where they come from, work or study: that is no answer.
_LIVING = re.compile(
    r"(?:^|(?<=[\s,;./(،]))(?:habit(?:e|ant|ons)|résid(?:e|ant|ons)|resid(?:e|ant)|demeur(?:e|ant)|vi[st]|living|live|lives"
    r"|و?(?:أسكن|اسكن|ساكنة?|يسكن|أقيم|اقيم|مقيمة?|أقطن|اقطن|قاطنة?))\s+(?:(?:actuellement|now|حاليا)\s+)?"
    r"(?:(?:à|a|au|en|in|at|في|فى)\s+|ب(?=ال|مدينة))?",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"[\s,;/(،-]*(?:(?:mais|et|and|but|je)\s+|و)?(?:(?:originaire|natif|native|née?|born|from|travail\w*|étudi\w*|work\w*"
    r"|stud(?:y|ies|ying))\s|(?:أصلي|اصلي|أصلها|أعمل|اعمل|أدرس|ادرس|يعمل|يدرس)\s).*",
    re.IGNORECASE | re.DOTALL,
)


def residence_in(cell: str) -> str:
    """What a cell says of where somebody lives, without where they come from, work or study; else the cell itself."""
    text = cell[:_LONGEST_CELL]
    living = _LIVING.search(text)
    told = text[living.end() :] if living else text
    lived = _ELSEWHERE.sub("", told).strip()
    return lived if words_of(lived) and (living or lived != text) else cell


class Part(Struct, frozen=True):
    """One part of a cell. `area`: it was written as a province or region. `sublocal`: a street, a quarter, a hamlet.
    `joined`: an `and` or `or` stands beside it."""

    text: str
    area: bool = False
    sublocal: bool = False
    joined: bool = False


def parts_of(cell: str) -> tuple[Part, ...]:
    """The parts of a cell in the order written; none for an address of the net."""
    text = _BLANKS.sub(" ", unicodedata.normalize("NFC", cell[:_LONGEST_CELL]))
    if _ADDRESS.search(text):
        return ()
    answers = [_parts_between(answer) for answer in _CONJUNCTIONS.split(text)]
    found = [part for answer in answers for part in answer]
    if len([answer for answer in answers if answer]) > 1:
        found = [structs.replace(part, joined=True) for part in found]
    return tuple(dict.fromkeys(found))


def _parts_between(text: str) -> list[Part]:
    """The parts of a cell, or of one of the answers in it."""
    found: list[Part] = []
    for piece in (named for one in _SEPARATORS.split(text) for named in _TOWN_WORDS.split(one)):
        before, *areas = _AREA_WORDS.split(piece)
        found += (_part(run) for run in _runs_of_one_script(before))
        for area, *towns in map(_CITY_WORDS.split, areas):
            found += (Part(area.strip(), area=True), *map(_part, towns))
    return [part for part in found if words_of(part.text)]


def _part(text: str) -> Part:
    words = words_of(text)
    first = next((word for word in words if not word.isdigit() and word not in _NUMBERING), "")
    return Part(text.strip(), sublocal=first in _SUBLOCAL or first.removeprefix("ال") in _SUBLOCAL)


def _runs_of_one_script(text: str) -> tuple[str, ...]:
    """The text, or its Arabic and its Latin words apart when it holds both."""
    if not (script_of(text) == "arab" and _LATIN_RUN.search(text)):
        return (text,)
    runs: list[tuple[str, list[str]]] = []
    for word in text.split():
        script = script_of(word)
        if runs and script in (runs[-1][0], "other"):
            runs[-1][1].append(word)
        else:
            runs.append((script, [word]))
    return tuple(" ".join(words) for _, words in runs)
