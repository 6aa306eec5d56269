"""Seats: who has one, who waits and at which place, and why; never more than there are.

Seats go, in this order, to those who confirmed, to those who hold an open offer, to the delegates of invited
institutions, to those who make the event, to those for whom a quota keeps seats, and then down the line.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct

from eventops.domain.deciding.seat_line import MAKES_THE_EVENT, Line, line_of, why_first, window_missed
from eventops.domain.deciding.seat_quotas import Tally, title_of
from eventops.domain.deciding.seat_records import Delegate, Draw, Invitation, SeatAnswer, SeatState
from eventops.domain.event import Event
from eventops.domain.records import NO_RECORDS, Records
from eventops.domain.rules import Candidate, Seat
from eventops.domain.texts import Message, Text

CONFIRMED_ON = Text("confirmed on {on}")
OFFER_OPEN = Text("a seat was offered on {on}; the offer is open until {until}")
OFFER_WITHOUT_END = Text("a seat was offered on {on}")
DELEGATE_OF = Text("delegate of {institution}")
RESERVED = Text("one of the seats kept for “{quota}”")
DECLINED_ON = Text("declined the seat on {on}")
CANCELLED_ON = Text("gave the seat back on {on}")
OFFER_LAPSED = Text("the offer of {on} was open until {until} and was not taken up")
NOT_DRAWN = Text("seats are given by lot, and lots have not been drawn yet")
FREE = Text("a seat is free for them, and can be offered")


class Seated(Struct, frozen=True, kw_only=True):
    """One person's seat. `position` is the place on the waiting list; `free` says that a seat can be offered."""

    seat: Seat
    position: int | None = None
    reason: Message | None = None
    free: bool = False


PLAIN = Seated(seat=Seat.CONFIRMED)


def seats_of(
    event: Event, candidates: Sequence[Candidate], records: Records = NO_RECORDS, today: date | None = None
) -> dict[str, Seated]:
    """Everybody's seat, by id. `today` is the day on which offers and held places are looked at; without one, none has
    lapsed. Place and distance of the candidates count, their seat does not."""
    draw = newest_draw(records) if event.seating.order == "lottery" else None
    if event.seats is None and not event.quotas and draw is None and _plain(event, records):
        return {one.participant.id: PLAIN for one in candidates}
    round_ = Round(event, candidates, records, today, draw)
    round_.settle()
    return {one.participant.id: round_.found[index] for index, one in enumerate(candidates)}


def _plain(event: Event, records: Records) -> bool:
    seating = event.seating
    return not (records.seat_answers or seating.by_offer or seating.order == "lottery" or seating.late == "refused")


def newest_draw(records: Records) -> Draw | None:
    """The draw that counts: the last one."""
    return max(records.draws, key=lambda one: one.number, default=None)


def lapsed(answer: SeatAnswer, today: date | None) -> bool:
    """Whether an offer was not taken up in time."""
    if answer.state is not SeatState.OFFERED or answer.until is None or today is None:
        return False
    return answer.until < today


def lapses(event: Event, records: Records) -> bool:
    """Whether anything about seats depends on the day it is looked at."""
    days = (
        *(one.until for one in records.seat_answers),
        *(one.released_on for one in records.invitations),
        *(one.released_on for one in event.quotas),
    )
    return any(day is not None for day in days)


def released(day: date | None, today: date | None) -> bool:
    """Whether places held until a day are everybody's again."""
    return day is not None and today is not None and day < today


def open_round(event: Event, candidates: Sequence[Candidate], records: Records, today: date | None) -> "Round":
    """The giving of seats up to the point where lots decide: who has a seat without them, and what is held."""
    round_ = Round(event, candidates, records, today, None)
    round_.give_claims()
    return round_


