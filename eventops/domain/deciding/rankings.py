"""Rankings: who comes first under a ceiling, declared in the event as data, with quotas and a rule for ties."""

from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct

from eventops.domain.deciding.criteria import condition_missed
from eventops.domain.deciding.rulings import CRITERIA
from eventops.domain.deciding.seat_quotas import condition_of
from eventops.domain.deciding.selections import ActiveSelection, Contender, Ranked, Selection
from eventops.domain.event import Event, Ranking
from eventops.domain.money import Money
from eventops.domain.rules import Candidate, Facts
from eventops.domain.texts import Message, Text

TITLE = Text("the ranking of the event", fr="le classement de la rencontre", ar="ترتيب اللقاء")
DISTANCE = Text("{distance_km} km away", fr="à {distance_km} km", ar="على بعد {distance_km} كلم")
NO_DISTANCE = Text("distance not known", fr="distance inconnue", ar="المسافة غير معروفة")
INCLUDED = Text("noted for inclusion", fr="inclusion notée", ar="معني بالإدماج")
NOT_INCLUDED = Text("not noted for inclusion", fr="sans note d’inclusion", ar="غير معني بالإدماج")
RURAL = Text("from a rural commune", fr="commune rurale", ar="من جماعة قروية")
NOT_RURAL = Text("not from a rural commune", fr="hors commune rurale", ar="ليس من جماعة قروية")
AGE = Text("{age} years old", fr="{age} ans", ar="السن {age}")
NO_AGE = Text("age not known", fr="âge inconnu", ar="السن غير معروف")
COST = Text("costs {amount}", fr="coûte {amount}", ar="التكلفة {amount}")
ANSWERED = Text("{question}: {answer}")
NUMBER = Text("number {number} in the list", fr="n° {number} de la liste", ar="رقم {number} في اللائحة")
QUOTA = Text(
    "comes forward for at least {share} per cent",
    fr="avance pour au moins {share} %",
    ar="تقدم لبلوغ {share} % على الأقل",
)
AND = Text("{first}; {second}", ar="{first}؛ {second}")

FACTS = ("distance", "inclusion", "rural", "age", "cost", "registered")
"""What a ranking may go by, beside the questions of plugins."""

Weight = float
Fact = Callable[[Contender, int], tuple[Weight, Message]]
"""From a contender and their number in the list: the more, the sooner; and how that is said."""


class Rated(Struct, frozen=True, kw_only=True):
    """A contender with what the ranking looks at."""

    contender: Contender
    number: int
    weights: tuple[Weight, ...]
    ties: tuple[Weight, ...]
    said: tuple[Message, ...]

    @property
    def id(self) -> str:
        return self.contender.candidate.participant.id


def ranked_selections(event: Event) -> dict[str, ActiveSelection]:
    """The rankings of the event as selections, by benefit."""
    return {
        one.benefit: ActiveSelection(
            name=f"{CRITERIA}.ranking",
            selection=Selection(name="ranking", benefit=one.benefit, title=TITLE, choose=_choose(one)),
            plugin=CRITERIA,
            version="",
        )
        for one in event.rankings
    }


def _choose(ranking: Ranking) -> Callable[[tuple[Contender, ...], Money, Facts], Sequence[Ranked]]:
    def choose(contenders: tuple[Contender, ...], ceiling: Money, facts: Facts) -> Sequence[Ranked]:
        rated = [_rated(ranking, one, number) for number, one in enumerate(contenders, 1)]
        order = _in_layers(rated) if ranking.partial else sorted(rated, key=_in_turn)
        return _with_quotas(ranking, order, facts.event)

    return choose


def _rated(ranking: Ranking, contender: Contender, number: int) -> Rated:
    by = [_fact(name, contender, number) for name in ranking.by]
    ties = [_fact(name, contender, number) for name in ranking.ties]
    registered = any(name.removeprefix("-") == "registered" for name in (*ranking.by, *ranking.ties))
    last = [] if registered else [_fact("registered", contender, number)]
    return Rated(
        contender=contender,
        number=number,
        weights=tuple(weight for weight, _ in by),
        ties=tuple(weight for weight, _ in ties),
        said=tuple(message for _, message in (*by, *ties, *last)),
    )


def _fact(name: str, contender: Contender, number: int) -> tuple[Weight, Message]:
    plain = name.removeprefix("-")
    weight, said = KNOWN[plain](contender, number) if plain in KNOWN else _answer(plain, contender)
    return (-weight if name.startswith("-") else weight), said


def _distance(contender: Contender, number: int) -> tuple[Weight, Message]:
    km = contender.candidate.distance_km
    if km is None:
        return -1.0, Message(NO_DISTANCE)
    return km, Message(DISTANCE, {"distance_km": round(km, 1)})


def _inclusion(contender: Contender, number: int) -> tuple[Weight, Message]:
    noted = bool(contender.candidate.participant.inclusion)
    return float(noted), Message(INCLUDED if noted else NOT_INCLUDED)


