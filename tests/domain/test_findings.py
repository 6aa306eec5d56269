"""Findings as they are read: one town, one line."""

from eventops.domain.findings import Finding, Severity, by_town
from eventops.domain.texts import Message, Text

TOWN = Text("{person}: the town “{town}” is not known")
CONSENT = Text("{person} did not agree to take part")


def finding(person: str, town: str = "", message: Text = TOWN) -> Finding:
    values: dict[str, object] = {"person": person, "town": town} if town else {"person": person}
    return Finding(severity=Severity.WARNING, code="any", message=message, values=values)


def test_an_open_town_is_said_once_of_all_who_wrote_it() -> None:
    found = [finding("P1", "Oulad"), finding("P2", "Douar"), finding("P3", "Oulad")]
    assert by_town(found) == [
        Finding(severity=Severity.WARNING, code="any", message=TOWN, values={"person": ("P1", "P3"), "town": "Oulad"}),
        finding("P2", "Douar"),
    ]


def test_of_many_people_three_are_named_and_the_others_counted() -> None:
    (one,) = by_town(finding(f"P{number}", "Oulad") for number in range(1, 274))
    more = Message(Text("{people} and {count} more"), {"people": ("P1", "P2", "P3"), "count": 270})
    assert one.values == {"person": more, "town": "Oulad"}


def test_findings_about_anything_else_stay_one_by_one() -> None:
    found = [finding("P1", message=CONSENT), finding("P2", message=CONSENT)]
    assert by_town(found) == found
