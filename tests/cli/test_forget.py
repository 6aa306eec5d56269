import sqlite3
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

NAME, LATIN = "زبيدة القنارية", "Zubayda Qanariyya"
CANARIES = (NAME, LATIN, "zubayda.canary@example.org", "612345987", "kanarienvogel-notiz", "Qanari Konsulting")
SHEET = (
    "Nom complet,Nom en lettres latines,E-mail,Téléphone,Ville,Organisation,Remarques\n"
    f"{NAME},{LATIN},zubayda.canary@example.org,+212 612-345987,Safi,Qanari Konsulting,kanarienvogel-notiz\n"
    "Driss Alami,Driss Alami,not an address,+212611111111,Fès,,\n"
    f"{NAME},{LATIN},zubayda.canary@example.org or none,+212612345987,Safi,,\n"
)


def canaries_in(folder: Path) -> dict[str, list[str]]:
    """The files below a folder that hold a canary, in any usual encoding, packed or not, and which."""
    found: dict[str, list[str]] = {}
    for file in sorted(file for file in folder.rglob("*") if file.is_file()):
        parts = [file.read_bytes()]
        if parts[0].startswith(b"PK"):
            with zipfile.ZipFile(BytesIO(parts[0])) as packed:
                parts += [packed.read(name) for name in packed.namelist()]
        hits = [one for one in CANARIES if any(written in part for part in parts for written in ways(one))]
        if hits:
            found[str(file.relative_to(folder))] = hits
    return found


def ways(text: str) -> list[bytes]:
    """How a text may stand in a file."""
    escaped = "".join(f"\\u{ord(letter):04x}" if ord(letter) > 127 else letter for letter in text).encode()
    entities = "".join(f"&#{ord(letter)};" if ord(letter) > 127 else letter for letter in text).encode()
    encodings = [text.encode("utf-8"), text.encode("utf-16-le"), text.encode("utf-16-be"), text.encode("cp1256")]
    return [*encodings, escaped, entities]


@pytest.fixture
def enrolled(eventops, workspace: Path) -> str:
    """A workspace that knows the canary, in every place a workspace has; gives the id."""
    (workspace / "registrations.xlsx").unlink()
    sheet = workspace.parent / "late.csv"
    sheet.write_text(SHEET, encoding="utf-8")
    eventops("participant", "import", sheet)
    id = str(eventops("--json", "participant", "show", NAME).json["id"])
    eventops("override", "add", id, "lodging", "granted", "--reason", f"{NAME} comes with a small child")
    eventops("participant", "set", id, "--organisation", "Qanari Konsulting SARL")
    eventops("participant", "withdraw", LATIN)
    eventops("undo")
    eventops("redo")
    eventops("undo")
    return id


def test_whom_the_store_forgets_is_in_no_file_any_more(eventops, workspace: Path, enrolled: str) -> None:
    for words in (["working-list"], ["participants", "--format", "csv"], ["contacts", "--format", "json"]):
        assert eventops("export", *words).code == 0
    damage(workspace / "eventops.json")
    assert eventops("history", "restore").code == 0
    eventops("store", "copy", "tinydb", "sqlite:old/second.db")
    before = canaries_in(workspace)
    assert {"eventops.json", "eventops.json.damaged", "review/late-review.xlsx", "old/second.db"} <= before.keys()
    assert len([name for name in before if name.startswith("generations/")]) > 3
    assert len([name for name in before if name.startswith("exports/")]) == 3
    forgotten = eventops("--json", "participant", "forget", "zubayda.canary@example.org", "--yes")
    assert (forgotten.code, forgotten.json["participant"]) == (4, enrolled)
    assert (forgotten.json["own_files"], canaries_in(workspace)) == ([], {})


def test_a_sqlite_store_and_the_one_it_replaced_forget_too(eventops, workspace: Path, enrolled: str) -> None:
    eventops("store", "copy", "tinydb", "sqlite", "--use")
    eventops("participant", "set", enrolled, "--notes", "kanarienvogel-notiz again")
    eventops("participant", "withdraw", enrolled)
    eventops("undo")
    damage(workspace / "eventops.db", 0.5)
    assert eventops("history", "restore").code == 0
    eventops("participant", "withdraw", enrolled)
    before = canaries_in(workspace)
    assert {"eventops.db", "eventops.db.damaged", "eventops.json"} <= before.keys()
    assert {file.rpartition(".")[2] for file in before if file.startswith("generations/")} == {"db", "json", "log"}
    forgotten = eventops("--json", "participant", "forget", enrolled, "--yes")
    assert (forgotten.code, canaries_in(workspace)) == (0, {})
    last = [one["number"] for one in eventops("--json", "history").json if one["command"] == "participant withdraw"][-1]
    for number in ((str(last),), ()):
        assert eventops("undo", *number).code == 0
    assert canaries_in(workspace) == {}
    with sqlite3.connect(workspace / "eventops.db") as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()
    assert eventops("history", "verify").code == 0


def damage(file: Path, share_left: float = 1.0) -> None:
    """Cuts the file: its last byte, or more. A database makes its last pages good again from its log."""
    data = file.read_bytes()
    file.write_bytes(data[: int(len(data) * share_left) - 1])


def test_the_history_never_held_a_personal_value(eventops, enrolled: str) -> None:
    eventops("export", "working-list")
    eventops("participant", "forget", enrolled, "--yes")
    history = eventops("--json", "history").out + eventops("history").out
    assert [one for one in CANARIES if one in history] == []
    assert f'"{enrolled}"' in history


