"""Preparing a meeting: the event of a programme's template, moved to the meeting's day and place.

What belongs to the programme is carried: agenda, workshops, meals, criteria, sponsors, settings. What belongs to one
place or one meeting is not: venue, rooms, hotel, budget, seats, registration. Nothing unknown is made up.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar

from msgspec import structs

from eventops.domain.campaigns.campaign import Campaign, Meeting
from eventops.domain.event import Event, Meal, Session, Venue, opening
from eventops.domain.texts import Text

InZone = Callable[[datetime], datetime]
Moved = TypeVar("Moved", Session, Meal)


def prepared_event(
    template: Event, campaign: Campaign, meeting: Meeting, venue: Venue, regions: tuple[str, ...], in_zone: InZone
) -> Event:
    """The event of a meeting. `regions` are codes; the wall hours of the template are kept, or moved together to the
    hour at which the meeting begins. `in_zone` gives a wall hour the moment it names in the event's zone.

    Errors: ValueError without a day, or when the template has no agenda.
    """
    if meeting.starts_on is None or not template.agenda:
        raise ValueError("a meeting without a day, or a template without an agenda")
    begins = opening(template)
    hour = meeting.starts_at or begins.time()
    wall = datetime.combine(meeting.starts_on, hour)
    shift = wall - begins.replace(tzinfo=None)
    plugins = tuple(one for one in template.plugins if not one.regions or set(one.regions) & set(regions))
    dropped = {one.name for one in template.plugins} - {one.name for one in plugins}
    return structs.replace(
        template,
        id=meeting.id,
        title=meeting.title or _titled(campaign.title, meeting.town),
        campaign=campaign.id,
        regions=regions,
        seats=None,
        registration=meeting.registration,
        venue=venue,
        agenda=tuple(_moved(one, shift, in_zone) for one in template.agenda),
        workshops=tuple(structs.replace(one, room="") for one in template.workshops),
        meals=tuple(_moved(one, shift, in_zone) for one in template.meals),
        hotel=None,
        budget=(),
        associations=tuple(one for one in template.associations if not one.regions or set(one.regions) & set(regions)),
        plugins=plugins,
        tariffs={key: one for key, one in template.tariffs.items() if _owner(one) not in dropped},
        selections={key: one for key, one in template.selections.items() if _owner(one) not in dropped},
        settings={key: one for key, one in template.settings.items() if _owner(key) not in dropped},
        assumptions=(),
    )


def _titled(programme: Text, town: str) -> Text:
    """What a meeting is called that has no title of its own: the programme and the town."""
    return Text(*(f"{one} – {town}" if one else "" for one in (programme.en, programme.fr, programme.ar)))


def _owner(qualified_name: str) -> str:
    """The plugin of a qualified name; '' for the core's."""
    return qualified_name.rpartition(".")[0].partition(".")[0]


def _moved(one: Moved, shift: timedelta, in_zone: InZone) -> Moved:
    """A session or a meal at the same wall hour of another day, in no room."""
    starts_at, ends_at = (in_zone(hour.replace(tzinfo=None) + shift) for hour in (one.starts_at, one.ends_at))
    return structs.replace(one, room="", starts_at=starts_at, ends_at=ends_at)
