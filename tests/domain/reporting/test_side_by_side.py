from eventops.adapters.wording import open_wordings
from eventops.domain.reporting.labels import GENDER_LABELS
from eventops.domain.reporting.reports import Audience, Column, Kind, Report, Spoken, Table
from eventops.domain.reporting.side_by_side import side_by_side
from eventops.domain.texts import Text

WORDINGS = open_wordings(("ar", "fr", "en"))
NAME = Text("Name", fr="Nom", ar="الاسم")
FEMALE = GENDER_LABELS["female"]


def in_languages(*languages: str, **column: object) -> Report:
    columns = (
        Column(**{"name": "a", "title": NAME, **column}),  # type: ignore[arg-type]
        Column(name="b", title="B", kind=Kind.YES_NO),
        Column(name="c", title="C"),
    )
    rows = ((FEMALE, True, Spoken(Text("Hello", fr="Bonjour"), "fr")), (None, False, "سلمى"))
    table = Table(name="t", title=NAME, columns=columns, rows=rows, notes=(NAME,))
    report = Report(name="r", title=NAME, audience=Audience.HOTEL, tables=(table,), heading=NAME)
    return side_by_side(report, [WORDINGS[language] for language in languages], WORDINGS)


def test_headings_texts_and_notes_stand_in_every_language() -> None:
    report = in_languages("ar", "fr", "en")
    (table,) = report.tables
    assert (report.language, report.title, report.heading, table.title) == (
        "ar",
        "الاسم / Nom / Name",
        "الاسم",
        "الاسم / Nom / Name",
    )
    assert (table.columns[0].title, table.notes) == ("الاسم\nNom\nName", ("الاسم\nNom\nName",))
    assert table.rows == (("أنثى\nfemme\nfemale", "نعم\noui\nyes", "Bonjour"), (None, "لا\nnon\nno", "سلمى"))


def test_what_two_languages_say_alike_stands_once() -> None:
    assert in_languages("fr", "en").tables[0].columns[1].title == "B"


def test_what_is_filled_in_and_read_back_stays_in_one_language() -> None:
    (table,) = in_languages("fr", "ar", editable=True, choices=(FEMALE,)).tables
    assert (table.columns[0].choices, table.rows[0][0], table.columns[0].title) == (
        ("femme",),
        "femme",
        "Nom\nالاسم",
    )
