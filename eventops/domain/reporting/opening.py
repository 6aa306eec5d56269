"""Which facts about people may be opened beyond what an audience always sees."""

from collections.abc import Collection, Iterable, Sequence
from typing import Protocol

from eventops.domain.people import Participant
from eventops.domain.reporting.reports import Audience
from eventops.domain.texts import Text
from eventops.errors import NotUsable

# What tells of health, belief or hardship stands beside a name for those alone who must serve it.
NEVER_BESIDE_A_NAME = frozenset({"diet", "allergens", "needs", "inclusion", "notes"})
SERVES_NEEDS = frozenset({Audience.HOTEL, Audience.CATERER, Audience.ASSOCIATION})
_NOT_FACTS = frozenset({"id", "fields", "edited", "source", "consents"})
INCLUDABLE = tuple(name for name in Participant.__struct_fields__ if name not in _NOT_FACTS)


class Question(Protocol):
    """A question a plugin asks on its form."""

    @property
    def name(self) -> str: ...
    @property
    def title(self) -> Text: ...
    @property
    def type(self) -> str: ...
    @property
    def audiences(self) -> tuple[Audience, ...]: ...
    @property
    def sensitive(self) -> bool: ...


def opened_to(audience: Audience, questions: Iterable[Question]) -> frozenset[str]:
    """The plugins' fields this audience sees because the plugin says so; a sensitive one only where it is served."""
    return frozenset(
        one.name for one in questions if audience in one.audiences and (not one.sensitive or audience in SERVES_NEEDS)
    )


def checked_inclusion(fields: Sequence[str], audience: Audience, questions: Collection[Question]) -> tuple[str, ...]:
    """The fields that may be opened for one file, each once.

    Errors: NotUsable for a field there is not, and for one this audience may never see.
    """
    asked = {one.name: one for one in questions}
    for field in fields:
        if field not in INCLUDABLE and field not in asked:
            raise NotUsable(
                "There is no field {field} to include; there are {fields}",
                field=field,
                fields=", ".join((*INCLUDABLE, *sorted(asked))),
            )
        if audience is Audience.PUBLIC:
            raise NotUsable(
                "A file for the public holds no fact about a person; {field} cannot be included", field=field
            )
        sensitive = field in NEVER_BESIDE_A_NAME or (field in asked and asked[field].sensitive)
        if sensitive and audience not in SERVES_NEEDS:
            raise NotUsable(
                "{field} may tell of health or belief and is never written beside a name for {audience}; "
                "the hotel’s and the caterer’s files hold what they need",
                field=field,
                audience=audience.value,
            )
    return tuple(dict.fromkeys(fields))
