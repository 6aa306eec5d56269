"""The file of a campaign (TOML), and a sheet of its meetings as a committee keeps it."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from msgspec import structs

from eventops.adapters.event_files import refuse_problem, toml_document
from eventops.adapters.toml_lines import lines_of
from eventops.adapters.toml_writing import pair_lines, told, value_text
from eventops.adapters.typed_tables import TomlFile
from eventops.domain.campaigns.campaign import Campaign, Meeting, campaign_problems, in_order
from eventops.domain.enrolling.sheets import Sheet, column_letter
from eventops.domain.event import RegistrationWindow
from eventops.domain.folding import folded
from eventops.domain.texts import Text
from eventops.errors import NotUsable

HEAD = ("id", "title", "template")

# How committees head the columns of their list of meetings, folded.
COLUMNS = {
    "series": ("series", "campaign", "programme", "program", "serie", "campagne", "السلسله", "الحمله", "البرنامج"),
    "id": ("meeting", "meeting id", "no", "n", "number", "rencontre", "reunion", "numero", "اللقاء", "الرقم"),
    "title": ("title", "titre", "intitule", "العنوان"),
    "starts_on": ("date", "date start", "start", "day", "date debut", "jour", "التاريخ", "تاريخ البدايه", "اليوم"),
    "ends_on": ("date end", "end", "date fin", "تاريخ النهايه"),
    "starts_at": ("time", "hour", "heure", "الساعه", "التوقيت"),
    "town": ("town", "city", "ville", "المدينه"),
    "venue": ("venue", "place", "lieu", "المكان"),
    "regions": ("regions", "region", "regions concernees", "الجهات", "الجهه"),
    "organisers": ("organisers", "organizers", "associations", "organisateurs", "المنظمون", "الجمعيات"),
    "support": ("facilitator or support", "support", "sponsors", "facilitation", "appui", "partenaires", "الشركاء"),
    "themes": ("themes", "topics", "thematiques", "المحاور", "المواضيع"),
    "registration": ("registration window", "registration", "inscriptions", "inscription", "التسجيل", "فتره التسجيل"),
    "participants": ("participants", "participation", "المشاركون"),
    "note": ("note", "notes", "remarques", "remarque", "ملاحظه", "ملاحظات"),
    "source": ("source", "sources", "المصدر"),
}
_HOUR = re.compile(r"([01]?[0-9]|2[0-3])[:hH.]([0-5][0-9])?")
_NOT_IN_ID = re.compile(r"[^a-z0-9]+")


def read_campaign(text: str, file_name: str) -> Campaign:
    """The campaign that the text of its file describes.

    Errors: NotUsable naming file, line, key, the value seen and what was expected.
    """
    text = text.removeprefix("\ufeff")
    document = toml_document(text, file_name)
    file = TomlFile(file_name, document, lines_of(text), value_text)
    for name in document:
        if name not in ("campaign", "meetings"):
            file.refuse_key((name,), ("campaign", "meetings"))
    if "campaign" not in document:
        file.refuse_missing(dict, ("campaign",))
    head = file.fields(Campaign, HEAD, document["campaign"], ("campaign",))
    meetings = file.value(tuple[Meeting, ...], document.get("meetings", []), ("meetings",))
    campaign = Campaign(**head, meetings=in_order(meetings))
    for problem in campaign_problems(campaign):
        refuse_problem(file, document, ("meetings",), problem)
    return campaign


def campaign_text(campaign: Campaign) -> str:
    """The campaign as the text of its file; reading it gives the campaign again."""
    said = dict(told(campaign))
    lines = ["# What is blank or absent is not known yet.", "", "[campaign]"]
    for name in HEAD:
        if name in said:
            lines.extend(pair_lines(name, said[name]))
    for meeting in campaign.meetings:
        lines += ["", "[[meetings]]"]
        for name, value in told(meeting):
            lines.extend(pair_lines(name, value))
    return "\n".join(lines) + "\n"


def meetings_of_sheet(sheet: Sheet, file_name: str, series: str = "") -> tuple[str, tuple[Meeting, ...]]:
    """The name of the series and its meetings, one a row. Blank cells stay unknown.

    Errors: NotUsable without a heading for the town or the day, for a cell that is no date or hour, or when the sheet
    holds several series and none is named.
    """
    head, columns = _columns(sheet, file_name)
    rows: list[tuple[int, dict[str, Any]]] = []
    for offset, row in enumerate(sheet.rows[head + 1 :], head + 1):
        cells = {name: row[at] for name, at in columns.items() if at < len(row) and row[at] not in (None, "")}
        if cells:
            rows.append((sheet.first_row + offset, cells))
    every = list(dict.fromkeys(str(cells.get("series", "")).strip() for _, cells in rows))
    chosen = _series(every, series, file_name)
    of_series = [(number, cells) for number, cells in rows if str(cells.get("series", "")).strip() == chosen]
    meetings = [_meeting(cells, _Where(file_name, number, columns)) for number, cells in of_series]
    return chosen, in_order(_apart(meetings))


def _series(every: Sequence[str], wanted: str, file_name: str) -> str:
    if wanted:
        matching = [one for one in every if folded(wanted) == folded(one)] or [
            one for one in every if folded(wanted) in folded(one)
        ]
        if len(matching) == 1:
            return matching[0]
    elif len(every) == 1:
        return every[0]
    raise NotUsable(
        "{file} holds the meetings of several series; say which with --series: {names}",
        file=file_name,
        names=", ".join(f"“{one}”" for one in every) or "-",
    )


def _columns(sheet: Sheet, file_name: str) -> tuple[int, dict[str, int]]:
    """The row of headings and the column of each field."""
    known = {word: name for name, words in COLUMNS.items() for word in words}
    for number, row in enumerate(sheet.rows[:20]):
        found: dict[str, int] = {}
        for at, cell in enumerate(row):
            name = known.get(folded(str(cell)) if cell is not None else "")
            if name is not None:
                found.setdefault(name, at)
        if "town" in found and "starts_on" in found:
            return number, found
    raise NotUsable(
        "{file} has no header row with a town and a date; name the columns City and Date, Ville and Date, "
        "or المدينة and التاريخ",
        file=file_name,
    )


class _Where:
    """Where a row stands, for messages."""

    def __init__(self, file: str, row: int, columns: Mapping[str, int]) -> None:
        self.file, self.row, self.columns = file, row, columns

    def refuse(self, name: str, seen: object, expected: Text) -> NotUsable:
        cell = f"{column_letter(self.columns[name])}{self.row}"
        return NotUsable(
            "{file}, {cell} is “{seen}”; {expected} is expected; correct it and run the command again",
            file=self.file,
            cell=cell,
            seen=str(seen),
            expected=expected,
        )


_A_DAY = Text("a day such as 2023-10-14")
_AN_HOUR = Text("an hour such as 09:00")
_A_WINDOW = Text("two days such as 2023-09-22..2023-10-06")


def _meeting(cells: Mapping[str, Any], at: _Where) -> Meeting:
    def text(name: str) -> str:
        return " ".join(str(cells.get(name, "")).split())

    def several(name: str) -> tuple[str, ...]:
        return tuple(part.strip() for part in re.split(r"[;؛\n]", str(cells.get(name, ""))) if part.strip())

    number = cells.get("id", "")
    name = f"{int(number)}" if isinstance(number, float) and number.is_integer() else text("id")
    return Meeting(
        id=_id_of(text("town") or name or "meeting"),
        title=Text(text("title")) if text("title") else None,
        town=text("town"),
        venue=text("venue"),
        regions=several("regions"),
        starts_on=_day(cells.get("starts_on"), "starts_on", at),
        ends_on=_day(cells.get("ends_on"), "ends_on", at),
        starts_at=_hour(cells.get("starts_at"), at),
        organisers=several("organisers"),
        support=several("support"),
        themes=several("themes"),
        registration=_window(cells.get("registration"), at),
        participants=text("participants"),
        note=text("note"),
        source=text("source"),
    )


def _apart(meetings: Sequence[Meeting]) -> tuple[Meeting, ...]:
    """Every meeting under an id of its own, which is its folder too: casablanca, casablanca-2."""
    taken: set[str] = set()
    named: list[Meeting] = []
    for one in meetings:
        id, number = one.id, 1
        while id in taken:
            number += 1
            id = f"{one.id}-{number}"
        taken.add(id)
        named.append(structs.replace(one, id=id, folder=id))
    return tuple(named)


def _id_of(name: str) -> str:
    import unicodedata

    from anyascii import anyascii

    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = plain if plain.strip(" -'") else anyascii(name)
    return _NOT_IN_ID.sub("-", plain.lower()).strip("-") or "meeting"


def _day(cell: Any, name: str, at: _Where) -> date | None:
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return None
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    try:
        return date.fromisoformat(str(cell).strip())
    except ValueError as error:
        raise at.refuse(name, cell, _A_DAY) from error


def _hour(cell: Any, at: _Where) -> time | None:
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return None
    if isinstance(cell, datetime):
        return cell.time()
    if isinstance(cell, time):
        return cell
    match = _HOUR.fullmatch(str(cell).strip())
    if match is None:
        raise at.refuse("starts_at", cell, _AN_HOUR)
    return time(int(match[1]), int(match[2] or 0))


def _window(cell: Any, at: _Where) -> RegistrationWindow | None:
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return None
    days = re.findall(r"\d{4}-\d{2}-\d{2}", str(cell))
    try:
        opens, closes = (date.fromisoformat(one) for one in days)
    except ValueError as error:
        raise at.refuse("registration", cell, _A_WINDOW) from error
    return RegistrationWindow(opens_on=opens, closes_on=closes)
