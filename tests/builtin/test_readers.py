from eventops.builtin.readers import READERS
from eventops.domain.enrolling.sheets import Sheet


def test_the_builtin_readers_read_text_and_workbooks() -> None:
    assert {reader.name: reader.suffixes for reader in READERS} == {
        "xlsx": (".xlsx", ".xlsm"),
        "csv": (".csv", ".tsv", ".txt"),
    }
    csv = next(reader for reader in READERS if reader.name == "csv")
    assert csv.parse(b"Nom;Ville\nAmina;Rabat\n") == (
        Sheet(name="registrations", rows=(("Nom", "Ville"), ("Amina", "Rabat"))),
    )
