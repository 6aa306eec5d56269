"""The core's own readers, writers, gazetteers, rules, tariffs and exports hold the contracts plugin authors use."""

import csv
import html
import io
import re
from collections.abc import Iterable, Mapping

import msgspec
import openpyxl

from eventops.builtin import plugin
from eventops.domain.places import Place
from eventops.domain.reports import Writer
from eventops.domain.safe_text import unguarded
from eventops.testing import GazetteerContract, ReaderContract, WriterContract


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
    found: Mapping[str, str] = {"Paris": "FR:2988507", "القاهرة": "EG:360630"}


def test_a_place_of_the_world_has_the_form_of_any_place() -> None:
    (world,) = plugin.eventops_gazetteers()
    assert isinstance(world.load().place(0), Place)
