"""Contract suites: what every rule, tariff and export must hold. A plugin's test subclasses one and names its plugin.

Example:
    class TestRules(RuleContract):
        plugin = eventops_my_region

pytest then runs every test of the contract over all the plugin declares.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from string import Formatter
from typing import Any, ClassVar

import msgspec

from eventops.domain.event import Event, SettingValue
from eventops.domain.money import Money
from eventops.domain.plan import Plan
from eventops.domain.reporting.audiences import plan_for
from eventops.domain.reporting.reports import Audience, Column, Kind, Options, Report, Spoken
from eventops.domain.rules import (
    Candidate,
    Day,
    Effect,
    Facts,
    Journey,
    Night,
    Outcome,
    PricedLine,
    Rule,
    ServedMeal,
    Setting,
    Tariff,
    Verdict,
)
from eventops.domain.texts import LANGUAGES, Message, Text
from eventops.errors import NotUsable
from eventops.extension.spec import Export
from eventops.testing.builders import a_decision, an_event
from eventops.testing.examples import candidates_everywhere, facts_settings, plan_to_export, units_to_price


def placeholders(sentence: str) -> frozenset[str]:
    """The names in braces."""
    return frozenset(name for _, name, _, _ in Formatter().parse(sentence) if name is not None)


def text_problems(text: Text, values: Mapping[str, object], languages: Iterable[str] = LANGUAGES) -> Iterator[str]:
    """What is wrong with a sentence: a language without wording, a placeholder no value fills, in any language."""
    for language in languages:
        wording = text.written_in(language)
        if not wording:
            yield f"{text.en!r} is not written in {language}"
        missing = placeholders(wording) - values.keys()
        if missing:
            yield f"{wording!r} has no value for {', '.join(sorted(missing))}"
    for value in values.values():
        if isinstance(value, Message):
            yield from text_problems(value.text, value.values, ())
            yield from unfilled(value)


def unfilled(message: Message) -> Iterator[str]:
    """The placeholders of a message that no value fills, in the languages it is written in."""
    written = [language for language in LANGUAGES if message.text.written_in(language)]
    yield from text_problems(message.text, message.values, written)


def _declared(plugin: Any, hook: str) -> tuple[Any, ...]:
    """What one hook of the plugin gives, or nothing without the hook."""
    function = getattr(plugin, hook, None)
    return tuple(function()) if function is not None else ()


def _agree(problems: Iterable[str]) -> None:
    """Fails with every problem at once, a line each."""
    found = list(dict.fromkeys(problems))
    assert not found, "\n".join(found)


class RuleContract:
    """Rules answer with a verdict they declared, say why in three languages, and answer the same when asked again.

    Override `candidates`, `event` or `settings` when the rules look at something these do not vary.
    """

    plugin: ClassVar[Any]

    def event(self) -> Event:
        return an_event()

    def settings(self) -> Mapping[str, SettingValue]:
        """The core's settings and the plugin's, at their defaults."""
        return facts_settings(_declared(self.plugin, "eventops_settings"))

    def candidates(self) -> Iterable[Candidate]:
        """People of every gender and age, near and far, from town and country, with and without a place."""
        regions = {region for rule in self.rules() for region in rule.scope.regions}
        return candidates_everywhere(self.event(), sorted(regions))

    def rules(self) -> tuple[Rule, ...]:
        return _declared(self.plugin, "eventops_rules")

    def facts(self, rule: Rule) -> tuple[Facts, ...]:
        """The facts a rule may meet: with the benefits it needs granted, and not covered."""
        event, settings = self.event(), self.settings()
        outcomes = (Outcome.GRANTED, Outcome.NOT_COVERED) if rule.needs else (Outcome.NOT_COVERED,)
        return tuple(
            Facts(
                event=event,
                settings=settings,
                decisions={benefit: a_decision(benefit=benefit, outcome=outcome) for benefit in rule.needs},
            )
            for outcome in outcomes
        )

    def answers(self) -> Iterator[tuple[Rule, Candidate, Facts, Verdict]]:
        """Every rule asked about every candidate."""
        people = tuple(self.candidates())
        for rule in self.rules():
            for facts in self.facts(rule):
                for candidate in people:
                    yield rule, candidate, facts, rule.check(candidate, facts)

    def test_the_plugin_declares_rules_with_distinct_names(self) -> None:
        names = [rule.name for rule in self.rules()]
        assert names, "eventops_rules() gives no rule"
        assert len(set(names)) == len(names), f"two rules share a name: {sorted(names)}"

    def test_every_rule_has_a_title_in_three_languages_and_cites_its_source(self) -> None:
        _agree(
            f"{rule.name}: {problem}"
            for rule in self.rules()
            for problem in (*text_problems(rule.title, {}), *(() if rule.source else ("cites no source",)))
        )

    def test_every_answer_is_a_verdict_the_rule_declared(self) -> None:
        _agree(
            f"{rule.name} answered {verdict!r}"
            for rule, _, _, verdict in self.answers()
            if not isinstance(verdict, Verdict)
            or (verdict.effect is not Effect.NOT_APPLICABLE and verdict.effect not in rule.may)
        )

    def test_every_reason_is_written_in_three_languages_with_its_values(self) -> None:
        _agree(
            f"{rule.name}: {problem}"
            for rule, _, _, verdict in self.answers()
            for problem in text_problems(verdict.reason, verdict.values)
        )

    def test_every_answer_can_be_kept_and_read_by_other_programs(self) -> None:
        for rule, _, _, verdict in self.answers():
            assert msgspec.json.encode(verdict), rule.name
            assert 0 < verdict.share <= 100, f"{rule.name}: a share is from 1 to 100 per cent"
            assert verdict.legs >= 0, f"{rule.name}: legs are never negative"

    def test_a_rule_asked_twice_answers_the_same(self) -> None:
        _agree(
            f"{rule.name} changed its answer about {candidate.participant.id}"
            for rule, candidate, facts, verdict in self.answers()
            if rule.check(candidate, facts) != verdict
        )

    def test_every_rule_says_something_of_somebody(self) -> None:
        speaks = {rule.name for rule, _, _, verdict in self.answers() if verdict.effect in rule.may}
        silent = sorted({rule.name for rule in self.rules()} - speaks)
        assert not silent, f"applies to none of the candidates: {', '.join(silent)}"

    def test_every_setting_is_explained_in_three_languages(self) -> None:
        settings: tuple[Setting, ...] = _declared(self.plugin, "eventops_settings")
        _agree(f"{one.name}: {problem}" for one in settings for problem in text_problems(one.help, {}))
        assert len({one.name for one in settings}) == len(settings), "two settings share a name"


class TariffContract:
    """Tariffs give lines in one currency whose amount is quantity by unit price, never below nothing.

    Override `units` when the tariff prices something else than journeys, nights and meals.
    """

    plugin: ClassVar[Any]
    currency: ClassVar[str]

    def event(self) -> Event:
        return an_event()

    def settings(self) -> Mapping[str, SettingValue]:
        """The core's settings and the plugin's, at their defaults."""
        return facts_settings(_declared(self.plugin, "eventops_settings"))

    def tariffs(self) -> tuple[Tariff, ...]:
        return _declared(self.plugin, "eventops_tariffs")

    def units(self, tariff: Tariff) -> Iterable[tuple[Candidate, Journey | Night | ServedMeal | Day]]:
        """What the tariff prices: for everyone everywhere two journeys, a night, the meals, or a day."""
        return units_to_price(self.event(), tariff.benefit)

    def prices(self) -> Iterator[tuple[Tariff, Candidate, Any, tuple[PricedLine, ...]]]:
        facts = Facts(event=self.event(), settings=self.settings())
        for tariff in self.tariffs():
            for candidate, unit in self.units(tariff):
                yield tariff, candidate, unit, tariff.price(unit, candidate, facts)

    def lines(self) -> Iterator[tuple[Tariff, PricedLine]]:
        for tariff, _, _, lines in self.prices():
            for line in lines:
                yield tariff, line

    def test_the_plugin_declares_tariffs_with_distinct_names(self) -> None:
        names = [tariff.name for tariff in self.tariffs()]
        assert names, "eventops_tariffs() gives no tariff"
        assert len(set(names)) == len(names), f"two tariffs share a name: {sorted(names)}"

    def test_every_tariff_has_a_title_in_three_languages_cites_its_source_and_is_dated_well(self) -> None:
        for tariff in self.tariffs():
            _agree(f"{tariff.name}: {problem}" for problem in text_problems(tariff.title, {}))
            assert tariff.source, f"{tariff.name} cites no source"
            begins, ends = tariff.valid_from or date.min, tariff.valid_to or date.max
            assert begins <= ends, f"{tariff.name} ends before it begins"

    def test_every_tariff_prices_something(self) -> None:
        pricing = {tariff.name for tariff, _ in self.lines()}
        assert pricing == {tariff.name for tariff in self.tariffs()}

    def test_lines_are_in_the_currency_of_the_tariff_and_never_negative(self) -> None:
        _agree(
            f"{tariff.name}: {line.quantity} x {line.unit_price} = {line.amount}"
            for tariff, line in self.lines()
            if {line.amount.currency, line.unit_price.currency} != {self.currency}
            or line.amount.amount < 0
            or line.quantity < 0
        )

    def test_an_amount_is_quantity_by_unit_price(self) -> None:
        _agree(
            f"{tariff.name}: {line.quantity} x {line.unit_price} is not {line.amount}"
            for tariff, line in self.lines()
            if line.unit_price.times(line.quantity) != line.amount
        )

    def test_every_line_says_what_it_is_in_three_languages(self) -> None:
        _agree(
            f"{tariff.name}: {problem}"
            for tariff, line in self.lines()
            for problem in text_problems(line.label, line.values)
        )

    def test_a_tariff_asked_twice_gives_the_same_price(self) -> None:
        facts = Facts(event=self.event(), settings=self.settings())
        _agree(
            f"{tariff.name} changed its price for {candidate.participant.id}"
            for tariff, candidate, unit, lines in self.prices()
            if tariff.price(unit, candidate, facts) != lines
        )


# What a cell of each kind of column may be, besides empty.
CELLS: Mapping[Kind, tuple[type[Any], ...]] = {
    Kind.TEXT: (str, Text, Message, Spoken),
    Kind.INTEGER: (int,),
    Kind.DECIMAL: (int, float, Decimal),
    Kind.PERCENT: (int, float, Decimal),
    Kind.MONEY: (Money,),
    Kind.DATE: (date,),
    Kind.TIME: (time,),
    Kind.DATETIME: (datetime,),
    Kind.YES_NO: (bool,),
}


def fits(cell: object, column: Column) -> bool:
    """Whether a column of that kind can hold the cell."""
    if cell is None or column.kind is Kind.YES_NO:
        return cell is None or isinstance(cell, bool)
    if isinstance(cell, bool) or (column.kind is Kind.DATE and isinstance(cell, datetime)):
        return False
    return isinstance(cell, CELLS[column.kind])


def report_texts(report: Report) -> Iterator[Text | Message | str]:
    """Every title and note of a report."""
    yield from (report.title, report.heading)
    for table in report.tables:
        yield table.title
        yield from (column.title for column in table.columns)
        yield from (choice for column in table.columns for choice in column.choices)
        yield from table.notes
        if table.chart is not None:
            yield table.chart.title


def report_problems(report: Report) -> Iterator[str]:
    """What a writer would trip over: names that are not distinct, rows and cells that do not fit their columns."""
    names = [table.name for table in report.tables]
    if len(set(names)) != len(names):
        yield f"two tables share a name: {names}"
    for table in report.tables:
        columns = [column.name for column in table.columns]
        if len(set(columns)) != len(columns):
            yield f"{table.name}: two columns share a name: {columns}"
        if table.chart is not None and not {table.chart.categories, table.chart.values} <= set(columns):
            yield f"{table.name}: the chart names a column that is not there"
        for number, row in enumerate(table.rows, 1):
            if len(row) != len(table.columns):
                yield f"{table.name}, row {number}: {len(row)} cells for {len(table.columns)} columns"
                continue
            for cell, column in zip(row, table.columns, strict=True):
                if not fits(cell, column):
                    yield f"{table.name}, row {number}: {cell!r} in the {column.kind.value} column {column.name}"
                if isinstance(cell, Message):
                    yield from unfilled(cell)


def words_of(report: Report) -> str:
    """All text of a report, to search in."""
    return str(msgspec.to_builtins(report))


class ExportContract:
    """Exports compose for any plan in three languages, with cells that fit their columns and only what is consented.

    Override `plan` when the exports look at something it does not hold.
    """

    plugin: ClassVar[Any]

    def plan(self) -> Plan:
        """A small plan of people with and without consent, place, seat and benefits."""
        return self.made(12)

    def empty_plan(self) -> Plan:
        """The same event without people."""
        return self.made(0)

    def made(self, people: int) -> Plan:
        """A plan whose sponsors are those the exports are for, and another."""
        sponsors = tuple(dict.fromkeys(one.sponsor for one in self.exports() if one.sponsor))
        return plan_to_export(_declared(self.plugin, "eventops_settings"), people, (*sponsors, "other"))

    def exports(self) -> tuple[Export, ...]:
        return _declared(self.plugin, "eventops_exports")

    def seen(self, plan: Plan, export: Export) -> Plan:
        """The plan as the export's audience may see it."""
        return plan_for(plan, export.audience, export.sponsor or "other")

    def addressees(self, export: Export, plan: Plan) -> tuple[str, ...]:
        """Whom files are made for: a sponsor whose export names none; else everybody, and each association."""
        if export.audience is Audience.SPONSOR and not export.sponsor:
            return ("other",)
        return "", *(one.id for one in plan.event.associations)

    def reports(self) -> Iterator[tuple[Export, Report]]:
        """Every export of the empty and of the small plan in every language, for everybody and for each association."""
        for export in self.exports():
            for plan in (self.empty_plan(), self.plan()):
                view = self.seen(plan, export)
                for for_id in self.addressees(export, plan):
                    for language in LANGUAGES:
                        try:
                            report = export.compose(view, Options(language=language, for_id=for_id))
                        except NotUsable:
                            if not for_id:
                                raise
                            continue  # it is for sessions, or for meals, and says so
                        yield export, report

    def test_the_plugin_declares_exports_with_distinct_names_and_titles_in_three_languages(self) -> None:
        exports = self.exports()
        assert exports, "eventops_exports() gives no export"
        assert len({one.name for one in exports}) == len(exports), "two exports share a name"
        _agree(f"{one.name}: {problem}" for one in exports for problem in text_problems(one.title, {}))

    def test_every_report_is_for_the_audience_and_in_the_language_asked(self) -> None:
        for export, report in self.reports():
            assert isinstance(report, Report), f"{export.name} composed {report!r}"
            assert report.audience is export.audience, export.name
            assert report.tables, f"{export.name} composed no table"

    def test_cells_fit_their_columns(self) -> None:
        _agree(f"{export.name}: {problem}" for export, report in self.reports() for problem in report_problems(report))

    def test_titles_and_notes_are_written_in_three_languages(self) -> None:
        def problems(text: Text | Message | str) -> Iterable[str]:
            if isinstance(text, str):
                return () if text.isdecimal() or not text.isalpha() else (f"{text!r} is not translated",)
            if isinstance(text, Message):
                return text_problems(text.text, text.values)
            return text_problems(text, {})

        _agree(
            f"{export.name}: {problem}"
            for export, report in self.reports()
            for text in report_texts(report)
            for problem in problems(text)
        )

    def test_the_same_plan_composes_the_same_report(self) -> None:
        for export in self.exports():
            view = self.seen(self.plan(), export)
            options = Options(for_id=self.addressees(export, view)[0])
            assert export.compose(view, options) == export.compose(view, options), export.name

    def test_sponsors_and_the_public_read_no_name_without_consent(self) -> None:
        plan = self.plan()
        for export in self.exports():
            if export.audience not in (Audience.SPONSOR, Audience.PUBLIC):
                continue
            options = Options(for_id=self.addressees(export, plan)[0])
            words = words_of(export.compose(self.seen(plan, export), options))
            # What stands in a report about nobody, such as an example beside a question, tells nothing.
            anyway = words_of(export.compose(self.seen(self.empty_plan(), export), options))
            _agree(
                f"{export.name} tells {fact!r}"
                for fact in private_facts(plan, export.sponsor or options.for_id)
                if fact in words and fact not in anyway
            )


def private_facts(plan: Plan, sponsor: str) -> Iterator[str]:
    """Names, contacts and needs of those who did not consent to share with the sponsor, and everybody's contacts
    and needs."""
    for candidate in plan.candidates:
        person = candidate.participant
        facts: Sequence[str] = (person.email, person.phone, person.needs)
        if sponsor not in person.consents.share:
            facts = (*facts, person.name, person.name_latin)
        yield from (fact for fact in facts if fact)
