"""The contract suites pass sound plugins and fail unsound ones, saying what is wrong."""

from collections.abc import Callable
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from eventops import (
    Audience,
    Candidate,
    Column,
    Effect,
    Export,
    Facts,
    Kind,
    Message,
    Money,
    Options,
    Plan,
    PricedLine,
    Report,
    Rule,
    Setting,
    Table,
    Tariff,
    Text,
    Verdict,
    does_not_apply,
    grants,
)
from eventops.testing.contracts import ExportContract, RuleContract, TariffContract

SAID = Text("{km} km", fr="{km} km", ar="{km} كلم")
TITLE = Text("Title", fr="Titre", ar="عنوان")


def outcomes(contract: Any) -> dict[str, str]:
    """The first line of what each failing test of the contract says, by the test's name."""
    failures: dict[str, str] = {}
    for name in dir(contract):
        if name.startswith("test_"):
            try:
                getattr(contract, name)()
            except (AssertionError, KeyError, TypeError) as error:
                failures[name] = str(error).partition("\n")[0]
    return failures


def sound_check(candidate: Candidate, facts: Facts) -> Verdict:
    if candidate.distance_km is None:
        return does_not_apply(TITLE)
    return grants(SAID, km=candidate.distance_km)


def rules_of(check: Callable[[Candidate, Facts], Verdict], **fields: Any) -> RuleContract:
    """The contract over one rule."""
    rule = Rule(**{"name": "one", "benefit": "travel", "title": TITLE, "source": "here", "check": check, **fields})
    contract = RuleContract()
    contract.plugin = SimpleNamespace(eventops_rules=lambda: (rule,))  # type: ignore[misc]
    return contract


def test_a_sound_rule_passes() -> None:
    assert outcomes(rules_of(sound_check)) == {}


def test_a_rule_that_says_what_it_did_not_declare_fails() -> None:
    failures = outcomes(rules_of(sound_check, may=(Effect.EXCLUDES,)))
    assert sorted(failures) == [
        "test_every_answer_is_a_verdict_the_rule_declared",
        "test_every_rule_says_something_of_somebody",
    ]


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        (Text("{km} km", fr="{km} km"), "'{km} km' is not written in ar"),
        (Text("{km} km", fr="{kms} km", ar="{km} كلم"), "one: '{kms} km' has no value for kms"),
    ],
)
def test_a_reason_without_a_language_or_a_value_fails(reason: Text, told: str) -> None:
    contract = rules_of(lambda candidate, facts: grants(reason, km=1))
    assert [message.removeprefix("one: ") for message in outcomes(contract).values()] == [told.removeprefix("one: ")]


def test_a_rule_that_changes_its_mind_fails() -> None:
    said: list[int] = []

    def counting(candidate: Candidate, facts: Facts) -> Verdict:
        said.append(1)
        return grants(SAID, km=len(said))

    assert set(outcomes(rules_of(counting))) == {"test_a_rule_asked_twice_answers_the_same"}


def test_a_rule_that_trips_over_a_person_without_a_place_fails() -> None:
    def careless(candidate: Candidate, facts: Facts) -> Verdict:
        return grants(SAID, km=round(candidate.distance_km))  # type: ignore[arg-type]

    assert "test_every_answer_is_a_verdict_the_rule_declared" in outcomes(rules_of(careless))


def test_a_setting_of_the_plugin_reaches_its_rules() -> None:
    contract = rules_of(lambda candidate, facts: grants(SAID, km=facts.settings["limit_km"]))
    assert set(outcomes(contract).values()) == {"'limit_km'"}
    setting = Setting(name="limit_km", default=5, help=TITLE)
    contract.plugin.eventops_settings = lambda: (setting,)
    assert outcomes(contract) == {}


def tariffs_of(amount: str, **fields: Any) -> TariffContract:
    """The contract over a tariff of two rides at 10 MAD that come to that amount."""

    def price(unit: object, candidate: Candidate, facts: Facts) -> tuple[PricedLine, ...]:
        ten, whole = Money(Decimal(10), "MAD"), Money(Decimal(amount), "MAD")
        return (PricedLine(label=TITLE, quantity=Decimal(2), unit="ride", unit_price=ten, amount=whole),)

    tariff = Tariff(**{"name": "one", "benefit": "travel", "title": TITLE, "source": "here", "price": price, **fields})
    contract = TariffContract()
    contract.plugin = SimpleNamespace(eventops_tariffs=lambda: (tariff,))  # type: ignore[misc]
    contract.currency = "MAD"  # type: ignore[misc]
    return contract


def test_a_sound_tariff_passes() -> None:
    assert outcomes(tariffs_of("20")) == {}


def test_a_tariff_whose_amounts_do_not_multiply_or_are_negative_fails() -> None:
    assert sorted(outcomes(tariffs_of("19"))) == ["test_an_amount_is_quantity_by_unit_price"]
    assert sorted(outcomes(tariffs_of("-20"))) == [
        "test_an_amount_is_quantity_by_unit_price",
        "test_lines_are_in_the_currency_of_the_tariff_and_never_negative",
    ]


def test_a_tariff_without_a_source_or_that_prices_nothing_fails() -> None:
    assert outcomes(tariffs_of("20", source="", price=lambda *_: ())).keys() == {
        "test_every_tariff_has_a_title_in_three_languages_cites_its_source_and_is_dated_well",
        "test_every_tariff_prices_something",
    }


def exports_of(
    row: Callable[[Candidate], tuple[Any, ...]], *, audience: Audience = Audience.SPONSOR, kind: Kind = Kind.TEXT
) -> ExportContract:
    """The contract over an export of one table with one column."""

    def compose(plan: Plan, options: Options) -> Report:
        columns = (Column(name="one", title=TITLE, kind=kind),)
        rows = tuple(row(candidate) for candidate in plan.candidates)
        return Report(
            name="r", title=TITLE, audience=audience, tables=(Table(name="t", title=TITLE, columns=columns, rows=rows),)
        )

    export = Export(name="one", title=TITLE, audience=audience, compose=compose, sponsor="oecd")
    contract = ExportContract()
    contract.plugin = SimpleNamespace(eventops_exports=lambda: (export,))  # type: ignore[misc]
    return contract


def test_a_sound_export_passes() -> None:
    assert outcomes(exports_of(lambda one: (one.participant.name,))) == {}


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        (lambda one: (1,), Kind.TEXT),
        (lambda one: (True,), Kind.INTEGER),
        (lambda one: ("12", "13"), Kind.TEXT),
        (lambda one: (Message(Text("{missing}")),), Kind.TEXT),
    ],
    ids=["number as text", "yes as a number", "two cells for one column", "a message without its value"],
)
def test_cells_that_do_not_fit_fail(row: Any, kind: Kind) -> None:
    assert set(outcomes(exports_of(row, kind=kind))) == {"test_cells_fit_their_columns"}


def test_an_export_that_tells_more_than_the_plan_it_was_given_fails() -> None:
    knows = ExportContract()
    knows.plugin = exports_of(lambda one: (one.participant.name,)).plugin  # type: ignore[misc]
    knows.seen = lambda plan, export: plan  # type: ignore[method-assign]
    assert set(outcomes(knows)) == {"test_sponsors_and_the_public_read_no_name_without_consent"}
