"""A campaign: several meetings under one programme. What is not known yet stays blank, and is told as unknown."""

from datetime import date, time

from msgspec import Struct

from eventops.domain.event import RegistrationWindow
from eventops.domain.findings import Finding, Severity
from eventops.domain.texts import Text

# What is agreed for every meeting of a campaign before its registration opens, and how it is called.
FACTS = {
    "starts_on": Text("the day"),
    "starts_at": Text("the hour"),
    "town": Text("the town"),
    "venue": Text("the venue"),
    "regions": Text("the regions"),
    "organisers": Text("the associations"),
    "themes": Text("the themes"),
    "registration": Text("the days of registration"),
}


class Meeting(Struct, frozen=True, kw_only=True):
    """One meeting of a campaign as far as it is known, in the words of whoever wrote it. `folder` is its workspace,
    beside the campaign's file; blank and None are unknown, never nothing. `participants` is what was announced."""

    id: str
    folder: str = ""
    title: Text | None = None
    town: str = ""
    venue: str = ""
    regions: tuple[str, ...] = ()
    starts_on: date | None = None
    ends_on: date | None = None
    starts_at: time | None = None
    organisers: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    registration: RegistrationWindow | None = None
    participants: str = ""
    note: str = ""
    source: str = ""


class Campaign(Struct, frozen=True, kw_only=True):
    """A programme and its meetings, in the order of their days. `template` is the event file they share."""

    id: str
    title: Text
    template: str = ""
    meetings: tuple[Meeting, ...] = ()


def unknown_facts(meeting: Meeting) -> tuple[str, ...]:
    """The keys of FACTS that nobody has told of this meeting."""
    return tuple(name for name in FACTS if getattr(meeting, name) in (None, "", ()))


def campaign_problems(campaign: Campaign) -> tuple[Finding, ...]:
    """What cannot be right: ids or folders used twice, days that end before they begin."""
    findings: list[Finding] = []

    def wrong(code: str, message: Text, **values: object) -> None:
        findings.append(Finding(severity=Severity.ERROR, code=code, message=message, values=values))

    seen: set[str] = set()
    folders: dict[str, str] = {}
    for one in campaign.meetings:
        if one.id in seen:
            wrong("meeting-twice", Text("Two meetings have the id {meeting}; give one another id"), meeting=one.id)
        seen.add(one.id)
        if one.folder and one.folder in folders:
            wrong(
                "meeting-folder",
                Text("The meetings {first} and {meeting} share the folder {folder}; give each its own"),
                first=folders[one.folder],
                meeting=one.id,
                folder=one.folder,
            )
        folders.setdefault(one.folder, one.id)
        if one.starts_on and one.ends_on and one.ends_on < one.starts_on:
            wrong(
                "meeting-days",
                Text("The meeting {meeting} ends on {ends_on}, before it begins on {starts_on}"),
                meeting=one.id,
                ends_on=one.ends_on,
                starts_on=one.starts_on,
            )
        window = one.registration
        if window is not None and window.closes_on < window.opens_on:
            wrong(
                "meeting-registration",
                Text("Registration for the meeting {meeting} closes on {closes_on}, before it opens on {opens_on}"),
                meeting=one.id,
                closes_on=window.closes_on,
                opens_on=window.opens_on,
            )
    return tuple(findings)


def in_order(meetings: tuple[Meeting, ...]) -> tuple[Meeting, ...]:
    """The meetings by their day; those without a day last, in the order given."""
    return tuple(sorted(meetings, key=lambda one: one.starts_on or date.max))
