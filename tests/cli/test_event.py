from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


@pytest.fixture
def event_file(eventops: Run, tmp_path: Path) -> Path:
    file = tmp_path / "event.toml"
    assert eventops("event", "dump", "-o", file).code == 0
    return file


def rewrite(file: Path, before: str, after: str) -> Path:
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after, 1), encoding="utf-8")
    return file


def test_an_event_dumped_and_applied_is_the_same_event(eventops: Run, event_file: Path) -> None:
    before = [eventops(*words).out for words in (("event", "dump"), ("--json", "plan"))]
    assert event_file.read_text(encoding="utf-8") == before[0]
    assert eventops("event", "apply", event_file).out == "The event casablanca-2023 is applied.\n"
    assert [eventops(*words).out for words in (("event", "dump"), ("--json", "plan"))] == before


def test_the_file_of_the_sample_and_its_dump_are_one_event(eventops: Run, workspace: Path) -> None:
    before = eventops("event", "dump").out
    assert eventops("event", "apply", workspace / "event.toml").code == 0
    assert eventops("event", "dump").out == before


def test_an_event_is_checked_without_being_applied(eventops: Run, event_file: Path) -> None:
    rewrite(event_file, "seats = 70", "seats = 30")
    ran = eventops("--json", "event", "apply", event_file, "--dry-run")
    assert (ran.code, ran.json) == (0, {"event": "casablanca-2023", "dry_run": True})
    assert eventops("--json", "plan").json["seats"]["capacity"] == 70


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("seats = 70", 'seats = "many"', "line 14"),
        ("seats = 70", "seats = ", "line 14"),
        ("seats = 70", "sits = 70", "line 14"),
        ("seats = 70", "seats = 0", "seats is 0, but should be 1 or more"),
        ('room = "foyer"', 'room = "cellar"', "cellar, which the event does not have"),
        ('benefit = "travel"', 'benefit = "childcare"', "childcare"),
        ('travel = "morocco.train-and-taxi"', 'travel = "morocco.camel"', "There is no tariff morocco.camel"),
        ('"seat-for-travel"', '"seat-for-dogs"', "The plugin eventops has no rule seat-for-dogs"),
        ("arrive_minutes_before = 30", "arrive_on_foot = 30", "There is no setting arrive_on_foot"),
        ("arrive_minutes_before = 30", 'arrive_minutes_before = "early"', "a value like 30 is expected"),
    ],
)
def test_a_broken_event_file_is_refused_where_it_is_broken(
    eventops: Run, event_file: Path, before: str, after: str, said: str
) -> None:
    dump = eventops("--json", "event", "dump").out
    ran = eventops("event", "apply", rewrite(event_file, before, after))
    assert (ran.code, ran.out) == (3, "")
    assert said in ran.err
    assert eventops("--json", "event", "dump").out == dump


def test_an_event_file_that_is_none_is_refused(eventops: Run, tmp_path: Path) -> None:
    (tmp_path / "latin.toml").write_bytes("titre = 'Réunion'".encode("latin-1"))
    said = {
        tmp_path / "nowhere.toml": f"error: There is no file {tmp_path / 'nowhere.toml'}\n",
        tmp_path / "latin.toml": f"error: {tmp_path / 'latin.toml'} is not UTF-8 text; save it as UTF-8\n",
    }
    for file, sentence in said.items():
        ran = eventops("event", "apply", file)
        assert (ran.code, ran.out, ran.err) == (3, "", sentence)
    assert eventops("event", "apply", tmp_path).code == 3


def test_an_event_that_names_a_plugin_nobody_has_is_refused(eventops: Run, event_file: Path) -> None:
    rewrite(event_file, 'name = "oecd"', 'name = "world-bank"')
    ran = eventops("event", "apply", event_file)
    assert (ran.code, ran.out) == (5, "")
    assert "The event uses the plugin world-bank, which is not installed" in ran.err


def test_the_event_is_shown_and_listed(eventops: Run) -> None:
    shown = eventops("event", "show")
    assert (shown.code, shown.err) == (0, "")
    assert {"Agenda", "Plugins", "Settings", "Assumptions"} <= set(shown.lines)
    assert eventops("--json", "event", "show").json["id"] == "casablanca-2023"
    listed = eventops("--json", "event", "list").json
    assert [(one["id"], one["day"], one["town"]) for one in listed] == [("casablanca-2023", "2023-10-14", "Casablanca")]


def test_a_dump_to_a_file_says_so_in_json(eventops: Run, tmp_path: Path) -> None:
    assert eventops("--json", "event", "dump", "-o", tmp_path / "e.toml").json == {"file": str(tmp_path / "e.toml")}
    assert eventops("event", "dump", "-o", tmp_path / "nowhere" / "e.toml").code == 3


def ids(eventops: Run, noun: str) -> list[str]:
    return [one.get("id") or one["service"] for one in eventops("--json", noun, "list").json]


def test_rooms_are_added_and_removed(eventops: Run) -> None:
    before = ids(eventops, "venue")
    add = ("venue", "add", "garden", "--title", "Garden", "--title-ar", "الحديقة", "--capacity", "80")
    assert (eventops(*add, "--dry-run").code, ids(eventops, "venue")) == (0, before)
    assert (eventops(*add).code, ids(eventops, "venue")) == (0, [*before, "garden"])
    assert eventops(*add).code == 3
    assert (eventops("venue", "remove", "garden", "--dry-run").code, ids(eventops, "venue")[-1]) == (0, "garden")
    assert (eventops("venue", "remove", "garden").code, ids(eventops, "venue")) == (0, before)


