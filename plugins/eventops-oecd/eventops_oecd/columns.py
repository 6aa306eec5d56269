"""Columns and titles that several sheets share."""

from eventops import (
    Candidate,
    Column,
    Kind,
    Plan,
    Text,
    benefit_titles,
    category_titles,
    labelled,
    region_of,
    region_titles,
)

REFERENCE = Column(name="reference", title=Text("Reference", fr="Référence", ar="المرجع"), width=12)
NAME = Column(name="name", title=Text("Name", fr="Nom", ar="الاسم"), width=26)
GENDER = Column(name="gender", title=Text("Gender", fr="Sexe", ar="الجنس"), width=10)
CATEGORY = Column(name="category", title=Text("Category", fr="Qualité", ar="الصفة"), width=22)
REGION = Column(name="region", title=Text("Region", fr="Région", ar="الجهة"), width=22)
BENEFIT = Column(name="benefit", title=Text("Benefit", fr="Prestation", ar="نوع التكفل"), width=14)
RULES = Column(name="rules", title=Text("Rules", fr="Règles", ar="القواعد"), width=34)


def money_column(name: str, title: Text, currency: str, *, summed: bool = True) -> Column:
    """A column of amounts whose title says the currency."""
    titled = Text(f"{title.en} ({currency})", fr=f"{title.fr} ({currency})", ar=f"{title.ar} ({currency})")
    return Column(name=name, title=titled, kind=Kind.MONEY, width=16, total=summed)


def benefit_of(plan: Plan, benefit: str) -> Text | str:
    return labelled(benefit_titles(plan), benefit)


def category_of(plan: Plan, candidate: Candidate) -> Text | str:
    return labelled(category_titles(plan), candidate.participant.category or "unknown")


def region_title(plan: Plan, candidate: Candidate) -> Text | str:
    return labelled(region_titles(plan), region_of(candidate))
