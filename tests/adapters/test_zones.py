from datetime import UTC, datetime, timedelta, timezone

import pytest

from eventops.adapters.zones import load_zone, meanings, moment_in
from eventops.errors import NotUsable


def test_casablanca_was_an_hour_ahead_on_the_day_of_the_meeting() -> None:
    zone = load_zone("Africa/Casablanca")
    assert datetime(2023, 10, 14, 9, tzinfo=zone).utcoffset() == timedelta(hours=1)


def test_casablanca_follows_the_package_and_not_the_machine_after_the_change_of_2026() -> None:
    zone = load_zone("Africa/Casablanca")
    assert datetime(2026, 11, 1, 9, tzinfo=zone).utcoffset() == timedelta(0)


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("Africa/Casabanca", "Africa/Casablanca"),
        ("casablanca", "Africa/Casablanca"),
        ("Europe/Pari", "Europe/Paris"),
        ("", "Africa/Casablanca"),
        ("zone.tab", "Africa/Casablanca"),
        ("../../etc/passwd", "Africa/Casablanca"),
        ("Africa", "Africa/Casablanca"),
    ],
)
def test_an_unknown_zone_is_refused_with_the_nearest_name(name: str, nearest: str) -> None:
    with pytest.raises(NotUsable) as caught:
        load_zone(name)
    assert caught.value.values == {"name": name, "nearest": nearest}


def test_a_wall_time_names_one_moment_as_a_rule() -> None:
    zone = load_zone("Africa/Casablanca")
    assert meanings(datetime(2023, 10, 14, 9), zone) == (datetime(2023, 10, 14, 8, tzinfo=UTC),)


def test_a_wall_time_names_two_moments_when_the_clock_is_put_back() -> None:
    zone = load_zone("Europe/Paris")
    assert [one.isoformat() for one in meanings(datetime(2023, 10, 29, 2, 30), zone)] == [
        "2023-10-29T02:30:00+02:00",
        "2023-10-29T02:30:00+01:00",
    ]


def test_a_wall_time_names_no_moment_when_the_clock_is_put_forward() -> None:
    assert meanings(datetime(2023, 3, 26, 2, 30), load_zone("Europe/Paris")) == ()


def test_a_moment_is_kept_with_the_fixed_offset_of_its_zone() -> None:
    moment = moment_in(datetime(2023, 10, 14, 8, tzinfo=UTC), load_zone("Africa/Casablanca"))
    assert (moment.isoformat(), moment.tzinfo) == ("2023-10-14T09:00:00+01:00", timezone(timedelta(hours=1)))
