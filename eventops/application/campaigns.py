"""Preparing the meetings of a campaign: from what is known of one, and the programme's template, to an event."""

from collections.abc import Sequence

from eventops.domain.campaigns.campaign import FACTS, Campaign, Meeting
from eventops.domain.campaigns.preparing import InZone, prepared_event
from eventops.domain.event import Event, Venue
from eventops.domain.places import PlaceQuery, Point
from eventops.domain.texts import Text
from eventops.errors import NotUsable
from eventops.extension.spec import Gazetteer


def meeting_of(meetings: Sequence[Meeting], name: str) -> Meeting:
    """The meeting with that id. Errors: NotUsable naming those there are."""
    for one in meetings:
        if one.id == name:
            return one
    raise NotUsable(
        "The campaign has no meeting {meeting}; there are {names}",
        meeting=name,
        names=", ".join(one.id for one in meetings) or "-",
    )


def event_for(
    template: Event,
    campaign: Campaign,
    meeting: Meeting,
    gazetteers: Sequence[Gazetteer],
    point: Point | None,
    in_zone: InZone,
) -> Event:
    """The event of a meeting, its town and regions found in the gazetteers. `point` is where distances are measured to;
    the town's own when not given.

    Errors: NotUsable for a meeting without day or town, a town or region that is not
    settled, a template without agenda.
    """
    if meeting.starts_on is None or not meeting.town:
        lacking = FACTS["starts_on"] if meeting.starts_on is None else FACTS["town"]
        raise NotUsable(
            "Of the meeting {meeting}, {fact} is not known yet; write it into the campaign’s file and start it again",
            meeting=meeting.id,
            fact=lacking,
        )
    if not template.agenda:
        raise NotUsable("The template has no agenda; name an event file that has one with --template")
    regions = tuple(_region_code(name, meeting, gazetteers) for name in meeting.regions)
    venue = _venue(meeting, template.country, regions, gazetteers, point)
    return prepared_event(template, campaign, meeting, venue, regions, in_zone)


def _region_code(name: str, meeting: Meeting, gazetteers: Sequence[Gazetteer]) -> str:
    from eventops.domain.placing.matching import region_of_text

    code = region_of_text(name, gazetteers)
    if not code:
        raise NotUsable(
            "The region “{region}” of the meeting {meeting} is not known; write it as the place tables do "
            "(eventops place find), or leave it out",
            region=name,
            meeting=meeting.id,
        )
    return code


def _venue(
    meeting: Meeting, country: str, regions: Sequence[str], gazetteers: Sequence[Gazetteer], point: Point | None
) -> Venue:
    from eventops.domain.placing.matching import placements

    query = PlaceQuery(meeting.town, region=meeting.regions[0] if len(meeting.regions) == 1 else "")
    placement = placements([query], gazetteers, home_country=country, pins={})[query]
    place = placement.place
    if place is None and point is None:
        raise NotUsable(
            "Where “{town}” lies is not certain; give the venue’s position with --point LAT,LON", town=meeting.town
        )
    where = point or (place.point if place else Point(0.0, 0.0))
    name = (
        Text(meeting.venue)
        if meeting.venue
        else Text("venue to be announced", fr="lieu à préciser", ar="المكان يُحدد لاحقًا")
    )
    region = place.region if place is not None else (regions[0] if len(regions) == 1 else "")
    return Venue(name=name, town=meeting.town, region=region, point=where)
