"""Taking programmes in: from a file's bytes to the event with its sessions."""

from collections.abc import Callable
from datetime import datetime

from eventops.domain.event import Event
from eventops.domain.findings import Severity
from eventops.domain.scheduling.conflicts import Conflict
from eventops.domain.scheduling.importing import Imported, with_programme
from eventops.domain.scheduling.programme import Programme
from eventops.domain.texts import Message
from eventops.errors import NotUsable


def taken_in(
    event: Event,
    programme: Programme,
    local: Callable[[datetime], datetime],
    *,
    room_capacity: int | None = None,
    replace: bool = False,
) -> Imported:
    """The event with the programme. Errors: NotUsable when nothing of it can be a session, or the event has errors then
    that it did not have before."""
    from eventops.domain.event_checks import problems

    imported = with_programme(event, programme, local, room_capacity=room_capacity, replace=replace)
    if not imported.event.agenda:
        raise NotUsable("No session of the file can be taken in, and an event needs at least one; nothing was changed")
    known = set(map(repr, problems(event)))
    errors = [
        one for one in problems(imported.event) if one.severity is Severity.ERROR and repr(one) not in known
    ]  # fmt: skip
    if errors:
        raise NotUsable(
            "The programme does not fit the event, nothing was changed: {problem}",
            problem=Message(errors[0].message, errors[0].values),
        )
    return imported


def conflict_view(conflict: Conflict) -> dict[str, object]:
    """A conflict for `--json`, every key present."""
    return {
        "kind": conflict.kind,
        "subject": conflict.subject,
        "first": conflict.first,
        "second": conflict.second,
        "starts_at": conflict.starts_at,
        "ends_at": conflict.ends_at,
        "wanted": conflict.wanted,
        "there": conflict.there,
    }
