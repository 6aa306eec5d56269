"""Decisions by hand in a working list, against those on record: what to put and what to take away."""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct, structs

from eventops.domain.enrolling.enrolment import Enrolment, OverrideRequest
from eventops.domain.rules import Outcome, Override


class OverrideChange(Struct, frozen=True, kw_only=True):
    """One decision by hand that is new, other, or taken away (`after` is None)."""

    before: Override | None
    after: Override | None

    @property
    def subject(self) -> tuple[str, str]:
        """The person's id and the benefit."""
        one = self.after or self.before
        assert one is not None
        return one.participant_id, one.benefit


def override_changes(
    enrolment: Enrolment, existing: Sequence[Override], *, by: str, on: date
) -> tuple[OverrideChange, ...]:
    """What a working list changes, person by person. A decision taken back as it left keeps its date and author."""
    on_record = {(one.participant_id, one.benefit): one for one in existing}
    changes: list[OverrideChange] = []
    for request in enrolment.overrides:
        before = on_record.get((request.participant_id, request.benefit))
        after = _requested(request, before, by, on)
        if after != before:
            changes.append(OverrideChange(before=before, after=after))
    taken_away = [on_record[subject] for subject in enrolment.undecided if subject in on_record]
    changes += [OverrideChange(before=one, after=None) for one in taken_away]
    return tuple(sorted(changes, key=lambda one: one.subject))


def _requested(request: OverrideRequest, before: Override | None, by: str, on: date) -> Override:
    outcome = Outcome(request.outcome)
    if before is not None and before.outcome is outcome:
        if before.reason == request.reason:
            return before
        return structs.replace(before, reason=request.reason, by=by, on=on)
    return Override(
        participant_id=request.participant_id,
        benefit=request.benefit,
        outcome=outcome,
        reason=request.reason,
        by=by,
        on=on,
    )
