"""What people said about columns and sheets, kept for the next file with the same headings."""

from collections.abc import Mapping, Sequence
from hashlib import sha256

import msgspec
from msgspec import Struct

from eventops.application.facts import value_of, values_of
from eventops.domain.enrolling.cell_values import text_in
from eventops.domain.enrolling.sheets import Sheet
from eventops.domain.findings import Finding, Severity, Source
from eventops.domain.folding import folded
from eventops.domain.texts import Text
from eventops.extension.ports import Change, Document, Documents

KIND = "mapping"
REUSED = Text(
    "{file} has the headings of an earlier file, so the answers given then are used: {answers}; "
    "--no-saved-map reads it without them"
)
# A header stands in the first rows; further down it would be data.
_HEADER_WITHIN = 60


class SavedAnswers(Struct, frozen=True, kw_only=True):
    """Answers for files with these headings: the sheet to read ('' for any) and the field of each column."""

    id: str
    headings: tuple[str, ...]
    sheet: str
    columns: dict[str, str]


def saved_answers(documents: Documents, sheets: Sequence[Sheet]) -> SavedAnswers | None:
    """The answers given for a file with the same headings; None for none."""
    known = {one.id: one for one in values_of(documents.all(KIND), SavedAnswers, KIND)}
    if not known:
        return None
    for sheet in sheets:
        for row in sheet.rows[:_HEADER_WITHIN]:
            found = known.get(_key([text_in(cell) for cell in row]))
            if found is not None and found.sheet in ("", sheet.name):
                return found
    return None


def put_answers(change: Change, headings: Sequence[str], sheet: str, columns: Mapping[str, str]) -> None:
    """Keeps what a person said about the columns and the sheet of a file with these headings."""
    key = _key(headings)
    before = change.get(KIND, key)
    known = value_of(before, SavedAnswers, KIND) if before is not None else None
    kept = SavedAnswers(
        id=key,
        headings=tuple(headings),
        sheet=sheet or (known.sheet if known else ""),
        columns={**(known.columns if known else {}), **columns},
    )
    document: Document = msgspec.to_builtins(kept)
    change.put(KIND, key, document)


def reused_finding(mapping: SavedAnswers, file_name: str) -> Finding:
    """What to say when earlier answers are used."""
    answers = [f"{column}={field}" for column, field in mapping.columns.items()]
    if mapping.sheet:
        answers.append(f"--sheet {mapping.sheet}")
    return Finding(
        severity=Severity.INFORMATION,
        code="mapping-reused",
        message=REUSED,
        values={"file": file_name, "answers": ", ".join(answers)},
        source=Source(file=file_name),
    )


def _key(headings: Sequence[str]) -> str:
    """One id for headings that differ only in case, accents and trailing blanks."""
    words = [folded(heading) for heading in headings]
    while words and not words[-1]:
        words.pop()
    return f"M{sha256(chr(10).join(words).encode()).hexdigest()[:16]}"
