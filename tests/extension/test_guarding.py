from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from eventops.domain.rules import Candidate, Facts
from eventops.errors import PluginFailed
from eventops.extension.guarding import CHANGED, FORCED, Guard
from eventops.testing import a_candidate, a_participant, an_event


def alters_answers(candidate: Any, facts: Any) -> None:
    candidate.participant.fields["paid"] = True


def alters_answers_and_forces(candidate: Any, facts: Any) -> None:
    candidate.participant.fields["paid"] = True
    msgspec.structs.force_setattr(candidate, "distance_km", 900.0)


@pytest.mark.parametrize(("check", "said"), [(alters_answers, CHANGED), (alters_answers_and_forces, FORCED)])
def test_what_a_check_changed_is_as_it_was_and_is_told_as_what_it_is(check: Callable[..., None], said: str) -> None:
    candidate: Candidate = a_candidate(a_participant("p1", "Salma Bennani", fields={"eats": "early"}), distance_km=12.0)
    guarded = Guard().guarded_check(check, "bad", "eventops_rules", "rule")
    with pytest.raises(PluginFailed) as caught:
        guarded(candidate, Facts(event=an_event(), settings={}))
    kept = candidate.participant.fields, candidate.distance_km
    assert (kept, said in str(caught.value)) == (({"eats": "early"}, 12.0), True)
