from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

# Every option of `participant set`: what is typed, and what is then known.
CORRECTIONS = [
    ("--name", "فاطمة الدكالي", "name", "فاطمة الدكالي"),
    ("--name-latin", "Fatima Doukkali", "name_latin", "Fatima Doukkali"),
    ("--email", "f@example.org", "email", "f@example.org"),
    ("--phone", "06 12 34 56 78", "phone", "+212612345678"),
    ("--gender", "homme", "gender", "male"),
    ("--birth-date", "1970-01-02", "birth_date", "1970-01-02"),
    ("--birth-year", "1971", "birth_year", 1971),
    ("--category", "مواطنة", "category", "citizen"),
    ("--organisation", "Commune de Salé", "organisation", "Commune de Salé"),
    ("--role", "speaker", "role", "speaker"),
    ("--language", "français", "language", "fr"),
    ("--town", "Rabat", "town", "Rabat"),
    ("--province", "Rabat", "province", "Rabat"),
    ("--region", "Rabat-Salé-Kénitra", "region", "Rabat-Salé-Kénitra"),
    ("--country", "France", "country", "France"),
    ("--association", "4Chabab", "association", "association-for-youth"),
    ("--inclusion", "handicap", "inclusion", ["disability"]),
    ("--diet", "végétarien", "diet", "vegetarian"),
    ("--needs", "fauteuil roulant", "needs", "fauteuil roulant"),
    ("--workshops", "atelier 1", "workshops", ["public-services"]),
    ("--registered-on", "2023-09-30", "registered_on", "2023-09-30"),
    ("--attended", "oui", "attended", True),
    ("--notes", "arrive tard", "notes", "arrive tard"),
]


def shown(eventops: Run, person: str = "P0001") -> dict[str, Any]:
    ran = eventops("--json", "participant", "show", person)
    assert (ran.code, ran.err) == (0, "")
    known: dict[str, Any] = ran.json
    return known


@pytest.mark.parametrize(("option", "typed", "field", "known"), CORRECTIONS, ids=[one[0] for one in CORRECTIONS])
def test_every_field_is_corrected_by_its_option(
    eventops: Run, option: str, typed: str, field: str, known: object
) -> None:
    assert eventops("participant", "set", "P0001", option, typed).code == 0
    person = shown(eventops)
    assert (person[field], field in person["edited"]) == (known, True)


def test_the_age_counts_only_where_no_birth_is_known(eventops: Run) -> None:
    refused = eventops("participant", "set", "P0001", "--age", "44")
    assert (refused.code, refused.out) == (3, "")
    assert "follows from the birth in 1968" in refused.err
    assert eventops("participant", "set", "P0001", "--age", "44", "--birth-year", "").code == 0
    assert (shown(eventops).get("birth_year"), shown(eventops)["age"]) == (None, 44)


def test_consents_are_given_and_taken_back(eventops: Run) -> None:
    no = ("--consent-attend", "no", "--consent-photo", "non", "--consent-share", "OECD")
    assert eventops("participant", "set", "P0001", *no).code == 0
    assert shown(eventops)["consents"] == {"attend": False, "photo": False, "share": ["oecd"]}
    assert eventops("participant", "set", "P0001", "--consent-attend", "نعم", "--consent-share", "").code == 0
    assert shown(eventops)["consents"] == {"attend": True, "photo": False, "share": []}


def test_a_correction_is_shown_as_a_difference(eventops: Run) -> None:
    ran = eventops("--json", "participant", "set", "P0003", "--town", "Settat", "--diet", "vegan")
    assert ran.json["id"] == "P0003"
    assert {(one["field"], one["after"]) for one in ran.json["differences"]} >= {("town", "Settat"), ("diet", "vegan")}
    said = eventops("participant", "set", "P0003", "--attended", "yes")
    assert said.out == "P0003 EL GHARBAOUI Yassine: Attended: - → yes\n"
    assert eventops("participant", "set", "P0003", "--attended", "yes").out == "Nothing differs.\n"


def test_a_dry_run_of_a_correction_changes_nothing(eventops: Run) -> None:
    before = shown(eventops)
    ran = eventops("participant", "set", "P0001", "--notes", "x", "--dry-run")
    assert ran.lines[-1] == "This is what would change; nothing was changed."
    assert shown(eventops) == before
    assert [one["command"] for one in eventops("--json", "history").json][-1:] == ["export"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--email", "bad"), "error: --email is “bad”, which is not an e-mail address"),
        (("--gender", "xx"), "error: --gender is “xx”, which is not a gender"),
        (("--category", "zzz"), "error: --category is “zzz”, which is no category of this event"),
        (("--birth-date", "31/02/1980"), "error: --birth-date is “31/02/1980”"),
        (("--name", ""), "error: --name is empty"),
        ((), "error: Say what to change, for example --organisation TEXT"),
    ],
)
def test_a_correction_that_cannot_be_read_changes_nothing(eventops: Run, words: tuple[str, ...], said: str) -> None:
    before = shown(eventops)
    ran = eventops("participant", "set", "P0001", *words)
    assert (ran.code, ran.out) == (3, "")
    assert said in ran.err
    assert shown(eventops) == before


