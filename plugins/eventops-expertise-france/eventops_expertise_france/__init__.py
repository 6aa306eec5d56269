"""An illustrative workbook for a sponsor such as Expertise France. It is not a template of that agency."""

from eventops import Audience, Export, Text, hookimpl
from eventops_expertise_france.workbook import SPONSOR, compose

WORKBOOK = Export(
    name="workbook",
    title=Text(
        "Expertise France workbook (illustrative): people covered, expenses, signatures, indicators",
        fr="Classeur Expertise France (illustratif) : prises en charge, dépenses, émargement, indicateurs",
        ar="مصنف Expertise France (توضيحي): المتكفل بهم والنفقات والتوقيعات والمؤشرات",
    ),
    audience=Audience.SPONSOR,
    sponsor=SPONSOR,
    compose=compose,
)


@hookimpl
def eventops_exports() -> tuple[Export, ...]:
    return (WORKBOOK,)
