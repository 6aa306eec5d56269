"""For whoever writes to the participants: one row a person, with sentences in that person's own language."""

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType

from eventops.builtin.exports.cells import by_name, cell_or_none, field_column, heading, language_title
from eventops.domain.deciding.seat_quotas import QUOTA_FULL, VALUE_FULL
from eventops.domain.deciding.selections import Funding
from eventops.domain.event import Event, opening
from eventops.domain.hosting.lodging import Stay
from eventops.domain.paying.funding import granting_rulings, joined, telling_refusal
from eventops.domain.plan import Plan
from eventops.domain.reporting.audiences import PRIVATE_REASON, REASON_KEPT
from eventops.domain.reporting.funding_words import marks_of, outcome_beside
from eventops.domain.reporting.labels import label_of
from eventops.domain.reporting.reports import Audience, Cell, Column, Options, Report, Spoken, Table, rows_from
from eventops.domain.reporting.titles import days_said
from eventops.domain.rules import Candidate, Decision, Effect, Outcome, Ruling, Seat
from eventops.domain.texts import Message, Text
from eventops.extension.spec import Export

TITLE = Text("Contact list", fr="Liste de contacts", ar="لائحة الاتصال")
SEAT_CONFIRMED = Text(
    "Your seat at “{event}” ({day}) is confirmed; please be at {venue} by {time}.",
    fr="Votre place à la rencontre « {event} » ({day}) est confirmée ; merci d’être sur place à {time}, à l’adresse "
    "suivante : {venue}.",
    ar="مقعدكم في لقاء «{event}» ({day}) مؤكد، ونرجو حضوركم على الساعة {time} إلى: {venue}.",
)
VENUE = Text("{venue}, {address}", ar="{venue}، {address}")
SEAT_OFFERED = Text(
    "A seat at “{event}” ({day}) is offered to you; please tell us by {until} whether you take it.",
    fr="Une place à la rencontre « {event} » ({day}) vous est proposée ; merci de nous dire au plus tard le {until} "
    "si vous l’acceptez.",
    ar="نعرض عليكم مقعدا في لقاء «{event}» ({day})؛ المرجو إخبارنا قبل نهاية يوم {until} هل تقبلونه.",
)
SEAT_OFFERED_OPEN = Text(
    "A seat at “{event}” ({day}) is offered to you; please tell us whether you take it.",
    fr="Une place à la rencontre « {event} » ({day}) vous est proposée ; merci de nous dire si vous l’acceptez.",
    ar="نعرض عليكم مقعدا في لقاء «{event}» ({day})؛ المرجو إخبارنا هل تقبلونه.",
)
SEAT_DECLINED = Text(
    "You have no seat at “{event}” ({day}), as agreed with you or because the offer was not answered in time.",
    fr="Vous n’avez pas de place à la rencontre « {event} » ({day}), selon votre réponse ou faute de réponse à temps.",
    ar="ليس لكم مقعد في لقاء «{event}» ({day})، بناء على جوابكم أو لعدم التوصل به في الأجل.",
)
SEAT_REFUSED = Text(
    "We could not take your registration for “{event}” ({day}): it came outside the days of registration.",
    fr="Nous n’avons pas pu retenir votre inscription à la rencontre « {event} » ({day}) : elle est arrivée en dehors "
    "des jours d’inscription.",
    ar="تعذر قبول تسجيلكم في لقاء «{event}» ({day}) لأنه ورد خارج أيام التسجيل.",
)
SEAT_WAITING = Text(
    "You are number {position} on the waiting list of “{event}” ({day}); we will write as soon as a seat is free.",
    fr="Vous êtes en position {position} sur la liste d’attente de la rencontre « {event} » ({day}) ; nous vous "
    "écrirons dès qu’une place se libère.",
    ar="رتبتكم في لائحة الانتظار الخاصة بـ«{event}» ({day}) هي {position}، وسنراسلكم فور توفر مقعد.",
)
SEAT_WAITING_QUOTA = Text(
    "You are number {position} on the waiting list of “{event}” ({day}): {reason}. We will write as soon as a seat is "
    "free for you.",
    fr="Vous êtes en position {position} sur la liste d’attente de la rencontre « {event} » ({day}) : {reason}. Nous "
    "vous écrirons dès qu’une place se libère pour vous.",
    ar="رتبتكم في لائحة الانتظار الخاصة بـ«{event}» ({day}) هي {position}: {reason}. سنراسلكم فور توفر مقعد لكم.",
)
TRAVEL = {
    Outcome.GRANTED: Text(
        "Your travel is paid{amount}, because: {reason}.",
        fr="Votre déplacement est pris en charge{amount}, pour le motif suivant : {reason}.",
        ar="تنقلكم متكفل به{amount}، وذلك للسبب التالي: {reason}.",
    ),
    Outcome.EXCLUDED: Text(
        "Your travel cannot be paid, because: {reason}.",
        fr="Votre déplacement ne peut pas être pris en charge, pour le motif suivant : {reason}.",
        ar="يتعذر التكفل بتنقلكم للسبب التالي: {reason}.",
    ),
    Outcome.REFERRED: Text(
        "Whether your travel is paid is still being looked at; we will contact you.",
        fr="La prise en charge de votre déplacement est encore à l’étude ; nous vous contacterons.",
        ar="طلب التكفل بتنقلكم ما زال قيد الدراسة، وسنتصل بكم.",
    ),
    Outcome.NOT_COVERED: Text(
        "Your travel is not paid ({reason}).",
        fr="Votre déplacement n’est pas pris en charge ({reason}).",
        ar="تنقلكم غير متكفل به ({reason}).",
    ),
}
LODGING = {
    Outcome.GRANTED: Text(
        "A room is kept for you{hotel} from {arrival} to {departure}, because: {reason}.",
        fr="Une chambre vous est réservée{hotel} du {arrival} au {departure}, pour le motif suivant : {reason}.",
        ar="حُجزت لكم غرفة{hotel} من {arrival} إلى {departure}، وذلك للسبب التالي: {reason}.",
    ),
    Outcome.EXCLUDED: Text(
        "Your lodging cannot be paid, because: {reason}.",
        fr="Votre hébergement ne peut pas être pris en charge, pour le motif suivant : {reason}.",
        ar="يتعذر التكفل بإيوائكم للسبب التالي: {reason}.",
    ),
    Outcome.REFERRED: Text(
        "Whether your lodging is paid is still being looked at; we will contact you.",
        fr="La prise en charge de votre hébergement est encore à l’étude ; nous vous contacterons.",
        ar="طلب التكفل بإيوائكم ما زال قيد الدراسة، وسنتصل بكم.",
    ),
    Outcome.NOT_COVERED: Text(
        "No room is kept for you ({reason}).",
        fr="Aucune chambre ne vous est réservée ({reason}).",
        ar="لم تُحجز لكم غرفة ({reason}).",
    ),
}
NOT_FUNDED = {
    "travel": Text(
        "You meet the conditions for having your travel paid, but the money does not reach that far for now; you are "
        "number {in_line} of those who wait for it.",
        fr="Vous remplissez les conditions pour la prise en charge de votre déplacement, mais le budget ne suffit pas "
        "à ce jour ; vous êtes en position {in_line} sur la liste d’attente de cette prise en charge.",
        ar="تستوفون شروط التكفل بتنقلكم، غير أن الاعتماد المتوفر لا يكفي حاليا؛ رتبتكم في لائحة انتظار هذا التكفل هي "
        "{in_line}.",
    ),
    "lodging": Text(
        "You meet the conditions for a paid room, but the money does not reach that far for now; you are number "
        "{in_line} of those who wait for it.",
        fr="Vous remplissez les conditions pour la prise en charge de votre hébergement, mais le budget ne suffit pas "
        "à ce jour ; vous êtes en position {in_line} sur la liste d’attente de cette prise en charge.",
        ar="تستوفون شروط التكفل بإيوائكم، غير أن الاعتماد المتوفر لا يكفي حاليا؛ رتبتكم في لائحة انتظار هذا التكفل هي "
        "{in_line}.",
    ),
}
UP_TO = Text(" up to {amount}", fr=" à hauteur de {amount}", ar=" في حدود {amount}")
AT_HOTEL = Text(" ({hotel})", fr=" ({hotel})", ar=" ({hotel})")
NOBODY: Mapping[tuple[str, str], Funding] = MappingProxyType({})
NO_RULE = Text("no criterion applies", fr="aucun critère ne s’applique", ar="لا ينطبق أي معيار")

