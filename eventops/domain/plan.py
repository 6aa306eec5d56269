"""The plan: everything that follows from the facts and the rules. The whole flow stands here on one screen."""

from datetime import date, datetime

from msgspec import Struct

from eventops.domain.event import Event, SettingValue
from eventops.domain.findings import Finding
from eventops.domain.money import Money
from eventops.domain.rules import Benefit, Candidate, Decision, Journey, Outcome


class Stay(Struct, frozen=True, kw_only=True):
    """The nights of one person in a bed, and who pays."""

    participant_id: str
    nights: tuple[date, ...]
    payer: str

    @property
    def arrives_on(self) -> date:
        return min(self.nights)


class ServiceCount(Struct, frozen=True, kw_only=True):
    """How many eat at one meal service, by diet."""

    meal_id: str
    starts_at: datetime
    count: int
    diets: dict[str, int]
    cost: Money | None = None
    payer: str = ""


class BudgetUse(Struct, frozen=True, kw_only=True):
    """One budget line: its ceiling and what the plan costs on it. `line_id` is '' for costs no line covers."""

    line_id: str
    sponsor: str
    benefit: str
    ceiling: Money | None
    people: int
    planned: Money


class Statistics(Struct, frozen=True, kw_only=True):
    """Counts of participants; every table sums to the participants."""

    gender: dict[str, int]
    age: dict[str, int]
    category: dict[str, int]
    region: dict[str, int]


class Plan(Struct, frozen=True, kw_only=True):
    """The result. Candidates are in enrolment order, decisions by candidate, then by benefit name."""

    event: Event
    settings: dict[str, SettingValue]
    benefits: tuple[Benefit, ...]
    candidates: tuple[Candidate, ...]
    decisions: tuple[Decision, ...]
    journeys: tuple[Journey, ...]
    stays: tuple[Stay, ...]
    meals: tuple[ServiceCount, ...]
    budget: tuple[BudgetUse, ...]
    statistics: Statistics
    findings: tuple[Finding, ...]

    def decision(self, participant_id: str, benefit: str) -> Decision:
        """The decision of one benefit of one person. Errors: KeyError."""
        for one in self.decisions:
            if one.participant_id == participant_id and one.benefit == benefit:
                return one
        raise KeyError((participant_id, benefit))

    def granted(self, benefit: str) -> tuple[tuple[Candidate, Decision], ...]:
        """Those who are granted a benefit, with the decision, in enrolment order."""
        by_id = {candidate.participant.id: candidate for candidate in self.candidates}
        return tuple(
            (by_id[one.participant_id], one)
            for one in self.decisions
            if one.benefit == benefit and one.outcome is Outcome.GRANTED
        )
