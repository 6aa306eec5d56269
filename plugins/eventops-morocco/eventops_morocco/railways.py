"""Where trains of the ONCF take passengers, one station per province, and fares that were published."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from eventops import Point, Text


class Station(NamedTuple):
    """The passenger station people of a province are most likely to use. `province` is the HCP code."""

    province: str
    name: Text
    point: Point


class Fare(NamedTuple):
    """A published single fare, second class, between two stations: lowest and highest of the day, in MAD, from that
    day on."""

    between: frozenset[str]
    lowest: Decimal
    highest: Decimal
    valid_from: date


def _station(province: str, name: str, arabic: str, lat: float, lon: float) -> Station:
    return Station(province, Text(name, fr=name, ar=arabic), Point(lat, lon))


# Passenger lines as run in 2023: Tanger–Kénitra–Rabat–Casablanca, Casablanca–El Jadida, Casablanca–Settat–Benguerir–
# Marrakech, Benguerir–Safi, Casablanca–Khouribga, Sidi Kacem–Meknès–Fès–Taza–Oujda and Taourirt–Nador. Points are those
# of the towns (GeoNames and HCP), not of the platforms.
STATIONS = (
    _station("01.511", "Tanger", "طنجة", 35.767, -5.800),
    _station("01.331", "Ksar El Kébir", "القصر الكبير", 35.002, -5.904),
    _station("02.411", "Oujda", "وجدة", 34.681, -1.909),
    _station("02.381", "Nador", "الناظور", 35.168, -2.933),
    _station("02.533", "Taourirt", "تاوريرت", 34.407, -2.897),
    _station("02.265", "Guercif", "جرسيف", 34.226, -3.352),
    _station("03.231", "Fès", "فاس", 34.033, -5.000),
    _station("03.061", "Meknès", "مكناس", 33.895, -5.555),
    _station("03.561", "Taza", "تازة", 34.210, -4.010),
    _station("04.421", "Rabat", "الرباط", 34.013, -6.833),
    _station("04.441", "Salé", "سلا", 34.039, -6.816),
    _station("04.501", "Témara", "تمارة", 33.929, -6.907),
    _station("04.281", "Kénitra", "القنيطرة", 34.261, -6.580),
    _station("04.481", "Sidi Kacem", "سيدي قاسم", 34.221, -5.708),
    _station("04.491", "Sidi Slimane", "سيدي سليمان", 34.265, -5.926),
    _station("05.311", "Khouribga", "خريبكة", 32.881, -6.906),
    _station("06.141", "Casablanca", "الدار البيضاء", 33.589, -7.604),
    _station("06.371", "Mohammadia", "المحمدية", 33.686, -7.383),
    _station("06.181", "El Jadida", "الجديدة", 33.256, -8.508),
    _station("06.385", "Bouskoura", "بوسكورة", 33.449, -7.652),
    _station("06.111", "Bouznika", "بوزنيقة", 33.789, -7.160),
    _station("06.117", "Berrechid", "برشيد", 33.266, -7.588),
    _station("06.461", "Settat", "سطات", 33.001, -7.617),
    _station("07.351", "Marrakech", "مراكش", 31.634, -8.000),
    _station("07.427", "Benguerir", "ابن جرير", 32.236, -7.954),
    _station("07.431", "Safi", "آسفي", 32.299, -9.237),
    _station("07.585", "Youssoufia", "اليوسفية", 32.246, -8.530),
)

PUBLISHED = (
    "ONCF fares as the press published them (TelQuel 2019-05-06; HuffPost Maghreb, Le360 and LeSiteInfo, November 2018)"
)


def _fare(first: str, second: str, lowest: int, highest: int, valid_from: date) -> Fare:
    return Fare(frozenset((first, second)), Decimal(lowest), Decimal(highest), valid_from)


FARES = (
    _fare("Casablanca", "Rabat", 37, 37, date(2018, 11, 1)),
    _fare("Casablanca", "Rabat", 40, 40, date(2019, 5, 6)),
    _fare("Casablanca", "Marrakech", 87, 130, date(2018, 11, 1)),
    _fare("Casablanca", "Tanger", 149, 224, date(2018, 11, 29)),
    _fare("Rabat", "Tanger", 115, 172, date(2018, 11, 29)),
    _fare("Kénitra", "Tanger", 93, 139, date(2018, 11, 29)),
)


def fare_between(first: Station, second: Station, on: date) -> Fare | None:
    """The newest fare published for the two stations that holds on that day."""
    pair = {first.name.en, second.name.en}
    known = [fare for fare in FARES if fare.between == pair and fare.valid_from <= on]
    return max(known, key=lambda fare: fare.valid_from, default=None)
