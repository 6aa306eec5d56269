"""For a sponsor's officer: everything needed to check what the sponsor pays, in one workbook.

Who is covered and why, who is not and what is missing, who was there, what it costs against what was claimed, the
numbers, and a page from which one decision can be worked out by hand.
"""

from collections.abc import Iterable, Sequence

from eventops.builtin.exports.cells import (
    benefit_column,
    benefit_title,
    deciding_reasons,
    field_column,
    heading,
    kilometres,
    region_name,
)
from eventops.builtin.exports.sponsor_costs import cost_table, material_table
from eventops.builtin.exports.sponsor_method import method_tables
from eventops.domain.enrolling.person_cells import category_title, cell_or_none
from eventops.domain.money import total
from eventops.domain.paying.funding import Paid, joined, of_people, paid_by, telling_refusal
from eventops.domain.people import age_band
from eventops.domain.plan import Plan
from eventops.domain.reporting.labels import AGE_LABELS, COUNT_LABELS, GENDER_LABELS, TOPIC_LABELS, UNKNOWN, label_of
from eventops.domain.reporting.reports import Audience, Cell, Column, Kind, Options, Report, Table
from eventops.domain.reporting.titles import category_titles, region_titles
from eventops.domain.rules import Candidate, Decision, Outcome, Seat, region_of
from eventops.domain.texts import Message, Text
from eventops.errors import NotUsable
from eventops.extension.spec import Export

TITLE = Text("Sponsor pack", fr="Dossier du bailleur", ar="ملف الجهة الممولة")
HEADING = Text("{sponsor} – {heading}", fr="{sponsor} – {heading}", ar="{sponsor} – {heading}")
BENEFIT = benefit_column(16)
REGION = Column(name="region", title=TOPIC_LABELS["region"], width=24)
DISTANCE = Column(
    name="distance_km", title=Text("Distance (km)", fr="Distance (km)", ar="المسافة (كلم)"), kind=Kind.DECIMAL, width=12
)
PSEUDONYM = field_column("id", width=13)
PERSON_COLUMNS = (
    PSEUDONYM,
    field_column("name"),
    field_column("gender"),
    field_column("category"),
    REGION,
    DISTANCE,
)
REASON = Column(name="reason", title=Text("Reason", fr="Motif", ar="السبب"), width=60)
SHARE = Column(name="share", title=Text("Share", fr="Part", ar="الحصة"), kind=Kind.PERCENT, width=9)
AMOUNT = Column(name="amount", title=Text("Planned", fr="Prévu", ar="المتوقع"), kind=Kind.MONEY, width=16, total=True)
CALCULATION = Column(name="calculation", title=Text("Worked out", fr="Calcul", ar="طريقة الاحتساب"), width=48)
LINE = Text(
    "{label}: {quantity} × {unit_price} = {amount}",
    fr="{label} : {quantity} × {unit_price} = {amount}",
    ar="{label}: {quantity} × {unit_price} = {amount}",
)
SHARE_OF = Text("{share} % of {amount}", fr="{share} % de {amount}", ar="{share} في المائة من {amount}")
OUTCOME = Column(name="outcome", title=Text("Outcome", fr="Décision", ar="القرار"), width=22)
BEYOND = Text(
    "eligible, not funded: place {position} in line",
    fr="éligible, non financé : rang {position}",
    ar="مستحق دون تمويل: الرتبة {position}",
)
PSEUDONYMS = Text(
    "People who did not agree to share their name with this sponsor stand under a code, the same in all its files.",
    fr="Les personnes qui n’ont pas consenti au partage de leur nom avec ce bailleur figurent sous un code, le même "
    "dans tous ses fichiers.",
    ar="من لم يوافق على إطلاع هذه الجهة على اسمه يظهر برمز، وهو الرمز نفسه في كل ملفاتها.",
)
LOCAL = Text("Local participants", fr="Participants locaux", ar="المشاركون المحليون")
FROM_ABROAD = Text("International participants", fr="Participants internationaux", ar="المشاركون الدوليون")
SIGNATURE = Column(name="signature", title=Text("Signature", fr="Signature", ar="التوقيع"), width=30)
DAY_SHEET = Text("{group}, {day}", fr="{group}, {day}", ar="{group}، {day}")
PRESENT = Column(name="present", title=Text("Present", fr="Présent·e", ar="حاضر (ة)"), kind=Kind.YES_NO, width=10)


