from decimal import Decimal

from msgspec.structs import replace

from eventops.domain.campaigns.campaign import Campaign, Meeting, unknown_facts
from eventops.domain.campaigns.roll_up import SponsorFigures, roll_up, sums
from eventops.domain.money import Money
from eventops.domain.paying.budget import BudgetUse
from eventops.domain.texts import Text
from eventops.testing import a_candidate, a_participant, a_plan

CAMPAIGN = Campaign(id="c", title=Text("Consultations"), meetings=(Meeting(id="casablanca"), Meeting(id="oujda")))


def of_people(*people: object, planned: str = "100.00", ceiling: str = "150.00") -> object:
    plan = a_plan([a_candidate(one) for one in people])  # type: ignore[arg-type]
    use = BudgetUse(
        line_id="beds",
        sponsor="oecd",
        benefit="lodging",
        ceiling=Money(Decimal(ceiling), "MAD"),
        people=len(people),
        planned=Money(Decimal(planned), "MAD"),
    )
    return replace(plan, budget=(use,))


def test_a_meeting_without_a_workspace_has_no_figures_and_not_zeros() -> None:
    plans = {"casablanca": of_people(a_participant(id="P1", email="a@example.org"))}
    rolled = roll_up(CAMPAIGN, plans)  # type: ignore[arg-type]
    assert [one.registered for one in rolled.meetings] == [1, None]
    assert (sums(rolled.meetings, "registered"), sums(rolled.meetings, "present")) == ((1, 1), (None, 0))


def test_a_meeting_where_nobody_is_enrolled_yet_is_not_known_either() -> None:
    rolled = roll_up(CAMPAIGN, {"casablanca": a_plan([])})
    assert [one.registered for one in rolled.meetings] == [None, None]


def test_what_a_sponsor_bears_is_summed_over_the_meetings_to_the_centime() -> None:
    plans = {
        "casablanca": of_people(a_participant(id="P1"), planned="100.10"),
        "oujda": of_people(a_participant(id="P1"), planned="0.25"),
    }
    rolled = roll_up(CAMPAIGN, plans)  # type: ignore[arg-type]
    assert rolled.sponsors == (
        SponsorFigures(
            sponsor="oecd",
            benefit="lodging",
            meetings=2,
            people=2,
            planned=Money(Decimal("100.35"), "MAD"),
            ceiling=Money(Decimal("300.00"), "MAD"),
        ),
    )


def test_a_person_of_two_meetings_is_counted_once_in_the_statistics() -> None:
    person = a_participant(id="P1", name="Salma Idrissi", email="salma@example.org", category="citizen")
    rolled = roll_up(CAMPAIGN, {"casablanca": of_people(person), "oujda": of_people(person)})  # type: ignore[dict-item]
    assert (rolled.category, sum(rolled.gender.values())) == ({"citizen": 1}, 1)
    assert [(one.registrations, one.people) for one in rolled.regions] == [(2, 1)]


def test_what_nobody_told_of_a_meeting_is_named() -> None:
    assert unknown_facts(Meeting(id="fes", town="Fès")) == (
        "starts_on", "starts_at", "venue", "regions", "organisers", "themes", "registration",
    )  # fmt: skip
