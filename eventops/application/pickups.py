"""How people travel, as settled by hand: what `eventops travel mode` keeps."""

from eventops.application.facts import document_of, values_of
from eventops.domain.hosting.pickups_values import TravelChoice
from eventops.extension.ports import Change

KIND = "travel_choice"


def put_choice(change: Change, choice: TravelChoice) -> None:
    """Keeps how a person travels. Said for both ways it replaces what was said for one."""
    if not choice.direction:
        remove_choices(change, choice.participant_id)
    change.put(KIND, choice.key, document_of(choice))


def remove_choices(change: Change, participant_id: str) -> int:
    """Takes away what was settled by hand for a person; how many there were."""
    known = values_of(change.all(KIND), TravelChoice, KIND)
    keys = [one.key for one in known if one.participant_id == participant_id]
    for key in keys:
        change.remove(KIND, key)
    return len(keys)
