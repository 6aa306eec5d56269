"""Loading what is on record for an event besides people and overrides."""

from eventops.application.facts import values_of
from eventops.domain.deciding.seat_records import Delegate, Draw, Invitation, SeatAnswer
from eventops.domain.hosting.attendance import Attendance
from eventops.domain.hosting.material import Loan, Material
from eventops.domain.hosting.pickups_values import TravelChoice
from eventops.domain.hosting.presence import MealServed, Presence
from eventops.domain.hosting.rooms import LodgingWish, RoomingList, RoomPlacement
from eventops.domain.hosting.workshops_values import WorkshopRun, WorkshopSeat
from eventops.domain.keeping.adoptions import Adoption
from eventops.domain.keeping.approvals import Approval
from eventops.domain.paying.claims import Claim
from eventops.domain.records import Records
from eventops.extension.ports import Documents


def load_records(documents: Documents) -> Records:
    """Everything on record. Errors: StoreUnavailable for a document this eventops does not understand."""
    return Records(
        seat_answers=values_of(documents.all("seat"), SeatAnswer, "seat"),
        invitations=values_of(documents.all("invitation"), Invitation, "invitation"),
        delegates=values_of(documents.all("delegate"), Delegate, "delegate"),
        draws=values_of(documents.all("draw"), Draw, "draw"),
        attendance=values_of(documents.all("attendance"), Attendance, "attendance"),
        approvals=values_of(documents.all("approval"), Approval, "approval"),
        adoptions=values_of(documents.all("adoption"), Adoption, "adoption"),
        claims=values_of(documents.all("claim"), Claim, "claim"),
        lodging_wishes=values_of(documents.all("lodging_wish"), LodgingWish, "lodging_wish"),
        room_placements=values_of(documents.all("room_placement"), RoomPlacement, "room_placement"),
        rooming_lists=values_of(documents.all("rooming_list"), RoomingList, "rooming_list"),
        travel_choices=values_of(documents.all("travel_choice"), TravelChoice, "travel_choice"),
        presence=values_of(documents.all("presence"), Presence, "presence"),
        meals_served=values_of(documents.all("meal_served"), MealServed, "meal_served"),
        workshop_seats=values_of(documents.all("workshop_seat"), WorkshopSeat, "workshop_seat"),
        workshop_runs=values_of(documents.all("workshop_run"), WorkshopRun, "workshop_run"),
        materials=values_of(documents.all("material"), Material, "material"),
        loans=values_of(documents.all("loan"), Loan, "loan"),
    )