COLUMNS = (
    field_column("id"),
    field_column("name"),
    field_column("language", width=11),
    field_column("email"),
    field_column("phone"),
    Column(name="seat", title=Text("Seat", fr="Place", ar="المقعد"), width=14),
    Column(name="travel", title=Text("Travel", fr="Déplacement", ar="التنقل"), width=16),
    Column(name="lodging", title=Text("Lodging", fr="Hébergement", ar="الإيواء"), width=16),
    Column(
        name="message",
        title=Text(
            "Message in the person’s language", fr="Message dans la langue de la personne", ar="رسالة بلغة الشخص"
        ),
        width=60,
    ),
)


def contacts(plan: Plan, options: Options) -> Report:
    """Everybody by name; the message tells of seat, travel and lodging, and why, in the person's language."""
    decisions = {(one.participant_id, one.benefit): one for one in plan.decisions}
    stays = {one.participant_id: one for one in plan.stays}
    marks = {key: mark for key, mark in marks_of(plan).items() if not mark.reached}
    table = Table(
        name="contacts",
        title=TITLE,
        columns=COLUMNS,
        rows=rows_from(by_name(plan.candidates), lambda one: _row(plan.event, one, decisions, stays, marks)),
        landscape=True,
    )
    return Report(
        name="contacts", title=TITLE, audience=Audience.ASSOCIATION, tables=(table,), heading=heading(plan.event)
    )


