import os
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings, strategies as st

from eventops.domain.findings import Finding, Severity, Source
from eventops.domain.hosting.rooms import Bed, Rooming
from eventops.domain.keeping.approvals import ApprovalStanding
from eventops.domain.money import Money
from eventops.domain.paying.budget import BudgetUse
from eventops.domain.people import Consents, Gender, Participant
from eventops.domain.plan import Plan
from eventops.domain.reporting.audiences import (
    GROUPED,
    PERSON_FIELDS,
    PRIVATE_REASON,
    REASON_KEPT,
    WITHHELD,
    plan_for,
    pseudonyms,
    without_small_groups,
)
from eventops.domain.reporting.reports import Audience
from eventops.domain.rules import Effect, Grant, Outcome, PricedLine, Ruling, Verdict
from eventops.domain.texts import Message, Text
from eventops.testing.builders import (
    CASABLANCA,
    DAY,
    OUEZZANE,
    a_candidate,
    a_decision,
    a_participant,
    a_plan,
    a_ruling,
    twelve_candidates,
    two_journeys,
)

EVERYTHING: dict[str, Any] = {
    "name": "Salma Benali",
    "name_latin": "Salma B.",
    "email": "salma@example.org",
    "phone": "+212600000000",
    "gender": Gender.FEMALE,
    "birth_date": date(1990, 5, 1),
    "birth_year": 1990,
    "age": 33,
    "category": "citizen",
    "organisation": "Coopérative Argane",
    "role": "speaker",
    "language": "ar",
    "town": "Casa, chez Karima",
    "province": "Anfa",
    "region": "Casablanca",
    "country": "Maroc",
    "association": "apj",
    "inclusion": ("disability",),
    "diet": "diabetic",
    "allergens": ("gluten",),
    "needs": "wheelchair",
    "workshops": ("services",),
    "registered_on": date(2023, 9, 23),
    "attended": True,
    "notes": "calls herself Soulayma",
    "fields": {"apj.tshirt": "XL"},
    "edited": ("town",),
    "source": Source(file="r.xlsx", row=7),
}


NO_CONSENT = Consents()


def encoded(plan: Plan) -> str:
    return msgspec.json.encode(plan, enc_hook=str).decode()


def a_full_plan(consents: Consents = NO_CONSENT) -> Plan:
    person = a_participant("p1", **EVERYTHING, consents=consents)
    candidate = a_candidate(person, place=OUEZZANE, distance_km=245.7)
    lodging = a_decision("p1", "lodging", grant=Grant(nights=(date(2023, 10, 13),), payer="ef"))
    return a_plan(
        [candidate],
        [a_decision("p1", amount=Money(Decimal(165), "MAD")), lodging],
        journeys=two_journeys(candidate),
        findings=(
            Finding(
                severity=Severity.WARNING,
                code="minor",
                message=Text("{person} is a minor"),
                values={"person": "Salma Benali"},
                source=Source(participant="p1"),
            ),
        ),
    )


@pytest.mark.parametrize("audience", [Audience.HOTEL, Audience.CATERER, Audience.DOOR])
def test_those_who_serve_see_of_a_person_what_their_work_needs(audience: Audience) -> None:
    seen = plan_for(a_full_plan(), audience).candidates[0].participant
    kept = {name: EVERYTHING[name] for name in PERSON_FIELDS[audience]}
    id = "1" if audience is Audience.CATERER else "p1"
    assert seen == Participant(**{"id": id, "name": "", **kept})


def test_those_who_serve_see_no_money_reasons_homes_or_findings() -> None:
    plan = plan_for(a_full_plan(), Audience.HOTEL)
    assert (plan.decisions, plan.journeys, plan.budget, plan.findings, plan.event.budget, plan.candidates[0].place) == (
        (),
        (),
        (),
        (),
        (),
        None,
    )


