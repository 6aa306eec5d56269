"""Loading what is on record for an event besides people and overrides."""

from eventops.application.facts import values_of
from eventops.domain.deciding.seat_records import Delegate, Draw, Invitation, SeatAnswer
from eventops.domain.hosting.attendance import Attendance
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
    )
