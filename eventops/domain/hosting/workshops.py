"""Workshops: who is in which, from wishes, places, what is on record, and why."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from msgspec import structs

from eventops.domain.event import Event, Period, Workshop
from eventops.domain.findings import Finding, Severity, Source
from eventops.domain.hosting.presence import is_there
from eventops.domain.hosting.workshops_flow import filled
from eventops.domain.hosting.workshops_groups import sub_groups
from eventops.domain.hosting.workshops_values import Answer, Placed, Question, Seeker, WorkshopGroups, WorkshopSeat
from eventops.domain.people import Gender
from eventops.domain.rules import Candidate, Seat, region_of
from eventops.domain.texts import Message, Text

STAFF_TITLES = {"facilitator": Text("facilitator"), "expert": Text("expert")}
STAFF_ROLES = tuple(STAFF_TITLES)
Solve = Callable[[Question], Answer]

BY_HAND = Text("placed by hand by {by}: {reason}")
FACILITATES = Text("facilitates this workshop")
STAFF = Text("shared out among the workshops as {role}")
FIRST_WISH = Text("their first wish")
LATER_WISH = Text("their wish number {rank}; no place was left in {full}")
LATER_FOR_BALANCE = Text("their wish number {rank}, so that others find a place or the groups are mixed")
NO_WISH_LEFT = Text("no place was left in the workshops they asked for: {full}")
NO_WISH = Text("asked for no workshop; there was room here")
NO_PLACE = Text("no workshop of this session has a place left")
AWAY = Text("is not there during this session")
MOVED_CLOSED = Text("moved from {previous}, which is not held any more: {reason}")
MOVED_FULL = Text("moved from {previous}, which has no place for them any more: {reason}")
MOVED_BY_HAND = Text("moved from {previous}: {reason}")


def capacity_of(event: Event, workshop: Workshop) -> int | None:
    """How many a workshop holds: its own limit, its room's when that is less; None without either."""
    rooms = {room.id: room.capacity for room in event.venue.rooms}
    limits = [one for one in (workshop.capacity, rooms.get(workshop.room)) if one is not None]
    return min(limits) if limits else None


def sessions_of(event: Event) -> tuple[str, ...]:
    """The sessions that are held as parallel workshops, in the order of the workshops; '' for those of none."""
    return tuple(dict.fromkeys(one.session for one in event.workshops))


def question_of(
    event: Event,
    session: str,
    candidates: Sequence[Candidate],
    seats: Sequence[WorkshopSeat],
    presence: Mapping[str, Sequence[Period]],
    *,
    afresh: bool = False,
) -> Question:
    """The question of one session. `afresh` forgets what was accepted, never what was decided by hand."""
    held = [one for one in event.workshops if one.session == session]
    hours = next((one for one in event.agenda if one.id == session), None)
    number = {one.id: at for at, one in enumerate(held)}
    on_record = {one.participant_id: one for one in seats if one.session == session}
    facilitating = _facilitating(event, held)
    seekers = []
    for candidate in candidates:
        person = candidate.participant
        periods = presence.get(person.id)
        away = hours is not None and not is_there(periods, hours.starts_at, hours.ends_at)
        if candidate.seat is not Seat.CONFIRMED or away:
            continue
        record = on_record.get(person.id)
        at = number.get(record.workshop) if record is not None else None
        by_hand = at if record is not None and record.by_hand else None
        seekers.append(
            Seeker(
                id=person.id,
                wishes=tuple(number[one] for one in person.workshops if one in number),
                traits=(
                    person.gender.value if person.gender is not Gender.UNKNOWN else "",
                    region_of(candidate),
                    person.category,
                    person.language,
                ),
                current=None if afresh else at,
                fixed=by_hand if by_hand is not None else number.get(facilitating.get(person.id, "")),
            )
        )
    return Question(
        session=session,
        workshops=tuple(one.id for one in held),
        capacities=tuple(capacity_of(event, one) for one in held),
        languages=tuple(one.languages for one in held),
        seekers=_with_staff(tuple(seekers), candidates, tuple(capacity_of(event, one) for one in held)),
    )