def test_the_hotel_sees_only_those_who_sleep_there() -> None:
    plan = a_plan(
        twelve_candidates(), [a_decision("p03", "lodging", grant=Grant(nights=(date(2023, 10, 13),), payer="ef"))]
    )
    assert [one.participant.id for one in plan_for(plan, Audience.HOTEL).candidates] == ["p03"]


def test_the_caterer_sees_diets_that_lead_back_to_nobody() -> None:
    seen = plan_for(a_plan(twelve_candidates()), Audience.CATERER)
    people = [(one.participant.id, one.participant.diet) for one in seen.candidates]
    assert people == [
        *[(str(number), "") for number in range(1, 7)],
        *[(str(number), "gluten_free") for number in range(7, 10)],
        *[(str(number), "vegetarian") for number in range(10, 13)],
    ]


def test_the_association_sees_the_plan_whole() -> None:
    plan = a_full_plan()
    assert plan_for(plan, Audience.ASSOCIATION) is plan


def test_a_plugin_field_is_seen_by_those_it_is_open_to() -> None:
    plan = a_full_plan()
    seen = [
        plan_for(plan, Audience.HOTEL, open_fields=open).candidates[0].participant.fields
        for open in ((), ("apj.tshirt",))
    ]
    assert seen == [{}, {"apj.tshirt": "XL"}]


def test_a_sponsor_sees_a_pseudonym_instead_of_a_person_who_did_not_agree() -> None:
    (pseudonym,) = pseudonyms("casablanca-2023", "oecd", ["p1"]).values()
    plan = plan_for(a_full_plan(), Audience.SPONSOR, "oecd")
    (candidate,) = plan.candidates
    assert candidate.participant == Participant(
        id=pseudonym,
        name=pseudonym,
        gender=Gender.FEMALE,
        category="citizen",
        role="speaker",
        association="apj",
        attended=True,
    )
    ids = {
        *(one.participant_id for one in plan.decisions),
        *(one.participant_id for one in plan.journeys),
        *(one.participant_id for one in plan.stays),
    }
    assert (ids, candidate.place, candidate.distance_km, candidate.age) == ({pseudonym}, OUEZZANE, 245.7, 33)


def test_a_sponsor_sees_the_name_of_a_person_who_agreed_for_that_sponsor() -> None:
    plan = a_full_plan(Consents(share=("oecd",)))
    seen = [plan_for(plan, Audience.SPONSOR, sponsor).candidates[0].participant for sponsor in ("oecd", "ef")]
    assert [(one.name, one.organisation, one.email, one.phone, one.needs) for one in seen] == [
        ("Salma Benali", "Coopérative Argane", "", "", ""),
        (seen[1].id, "", "", "", ""),
    ]


def test_two_sponsors_cannot_join_their_files() -> None:
    plan = a_plan(twelve_candidates())
    first, second = (
        [one.participant.id for one in plan_for(plan, Audience.SPONSOR, sponsor).candidates]
        for sponsor in ("oecd", "ef")
    )
    places = [[one.place for one in plan_for(plan, Audience.SPONSOR, sponsor).candidates] for sponsor in ("oecd", "ef")]
    assert (first == sorted(first), second == sorted(second), set(first) & set(second), places[0] == places[1]) == (
        True,
        True,
        set(),
        False,
    )


def test_pseudonyms_are_stable_and_each_is_there_once() -> None:
    ids = [f"p{number}" for number in range(60_000)]
    names = pseudonyms("e", "oecd", ids)
    assert (len(set(names.values())), names["p1"]) == (60_000, pseudonyms("e", "oecd", ["p1"])["p1"])
    assert pseudonyms("e", "oecd", ["p1"], b"secret") != pseudonyms("e", "oecd", ["p1"])


