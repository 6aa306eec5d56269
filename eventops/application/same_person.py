"""Which known person a row is about: by id, e-mail, phone or name, and never by a guess."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache

from msgspec import Struct
from rapidfuzz.distance import OSA

from eventops.domain.folding import folded
from eventops.domain.people import Gender, Participant
from eventops.domain.placing.names import consonant_key
from eventops.domain.reporting.latin_names import is_latin, latin_name

# From here on two names of one e-mail address are one name with a slip of the pen.
_SLIP = 0.85
_LEAST_HEARD = 3
_MOST_ALIKE = 8
_BEFORE = "bcdf"
_DIGIT = re.compile(r"\d")


class Match(Struct, frozen=True, kw_only=True):
    """What the known people say to a row: the same person, one with the same e-mail, ones with the same name.
    `shares_phone_with` has the row's phone and another name in another script, which may be the same.
    `other_by_phone` is another person with the row's name and phone, where the e-mail leads to `same`."""

    same: str = ""
    shares_email_with: str = ""
    unclear: bool = False
    other_by_phone: str = ""
    namesakes: tuple[str, ...] = ()
    shares_phone_with: str = ""


class Directory:
    """The people known so far, found by what identifies them."""

    def __init__(self, people: Iterable[Participant]) -> None:
        self.people: dict[str, Participant] = {}
        self._by_email: dict[str, tuple[str, ...]] = {}
        self._by_phone: dict[str, tuple[str, ...]] = {}
        self._by_name: dict[str, tuple[str, ...]] = {}
        self._names: dict[str, frozenset[str]] = {}
        self._merged: dict[str, str] = {}
        self._by_sound: dict[tuple[str, int], tuple[str, ...]] = {}
        for person in people:
            self.put(person)

    def put(self, person: Participant) -> None:
        """Adds a person, or takes over what changed about them."""
        self.people[person.id] = person
        self._merged.update(dict.fromkeys(person.merged, person.id))
        _index(self._by_email, email_key(person.email), person.id)
        _index(self._by_phone, person.phone, person.id)
        self._names[person.id] = names = names_of(person)
        for name in names:
            _index(self._by_name, name, person.id)
        year = _year(person.birth_date, person.birth_year)
        if year is not None and not person.name_latin:
            alike = self._by_sound.setdefault((_sound(person.name), year), ())
            # Beyond a few, a name in a year is so common that it proposes nothing.
            if len(alike) < _MOST_ALIKE and person.id not in alike:
                self._by_sound[_sound(person.name), year] = (*alike, person.id)

    def known_id(self, id: str) -> str:
        """The id of the person an id means today: their own, or that of a registration merged into theirs."""
        return self._merged.get(id, id)

    def exactly(self, facts: Mapping[str, object]) -> str:
        """The person with the e-mail and the name of these facts; '' without one."""
        return self._exactly(facts, names_in(facts))

    def _exactly(self, facts: Mapping[str, object], names: frozenset[str]) -> str:
        for id in self._by_email.get(email_key(str(facts.get("email") or "")), ()):
            if names & self._names[id]:
                return id
        return ""

    def match(self, facts: Mapping[str, object]) -> Match:
        """Who the row is about."""
        names = names_in(facts)
        id = self.known_id(str(facts.get("id") or ""))
        if id in self.people and names & self._names[id]:
            return Match(same=id)
        exact = self._exactly(facts, names)
        by_phone = [
            known for known in self._by_phone.get(str(facts.get("phone") or ""), ()) if names & self._names[known]
        ]
        if exact:
            return Match(same=exact, other_by_phone="" if exact in by_phone else "".join(by_phone[:1]))
        rivals = self._by_email.get(email_key(str(facts.get("email") or "")), ())
        among = self._among(rivals, facts, names) if rivals else Match()
        if among.same or among.unclear:
            return among
        namesakes = tuple(dict.fromkeys(known for name in sorted(names) for known in self._by_name.get(name, ())))
        same = by_phone or [known for known in namesakes if _same_without_contact(self.people[known], facts)]
        if same:
            return Match(same=same[0])
        if rivals:
            return among
        namesakes = namesakes or self._sounding_alike(facts)
        return Match(namesakes=namesakes, shares_phone_with=self._in_other_script(facts, names))

    def _sounding_alike(self, facts: Mapping[str, object]) -> tuple[str, ...]:
        """People born in the year of the row whose name sounds the same in the other script."""
        name, year = str(facts.get("name") or ""), _year(facts.get("birth_date"), facts.get("birth_year"))
        if year is None or facts.get("name_latin"):
            return ()
        sound = _sound(name)
        alike = self._by_sound.get((sound, year), ()) if sound else ()
        latin = bool(alike) and _in_latin(name)
        return tuple(
            id for id in alike if _in_latin(self.people[id].name) != latin and not _contradict(self.people[id], facts)
        )

    def _in_other_script(self, facts: Mapping[str, object], names: frozenset[str]) -> str:
        """Somebody with the row's phone whose name is written in another script, so that nothing tells them apart."""
        for id in self._by_phone.get(str(facts.get("phone") or ""), ()):
            if _alike(names, self._names[id]) is not False and not _contradict(self.people[id], facts):
                return id
        return ""

    def _among(self, rivals: Sequence[str], facts: Mapping[str, object], names: frozenset[str]) -> Match:
        """What people with the e-mail of the row, but not exactly its name, have to do with it."""
        possible = [id for id in rivals if not _contradict(self.people[id], facts)]
        alike = {id: _alike(names, self._names[id]) for id in possible}
        same = [id for id, answer in alike.items() if answer]
        if len(same) == 1:
            return Match(same=same[0])
        unclear = same or [id for id, answer in alike.items() if answer is None]
        return Match(shares_email_with=(unclear or rivals)[0], unclear=bool(unclear))


