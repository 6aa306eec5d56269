import struct
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st

from eventops.adapters.wording import open_wording, open_wordings
from eventops.domain.money import Money
from eventops.domain.people import Gender
from eventops.domain.rules import Outcome
from eventops.domain.texts import Message, Text
from eventops.errors import NotUsable, PluginBroken
from eventops.extension.spec import Catalogue

SEATS = Text("{count} seats left", fr="{count} places restantes", ar="بقي {count} مقعدا")


def write_catalogue(folder: Path, language: str, **translations: str) -> Catalogue:
    """A gettext .mo file with these translations of whole sentences; keys use _ for blanks."""
    entries = {"": "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=(n > 1);\n"}
    entries |= {key.replace("_", " "): value for key, value in translations.items()}
    file = folder / language / "LC_MESSAGES" / "trial.mo"
    file.parent.mkdir(parents=True)
    keys = sorted(entries)
    ids, texts, body = [], [], b""
    start = 28 + 16 * len(keys)
    for table, source in ((ids, keys), (texts, [entries[key] for key in keys])):
        for text in source:
            data = text.encode()
            table.append((len(data), start + len(body)))
            body += data + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, len(keys), 28, 28 + 8 * len(keys), 0, 0)
    file.write_bytes(head + b"".join(struct.pack("<2I", *pair) for pair in (*ids, *texts)) + body)
    return Catalogue(domain="trial", folder=str(folder))


def test_a_text_is_said_in_its_own_wording() -> None:
    said = [open_wording(language).say(SEATS, {"count": 12}) for language in ("ar", "fr", "en", "es")]
    assert said == ["بقي 12 مقعدا", "12 places restantes", "12 seats left", "12 seats left"]


def test_a_catalogue_says_what_the_text_itself_does_not(tmp_path: Path) -> None:
    wording = open_wording(
        "fr", [write_catalogue(tmp_path, "fr", **{"no_seat_for_{name}": "aucune place pour {name}"})]
    )
    said = (
        wording.say(Text("no seat for {name}"), {"name": "Salma"}),
        wording.say("no seat for {name}"),
        wording.say(""),
    )
    assert said == ("aucune place pour Salma", "aucune place pour {name}", "")


def test_a_missing_catalogue_means_english(tmp_path: Path) -> None:
    wording = open_wording("fr", [Catalogue(domain="absent", folder=str(tmp_path))])
    assert wording.say(Text("no seat")) == "no seat"


def test_a_damaged_catalogue_is_named(tmp_path: Path) -> None:
    catalogue = write_catalogue(tmp_path, "fr")
    (tmp_path / "fr" / "LC_MESSAGES" / "trial.mo").write_bytes(b"\xde\x12\x04\x95cut")
    with pytest.raises(PluginBroken, match=r"trial\.mo cannot be read"):
        open_wording("fr", [catalogue])


def test_a_language_is_a_code() -> None:
    with pytest.raises(NotUsable, match="is not a language"):
        open_wording("../../etc")


def test_plural_forms_follow_the_count() -> None:
    wording = open_wording("fr")
    one, many = Text("{count} person", fr="{count} personne"), Text("{count} people", fr="{count} personnes")
    assert [wording.say_count(one, many, count) for count in (1, 3)] == ["1 personne", "3 personnes"]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ["7", "2023", "12,345", "99.96", "1234.5", "MAD 1,234.50", "14 October 2023", "14 October 2023, 09:05"]),
        ("fr", ["7", "2023", "12 345", "99,96", "1234,5", "1 234,50 MAD", "14 octobre 2023", "14 octobre 2023, 09:05"]),
        ("ar", ["7", "2023", "12.345", "99,96", "1234,5", "1.234,50 د.م.", "14 أكتوبر 2023", "14 أكتوبر 2023، 09:05"]),
    ],
)
def test_values_are_written_as_the_language_does(language: str, expected: list[str]) -> None:
    values = (
        7,
        2023,
        12345,
        99.9567,
        Decimal("1234.50"),
        Money(Decimal("1234.50"), "MAD"),
        date(2023, 10, 14),
        datetime(2023, 10, 14, 9, 5, tzinfo=ZoneInfo("Africa/Casablanca")),
    )
    wording = open_wording(language)
    said = [wording.value(value) for value in values]
    plain = [text.replace("\u00a0", " ").replace("\u202f", " ").replace("\u200f", "") for text in said]
    assert plain == expected


def test_words_lists_and_nested_messages_are_said_too() -> None:
    wording = open_wording("fr")
    nested = Message(Text("{who} and {what}", fr="{who} et {what}"), {"who": SEATS, "what": True})
    values = (Outcome.GRANTED, Gender.FEMALE, False, None, time(7, 8), ("a", 2.5), nested, {"a": 1}, Path("x"))
    assert [wording.value(value) for value in values] == [
        "accordé",
        "femme",
        "non",
        "–",
        "07:08",
        "a, 2,5",
        "{count} places restantes et oui",
        "a: 1",
        "x",
    ]


def test_an_aware_time_is_the_clock_where_the_event_is() -> None:
    moment = datetime(2023, 7, 14, 9, 5, tzinfo=ZoneInfo("UTC"))
    said = [open_wording("en", timezone=zone).value(moment) for zone in (None, ZoneInfo("Asia/Tokyo"))]
    assert said == ["14 July 2023, 09:05", "14 July 2023, 18:05"]


def test_placeholders_never_stop_a_sentence() -> None:
    sentence = Text("{seen} {absent} {a.b} {seen!r} {km:.1f} {{kept}} {row} {} {0} {")
    said = open_wording("en").say(sentence, {"seen": "x", "km": 12.345, "row": 12345})
    assert said == "x {absent} {a.b} x 12.3 {kept} 12345 {} {0} {"


def test_a_sentence_inside_a_sentence_brings_its_full_stop() -> None:
    wording = open_wording("en")
    said = [wording.say(Text("Because: {reason}."), {"reason": reason}) for reason in ("far", "It is far.", "why?")]
    assert said == ["Because: far.", "Because: It is far.", "Because: why?"]


def test_what_a_value_says_is_never_filled_again() -> None:
    assert open_wording("en").say(Text("{a}"), {"a": "{b}", "b": "secret"}) == "{b}"


@given(st.text(), st.dictionaries(st.text(), st.none() | st.text() | st.floats() | st.integers() | st.decimals()))
def test_any_sentence_with_any_values_is_said(sentence: str, values: dict[str, object]) -> None:
    said = [wording.say(Text(sentence), values) for wording in open_wordings(("ar", "fr", "en")).values()]
    assert all(isinstance(text, str) for text in said)
