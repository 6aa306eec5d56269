"""What people answer on the form about rooms and about when they are there, as the plan takes it."""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

PLUGIN = """from eventops import Field, Text, hookimpl


@hookimpl
def eventops_fields():
    return [
        Field(name="mate", title=Text("Room-mate"), headings=("Avec qui partager la chambre",)),
        Field(name="alone", title=Text("Room alone"), type="yes_no", headings=("Chambre seule",)),
        Field(name="family", title=Text("Family"), headings=("Famille",)),
        Field(name="days", title=Text("Days"), headings=("Jours de présence",)),
    ]
"""
HEADINGS = ("Nom", "Genre", "Ville", "E-mail", "Avec qui partager la chambre", "Chambre seule", "Famille",
            "Jours de présence")  # fmt: skip
ROWS = (
    ("Salma Alaoui", "F", "Oujda", "salma@example.org", "Nadia Berrada", "non", "", "14/10/2023 matin"),
    ("Nadia Berrada", "F", "Oujda", "nadia@example.org", "", "non", "", ""),
    ("Karim Daoudi", "M", "Oujda", "karim@example.org", "", "oui", "", "2023-10-14 pm"),
    ("Hind Filali", "F", "Oujda", "hind@example.org", "", "", "filali", ""),
    ("Omar Filali", "M", "Oujda", "omar@example.org", "", "", "Filali", "quand je pourrai"),
)
HOTEL = """[[hotels]]
id = "anfa"
name.en = "Anfa"

[[hotels.room_types]]
id = "twin"
title.en = "twin room"
beds = 2
price = "800.00 MAD"
count = 40
"""
FIELDS = "".join(
    f'{setting}_field = "form.{field}"\n'
    for setting, field in (("room_mates", "mate"), ("room_single", "alone"), ("family", "family"), ("presence", "days"))
)


@pytest.fixture
def asked(eventops: Run, workspace: Path) -> tuple[Run, dict[str, str]]:
    """The demo with a plugin that asks, a hotel with twin rooms, and five people who answered; their ids by name."""
    (workspace / "form.py").write_text(PLUGIN, encoding="utf-8")
    file = workspace / "event.toml"
    text = file.read_text(encoding="utf-8")
    start = text.index("[hotel]")
    text = text[:start] + HOTEL + text[text.index("\n\n", start) :]
    file.write_text(text.replace("[settings]\n", f"[settings]\n{FIELDS}", 1), encoding="utf-8")
    with (workspace / "form.csv").open("w", encoding="utf-8", newline="") as sheet:
        csv.writer(sheet).writerows([HEADINGS, *ROWS])
    plugin = ("--plugin", workspace / "form.py")
    for words in (("event", "apply", file), ("participant", "import", workspace / "form.csv")):
        ran = eventops(*plugin, *words)
        assert ran.code in (0, 4), ran.err

    def run(*words: Any) -> Any:
        return eventops(*plugin, *words)

    names = {one["name"]: one["id"] for one in run("--json", "participant", "list").json}
    for row in ROWS:
        words = ("override", "add", names[row[0]], "lodging", "granted", "--reason", "far away", "--payer", "oecd")
        ran = run(*words)
        assert ran.code == 0, ran.err
    return run, {row[0]: names[row[0]] for row in ROWS}


def test_rooms_and_meals_follow_what_the_form_says(asked: tuple[Run, dict[str, str]]) -> None:
    run, ids = asked
    rows = run("--json", "lodging", "list").json
    rooms = {name: {bed["room"] for one in rows if one["id"] == id for bed in one["beds"]} for name, id in ids.items()}
    assert all(rooms.values())
    assert rooms["Salma Alaoui"] == rooms["Nadia Berrada"]
    assert rooms["Hind Filali"] == rooms["Omar Filali"]
    alone = {id for one in rows for bed in one["beds"] if bed["room"] in rooms["Karim Daoudi"] for id in [one["id"]]}
    assert alone == {ids["Karim Daoudi"]}


def test_presence_follows_the_form_and_what_is_not_understood_is_told(asked: tuple[Run, dict[str, str]]) -> None:
    run, ids = asked
    lunch = next(one for one in run("--json", "meal", "list").json if one["service"] == "lunch")["count"]
    told = [one for one in run("--json", "doctor").json["findings"] if one["code"] == "presence-unread"]
    assert [ids["Omar Filali"] in one["message"] for one in told] == [True]
    # A record by hand goes before the form: there all day, one more at lunch.
    assert run("meal", "present", ids["Salma Alaoui"], "2023-10-14").code == 0
    after = next(one for one in run("--json", "meal", "list").json if one["service"] == "lunch")["count"]
    assert after == lunch + 1
