"""An illustrative workbook for a sponsor such as the OECD. It is not a template of that organisation."""

from eventops import Audience, Export, Text, hookimpl
from eventops_oecd.workbook import SPONSOR, compose

WORKBOOK = Export(
    name="workbook",
    title=Text(
        "OECD workbook (illustrative): covered people, costs, attendance and statistics",
        fr="Classeur OCDE (illustratif) : personnes prises en charge, coûts, présence et statistiques",
        ar="مصنف منظمة التعاون والتنمية الاقتصادية (توضيحي): المتكفل بهم والتكاليف والحضور والإحصائيات",
    ),
    audience=Audience.SPONSOR,
    sponsor=SPONSOR,
    compose=compose,
)


@hookimpl
def eventops_exports() -> tuple[Export, ...]:
    return (WORKBOOK,)
