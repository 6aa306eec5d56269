"""Programme files: XML of frab, pentabarf and EuroPython, JSON schedules, and iCalendar, out of untrusted bytes."""

from typing import Any
from xml.etree.ElementTree import Element

from eventops.adapters.zones import load_zone, zone_named
from eventops.domain.scheduling.frab import programme_of_xml
from eventops.domain.scheduling.ical import is_calendar, programme_of_ical
from eventops.domain.scheduling.programme import Programme
from eventops.domain.scheduling.schedule_json import is_schedule, programme_of_json
from eventops.domain.scheduling.xcal import programme_of_xcal
from eventops.errors import NotUsable

LARGEST_BYTES = 64 * 1024 * 1024


def read_programme(data: bytes, name: str, timezone: str) -> Programme:
    """The programme in a file. Hours that name no zone are those of `timezone`.

    Errors: NotUsable naming the file, what it was taken for and what is wrong.
    """
    usual = load_zone(timezone)
    if len(data) > LARGEST_BYTES:
        raise NotUsable("{file} is larger than a programme can be ({size} bytes)", file=name, size=len(data))
    start = data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if start == b"<" or data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        root = _schedule(data, name)
        reading = programme_of_xml if root.tag == "schedule" else programme_of_xcal
        programme = reading(root, zone_named, usual)
    elif start in (b"{", b"["):
        programme = programme_of_json(_document(data, name), zone_named, usual)
    else:
        programme = programme_of_ical(_calendar(data, name), zone_named, usual)
    if not programme.entries and not programme.findings:
        raise NotUsable("{file} holds no session; a programme with at least one is expected", file=name)
    return programme


def _schedule(data: bytes, name: str) -> Element:
    """The root of a schedule. Document types, entities and what they could fetch or unfold are refused."""
    from xml.etree.ElementTree import ParseError

    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root: Element = fromstring(data, forbid_dtd=True)
    except DefusedXmlException as error:
        raise NotUsable(
            "{file} declares a document type or entities, which a programme does not need and eventops does not read; "
            "take them out",
            file=name,
        ) from error
    except (ParseError, ValueError, LookupError) as error:
        raise NotUsable("{file} is not well-formed XML ({error})", file=name, error=str(error)) from error
    if root.tag not in ("schedule", "iCalendar"):
        raise NotUsable(
            "{file} is XML of the kind <{seen}>; a <schedule> as frab, pretalx or pentabarf write it is expected",
            file=name,
            seen=root.tag[:60],
        )
    return root


def _document(data: bytes, name: str) -> dict[str, Any]:
    import msgspec

    try:
        document = msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, RecursionError, ValueError) as error:
        raise NotUsable("{file} is not JSON ({error})", file=name, error=str(error)) from error
    if not isinstance(document, dict) or not is_schedule(document):
        raise NotUsable("{file} is JSON without a schedule; one of frab or pretalx is expected", file=name)
    return document


def _calendar(data: bytes, name: str) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    if not is_calendar(text):
        raise NotUsable(
            "{file} is no programme eventops reads; XML or JSON of frab or pretalx, or iCalendar, is expected",
            file=name,
        )
    return text
