"""Phones and e-mail addresses in one spelling, through the libraries that know the world's plans and rules."""

import re
from typing import TYPE_CHECKING

from eventops.domain.enrolling.cell_values import Unreadable, plain, text_in, western_digits
from eventops.domain.texts import Text

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

NOT_A_PHONE = Text(
    "row {row}, column {column} ({heading}): {cell} is “{value}”, which is not a phone number of {country} nor "
    "an international one; write it as text, for example {example}"
)
NOT_AN_EMAIL = Text(
    "row {row}, column {column} ({heading}): {cell} is “{value}”, which is not an e-mail address; "
    "write one address, for example amina@example.org"
)
TWO_EMAILS = Text(
    "row {row}, column {column} ({heading}): {cell} is “{value}”, which holds more than one e-mail address; keep one"
)
LOOK_ALIKE = Text(
    "row {row}, column {column} ({heading}): {cell} is “{value}”, an e-mail address with letters of two alphabets "
    "that look alike; type it again in Latin letters"
)

_PLAIN_ADDRESS = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}"
)
_NAMED_ADDRESS = re.compile(r"[^<>@]*<\s*([^<>\s]+@[^<>\s]+)\s*>")
_LATIN = re.compile("[A-Za-z]")
_LIKE_LATIN = re.compile("[\u0370-\u03ff\u0400-\u052f\uff01-\uff5e]")
_SEVERAL_PHONES = re.compile(r"[/;,|\n،؛]|\s(?:ou|or|et|and|أو)\s|\s-\s")
_BETWEEN_DIGITS = str.maketrans("", "", " .-")
_LONGEST_ADDRESS = 254


def email_in(value: object) -> str | Unreadable:
    """The one address in a cell, its domain in small letters."""
    if not isinstance(value, str):
        return Unreadable(code="email-unreadable", message=NOT_AN_EMAIL)
    text = text_in(value).removeprefix("mailto:").rstrip(",;")
    named = _NAMED_ADDRESS.fullmatch(text)
    text = named[1] if named else text
    if _PLAIN_ADDRESS.fullmatch(text) and len(text) <= _LONGEST_ADDRESS and len(text.partition("@")[0]) <= 64:
        local, _, domain = text.rpartition("@")
        return f"{local}@{domain.lower()}"
    if sum("@" in piece for piece in re.split(r"[\s,;/|]+", text)) > 1:
        return Unreadable(code="email-several", message=TWO_EMAILS)
    if _LATIN.search(text) and _LIKE_LATIN.search(text):
        return Unreadable(code="email-look-alike", message=LOOK_ALIKE)
    return _international_address(text)


def _international_address(text: str) -> str | Unreadable:
    if text.isascii():
        return Unreadable(code="email-unreadable", message=NOT_AN_EMAIL)
    # Only addresses beyond ASCII need it.
    from email_validator import EmailNotValidError, validate_email

    try:
        return validate_email(text, check_deliverability=False).normalized
    except EmailNotValidError:
        return Unreadable(code="email-unreadable", message=NOT_AN_EMAIL)


class PhoneReading:
    """Reads phones as they are written in one country."""

    def __init__(self, country: str) -> None:
        # 30 ms and 20 MB, and only an import of registrations needs it.
        import phonenumbers

        self._library = phonenumbers
        self._country = country.upper()
        example = phonenumbers.example_number_for_type(self._country, phonenumbers.PhoneNumberType.MOBILE)
        self.example = self._written(example) if example else "+212612345678"
        self._code = phonenumbers.country_code_for_region(self._country)
        self._usual = self._usual_forms()

    def _usual_forms(self) -> re.Pattern[str] | None:
        """How valid numbers of the country are nearly always written, so that most cells need no parsing."""
        plan = self._library.PhoneMetadata.metadata_for_region(self._country, None)
        numbers = plan.general_desc.national_number_pattern if plan and plan.general_desc else None
        if plan is None or not plan.national_prefix or not numbers:
            return None
        return re.compile(rf"(?:\+{self._code}|{plan.national_prefix})({numbers})")

    def phone_in(self, value: object) -> tuple[str, int] | Unreadable:
        """The first number in a cell as E.164 (+212612345678), and how many numbers the cell holds."""
        if isinstance(value, bool):
            return self._unreadable()
        text = western_digits(text_in(value) if isinstance(value, str) else plain(value))
        whole = self._one(text)
        if whole:
            return whole, 1
        pieces = [piece for piece in _SEVERAL_PHONES.split(text) if piece.strip()]
        numbers = [self._one(piece) for piece in pieces]
        if len(pieces) > 1 and all(numbers):
            return str(numbers[0]), len(set(numbers))
        return self._unreadable()

    def _one(self, text: str) -> str:
        usual = self._usual and self._usual.fullmatch(text.translate(_BETWEEN_DIGITS))
        if usual:
            return f"+{self._code}{usual[1]}"
        if re.search(r"[^\d\s+().\-/\u2010-\u2015]", re.sub(r"^[^\d+(]{0,12}[:\s]", "", text.strip())):
            return ""
        try:
            number = self._library.parse(text, self._country)
        except self._library.NumberParseException:
            return ""
        possible = self._library.is_possible_number_with_reason(number)
        return self._written(number) if possible == self._library.ValidationResult.IS_POSSIBLE else ""

    def _written(self, number: "PhoneNumber") -> str:
        return str(self._library.format_number(number, self._library.PhoneNumberFormat.E164))

    def _unreadable(self) -> Unreadable:
        return Unreadable(
            code="phone-unreadable", message=NOT_A_PHONE, values={"country": self._country, "example": self.example}
        )