def test_a_file_of_the_user_is_named_and_left_alone(eventops, workspace: Path, enrolled: str) -> None:
    own = workspace / "notes" / "calls.txt"
    own.parent.mkdir()
    own.write_text(f"call {LATIN}", encoding="utf-16")
    forgotten = eventops("--json", "participant", "forget", enrolled, "--yes")
    assert (forgotten.code, forgotten.json["own_files"], own.exists()) == (4, [str(own)], True)


def test_no_undo_and_no_import_brings_a_forgotten_person_back(eventops, workspace: Path, enrolled: str) -> None:
    eventops("participant", "set", "P0002", "--notes", "vegetarian after all")
    eventops("participant", "forget", enrolled, "--yes")
    history = eventops("--json", "history").json
    last = max(one["number"] for one in history if one["command"] == "participant set")
    refused = eventops("undo")
    assert (refused.code, f"give `eventops undo {last}`" in refused.err) == (3, True)
    assert eventops("undo", str(last - 1)).code == 3
    assert eventops("--json", "history").json == history
    undone = [eventops("--json", "undo", *number).json["command"] for number in ((str(last),), (), ())]
    assert undone == ["participant set", "participant set", "override add"]
    assert eventops("participant", "show", enrolled).code == 3
    added = eventops("--json", "participant", "add", "--name", "Somebody Else", "--email", "else@example.org")
    assert added.json["added"] != [enrolled]


def test_a_dry_run_and_a_missing_yes_change_nothing(eventops, workspace: Path, enrolled: str) -> None:
    before = canaries_in(workspace)
    dry, asked = eventops("participant", "forget", enrolled, "--dry-run"), eventops("participant", "forget", enrolled)
    assert (dry.code, asked.code, canaries_in(workspace)) == (0, 2, before)
    assert f"  participant {enrolled}" in dry.lines
    assert f"  {workspace / 'review' / 'late-review.xlsx'} would be removed" in dry.lines


def test_files_that_left_are_named_with_their_hash(eventops, workspace: Path, enrolled: str) -> None:
    outside = workspace.parent / "for-the-door.csv"
    eventops("export", "attendance-sheet", "-o", outside)
    eventops("export", "public-statistics")
    forgotten = eventops("--json", "participant", "forget", enrolled, "--yes")
    assert forgotten.code == 4
    recalled = [(one["file"], one["audience"]) for one in forgotten.json["recall"]]
    assert ("for-the-door.csv", "door") in recalled
    assert all(audience != "public" for _, audience in recalled)
    assert all(len(one["sha256"]) == 64 for one in forgotten.json["recall"])


def test_what_others_wrote_about_a_person_is_pointed_out(eventops, enrolled: str) -> None:
    eventops("participant", "set", "P0003", "--notes", f"shares a car with {LATIN}")
    forgotten = eventops("--json", "participant", "forget", enrolled, "--yes")
    assert (forgotten.code, forgotten.json["mentions"]) == (
        4,
        [{"kind": "participant", "id": "P0003", "field": "notes"}],
    )


def test_the_plugins_of_the_event_forget_what_they_keep(eventops, workspace: Path, enrolled: str) -> None:
    calls = workspace / "calls.txt"
    calls.write_text("")
    plugin = workspace.parent / "eventops_calls.py"
    plugin.write_text(
        "from pathlib import Path\n"
        "from eventops import Erasure, Text, hookimpl\n"
        "def erase(person):\n"
        f"    Path({str(calls)!r}).write_text('forgot ' + person.id)\n"
        "    return 3\n"
        "@hookimpl\n"
        "def eventops_erasures():\n"
        "    return [Erasure(name='calls', title=Text('Calls'), erase=erase)]\n"
    )
    forgotten = eventops("--json", "--plugin", plugin, "participant", "forget", enrolled, "--yes")
    assert (forgotten.json["plugins"], calls.read_text()) == ({"calls.calls": 3}, f"forgot {enrolled}")
    assert [one for one in forgotten.json["files"] if "running-" in one] == []  # the mark of this very run


def test_a_plugin_that_cannot_forget_stops_the_command_before_the_store(
    eventops, workspace: Path, enrolled: str
) -> None:
    plugin = workspace.parent / "eventops_stuck.py"
    plugin.write_text(
        "from eventops import Erasure, Text, hookimpl\n"
        "@hookimpl\n"
        "def eventops_erasures():\n"
        "    return [Erasure(name='stuck', title=Text('Stuck'), erase=lambda person: 1 // 0)]\n"
    )
    stopped = eventops("--plugin", plugin, "participant", "forget", enrolled, "--yes")
    assert (stopped.code, "stuck" in stopped.err) == (5, True)
    assert eventops("participant", "show", enrolled).code == 0


def test_of_the_files_that_left_those_that_tell_of_the_person_are_recalled(eventops, workspace: Path) -> None:
    """The lodging list names who sleeps there; the statistics name nobody; the meal sheet counts everybody."""
    folder = workspace.parent
    for name in ("lodging-list", "attendance-sheet", "statistics", "meal-sheet"):
        assert eventops("export", name, "-o", folder / f"{name}.csv").code == 0
    sleeps = {one["id"] for one in eventops("--json", "lodging", "list").json if one["outcome"] == "granted"}
    at_home = min({one["id"] for one in eventops("--json", "participant", "list").json} - sleeps)
    sent = {one["file"]: one for one in eventops("--json", "export", "history").json}
    assert ("people" in sent["meal-sheet.csv"], sent["statistics.csv"]["people"]) == (False, [])
    for person, expected in (
        (min(sleeps), {"lodging-list.csv", "attendance-sheet.csv", "meal-sheet.csv"}),
        (at_home, {"attendance-sheet.csv", "meal-sheet.csv"}),
    ):
        recalled = eventops("--json", "participant", "forget", person, "--dry-run").json["recall"]
        assert {one["file"] for one in recalled if one["file"].endswith(".csv")} == expected
