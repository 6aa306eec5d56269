"""Pages to print for single people: one sheet of paper each, in their own direction; and place cards to fold."""

from collections.abc import Iterator
from html import escape

from eventops.builtin.web_pages import POLICY
from eventops.domain.reporting.reports import Report, Table, Writer
from eventops.domain.reporting.safe_text import representable

PAGES_STYLE = """
@page { size: A4; margin: 16mm; }
body { font-family: system-ui, "Noto Sans", "Noto Naskh Arabic", sans-serif; margin: 0; color: #1b2a33; }
article { max-width: 178mm; margin: 0 auto 10mm; break-after: page; break-inside: avoid; }
article:last-child { break-after: auto; }
.event { color: #52646f; font-size: 10pt; border-bottom: 1.5pt solid #1f5a6b; padding-bottom: 3mm; }
h1 { font-size: 22pt; margin: 6mm 0; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 3mm 8mm; font-size: 12pt; }
dt { font-weight: 600; color: #1f5a6b; } dd { margin: 0; }
"""
CARDS_STYLE = """
@page { size: A4; margin: 10mm; }
body { font-family: system-ui, "Noto Sans", "Noto Naskh Arabic", sans-serif; margin: 0; }
main { display: grid; grid-template-columns: 1fr 1fr; }
article { height: 68mm; border: .4pt dashed #9aa7ae; display: flex; flex-direction: column; justify-content: center;
  align-items: center; text-align: center; break-inside: avoid; padding: 4mm; box-sizing: border-box; }
b { font-size: 20pt; } span { font-size: 13pt; margin-top: 2mm; }
small { font-size: 11pt; color: #52646f; margin-top: 3mm; }
"""
RIGHT_TO_LEFT = ("ar",)


def own_pages(report: Report) -> bytes:
    """A page for every table: its name begins with its language, its first two rows say which event and whose."""
    return _page(report, PAGES_STYLE, (_sheet(table) for table in report.tables))


def card_pages(report: Report) -> bytes:
    """A card for every row: its cells one under the other, the first the largest."""
    tags = ("b", "span", "small")
    cards = (
        "<article>"
        + "".join(f'<{tag} dir="auto">{_text(cell)}</{tag}>' for tag, cell in _shown(tags, row))
        + "</article>"
        for table in report.tables
        for row in table.rows
    )
    return _page(report, CARDS_STYLE, cards)


def _shown(tags: tuple[str, ...], row: tuple[object, ...]) -> Iterator[tuple[str, object]]:
    return ((tag, cell) for tag, cell in zip(tags, row, strict=False) if cell is not None)


def _page(report: Report, style: str, articles: Iterator[str]) -> bytes:
    direction = "rtl" if report.right_to_left else "ltr"
    lines = (
        "<!DOCTYPE html>",
        f'<html lang="{_text(report.language)}" dir="{direction}">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="referrer" content="no-referrer">',
        f"<title>{_text(report.title)}</title>",
        f"<style>{style}</style>",
        "</head>",
        "<body>",
        "<main>",
        *articles,
        "</main>",
        "</body>",
        "</html>",
    )
    return ("\n".join(lines) + "\n").encode()


def _sheet(table: Table) -> str:
    language = table.name.partition("-")[0]
    direction = "rtl" if language in RIGHT_TO_LEFT else "ltr"
    if len(table.rows) < 2:
        return ""
    (_, about), (_, name), *lines = table.rows
    parts = [
        f'<article lang="{_text(language)}" dir="{direction}">',
        f'<p class="event" dir="auto">{_text(about)}</p>',
        f'<h1 dir="auto">{_text(name)}</h1>',
        "<dl>",
    ]
    for what, detail in lines:
        parts.append(f"<dt>{_text(what or '')}</dt><dd>{_text(detail)}</dd>")
    return "".join([*parts, "</dl></article>"])


def _text(value: object) -> str:
    return escape(representable(str(value)), quote=True)


OWN_PAGES = Writer(name="html", suffix=".html", media_type="text/html; charset=utf-8", render=own_pages)
CARD_PAGES = Writer(name="html", suffix=".html", media_type="text/html; charset=utf-8", render=card_pages)