def test_a_sponsor_reads_numbers_places_and_words_of_the_event_in_reasons_and_nothing_typed() -> None:
    values: dict[str, object] = {
        "distance_km": 245.7,
        "region": "MA-04, MA-06",
        "place": "Ouezzane",
        "who": "Salma Benali",
        "typed": "chez Karima",
        "inside": Message(Text("{x}"), {"x": "Soulayma"}),
        "limit": Money(Decimal(3), "MAD"),
    }
    decision = a_decision("p1", rulings=(a_ruling(Effect.GRANTS, **values),))
    plan = a_plan([a_candidate(a_participant("p1", **EVERYTHING), place=OUEZZANE)], [decision])
    (seen, _) = plan_for(plan, Audience.SPONSOR, "oecd").decisions
    assert seen.rulings[0].verdict.values == {
        **values,
        "limit_km": 100,
        "who": WITHHELD,
        "typed": WITHHELD,
        "inside": Message(Text("{x}"), {"x": WITHHELD}),
    }


def reasons_seen(ruling: Ruling, consents: Consents = NO_CONSENT) -> list[tuple[Text, dict[str, object]]]:
    person = a_participant("p1", "Salma Benali", consents=consents, notes="calls herself Soulayma")
    plan = a_plan([a_candidate(person)], [a_decision("p1", rulings=(ruling,))])
    decision = plan_for(plan, Audience.SPONSOR, "oecd").decisions[0]
    return [(one.verdict.reason, one.verdict.values) for one in decision.rulings]


def an_override(reason: str) -> Ruling:
    verdict = Verdict(
        effect=Effect.GRANTS, reason=Text("{by} {on} {reason}"), values={"by": "Hind", "on": DAY, "reason": reason}
    )
    return Ruling(rule="override", plugin="person", version="", title=Text("Decision of a person"), verdict=verdict)


def test_what_a_person_wrote_of_an_override_stays_inside_without_consent_or_when_it_names_somebody() -> None:
    agreed = Consents(share=("oecd",))
    kept = [(REASON_KEPT, {"on": DAY})]
    assert reasons_seen(an_override("travels with a child")) == kept
    assert reasons_seen(an_override("SALMA BENALI travels with a child"), agreed) == kept
    assert reasons_seen(an_override("travels with a child"), agreed) == [
        (Text("{by} {on} {reason}"), {"by": WITHHELD, "on": DAY, "reason": "travels with a child"})
    ]


def test_a_sensitive_reason_and_a_reason_that_names_a_person_stay_inside() -> None:
    sensitive = msgspec.structs.replace(
        a_ruling(), verdict=Verdict(effect=Effect.GRANTS, reason=Text("uses a wheelchair"), sensitive=True)
    )
    naming = msgspec.structs.replace(
        a_ruling(), verdict=Verdict(effect=Effect.GRANTS, reason=Text("because Salma Benali asked"))
    )
    assert [reasons_seen(one) for one in (sensitive, naming)] == [[(PRIVATE_REASON, {})], [(PRIVATE_REASON, {})]]


def test_a_rule_may_say_a_word_that_is_also_somebodys_organisation() -> None:
    people = [a_participant(f"p{number}", f"Person No{number}", organisation="travel") for number in range(2)]
    plan = a_plan([a_candidate(one) for one in people], [a_decision(one.id) for one in people])
    seen = {one.rulings[0].verdict.reason.en for one in plan_for(plan, Audience.SPONSOR, "oecd").decisions[:2]}
    assert "lives {distance_km} km away, travel is paid from {limit_km} km" in seen


