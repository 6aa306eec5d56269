from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest

Run = Callable[..., Any]


@pytest.fixture
def approved(eventops: Run) -> Run:
    """The demo with its plan approved."""
    assert eventops("approve", "--by", "Amina").code == 0
    return eventops


def test_a_claim_goes_from_receipt_to_payment_and_the_list_tells_how_far_it_came(
    approved: Run, workspace: Path
) -> None:
    ticket = workspace.parent / "ticket.pdf"
    ticket.write_bytes(b"ticket")
    assert approved("claim", "add", "P0003", "travel", "100", "--receipt", ticket, "--on", "2023-10-14").code == 0
    assert approved("claim", "authorise", "P0003", "travel", "--by", "Treasurer").code == 0
    assert approved("claim", "pay", "P0003", "travel", "--reference", "T1", "--on", "2023-10-20").code == 0
    listed = approved("--json", "claim", "list", "--state", "paid").json
    assert [(one["participant"], one["paid"]["amount"], one["receipts"]) for one in listed["amounts"]] == [
        ("P0003", 100, 1)
    ]
    claim = listed["claims"][0]
    assert (claim["claim"], claim["reference"], len(claim["receipts"][0]["sha256"])) == ("P0003:travel", "T1", 64)
    again = approved("claim", "add", "P0005", "travel", "1", "--receipt", ticket)
    assert (again.code, "was shown for P0003:travel already" in again.err) == (3, True)


def test_nothing_is_authorised_before_the_plan_is_approved(eventops: Run) -> None:
    eventops("claim", "add", "P0003", "travel", "100")
    ran = eventops("claim", "authorise", "P0003", "travel")
    assert (ran.code, "No approval stands yet" in ran.err) == (3, True)


def test_a_dry_run_changes_nothing(approved: Run) -> None:
    assert approved("claim", "add", "P0003", "travel", "100", "--dry-run").code == 0
    assert approved("--json", "claim", "list").json["claims"] == []


@pytest.mark.parametrize("amount", ["120.50", "120,50", "١٢٠٫٥٠", "120,50 MAD"])
def test_an_amount_is_read_as_people_write_it(approved: Run, amount: str) -> None:
    claim = approved("--json", "claim", "add", "P0003", "travel", amount, "--dry-run").json
    assert claim["claimed"] == {"amount": 120.5, "currency": "MAD"}


@pytest.mark.parametrize("day", ["2023-10-14", "14/10/2023", "٢٠٢٣-١٠-١٤"])
def test_a_day_is_read_as_people_write_it(approved: Run, day: str) -> None:
    words = ("claim", "add", "P0003", "travel", "100", "--receipt", "7", "--on", day, "--dry-run")
    assert approved("--json", *words).json["receipts"] == [{"number": "7", "on": "2023-10-14", "sha256": ""}]


def test_a_sheet_of_claims_is_taken_row_by_row_in_any_language(approved: Run, workspace: Path) -> None:
    sheet = workspace.parent / "claims.csv"
    sheet.write_text(
        "Personne;Prestation;Montant;N° de reçu;Date\n"
        "P0009;Déplacement;120,50;A1;14/10/2023\n"
        "P0009;Déplacement;12;A2;14/10/2023\n"
        "P0012;Hébergement;x;;\n"
        "nobody;travel;1;;\n",
        encoding="utf-8",
    )
    ran = approved("--json", "claim", "import", sheet)
    assert (ran.code, [one["claim"] for one in ran.json["claims"]]) == (4, ["P0009:travel"])
    assert [one["source"]["row"] for one in ran.json["refused"]] == [3, 4, 5]
    again = approved("--json", "claim", "import", sheet)
    assert [one["source"]["row"] for one in again.json["refused"]] == [2, 3, 4, 5]


def test_who_is_forgotten_leaves_no_claim_and_no_approved_decision(approved: Run) -> None:
    approved("claim", "add", "P0003", "travel", "100")
    assert approved("participant", "forget", "P0003", "--yes").code in (0, 4)
    assert approved("--json", "claim", "list").json["claims"] == []
    shown = approved("--json", "approve", "show", "1", "--people").json
    assert "P0003" not in {one["participant"] for one in shown["decisions"]}
    assert (shown["people"], len(shown["decisions"])) == (60, 59)


def test_a_claim_that_is_not_paid_can_be_taken_away(approved: Run) -> None:
    approved("claim", "add", "P0003", "travel", "100")
    assert approved("claim", "remove", "P0003", "travel").code == 0
    assert approved("claim", "remove", "P0003", "travel").code == 3


def test_what_was_paid_stays_in_the_account_of_the_sponsor_as_in_the_list(approved: Run, workspace: Path) -> None:
    for person, amount in (("P0045", "500"), ("P0047", "600"), ("P0055", "550")):
        approved("claim", "add", person, "lodging", amount, "--receipt", f"R-{person}")
        approved("claim", "authorise", person, "lodging")
        assert approved("claim", "pay", person, "lodging").code == 0
    approved("participant", "withdraw", "P0045")
    approved("override", "add", "P0047", "lodging", "excluded", "--reason", "No need any more", "--by", "Amina")
    assert approved("participant", "forget", "P0055", "--yes").code in (0, 4)
    file = workspace.parent / "pack.json"
    assert approved("export", "sponsor-pack", "--for", "oecd", "--lang", "en", "-o", file).code == 0
    tables = msgspec.json.decode(file.read_bytes())["tables"]
    costs = next(one for one in tables if one["name"] == "costs")
    kept = [(one["name"], one["standing"], one["paid"]["amount"]) for one in costs["rows"] if one["paid"]]
    assert sorted((standing, amount) for _, standing, amount in kept) == [
        ("excluded", "600"),
        ("forgotten", "550"),
        ("withdrawn", "500"),
    ]
    assert "R-P0055" not in file.read_text(encoding="utf-8")
    listed = approved("--json", "claim", "list").json
    for step, key in (("approved", "approved"), ("paid", "paid"), ("claimed", "claimed")):
        amounts = [one[step] for one in (*listed["amounts"], *listed["forgotten"]) if one["benefit"] == "lodging"]
        in_list = sum(Decimal(str(one["amount"])) for one in amounts if one)
        assert in_list == sum(Decimal(one[key]["amount"]) for one in costs["rows"] if one[key]), step
    assert listed["forgotten"] == [
        {
            "benefit": "lodging",
            "payer": "oecd",
            "approved": {"amount": 650, "currency": "MAD"},
            "claimed": {"amount": 550, "currency": "MAD"},
            "authorised": {"amount": 550, "currency": "MAD"},
            "paid": {"amount": 550, "currency": "MAD"},
            "receipts": 1,
        }
    ]


def test_the_amounts_of_the_approval_stand_beside_the_present_estimate(approved: Run, workspace: Path) -> None:
    event = workspace / "event.toml"
    dearer = event.read_text(encoding="utf-8").replace("650.00 MAD", "700.00 MAD")
    event.write_text(dearer, encoding="utf-8")
    assert approved("event", "apply", event).code == 0
    file = workspace.parent / "pack.json"
    approved("export", "sponsor-pack", "--for", "oecd", "--lang", "en", "-o", file)
    costs = next(one for one in msgspec.json.decode(file.read_bytes())["tables"] if one["name"] == "costs")
    assert {(one["planned"]["amount"], one["approved"]["amount"]) for one in costs["rows"]} == {("700.00", "650.00")}
    assert costs["notes"][0] == "“Approved” shows the amounts of approval No. 1; “Planned” is the present estimate."
