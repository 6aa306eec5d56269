"""The committee's record: which criteria were adopted, when, by whom, in which wording."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from hashlib import sha256

import msgspec
from msgspec import Struct

from eventops.domain.event import Event, SettingValue
from eventops.domain.texts import Text


class AdoptedCriterion(Struct, frozen=True, kw_only=True):
    """A criterion in the words it was adopted in: its sentence and the reason people are given, in each language."""

    name: str
    benefit: str
    sentence: Text
    reason: Text
    source: str = ""


class Adoption(Struct, frozen=True, kw_only=True):
    """One decision of a committee on the criteria. `criteria_hash` is that of the criteria themselves, so that a
    change of any limit shows; `settings` are those in force then, `rules` the plugins' rules at work with their
    versions."""

    number: int
    by: str
    on: date
    at: datetime
    actor: str
    note: str = ""
    event_id: str
    criteria_hash: str
    criteria: tuple[AdoptedCriterion, ...]
    rules: tuple[tuple[str, str], ...] = ()
    settings: dict[str, SettingValue] = {}


def criteria_hash(event: Event, settings: Mapping[str, SettingValue], rules: Sequence[tuple[str, str]]) -> str:
    """SHA-256 in hexadecimal over everything that decides and that a committee can adopt: the criteria, the settings,
    the order under a ceiling, and the plugins' rules with their versions."""
    decides = (
        sorted(event.criteria, key=lambda one: one.name),
        sorted(settings.items()),
        sorted(event.selections.items()),
        event.rankings,
        sorted(rules),
    )
    return sha256(msgspec.json.encode(decides)).hexdigest()


def adoption_in_force(adoptions: Sequence[Adoption], present_hash: str) -> Adoption | None:
    """The newest record of the criteria as they stand; None when nobody adopted them so."""
    return next((one for one in reversed(adoptions) if one.criteria_hash == present_hash), None)