def sponsor_pack(plan: Plan, options: Options) -> Report:
    """All tables for the sponsor named by `for_id`, from the plan as it may see it.

    Errors: NotUsable when the event has no such sponsor.
    """
    sponsor = next((one for one in plan.event.sponsors if one.id == options.for_id), None)
    if sponsor is None:
        known = ", ".join(one.id for one in plan.event.sponsors) or "-"
        raise NotUsable("The event has no sponsor “{id}”; expected one of {known}", id=options.for_id, known=known)
    paid = of_people(plan, paid_by(plan, sponsor.id))
    return Report(
        name="sponsor-pack",
        title=TITLE,
        audience=Audience.SPONSOR,
        heading=Message(HEADING, {"sponsor": sponsor.name, "heading": heading(plan.event)}),
        tables=(
            covered_table(plan, paid),
            not_funded_table(plan, sponsor.id),
            *attendance_tables(plan),
            indicators_table(plan, paid),
            cost_table(plan, sponsor.id),
            material_table(plan),
            *method_tables(plan, sponsor.id),
        ),
    )


def covered_table(plan: Plan, paid: Sequence[Paid]) -> Table:
    """Everybody the sponsor pays for, with each benefit, its reasons and its planned amount."""
    return Table(
        name="covered",
        title=Text("Covered people", fr="Personnes prises en charge", ar="الأشخاص المتكفل بهم"),
        columns=(*PERSON_COLUMNS, BENEFIT, REASON, SHARE, AMOUNT, CALCULATION),
        rows=tuple(
            (
                *_person_cells(plan, one.candidate),
                benefit_title(plan, one.decision.benefit),
                deciding_reasons(one.decision),
                one.share / 100,
                one.amount,
                _calculation(one),
            )
            for one in paid
        ),
        notes=(PSEUDONYMS,),
        landscape=True,
    )


def _calculation(paid: Paid) -> Message | None:
    """How an amount comes about: every priced line, then the share that is borne; None where nothing prices it."""
    decision = paid.decision
    lines = [
        Message(
            LINE,
            {
                "label": Message(line.label, line.values),
                "quantity": line.quantity,
                "unit_price": line.unit_price,
                "amount": line.amount,
            },
        )
        for line in decision.lines
    ]
    if paid.share != 100 and decision.lines:
        whole = total((line.amount for line in decision.lines), decision.lines[0].amount.currency)
        lines.append(Message(SHARE_OF, {"share": paid.share, "amount": whole}))
    return joined(lines, "\n") if lines else None


def not_funded_table(plan: Plan, sponsor: str) -> Table:
    """Everybody who is not covered by a benefit this sponsor pays for: what was decided, and the telling reason; those
    who are eligible and beyond the budget with their place in line."""
    benefits = {line.benefit for line in plan.event.budget if line.sponsor == sponsor}
    beyond = {(one.participant_id, one.benefit): one.in_line for one in plan.funding if not one.reached}
    by_id = {one.participant.id: one for one in plan.candidates}
    rows: list[tuple[Cell, ...]] = []
    for decision in plan.decisions:
        if decision.benefit not in benefits:
            continue
        position = beyond.get((decision.participant_id, decision.benefit))
        if decision.outcome is Outcome.GRANTED and position is None:
            continue
        outcome: Text | Message = label_of(decision.outcome)
        if position is not None:
            outcome = Message(BEYOND, {"position": position})
        candidate = by_id[decision.participant_id]
        cells = (*_person_cells(plan, candidate), benefit_title(plan, decision.benefit), outcome, _why_not(decision))
        rows.append(cells)
    return Table(
        name="not_funded",
        title=Text("Not covered", fr="Non pris en charge", ar="غير المتكفل بهم"),
        columns=(*PERSON_COLUMNS, BENEFIT, OUTCOME, REASON),
        rows=tuple(rows),
        notes=(PSEUDONYMS,),
        landscape=True,
    )


def _why_not(decision: Decision) -> Message | None:
    if decision.outcome is Outcome.NOT_COVERED:
        telling = telling_refusal(decision)
        return None if telling is None else Message(telling.verdict.reason, telling.verdict.values)
    return deciding_reasons(decision)


