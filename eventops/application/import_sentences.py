"""What an import says of rows and people."""

from eventops.domain.texts import Text

ORDERS = (
    "{file}, sheet {sheet}: none of its {count} rows has a name in column {column} ({heading}); a list of orders does "
    "not say who comes: export the people instead (in pretix: Order data, sheet Order positions, or the check-in list)"
)

NO_ID = Text(
    "row {row}: the ID is empty; a working list needs the ID of each person; "
    "to add people, import them without --update"
)
UNKNOWN_ID = Text(
    "row {row}, column {column} ({heading}): {cell} is “{value}”, which is the ID of nobody; restore the ID"
)
REPEATED = Text("row {row} repeats row {other}: {name} is counted once")
TWICE = Text(
    "rows {other} and {row} are both {name} ({by}) but differ in {fields}; row {row} was not merged; "
    "keep the right row, or give each person their own e-mail address"
)
UNCLEAR_SAME = Text(
    "row {row}: {name} has the e-mail address of {other} ({id}); they may be one person written in two ways; "
    "the row was not merged; use the known name, or give each person their own e-mail address"
)
TWO_KNOWN = Text(
    "row {row}: {name} is {id} by e-mail but {other} by phone, both with that name; the row was not merged; "
    "are they one person?"
)
DOUBTFUL = Text(
    "row {row}: {name} has the contact and the name of row {other}, which is in question; "
    "the row was not enrolled; keep the right one of the two"
)
SHARED_EMAIL = Text(
    "row {row}: {name} has the e-mail address of {other} ({id}); both are enrolled; are they one person? "
    "If so: eventops participant merge {id} {new}"
)
NAMESAKE = Text(
    "row {row}: {name} may be {other} ({id}), who has the same name; both are enrolled; "
    "if they are one person: eventops participant merge {id} {new}"
)
SAME_PHONE = Text(
    "row {row}: {name} has the phone number of {other} ({id}); both are enrolled; "
    "if they are one person: eventops participant merge {id} {new}"
)
MINOR = Text("row {row}: {name} is {age} years old on the first day; a guardian’s consent may be needed")
KEPT = Text(
    "row {row}: {field} of {name} is “{after}” in the file but a coordinator wrote “{before}”; "
    "the coordinator’s word was kept"
)
WITHDRAWN = Text("row {row}: {name} ({id}) has withdrawn; the row updates the facts, the person stays withdrawn")
SKIPPED_HEADER = Text("row {row} repeats the header and was skipped")
SKIPPED_TOTAL = Text("row {row} adds up the table (“{value}”) and was skipped")
SKIPPED_HXL = Text("row {row} holds HXL tags and was skipped")
SKIPPED_NOTE = Text("row {row} stands apart below the table (“{value}”) and was not read as a person")
DECISION_ALONE = Text(
    "row {row}: {benefit} is decided by hand without a reason; it was left out; write the reason beside it"
)
REASON_ALONE = Text("row {row}: a reason for {benefit} is given but no decision; it was left out")
CANCELLED_ROW = Text(
    "row {row}, column {column} ({heading}): the registration of {name} is “{value}”; nobody was enrolled for it"
)
