"""What the rulings about one benefit of one person amount to, by precedence."""

from collections.abc import Sequence, Set

from msgspec import Struct

from eventops.domain.rules import Effect, Outcome, Ruling

NOT_APPLICABLE, GRANTS, EXCLUDES = Effect.NOT_APPLICABLE, Effect.GRANTS, Effect.EXCLUDES


def _conflict(
    granting: Sequence[Ruling], excluding: Sequence[Ruling], scoped: Set[str]
) -> tuple[Ruling, Ruling] | None:
    """A grant and an exclusion by the regional rules of two different plugins, or None."""
    for grant in granting:
        if grant.rule in scoped:
            for exclusion in excluding:
                if exclusion.rule in scoped and exclusion.plugin != grant.plugin:
                    return grant, exclusion
    return None


class Weighed(Struct, frozen=True):
    """The outcome by precedence, the grants that stand, the two rules that contradict each other if any do, and
    whether any rule refers."""

    outcome: Outcome
    standing: Sequence[Ruling] = ()
    conflict: tuple[Ruling, Ruling] | None = None
    refers: bool = False


def weighed(rulings: Sequence[Ruling], scoped: Set[str], usual_payer: str) -> Weighed:
    """What the rulings amount to. A grant that names no payer falls to the usual one; `scoped` are the rules that
    speak of some regions or associations."""
    granting: list[Ruling] = []
    excluding: list[Ruling] = []
    some_refers = blocking = False
    for ruling in rulings:
        effect = ruling.verdict.effect
        if effect is NOT_APPLICABLE:
            continue
        if effect is GRANTS:
            granting.append(ruling)
        elif effect is EXCLUDES:
            excluding.append(ruling)
        else:
            some_refers = True
            blocking = blocking or ruling.verdict.blocking
    if excluding:
        conflict = _conflict(granting, excluding, scoped)
        if conflict is not None:
            return Weighed(Outcome.REFERRED, (), conflict, some_refers)
        if not all(ruling.verdict.payer for ruling in excluding):
            return Weighed(Outcome.EXCLUDED, refers=some_refers)
    if blocking:
        return Weighed(Outcome.REFERRED, refers=some_refers)
    barred = {ruling.verdict.payer for ruling in excluding}
    standing = [ruling for ruling in granting if (ruling.verdict.payer or usual_payer) not in barred]
    if standing:
        return Weighed(Outcome.GRANTED, standing, refers=some_refers)
    if granting:
        return Weighed(Outcome.EXCLUDED, refers=some_refers)
    return Weighed(Outcome.REFERRED if some_refers else Outcome.NOT_COVERED, refers=some_refers)
