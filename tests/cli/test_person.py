"""PERSON, wherever a command asks for one."""

from collections.abc import Callable
from typing import Any

import pytest

Run = Callable[..., Any]


@pytest.mark.parametrize(
    "words",
    [
        "P0001",
        "p0001",
        "fatima.doukkali@example.net",
        "FATIMA.DOUKKALI@EXAMPLE.NET",
        "0600689029",
        "+212 6 00 68 90 29",
        "06-00-68-90-29",
        "فاطمة الزهراء الدكالي",
        "فاطمه الدكالي",
        "Fatima Zahra Doukkali",
        "doukkali fatima",
    ],
)
def test_a_person_is_found_by_id_address_phone_and_name_in_either_script(eventops: Run, words: str) -> None:
    assert eventops("--json", "participant", "show", words).json["id"] == "P0001"


def test_the_candidates_of_an_ambiguous_name_are_listed(eventops: Run) -> None:
    ran = eventops("why", "Doukkali")
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.startswith("error: “Doukkali” may be P0001 (فاطمة الزهراء الدكالي), P0054 (Hicham Doukkali Alami)")
    assert ran.err.endswith("give the id\n")


@pytest.mark.parametrize(
    "command",
    [
        ("participant", "show"),
        ("participant", "withdraw"),
        ("participant", "restore"),
        ("why",),
        ("override", "remove"),
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("person", ["nobody", "P9999", "", "x@example.org", "0612345678"])
def test_nobody_is_guessed_at(eventops: Run, command: tuple[str, ...], person: str) -> None:
    more = ("travel",) if command[0] == "override" else ()
    ran = eventops(*command, person, *more)
    assert (ran.code, ran.out) == (3, "")
    assert ran.err == f"error: There is nobody “{person}” among 60 participants; see eventops participant list\n"
