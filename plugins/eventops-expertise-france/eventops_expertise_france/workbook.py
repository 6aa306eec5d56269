"""The workbook: summary, people covered, expenses, vouchers, attendance, indicators, method."""

from collections.abc import Sequence

from eventops import (
    Audience,
    Cell,
    Column,
    Gender,
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
)
from eventops_expertise_france.expenses import budget_table, people_table, vouchers_table
from eventops_expertise_france.method import method_table, rate_notes
from eventops_expertise_france.participation import indicators_table, signatures_table

SPONSOR = "expertise-france"
AGENCY = Sponsor(
    id=SPONSOR, name=Text("Expertise France", fr="Expertise France", ar="Expertise France"), country="FR", language="fr"
)

TITLE = Text(
    "People covered, expenses and participation",
    fr="Prises en charge, dépenses et participation",
    ar="المتكفل بهم والنفقات والمشاركة",
)
HEADING = Text("{sponsor}: {event}", fr="{sponsor} : {event}", ar="{sponsor}: {event}")
NOT_OFFICIAL = Text(
    "An illustrative layout, not an official template of the agency.",
    fr="Présentation illustrative, qui n’est pas un modèle officiel de l’agence.",
    ar="عرض توضيحي وليس نموذجا رسميا للوكالة.",
)
DAYS = Text("{first} to {last}", fr="du {first} au {last}", ar="من {first} إلى {last}")
PLACE = Text("{venue}, {town}", fr="{venue}, {town}", ar="{venue}، {town}")
OF_ALL = Text("{count} of {all}", fr="{count} sur {all}", ar="{count} من {all}")
PLAIN = Text("{value}", fr="{value}", ar="{value}")


def summary_rows(plan: Plan, sponsor: Sponsor, paid: Sequence[Paid]) -> tuple[tuple[Cell, ...], ...]:
    """The meeting, the participation and the sponsor's part, a line each."""
    event, everybody = plan.event, len(plan.candidates)
    women = sum(one.participant.gender is Gender.FEMALE for one in plan.candidates)
    covered = len({one.candidate.participant.id for one in paid})
    cost = cost_borne(plan, sponsor.id)
    facts: list[tuple[Text, object]] = [
        (Text("Meeting", fr="Rencontre", ar="اللقاء"), event.title),
        (Text("Place", fr="Lieu", ar="المكان"), Message(PLACE, {"venue": event.venue.name, "town": event.venue.town})),
        (Text("Sponsor", fr="Bailleur", ar="الداعم"), sponsor.name),
        (Text("Participants", fr="Participants", ar="المشاركون"), everybody),
        (Text("Of whom women", fr="Dont femmes", ar="منهم نساء"), Message(OF_ALL, {"count": women, "all": everybody})),
        (
            Text("People covered, meals apart", fr="Prises en charge, hors repas", ar="المتكفل بهم، دون الوجبات"),
            Message(OF_ALL, {"count": covered, "all": everybody}),
        ),
        (Text("Planned cost", fr="Coût prévisionnel", ar="الكلفة المتوقعة"), exchanged(event, cost, sponsor.currency)),
        (Text("Planned cost, paid in", fr="Coût prévisionnel, réglé en", ar="الكلفة المتوقعة بعملة الأداء"), cost),
    ]
    if event.agenda:
        first, last = first_day(event), last_day(event)
        dates = first if first == last else Message(DAYS, {"first": first, "last": last})
        facts.insert(1, (Text("Date", fr="Date", ar="التاريخ"), dates))
    return tuple((fact, said(value)) for fact, value in facts)


def said(value: object) -> Text | Message | None:
    """A value as text of the reader's language."""
    return value if value is None or isinstance(value, Text | Message) else Message(PLAIN, {"value": value})


def compose(plan: Plan, options: Options) -> Report:
    """All sheets for this sponsor, from the plan as it may see it."""
    sponsor = next((one for one in plan.event.sponsors if one.id == SPONSOR), AGENCY)
    paid = of_people(plan, paid_by(plan, SPONSOR))
    notes = rate_notes(plan.event, sponsor.currency)
    return Report(
        name="workbook",
        title=TITLE,
        audience=Audience.SPONSOR,
        heading=Message(HEADING, {"sponsor": sponsor.name, "event": plan.event.title}),
        language=options.language,
        tables=(
            Table(
                name="summary",
                title=Text("Summary", fr="Synthèse", ar="ملخص"),
                columns=(
                    Column(name="fact", title=Text("Item", fr="Rubrique", ar="العنصر"), width=34),
                    Column(name="value", title=Text("Value", fr="Valeur", ar="القيمة"), width=52),
                ),
                rows=summary_rows(plan, sponsor, paid),
                notes=(NOT_OFFICIAL, *notes),
            ),
            people_table(plan, paid, sponsor.currency, notes),
            budget_table(plan, SPONSOR, sponsor.currency, notes),
            vouchers_table(plan, paid, SPONSOR),
            signatures_table(plan),
            indicators_table(plan, paid),
            method_table(plan, sponsor.currency),
        ),
    )
