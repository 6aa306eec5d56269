"""Loading what is on record for an event besides people and overrides."""

from eventops.application.facts import values_of
from eventops.domain.deciding.seat_records import Delegate, Draw, Invitation, SeatAnswer
from eventops.domain.hosting.attendance import Attendance
from eventops.domain.hosting.pickups_values import TravelChoice
from eventops.domain.hosting.rooms import LodgingWish, RoomingList, RoomPlacement
from eventops.domain.keeping.approvals import Approval
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
        lodging_wishes=values_of(documents.all("lodging_wish"), LodgingWish, "lodging_wish"),
        room_placements=values_of(documents.all("room_placement"), RoomPlacement, "room_placement"),
        rooming_lists=values_of(documents.all("rooming_list"), RoomingList, "rooming_list"),
        travel_choices=values_of(documents.all("travel_choice"), TravelChoice, "travel_choice"),
    )
