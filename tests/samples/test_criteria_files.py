"""The published criteria: every file reads, is told in three languages, and decides as its text says."""

from decimal import Decimal
from pathlib import Path

import msgspec
import pytest

from eventops import Event, Money, Outcome, Text
from eventops.adapters.event_files import event_text, read_criteria, read_event
from eventops.builtin import rules as core
from eventops.domain.deciding.criteria import rule_of
from eventops.domain.deciding.decisions import Variants, decided
from eventops.domain.event import Criterion
from eventops.domain.event_checks import event_problems
from eventops.domain.paying.budget import amount_of
from eventops.domain.rules import ActiveRule, Benefit, Candidate, Rulebook
from eventops.testing import an_event, candidates_everywhere, candidates_of, facts_settings

FOLDER = Path(__file__).parents[2] / "samples" / "criteria"
FILES = sorted(FOLDER.glob("*.toml"))
BENEFITS = (core.TRAVEL, core.LODGING, core.MEALS, Benefit(name="per-diem", title=Text("Per diem"), unit="day"))


def criteria_of(name: str) -> tuple[Criterion, ...]:
    return read_criteria((FOLDER / f"{name}.toml").read_text(encoding="utf-8"), name)[0].criteria


def outcomes(rules: tuple[ActiveRule, ...], people: tuple[Candidate, ...], event: Event) -> list[tuple[str, Outcome]]:
    book = Rulebook(benefits=BENEFITS[:3], rules=rules, settings=facts_settings(()))
    decisions, _ = decided([Variants(main=one) for one in people], event, book, {})
    return [(f"{one.participant_id} {one.benefit}", one.outcome) for one in decisions]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_file_names_its_source_and_is_written_in_three_languages(file: Path) -> None:
    pack, _ = read_criteria(file.read_text(encoding="utf-8"), file.name)
    untold = [one.name for one in pack.criteria if not (one.reason.fr and one.reason.ar and one.reason.en)]
    assert (pack.name, bool(pack.source), bool(pack.title.fr and pack.title.ar), untold) == (
        file.stem,
        True,
        True,
        [],
    )
    event = msgspec.structs.replace(an_event(), criteria=pack.criteria)
    assert [one.finding.message.en for one in event_problems(event)] == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_an_event_that_took_criteria_is_written_and_read_again_the_same(file: Path) -> None:
    pack, _ = read_criteria(file.read_text(encoding="utf-8"), file.name)
    event = msgspec.structs.replace(an_event(), criteria=pack.criteria)
    assert read_event(event_text(event), "event.toml").criteria == pack.criteria


def test_the_rules_of_eventops_written_as_data_decide_the_same_about_everybody() -> None:
    event = an_event()
    people = tuple(candidates_everywhere(event))
    settings = facts_settings(())
    built_in = tuple(
        ActiveRule(name=f"eventops.{one.name}", rule=one, plugin="eventops", version="1", settings=settings)
        for one in core.RULES
    )
    as_data = tuple(rule_of(one) for one in criteria_of("as-built-in"))
    assert outcomes(as_data, people, event) == outcomes(built_in, people, event)


PEOPLE = """
    id    role         town     km     leaves  back
    p1    expert       Settat   70     07:10   19:00
    p2    expert       Tangier  260    05:30   21:00
    p3    participant  Fes      240    05:59   22:31
    p4    participant  Nador    9.99   08:00   18:00
"""


@pytest.mark.parametrize(
    ("name", "granted"),
    [
        ("kilometre-threshold", {"travel": ["p1", "p2", "p3"], "lodging": ["p2", "p3"]}),
        ("same-day-return", {"lodging": ["p2", "p3"]}),
        ("erasmus-travel", {"travel": ["p1", "p2", "p3"]}),
        ("eu-experts", {"travel": ["p1", "p2"]}),
        ("cost-travel", {"travel": ["p2", "p3"]}),
    ],
)
def test_a_file_decides_as_its_text_says(name: str, granted: dict[str, list[str]]) -> None:
    rules = tuple(rule_of(one) for one in criteria_of(name))
    found: dict[str, list[str]] = {}
    for who, outcome in outcomes(rules, candidates_of(PEOPLE), an_event()):
        person, benefit = who.split()
        if outcome is Outcome.GRANTED:
            found.setdefault(benefit, []).append(person)
    assert found == granted


def test_experts_from_within_100_km_are_given_half_the_daily_allowance() -> None:
    book = Rulebook(benefits=BENEFITS[3:], rules=tuple(rule_of(one) for one in criteria_of("eu-experts")))
    decisions, _ = decided([Variants(main=one) for one in candidates_of(PEOPLE)], an_event(), book, {})
    assert [(one.participant_id, one.grant.share if one.grant else 0) for one in decisions] == [
        ("p1", 50),
        ("p2", 100),
        ("p3", 0),
        ("p4", 0),
    ]


@pytest.mark.parametrize(
    ("pack", "benefit", "cost", "amounts", "source"),
    [
        ("cost-travel", "travel", "350.00", [None, "350.00"], "g-bikegenetics.eu: above 100 km, at its price"),
        ("cost-travel", "travel", "1800.00", [None, "1500.00"], "g-bikegenetics.eu: up to 1,500 EUR there and back"),
        ("cost-travel", "per-diem", "150.00", ["150.00", "150.00"], "events.unibo.it, kom-calista2023: 150 EUR a day"),
        ("eu-experts", "per-diem", "92.00", ["46.00", "92.00"], "stecf.jrc.ec.europa.eu: 92 EUR, 46 within 100 km"),
        ("erasmus-travel", "travel", "211.00", ["211.00", "211.00"], "vu.nl: 211 EUR from 100 km"),
    ],
)
def test_published_criteria_pay_what_their_source_says(
    pack: str, benefit: str, cost: str, amounts: list[str | None], source: str
) -> None:
    rules = tuple(rule_of(one) for one in criteria_of(pack) if one.benefit == benefit)
    book = Rulebook(benefits=tuple(one for one in BENEFITS if one.name == benefit), rules=rules)
    people = candidates_of("""
        id   role     town     km
        p1   expert   Settat   100
        p2   expert   Tangier  101
    """)
    decisions, _ = decided([Variants(main=one) for one in people], an_event(currency="EUR"), book, {})
    price = Money(Decimal(cost), "EUR")
    paid = [amount_of(price, one.grant.share, one.grant.ceiling).amount if one.grant else None for one in decisions]
    assert paid == [Decimal(one) if one else None for one in amounts], source
