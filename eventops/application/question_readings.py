"""How answers to the questions of a form are read: a bare yes is to what its heading asks; own words about food."""

from collections.abc import Callable, Sequence

from eventops.application.remarks import Remark
from eventops.domain.enrolling import answers
from eventops.domain.enrolling.answers import says_nothing
from eventops.domain.enrolling.cell_values import lines_in, text_in
from eventops.domain.enrolling.questions import asks_about_sponsors, names_a_need, question_asked
from eventops.domain.enrolling.registrations import ColumnRead, Lexicons
from eventops.domain.findings import Finding
from eventops.domain.hosting.allergy_texts import allergens_sorted_out, eaten_in, sorted_out
from eventops.domain.texts import Text

CellReading = Callable[[object], object]

# The code of a yes that does not say to what; another column of the row may say it.
_UNNAMED = "answer-unnamed"
# So many words may follow a yes that says no more than yes.
_BARE_WORDS = 1

UNCLEAR_CONSENT = Text(
    "row {row}, column {column} ({heading}): {cell} is “{value}”, which is no clear consent and counts as no; "
    "ask the person and write yes or no"
)
UNNAMED_SPONSOR = Text(
    "row {row}, column {column} ({heading}): {cell} is “{value}”, but the event has several sponsors and the heading "
    "does not say which; it counts as no; write into the cell those the person agrees to: {allowed}"
)
UNNAMED_NEED = Text(
    "row {row}, column {column} ({heading}): {cell} says yes without saying what is needed; ask the person and write "
    "it into the cell"
)
UNNAMED_DIET = Text(
    "row {row}, column {column} ({heading}): {cell} says yes without saying what the person does not eat; ask the "
    "person and write it into the cell"
)
UNNAMED_GROUP = Text(
    "row {row}, column {column} ({heading}): {cell} says yes without saying to which group; it was left out; ask the "
    "person and write the group into the cell"
)
UNKNOWN_ALLERGY = Text(
    "row {row}, column {column} ({heading}): {cell} is “{value}”, which speaks of an allergy that is not wholly "
    "understood; it was kept as written; ask the person, and tell the kitchen"
)


def needs_reading(column: ColumnRead) -> CellReading:
    """A need in words; the one its question asks about where the answer is a bare yes."""
    asked, named = question_asked(column.heading), names_a_need(column.heading)

    def read(value: object) -> object:
        if says_nothing(value):
            return ""
        said = answers.yes_or_no(value)
        if not said:
            return "" if said is False else lines_in(value)
        if isinstance(value, str) and len(text_in(value).split()) > _BARE_WORDS:
            return lines_in(value)
        return asked if named else _unnamed(asked, column, UNNAMED_NEED)

    return read


def diet_reading(column: ColumnRead, closed: Lexicons) -> CellReading:
    """A diet; the one its question names where the answer is a bare yes."""
    # A comma would part the question in two.
    asked, named = question_asked(column.heading).replace(",", " "), eaten_in(column.heading)

    def read(value: object) -> object:
        if answers.yes_or_no(value) is True and answers.known(text_in(value), closed.diet) is None:
            if named.diets or named.allergens:
                return ", ".join((*named.diets, *named.allergens))
            return _unnamed(asked, column, UNNAMED_DIET)
        diet = answers.diet_in(value, closed.diet)
        if sorted_out(diet)[2]:
            return Remark(value=diet, code="allergy-unknown", message=UNKNOWN_ALLERGY)
        return diet

    return read


def allergens_reading(column: ColumnRead, closed: Lexicons) -> CellReading:
    """The allergens a cell names; the one its question names where the answer is a bare yes."""
    asked, named = question_asked(column.heading), eaten_in(column.heading).allergens

    def read(value: object) -> object:
        if answers.yes_or_no(value) is True:
            return named or _unnamed((asked,), column, UNNAMED_DIET)
        found, alarms = allergens_sorted_out(answers.inclusion_in(value, closed.allergens))
        return Remark(value=found, code="allergy-unknown", message=UNKNOWN_ALLERGY) if alarms else found

    return read


def inclusion_reading(column: ColumnRead, closed: Lexicons) -> CellReading:
    """The groups a cell names; the one its question names where the answer is a bare yes."""
    named = answers.named_inside(column.heading, closed.inclusion)[0]

    def read(value: object) -> object:
        if answers.yes_or_no(value) is True and answers.known(text_in(value), closed.inclusion) is None:
            return named if len(named) == 1 else _unnamed((), column, UNNAMED_GROUP)
        return answers.inclusion_in(value, closed.inclusion)

    return read


def sponsors_reading(column: ColumnRead, closed: Lexicons) -> CellReading:
    """The sponsors a cell names; all of them where the question is about the sponsors and the answer is yes."""
    sponsors = closed.sponsors.choices
    of_all = len(sponsors) == 1 or asks_about_sponsors(column.heading)

    def read(value: object) -> object:
        named = answers.sponsors_in(value, closed.sponsors)
        if named is not None:
            return named
        if answers.yes_or_no(value) is not True or not sponsors:
            return Remark(value=(), code="consent-unclear", message=UNCLEAR_CONSENT)
        if of_all:
            return tuple(choice.id for choice in sponsors)
        allowed: dict[str, object] = {"allowed": tuple(choice.title for choice in sponsors)}
        return Remark(value=(), code="consent-unclear", message=UNNAMED_SPONSOR, values=allowed)

    return read


def _unnamed(asked: object, column: ColumnRead, message: Text) -> Remark:
    return Remark(value=asked, code=_UNNAMED, message=message, values={"asked": asked, "field": column.field})


def settled(facts: dict[str, object], remarks: Sequence[Finding]) -> list[Finding]:
    """The remarks on a row whose facts are together: a yes that another column explains needs none and gives way to
    it, and the allergens that were written among the diets go to the allergens."""
    kept = [one for one in remarks if one.code != _UNNAMED or not _explained(facts, one)]
    written = facts.get("diet")
    if written:
        diet, allergens, _ = sorted_out(str(written))
        facts["diet"] = diet
        if allergens:
            before = facts.get("allergens")
            facts["allergens"] = tuple(dict.fromkeys((*(before if isinstance(before, tuple) else ()), *allergens)))
    return kept


def _explained(facts: dict[str, object], remark: Finding) -> bool:
    """Whether the row says elsewhere what its yes was to; the facts lose the question then."""
    field, asked = str(remark.values["field"]), remark.values["asked"]
    if field == "inclusion":
        return bool(facts.get(field))
    if field == "needs":
        told = [line for line in str(facts.get(field) or "").split("\n") if line != asked]
        facts[field] = "\n".join(told) if told else facts[field]
        return bool(told)
    said = asked[0] if isinstance(asked, tuple) else asked
    allergens = facts.get("allergens")
    named = tuple(one for one in (allergens if isinstance(allergens, tuple) else ()) if one != said)
    diets = [one for one in str(facts.get("diet") or "").split(", ") if one not in ("", said, answers.STANDARD_DIET)]
    if not named and not diets:
        return False
    if "allergens" in facts:
        facts["allergens"] = named
    if "diet" in facts:
        facts["diet"] = ", ".join(diets) or answers.STANDARD_DIET
    return True
