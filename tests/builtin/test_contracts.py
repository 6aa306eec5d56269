"""The core's own readers, writers, gazetteers, rules, tariffs and exports hold the contracts plugin authors use."""

import csv
import html
import io
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

import msgspec
import openpyxl
from msgspec import structs

from eventops import Event, Money, Rule, Tariff, Text, Verdict
from eventops.adapters.wording import open_wording
from eventops.builtin import plugin
from eventops.domain.places import Place
from eventops.domain.reporting.reports import Writer
from eventops.domain.reporting.safe_text import unguarded
from eventops.testing import (
    ExportContract,
    GazetteerContract,
    ReaderContract,
    RuleContract,
    TariffContract,
    WriterContract,
)


def workbook(*rows: tuple[object, ...]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def texts_of(value: object) -> Iterable[str]:
    match value:
        case str():
            yield value
        case dict():
            for one in value.values():
                yield from texts_of(one)
        case list():
            for one in value:
                yield from texts_of(one)


class TestReaders(ReaderContract):
    plugin = plugin
    samples: Mapping[str, bytes] = {
        "people.csv": "Nom;Ville\nسلمى;الدار البيضاء\n".encode(),
        "people.xlsx": workbook(("Nom", "Ville"), ("Salma", "Settat"), ("Omar", None)),
    }


class TestWriters(WriterContract):
    plugin = plugin

    def read_back(self, writer: Writer, data: bytes) -> tuple[str, ...] | None:
        if writer.name == "json":
            return tuple(texts_of(msgspec.json.decode(data)))
        if writer.name == "csv":
            rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
            return tuple(unguarded(cell) for row in rows for cell in row)
        if writer.name == "html":
            return tuple(html.unescape(text) for text in re.split("<[^>]*>", data.decode()))
        book = openpyxl.load_workbook(io.BytesIO(data))
        return tuple(str(cell.value) for sheet in book for row in sheet for cell in row if cell.value is not None)


class TestGazetteers(GazetteerContract):
    plugin = plugin
    found: Mapping[str, str] = {"Lyon": "FR:2996944", "القاهرة": "EG:360630"}


class InThreeLanguages:
    """The core as a plugin whose sentences carry the translations that its catalogues hold."""

    def __init__(self, *hooks: str) -> None:
        for hook in hooks:
            given = getattr(plugin, hook)()
            setattr(self, hook, lambda given=given: tuple(map(worded, given)))


FR, AR = (open_wording(language) for language in ("fr", "ar"))


def worded_text(text: Text) -> Text:
    fr, ar = (wording.say(text) for wording in (FR, AR))
    return Text(text.en, text.fr or fr, text.ar or ar)


def worded(value: Any) -> Any:
    """A rule, tariff or setting with the texts of its own and of its answers in three languages."""
    changed: dict[str, Any] = {}
    for name in ("title", "help"):
        if hasattr(value, name):
            changed[name] = worded_text(getattr(value, name))
    if isinstance(value, Rule):
        check = value.check
        changed |= {"source": "the core", "check": lambda candidate, facts: _worded_verdict(check(candidate, facts))}
    if isinstance(value, Tariff):
        price = value.price
        changed |= {
            "source": "the core",
            "price": lambda unit, candidate, facts: tuple(
                structs.replace(line, label=worded_text(line.label)) for line in price(unit, candidate, facts)
            ),
        }
    return structs.replace(value, **changed)


def _worded_verdict(verdict: Verdict) -> Verdict:
    return structs.replace(verdict, reason=worded_text(verdict.reason))


class TestRules(RuleContract):
    plugin = InThreeLanguages("eventops_rules", "eventops_settings")


class TestTariffs(TariffContract):
    plugin = InThreeLanguages("eventops_tariffs", "eventops_settings")
    currency = "MAD"

    def event(self) -> Event:
        """The event with a price for every menu, which the tariff of menus needs."""
        event = super().event()
        price = Money(Decimal(90), "MAD")
        return structs.replace(event, meals=tuple(structs.replace(one, price=price) for one in event.meals))


class TestExports(ExportContract):
    plugin = plugin
    # The core's words stand in its catalogues, which have tests of their own; a form has the keywords of its system.
    test_titles_and_notes_are_written_in_three_languages = None  # type: ignore[assignment]


def test_a_place_of_the_world_has_the_form_of_any_place() -> None:
    (world,) = plugin.eventops_gazetteers()
    assert isinstance(world.load().place(0), Place)
