"""HXL tags under the headings, so that other humanitarian and civic tools know what a column holds.

Source: HXL 1.1, https://hxlstandard.org/standard/1-1final/dictionary/
"""

import re

import msgspec

from eventops.domain.reporting.reports import Column, Kind, Report

# What a column of that name holds, whichever table it stands in.
TAGS = {
    "id": "#meta+id",
    "number": "#meta+number",
    "reference": "#meta+id",
    "name": "#contact+name",
    "name_latin": "#contact+name+v_latin",
    "email": "#contact+email",
    "phone": "#contact+phone",
    "gender": "#contact+sex",
    "age": "#contact+age+num",
    "birth_date": "#date+birth",
    "birth_year": "#date+birth+year",
    "category": "#contact+type",
    "organisation": "#org+name",
    "role": "#contact+role",
    "language": "#contact+lang",
    "town": "#loc+name",
    "place": "#loc+name",
    "commune": "#adm3+name",
    "province": "#adm2+name",
    "region": "#adm1+name",
    "region_name": "#adm1+name",
    "region_code": "#adm1+code",
    "country": "#country+name",
    "association": "#org+impl+name",
    "payer": "#org+funding+name",
    "sponsor": "#org+funding+name",
    "inclusion": "#contact+group",
    "diet": "#item+food+type",
    "allergens": "#item+food+allergen",
    "needs": "#need+type",
    "status": "#status",
    "seat": "#status+seat",
    "attended": "#status+attended",
    "outcome": "#status+decision",
    "effect": "#status+verdict",
    "benefit": "#service+type",
    "reason": "#description+reason",
    "reasons": "#description+reason",
    "notes": "#description+notes",
    "message": "#description+message",
    "group": "#description+group",
    "people": "#affected+num",
    "share": "#affected+pct",
    "room": "#loc+room",
    "service": "#activity+name",
    "mode": "#item+transport+type",
    "amount": "#value+amount",
    "night": "#date+night",
    "arrival": "#date+start",
    "departure": "#date+end",
    "date": "#date",
    "leaves_at": "#date+start",
    "registered_on": "#date+registered",
}
_BY_KIND = {
    Kind.INTEGER: "#indicator+num",
    Kind.DECIMAL: "#indicator+num",
    Kind.PERCENT: "#indicator+pct",
    Kind.MONEY: "#value",
    Kind.DATE: "#date",
    Kind.TIME: "#meta+time",
    Kind.DATETIME: "#date+time",
    Kind.YES_NO: "#status",
    Kind.TEXT: "#description",
}
_NOT_IN_ATTRIBUTES = re.compile(r"[^a-z0-9_]+")


def tagged(report: Report) -> Report:
    """The report with a tag for every column; no two columns of a table carry the same.

    Sums, notes and ruled rows are left out: below a row of tags every row is data.
    """
    tables = tuple(
        msgspec.structs.replace(table, columns=_tagged_columns(table.columns), notes=(), blank_rows=0)
        for table in report.tables
    )
    return msgspec.structs.replace(report, tables=tables)


def _tagged_columns(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    taken: set[str] = set()
    result: list[Column] = []
    for column in columns:
        tag = column.hxl or tag_of(column)
        if tag in taken:
            tag = f"{tag}+{_attribute(column.name)}"
        taken.add(tag)
        result.append(msgspec.structs.replace(column, hxl=tag, total=False))
    return tuple(result)


def tag_of(column: Column) -> str:
    """The tag of one column: a known one by its name, else what its kind says, told apart by its name."""
    return TAGS.get(column.name) or f"{_BY_KIND[column.kind]}+{_attribute(column.name)}"


def _attribute(name: str) -> str:
    """The name as an attribute of HXL: lower-case letters, digits and _, a letter first."""
    plain = _NOT_IN_ATTRIBUTES.sub("_", name.lower()).strip("_")
    return plain if plain[:1].isalpha() else f"x_{plain}"
