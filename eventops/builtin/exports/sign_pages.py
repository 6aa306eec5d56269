"""Door signs as pages to print: one sheet on its side for each workshop, legible from across the corridor."""

from collections.abc import Iterator
from html import escape

from eventops.adapters.wording import open_wording
from eventops.builtin.web_pages import POLICY
from eventops.domain.reporting.reports import Cell, Report, rows_of
from eventops.domain.reporting.safe_text import representable

STYLE = """
@page { size: A4 landscape; margin: 12mm; }
* { box-sizing: border-box; }
body { margin: 0; color: #16262c;
  font-family: "Segoe UI", "Noto Sans", "Noto Naskh Arabic", Tahoma, Arial, sans-serif; }
section { height: 180mm; padding: 12mm; border: 2mm solid #1f4e5f; border-radius: 4mm; margin: 0 0 6mm;
  display: flex; flex-direction: column; justify-content: space-between; break-after: page; break-inside: avoid; }
section:last-child { break-after: auto; }
h1 { font-size: 44pt; line-height: 1.2; margin: 0; overflow-wrap: anywhere; }
.room { font-size: 34pt; font-weight: bold; color: #1f4e5f; }
.hours { font-size: 26pt; } .with { font-size: 22pt; } .event { font-size: 14pt; color: #44565d; }
"""


def sign_pages(report: Report) -> bytes:
    """The page in UTF-8, right to left where the language is."""
    return "\n".join(_lines(report)).encode() + b"\n"


def _lines(report: Report) -> Iterator[str]:
    wording = open_wording(report.language)

    def said(cell: Cell) -> str:
        return "" if cell is None else escape(representable(cell if isinstance(cell, str) else wording.value(cell)))

    direction = "rtl" if report.right_to_left else "ltr"
    yield "<!DOCTYPE html>"
    yield f'<html lang="{escape(report.language)}" dir="{direction}">'
    yield '<head><meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    yield f"<title>{said(str(report.title))}</title><style>{STYLE}</style></head><body>"
    for row in rows_of(report.tables[0]):
        hours = " – ".join(filter(None, (said(row["starts_at"]), said(row["ends_at"]))))
        yield "<section>"
        yield f'<div class="event" dir="auto">{said(str(report.heading))}</div>'
        yield f'<h1 dir="auto">{said(row["title"])}</h1>'
        yield f'<div class="with" dir="auto">{said(row["with"])}</div>'
        yield f'<div class="hours">{said(row["date"])} · {hours}</div>' if hours else ""
        yield f'<div class="room" dir="auto">{said(row["room"])}</div>'
        yield "</section>"
    yield "</body></html>"
