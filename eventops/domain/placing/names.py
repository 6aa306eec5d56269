"""Keys under which two spellings of one place name meet: Arabic, Latin, Tifinagh and other scripts.

An empty key means that nothing is left to compare: it must match nothing.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

# Grows when any key below changes, so that an index built with older keys is noticed.
KEYS_VERSION = 3

# A cell may hold anything; no name is longer.
_LONGEST_NAME = 200

_ARABIC_LETTERS = str.maketrans(
    {
        **dict.fromkeys("أإآٱ", "ا"),
        **dict.fromkeys("ىیئېے", "ي"),
        **dict.fromkeys("ةہە", "ه"),
        **dict.fromkeys("گڭݣکڪ", "ك"),
        "ؤ": "و",
        "ڤ": "ف",
        "پ": "ب",
        "ء": None,
        "ـ": None,
    }
)
# Digits written for Arabic letters in Latin words: 9nitra, 7ad Soualem, 3in Sebaa.
_CHAT_DIGITS = str.maketrans({"9": "q", "7": "h", "3": "a", "5": "kh", "2": "a"})
_ORDINAL = re.compile(r"\d+(?:er|ere|re|e|eme|nd|nde|st|rd|th|o)")
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_LATIN_LETTERS = str.maketrans(
    {"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "ı": "i", "đ": "d", "ð": "d", "þ": "th"}
)

# Tifinagh as French in Morocco writes its sounds, so that every name is found in it, not those alone that carry one.
_TIFINAGH_LETTERS = str.maketrans(
    {
        **dict(zip("ⴰⴱⴷⴹⴻⴼⴳⵀⵃⵄⵉⵊⴽⵍⵎⵏⵇⵔⵕⵙⵚⵜⵟⵢⵣⵥ", "abddefghhaijklmnqrrssttyzz", strict=True)),
        **{"ⵖ": "gh", "ⵅ": "kh", "ⵛ": "ch", "ⵓ": "ou", "ⵡ": "ou", "ⵒ": "p", "ⵠ": "v", "ⵯ": None, "ⵞ": "tch"},
        **{"ⴲ": "b", "ⴳ": "g", "ⴴ": "g", "ⴵ": "dj", "ⴶ": "dj", "ⴸ": "d", "ⴺ": "d", "ⴾ": "k", "ⵁ": "h", "ⵂ": "h"},
        **{"ⵆ": "kh", "ⵈ": "q", "ⵋ": "j", "ⵌ": "j", "ⵐ": "gn", "ⵑ": "ng", "ⵗ": "gh", "ⵝ": "t", "ⵤ": "z"},
    }
)

# Ornaments the normal forms keep: Arabic vowel signs, Koranic marks, and marks nobody sees.
_UNSEEN = re.compile(
    "[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
_APOSTROPHES = re.compile("['’‘`´ʼʻʿʾ′]")
_ACCENTS = re.compile("[\u0300-\u036f]")
_NOT_WORD = re.compile(r"[^\w]+|_+")
_SPACES = re.compile(r"\s+")
_ARAB = re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_TIFINAGH = re.compile("[\u2d30-\u2d7f]")
_INITIALS = re.compile(r"(?<!\w)(?:[^\W\d_]\.){2,}")


def _words(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


_ARTICLES = _words("el al es er ech en ez ed et as ar at an il l la le les de du des d")
_LATIN_ADMINISTRATION = _words(
    "ville commune communaute province prefecture cercle centre municipalite municipality city region wilaya caidat",
    "pachalik arrondissement rurale urbaine territoriale cr cu ct maroc morocco marruecos",
)
_ARABIC_ADMINISTRATION = _words(
    "مدينه جماعه اقليم عماله جهه مقاطعه قياده دائره ولايه بلديه باشويه حضريه قرويه ترابيه مغرب مملكه مغربيه مركز"
)
_SAME_WORD = {
    spelling: word
    for word, spellings in {
        "oulad": "ouled oulad awlad ould aoulad uled ulad oulade olad",
        "bni": "beni bni banu benu beny bani",
        "ait": "ait ayt aith",
        "moulay": "my mly moulay mulay moulai mouley",
        "sidi": "sidi sidy cidi",
        "arbaa": "larbaa arbaa larba arba laarbaa arbia",
        "had": "lhad had",
        "khmis": "khemis khmis khmiss khemiss lkhmis lkhmiss lkhemis",
        "tlat": "tlat tleta tlata tlatat tlet",
        "tnine": "tnine tnin tenine",
        "sebt": "sebt sebte sabt",
        "souk": "souk souq suq suk",
        "ain": "ain ayn aayn ein",
        "zaouia": "zaouia zaouiat zaouiet zawiya zawyat zaouit zawia",
        "oued": "oued ouad wad wadi oed",
        "ksar": "ksar qsar lksar",
        "abdellah": "abdellah abdallah abdullah",
        "saint": "saint st",
        "sainte": "sainte ste",
    }.items()
    for spelling in spellings.split()
}

# What people write into a cell they do not want to fill, and neighbouring answers typed into the wrong column.
_NO_ANSWER = _words(
    "nan none null nil na non oui neant ras aucun aucune autre autres other inconnu inconnue unknown test tests xxx xx",
    "x yes no etranger abroad ailleurs male female homme femme home domicile idem خارج اخري اخر",
)
# Names of people that would pass for a misspelled town (Errachidia, Mehdya, Mohammadia, Es-Semara): whoever wrote one
# alone filled in the wrong cell.
_NAMES_OF_PEOPLE = _words(
    "mohamed mohammed mohamad mouhamed mehdi elmehdi rachida samira haddad محمد مهدي المهدي رشيده سميره حداد"
)
# Things, callings and kin that people write into the cell for their town. Some are names of villages too (المنزل).
_COMMON_NOUNS = _words(
    "hotel gare aeroport airport station universite university faculte ecole school lycee college institut rue street",
    "avenue boulevard maison house home villa appartement work travail bureau office job usine factory ferme farm",
    "village douar campagne countryside souk marche market mosquee mosque hopital hospital clinique plage beach mer",
    "sea montagne mountain jardin garden port medina kasbah casbah centre center nord sud est ouest north south east",
    "west",
    "capitale capital taxi train tramway bus voiture car avion transport voyage vacances congres reunion conference",
    "hebergement repas restaurant cafe taille adresse address telephone phone email mail nom name prenom age sexe",
    "retraite retraitee chomeur chomeuse medecin docteur doctor ingenieur professeur enseignant directeur directrice",
    "avocat avocate etudiant etudiante student commercant agriculteur militaire policier fonctionnaire artisan",
    "marocain marocaine moroccan francais francaise celibataire marie mariee veuf veuve divorce handicap allergie rien",
    "famille family parents ami amie pere mere frere soeur",
    "فندق محطه مطار جامعه كليه مدرسه ثانويه معهد شارع زنقه حي دار بيت منزل عمل مكتب شركه معمل ضيعه قريه دوار باديه",
    "سوق مسجد مستشفي مصحه جبل واد وادي بحر شاطي قطار حافله سياره طاكسي شمال جنوب شرق غرب صحراء عاصمه حديقه ميناء",
    "استاذ استاذه مهندس مهندسه طبيب طبيبه محام محامي محاميه طالب طالبه متقاعد متقاعده عاطل عاطله تاجر فلاح جندي",
    "اسم عنوان هاتف سكن سكني اقامه مهنه جنسيه مغربي مغربيه متزوج متزوجه عازب عازبه عايله اسره والد والده سفر عطله",
    "موتمر اجتماع مطعم مقهي بلد وطن صباح مساء ليل",
)
_NO_ANSWER_PHRASES = frozenset(
    ("n a", "autre ville", "a l etranger", "sans objet", "خارج مغرب", "خارج المغرب", "غير ذلك", "لا يوجد", "لا شي")
)


def script_of(text: str) -> str:
    """The script of a text: arab, latn, or other."""
    if _ARAB.search(text):
        return "arab"
    return "latn" if _LATIN.search(text) else "other"


def typed_key(text: str) -> str:
    """The text as typed, but for case, blanks and compatibility forms."""
    return _SPACES.sub(" ", unicodedata.normalize("NFKC", text)).strip().casefold()


@lru_cache(maxsize=4096)  # a pure function, asked for the same cell at every level of the search
def words_of(text: str) -> tuple[str, ...]:
    """The words with accents, vowel signs and letter variants folded, nothing dropped yet."""
    text = unicodedata.normalize("NFKC", text[:_LONGEST_NAME])
    text = _UNSEEN.sub("", text).translate(_DIGITS).casefold()
    if _TIFINAGH.search(text):
        text = text.translate(_TIFINAGH_LETTERS)
    if "." in text:
        text = _INITIALS.sub(lambda found: found[0].replace(".", "") + " ", text)
    if _ARAB.search(text):
        text = text.translate(_ARABIC_LETTERS)
    if not text.isascii():
        text = text.translate(_LATIN_LETTERS)
    if _LATIN.search(text):
        if not text.isascii():
            text = _ACCENTS.sub("", unicodedata.normalize("NFKD", text))
        text = " ".join(_apostrophes_read(text))
    return tuple(_NOT_WORD.sub(" ", text).split())


def _apostrophes_read(text: str) -> Iterator[str]:
    """An apostrophe behind an article (l', d') parts two words, any other one (M'diq) is dropped."""
    for word in text.split():
        head, mark, tail = _parted(word)
        yield f"{head} {tail}" if mark and head in ("l", "d") else _APOSTROPHES.sub("", word)


def _parted(word: str) -> tuple[str, bool, str]:
    found = _APOSTROPHES.search(word)
    return (word[: found.start()], True, word[found.end() :]) if found else (word, False, "")


def folded_key(text: str) -> str:
    """The name without accents, articles and words of administration, common variants of a word made equal."""
    words = words_of(text)
    if is_no_answer(words):
        return ""
    return " ".join(_folded_word(word) for word in words if not _droppable(word))


def is_no_answer(words: tuple[str, ...]) -> bool:
    """Whether these words are what people write instead of an answer."""
    joined = " ".join(words)
    return joined in _NO_ANSWER or joined in _NAMES_OF_PEOPLE or joined in _NO_ANSWER_PHRASES


def is_common_noun(text: str) -> bool:
    """Whether a text is one word, with or without its article, that means a thing or a person before any town."""
    words = [word for word in words_of(text) if word not in _ARTICLES]
    return len(words) == 1 and (words[0] in _COMMON_NOUNS or _without_article(words[0]) in _COMMON_NOUNS)


def _droppable(word: str) -> bool:
    if word.isdigit():
        return len(word) > 3
    return word in _ARTICLES or word in _LATIN_ADMINISTRATION or _without_article(word) in _ARABIC_ADMINISTRATION


def _without_article(word: str) -> str:
    return word[2:] if len(word) > 3 and word.startswith("ال") else word


def _folded_word(word: str) -> str:
    if "\u0600" <= word[0] <= "\u06ff":
        return _without_article(word)
    if not word.isalpha() and not word.isdigit() and not _ORDINAL.fullmatch(word):
        word = word.translate(_CHAT_DIGITS)
    same = _SAME_WORD.get(word)
    if same is not None:
        return same
    if len(word) > 3 and word[0] == "l" and word[1] not in "aeiouyhl":
        return _SAME_WORD.get(word[1:], word[1:])
    return word


def compact_key(text: str) -> str:
    """The name in one piece, article kept: for words written together or apart by habit."""
    if not folded_key(text):
        return ""
    return "".join(word for word in words_of(text) if not (word.isdigit() and len(word) > 3))


# Letters before which the article is heard as that letter: Er-Rich, Ezzhiliga, Essaouira.
_SUN_LETTERS = "drstzn"


def respelled(folded: str) -> tuple[str, ...]:
    """Other folded keys of the same name: with the article as it is heard, or without (Zhiliga, Ezzhiliga; لكارة)."""
    first, *others = folded.split(" ")
    variants: list[str] = []
    if script_of(folded) == "arab":
        variants.append(" ".join(word[1:] if len(word) > 4 and word[0] == "ل" else word for word in (first, *others)))
    elif len(first) > 5 and first[0] in "ea" and first[1] == first[2] and first[1] in _SUN_LETTERS:
        variants.append(" ".join((first[2:], *others)))
    elif len(first) > 3 and first[0] in _SUN_LETTERS:
        variants.append(" ".join((f"e{first[0]}{first}", *others)))
    return tuple(variant for variant in variants if variant != folded)


_SOUNDS = {
    **{"tch": "c", "sch": "c", "ch": "c", "sh": "c", "kh": "h", "gh": "g", "rh": "g", "th": "t", "dh": "d"},
    **{"ph": "f", "qu": "k", "gu": "g", "dj": "j", "ck": "k"},
}
_SOUND_LETTERS = str.maketrans({"q": "k", "z": "s", "x": "h", "v": "f", **dict.fromkeys("aeiouyw", None)})
_ARABIC_LONG_VOWELS = str.maketrans(dict.fromkeys("اوي", None))
_DOUBLED = re.compile(r"(\w)\1+")


def consonant_key(text: str) -> str:
    """What is left to the ear: consonants, those of one sound made equal; '' when fewer than three are left."""
    return consonants_of(folded_key(text))


def consonants_of(folded: str) -> str:
    """The consonant key of a text that is folded already."""
    words = folded.split()
    script = script_of(folded)
    if script == "other":
        return ""
    if script == "arab":
        heard = [word.translate(_ARABIC_LONG_VOWELS).rstrip("ه") for word in words]
    else:
        heard = [_heard(word) for word in words]
    key = _DOUBLED.sub(r"\1", " ".join(word for word in heard if word))
    return key if len(key.replace(" ", "")) >= 3 else ""


def _heard(word: str) -> str:
    for written, sound in _SOUNDS.items():
        word = word.replace(written, sound)
    return word.translate(_SOUND_LETTERS)
