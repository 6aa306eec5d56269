"""Table formats: a localised report in, the bytes of a file out. The same report gives every format."""

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import msgspec

from eventops.domain.money import Money
from eventops.domain.reporting.labels import yes_no_label
from eventops.domain.reporting.reports import Cell, Column, Kind, Report, Table, Writer, rows_of
from eventops.domain.reporting.safe_text import guarded, representable

# Where the rows belong: a value no other part of the document has.
_ROWS_PLACE = b'"rows": 0.5'
_ROW_INDENT = b" " * 8
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook(report: Report) -> bytes:
    """An Excel workbook, one sheet a table. Errors: NotUsable when a cell or a sheet cannot hold it."""
    from eventops.builtin.workbooks import workbook_of  # xlsxwriter takes 80 ms to import

    return workbook_of(report)


def web_page(report: Report) -> bytes:
    """One web page that needs nothing else, for reading and printing."""
    from eventops.builtin.web_pages import web_page as written  # what words the values is slow to import

    return written(report)


def separated(report: Report) -> bytes:
    """RFC 4180 in UTF-8 with a byte order mark, so that Excel reads Arabic; text that looks like a formula is guarded.

    Shape: one table. Tables with the same columns stand below one another behind a column with their titles; of
    others the first is written (see `tables_left_out`). Money of one currency is a number below a heading that names
    the currency.
    """
    stream = io.BytesIO(b"\xef\xbb\xbf")
    stream.seek(0, io.SEEK_END)
    text = io.TextIOWrapper(stream, "utf-8", newline="")
    rows = csv.writer(text, lineterminator="\r\n")
    tables = _written_tables(report)
    stacked = len(tables) > 1
    for position, table in enumerate(tables):
        currencies = _only_currencies(table)
        lead = [guarded(str(table.title))] if stacked else []
        if position == 0:
            titles = [
                _heading(column, currency) if _headed_alike(tables, index) else column.name
                for index, (column, currency) in enumerate(zip(table.columns, currencies, strict=True))
            ]
            rows.writerow(
                [guarded(representable(title)) for title in [*([str(report.title)] if stacked else []), *titles]]
            )
            if any(column.hxl for column in table.columns):
                rows.writerow([*(["#meta+table"] if stacked else []), *(column.hxl for column in table.columns)])
        for row in table.rows:
            cells = [
                _plain(cell, column, currency, report.language)
                for cell, column, currency in zip(row, table.columns, currencies, strict=True)
            ]
            rows.writerow([*lead, *cells])
    text.flush()
    return stream.getvalue()


def tables_left_out(report: Report) -> tuple[str, ...]:
    """The titles of the tables that a separated file of this report does not hold."""
    written = {id(table) for table in _written_tables(report)}
    return tuple(str(table.title) for table in report.tables if id(table) not in written)


def json_document(report: Report) -> bytes:
    """The report as JSON: rows as objects by column name, dates in ISO 8601, money as {amount, currency} with the
    amount as text, so that no decimal is lost."""
    document = {
        "name": report.name,
        "title": report.title,
        "heading": report.heading,
        "audience": report.audience.value,
        "language": report.language,
        **({"history": msgspec.to_builtins(report.history)} if report.history is not None else {}),
        "tables": [_table_document(table) for table in report.tables],
    }
    head, *tails = _json(document).split(_ROWS_PLACE)
    stream = io.BytesIO()
    stream.write(head)
    for table, tail in zip(report.tables, tails, strict=True):
        stream.write(b'"rows": ')
        stream.writelines(_json_rows(table))
        stream.write(tail)
    stream.write(b"\n")
    return stream.getvalue()


def _json(value: Any) -> bytes:
    return msgspec.json.format(msgspec.json.encode(_representable(value)), indent=2)


def _json_rows(table: Table) -> Iterator[bytes]:
    """The rows as they stand in the document, each made when it is written."""
    before = b"[\n"
    for row in rows_of(table):
        shown = _json({name: _value(cell) for name, cell in row.items()})
        yield before + _ROW_INDENT + shown.replace(b"\n", b"\n" + _ROW_INDENT)
        before = b",\n"
    yield b"\n" + _ROW_INDENT[2:] + b"]" if table.rows else b"[]"


def _written_tables(report: Report) -> tuple[Table, ...]:
    """The tables of a separated file: all that have the columns of the first when every one has, else the first."""
    first = report.tables[:1]
    alike = all(_names(table) == _names(first[0]) for table in report.tables)
    return report.tables if alike else first


def _names(table: Table) -> list[str]:
    return [column.name for column in table.columns]


def _headed_alike(tables: tuple[Table, ...], index: int) -> bool:
    return len({table.columns[index].title for table in tables}) == 1


def _heading(column: Column, currency: str) -> str:
    return f"{column.title} ({currency})" if currency else str(column.title)


def _only_currencies(table: Table) -> list[str]:
    """Of each column the currency, when it holds money of one only, else ''."""
    seen: dict[int, set[str]] = {
        index: set() for index, column in enumerate(table.columns) if column.kind is Kind.MONEY
    }
    for row in table.rows if seen else ():
        for index, currencies in seen.items():
            if isinstance(cell := row[index], Money):
                currencies.add(cell.currency)
    return ["".join(seen[index]) if len(seen.get(index, ())) == 1 else "" for index in range(len(table.columns))]


def _plain(cell: Cell, column: Column, currency: str, language: str) -> str:
    """A cell as a separated file holds it."""
    match cell:
        case None:
            return ""
        case str():
            return guarded(representable(cell))
        case bool():
            return yes_no_label(cell, language)
        case Money():
            return f"{cell.amount:f}" if currency else f"{cell.amount:f} {cell.currency}"
        case Decimal():
            return f"{cell:f}"
        case datetime():
            return cell.replace(tzinfo=None).isoformat(" ", "minutes")
        case time():
            return f"{cell:%H:%M}"
        case date():
            return cell.isoformat()
        case _:
            return str(cell)


def _table_document(table: Table) -> dict[str, Any]:
    return {
        "name": table.name,
        "title": table.title,
        "columns": [
            {
                "name": column.name,
                "title": column.title,
                "kind": column.kind.value,
                **({"hxl": column.hxl} if column.hxl else {}),
            }
            for column in table.columns
        ],
        "rows": 0.5,
        "notes": list(table.notes),
    }


def _value(cell: Cell) -> Any:
    match cell:
        case Money():
            return {"amount": cell.amount, "currency": cell.currency}
        case float() if cell.is_integer():
            return int(cell)
        case _:
            return cell


def _representable(value: Any) -> Any:
    """The document with every text free of what UTF-8 cannot hold."""
    match value:
        case str():
            return value.encode("utf-8", "replace").decode("utf-8") if _has_half_characters(value) else value
        case dict():
            return {key: _representable(one) for key, one in value.items()}
        case list():
            return [_representable(one) for one in value]
        case _:
            return value


def _has_half_characters(text: str) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in text) if not text.isascii() else False


# The table formats eventops brings along.
WRITERS = (
    Writer(name="xlsx", suffix=".xlsx", media_type=XLSX, render=workbook),
    Writer(
        name="csv",
        suffix=".csv",
        media_type="text/csv; charset=utf-8",
        render=separated,
        leaves_out=tables_left_out,
    ),
    Writer(name="json", suffix=".json", media_type="application/json", render=json_document),
    Writer(name="html", suffix=".html", media_type="text/html; charset=utf-8", render=web_page),
)
