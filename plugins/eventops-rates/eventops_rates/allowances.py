"""Daily allowances made of shares: what is provided is taken off the day's rate, as the United Nations do.

Bed 50 per cent, breakfast 6, lunch and dinner 12 each, the rest for what is not provided. The shares are settings, for
other payers split otherwise (Germany: breakfast 20, lunch and dinner 40 each). Taken off is what this person gets: a
bed of that night, a meal of that day.
"""

from datetime import time
from decimal import Decimal

from eventops import Candidate, Day, Facts, Journey, Meal, Night, PricedLine, ServedMeal, Setting, Tariff, Text
from eventops_rates.dated import line

SOURCE = (
    "United Nations reference split of the daily subsistence allowance: bed 50 %, breakfast 6 %, lunch 12 %, "
    "dinner 12 %, incidentals 20 %; the rate of a place is set by the event"
)
DAY = Text(
    "Daily allowance of {date}: {rate} less {deducted} per cent for what is provided",
    fr="Indemnité journalière du {date} : {rate} moins {deducted} % pour ce qui est fourni",
    ar="التعويض اليومي ليوم {date}: {rate} ناقص {deducted} في المائة مقابل ما تم توفيره",
)
TERMINAL = Text(
    "Terminal expenses of {legs} journeys",
    fr="Frais de terminus de {legs} trajets",
    ar="مصاريف المحطات لعدد {legs} من الرحلات",
)
MEALS = ("breakfast", "lunch", "dinner")
# Hours of the start between which a meal service is one of the three; tea and coffee are none.
HOURS = ((time(5), time(10)), (time(11, 30), time(16)), (time(18), time(23)))


def meal_of(meal: Meal) -> str:
    """breakfast, lunch or dinner by the hour a meal service starts, '' for a break."""
    starts = meal.starts_at.time()
    return next((name for name, (first, last) in zip(MEALS, HOURS, strict=True) if first <= starts < last), "")


def deducted(day: Day, facts: Facts) -> Decimal:
    """The per cent of a day's rate that this person is provided with: the bed of that night, and the meals."""
    eaten = {one.meal_id for one in facts.supplied.get("meals", ())}
    served = {meal_of(one) for one in facts.event.meals if one.id in eaten and one.starts_at.date() == day.date}
    shares = [facts.settings[f"dsa_{name}_share"] for name in MEALS if name in served]
    if facts.settings["dsa_bed_provided"] and any(one.date == day.date for one in facts.supplied.get("lodging", ())):
        shares.append(facts.settings["dsa_bed_share"])
    return min(Decimal(100), sum((Decimal(str(share)) for share in shares), Decimal(0)))


def day_price(unit: Journey | Night | ServedMeal | Day, candidate: Candidate, facts: Facts) -> tuple[PricedLine, ...]:
    """What is left of one day's rate; with the first day, what the ways to and from the station cost."""
    if not isinstance(unit, Day):
        return ()
    rate, less = Decimal(str(facts.settings["dsa_rate"])), deducted(unit, facts)
    left = rate * (100 - less) / 100
    currency = str(facts.settings["dsa_currency"])
    values: dict[str, object] = {"date": unit.date, "rate": f"{rate:.2f} {currency}", "deducted": less}
    return (line(DAY, Decimal(1), "day", left, currency, **values), *_terminals(unit, facts, currency))


def _terminals(day: Day, facts: Facts, currency: str) -> tuple[PricedLine, ...]:
    """The terminal expenses of each journey, with the first day of the event."""
    each = Decimal(str(facts.settings["dsa_terminal"]))
    legs = Decimal(len(facts.supplied.get("travel", ())))
    first = min((one.starts_at.date() for one in facts.event.agenda), default=day.date)
    return (line(TERMINAL, legs, "leg", each, currency, legs=legs),) if each and legs and day.date == first else ()


def share_setting(name: str, default: float, en: str, fr: str, ar: str) -> Setting:
    return Setting(
        name=f"dsa_{name}_share",
        default=default,
        unit="%",
        help=Text(
            f"Share of {en} in the daily allowance",
            fr=f"Part {fr} dans l’indemnité journalière",
            ar=f"نسبة {ar} من التعويض اليومي",
        ),
    )


SETTINGS = (
    Setting(
        name="dsa_rate",
        default=200.0,
        help=Text(
            "Rate of one day before anything is taken off (assumed; look up the place)",
            fr="Taux d’une journée avant déductions (hypothèse ; à vérifier pour le lieu)",
            ar="مبلغ اليوم الواحد قبل الاقتطاعات (افتراض، يُتحقق منه حسب المكان)",
        ),
    ),
    Setting(
        name="dsa_currency",
        default="EUR",
        help=Text("Currency of the daily allowance", fr="Monnaie de l’indemnité journalière", ar="عملة التعويض اليومي"),
    ),
    Setting(
        name="dsa_bed_provided",
        default=True,
        help=Text(
            "Who gets a bed of the event has its share taken off",
            fr="Qui est hébergé par la rencontre voit la part de l’hébergement déduite",
            ar="من يستفيد من المبيت تُقتطع نسبته من تعويضه",
        ),
    ),
    Setting(
        name="dsa_terminal",
        default=0.0,
        help=Text(
            "Terminal expenses of each journey, in the currency of the allowance",
            fr="Frais de terminus de chaque trajet, dans la monnaie de l’indemnité",
            ar="مصاريف المحطات لكل رحلة، بعملة التعويض",
        ),
    ),
    share_setting("bed", 50.0, "the bed", "de l’hébergement", "المبيت"),
    share_setting("breakfast", 6.0, "breakfast", "du petit déjeuner", "الفطور"),
    share_setting("lunch", 12.0, "lunch", "du déjeuner", "الغداء"),
    share_setting("dinner", 12.0, "dinner", "du dîner", "العشاء"),
)
ALLOWANCES = (
    Tariff(
        name="un-allowance-day",
        benefit="per-diem",
        title=Text(
            "Daily allowance less what is provided",
            fr="Indemnité journalière, déduction faite de ce qui est fourni",
            ar="التعويض اليومي ناقص ما تم توفيره",
        ),
        source=SOURCE,
        price=day_price,
        needs=("lodging", "meals", "travel"),
    ),
)
