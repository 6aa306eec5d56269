"""The chart beside a table, where people would rather look than read."""

from typing import Any

from eventops.domain.reporting.reports import Table

KINDS = ("bar", "column", "pie", "line")
COLOUR = "#2E7D8C"


def insert_chart(book: Any, sheet: Any, table: Table, right_to_left: bool, top: int = 1) -> None:
    """Draws the table's chart one column after its last, from the rows that begin in row `top`; the total row stays
    out of it.

    Errors: ValueError when the chart names a kind or a column there is not.
    """
    chart = table.chart
    if chart is None:
        return
    if chart.kind not in KINDS:
        raise ValueError(f"a chart is {', '.join(KINDS)}, not {chart.kind!r}")
    names = [column.name for column in table.columns]
    categories, values = names.index(chart.categories), names.index(chart.values)
    last = top + len(table.rows) - 1
    drawn = book.add_chart({"type": chart.kind})
    series: dict[str, Any] = {
        "name": str(table.columns[values].title),
        "categories": [sheet.get_name(), top, categories, last, categories],
        "values": [sheet.get_name(), top, values, last, values],
        "data_labels": {"value": True},
    }
    if chart.kind != "pie":
        series |= {"fill": {"color": COLOUR}, "gap": 60}
        drawn.set_legend({"none": True})
    drawn.add_series(series)
    drawn.set_title({"name": str(chart.title), "name_font": {"size": 12}, "overlay": False})
    if chart.kind == "bar":
        # Excel draws the first category lowest; people read the table from the top.
        drawn.set_y_axis({"reverse": True})
        drawn.set_x_axis({"reverse": right_to_left, "major_gridlines": {"visible": False}, "visible": False})
    elif chart.kind != "pie":
        drawn.set_x_axis({"reverse": right_to_left})
        drawn.set_y_axis({"major_gridlines": {"visible": False}})
    drawn.set_size({"width": 520, "height": max(240, 60 + 34 * len(table.rows))})
    sheet.insert_chart(1, len(table.columns) + 1, drawn)
