"""Columns and titles that several sheets share."""

from collections.abc import Mapping

from eventops import (
    BENEFIT_LABELS,
    CATEGORY_LABELS,
    Candidate,
    Column,
    ExchangeRate,
    Kind,
    Money,
    Plan,
    Text,
    converted,
    labelled,
    region_of,
)

REFERENCE = Column(name="reference", title=Text("Reference", fr="Référence", ar="المرجع"), width=12)
NAME = Column(name="name", title=Text("Name", fr="Nom", ar="الاسم"), width=26)
GENDER = Column(name="gender", title=Text("Gender", fr="Sexe", ar="الجنس"), width=10)
CATEGORY = Column(name="category", title=Text("Category", fr="Qualité", ar="الصفة"), width=22)
REGION = Column(name="region", title=Text("Region", fr="Région", ar="الجهة"), width=22)
BENEFIT = Column(name="benefit", title=Text("Benefit", fr="Prestation", ar="نوع التكفل"), width=14)
RULES = Column(name="rules", title=Text("Rules", fr="Règles", ar="القواعد"), width=34)

PLACE_OPEN = Text("place not settled", fr="lieu non établi", ar="مكان غير محدد")


def money_column(name: str, title: Text, currency: str, *, summed: bool = True) -> Column:
    """A column of amounts whose title says the currency."""
    titled = Text(f"{title.en} ({currency})", fr=f"{title.fr} ({currency})", ar=f"{title.ar} ({currency})")
    return Column(name=name, title=titled, kind=Kind.MONEY, width=16, total=summed)


def exchanged(money: Money | None, currency: str, rates: tuple[ExchangeRate, ...]) -> Money | None:
    """The money in that currency at the event's latest rate; None without money or without a rate."""
    if money is None or money.currency == currency:
        return money
    result = converted(money, currency, rates)
    return result[0] if result is not None else None


def benefit_title(plan: Plan, benefit: str) -> Text | str:
    """What a benefit is called; a plugin's own benefit by the title it declares."""
    own = {one.name: one.title for one in plan.benefits}
    return BENEFIT_LABELS.get(benefit) or own.get(benefit) or benefit


def category_titles(plan: Plan) -> Mapping[str, Text]:
    """The event's own titles over the common ones."""
    return {**CATEGORY_LABELS, **{one.id: one.title for one in plan.event.categories}}


def category_of(plan: Plan, candidate: Candidate) -> Text | str:
    return labelled(category_titles(plan), candidate.participant.category or "unknown")


def region_titles(plan: Plan) -> Mapping[str, Text]:
    """The names of the regions people come from, by code."""
    named = {
        region_of(one): one.place.region_name
        for one in plan.candidates
        if one.place is not None and one.place.region_name.en
    }
    return {**named, "unknown": PLACE_OPEN}


def region_title(plan: Plan, candidate: Candidate) -> Text | str:
    return labelled(region_titles(plan), region_of(candidate))
