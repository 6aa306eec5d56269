"""Letters: what each person is told of seat, travel and bed, in their own language."""

from datetime import date
from decimal import Decimal

from msgspec.structs import replace

from eventops.adapters.wording import open_wordings
from eventops.builtin.exports.contacts import CONTACTS
from eventops.domain.deciding.selections import Funding
from eventops.domain.money import Money
from eventops.domain.people import Gender
from eventops.domain.plan import Plan
from eventops.domain.reporting.reports import Options, localised, rows_of
from eventops.domain.rules import Effect, Grant, Ruling, Seat, Verdict
from eventops.domain.texts import Text
from eventops.testing.builders import OUEZZANE, a_candidate, a_decision, a_participant, a_plan, a_ruling, two_journeys

WORDINGS = open_wordings(("ar", "fr", "en"))


def message(plan: Plan) -> str:
    """What the first person of the plan is told, whatever language the list itself is in."""
    report = localised(CONTACTS.compose(plan, Options(language="en")), WORDINGS["en"], WORDINGS)
    return str(next(iter(rows_of(report.tables[0])))["message"])


def far_plan(language: str) -> Plan:
    """One person who comes from Ouezzane by train and sleeps a night."""
    person = a_participant("p1", "سلمى بنعلي", gender=Gender.FEMALE, language=language)
    candidate = a_candidate(person, place=OUEZZANE, distance_km=245.68)
    decisions = [
        a_decision("p1", "travel", amount=Money(Decimal("165.50"), "MAD")),
        a_decision(
            "p1",
            "lodging",
            grant=Grant(nights=(date(2023, 10, 13),), payer="ef"),
            amount=Money(Decimal(650), "MAD"),
        ),
    ]
    return a_plan([candidate], decisions, journeys=two_journeys(candidate))


def test_a_contact_is_told_everything_in_their_own_language() -> None:
    said = {language: message(far_plan(language)) for language in ("ar", "fr", "en")}
    assert {language: text.replace("\u00a0", " ").replace("\u200f", "") for language, text in said.items()} == {
        "en": "Your seat at “First consultative meeting” (14 October 2023) is confirmed; please be at Hotel Idou Anfa "
        "by 09:00. Your travel is paid up to MAD 165.50, because: lives 120.5 km away, travel is paid from "
        "100 km. A room is kept for you (Idou Anfa) from 13 October 2023 to 14 October 2023, because: lives 120.5 km "
        "away, travel is paid from 100 km.",
        "fr": "Votre place à la rencontre « Première rencontre consultative » (14 octobre 2023) est confirmée ; merci "
        "d’être sur place à 09:00, à l’adresse suivante : Hôtel Idou Anfa. Votre déplacement est pris en charge à "
        "hauteur de 165,50 MAD, pour le motif suivant : habite à 120,5 km, le voyage est pris en charge à partir de "
        "100 km. Une chambre vous est réservée (Idou Anfa) du 13 octobre 2023 au 14 octobre 2023, pour le motif "
        "suivant : habite à 120,5 km, le voyage est pris en charge à partir de 100 km.",
        "ar": "مقعدكم في لقاء «اللقاء التشاوري الأول» (14 أكتوبر 2023) مؤكد، ونرجو حضوركم على الساعة "
        "09:00 إلى: فندق إيدو أنفا. تنقلكم متكفل به في حدود 165,50 د.م.، وذلك للسبب التالي: يقيم على بعد 120,5 كلم، "
        "ويُتكفَّل بالتنقل ابتداءً من 100 كلم. حُجزت لكم غرفة (إيدو أنفا) من 13 أكتوبر 2023 إلى 14 أكتوبر 2023، وذلك للسبب "
        "التالي: يقيم على بعد 120,5 كلم، ويُتكفَّل بالتنقل ابتداءً من 100 كلم.",
    }


def test_a_contact_on_the_waiting_list_hears_of_the_seat_only() -> None:
    plan = a_plan([a_candidate(a_participant(language="en"), seat=Seat.WAITING, waiting_position=3)])
    assert message(plan) == (
        "You are number 3 on the waiting list of “First consultative meeting” (14 October 2023); we will write as "
        "soon as a seat is free."
    )


def test_a_letter_does_not_carry_what_a_colleague_wrote_or_what_tells_of_health() -> None:
    verdict = Verdict(effect=Effect.GRANTS, reason=Text("{by}: {reason}"), values={"by": "Hind", "reason": "is ill"})
    override = Ruling(rule="override", plugin="person", version="", title=Text("Person"), verdict=verdict)
    plan = a_plan([a_candidate(a_participant(language="en"))], [a_decision(rulings=(override, a_ruling()))])
    assert "is ill" not in message(plan)


def test_a_contact_whom_the_money_does_not_reach_hears_of_their_place_in_line() -> None:
    plan = far_plan("en")
    mark = Funding(
        participant_id="p1", benefit="lodging", line="ef-lodging", selection="event.ranking", position=4, reached=False,
        reason=Text("farthest first"), in_line=2,
    )  # fmt: skip
    said = message(replace(plan, funding=(mark,)))
    assert said.endswith(
        "You meet the conditions for a paid room, but the money does not reach that far for now; you are number 2 of "
        "those who wait for it."
    )
