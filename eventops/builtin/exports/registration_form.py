"""A registration form for KoBoToolbox or ODK, made from the event: what people answer there comes back by `participant
import` without a word about columns.

Source: XLSForm, https://xlsform.org/en/
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256

from msgspec import Struct

from eventops.builtin.exports.form_texts import (
    ABROAD,
    ATTEND_HINT,
    BAD_EMAIL,
    BAD_PHONE,
    BAD_YEAR,
    COUNTRY,
    GROUPS,
    HINTS,
    INTRODUCTION,
    LANGUAGE_COLUMNS,
    PLACE,
    SHARE,
    SHARE_HINT,
    TITLE,
    WISHES,
)
from eventops.domain.enrolling.choices import DIETS, GENDERS, INCLUSION, LANGUAGES
from eventops.domain.enrolling.headings import FIELD_TITLES
from eventops.domain.event import Event, first_day
from eventops.domain.hosting.allergens import ALLERGENS
from eventops.domain.people import Choice
from eventops.domain.placing.place_index import PlaceIndex
from eventops.domain.plan import Plan
from eventops.domain.reporting.labels import NO, YES
from eventops.domain.reporting.reports import Audience, Cell, Column, Options, Report, Spoken, Table
from eventops.domain.texts import Message, Text
from eventops.extension.spec import Export

EARLIEST_YEAR = 1915
MOST_WISHES = 2
QUESTION_TYPES = {
    "text": "text",
    "integer": "integer",
    "number": "decimal",
    "yes_no": "select_one yes_no",
    "date": "date",
}
_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9]+")


class Asked(Struct, frozen=True, kw_only=True):
    """One line of the survey."""

    type: str
    name: str = ""
    label: Text | Message = Text("")
    hint: Text | Message = Text("")
    required: bool = False
    relevant: str = ""
    constraint: str = ""
    constraint_message: Text | Message = Text("")
    choice_filter: str = ""
    appearance: str = ""


class Offered(Struct, frozen=True, kw_only=True):
    """One answer of a list; `region` and `province` say where a place of a cascade lies."""

    list_name: str
    name: str
    label: Text
    region: str = ""
    province: str = ""


def registration_form(plan: Plan, options: Options) -> Report:
    """The form as an XLSForm workbook: survey, choices and settings, every text in three languages."""
    event = plan.event
    index = _places(event, options)
    survey = tuple(_survey(event, options, index))
    choices = tuple(_choices(event, index))
    tables = (
        Table(name="survey", title="survey", columns=SURVEY, rows=tuple(_asked_row(one) for one in survey)),
        Table(name="choices", title="choices", columns=CHOICES, rows=tuple(_offered_row(one) for one in choices)),
        _settings(event, options, sha256(repr((survey, choices)).encode()).hexdigest()[:10]),
    )
    return Report(name="registration-form", title=TITLE, audience=Audience.PUBLIC, tables=tables, for_a_program=True)


def _survey(event: Event, options: Options, index: PlaceIndex | None) -> Iterator[Asked]:
    values: dict[str, object] = {"event": event.title, "venue": event.venue.name}
    yield Asked(type="note", name="introduction", label=Message(INTRODUCTION, values))
    yield from _group("person", _person(event))
    yield from _group("contact", _contact())
    yield from _group("home", _home(event, index))
    yield from _group("meeting", _meeting(event, options))
    yield from _group("consent", _consents(event))


def _group(name: str, questions: Iterable[Asked]) -> Iterator[Asked]:
    yield Asked(type="begin_group", name=f"{name}_page", label=GROUPS[name], appearance="field-list")
    yield from questions
    yield Asked(type="end_group", name=f"{name}_page")


def _question(name: str, type: str = "text", **more: object) -> Asked:
    """A question of ours under its own title, with its usual hint."""
    return Asked(**{"type": type, "name": name, "label": FIELD_TITLES[name], "hint": HINTS.get(name, Text("")), **more})  # type: ignore[arg-type]


def _person(event: Event) -> Iterator[Asked]:
    latest = first_day(event).year if event.agenda else 9999
    yield _question("name", required=True)
    yield _question("name_latin")
    yield _question("gender", "select_one gender", required=True)
    yield _question(
        "birth_year",
        "integer",
        constraint=f". >= {EARLIEST_YEAR} and . <= {latest}",
        constraint_message=Message(BAD_YEAR, {"year": EARLIEST_YEAR}),
    )
    yield _question("category", "select_one category", required=True)
    yield _question("organisation")
    yield _question("language", "select_one language", required=True)


def _contact() -> Iterator[Asked]:
    yield _question(
        "phone", required=True, constraint=r"regex(., '^\+?[0-9 ().-]{8,20}$')", constraint_message=BAD_PHONE
    )
    yield _question("email", constraint=r"regex(., '^[^@ ]+@[^@ ]+\.[^@ .]+$')", constraint_message=BAD_EMAIL)


def _home(event: Event, index: PlaceIndex | None) -> Iterator[Asked]:
    """Region, province and town, each list cut by the answer before it; written by hand abroad."""
    if index is None:
        yield _question("town", required=True)
        yield _question("country")
        return
    country = next((area.name for area in index.areas if area.kind == "country"), Text(event.country))
    yield Asked(type="select_one yes_no", name="abroad", label=Message(ABROAD, {"country": country}), required=True)
    here, elsewhere = "${abroad} = 'no'", "${abroad} = 'yes'"
    yield _question("region", "select_one region", required=True, relevant=here)
    yield _question("province", "select_one province", required=True, relevant=here, choice_filter="region = ${region}")
    yield _question(
        "town",
        "select_one town",
        required=True,
        relevant=here,
        choice_filter="region = ${region} and province = ${province}",
        appearance="minimal autocomplete",
    )
    yield Asked(type="text", name="country", label=COUNTRY, required=True, relevant=elsewhere)
    yield Asked(type="text", name="city", label=PLACE, required=True, relevant=elsewhere)


def _meeting(event: Event, options: Options) -> Iterator[Asked]:
    if event.associations:
        yield _question("association", "select_one association")
    for number, label in zip(range(min(len(event.workshops), MOST_WISHES)), WISHES, strict=False):
        yield Asked(type="select_one workshop", name=f"workshop_{number + 1}", label=label)
    yield _question("inclusion", "select_multiple inclusion")
    yield _question("diet", "select_one diet")
    yield _question("allergens", "select_multiple allergen")
    yield _question("needs")
    for question in options.questions:
        kind = QUESTION_TYPES.get(question.type, "text")
        yield Asked(type=kind, name=_plain(question.name), label=question.title)


def _consents(event: Event) -> Iterator[Asked]:
    yield _question("consent_attend", "select_one yes_no", required=True, hint=ATTEND_HINT)
    yield _question("consent_photo", "select_one yes_no", required=True)
    for sponsor in event.sponsors:
        yield Asked(
            type="select_one yes_no",
            name=f"consent_share_{_plain(sponsor.id)}",
            label=Message(SHARE, {"sponsor": sponsor.name}),
            hint=Message(SHARE_HINT, {"country": sponsor.country}),
            required=True,
        )


def _choices(event: Event, index: PlaceIndex | None) -> Iterator[Offered]:
    lists: tuple[tuple[str, Sequence[Choice]], ...] = (
        ("yes_no", (Choice(id="yes", title=YES), Choice(id="no", title=NO))),
        ("gender", GENDERS),
        ("category", event.categories or _usual_categories()),
        ("language", LANGUAGES),
        ("association", tuple(Choice(id=one.id, title=one.name) for one in event.associations)),
        ("workshop", tuple(Choice(id=one.id, title=one.title) for one in event.workshops)),
        ("inclusion", INCLUSION),
        ("diet", DIETS),
        ("allergen", ALLERGENS),
    )
    for name, answers in lists:
        for answer in answers:
            yield Offered(list_name=name, name=answer.id, label=answer.title)
    if index is not None:
        yield from _cascade(index)


def _usual_categories() -> tuple[Choice, ...]:
    from eventops.domain.enrolling.choices import DEFAULT_CATEGORIES

    return DEFAULT_CATEGORIES


def _cascade(index: PlaceIndex) -> Iterator[Offered]:
    """Regions, their provinces, their communes; each named so that the import knows it again."""
    named = {area.code: _plain(area.name.fr or area.name.en) for area in index.areas}
    regions = [area for area in index.areas if area.kind == "region"]
    for area in regions:
        yield Offered(list_name="region", name=named[area.code], label=area.name)
    for area in (one for one in index.areas if one.kind == "province"):
        yield Offered(list_name="province", name=named[area.code], label=area.name, region=named.get(area.parent, ""))
    for row in sorted(index.rows, key=lambda one: (one.province, _plain(one.fr or one.en))):
        if row.province in named and row.region in named:
            yield Offered(
                list_name="town",
                name=_plain(row.fr or row.en),
                label=Text(row.en or row.fr, fr=row.fr, ar=row.ar),
                region=named[row.region],
                province=named[row.province],
            )


def _places(event: Event, options: Options) -> PlaceIndex | None:
    """The gazetteer of the event's country when it knows regions and provinces."""
    for source in options.gazetteers:
        if source.country == event.country:
            index = source.load()
            kinds = {area.kind for area in index.areas}
            return index if {"region", "province"} <= kinds else None
    return None


