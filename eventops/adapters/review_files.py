"""The review file: the sender's own table with the refused rows only, what is wrong marked and explained."""

import io
from collections.abc import Callable
from datetime import date, datetime, time
from typing import TYPE_CHECKING, cast

from msgspec.structs import replace

from eventops.adapters.spreadsheets import sheets_of_workbook
from eventops.domain.enrolling.cell_values import plain, text_in
from eventops.domain.enrolling.enrolment import Enrolment, RefusedRow
from eventops.domain.enrolling.registrations import filled_rows
from eventops.domain.enrolling.sheets import Sheet, column_index
from eventops.domain.findings import Finding
from eventops.domain.placing.names import script_of
from eventops.domain.texts import Wording

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

_WRONG = "FFFFC7CE"
_HEADER = "FFE7E6E6"
_LONGEST_CELL = 32_767
_FORBIDDEN_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\", " "))

Say = Callable[[Finding], str]


def review_workbook(original: bytes, file_name: str, enrolment: Enrolment, wording: Wording | None = None) -> bytes:
    """A workbook with the sender's header and the rows that were refused, the wrong cells filled and commented.

    Corrected and imported, it enrols those rows. `wording` words the comments, in English without one. Values are the
    sender's, never a formula.
    Errors: NotUsable when the original cannot be read.
    """
    # 0.2 s; only when a row was refused.
    from openpyxl import Workbook

    sheet = next(one for one in sheets_of_workbook(original, file_name) if one.name == enrolment.sheet)
    refused = {row.row: row for row in enrolment.refused}
    say = _said_by(wording)
    workbook = Workbook()
    worksheet = workbook.active
    assert worksheet is not None
    worksheet.title = sheet.name.translate(_FORBIDDEN_IN_NAMES)[:31].strip() or "Review"
    header = enrolment.header_row - sheet.first_row
    for at, cells in enumerate(sheet.rows[: header + 1], start=1):
        _write_row(worksheet, at, cells)
    _dress_header(worksheet, header + 1, sheet, header)
    kept = [(number, cells) for number, cells in filled_rows(sheet, enrolment.header_row) if number in refused]
    for at, (number, cells) in enumerate(kept, start=header + 2):
        _write_row(worksheet, at, cells)
        _mark(worksheet, at, refused[number], enrolment, say)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def _said_by(wording: Wording | None) -> Say:
    if wording is None:
        return lambda finding: finding.message.en.format(
            **{name: _plainly(one) for name, one in finding.values.items()}
        )
    return lambda finding: wording.say(finding.message, finding.values)


def _plainly(value: object) -> object:
    return ", ".join(str(one) for one in value) if isinstance(value, tuple) else value


def _write_row(worksheet: "Worksheet", at: int, cells: tuple[object, ...]) -> None:
    for column, value in enumerate(cells, start=1):
        if value is not None:
            # The workbook is new, so no cell of it is merged.
            _write(cast("Cell", worksheet.cell(row=at, column=column)), value)


def _write(cell: "Cell", value: object) -> None:
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Alignment

    if isinstance(value, bool | int | float | date | time):
        without_zone = value.replace(tzinfo=None) if isinstance(value, datetime | time) else value
        cell.value = without_zone
        if isinstance(value, int) and not isinstance(value, bool):
            # Long numbers (phones) would be shown as 2.12613E+11.
            cell.number_format = "0"
        return
    text = ILLEGAL_CHARACTERS_RE.sub("", value if isinstance(value, str) else plain(value))
    cell.value = text.encode("utf-8", "ignore").decode("utf-8")[:_LONGEST_CELL]
    # Text stays text, also when it begins with =, + or @, and when somebody edits it.
    cell.data_type = "s"
    cell.quotePrefix = True
    cell.alignment = Alignment(wrap_text="\n" in text, vertical="top")


def _dress_header(worksheet: "Worksheet", at: int, sheet: Sheet, header: int) -> None:
    from openpyxl.styles import Font, PatternFill
    from openpyxl.utils import get_column_letter

    headings = [text_in(cell) for cell in sheet.rows[header]]
    for column, heading in enumerate(headings, start=1):
        cell = worksheet.cell(row=at, column=column)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor=_HEADER)
        worksheet.column_dimensions[get_column_letter(column)].width = min(max(len(heading) + 2, 14), 40)
    worksheet.freeze_panes = f"A{at + 1}"
    arabic = sum(script_of(heading) == "arab" for heading in headings if heading)
    worksheet.sheet_view.rightToLeft = 2 * arabic > sum(1 for heading in headings if heading)


def _in_this_file(finding: Finding, at: int) -> Finding:
    """The finding with the row it has here; one that names a second row speaks of the sender's file."""
    if "row" not in finding.values or "other" in finding.values:
        return finding
    here: dict[str, object] = {"row": at}
    if finding.source.column and "cell" in finding.values:
        here["cell"] = f"{finding.source.column}{at}"
    return replace(finding, values={**finding.values, **here})


def _mark(worksheet: "Worksheet", at: int, row: RefusedRow, enrolment: Enrolment, say: Say) -> None:
    """Fills and comments the cells the findings are about; those about the whole row are on its first read column."""
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    first = min((column.indexes[0] for column in enrolment.columns), default=0)
    sentences: dict[int, list[str]] = {}
    for finding in row.findings:
        column = column_index(finding.source.column) if finding.source.column else first
        sentences.setdefault(column, []).append(say(_in_this_file(finding, at)))
    for column, said in sentences.items():
        cell = worksheet.cell(row=at, column=column + 1)
        cell.fill = PatternFill("solid", fgColor=_WRONG)
        text = "\n".join(said)
        comment = Comment(text, "eventops")
        comment.width = 320
        comment.height = 40 + 20 * (1 + len(text) // 45)
        cell.comment = comment
