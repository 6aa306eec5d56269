"""Sheets as received: their cells at true Excel addresses, the table in them and the columns eventops recognises."""

from eventops.domain.headings import BENEFIT_TITLES, FIELD_TITLES, OVERRIDE_REASON_TITLE, OVERRIDE_TITLE

__all__ = ["BENEFIT_TITLES", "FIELD_TITLES", "OVERRIDE_REASON_TITLE", "OVERRIDE_TITLE"]
