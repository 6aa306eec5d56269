from datetime import UTC, date, datetime

from eventops.adapters.memory_store import MemoryStore
from eventops.application.facts import document_of
from eventops.application.records import KINDS, load_records
from eventops.domain.hosting.material import Loan
from eventops.domain.keeping import invariants
from eventops.domain.keeping.history import Stamp
from eventops.domain.records import Records

STAMP = Stamp(actor="c", at=datetime(2023, 10, 1, tzinfo=UTC), command="test")


def test_every_kind_of_record_is_read_for_the_plan_and_known_to_the_doctor() -> None:
    assert {field for field, _ in KINDS.values()} == set(Records.__struct_fields__)
    assert set(KINDS) - set(invariants.KINDS) == set()


def test_what_is_numbered_comes_in_the_order_of_its_numbers() -> None:
    store = MemoryStore()
    with store.change(STAMP) as change:
        for number in (10, 9, 1, 12):
            loan = Loan(
                number=number,
                material="m",
                holder="P1",
                holder_kind="participant",
                count=1,
                given_on=date(2023, 10, 1),
                by="c",
            )
            change.put("loan", str(number), document_of(loan))
    assert [one.number for one in load_records(store.snapshot()).loans] == [1, 9, 10, 12]
