"""What people did and settled for one event besides enrolling: the facts a plan reads beyond people and overrides.

Every kind stands in the store under its own name, keyed by what it is about, and is erased with its person.
"""

from msgspec import Struct

from eventops.domain.deciding.seat_records import Delegate, Draw, Invitation, SeatAnswer
from eventops.domain.hosting.attendance import Attendance


class Records(Struct, frozen=True, kw_only=True):
    """One tuple for each kind of record, in the order of their keys; each is empty where nothing was recorded."""

    seat_answers: tuple[SeatAnswer, ...] = ()
    invitations: tuple[Invitation, ...] = ()
    delegates: tuple[Delegate, ...] = ()
    draws: tuple[Draw, ...] = ()
    attendance: tuple[Attendance, ...] = ()


NO_RECORDS = Records()