def test_a_sponsor_sees_its_own_money_only() -> None:
    line = PricedLine(
        label=Text("Night"),
        quantity=Decimal(1),
        unit="night",
        unit_price=Money(Decimal(650), "MAD"),
        amount=Money(Decimal(650), "MAD"),
    )
    price = {"amount": Money(Decimal(650), "MAD"), "lines": (line,)}
    uses = tuple(
        BudgetUse(
            line_id=f"{sponsor}-{benefit}",
            sponsor=sponsor,
            benefit=benefit,
            ceiling=None,
            people=1,
            planned=Money(Decimal(1), "MAD"),
        )
        for sponsor, benefit in (("oecd", "travel"), ("ef", "lodging"))
    )
    over = tuple(
        Finding(
            severity=Severity.WARNING,
            code="budget-exceeded",
            message=Text("{line} {planned}"),
            values={"line": use.line_id, "planned": use.planned},
        )
        for use in uses
    )
    plan = a_plan(
        [a_candidate()], [a_decision(**price), a_decision(benefit="lodging", **price)], budget=uses, findings=over
    )
    seen = plan_for(plan, Audience.SPONSOR, "oecd")
    assert ([one.amount for one in seen.decisions], seen.budget, seen.findings) == (
        [Money(Decimal(650), "MAD"), None],
        uses[:1],
        over[:1],
    )


def test_a_sponsors_plan_needs_the_sponsor() -> None:
    with pytest.raises(ValueError, match="for one sponsor"):
        plan_for(a_full_plan(), Audience.SPONSOR)


def test_a_part_added_to_plans_later_is_seen_by_nobody_until_it_is_named() -> None:
    bed = Bed(
        participant_id="P0001", night=date(2023, 10, 13), hotel="h", type="t", room="r", price=Money(Decimal(0), "MAD")
    )
    rooming = Rooming(beds=(bed,), findings=(Finding(severity=Severity.WARNING, code="f", message=Text("zq")),))
    standing = ApprovalStanding(number=1, on=date(2023, 10, 1), same=True, stands=True)
    plan = msgspec.structs.replace(a_full_plan(), rooming=rooming, approval=standing)
    seen = {audience: plan_for(plan, audience, "oecd") for audience in Audience}
    assert {audience: (one.rooming.beds, one.approval) for audience, one in seen.items()} == {
        **dict.fromkeys(Audience, ((), None)),
        Audience.ASSOCIATION: ((bed,), standing),
        Audience.SPONSOR: ((), standing),
        Audience.HOTEL: ((bed,), None),
    }
    assert seen[Audience.HOTEL].rooming.findings == ()


def test_the_public_sees_no_person_and_no_small_group() -> None:
    seen = plan_for(a_plan(twelve_candidates()), Audience.PUBLIC)
    assert (seen.candidates, seen.decisions, seen.journeys, seen.stays, seen.meals, seen.findings) == ((),) * 6
    assert seen.statistics.gender == {"female": 7, GROUPED: 5}
    assert seen.statistics.region_names == {"MA-06": CASABLANCA.region_name}


@given(st.dictionaries(st.sampled_from("abcdefghij"), st.integers(0, 40)))
def test_no_public_count_is_small_and_the_total_stays(counts: dict[str, int]) -> None:
    public = without_small_groups(counts)
    people = sum(counts.values())
    hides = any(0 < count < 5 for count in counts.values())
    assert all(count >= 5 or (count == 0 and not hides) for count in public.values())
    assert sum(public.values()) == (people if people >= 5 or not any(counts.values()) else 0)
    hidden = [name for name in counts if name not in public]
    assert len(hidden) != 1 or not public


def parted(total: int, parts: int) -> Iterator[tuple[int, ...]]:
    """Every way to part so many people among so many groups."""
    if parts == 1:
        yield (total,)
        return
    for first in range(total + 1):
        yield from ((first, *rest) for rest in parted(total - first, parts - 1))


def other_counts(public: dict[str, int], hidden: list[str]) -> list[tuple[int, ...]]:
    """Every way to fill the hidden groups so that the same is made public: what one can know who knows which groups
    there may be and how they are put together."""
    shown = {name: count for name, count in public.items() if name != GROUPED}
    guesses = parted(public[GROUPED], len(hidden))
    return [one for one in guesses if without_small_groups(shown | dict(zip(hidden, one, strict=True))) == public]


