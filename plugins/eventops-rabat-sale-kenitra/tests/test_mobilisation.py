"""The mobilisation list, and that it holds the contract of exports."""

import eventops_rabat_sale_kenitra as plugin
from eventops_rabat_sale_kenitra.mobilisation import CONTACTS_ARE_PRIVATE, LIST, NOBODY, compose

from eventops import INCLUSION_LABELS, Consents, Gender, Message, Options, Place, Plan, Point, Report, Table, Text
from eventops.testing.builders import a_candidate, a_participant, a_plan
from eventops.testing.contracts import ExportContract


class TestContract(ExportContract):
    plugin = plugin


def commune(name: str, province: str, *, urban: bool = True) -> Place:
    return Place(
        code=f"MA:{name}",
        name=Text(name),
        kind="commune",
        country="MA",
        point=Point(34, -6),
        region="MA-04",
        province=province,
        province_name=Text(province),
        urban=urban,
    )


def small_plan() -> Plan:
    """Three people of the association of the region, from two provinces and none; one of the other association."""
    salma = a_participant(
        "p1",
        "سلمى",
        gender=Gender.FEMALE,
        age=30,
        association="apj",
        phone="+212600000001",
        inclusion=("rural", "youth"),
        consents=Consents(attend=True, share=("oecd",)),
    )
    return a_plan(
        [
            a_candidate(salma, place=commune("Sfafaa", "Sidi Slimane", urban=False), distance_km=110.0),
            a_candidate(a_participant("p2", "Karim", association="apj"), place=commune("Kénitra", "Kénitra")),
            a_candidate(a_participant("p3", "Hind", association="apj", town="Xyz"), place=None, distance_km=None),
            a_candidate(a_participant("p4", "Omar", association="adfm")),
        ]
    )


def table(report: Report, name: str) -> Table:
    return next(one for one in report.tables if one.name == name)


def test_people_come_by_province_and_the_unplaced_last() -> None:
    people = table(compose(small_plan(), Options()), "mobilised")
    assert [(str(row[0]), row[1]) for row in people.rows] == [
        ("Kénitra", "p2"),
        ("Sidi Slimane", "p1"),
        ("place not settled", "p3"),
    ]
    assert people.notes == (CONTACTS_ARE_PRIVATE,)


def test_a_row_carries_contacts_inclusion_and_every_consent() -> None:
    people = table(compose(small_plan(), Options()), "mobilised")
    row = dict(zip([column.name for column in people.columns], people.rows[1], strict=True))
    assert {name: row[name] for name in ("name", "phone", "inclusion", "consent_attend", "consent_photo")} | {
        "share": row["consent_share"]
    } == {
        "name": "سلمى",
        "phone": "+212600000001",
        "inclusion": Message(LIST, {"words": (INCLUSION_LABELS["rural"], INCLUSION_LABELS["youth"])}),
        "consent_attend": True,
        "consent_photo": False,
        "share": Text("OECD", fr="OCDE", ar="منظمة التعاون والتنمية الاقتصادية"),
    }


def test_provinces_and_words_of_inclusion_are_counted() -> None:
    report = compose(small_plan(), Options())
    assert [[str(row[0]), *row[1:]] for row in table(report, "by_province").rows] == [
        ["Kénitra", 1, 0, 0, 0],
        ["Sidi Slimane", 1, 1, 1, 1],
        ["place not settled", 1, 0, 0, 0],
    ]
    assert [[str(row[0]), *row[1:]] for row in table(report, "by_inclusion").rows] == [
        ["From a rural area", 1, 1],
        ["Young person", 1, 1],
        ["none stated", 2, 0],
    ]


def test_another_association_may_be_asked_for() -> None:
    people = table(compose(small_plan(), Options(for_id="adfm")), "mobilised")
    assert [row[1] for row in people.rows] == ["p4"]


def test_an_association_that_mobilised_nobody_is_told_so() -> None:
    (note,) = table(compose(small_plan(), Options(for_id="nobody")), "mobilised").notes
    assert isinstance(note, Message)
    assert (note.text, note.values["association"]) == (NOBODY, "nobody")
