"""A ranking in words: who comes first when the money does not reach everybody."""

from collections.abc import Iterable, Mapping

from eventops.domain.event import Ranking
from eventops.domain.paying.funding import joined
from eventops.domain.reporting.criteria_words import conditions_said
from eventops.domain.texts import Message, Text

# By fact: what comes first, and what comes first the other way round.
FIRST: Mapping[str, tuple[Text, Text]] = {
    "distance": (
        Text("the farthest", fr="les plus éloignés", ar="الأبعد مسافة"),
        Text("the nearest", fr="les plus proches", ar="الأقرب مسافة"),
    ),
    "inclusion": (
        Text("those noted for inclusion", fr="les personnes notées pour l’inclusion", ar="المعنيون بالإدماج"),
        Text("those not noted for inclusion", fr="les personnes sans note d’inclusion", ar="غير المعنيين بالإدماج"),
    ),
    "rural": (
        Text("those from rural communes", fr="les habitants des communes rurales", ar="القادمون من الجماعات القروية"),
        Text("those not from rural communes", fr="les habitants des autres communes", ar="القادمون من غير القروية"),
    ),
    "age": (
        Text("the oldest", fr="les plus âgés", ar="الأكبر سنا"),
        Text("the youngest", fr="les plus jeunes", ar="الأصغر سنا"),
    ),
    "cost": (
        Text("those who cost least", fr="ceux qui coûtent le moins", ar="الأقل تكلفة"),
        Text("those who cost most", fr="ceux qui coûtent le plus", ar="الأكثر تكلفة"),
    ),
    "registered": (
        Text("those who registered first", fr="les premiers inscrits", ar="الأسبق تسجيلا"),
        Text("those who registered last", fr="les derniers inscrits", ar="الأحدث تسجيلا"),
    ),
}
ANSWER = Text("the answer to {question}", fr="la réponse à {question}", ar="الجواب على {question}")
ALIKE = Text(
    "One person comes before another only when no fact speaks against it.",
    fr="Une personne ne passe avant une autre que si aucun fait ne s’y oppose.",
    ar="لا يتقدم شخص على آخر إلا إذا لم يخالف ذلك أي معطى.",
)
ORDERED = Text(
    "Who comes first, the weightiest first: {facts}.",
    fr="Passent d’abord, par ordre d’importance : {facts}.",
    ar="من له الأولوية، حسب الأهمية: {facts}.",
)
TIES = Text("Between those alike: {facts}.", fr="À égalité : {facts}.", ar="عند التساوي: {facts}.")
QUOTA = Text(
    "Of those whom the money reaches, at least {percent} per cent are people of whom this holds, as long as there are "
    "any: {conditions}.",
    fr="Parmi ceux que le budget atteint, au moins {percent} % de personnes répondant à cette condition, tant qu’il "
    "y en a : {conditions}.",
    ar="من بين من يكفيهم الاعتماد، {percent} في المائة على الأقل ممن يستوفون هذا الشرط ما داموا موجودين: {conditions}.",
)


def ranking_said(ranking: Ranking, names: Mapping[str, Text]) -> Message:
    """A ranking as sentences. `names` titles regions, categories, associations and questions by id."""
    return joined(list(_sentences(ranking, names)), " ")


def _sentences(ranking: Ranking, names: Mapping[str, Text]) -> Iterable[Message]:
    yield Message(ORDERED, {"facts": tuple(_first(one, names) for one in ranking.by)})
    if ranking.partial:
        yield Message(ALIKE)
    named = (*ranking.by, *ranking.ties)
    last = () if any(one.removeprefix("-") == "registered" for one in named) else ("registered",)
    ties = (*ranking.ties, *last)
    if ties:
        yield Message(TIES, {"facts": tuple(_first(one, names) for one in ties)})
    for quota in ranking.quotas:
        yield Message(QUOTA, {"percent": quota.at_least, "conditions": conditions_said(quota.when, names)})


def _first(fact: str, names: Mapping[str, Text]) -> Text | Message:
    plain = fact.removeprefix("-")
    if plain not in FIRST:
        return Message(ANSWER, {"question": names.get(plain, plain)})
    return FIRST[plain][fact.startswith("-")]
