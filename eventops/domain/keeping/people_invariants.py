"""What must hold of people and of decisions made by hand."""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from eventops.domain.event import Event, first_day, last_day
from eventops.domain.findings import Finding, Severity
from eventops.domain.folding import folded_name
from eventops.domain.keeping.invariants import Invariant, WorkspaceFacts, found
from eventops.domain.people import Participant, Status
from eventops.domain.texts import Text

_PHONE = re.compile(r"\+[1-9]\d{6,14}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
# Controls, and the marks that turn the direction of what follows: they make one name look like another.
_HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")
_OLDEST = 1900
# Nights before and after the event that a person may be given by hand.
_NIGHTS_AROUND = 3
_TYPES: dict[str, tuple[type, ...]] = {
    "text": (str,),
    "integer": (int,),
    "number": (int, float),
    "yes_no": (bool,),
    "date": (str,),
}


def _days(event: Event | None) -> tuple[date, date] | None:
    return (first_day(event), last_day(event)) if event is not None and event.agenda else None


def _people(facts: WorkspaceFacts) -> Iterator[Participant]:
    return (person for _, person in facts.people)


def _named(facts: WorkspaceFacts) -> Iterator[Finding]:
    for person in _people(facts):
        if not person.name.strip():
            yield found(Severity.ERROR, "name-missing", Text("{person} has no name"), person=person.id)


def _plain_names(facts: WorkspaceFacts) -> Iterator[Finding]:
    for person in _people(facts):
        if _HIDDEN.search(person.name) or _HIDDEN.search(person.name_latin):
            message = Text("The name of {person} holds characters that nobody sees; type it again")
            yield found(Severity.WARNING, "name-hidden", message, person=person.id)


def _once(facts: WorkspaceFacts) -> Iterator[Finding]:
    seen: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for person in _people(facts):
        contacts = {contact for contact in (person.email.casefold(), person.phone) if contact}
        if person.status is not Status.WITHDRAWN:
            for contact in contacts:
                seen[contact, folded_name(person.name)].append(person.id)
    told: set[tuple[str, ...]] = set()
    for ids in seen.values():
        if len(ids) > 1 and tuple(ids) not in told:
            told.add(tuple(ids))
            message = Text("{person} and {other} have one name and one address: are they one person?")
            yield found(Severity.WARNING, "person-twice", message, person=ids[1], other=ids[0])


def _reachable(facts: WorkspaceFacts) -> Iterator[Finding]:
    for person in _people(facts):
        if not person.email and not person.phone:
            message = Text("{person} has neither an e-mail address nor a phone number")
            yield found(Severity.INFORMATION, "contact-missing", message, person=person.id)


def _phones(facts: WorkspaceFacts) -> Iterator[Finding]:
    for person in _people(facts):
        if person.phone and not _PHONE.fullmatch(person.phone):
            message = Text("The phone number of {person} is not written as +212612345678; correct it")
            yield found(Severity.WARNING, "phone-malformed", message, person=person.id)


def _emails(facts: WorkspaceFacts) -> Iterator[Finding]:
    for person in _people(facts):
        if person.email and not _EMAIL.fullmatch(person.email):
            message = Text("The e-mail address of {person} is none; correct it")
            yield found(Severity.WARNING, "email-malformed", message, person=person.id)


def _births(facts: WorkspaceFacts) -> Iterator[Finding]:
    days = _days(facts.event)
    for person in _people(facts):
        year = person.birth_date.year if person.birth_date else person.birth_year
        latest = days[1].year if days else 9999
        if year is not None and not _OLDEST <= year <= latest:
            message = Text("{person} would be born in {year}; correct it")
            yield found(Severity.WARNING, "birth-impossible", message, person=person.id, year=year)
        elif person.birth_date and person.birth_year not in (None, person.birth_date.year):
            message = Text("{person} is born on {day}, and in {year} elsewhere; correct one")
            yield found(
                Severity.WARNING,
                "birth-impossible",
                message,
                person=person.id,
                day=person.birth_date,
                year=person.birth_year,
            )


def _registered(facts: WorkspaceFacts) -> Iterator[Finding]:
    days = _days(facts.event)
    for person in _people(facts):
        if days and person.registered_on and person.registered_on > days[1]:
            message = Text("{person} registered on {day}, after the event")
            yield found(Severity.WARNING, "registered-late", message, person=person.id, day=person.registered_on)


def _categories(facts: WorkspaceFacts) -> Iterator[Finding]:
    known = {choice.id for choice in facts.event.categories} if facts.event else set()
    for person in _people(facts):
        if known and person.category and person.category not in known:
            message = Text("{person} is of the category {category}, which the event does not have")
            yield found(Severity.WARNING, "category-unknown", message, person=person.id, category=person.category)


def _consents(facts: WorkspaceFacts) -> Iterator[Finding]:
    if facts.event is None:
        return
    known = {one.id for one in facts.event.sponsors}
    for person in _people(facts):
        for sponsor in person.consents.share:
            if sponsor not in known:
                message = Text("{person} agreed to share with {sponsor}, which is no sponsor of the event")
                yield found(Severity.WARNING, "consent-unknown", message, person=person.id, sponsor=sponsor)


def _answers_known(facts: WorkspaceFacts) -> Iterator[Finding]:
    for person in _people(facts):
        for name in sorted(person.fields.keys() - facts.field_types.keys()):
            message = Text("{person} answered {field}, which no plugin of the event asks")
            yield found(Severity.INFORMATION, "answer-unasked", message, person=person.id, field=name)


def _answers_typed(facts: WorkspaceFacts) -> Iterator[Finding]:
    for person in _people(facts):
        for name, value in person.fields.items():
            expected = _TYPES.get(facts.field_types.get(name, ""))
            wrong = expected is not None and (
                not isinstance(value, expected) or (isinstance(value, bool) and bool not in expected)
            )
            if wrong:
                message = Text("The answer of {person} to {field} is not of the type {type}")
                type_ = facts.field_types[name]
                yield found(Severity.WARNING, "answer-type", message, person=person.id, field=name, type=type_)


def _attended(facts: WorkspaceFacts) -> Iterator[Finding]:
    for person in _people(facts):
        if person.attended and person.status is Status.WITHDRAWN:
            message = Text("{person} has withdrawn and attended; correct one")
            yield found(Severity.WARNING, "withdrawn-attended", message, person=person.id)


def _overrides_owned(facts: WorkspaceFacts) -> Iterator[Finding]:
    known = {key for key, _ in facts.people}
    for _, one in facts.overrides:
        if one.participant_id not in known:
            message = Text("A decision by hand is about {person}, who is not enrolled")
            yield found(Severity.WARNING, "override-orphan", message, person=one.participant_id)


def _overrides_benefits(facts: WorkspaceFacts) -> Iterator[Finding]:
    for _, one in facts.overrides:
        if facts.benefits and one.benefit not in facts.benefits:
            message = Text("A decision by hand gives {person} {benefit}, which is no benefit of this event")
            yield found(Severity.ERROR, "override-benefit", message, person=one.participant_id, benefit=one.benefit)


def _overrides_paid(facts: WorkspaceFacts) -> Iterator[Finding]:
    if facts.event is None:
        return
    known = {one.id for one in facts.event.sponsors} | {one.id for one in facts.event.associations}
    for _, one in facts.overrides:
        if one.payer and one.payer not in known:
            message = Text("A decision by hand about {person} is paid by {payer}, whom the event does not know")
            yield found(Severity.ERROR, "override-payer", message, person=one.participant_id, payer=one.payer)


def _overrides_signed(facts: WorkspaceFacts) -> Iterator[Finding]:
    for _, one in facts.overrides:
        if not one.reason.strip() or not one.by.strip():
            message = Text("A decision by hand about {person} says no reason, or not whose it is")
            yield found(Severity.ERROR, "override-unsigned", message, person=one.participant_id)


def _overrides_lapsed(facts: WorkspaceFacts) -> Iterator[Finding]:
    days = _days(facts.event)
    for _, one in facts.overrides:
        if days and one.until and one.until < days[0]:
            message = Text("A decision by hand about {person} lapsed on {day}, before the event")
            yield found(Severity.INFORMATION, "override-lapsed", message, person=one.participant_id, day=one.until)


def _overrides_nights(facts: WorkspaceFacts) -> Iterator[Finding]:
    days = _days(facts.event)
    around = timedelta(days=_NIGHTS_AROUND)
    for _, one in facts.overrides:
        for night in one.nights:
            if days and not days[0] - around <= night <= days[1] + around:
                message = Text("A decision by hand gives {person} the night of {night}, far from the event")
                yield found(Severity.WARNING, "override-nights", message, person=one.participant_id, night=night)


PEOPLE_INVARIANTS = tuple(
    Invariant(code=code, title=title, look=look)
    for code, title, look in (
        ("name-missing", Text("Everybody has a name"), _named),
        ("name-hidden", Text("No name holds characters that nobody sees"), _plain_names),
        ("person-twice", Text("Nobody is enrolled twice under one name and address"), _once),
        ("contact-missing", Text("Everybody can be reached"), _reachable),
        ("phone-malformed", Text("Phone numbers are international"), _phones),
        ("email-malformed", Text("E-mail addresses can be written to"), _emails),
        ("birth-impossible", Text("Births are possible and do not contradict themselves"), _births),
        ("registered-late", Text("Nobody registered after the event"), _registered),
        ("category-unknown", Text("Categories are those of the event"), _categories),
        ("consent-unknown", Text("Consents to share name sponsors of the event"), _consents),
        ("answer-unasked", Text("Answers belong to questions a plugin asks"), _answers_known),
        ("answer-type", Text("Answers are of the type of their question"), _answers_typed),
        ("withdrawn-attended", Text("Nobody who has withdrawn attended"), _attended),
        ("override-orphan", Text("Decisions by hand are about people who are enrolled"), _overrides_owned),
        ("override-benefit", Text("Decisions by hand are about benefits of the event"), _overrides_benefits),
        ("override-payer", Text("Decisions by hand are paid by somebody the event knows"), _overrides_paid),
        ("override-unsigned", Text("Decisions by hand have a reason and a signature"), _overrides_signed),
        ("override-lapsed", Text("Decisions by hand hold until the event"), _overrides_lapsed),
        ("override-nights", Text("Nights given by hand are near the event"), _overrides_nights),
    )
)
