"""Two more payers of the European Union: the daily allowance of the Economic and Social Committee, and the per diem of
contracts of external aid, which is a sum for every night away.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from eventops import Candidate, Day, Facts, Journey, Night, PricedLine, ServedMeal, Setting, Tariff, Text
from eventops_rates.dated import EUR, line

COMMITTEE_SOURCE = (
    "European Economic and Social Committee, members' travel expenses and allowances (eesc.europa.eu): 290 EUR for "
    "each day of attendance, 145 EUR for remote attendance from 1 July 2021; Council Decision 2013/471/EU, published "
    "on 25 September 2013 and repealed on 31 August 2024 by Decision (EU) 2024/1809, whose sums are not in it"
)
COMMITTEE_FROM, REMOTE_FROM, COMMITTEE_TO = date(2013, 9, 25), date(2021, 7, 1), date(2024, 8, 31)
ON_SITE, REMOTE = Decimal("290.00"), Decimal("145.00")
COMMITTEE_DAY = Text(
    "Attendance on {date}, allowance of the Economic and Social Committee",
    fr="Présence du {date}, indemnité du Comité économique et social européen",
    ar="حضور يوم {date}، تعويض اللجنة الاقتصادية والاجتماعية الأوروبية",
)
AID_SOURCE = (
    "Per diem rates of EC-funded external aid contracts, list of 1 July 2013, applicable from 5 July 2013, as given by "
    "liberator-magazine.blogspot.co.uk (Member States, other countries from A to Cuba; Morocco was not in what could "
    "be read); counted in nights: enpicbcmed.eu, question 3.42. A ceiling per night for bed, meals, local travel and "
    "sundries; another list holds from 17 March 2017"
)
AID_FROM, AID_TO = date(2013, 7, 5), date(2017, 3, 16)
# By country of the event (ISO 3166): euros a night.
AID_RATES: Mapping[str, int] = {
    "AT": 225, "BE": 232, "BG": 227, "HR": 180, "CZ": 230, "CY": 238, "DK": 270, "EE": 181, "FI": 244, "FR": 245,
    "DE": 208, "GR": 222, "HU": 222, "IE": 254, "IT": 230, "LV": 211, "LT": 183, "LU": 237, "MT": 205, "NL": 263,
    "PL": 217, "PT": 204, "RO": 222, "SK": 205, "SI": 180, "ES": 212, "SE": 257, "GB": 276,
    "AL": 233, "DZ": 315, "AO": 353, "BJ": 170, "BA": 130, "BW": 209, "BR": 204, "BF": 192, "BI": 188, "CM": 213,
    "CA": 287, "CV": 194, "CF": 163, "TD": 219, "KM": 203, "CG": 219, "CD": 229, "CI": 233,
}  # fmt: skip
AID_NIGHT = Text(
    "Night of {date}, per diem of external aid for {country}",
    fr="Nuit du {date}, per diem de l’aide extérieure pour {country}",
    ar="ليلة {date}، التعويض اليومي للمساعدة الخارجية لفائدة {country}",
)
SETTINGS = (
    Setting(
        name="eesc_remote",
        default=False,
        help=Text(
            "The meeting of the Economic and Social Committee is attended from afar",
            fr="La réunion du Comité économique et social se tient à distance",
            ar="حضور اجتماع اللجنة الاقتصادية والاجتماعية عن بعد",
        ),
    ),
    Setting(
        name="eu_aid_country",
        default="",
        help=Text(
            "Country of the per diem of external aid, by its two letters; that of the event when empty",
            fr="Pays du per diem de l’aide extérieure, en deux lettres ; celui de la rencontre si vide",
            ar="بلد التعويض اليومي للمساعدة الخارجية برمزه من حرفين، وإلا فبلد اللقاء",
        ),
    ),
)


def attendance_price(
    unit: Journey | Night | ServedMeal | Day, candidate: Candidate, facts: Facts
) -> tuple[PricedLine, ...]:
    """The sum for one day of attendance; for remote attendance nothing before it was introduced."""
    if not isinstance(unit, Day):
        return ()
    remote = bool(facts.settings["eesc_remote"])
    if remote and unit.date < REMOTE_FROM:
        return ()
    return (line(COMMITTEE_DAY, Decimal(1), "day", REMOTE if remote else ON_SITE, EUR, date=unit.date),)


def night_price(unit: Journey | Night | ServedMeal | Day, candidate: Candidate, facts: Facts) -> tuple[PricedLine, ...]:
    """The per diem of one night; nothing for a country whose rate is not known here."""
    country = str(facts.settings["eu_aid_country"]).strip().upper() or facts.event.country
    rate = AID_RATES.get(country)
    if rate is None or not isinstance(unit, Night):
        return ()
    return (line(AID_NIGHT, Decimal(1), "night", Decimal(rate), EUR, date=unit.date, country=country),)


UNION = (
    Tariff(
        name="eesc-day",
        benefit="per-diem",
        title=Text(
            "Daily allowance of the European Economic and Social Committee",
            fr="Indemnité journalière du Comité économique et social européen",
            ar="التعويض اليومي للجنة الاقتصادية والاجتماعية الأوروبية",
        ),
        source=COMMITTEE_SOURCE,
        valid_from=COMMITTEE_FROM,
        valid_to=COMMITTEE_TO,
        price=attendance_price,
        by_person=False,
    ),
    Tariff(
        name="eu-aid-night",
        benefit="lodging",
        title=Text(
            "Per diem of EU external aid, for a night with its meals",
            fr="Per diem de l’aide extérieure de l’UE, par nuit, repas compris",
            ar="التعويض اليومي للمساعدة الخارجية للاتحاد الأوروبي عن كل ليلة، يشمل الوجبات",
        ),
        source=AID_SOURCE,
        valid_from=AID_FROM,
        valid_to=AID_TO,
        price=night_price,
        by_person=False,
    ),
)