def _facilitating(event: Event, held: Sequence[Workshop]) -> dict[str, str]:
    """The workshop each enrolled facilitator was named for."""
    enrolled = {one.id: one.participant for one in event.speakers if one.participant}
    return {enrolled[id]: one.id for one in held for id in one.facilitators if id in enrolled}


def _with_staff(
    seekers: tuple[Seeker, ...], candidates: Sequence[Candidate], capacities: tuple[int | None, ...]
) -> tuple[Seeker, ...]:
    """The seekers with facilitators and experts shared out evenly: as many in every workshop as in the next, or one
    more, by their wishes."""
    roles = {one.participant.id: one.participant.role for one in candidates}
    found = {one.id: one for one in seekers}
    room = list(capacities)
    for seeker in seekers:
        if seeker.fixed is not None and room[seeker.fixed] is not None:
            room[seeker.fixed] = max((room[seeker.fixed] or 0) - 1, 0)
    for role in STAFF_ROLES:
        staff = [one for one in seekers if roles.get(one.id) == role]
        loose = [one for one in staff if one.fixed is None]
        if not loose or not capacities:
            continue
        already = Counter(one.fixed for one in staff if one.fixed is not None)
        even = -(-len(staff) // len(capacities))
        limits = tuple(
            max(even - already[at], 0) if left is None else min(max(even - already[at], 0), left)
            for at, left in enumerate(room)
        )
        question = Question(
            session="",
            workshops=tuple(map(str, range(len(capacities)))),
            capacities=limits,
            languages=((),) * len(capacities),
            seekers=tuple(structs.replace(one, traits=()) for one in loose),
        )
        for seeker, place in zip(loose, filled(question).places, strict=True):
            left = room[place] if place is not None else None
            if place is not None and left is not None:
                room[place] = left - 1
            found[seeker.id] = structs.replace(seeker, fixed=place)
    return tuple(found[one.id] for one in seekers)


def groups_of(
    event: Event,
    candidates: Sequence[Candidate],
    seats: Sequence[WorkshopSeat],
    presence: Mapping[str, Sequence[Period]],
    *,
    seeds: Mapping[str, int] = {},
    solve: Solve | None = None,
    afresh: bool = False,
) -> WorkshopGroups:
    """Who is in which workshop of every session. `seeds` by session, 0 where none is given; `solve` answers instead of
    the plain way."""
    placed: list[Placed] = []
    answers = []
    for session in sessions_of(event):
        question = question_of(event, session, candidates, seats, presence, afresh=afresh)
        answer = solve(question) if solve is not None else filled(question, seeds.get(session, 0))
        answers.append((session, answer))
        placed += _placed(event, question, answer, candidates, seats)
    return WorkshopGroups(placed=sub_groups(event, tuple(placed), candidates), answers=tuple(answers))


def _placed(
    event: Event,
    question: Question,
    answer: Answer,
    candidates: Sequence[Candidate],
    seats: Sequence[WorkshopSeat],
) -> list[Placed]:
    sizes = Counter(answer.places)
    full = frozenset(
        at for at, limit in enumerate(question.capacities) if limit is not None and sizes[at] >= limit
    )  # fmt: skip
    roles = {one.participant.id: one.participant.role for one in candidates}
    on_record = {one.participant_id: one for one in seats if one.session == question.session}
    facilitating = _facilitating(event, [one for one in event.workshops if one.session == question.session])
    told = _Telling(event, question, full)
    found = []
    for seeker, place in zip(question.seekers, answer.places, strict=True):
        record = on_record.get(seeker.id)
        role = roles.get(seeker.id, "") if seeker.fixed is not None or roles.get(seeker.id) in STAFF_ROLES else ""
        why, values = told.why(seeker, place, record, facilitating.get(seeker.id, ""), role)
        found.append(
            Placed(
                participant_id=seeker.id,
                session=question.session,
                workshop=question.workshops[place] if place is not None else "",
                why=why,
                values=values,
                rank=seeker.wishes.index(place) + 1 if place in seeker.wishes else None,
                previous=record.workshop if record is not None else "",
                role=role if role in STAFF_ROLES else "",
            )
        )
    return found


class _Telling:
    """Says why somebody is in a workshop."""

    def __init__(self, event: Event, question: Question, full: frozenset[int]) -> None:
        self.titles: dict[str, Text] = {one.id: one.title for one in event.workshops}
        self.question = question
        self.full = full

    def why(
        self, seeker: Seeker, place: int | None, record: WorkshopSeat | None, facilitating: str, role: str
    ) -> tuple[Text, dict[str, object]]:
        """The reason and its values; of a move too, where they were elsewhere on record."""
        why, values = self._placed(seeker, place, record, facilitating, role)
        before = record.workshop if record is not None else ""
        here = self.question.workshops[place] if place is not None else ""
        if not before or before == here or (record is not None and record.by_hand and why is BY_HAND):
            return why, values
        sentence = MOVED_FULL if before in self.question.workshops else MOVED_CLOSED
        if seeker.fixed == place and place is not None:
            sentence = MOVED_BY_HAND
        return sentence, {"previous": self.titles.get(before, before), "reason": Message(why, values)}

    def _placed(
        self, seeker: Seeker, place: int | None, record: WorkshopSeat | None, facilitating: str, role: str
    ) -> tuple[Text, dict[str, object]]:
        if place is None:
            return NO_PLACE, {}
        here = self.question.workshops[place]
        if record is not None and record.by_hand and record.workshop == here:
            return BY_HAND, {"by": record.by, "reason": record.reason or "-"}
        if facilitating == here:
            return FACILITATES, {}
        if seeker.fixed == place and role in STAFF_ROLES:
            return STAFF, {"role": STAFF_TITLES[role]}
        if not seeker.wishes:
            return NO_WISH, {}
        if place == seeker.wishes[0]:
            return FIRST_WISH, {}
        better = seeker.wishes[: seeker.wishes.index(place)] if place in seeker.wishes else seeker.wishes
        closed = [one for one in better if one in self.full]
        full = tuple(self.titles[self.question.workshops[one]] for one in closed)
        if place not in seeker.wishes:
            return NO_WISH_LEFT, {"full": full or tuple(self.titles[self.question.workshops[one]] for one in better)}
        rank = seeker.wishes.index(place) + 1
        if not full:
            return LATER_FOR_BALANCE, {"rank": rank}
        return LATER_WISH, {"rank": rank, "full": full}


def workshop_findings(event: Event, groups: WorkshopGroups, seats: Sequence[WorkshopSeat]) -> tuple[Finding, ...]:
    """People without a workshop, and decisions by hand that could not be kept."""
    titles: dict[str, object] = {one.id: one.title for one in event.workshops}
    found = []
    by_key = {(one.participant_id, one.session): one for one in groups.placed}
    for one in groups.placed:
        if not one.workshop:
            message = Text("{person} has no workshop: every one of the session is full")
            found.append(_finding("workshop-none", one.participant_id, message))
    for seat in seats:
        placed = by_key.get((seat.participant_id, seat.session))
        if seat.by_hand and placed is not None and placed.workshop != seat.workshop:
            message = Text("{person} was placed in {workshop} by hand, which has no place for them now")
            workshop = titles.get(seat.workshop, seat.workshop)
            found.append(_finding("workshop-by-hand-lost", seat.participant_id, message, workshop=workshop))
    return tuple(found)


def _finding(code: str, person: str, message: Text, **values: object) -> Finding:
    return Finding(
        severity=Severity.WARNING,
        code=code,
        message=message,
        values={"person": person, **values},
        source=Source(participant=person),
    )
