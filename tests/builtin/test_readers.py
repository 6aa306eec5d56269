from eventops.builtin.readers import CONTAINERS, READERS
from eventops.domain.enrolling.sheets import Sheet


def test_the_builtin_readers_read_text_and_workbooks() -> None:
    assert {reader.name: reader.suffixes for reader in CONTAINERS} == {
        "xlsx": (".xlsx", ".xlsm", ".xls", ".ods"),
        "csv": (".csv", ".tsv", ".txt"),
    }
    csv = next(reader for reader in CONTAINERS if reader.name == "csv")
    assert csv.parse(b"Nom;Ville\nAmina;Rabat\n") == (
        Sheet(name="registrations", rows=(("Nom", "Ville"), ("Amina", "Rabat"))),
    )


def test_the_builtin_readers_know_the_forms_people_register_with() -> None:
    assert sorted(one.name for one in READERS if one not in CONTAINERS) == [
        "eventbrite",
        "google-forms",
        "indico",
        "kobo",
        "microsoft-forms",
        "odk",
        "pretix-checkins",
        "pretix-orders",
        "pretix-positions",
        "pretix-waiting",
    ]
