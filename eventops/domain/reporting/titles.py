"""What the ids of a plan are called in its files: benefits, categories, regions, units of cost."""

from collections.abc import Mapping
from datetime import date

from eventops.domain.enrolling.choices import INCLUSION
from eventops.domain.event import Event, first_day, last_day
from eventops.domain.plan import Plan
from eventops.domain.reporting.labels import BENEFIT_LABELS, CATEGORY_LABELS
from eventops.domain.rules import region_of
from eventops.domain.texts import Message, Text

INCLUSION_LABELS: Mapping[str, Text] = {one.id: one.title for one in INCLUSION}
PLACE_OPEN = Text("place not settled", fr="lieu non établi", ar="مكان غير محدد")
UNIT_LABELS: Mapping[str, Text] = {
    "km": Text("km", fr="km", ar="كلم"),
    "leg": Text("journey", fr="trajet", ar="رحلة"),
    "ticket": Text("ticket", fr="billet", ar="تذكرة"),
    "seat": Text("seat", fr="place", ar="مقعد"),
    "ride": Text("ride", fr="course", ar="مشوار"),
    "night": Text("night", fr="nuit", ar="ليلة"),
    "meal": Text("meal", fr="repas", ar="وجبة"),
    "service": Text("meal", fr="repas", ar="وجبة"),
    "day": Text("day", fr="jour", ar="يوم"),
}

DAYS = Text("{first} to {last}", fr="du {first} au {last}", ar="من {first} إلى {last}")


def days_said(event: Event) -> date | Message:
    """The day of the event, or its first and last. Errors: ValueError without an agenda."""
    first, last = first_day(event), last_day(event)
    return first if first == last else Message(DAYS, {"first": first, "last": last})


def benefit_titles(plan: Plan) -> Mapping[str, Text]:
    """Titles by benefit; a plugin's own benefit by the title it declares."""
    return {**{one.name: one.title for one in plan.benefits}, **BENEFIT_LABELS}


def category_titles(plan: Plan) -> Mapping[str, Text]:
    """Titles by category; the event's own come before the common ones."""
    return {**CATEGORY_LABELS, **{one.id: one.title for one in plan.event.categories}}


def region_titles(plan: Plan) -> Mapping[str, Text]:
    """Names by region code, of all regions people come from."""
    seen = {
        region_of(one): one.place.region_name
        for one in plan.candidates
        if one.place is not None and one.place.region_name.en
    }
    return {**plan.statistics.region_names, **seen, "unknown": PLACE_OPEN}