def _rural(contender: Contender, number: int) -> tuple[Weight, Message]:
    place = contender.candidate.place
    rural = place is not None and place.urban is False
    return float(rural), Message(RURAL if rural else NOT_RURAL)


def _age(contender: Contender, number: int) -> tuple[Weight, Message]:
    age = contender.candidate.age
    return (-1.0, Message(NO_AGE)) if age is None else (float(age), Message(AGE, {"age": age}))


def _cost(contender: Contender, number: int) -> tuple[Weight, Message]:
    # The less it costs, the sooner: the money reaches more people.
    return -float(contender.amount.amount), Message(COST, {"amount": contender.amount})


def _registered(contender: Contender, number: int) -> tuple[Weight, Message]:
    return -float(number), Message(NUMBER, {"number": number})


KNOWN: Mapping[str, Fact] = {
    "distance": _distance,
    "inclusion": _inclusion,
    "rural": _rural,
    "age": _age,
    "cost": _cost,
    "registered": _registered,
}


def _answer(question: str, contender: Contender) -> tuple[Weight, Message]:
    """An answer to a question of a plugin: yes before no, more before less; what is not answered comes last."""
    answer = contender.candidate.participant.fields.get(question)
    said = Message(ANSWERED, {"question": question, "answer": "-" if answer is None else answer})
    if isinstance(answer, bool | int | float):
        return float(answer), said
    return (0.5 if answer else -1.0), said


def _in_turn(one: Rated) -> tuple[tuple[Weight, ...], tuple[Weight, ...], int]:
    return tuple(-weight for weight in one.weights), tuple(-weight for weight in one.ties), one.number


def _in_layers(rated: Sequence[Rated]) -> list[Rated]:
    """First those before whom nobody comes, then those before whom only they come, and so on; in a layer by the ties.

    In the order of their facts everybody is looked at after all who may come before them.
    """
    layers: list[list[Rated]] = []
    for one in sorted(rated, key=_in_turn):
        depth = next(
            (at for at in range(len(layers), 0, -1) if any(_before(other, one) for other in layers[at - 1])), 0
        )
        if depth == len(layers):
            layers.append([])
        layers[depth].append(one)
    return [
        one for layer in layers for one in sorted(layer, key=lambda one: (tuple(-tie for tie in one.ties), one.number))
    ]


def _before(one: Rated, other: Rated) -> bool:
    """Whether every fact speaks at least as much for the first, and one more."""
    pairs = tuple(zip(one.weights, other.weights, strict=True))
    return all(a >= b for a, b in pairs) and any(a > b for a, b in pairs)


def _with_quotas(ranking: Ranking, order: Sequence[Rated], event: Event) -> list[Ranked]:
    """The order in which, wherever the money ends, every quota is kept as long as there are people for it."""
    conditions = [condition_of("quota", one.when) for one in ranking.quotas]
    member = {
        one.id: tuple(condition_missed(one.contender.candidate, when, event) is None for when in conditions)
        for one in order
    }
    queues = [[one for one in order if member[one.id][at]] for at in range(len(conditions))]
    heads = [0] * len(conditions)
    taken: set[str] = set()
    counts = [0] * len(conditions)
    result: list[Ranked] = []
    at = 0
    while len(result) < len(order):
        chosen, forward = None, None
        for number, quota in enumerate(ranking.quotas):
            if counts[number] * 100 >= quota.at_least * (len(result) + 1):
                continue
            queue = queues[number]
            while heads[number] < len(queue) and queue[heads[number]].id in taken:
                heads[number] += 1
            if heads[number] < len(queue):
                chosen, forward = queue[heads[number]], quota.at_least
                break
        while order[at].id in taken:
            at += 1
        if chosen is None or chosen.id == order[at].id:
            chosen, forward = order[at], None
        taken.add(chosen.id)
        counts = [count + held for count, held in zip(counts, member[chosen.id], strict=True)]
        result.append(_ranked(chosen, forward))
    return result


def _ranked(one: Rated, forward: int | None) -> Ranked:
    parts = list(one.said)
    if forward is not None:
        parts.insert(0, Message(QUOTA, {"share": forward}))
    said = parts[0]
    for part in parts[1:]:
        said = Message(AND, {"first": said, "second": part})
    return Ranked(participant_id=one.id, reason=said.text, values=dict(said.values))


def who_comes_first(ranking: Ranking, candidates: Sequence[Candidate]) -> tuple[str, ...]:
    """The names a ranking goes by that nobody answers to: misspelt, or a question no plugin of the event asks."""
    asked = {name for one in candidates for name in one.participant.fields}
    named = (name.removeprefix("-") for name in (*ranking.by, *ranking.ties))
    return tuple(dict.fromkeys(name for name in named if name not in KNOWN and name not in asked))