@settings(deadline=None)
@given(st.lists(st.integers(0, 9), min_size=2, max_size=5))
def test_no_hidden_count_follows_from_the_rest(counts: list[int]) -> None:
    named = dict(zip("abcde", counts, strict=False))
    public = without_small_groups(named)
    if GROUPED not in public or public[GROUPED] > 14:
        return
    hidden = [name for name in named if name not in public]
    guesses = other_counts(public, hidden)
    certain = [name for at, name in enumerate(hidden) if len({guess[at] for guess in guesses}) == 1]
    assert certain == []


texts = st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=6).map(lambda text: f"zq{text}qz canary")


@st.composite
def plans(draw: st.DrawFn) -> tuple[Plan, list[str]]:
    """A plan whose people, reasons, values and findings are full of private words, and the words of those who did
    not agree."""
    candidates, decisions, findings, private = [], [], [], []
    for number in range(draw(st.integers(1, 4))):
        agreed = draw(st.booleans())
        name, latin, note, needs, organisation, town = (f"{draw(texts)} {number}{kind}" for kind in range(6))
        email, phone = f"zq{number}@canary.example", f"+21266666666{number}"
        person = a_participant(
            f"person-{number}-zq",
            name,
            name_latin=latin,
            email=email,
            phone=phone,
            notes=note,
            needs=needs,
            organisation=organisation,
            town=town,
            consents=Consents(share=("oecd",) if agreed else ("ef",)),
            fields={"apj.q": note},
            source=Source(file="zqfile.xlsx", row=number),
        )
        private += [email, phone, note, needs, town, person.id]
        if not agreed:
            private += [name, latin, organisation]
        candidate = a_candidate(person, place=draw(st.sampled_from((CASABLANCA, OUEZZANE))))
        candidates.append(candidate)
        word = draw(st.sampled_from((name, latin, email, phone, note, needs)))
        typed = draw(st.sampled_from((word, town)))
        outcome = draw(st.sampled_from(Outcome))
        effect = draw(st.sampled_from(Effect))
        verdict = Verdict(
            effect=effect,
            reason=draw(st.sampled_from((Text("it is {x}"), Text(f"it is {word} again"), Text("x", fr=word)))),
            values={"x": typed, "y": (typed, {"z": typed}), "m": Message(Text("{v}"), {"v": word}), "t": Text(word)},
        )
        plugin = draw(st.sampled_from(("event", "person", "apj")))
        ruling = Ruling(rule="r", plugin=plugin, version="1", title=Text("Rule"), verdict=verdict)
        zero = Money(Decimal(0), "MAD")
        line = PricedLine(
            label=Text(word), values={"w": word}, quantity=Decimal(1), unit="leg", unit_price=zero, amount=zero
        )
        decisions.append(a_decision(person.id, outcome=outcome, rulings=(ruling,), lines=(line,)))
        findings += [
            Finding(severity=Severity.WARNING, code="f", message=Text("{w}"), values={"w": word}),
            Finding(severity=Severity.WARNING, code="f", message=Text(f"see {word}")),
            Finding(severity=Severity.WARNING, code="f", message=Text("x"), source=Source(participant=person.id)),
        ]
    journeys = tuple(journey for one in candidates for journey in two_journeys(one))
    plan = a_plan(candidates, decisions, journeys=journeys, findings=tuple(findings))
    return plan, private


@settings(max_examples=int(os.environ.get("EVENTOPS_RANDOM_EVENTS", 60)), deadline=None)
@given(plans())
def test_nobody_appears_before_a_sponsor_without_consent(case: tuple[Plan, list[str]]) -> None:
    plan, private = case
    seen = encoded(plan_for(plan, Audience.SPONSOR, "oecd"))
    assert [word for word in private if word in seen] == []


@settings(max_examples=20, deadline=None)
@given(plans())
def test_nobody_appears_before_the_public_and_no_name_before_the_caterer(case: tuple[Plan, list[str]]) -> None:
    plan, _ = case
    seen = encoded(plan_for(plan, Audience.PUBLIC)) + encoded(plan_for(plan, Audience.CATERER))
    assert "canary" not in seen
