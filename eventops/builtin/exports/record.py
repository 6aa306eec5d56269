"""The committee's record on a page: which criteria were adopted, when, by whom, in which words of three languages."""

from eventops.builtin.exports.cells import benefit_column, benefit_title, heading
from eventops.domain.keeping.adoptions import Adoption
from eventops.domain.plan import Plan
from eventops.domain.reporting.approval_words import approval_said
from eventops.domain.reporting.reports import Audience, Cell, Column, Kind, Options, Report, Table
from eventops.domain.texts import Message, Text
from eventops.extension.spec import Export

TITLE = Text("Criteria as adopted", fr="Critères adoptés", ar="المعايير المعتمدة")
RULES = Text("Rules of plugins", fr="Règles des modules", ar="قواعد الإضافات")
ADOPTED = Text(
    "Record {number}: adopted by {by} on {day}",
    fr="Procès-verbal n° {number} : adopté par {by} le {day}",
    ar="المحضر رقم {number}: اعتمده {by} بتاريخ {day}",
)
HASH = Text("Hash of the criteria: {hash}", fr="Empreinte des critères : {hash}", ar="بصمة المعايير: {hash}")
PLAN = Text("The plan: {approval}", fr="Le plan : {approval}", ar="الخطة: {approval}")
NOBODY = Text(
    "Nobody adopted the criteria yet.", fr="Personne n’a encore adopté les critères.", ar="لم يعتمد أحد المعايير بعد."
)
COLUMNS = (
    Column(name="number", title=Text("No.", fr="N°", ar="الرقم"), kind=Kind.INTEGER, width=5),
    Column(name="criterion", title=Text("Criterion", fr="Critère", ar="المعيار"), width=24),
    benefit_column(),
    Column(name="sentence_ar", title=Text("In Arabic", fr="En arabe", ar="بالعربية"), width=44),
    Column(name="sentence_fr", title=Text("In French", fr="En français", ar="بالفرنسية"), width=44),
    Column(name="sentence_en", title=Text("In English", fr="En anglais", ar="بالإنجليزية"), width=44),
    Column(name="reason_ar", title=Text("Reason in Arabic", fr="Motif en arabe", ar="التعليل بالعربية"), width=40),
    Column(name="reason_fr", title=Text("Reason in French", fr="Motif en français", ar="التعليل بالفرنسية"), width=40),
    Column(
        name="reason_en", title=Text("Reason in English", fr="Motif en anglais", ar="التعليل بالإنجليزية"), width=40
    ),
    Column(name="source", title=Text("Source", fr="Source", ar="المصدر"), width=30),
)
RULE_COLUMNS = (
    Column(name="rule", title=Text("Rule", fr="Règle", ar="القاعدة"), width=50),
    Column(name="version", title=Text("Version", fr="Version", ar="الإصدار"), width=10),
)


def record(plan: Plan, options: Options) -> Report:
    """The newest record, its hash, and the approval that refers to it."""
    adoption = plan.adoption
    tables: tuple[Table, ...] = (
        Table(name="record", title=TITLE, columns=COLUMNS, rows=(), notes=(NOBODY,), landscape=True),
    )
    if adoption is not None:
        tables = (_criteria(plan, adoption), _rules(adoption))
    return Report(name="record", title=TITLE, audience=Audience.ASSOCIATION, tables=tables, heading=heading(plan.event))


def _criteria(plan: Plan, adoption: Adoption) -> Table:
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            number,
            one.name,
            benefit_title(plan, one.benefit),
            *(one.sentence.written_in(language) or None for language in ("ar", "fr", "en")),
            *(one.reason.written_in(language) or None for language in ("ar", "fr", "en")),
            one.source or None,
        )
        for number, one in enumerate(adoption.criteria, 1)
    )
    said = approval_said(plan.approval)
    notes: list[Text | Message | str] = [
        Message(ADOPTED, {"number": adoption.number, "by": adoption.by, "day": adoption.on}),
        *((adoption.note,) if adoption.note else ()),
        Message(HASH, {"hash": adoption.criteria_hash}),
        *((Message(PLAN, {"approval": said}),) if said is not None else ()),
    ]
    return Table(name="record", title=TITLE, columns=COLUMNS, rows=rows, notes=tuple(notes), landscape=True)


def _rules(adoption: Adoption) -> Table:
    return Table(name="rules", title=RULES, columns=RULE_COLUMNS, rows=adoption.rules)


RECORD = Export(name="record", title=TITLE, audience=Audience.ASSOCIATION, compose=record)
