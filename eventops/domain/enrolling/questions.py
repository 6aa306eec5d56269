"""What a yes-or-no question asks about, and in which language a sheet asks."""

import re
from collections.abc import Iterable

from eventops.domain.enrolling.headings import SHARING_PARTNERS
from eventops.domain.folding import folded

_YES_NO = re.compile(
    r"[(\[]\s*(?:oui|yes|نعم|sí|si|o|y)\s*[/,|،-]\s*(?:non|no|لا|n)\s*[)\]]|[*?؟¿:]+\s*$|^\s*¿|\((?:obligatoire|"
    r"required|إلزامي)\)",
    re.IGNORECASE,
)
# A heading with one of these names the need it asks about.


def _words(text: str) -> tuple[str, ...]:
    return tuple(folded(word) for word in text.split(","))


# A heading with one of these names the need it asks about.
_NEEDS = _words(
    "wheelchair, wheel chair, fauteuil, roulant, كرسي, متحرك, ruedas, mobilit, movilidad, pmr, حركة, sign language, "
    "signes, إشارة, signos, braille, برايل, accessib, accesib, ولوج, ramp, rampe, مصعد, ascenseur, elevator, lift, "
    "interpret, boucle, hearing, malentendant, auditi, visuel, visual, aveugle, blind, كفيف, سمع, بصر, allait, breast"
)
_ONE_PARTNER = frozenset(_words("sponsor, partner, partenaire, شريك"))
_PARTNERS = frozenset(folded(word) for word in SHARING_PARTNERS) - _ONE_PARTNER | frozenset(
    _words(
        "financeurs, funders, الممولين, الممولون, المانحين, المانحون, مانحين, الجهات المانحة, الجهات الممولة, شركائكم, "
        "شركائنا, patrocinadores, socios, financiadores, donantes, bailleur de fonds"
    )
)
_FRENCH = frozenset(
    _words(
        "nom, prenom, prenoms, adresse, telephone, tel, ville, pays, sexe, genre, naissance, de, du, des, la, le, les, "
        "votre, vos, vous, avez, qualite, organisme, langue, atelier, ateliers, besoins, regime, courriel, et, "
        "inscription, consentement, j, accepte"
    )
)
_ENGLISH = frozenset(
    _words(
        "name, first, last, full, address, phone, town, city, country, gender, sex, birth, of, the, your, you, do, "
        "are, is, to, category, organisation, organization, language, workshop, workshops, needs, diet, dietary, and, "
        "year, registration, consent, i, agree"
    )
)


def question_asked(heading: str) -> str:
    """The heading without its question mark and its (yes/no)."""
    before = ""
    while before != heading:
        before, heading = heading, _YES_NO.sub("", heading).strip()
    return heading


def names_a_need(heading: str) -> bool:
    """Whether a yes below this heading says what is needed."""
    key = folded(heading)
    return any(f" {form}" in f" {key}" for word in _NEEDS for form in (word, f"ال{word}", f"ب{word}", f"بال{word}"))


def asks_about_sponsors(heading: str) -> bool:
    """Whether a heading speaks of the sponsors together, so that a yes is for each of them."""
    padded = f" {folded(heading)} "
    return any(f" {before}{word} " in padded for word in _PARTNERS for before in ("", "ال", "لل", "ل", "بال"))


def language_of(headings: Iterable[str]) -> str:
    """The language most headings are in: ar, fr or en; '' when they tell none."""
    counts = {"ar": 0.0, "fr": 0.0, "en": 0.0}
    for heading in headings:
        words = folded(heading).split()
        if any("\u0600" <= letter <= "\u06ff" for letter in heading):
            counts["ar"] += 1.5
        french, english = (sum(word in known for word in words) for known in (_FRENCH, _ENGLISH))
        if french != english:
            counts["fr" if french > english else "en"] += 1
    most = max(counts.values())
    found = [language for language, count in counts.items() if count == most]
    return found[0] if most and len(found) == 1 else ""
