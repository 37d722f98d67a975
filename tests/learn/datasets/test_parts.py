"""What an executor does for a training set, without an engine: whole events to rows, an account of each piece, refusals."""

import msgspec
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from tandem.kernel.errors import IntegrityError
from tandem.kernel.identity import Digest
from tandem.kernel.time import Micros
from tandem.learn.datasets import DatasetSpec
from tandem.learn.datasets.parts import ACCOUNT, OWN, STATE, Account, Shipped, empty_part, parts_of, schema_of
from tandem.learn.datasets.rows import Recipe, summed
from tandem.learn.datasets.spark_session import words_of
from tandem.learn.labels import parse_outcome
from tandem.observe.events import parse_event_type

LOAN = parse_event_type({"name": "loan", "fields": [{"name": "amount", "type": "integer"}]})
REPAID = parse_event_type(
    {"name": "repaid", "fields": [{"name": "loan", "type": "text"}, {"name": "late", "type": "boolean"}]}
)
LABEL = parse_outcome({"name": "loan", "event": "repaid", "refers": "loan", "bad": "late", "matures": "1h",
                       "good_when_silent": True})  # fmt: skip
HOUR = 3_600_000_000
RECIPE = Recipe(
    spec=DatasetSpec(label=LABEL, seq=9, at=Micros(HOUR)),
    event_types={LOAN.name: LOAN, REPAID.name: REPAID},
    columns={},
    answers=(),
    shares={},
)


def loan(seq, at):
    event = {"seq": seq, "event_id": f"loan-{seq}", "occurred_at": at, "received_at": at, "supersedes": None,
             "event_type": "loan", "amount": 100 * seq}  # fmt: skip
    kind = pa.struct({"seq": pa.int64(), "event_id": pa.string(), "occurred_at": pa.timestamp("us", "UTC"),
                      "received_at": pa.timestamp("us", "UTC"), "supersedes": pa.string(), "event_type": pa.string(),
                      "amount": pa.int64()}.items())  # fmt: skip
    columns = {"__key": pa.array([f"loan-{seq}"]), "__kind": pa.array([OWN]), OWN: pa.array([event], kind)}
    return pa.record_batch(columns)


def made(batches, piece_rows=1):
    found = list(parts_of(Shipped.of(RECIPE, piece_rows).encoded(), batches))
    return pa.Table.from_batches(found, schema_of(empty_part(RECIPE)))


def test_every_piece_gives_its_rows_and_one_account_and_the_accounts_are_those_of_the_whole():
    table = made([loan(1, 0), loan(2, 0), loan(3, 2 * HOUR)])
    rows = table.filter(pc.is_valid(table[STATE]))
    assert rows.select(["row_id", "label_bad", "amount"]).to_pylist() == [
        {"row_id": "loan-1", "label_bad": False, "amount": 100},
        {"row_id": "loan-2", "label_bad": False, "amount": 200},
    ]
    accounts = [msgspec.msgpack.decode(one, type=Account) for one in table[ACCOUNT].drop_null().to_pylist()]
    assert len(accounts) == 3
    counts, columns = summed((one.counts, one.columns) for one in accounts)
    assert (counts.mature, counts.immature) == (2, 1)
    assert [one.name for one in columns] == ["amount"]


def test_an_executor_that_means_another_label_refuses():
    shipped = msgspec.structs.replace(Shipped.of(RECIPE, 10), label_digest=Digest("0" * 64))
    with pytest.raises(IntegrityError) as refused:
        list(parts_of(shipped.encoded(), [loan(1, 0)]))
    assert refused.value.code == "label_differs"


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ("An error occurred while calling o7.\n: java.lang.Oh: no\n\tat java", "java.lang.Oh: no"),
        ("Traceback\n  File x\ntandem.kernel.errors.IntegrityError: another plan\n: java", "IntegrityError: another plan"),
        ("[PATH_NOT_FOUND] gone", "[PATH_NOT_FOUND] gone"),
        ("", "ValueError"),
    ],
)  # fmt: skip
def test_of_all_that_spark_says_one_line_is_told(told, words):
    assert words_of(ValueError(told)) == words
