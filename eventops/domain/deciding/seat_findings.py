"""What a person should look at about seats: offers that lapsed, seats that are free, lots to draw, promises broken."""

from collections.abc import Iterator, Sequence
from datetime import date

from eventops.domain.deciding.seat_balance import balances
from eventops.domain.deciding.seat_quotas import quota_uses
from eventops.domain.deciding.seat_records import SeatState
from eventops.domain.deciding.seats import lapsed, newest_draw, numbers_of, released
from eventops.domain.event import Event
from eventops.domain.findings import Finding, Severity, Source
from eventops.domain.records import NO_RECORDS, Records
from eventops.domain.rules import Candidate, Seat
from eventops.domain.texts import Text

NEXT_SHOWN = 3
_SEVERITIES = {"quota-short": Severity.INFORMATION}


def seat_findings(
    event: Event, candidates: Sequence[Candidate], records: Records, today: date | None
) -> tuple[Finding, ...]:
    """The findings, those about everybody first."""
    return tuple(
        finding
        for part in (
            _lots_to_draw(event, candidates, records),
            _seats_to_offer(candidates),
            _quotas_short(event, candidates, records),
            _answers(candidates, records, today),
            _institutions(candidates, records, today),
        )
        for finding in part
    )


def in_line(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Those who wait, the first first."""
    waiting = [one for one in candidates if one.seat is Seat.WAITING]
    return sorted(waiting, key=lambda one: one.waiting_position or 0)


def _lots_to_draw(event: Event, candidates: Sequence[Candidate], records: Records) -> Iterator[Finding]:
    if event.seating.order == "lottery" and newest_draw(records) is None:
        waiting = sum(one.seat is Seat.WAITING for one in candidates)
        if waiting:
            message = Text("{people} people wait for lots to be drawn")
            yield _finding("seats-undrawn", message, people=waiting)


def _seats_to_offer(candidates: Sequence[Candidate]) -> Iterator[Finding]:
    free = [one.participant.id for one in in_line(candidates) if one.seat_free]
    if free:
        message = Text("{count} seats are free and not offered; next in line: {people}")
        yield _finding("seats-to-offer", message, count=len(free), people=", ".join(free[:NEXT_SHOWN]))


def _quotas_short(event: Event, candidates: Sequence[Candidate], records: Records) -> Iterator[Finding]:
    if not event.quotas or (event.seating.order == "lottery" and newest_draw(records) is None):
        return
    for use in quota_uses(event, candidates):
        if use.seated < use.quota.at_least:
            message = Text("“{quota}” keeps {at_least} seats, and {seated} are taken")
            values: dict[str, object] = {"at_least": use.quota.at_least, "seated": use.seated}
            yield _finding("quota-short", message, quota=use.title, **values)


def _answers(candidates: Sequence[Candidate], records: Records, today: date | None) -> Iterator[Finding]:
    if not records.seat_answers:
        return
    numbers = numbers_of(candidates)
    line = [one.participant.id for one in in_line(candidates)]
    for answer in records.seat_answers:
        number = numbers.get(answer.participant_id)
        if number is None:
            continue
        candidate = candidates[number]
        if candidate.seat is Seat.DECLINED and lapsed(answer, today):
            message = Text("{person} did not take up the offer, open until {until}; next in line: {next}")
            following = line[0] if line else "-"
            yield _finding("offer-lapsed", message, person=candidate.participant.id, until=answer.until, next=following)
        promised = answer.state is SeatState.CONFIRMED or (
            answer.state is SeatState.OFFERED and not lapsed(answer, today)
        )
        if promised and candidate.seat is Seat.WAITING:
            message = Text("{person} was promised a seat and has none: there are fewer than were promised")
            yield _finding("seat-promised", message, person=candidate.participant.id)


def _institutions(candidates: Sequence[Candidate], records: Records, today: date | None) -> Iterator[Finding]:
    if records == NO_RECORDS or not records.invitations:
        return
    for one in balances(candidates, records):
        invitation = one.invitation
        if len(one.seated) < invitation.places and not released(invitation.released_on, today):
            message = Text("{institution} has named {named} delegates for {places} places")
            values: dict[str, object] = {"named": len(one.seated), "places": invitation.places}
            yield _finding("delegates-missing", message, institution=invitation.institution, id=invitation.id, **values)
        if one.women_missing and len(one.seated) == invitation.places:
            message = Text("{institution} was asked for {women} women among its delegates and named {named}")
            yield _finding(
                "delegates-unbalanced",
                message,
                institution=invitation.institution,
                women=invitation.women,
                named=one.women,
                id=invitation.id,
            )


def _finding(code: str, message: Text, /, **values: object) -> Finding:
    severity = _SEVERITIES.get(code, Severity.WARNING)
    source = Source(participant=str(values["person"])) if "person" in values else Source()
    return Finding(severity=severity, code=code, message=message, values=values, source=source)
