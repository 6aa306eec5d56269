"""Columns that several sheets share."""

from eventops import Candidate, Column, Kind, Plan, Text, category_titles, labelled, region_of, region_titles

REFERENCE = Column(name="reference", title=Text("Reference", fr="Référence", ar="المرجع"), width=12)
NAME = Column(name="name", title=Text("Name", fr="Nom et prénom", ar="الاسم والنسب"), width=26)
GENDER = Column(name="gender", title=Text("Gender", fr="Sexe", ar="الجنس"), width=10)
CATEGORY = Column(name="category", title=Text("Capacity", fr="Qualité", ar="الصفة"), width=24)
REGION = Column(name="region", title=Text("Region", fr="Région", ar="الجهة"), width=22)
BENEFIT = Column(name="benefit", title=Text("Cover", fr="Nature", ar="نوع التكفل"), width=16)


def money_column(name: str, title: Text, currency: str, *, summed: bool = True) -> Column:
    """A column of amounts whose title says the currency."""
    titled = Text(f"{title.en} ({currency})", fr=f"{title.fr} ({currency})", ar=f"{title.ar} ({currency})")
    return Column(name=name, title=titled, kind=Kind.MONEY, width=16, total=summed)


def count_column(name: str, title: Text, *, summed: bool = False) -> Column:
    return Column(name=name, title=title, kind=Kind.INTEGER, width=11, total=summed)


def category_of(plan: Plan, candidate: Candidate) -> Text | str:
    return labelled(category_titles(plan), candidate.participant.category or "unknown")


def region_title(plan: Plan, candidate: Candidate) -> Text | str:
    return labelled(region_titles(plan), region_of(candidate))