def test_a_room_in_use_is_not_removed(eventops: Run) -> None:
    ran = eventops("venue", "remove", "plenary")
    assert (ran.code, ran.out) == (3, "")
    assert "room is plenary, which the event does not have" in ran.err
    assert "plenary" in ids(eventops, "venue")


def test_the_venue_is_changed_and_distances_with_it(eventops: Run) -> None:
    before = eventops("--json", "plan").out
    move = ("venue", "set", "--title", "Town hall", "--town", "Rabat", "--lat", "34.02", "--lon", "-6.83")
    assert (eventops(*move, "--dry-run").code, eventops("--json", "plan").out) == (0, before)
    assert eventops(*move).code == 0
    venue = eventops("--json", "venue", "show").json
    assert (venue["name"]["en"], venue["town"], venue["point"]) == ("Town hall", "Rabat", {"lat": 34.02, "lon": -6.83})
    distances = {one["id"]: one["distance_km"] for one in eventops("--json", "participant", "list").json}
    assert distances["P0001"] > 80
    assert eventops("venue", "set", "--lat", "99").code == 3


def test_sessions_are_added_changed_and_removed(eventops: Run) -> None:
    before = ids(eventops, "agenda")
    add = (
        "agenda",
        "add",
        "closing",
        "--starts",
        "2023-10-14 15:30",
        "--ends",
        "2023-10-14 16:00",
        "--room",
        "plenary",
    )
    assert (eventops(*add, "--dry-run").code, ids(eventops, "agenda")) == (0, before)
    assert (eventops(*add).code, ids(eventops, "agenda")) == (0, [*before, "closing"])
    assert eventops("agenda", "set", "closing", "--title-fr", "Clôture", "--ends", "2023-10-14T16:30").code == 0
    closing = eventops("--json", "agenda", "list").json[-1]
    assert (closing["title"]["fr"], closing["ends_at"]) == ("Clôture", "2023-10-14T16:30:00+01:00")
    assert (eventops("agenda", "remove", "closing").code, ids(eventops, "agenda")) == (0, before)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add", "late"), "A session needs --starts and --ends"),
        (("add", "late", "--starts", "soon", "--ends", "later"), "“soon” is not a day and an hour"),
        (("add", "late", "--starts", "2023-10-14", "--ends", "2023-10-15"), "“2023-10-14” is not a day and an hour"),
        (("add", "late", "--starts", "2023-10-14 15:00", "--ends", "2023-10-14 14:00"), "should come after the start"),
        (("add", "lunch", "--starts", "2023-10-14 15:00", "--ends", "2023-10-14 16:00"), "There already is a"),
        (("set", "nosuch", "--room", "foyer"), "There is no session nosuch; there are reception"),
        (("set", "lunch", "--room", "cellar"), "cellar, which the event does not have"),
        (("set", "lunch", "--kind", "party"), "party, but should be one of"),
        (("remove", "nosuch"), "There is no session nosuch"),
    ],
)
def test_a_session_that_makes_no_sense_is_refused(eventops: Run, words: tuple[str, ...], said: str) -> None:
    before = eventops("--json", "agenda", "list").out
    ran = eventops("agenda", *words)
    assert (ran.code, ran.out) == (3, "")
    assert said in ran.err
    assert eventops("--json", "agenda", "list").out == before


def test_meals_are_added_changed_and_removed(eventops: Run) -> None:
    before = ids(eventops, "meal")
    hours = ("--starts", "2023-10-14 10:30", "--ends", "2023-10-14 10:50")
    add = ("meal", "add", "coffee", "--title", "Coffee", *hours, "--price", "12.50")
    assert (eventops(*add, "--dry-run").code, ids(eventops, "meal")) == (0, before)
    assert eventops(*add).code == 0
    coffee = next(one for one in eventops("--json", "meal", "list").json if one["service"] == "coffee")
    assert (coffee["count"], coffee["cost"]) == (60, {"amount": 750.00, "currency": "MAD"})
    assert eventops("meal", "set", "coffee", "--price", "10 MAD", "--for", "overnight").code == 0
    coffee = next(one for one in eventops("--json", "meal", "list").json if one["service"] == "coffee")
    assert coffee["count"] == eventops("--json", "plan").json["benefits"]["lodging"]["granted"]
    assert (eventops("meal", "remove", "coffee").code, ids(eventops, "meal")) == (0, before)


@pytest.mark.parametrize("price", ["free", "NaN", "12.345", "12 EURO", "-5"])
def test_a_price_that_is_none_is_refused(eventops: Run, price: str) -> None:
    before = eventops("--json", "meal", "list").out
    assert eventops("meal", "set", "lunch", f"--price={price}").code == 3
    assert eventops("--json", "meal", "list").out == before


def test_a_change_that_changes_nothing_leaves_no_trace(eventops: Run) -> None:
    for words in (("venue", "set", "--town", "Casablanca"), ("meal", "set", "lunch", "--price", "180")):
        assert (eventops(*words).code, eventops(*words).out) == (0, "Nothing differs.\n")
    assert [one["command"] for one in eventops("--json", "history").json][-1:] == ["export"]