def test_an_unknown_option_is_a_wrong_command_line(eventops: Run) -> None:
    assert eventops("participant", "set", "P0001", "--shoe-size", "42").code == 2


def test_a_new_town_drops_the_old_province_that_contradicts_it(eventops: Run) -> None:
    ran = eventops("--json", "participant", "set", "P0001", "--town", "Rabat")
    assert {one["field"] for one in ran.json["differences"]} == {"town", "province", "region"}
    placement = eventops("--json", "why", "P0001").json["placement"]
    assert (placement["status"], placement["place"]["region"]) == ("matched", "MA-04")


def test_a_new_town_that_is_doubtful_is_said_at_once(eventops: Run) -> None:
    ran = eventops("participant", "set", "P0001", "--town", "Xyzzy", "--province", "", "--region", "")
    assert (ran.code, ran.err) == (
        0,
        "warning: P0001: the town “Xyzzy” is not known; correct it, or pin it to a place\n",
    )


def test_a_person_is_enrolled_by_hand(eventops: Run) -> None:
    ran = eventops("--json", "participant", "add", "--name", "Karim Essai", "--town", "Rabat", "--diet", "vegan")
    assert (ran.code, ran.err, ran.json) == (0, "", {"added": ["P0061"], "dry_run": False})
    assert shown(eventops, "Karim Essai")["diet"] == "vegan"
    assert eventops("--json", "why", "P0061").json["placement"]["place"]["region"] == "MA-04"


def test_nobody_is_enrolled_twice_nor_without_a_name(eventops: Run) -> None:
    person = ("participant", "add", "--name", "Karim Essai", "--email", "k@example.org")
    assert eventops(*person).code == 0
    again = eventops(*person)
    assert (again.code, again.err) == (3, "error: This person is already enrolled; see eventops participant list\n")
    assert eventops("participant", "add", "--town", "Rabat").code == 3
    assert len(eventops("--json", "participant", "list").json) == 61


def test_what_is_odd_about_a_new_person_is_said(eventops: Run) -> None:
    words = ("--name", "Salma Autre", "--email", "s.benaissa@example.net", "--birth-year", "2010", "--town", "Xyzzy")
    ran = eventops("participant", "add", *words)
    assert ran.code == 0
    assert "P0061 has the e-mail address of P0002 (Salma Benaïssa)" in ran.err
    assert "Salma Autre is 13 years old on the first day" in ran.err
    assert "the town “Xyzzy” is not known" in ran.err


def test_a_dry_run_enrols_nobody(eventops: Run) -> None:
    assert eventops("participant", "add", "--name", "Karim Essai", "--town", "Rabat", "--dry-run").code == 0
    assert len(eventops("--json", "participant", "list").json) == 60


def test_who_withdraws_leaves_the_plan_and_may_come_back(eventops: Run) -> None:
    ran = eventops("--json", "participant", "withdraw", "P0003")
    assert ran.json == {"id": "P0003", "status": "withdrawn"}
    assert eventops("--json", "plan").json["participants"] == 59
    assert [one["id"] for one in eventops("--json", "participant", "list", "--withdrawn").json] == ["P0003"]
    why = eventops("why", "P0003")
    assert (why.code, why.out) == (3, "")
    assert "P0003 (EL GHARBAOUI Yassine) has withdrawn" in why.err
    assert eventops("--json", "participant", "restore", "P0003").json == {"id": "P0003", "status": "registered"}
    assert eventops("--json", "plan").json["participants"] == 60


def test_a_person_is_shown_in_words(eventops: Run) -> None:
    ran = eventops("participant", "show", "P0003")
    assert ran.code == 0
    assert {"ID: P0003", "Full name: EL GHARBAOUI Yassine", "Town: Kénitra"} <= set(ran.lines)


QUESTION = """
from eventops import Audience, Field, Text, hookimpl


@hookimpl
def eventops_fields():
    title = Text("Children brought along", fr="Enfants", ar="الأطفال")
    return [Field(name="children", type="integer", title=title, audiences=(Audience.HOTEL,))]
"""


def test_the_answer_to_a_question_of_a_plugin_is_corrected_by_its_type_and_kept_out_of_the_history(
    eventops: Run, tmp_path: Path
) -> None:
    file = tmp_path / "asked.py"
    file.write_text(QUESTION, encoding="utf-8")
    good, odd, unknown = (
        eventops("--json", "--plugin", file, "participant", "set", "P0003", "--field", said)
        for said in ("children=2", "asked.children=many", "kids=2")
    )
    assert (good.code, odd.code, unknown.code) == (0, 3, 3)
    assert [(one["field"], one["after"]) for one in good.json["differences"]] == [("asked.children", 2)]
    assert "children=" not in str(eventops("--json", "history").json)