def _settings(event: Event, options: Options, version: str) -> Table:
    language = event.language if event.language in LANGUAGE_COLUMNS else "en"
    columns = tuple(
        Column(name=name, title=name, width=24)
        for name in ("form_title", "form_id", "version", "default_language", "allow_choice_duplicates", "style")
    )
    # Two communes of different provinces may share a name; the cascade and the province tell them apart.
    row = (Spoken(event.title, language), _plain(event.id), version, LANGUAGE_COLUMNS[language], "yes", "pages")
    return Table(name="settings", title="settings", columns=columns, rows=(row,))


def _plain(name: str) -> str:
    """The name in letters, digits and underscores, as the tools of forms want it: Fès-Meknès is Fes_Meknes."""
    letters = unicodedata.normalize("NFKD", name.replace("'", "").replace("’", ""))
    return _NOT_IN_NAMES.sub("_", "".join(one for one in letters if not unicodedata.combining(one))).strip("_") or "x"


def _in_each(text: Text | Message) -> tuple[Cell, ...]:
    """The text once in every language; nothing where there is none."""
    if not (text.en if isinstance(text, Text) else text.text.en):
        return (None,) * len(LANGUAGE_COLUMNS)
    return tuple(Spoken(text, language) for language in LANGUAGE_COLUMNS)


