"""Loading what is on record for an event besides people and overrides."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from eventops.application.facts import values_of
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
from eventops.domain.records import Records
from eventops.extension.ports import Documents

# Every kind of record with its field in Records and its type: what a plan reads, and what the doctor looks through.
KINDS: Mapping[str, tuple[str, type[Struct]]] = {
    "seat": ("seat_answers", SeatAnswer),
    "invitation": ("invitations", Invitation),
    "delegate": ("delegates", Delegate),
    "draw": ("draws", Draw),
    "attendance": ("attendance", Attendance),
    "approval": ("approvals", Approval),
    "adoption": ("adoptions", Adoption),
    "claim": ("claims", Claim),
    "lodging_wish": ("lodging_wishes", LodgingWish),
    "room_placement": ("room_placements", RoomPlacement),
    "rooming_list": ("rooming_lists", RoomingList),
    "travel_choice": ("travel_choices", TravelChoice),
    "ride_plan": ("ride_plans", RidePlan),
    "presence": ("presence", Presence),
    "meal_served": ("meals_served", MealServed),
    "workshop_seat": ("workshop_seats", WorkshopSeat),
    "workshop_run": ("workshop_runs", WorkshopRun),
    "material": ("materials", Material),
    "loan": ("loans", Loan),
}
# The newest of these counts, so their order matters: that of their numbers, in whatever order a store gives them.
NUMBERED = ("approval", "adoption", "draw", "loan")


def load_records(documents: Documents) -> Records:
    """Everything on record. Errors: StoreUnavailable for a document this eventops does not understand."""
    fields: dict[str, tuple[Any, ...]] = {}
    for kind, (field, of) in KINDS.items():
        values: tuple[Any, ...] = values_of(documents.all(kind), of, kind)
        fields[field] = tuple(sorted(values, key=lambda one: one.number)) if kind in NUMBERED else values
    return Records(**fields)
