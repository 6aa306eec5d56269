from typing import Any

from geopy.extra.rate_limiter import RateLimiter

from eventops import OfflineGeocoder, PlaceIndex, index_from_table

TABLE = """code,name,name_fr,name_ar,region,region_name,province,province_name,lat,lon,radius_km,population,urban
1,Rivertown,Villerive,بلدة النهر,XX-01,North,01.1,Upper,10.0,20.0,5,90000,1
2,Hillfield,Champ-Colline,حقل التل,XX-01,North,01.2,Lower,10.4,20.0,25,4000,0
3,Hillfield,Champ-Colline,حقل التل,XX-02,South,02.1,Bottom,11.9,20.0,8,3000,0
"""


def country() -> PlaceIndex:
    return index_from_table(TABLE.encode(), name="xx", version="1", country="XX")


def geocoder(language: str = "en") -> OfflineGeocoder:
    return OfflineGeocoder(gazetteers=(country(),), home_country="XX", language=language)


def one_of(found: Any) -> Any:
    assert found is not None
    return found


def test_a_town_is_a_location_with_what_an_audit_needs() -> None:
    found = one_of(geocoder("fr").geocode("Villerive"))
    raw = dict(found.raw)
    assert [one["code"] for one in raw.pop("candidates")] == ["XX:1"]
    assert (found.address, (found.latitude, found.longitude), raw) == (
        "Villerive, Upper, North, XX",
        (10.0, 20.0),
        {
            "code": "XX:1",
            "name": {"en": "Rivertown", "fr": "Villerive", "ar": "بلدة النهر"},
            "kind": "place",
            "country": "XX",
            "region": "XX-01",
            "province": "01.1",
            "radius_km": 5.0,
            "population": 90000,
            "score": 1.0,
            "level": "exact",
            "status": "matched",
            "hint": "",
            "reason": "",
            "data": "xx 1",
        },
    )


def test_a_homonym_is_a_question_and_a_column_settles_it() -> None:
    asked = geocoder().geocode("Hillfield", exactly_one=False)
    settled = one_of(geocoder().geocode("Hillfield", region="South"))
    assert isinstance(asked, list)
    assert ([(one.raw["code"], one.raw["status"]) for one in asked], settled.raw["code"], settled.raw["hint"]) == (
        [("XX:2", "review"), ("XX:3", "review")],
        "XX:3",
        "region",
    )


def test_what_is_unknown_is_none_one_or_many() -> None:
    assert (geocoder().geocode("qwxz"), geocoder().geocode("", exactly_one=False)) == (None, None)


def test_a_position_leads_to_the_place_that_most_likely_holds_it() -> None:
    # Nearer to Rivertown's point, but outside its five kilometres and well inside Hillfield's twenty-five.
    found = one_of(geocoder().reverse((10.19, 20.0)))
    assert (found.raw["code"], found.raw["distance_km"], found.raw["level"]) == ("XX:2", 23.351, "nearest")


def test_a_position_is_read_as_geopy_reads_it_and_the_sea_is_nowhere() -> None:
    found = geocoder().reverse("10.0, 20.0", exactly_one=False)
    assert isinstance(found, list)
    assert ([one.raw["code"] for one in found], geocoder().reverse((0, 0))) == (["XX:1", "XX:2"], None)


def test_it_stands_behind_geopys_rate_limiter() -> None:
    limited = RateLimiter(geocoder().geocode, min_delay_seconds=0.0, swallow_exceptions=False)
    assert [limited(text, timeout=1).raw["code"] for text in ("Rivertown", "بلدة النهر")] == ["XX:1", "XX:1"]
