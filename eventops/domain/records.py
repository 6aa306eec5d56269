"""What people did and settled for one event besides enrolling: the facts a plan reads beyond people and overrides.

Every kind stands in the store under its own name, keyed by what it is about, and is erased with its person.
"""

from msgspec import Struct

from eventops.domain.deciding.seat_records import Delegate, Draw, Invitation, SeatAnswer
from eventops.domain.hosting.attendance import Attendance
from eventops.domain.hosting.material import Loan, Material
from eventops.domain.hosting.pickups_values import RidePlan, TravelChoice
from eventops.domain.hosting.presence import MealServed, Presence
from eventops.domain.hosting.rooms import LodgingWish, RoomingList, RoomPlacement
from eventops.domain.hosting.workshops_values import WorkshopRun, WorkshopSeat
from eventops.domain.keeping.adoptions import Adoption
from eventops.domain.keeping.approvals import Approval
from eventops.domain.paying.claims import Claim


class Records(Struct, frozen=True, kw_only=True):
    """One tuple for each kind of record, in the order of their keys; each is empty where nothing was recorded."""

    seat_answers: tuple[SeatAnswer, ...] = ()
    invitations: tuple[Invitation, ...] = ()
    delegates: tuple[Delegate, ...] = ()
    draws: tuple[Draw, ...] = ()
    attendance: tuple[Attendance, ...] = ()
    approvals: tuple[Approval, ...] = ()
    adoptions: tuple[Adoption, ...] = ()
    claims: tuple[Claim, ...] = ()
    lodging_wishes: tuple[LodgingWish, ...] = ()
    room_placements: tuple[RoomPlacement, ...] = ()
    rooming_lists: tuple[RoomingList, ...] = ()
    travel_choices: tuple[TravelChoice, ...] = ()
    ride_plans: tuple[RidePlan, ...] = ()
    presence: tuple[Presence, ...] = ()
    meals_served: tuple[MealServed, ...] = ()
    workshop_seats: tuple[WorkshopSeat, ...] = ()
    workshop_runs: tuple[WorkshopRun, ...] = ()
    materials: tuple[Material, ...] = ()
    loans: tuple[Loan, ...] = ()


NO_RECORDS = Records()
