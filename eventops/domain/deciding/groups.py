"""Groups: people who are decided about together (a family, a delegation, a shared car), and the rules over them.

A group rule names the group of each person; eventops puts the groups together and asks the rule once about each. What
it says is then said of every member, beside what the other rules say.
"""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

import msgspec
from msgspec import Struct

from eventops.domain.event import Event, SettingValue
from eventops.domain.rules import (
    EVERYTHING_A_RULE_MAY_SAY,
    ActiveRule,
    Candidate,
    Effect,
    Facts,
    Rule,
    Rulebook,
    Scope,
    Verdict,
    does_not_apply,
    fixed_event,
)
from eventops.domain.texts import Text

ALONE = Text("belongs to no group", fr="n’appartient à aucun groupe", ar="لا ينتمي إلى أي مجموعة")


class Group(Struct, frozen=True, kw_only=True):
    """People under one key, in enrolment order; never empty."""

    key: str
    members: tuple[Candidate, ...]


class GroupRule(Struct, frozen=True, kw_only=True):
    """A rule over whole groups. `group` gives the key of a person's group, '' for none; `check` gives the verdict about
    all its members. Scope, `may` and `source` are those of a rule; it needs no other benefit."""

    name: str
    benefit: str
    title: Text
    group: Callable[[Candidate, Facts], str]
    check: Callable[[Group, Facts], Verdict]
    source: str = ""
    scope: Scope = Scope()
    may: tuple[Effect, ...] = EVERYTHING_A_RULE_MAY_SAY


class ActiveGroupRule(Struct, frozen=True, kw_only=True):
    """A group rule in force for an event, under its qualified name, with the settings it sees."""

    name: str
    rule: GroupRule
    plugin: str
    version: str
    regions: tuple[str, ...] = ()
    settings: Mapping[str, SettingValue] = {}


def book_with_groups(book: Rulebook, candidates: Sequence[Candidate], event: Event) -> Rulebook:
    """The rulebook with its group rules asked: each became a rule that knows the verdict about every person."""
    if not book.group_rules:
        return book
    seen = fixed_event(event)
    asked = [_asked(active, candidates, seen) for active in book.group_rules]
    rules = sorted((*book.rules, *asked), key=lambda one: (one.plugin != "event", one.name))
    return msgspec.structs.replace(book, rules=tuple(rules), group_rules=())


def _asked(active: ActiveGroupRule, candidates: Sequence[Candidate], event: Event) -> ActiveRule:
    """The group rule as a rule about single people."""
    facts = Facts(event=event, settings=MappingProxyType(dict(active.settings)))
    answers: dict[str, Verdict | Exception] = {}
    groups: dict[str, list[Candidate]] = {}
    for candidate in candidates:
        if not _speaks_of(active, candidate):
            continue
        try:
            key = active.rule.group(candidate, facts)
        except Exception as error:  # a plugin's code: it fails for this person, and is named where they are decided
            answers[candidate.participant.id] = error
            continue
        if key:
            groups.setdefault(str(key), []).append(candidate)
        else:
            answers[candidate.participant.id] = does_not_apply(ALONE)
    for key, members in groups.items():
        verdict = _verdict(active, Group(key=key, members=tuple(members)), facts)
        answers |= {one.participant.id: verdict for one in members}

    def check(candidate: Candidate, facts: Facts) -> Verdict:
        answer = answers.get(candidate.participant.id)
        if isinstance(answer, Exception):
            raise answer
        return answer if answer is not None else does_not_apply(ALONE)

    rule = Rule(
        name=active.rule.name,
        benefit=active.rule.benefit,
        title=active.rule.title,
        check=check,
        source=active.rule.source,
        scope=active.rule.scope,
        may=active.rule.may,
    )
    return ActiveRule(
        name=active.name,
        rule=rule,
        plugin=active.plugin,
        version=active.version,
        regions=active.regions,
        settings=active.settings,
    )


def _verdict(active: ActiveGroupRule, group: Group, facts: Facts) -> Verdict | Exception:
    try:
        return active.rule.check(group, facts)
    except Exception as error:  # a plugin's code: it fails for every member, and is named where they are decided
        return error


def _speaks_of(active: ActiveGroupRule, candidate: Candidate) -> bool:
    """Whether somebody is in the scope of the rule: who is not belongs to none of its groups."""
    regions = active.regions or active.rule.scope.regions
    if regions and (candidate.place is None or candidate.place.region not in regions):
        return False
    associations = active.rule.scope.associations
    return not associations or candidate.participant.association in associations