def _person_cells(plan: Plan, candidate: Candidate) -> tuple[Cell, ...]:
    person = candidate.participant
    return (
        person.id,
        person.name,
        label_of(person.gender),
        cell_or_none(category_title(plan.event, person.category)),
        region_name(candidate),
        kilometres(candidate.distance_km),
    )


def attendance_tables(plan: Plan) -> Iterable[Table]:
    """A sheet to sign for every day, those who live in the country of the event and those from abroad apart."""
    days = sorted({session.starts_at.date() for session in plan.event.agenda})
    seated = [one for one in plan.candidates if one.seat is Seat.CONFIRMED]
    abroad: list[Candidate] = []
    local: list[Candidate] = []
    for one in seated:
        (abroad if one.place is not None and one.place.country != plan.event.country else local).append(one)
    for number, day in enumerate(days, start=1):
        for name, group, people in (("local", LOCAL, local), ("international", FROM_ABROAD, abroad)):
            if not people and name == "international":
                continue
            yield Table(
                name=f"attendance_{name}_{number}",
                title=_numbered(group, number) if len(days) > 1 else group,
                columns=(
                    PSEUDONYM,
                    field_column("name", width=30),
                    field_column("category"),
                    REGION,
                    PRESENT,
                    SIGNATURE,
                ),
                rows=tuple(
                    (
                        one.participant.id,
                        one.participant.name,
                        cell_or_none(category_title(plan.event, one.participant.category)),
                        region_name(one),
                        one.participant.attended,
                        None,
                    )
                    for one in people
                ),
                notes=(Message(DAY_SHEET, {"group": group, "day": day}), PSEUDONYMS),
                landscape=True,
            )


def _numbered(title: Text, number: int) -> Text:
    """A title with the number of its day, so that no two sheets are called alike."""
    return Text(f"{title.en} {number}", fr=f"{title.fr} {number}", ar=f"{title.ar} {number}")


def indicators_table(plan: Plan, paid: Sequence[Paid]) -> Table:
    """Everybody registered, seated, present and paid for by this sponsor, by gender, age, category and region."""
    covered = {one.candidate.participant.id for one in paid}
    told = any(one.participant.attended is not None for one in plan.candidates)
    topics = (
        ("gender", GENDER_LABELS, lambda one: one.participant.gender.value),
        ("age", AGE_LABELS, lambda one: age_band(one.age)),
        ("category", category_titles(plan), lambda one: one.participant.category or "unknown"),
        ("region", region_titles(plan), region_of),
    )
    rows: list[tuple[Cell, ...]] = []
    for topic, titles, key_of in topics:
        groups: dict[str, list[Candidate]] = {}
        for one in plan.candidates:
            groups.setdefault(key_of(one), []).append(one)
        for key in sorted(groups, key=lambda key: (-len(groups[key]), key)):
            people = groups[key]
            rows.append(
                (
                    TOPIC_LABELS[topic],
                    titles.get(key, UNKNOWN if key == "unknown" else key),
                    len(people),
                    sum(one.seat is Seat.CONFIRMED for one in people),
                    sum(bool(one.participant.attended) for one in people) if told else None,
                    sum(one.participant.id in covered for one in people),
                )
            )

    def counted(name: str, title: Text) -> Column:
        return Column(name=name, title=title, kind=Kind.INTEGER, width=14)

    return Table(
        name="indicators",
        title=Text("Indicators", fr="Indicateurs", ar="المؤشرات"),
        columns=(
            Column(name="topic", title=Text("Topic", fr="Thème", ar="المحور"), width=16),
            Column(name="group", title=Text("Group", fr="Groupe", ar="الفئة"), width=34),
            counted("registered", COUNT_LABELS["registered"]),
            counted("confirmed", Text("With a seat", fr="Avec une place", ar="لهم مقعد")),
            counted("present", COUNT_LABELS["present"]),
            counted("covered", Text("Covered", fr="Pris en charge", ar="المتكفل بهم")),
        ),
        rows=tuple(rows),
        notes=(
            Text(
                "Every topic counts everybody once; presence is blank until attendance is recorded.",
                fr="Chaque thème compte chacun une fois ; la présence reste vide tant qu’elle n’est pas saisie.",
                ar="يُحتسب كل شخص مرة واحدة في كل محور، وتبقى خانة الحضور فارغة إلى حين تسجيله.",
            ),
        ),
    )


SPONSOR_PACK = Export(name="sponsor-pack", title=TITLE, audience=Audience.SPONSOR, compose=sponsor_pack)
