"""The workbook: summary, covered people, cost lines, budget, attendance, statistics, decisions, limits, rates."""

from collections.abc import Sequence

from eventops import (
    Audience,
    Cell,
    Column,
    Message,
    Options,
    Paid,
    Plan,
    Report,
    Sponsor,
    Table,
    Text,
    cost_borne,
    exchanged,
    first_day,
    last_day,
    of_people,
    paid_by,
    rate_used,
)
from eventops_oecd.costs import budget_table, covered_table, lines_table
from eventops_oecd.method import decisions_table, limits_table, rates_table
from eventops_oecd.people import attendance_table, statistics_table

SPONSOR = "oecd"
OECD = Sponsor(id=SPONSOR, name=Text("OECD", fr="OCDE", ar="منظمة التعاون والتنمية الاقتصادية"), country="FR")

TITLE = Text(
    "Participants supported, costs and statistics",
    fr="Participants soutenus, coûts et statistiques",
    ar="المشاركون المدعومون والتكاليف والإحصائيات",
)
HEADING = Text("{sponsor}: {event}", fr="{sponsor} : {event}", ar="{sponsor}: {event}")
NOT_OFFICIAL = Text(
    "An illustrative layout, not an official template of the organisation.",
    fr="Présentation illustrative, qui n’est pas un modèle officiel de l’organisation.",
    ar="عرض توضيحي وليس نموذجا رسميا للمنظمة.",
)
ESTIMATES = Text(
    "Amounts are planned: estimates until invoices and signatures are in.",
    fr="Les montants sont prévus : des estimations tant que factures et signatures ne sont pas réunies.",
    ar="المبالغ متوقعة وتبقى تقديرية إلى حين التوصل بالفواتير والتوقيعات.",
)
NO_RATE = Text(
    "There is no rate between {base} and {quote}: add one to the rates of the event, with its date and source.",
    fr="Aucun taux entre {base} et {quote} : ajoutez-en un aux taux de l’événement, avec sa date et sa source.",
    ar="لا يوجد سعر صرف بين {base} و{quote}: يجب إضافته إلى أسعار الصرف الخاصة باللقاء مع تاريخه ومصدره.",
)
RATE_USED = Text(
    "1 {base} = {rate} {quote} on {on} ({source})",
    fr="1 {base} = {rate} {quote} le {on} ({source})",
    ar="1 {base} = {rate} {quote} بتاريخ {on} ({source})",
)
ONE_DAY = Text("{first}", fr="{first}", ar="{first}")
SEVERAL_DAYS = Text("{first} to {last}", fr="du {first} au {last}", ar="من {first} إلى {last}")
PLACE = Text("{venue}, {town}", fr="{venue}, {town}", ar="{venue}، {town}")
PLAIN = Text("{value}", fr="{value}", ar="{value}")


def money_notes(plan: Plan, currency: str) -> tuple[Text | Message, ...]:
    """That amounts are planned, and the rate they were converted at or how to add it."""
    rate = rate_used(plan.event, currency)
    if plan.event.currency == currency:
        return (ESTIMATES,)
    if rate is None:
        return ESTIMATES, Message(NO_RATE, {"base": plan.event.currency, "quote": currency})
    values = {"base": rate.base, "quote": rate.quote, "rate": rate.rate, "on": rate.on, "source": rate.source}
    return ESTIMATES, Message(RATE_USED, values)


def days_of(plan: Plan) -> Message | None:
    """The day or days of the event; None without an agenda."""
    if not plan.event.agenda:
        return None
    first, last = first_day(plan.event), last_day(plan.event)
    return Message(ONE_DAY if first == last else SEVERAL_DAYS, {"first": first, "last": last})


def summary_table(plan: Plan, sponsor: Sponsor, paid: Sequence[Paid], notes: tuple[Text | Message, ...]) -> Table:
    """The event and the sponsor's part of it, a line each."""
    event = plan.event
    borne = cost_borne(plan, sponsor.id)
    in_own = exchanged(event, borne, sponsor.currency)
    facts: tuple[tuple[Text, object], ...] = (
        (Text("Event", fr="Événement", ar="اللقاء"), event.title),
        (Text("Date", fr="Date", ar="التاريخ"), days_of(plan)),
        (Text("Place", fr="Lieu", ar="المكان"), Message(PLACE, {"venue": event.venue.name, "town": event.venue.town})),
        (Text("Sponsor", fr="Bailleur", ar="الداعم"), sponsor.name),
        (Text("Participants", fr="Participants", ar="المشاركون"), len(plan.candidates)),
        (
            Text(
                "People supported by this sponsor",
                fr="Personnes soutenues par ce bailleur",
                ar="المدعومون من هذا الداعم",
            ),
            len({one.candidate.participant.id for one in paid}),
        ),
        (Text("Planned cost", fr="Coût prévu", ar="الكلفة المتوقعة"), borne),
        (Text("Planned cost, converted", fr="Coût prévu, converti", ar="الكلفة المتوقعة بعد التحويل"), in_own),
    )
    rows: tuple[tuple[Cell, ...], ...] = tuple((fact, said(value)) for fact, value in facts)
    return Table(
        name="summary",
        title=Text("Summary", fr="Synthèse", ar="ملخص"),
        columns=(
            Column(name="fact", title=Text("Fact", fr="Élément", ar="العنصر"), width=36),
            Column(name="value", title=Text("Value", fr="Valeur", ar="القيمة"), width=52),
        ),
        rows=rows,
        notes=(NOT_OFFICIAL, *notes),
    )


def said(value: object) -> Text | Message | None:
    """A value as text of the reader's language."""
    if value is None or isinstance(value, Text | Message):
        return value
    return Message(PLAIN, {"value": value})


def compose(plan: Plan, options: Options) -> Report:
    """All sheets for this sponsor, from the plan as it may see it."""
    sponsor = next((one for one in plan.event.sponsors if one.id == SPONSOR), OECD)
    currency = sponsor.currency
    paid = of_people(plan, paid_by(plan, SPONSOR))
    notes = money_notes(plan, currency)
    return Report(
        name="workbook",
        title=TITLE,
        audience=Audience.SPONSOR,
        heading=Message(HEADING, {"sponsor": sponsor.name, "event": plan.event.title}),
        language=options.language,
        tables=(
            summary_table(plan, sponsor, paid, notes),
            covered_table(plan, paid, currency, notes),
            lines_table(plan, paid, SPONSOR, currency, notes),
            budget_table(plan, SPONSOR, currency, notes),
            attendance_table(plan),
            statistics_table(plan, paid),
            decisions_table(plan),
            limits_table(plan),
            rates_table(plan, currency),
        ),
    )
