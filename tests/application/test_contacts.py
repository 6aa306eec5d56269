import pytest

from eventops.application.contacts import PhoneReading, email_in
from eventops.domain.enrolling.cell_values import Unreadable

PHONES = PhoneReading("MA")


@pytest.mark.parametrize(
    "written",
    [
        "0612345678",
        "06 12 34 56 78",
        "06.12.34.56.78",
        "+212612345678",
        "+212 (0)6 12 34 56 78",
        "00212612345678",
        "212612345678",
        "٠٦١٢٣٤٥٦٧٨",
        612345678,
        612345678.0,
        212612345678,
        "\u202a+212612345678\u202c",
        "Tél : 0612345678",
    ],
)
def test_a_moroccan_phone_has_one_spelling(written: object) -> None:
    assert PHONES.phone_in(written) == ("+212612345678", 1)


def test_other_countries_and_several_numbers_are_read() -> None:
    assert [
        PHONES.phone_in(text) for text in ("+33 6 12 34 56 78", "0612345678 / 0522123456", "0612345678, 0612345678")
    ] == [
        ("+33612345678", 1),
        ("+212612345678", 2),
        ("+212612345678", 1),
    ]


@pytest.mark.parametrize("written", ["06123456789", "12345", "2,12613E+11", "sur demande", "0612x45678", True, 2.126e5])
def test_what_is_no_phone_is_not_guessed(written: object) -> None:
    found = PHONES.phone_in(written)
    assert isinstance(found, Unreadable)
    assert found.values == {"country": "MA", "example": PHONES.example}


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("amina@example.org", "amina@example.org"),
        (" Amina.Idrissi@Example.ORG\u00a0", "Amina.Idrissi@example.org"),
        ("mailto:amina@example.org", "amina@example.org"),
        ("Amina Idrissi <amina@example.org>", "amina@example.org"),
        ("amina@exemplé.org", "amina@exemplé.org"),
    ],
)
def test_one_address_is_read(written: str, address: str) -> None:
    assert email_in(written) == address


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("amina", "email-unreadable"),
        ("amina@gmail", "email-unreadable"),
        ("amina@gmail,com", "email-unreadable"),
        ("amina @example.org", "email-unreadable"),
        ("a..b@example.org", "email-unreadable"),
        ("amina@@example.org", "email-unreadable"),
        ("amina@example.org, karim@example.org", "email-several"),
        ("amina@example.org\nBcc: x@example.org", "email-several"),
        ("аmina@example.org", "email-look-alike"),
        (612345678, "email-unreadable"),
    ],
)
def test_what_is_not_one_address_is_refused(written: object, code: str) -> None:
    found = email_in(written)
    assert isinstance(found, Unreadable)
    assert found.code == code
