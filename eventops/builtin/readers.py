"""The containers registrations come in and the forms they come from, offered through the same hook as any plugin's."""

from eventops.builtin.survey_forms import SURVEY_FORMS
from eventops.builtin.ticket_forms import TICKET_FORMS
from eventops.domain.enrolling.sheets import Sheet
from eventops.extension.spec import Reader


def _parsed_as(name: str) -> "Reader":
    suffixes = {"xlsx": (".xlsx", ".xlsm", ".xls", ".ods"), "csv": (".csv", ".tsv", ".txt")}[name]

    def parse(data: bytes) -> tuple[Sheet, ...]:
        # The parsers are only needed when a file is read.
        from eventops.adapters.spreadsheets import sheets_of_workbook

        return sheets_of_workbook(data, f"registrations{suffixes[0]}")

    return Reader(name=name, suffixes=suffixes, parse=parse)


CONTAINERS = (_parsed_as("xlsx"), _parsed_as("csv"))
READERS = (*CONTAINERS, *TICKET_FORMS, *SURVEY_FORMS)