class Round:
    """One giving of all seats; everything it knows is thrown away at its end."""

    def __init__(
        self,
        event: Event,
        candidates: Sequence[Candidate],
        records: Records,
        today: date | None,
        draw: Draw | None,
    ) -> None:
        self.event, self.candidates, self.today, self.draw = event, candidates, today, draw
        self.line: Line = line_of(event, candidates, draw)
        self.tally = Tally(event, candidates)
        self.found: dict[int, Seated] = {}
        self.free: set[int] = set()
        self.held = 0
        self.reasons: dict[int, Message | None] = {}
        self.numbers = numbers_of(candidates) if records != NO_RECORDS else {}
        self.answers = self._newest(records.seat_answers)
        self.invitations = {one.id: one for one in records.invitations}
        self.delegates = self._delegates(records.delegates)

    def give_claims(self) -> None:
        """Settles those who want no seat and those who have one whatever the line says."""
        self._without_seat()
        self._claims()
        self.held = self._seat_delegates()
        for index in self._waiting():
            if self.candidates[index].participant.role == "participant":
                break
            self._try(index, self.held, Message(MAKES_THE_EVENT) if self.event.seats is not None else None)

    def settle(self) -> None:
        """Settles everybody."""
        self.give_claims()
        if self.event.seating.order != "lottery" or self.draw is not None:
            self.held += self._reserve(self.held)
            self._down_the_line(self.held)
        self._number_those_who_wait(self.held)

    def drawable(self) -> tuple[int, ...]:
        """Those among whom lots are drawn: who still wait and registered in time."""
        return tuple(index for index in self._waiting() if index not in self.line.late)

    def _newest(self, answers: Iterable[SeatAnswer]) -> dict[int, SeatAnswer]:
        found: dict[int, SeatAnswer] = {}
        for one in answers:
            index = self.numbers.get(one.participant_id)
            if index is not None and (index not in found or one.on >= found[index].on):
                found[index] = one
        return found

    def _delegates(self, delegates: Iterable[Delegate]) -> dict[int, Invitation]:
        """Who comes for which institution, in the order named."""
        named = sorted(delegates, key=lambda one: (one.on, one.participant_id))
        return {
            self.numbers[one.participant_id]: self.invitations[one.invitation]
            for one in named
            if one.participant_id in self.numbers and one.invitation in self.invitations
        }

    def _without_seat(self) -> None:
        """Those who want none, let an offer lapse, or registered too late."""
        for index, answer in self.answers.items():
            if answer.state is SeatState.DECLINED:
                self.found[index] = Seated(seat=Seat.DECLINED, reason=Message(DECLINED_ON, {"on": answer.on}))
            elif answer.state is SeatState.CANCELLED:
                self.found[index] = Seated(seat=Seat.DECLINED, reason=Message(CANCELLED_ON, {"on": answer.on}))
            elif lapsed(answer, self.today):
                values: dict[str, object] = {"on": answer.on, "until": answer.until}
                self.found[index] = Seated(seat=Seat.DECLINED, reason=Message(OFFER_LAPSED, values))
        if self.line.refused:
            for index in self.line.late - self.answers.keys() - self.delegates.keys():
                reason = window_missed(self.event, self.candidates[index].participant, refused=True)
                self.found[index] = Seated(seat=Seat.REFUSED, reason=reason)

    def _claims(self) -> None:
        """Those who confirmed, the first first, then those who hold an open offer."""
        place = {index: number for number, index in enumerate(self.line.order)} if self.answers else {}
        claims = sorted(
            (answer.state is SeatState.OFFERED, answer.on, place[index], index)
            for index, answer in self.answers.items()
            if index not in self.found
        )
        for offered, on, _, index in claims:
            if self.tally.give(index):
                until = self.answers[index].until
                reason = Message(OFFER_OPEN if until else OFFER_WITHOUT_END, {"on": on, "until": until})
                self.found[index] = Seated(
                    seat=Seat.OFFERED if offered else Seat.CONFIRMED,
                    reason=reason if offered else Message(CONFIRMED_ON, {"on": on}),
                )

    def _seat_delegates(self) -> int:
        """Seats the delegates of each institution up to its places; how many places are still held for institutions."""
        seated: dict[str, int] = {}
        for index, invitation in self.delegates.items():
            got = self.found.get(index)
            count = seated.get(invitation.id, 0)
            if count >= invitation.places or (got is not None and got.seat not in (Seat.CONFIRMED, Seat.OFFERED)):
                continue
            reason = Message(DELEGATE_OF, {"institution": invitation.institution})
            if got is not None or self._try(index, 0, reason, outright=True):
                seated[invitation.id] = count + 1
        return sum(
            max(0, one.places - seated.get(one.id, 0))
            for one in self.invitations.values()
            if not released(one.released_on, self.today)
        )

    def _reserve(self, held: int) -> int:
        """Seats those for whom a quota keeps seats; how many of these seats are held for people still to come."""
        for number, quota in enumerate(self.event.quotas):
            if not quota.at_least:
                continue
            reason = Message(RESERVED, {"quota": title_of(quota)})
            for index in self._waiting():
                if not self.tally.short_of(number) or self._full():
                    break
                if (number, "") in self.tally.keys(index):
                    self._try(index, held, reason if self.draw is None else self._why(index))
        return sum(
            self.tally.short_of(number)
            for number, quota in enumerate(self.event.quotas)
            if quota.at_least and not released(quota.released_on, self.today)
        )

    def _down_the_line(self, held: int) -> None:
        capacity = self.event.seats
        for index in self._waiting():
            if capacity is not None and self.tally.taken + held >= capacity:
                return
            self._try(index, held, self._why(index))

    def _full(self) -> bool:
        return self.event.seats is not None and self.tally.taken >= self.event.seats

    def _waiting(self) -> Iterator[int]:
        """Those in line about whom nothing is settled, the first first."""
        for index in self.line.order:
            if index not in self.found and index not in self.free:
                yield index

    def _why(self, index: int) -> Message | None:
        rank = self.line.rank[index]  # many people have a seat for one and the same reason
        if rank not in self.reasons:
            self.reasons[rank] = why_first(self.event, self.line, self.draw, index)
        return self.reasons[rank]

    def _try(self, index: int, held: int, reason: Message | None, *, outright: bool = False) -> bool:
        """Gives a seat, or where seats are given by offer keeps one free, if there is one for them."""
        if not self.tally.give(index, held):
            return False
        makes_it = self.candidates[index].participant.role != "participant"
        if self.event.seating.by_offer and not outright and not makes_it:
            self.free.add(index)
        else:
            self.found[index] = Seated(seat=Seat.CONFIRMED, reason=reason)
        return True

    def _number_those_who_wait(self, held: int) -> None:
        """The waiting list: those for whom a seat is free, then the line."""
        undrawn = self.event.seating.order == "lottery" and self.draw is None
        free = [index for index in self.line.order if index in self.free]
        last = 0
        for last, index in enumerate(free, start=1):
            self.found[index] = Seated(seat=Seat.WAITING, position=last, reason=Message(FREE), free=True)
        for position, index in enumerate(list(self._waiting()), start=last + 1):
            if undrawn:
                reason: Message | None = Message(NOT_DRAWN)
            elif index in self.line.late:
                reason = window_missed(self.event, self.candidates[index].participant, refused=False)
            else:
                reason = self.tally.refusal(index, held)
            self.found[index] = Seated(seat=Seat.WAITING, position=position, reason=reason)


def numbers_of(candidates: Sequence[Candidate]) -> Mapping[str, int]:
    """The number of each candidate by every id they were registered under."""
    merged = {old: number for number, candidate in enumerate(candidates) for old in candidate.participant.merged}
    return merged | {candidate.participant.id: number for number, candidate in enumerate(candidates)}