def _columns_of(name: str, width: int) -> tuple[Column, ...]:
    return tuple(
        Column(name=f"{name}_{language}", title=f"{name}::{title}", width=width)
        for language, title in LANGUAGE_COLUMNS.items()
    )


SURVEY = (
    Column(name="type", title="type", width=24),
    Column(name="name", title="name", width=24),
    *_columns_of("label", 36),
    *_columns_of("hint", 36),
    Column(name="required", title="required", width=10),
    Column(name="relevant", title="relevant", width=20),
    Column(name="constraint", title="constraint", width=30),
    *_columns_of("constraint_message", 30),
    Column(name="choice_filter", title="choice_filter", width=30),
    Column(name="appearance", title="appearance", width=20),
)
CHOICES = (
    Column(name="list_name", title="list_name", width=14),
    Column(name="name", title="name", width=30),
    *_columns_of("label", 36),
    Column(name="region", title="region", width=28),
    Column(name="province", title="province", width=28),
)


def _asked_row(one: Asked) -> tuple[Cell, ...]:
    if one.type == "end_group":
        return one.type, one.name, *(None,) * (len(SURVEY) - 2)
    return (
        one.type,
        one.name,
        *_in_each(one.label),
        *_in_each(one.hint),
        "yes" if one.required else None,
        one.relevant or None,
        one.constraint or None,
        *_in_each(one.constraint_message),
        one.choice_filter or None,
        one.appearance or None,
    )


def _offered_row(one: Offered) -> tuple[Cell, ...]:
    return one.list_name, one.name, *_in_each(one.label), one.region or None, one.province or None


REGISTRATION_FORM = Export(name="registration-form", title=TITLE, audience=Audience.PUBLIC, compose=registration_form)
