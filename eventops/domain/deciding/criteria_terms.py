"""What a criterion gives beside its conditions, in words: share, ceiling, payer, nights, journeys, and since when."""

from collections.abc import Iterator, Mapping

from msgspec import Struct

from eventops.domain.event import Criterion
from eventops.domain.texts import Message, Text

SHARE = Text("{share} per cent of the cost", fr="{share} % du coût", ar="{share} في المائة من التكلفة")
CEILING = Text("at most {ceiling}", fr="au plus {ceiling}", ar="في حدود {ceiling}")
PAYER = Text("paid by {payer}", fr="à la charge de {payer}", ar="على نفقة {payer}")
NOT_BY_PAYER = Text(
    "this holds for {payer} alone, another payer may pay",
    fr="ne vaut que pour {payer}, un autre payeur peut prendre en charge",
    ar="يسري هذا على {payer} وحدها، ويمكن لجهة أخرى أن تتكفل",
)
NIGHTS = Text(
    "nights before the event: {nights}", fr="nuits avant la rencontre : {nights}", ar="ليال قبل اللقاء: {nights}"
)
ONE_WAY = Text("journeys paid: {legs}", fr="trajets pris en charge : {legs}", ar="عدد الرحلات المؤداة: {legs}")
ADVICE = Text(
    "this is advice and stops no cover",
    fr="à titre indicatif : n’empêche aucune prise en charge",
    ar="على سبيل الإرشاد ولا يمنع أي تكفل",
)
PRIVATE = Text(
    "the reason is kept by the associations",
    fr="le motif reste auprès des associations",
    ar="يبقى السبب لدى الجمعيات",
)
SINCE = Text("in force since {day}", fr="en vigueur depuis le {day}", ar="ساري المفعول منذ {day}")
UNTIL = Text("in force until {day}", fr="en vigueur jusqu’au {day}", ar="ساري المفعول إلى غاية {day}")


class CriteriaPack(Struct, frozen=True, kw_only=True):
    """Criteria an association or a payer publishes in a file of their own. `source` is the text they stand on."""

    name: str
    title: Text
    source: str
    criteria: tuple[Criterion, ...]


def criterion_terms(criterion: Criterion, names: Mapping[str, Text]) -> tuple[Message, ...]:
    """What the criterion says beyond benefit and conditions, a message each. `names` titles payers."""
    return tuple(_terms(criterion, names))


def _terms(one: Criterion, names: Mapping[str, Text]) -> Iterator[Message]:
    if one.effect == "grants":
        if one.share != 100:
            yield Message(SHARE, {"share": one.share})
        if one.ceiling is not None:
            yield Message(CEILING, {"ceiling": one.ceiling})
        if one.nights is not None:
            yield Message(NIGHTS, {"nights": one.nights})
        if one.legs != 2:
            yield Message(ONE_WAY, {"legs": one.legs})
    if one.payer:
        said = PAYER if one.effect == "grants" else NOT_BY_PAYER
        yield Message(said, {"payer": names.get(one.payer, one.payer)})
    if one.effect == "refers" and not one.blocking:
        yield Message(ADVICE)
    if one.sensitive:
        yield Message(PRIVATE)
    if one.valid_from is not None:
        yield Message(SINCE, {"day": one.valid_from})
    if one.valid_to is not None:
        yield Message(UNTIL, {"day": one.valid_to})