def _index(index: dict[str, tuple[str, ...]], key: str, id: str) -> None:
    if key:
        ids = index.get(key, ())
        if id not in ids:
            index[key] = (*ids, id)


@lru_cache(maxsize=2)  # the row at hand: it is looked up, and put in when it is a new person
def _sound(name: str) -> str:
    """How a name sounds, whichever script it is written in; '' when too little of it can be heard."""
    heard = sorted(one for one in map(_heard, name.split()) if one)
    return " ".join(heard) if sum(map(len, heard)) >= _LEAST_HEARD else ""


@lru_cache(maxsize=100_000)
def _heard(word: str) -> str:
    """The consonants of one word; the words of names come again and again. A number is heard as it is written."""
    if _DIGIT.search(word):
        return word
    written = word if _in_latin(word) else latin_name(word, lambda rest: rest)
    # A word alone may be too short for a key, so it is heard behind another.
    return consonant_key(f"{_BEFORE} {written}").removeprefix(_BEFORE).replace(" ", "")


def _in_latin(name: str) -> bool:
    if name.isascii():
        return True
    return not ("\u0620" <= name[0] <= "\u064a") and is_latin(name)


def email_key(email: str) -> str:
    """The form under which addresses are compared."""
    return email.lower() if email.isascii() else unicodedata.normalize("NFC", email).casefold()


def names_of(person: Participant) -> frozenset[str]:
    """The names a person is known by, folded."""
    return _folded_names(person.name, person.name_latin)


def names_in(facts: Mapping[str, object]) -> frozenset[str]:
    """The names a row gives, folded."""
    return _folded_names(str(facts.get("name") or ""), str(facts.get("name_latin") or ""))


def _folded_names(*names: str) -> frozenset[str]:
    return frozenset(_folded_name(name) or name for name in names if name)


def _folded_name(name: str) -> str:
    """As `folded_name`, which what stands between two blanks does not change beyond them."""
    return " ".join(sorted(" ".join(map(_folded_word, name.split(" "))).split()))


@lru_cache(maxsize=100_000)
def _folded_word(word: str) -> str:
    """The words of names come again and again."""
    return folded(word)


def _alike(names: frozenset[str], others: frozenset[str]) -> bool | None:
    """Whether two people may be one with a slip of the pen; None when the names are in two scripts."""
    if not names or not others:
        return False
    comparable = [(one, two) for one in names for two in others if _script(one) == _script(two)]
    if not comparable:
        return None
    return any(
        OSA.normalized_similarity(one, two) >= _SLIP
        or (
            min(len(one.split()), len(two.split())) > 1
            and (set(one.split()) < set(two.split()) or set(two.split()) < set(one.split()))
        )
        for one, two in comparable
    )


def _script(name: str) -> str:
    first = next((letter for letter in name if letter.isalpha()), "")
    return unicodedata.name(first, "?").partition(" ")[0]


def _contradict(person: Participant, facts: Mapping[str, object]) -> bool:
    """Whether a fact known of both cannot be one person's."""
    gender = facts.get("gender")
    if isinstance(gender, Gender) and Gender.UNKNOWN not in (gender, person.gender) and gender != person.gender:
        return True
    mine, theirs = _year(person.birth_date, person.birth_year), _year(facts.get("birth_date"), facts.get("birth_year"))
    return mine is not None and theirs is not None and mine != theirs


def _year(day: object, year: object) -> int | None:
    if isinstance(day, date):
        return day.year
    return year if isinstance(year, int) else None


def _same_without_contact(person: Participant, facts: Mapping[str, object]) -> bool:
    """Same name given: whether town and birth agree and no e-mail or phone speaks against it."""
    email, phone = email_key(str(facts.get("email") or "")), str(facts.get("phone") or "")
    if (email and person.email and email != email_key(person.email)) or (
        phone and person.phone and phone != person.phone
    ):
        return False
    mine, theirs = _year(person.birth_date, person.birth_year), _year(facts.get("birth_date"), facts.get("birth_year"))
    if folded(person.town) != folded(str(facts.get("town") or "")) or mine != theirs:
        return False
    if mine is not None:
        return True
    return (bool(email) == bool(person.email)) and (bool(phone) == bool(person.phone))
