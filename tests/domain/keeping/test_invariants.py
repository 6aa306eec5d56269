"""Each invariant is broken once, and only it speaks."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec
import pytest

from eventops.application.doctor import INVARIANTS, checked_facts
from eventops.domain.keeping.history import HistoryEntry, Stamp, entry_after
from eventops.domain.keeping.invariants import Unread, WorkspaceFacts, broken
from eventops.domain.people import Consents, Participant, Status
from eventops.domain.reporting.sent_files import SentFile
from eventops.domain.rules import Outcome, Override
from eventops.testing.builders import DAY, a_participant, an_event

AT = datetime(2023, 9, 1, 9, tzinfo=UTC)


def person(id: str = "P0001", **fields: Any) -> Participant:
    known: dict[str, Any] = {"name": "Salma Benali", "email": f"{id}@example.org".lower(), "phone": "+212612345678"}
    return a_participant(id, **{**known, **fields})


def override(**fields: Any) -> Override:
    known: dict[str, Any] = {"participant_id": "P0001", "benefit": "lodging", "outcome": Outcome.GRANTED}
    return Override(**{**known, "reason": "comes with a child", "by": "amina", "on": date(2023, 9, 1), **fields})


def sent(**fields: Any) -> SentFile:
    known: dict[str, Any] = {"id": "F0001", "export": "hotel", "file": "hotel.xlsx", "sha256": "0" * 64}
    more: dict[str, Any] = {"languages": ("fr",), "format": "xlsx", "audience": "hotel", "actor": "amina", "at": AT}
    return SentFile(**{**known, **more, "generation": 2, **fields})


def told(*changes: tuple[tuple[str, str, str], ...], at: datetime = AT) -> tuple[HistoryEntry, ...]:
    entries: list[HistoryEntry] = []
    for number, changed in enumerate(changes):
        stamp = Stamp(actor="amina", at=at + timedelta(minutes=number), command="test")
        entries.append(entry_after(entries[-1] if entries else None, stamp, changed))
    return tuple(entries)


def facts(*people: Participant, overrides: tuple[Override, ...] = (), **fields: Any) -> WorkspaceFacts:
    """Sound facts with these people and decisions by hand, but for what is given."""
    everybody = people or (person(),)
    documents = {("event", "event"), *(("participant", one.id) for one in everybody)}
    documents |= {("override", f"{one.participant_id}:{one.benefit}") for one in overrides}
    changed = tuple((kind, id, "added") for kind, id in sorted(documents))
    known: dict[str, Any] = {
        "generation": 2,
        "history": told(changed, (("event", "event", "changed"),)),
        "documents": frozenset(documents),
        "event": an_event(),
        "people": tuple((one.id, one) for one in everybody),
        "overrides": tuple((f"{one.participant_id}:{one.benefit}", one) for one in overrides),
        "benefits": frozenset({"travel", "lodging", "meals"}),
        "field_types": {"casa.bus": "yes_no", "casa.children": "integer"},
    }
    return WorkspaceFacts(**{**known, **fields})


SOUND = facts()
DOCUMENTS = SOUND.documents
BROKEN: dict[str, WorkspaceFacts] = {
    "history-broken": facts(history=(msgspec.structs.replace(SOUND.history[0], actor="driss"), SOUND.history[1])),
    "generation-differs": facts(generation=3),
    "history-clock": facts(
        history=(
            *SOUND.history,
            entry_after(SOUND.history[-1], Stamp(actor="a", at=AT - timedelta(days=1), command="t"), ()),
        ),
        generation=3,
    ),
    "document-untold": facts(documents=DOCUMENTS | {("pin", "sla")}),
    "document-unreadable": facts(unread=(Unread(kind="participant", id="P0002", error="no name"),)),
    "document-misfiled": facts(people=(("P0009", person()),)),
    "kind-unknown": facts(
        documents=DOCUMENTS | {("room", "A")},
        history=told((*SOUND.history[0].changed, ("room", "A", "added")), ()),
    ),
    "event-missing": facts(event=None),
    "sent-later": facts(sent=(sent(generation=9),)),
    "sent-unknown": facts(sent=(sent(for_id="nobody"),)),
    "pin-unknown": facts(unknown_pins=(("sla | rabat", "MA:99"),)),
    "name-missing": facts(person(name="  ")),
    "name-hidden": facts(person(name="Salma\u202eilaneB")),
    "person-twice": facts(person(), person("P0002", name="BENALI Salma")),
    "contact-missing": facts(person(email="", phone="")),
    "phone-malformed": facts(person(phone="0612345678")),
    "email-malformed": facts(person(email="salma at example.org")),
    "birth-impossible": facts(person(birth_year=1823)),
    "registered-late": facts(person(registered_on=DAY + timedelta(days=1))),
    "category-unknown": facts(person(category="astronaut")),
    "consent-unknown": facts(person(consents=Consents(attend=True, share=("nasa",)))),
    "answer-unasked": facts(person(fields={"oecd.badge": "yes"})),
    "answer-type": facts(person(fields={"casa.bus": 1})),
    "withdrawn-attended": facts(person(status=Status.WITHDRAWN, attended=True)),
    "record-stranger": facts(about_people=(("seat", "P0404", "P0404"),)),
    "room-gone": facts(things=(("room_placement", "P0001:all", "room", "anfa-suite-01"),)),
    "workshop-gone": facts(things=(("workshop_seat", "P0001:", "workshop", "pottery"),)),
    "meal-gone": facts(things=(("meal_served", "brunch", "meal", "brunch"),)),
    "vehicle-gone": facts(things=(("ride_plan", "T0001", "vehicle", "zeppelin"),)),
    "override-orphan": facts(overrides=(override(participant_id="P0404"),)),
    "override-benefit": facts(overrides=(override(benefit="helicopter"),)),
    "override-payer": facts(overrides=(override(payer="nasa"),)),
    "override-unsigned": facts(overrides=(override(reason=" "),)),
    "override-lapsed": facts(overrides=(override(until=DAY - timedelta(days=1)),)),
    "override-nights": facts(overrides=(override(nights=(DAY - timedelta(days=30),)),)),
}


def test_a_sound_workspace_has_no_finding() -> None:
    whole = facts(
        person(birth_date=date(1990, 5, 1), birth_year=1990, registered_on=DAY, fields={"casa.children": 2}),
        person("P0002", name="Driss Alami"),
        overrides=(override(until=DAY, payer="ef", nights=(DAY,)),),
        sent=(sent(for_id="oecd"), sent(id="F0002", generation=1)),
    )
    assert (checked_facts(SOUND), checked_facts(whole)) == ((), ())


@pytest.mark.parametrize("invariant", INVARIANTS, ids=lambda one: one.code)
def test_each_invariant_speaks_when_it_is_broken_and_only_it(invariant: Any) -> None:
    findings = tuple(broken(BROKEN[invariant.code], INVARIANTS))
    assert [finding.code for finding in findings] == [invariant.code]
    assert findings[0].message.en.format(**findings[0].values)


def test_every_invariant_has_a_code_and_a_title_of_its_own() -> None:
    assert len({one.code for one in INVARIANTS}) == len({one.title.en for one in INVARIANTS}) == len(INVARIANTS)
    assert BROKEN.keys() == {one.code for one in INVARIANTS}


def test_births_that_contradict_each_other_are_told() -> None:
    findings = checked_facts(facts(person(birth_date=date(1990, 5, 1), birth_year=1991)))
    assert [one.code for one in findings] == ["birth-impossible"]


def test_a_document_that_vanished_is_told() -> None:
    findings = checked_facts(facts(documents=DOCUMENTS - {("participant", "P0001")}))
    assert [(one.code, one.values["id"]) for one in findings] == [("document-untold", "P0001")]
