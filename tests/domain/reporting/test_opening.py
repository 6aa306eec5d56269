import pytest

from eventops.domain.people import Consents
from eventops.domain.reporting.audiences import plan_for
from eventops.domain.reporting.opening import INCLUDABLE, checked_inclusion, opened_to
from eventops.domain.reporting.reports import Audience
from eventops.domain.texts import Text
from eventops.errors import NotUsable
from eventops.extension.spec import Field
from eventops.testing.builders import a_candidate, a_participant, a_plan

CHILDCARE = Field(name="childcare", title=Text("Childcare"), audiences=(Audience.HOTEL, Audience.DOOR))
FAITH = Field(name="faith", title=Text("Faith"), audiences=tuple(Audience), sensitive=True)
QUESTIONS = (CHILDCARE, FAITH)


@pytest.mark.parametrize(
    ("audience", "names"),
    [
        (Audience.HOTEL, {"childcare", "faith"}),
        (Audience.DOOR, {"childcare"}),
        (Audience.SPONSOR, set()),
        (Audience.CATERER, {"faith"}),
        (Audience.PUBLIC, set()),
    ],
)
def test_a_question_is_open_to_those_the_plugin_names_a_sensitive_one_where_it_is_served(
    audience: Audience, names: set[str]
) -> None:
    assert opened_to(audience, QUESTIONS) == names


def test_each_fact_is_included_once() -> None:
    assert checked_inclusion(("phone", "childcare", "phone"), Audience.SPONSOR, QUESTIONS) == ("phone", "childcare")


@pytest.mark.parametrize("audience", [Audience.SPONSOR, Audience.DOOR])
@pytest.mark.parametrize("field", ["diet", "needs", "inclusion", "notes", "faith"])
def test_what_tells_of_health_or_belief_is_included_for_nobody_who_does_not_serve_it(
    audience: Audience, field: str
) -> None:
    with pytest.raises(NotUsable, match="is never written beside a name"):
        checked_inclusion((field,), audience, QUESTIONS)


@pytest.mark.parametrize("field", [*INCLUDABLE, "childcare"])
def test_nothing_is_included_for_the_public(field: str) -> None:
    with pytest.raises(NotUsable, match="holds no fact about a person"):
        checked_inclusion((field,), Audience.PUBLIC, QUESTIONS)


@pytest.mark.parametrize("field", ["id", "fields", "consents", "source", "edited", "nosuch", ""])
def test_what_is_no_fact_cannot_be_included(field: str) -> None:
    with pytest.raises(NotUsable, match="There is no field"):
        checked_inclusion((field,), Audience.HOTEL, QUESTIONS)


def test_an_included_fact_is_seen_by_those_it_is_opened_to_of_a_sponsors_people_who_agreed() -> None:
    facts = {"phone": "+212600000000", "fields": {"childcare": True}}
    people = [
        a_candidate(a_participant("p1", "Salma", consents=Consents(share=("oecd",)), **facts)),
        a_candidate(a_participant("p2", "Omar", **facts)),
    ]
    seen = plan_for(a_plan(people), Audience.SPONSOR, "oecd", included=("phone", "childcare"))
    assert sorted((one.participant.phone, one.participant.fields) for one in seen.candidates) == [
        ("", {}),
        ("+212600000000", {"childcare": True}),
    ]
    at_the_door = plan_for(a_plan(people), Audience.DOOR, included=("phone",))
    assert [one.participant.phone for one in at_the_door.candidates] == ["+212600000000"] * 2