def _row(
    event: Event,
    candidate: Candidate,
    decisions: dict[tuple[str, str], Decision],
    stays: dict[str, Stay],
    beyond: Mapping[tuple[str, str], Funding],
) -> tuple[Cell, ...]:
    person = candidate.participant
    travel, lodging = decisions.get((person.id, "travel")), decisions.get((person.id, "lodging"))
    language = person.language or event.language
    texts: tuple[Cell, ...] = (
        person.id,
        person.name,
        language_title(language),
        person.email,
        person.phone,
        label_of(candidate.seat),
        outcome_beside(travel, beyond) if travel is not None else None,
        outcome_beside(lodging, beyond) if lodging is not None else None,
        Spoken(message_to(event, candidate, travel, lodging, stays.get(person.id), beyond), language),
    )
    return tuple(cell_or_none(text) for text in texts)


def message_to(
    event: Event,
    candidate: Candidate,
    travel: Decision | None,
    lodging: Decision | None,
    stay: Stay | None,
    beyond: Mapping[tuple[str, str], Funding] = NOBODY,
) -> Message:
    """What to tell one person: the seat; for those who have one, travel and lodging with their reasons. `beyond` holds
    the place in line of those the money does not reach, by person and benefit."""
    sentences = [_seat(event, candidate)]
    if candidate.seat is Seat.CONFIRMED:
        for one in filter(None, (travel, lodging)):
            mark = beyond.get((candidate.participant.id, one.benefit))
            if mark is not None and one.outcome is Outcome.GRANTED:
                sentences.append(Message(NOT_FUNDED[one.benefit], {"in_line": mark.in_line}))
            else:
                sentences.append(_travel(one) if one is travel else _lodging(event, one, stay))
    return joined(sentences, " ")


def _seat(event: Event, candidate: Candidate) -> Message:
    if candidate.seat is Seat.WAITING:
        values: dict[str, object] = {
            "position": candidate.waiting_position,
            "event": event.title,
            "day": days_said(event),
        }
        reason = candidate.seat_reason
        if reason is not None and reason.text in (QUOTA_FULL, VALUE_FULL):  # others may have a seat before them
            return Message(SEAT_WAITING_QUOTA, values | {"reason": reason})
        return Message(SEAT_WAITING, values)
    if candidate.seat is not Seat.CONFIRMED:
        reason = candidate.seat_reason
        named: dict[str, object] = {"event": event.title, "day": days_said(event)}
        named |= dict(reason.values) if reason is not None else {}
        if candidate.seat is Seat.OFFERED:
            return Message(SEAT_OFFERED if named.get("until") else SEAT_OFFERED_OPEN, named)
        return Message(SEAT_REFUSED if candidate.seat is Seat.REFUSED else SEAT_DECLINED, named)
    starts_at = opening(event)
    return Message(
        SEAT_CONFIRMED,
        {"event": event.title, "day": days_said(event), "venue": _venue(event), "time": starts_at.time()},
    )


def _venue(event: Event) -> Text | Message:
    venue = event.venue
    return Message(VENUE, {"venue": venue.name, "address": venue.address}) if venue.address.en else venue.name


def _travel(decision: Decision) -> Message:
    amount = Message(UP_TO, {"amount": decision.amount}) if decision.amount is not None else ""
    return Message(TRAVEL[decision.outcome], {"amount": amount, "reason": _reason(decision)})


def _lodging(event: Event, decision: Decision, stay: Stay | None) -> Message:
    values: dict[str, object] = {"reason": _reason(decision)}
    if decision.outcome is Outcome.GRANTED and stay is not None:
        values |= {
            "hotel": Message(AT_HOTEL, {"hotel": event.hotel.name}) if event.hotel is not None else "",
            "arrival": stay.arrives_on,
            "departure": max(stay.nights) + timedelta(days=1),
        }
    return Message(LODGING[decision.outcome], values)


def _reason(decision: Decision) -> Message:
    """The first reason that tipped the decision, as people outside the association may read it."""
    if decision.outcome is Outcome.GRANTED:
        rulings = granting_rulings(decision)
    else:
        wanted = {Outcome.EXCLUDED: Effect.EXCLUDES, Outcome.REFERRED: Effect.REFERS}.get(decision.outcome)
        own = tuple(one for one in decision.rulings if one.plugin == "person")
        telling = telling_refusal(decision) if decision.outcome is Outcome.NOT_COVERED else None
        if telling is not None and not own:
            return _shown(telling)
        rulings = own or tuple(one for one in decision.rulings if wanted is None or one.verdict.effect is wanted)
    return _shown(rulings[0]) if rulings else Message(NO_RULE)


def _shown(ruling: Ruling) -> Message:
    """The reason as it may stand in a letter: what a colleague wrote, and what tells of health, stays inside."""
    verdict = ruling.verdict
    if ruling.plugin == "person":
        return Message(REASON_KEPT, {"on": verdict.values.get("on")})
    return Message(PRIVATE_REASON) if verdict.sensitive else Message(verdict.reason, verdict.values)


CONTACTS = Export(name="contacts", title=TITLE, audience=Audience.ASSOCIATION, compose=contacts)
