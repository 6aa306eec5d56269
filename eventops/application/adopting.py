"""Adopting criteria: the wording a committee agreed to, and whether the criteria are still those."""

from collections.abc import Mapping, Sequence
from datetime import date

from eventops.application.approving import load_adoptions
from eventops.domain.event import Criterion, Event
from eventops.domain.keeping.adoptions import AdoptedCriterion, Adoption, adoption_in_force, criteria_hash
from eventops.domain.keeping.history import Stamp
from eventops.domain.texts import Text
from eventops.extension.ports import Documents
from eventops.extension.registry import Registry
from eventops.extension.rulebook import rulebook_of, settings_of


def present_hash(event: Event, registry: Registry) -> str:
    """The hash of what decides for the event now."""
    return criteria_hash(event, settings_of(event, registry), rules_at_work(event, registry))


def rules_at_work(event: Event, registry: Registry) -> tuple[tuple[str, str], ...]:
    """The plugins' rules in force with their versions; the event's criteria stand for themselves."""
    book = rulebook_of(event, registry)
    found = {(one.name, one.version) for one in book.rules if one.plugin != "event"}
    found |= {(one.name, one.version) for one in book.group_rules}
    return tuple(sorted(found))


def adoption_now(documents: Documents, event: Event, registry: Registry) -> Adoption | None:
    """The record of the criteria as they stand; None when nobody adopted them so."""
    adoptions = load_adoptions(documents)
    return adoption_in_force(adoptions, present_hash(event, registry)) if adoptions else None


def new_adoption(
    event: Event,
    registry: Registry,
    documents: Documents,
    sentences: Mapping[str, tuple[Text, Text]],
    stamp: Stamp,
    *,
    by: str,
    on: date,
    note: str,
) -> Adoption:
    """The record of the event's criteria as they stand. `sentences` words each criterion, and the reason people are
    given, in three languages."""
    known = load_adoptions(documents)
    return Adoption(
        number=known[-1].number + 1 if known else 1,
        by=by,
        on=on,
        at=stamp.at,
        actor=stamp.actor,
        note=note,
        event_id=event.id,
        criteria_hash=present_hash(event, registry),
        criteria=_worded(event.criteria, sentences),
        rules=rules_at_work(event, registry),
        settings=settings_of(event, registry),
    )


def _worded(criteria: Sequence[Criterion], sentences: Mapping[str, tuple[Text, Text]]) -> tuple[AdoptedCriterion, ...]:
    return tuple(
        AdoptedCriterion(
            name=one.name,
            benefit=one.benefit,
            sentence=sentences[one.name][0],
            reason=sentences[one.name][1],
            source=one.source or one.pack,
        )
        for one in criteria
    )
