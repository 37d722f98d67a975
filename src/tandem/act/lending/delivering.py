"""A delivery of accounts from another system: rows of text become accounts to be taken over, and every fault has its row.

A row is a movement of an account, or an account that has none. Nothing is guessed: what a row says of its account has to be
what the others say, and what all rows together come to has to be what whoever delivered them says it comes to.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Final, Literal

import msgspec
from msgspec import Meta

from tandem.act.lending.changes import AccountId
from tandem.act.lending.taking_over import Movement, MovementKind, TakenOver, faults_of
from tandem.act.products import Day, Product
from tandem.kernel.errors import InvalidInput, TandemError, near_match
from tandem.kernel.identity import Digest, Pseudonym
from tandem.kernel.money import CURRENCY_EXPONENTS
from tandem.kernel.time import date_to_days, days_to_date

__all__ = [
    "Control",
    "Delivered",
    "Delivery",
    "DeliveryColumns",
    "DeliveryMapping",
    "DeliveryTotals",
    "RowFault",
    "check_control",
    "read_delivery",
]

_KINDS: Final[dict[str, MovementKind]] = {"draw": "draw", "payment": "payment", "refund": "refund"}
_AMOUNT_MAX: Final = 10**15
_TERM_MAX: Final = 480
_LONG: Final = 200
_NUMBER: Final = re.compile(r"-?[0-9]{1,20}(\.[0-9]{1,9})?")

_Column = Annotated[str, Meta(min_length=1, max_length=200)]


class DeliveryColumns(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which column of the file says what.

    Attributes:
        account, owner: identifiers of the other system; they are kept as pseudonyms only.
        opened_on, limit: of the account, the same in each of its rows. day, kind, amount: of the movement; all three empty where
            the row is an account without one.
        plan: of a draw its name, of a refund whose it is. term: of a draw, in instalments.
    """

    account: _Column
    owner: _Column
    opened_on: _Column
    day: _Column
    kind: _Column
    amount: _Column
    limit: _Column | None = None
    plan: _Column | None = None
    term: _Column | None = None


class DeliveryMapping(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a file of the other system is read.

    Attributes:
        amounts: ``decimal`` (such as 1234.50, in units of the currency) or ``minor`` (whole minor units).
        dates: as ``datetime.strptime`` reads them.
        kinds: what the file calls a draw, a payment and a refund.
    """

    columns: DeliveryColumns
    owner_kind: Annotated[str, Meta(pattern="^[a-z][a-z0-9_]{0,39}$")] = "person"
    amounts: Literal["decimal", "minor"] = "decimal"
    dates: str = "%Y-%m-%d"
    kinds: dict[str, MovementKind] = msgspec.field(default_factory=_KINDS.copy)


class Control(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What whoever delivered the file says it comes to; amounts as the file writes them."""

    rows: int
    accounts: int
    drawn: str
    paid: str
    refunded: str


class RowFault(msgspec.Struct, frozen=True, kw_only=True):
    """What is wrong with a row, counted from 1 without the heading."""

    row: int
    field: str
    value: str | None
    code: str
    detail: str
    hint: str | None = None


class Delivered(msgspec.Struct, frozen=True, kw_only=True):
    """An account of the file: what it is called there, what is to be taken over, and the row of each movement."""

    name: str
    taken: TakenOver
    first_row: int
    rows: tuple[int, ...]


class DeliveryTotals(msgspec.Struct, frozen=True, kw_only=True):
    """What rows come to; minor units."""

    rows: int
    accounts: int
    movements: int
    drawn_minor: int
    paid_minor: int
    refunded_minor: int


class Delivery(msgspec.Struct, frozen=True, kw_only=True):
    """A file as it was read. Every row is in ``accounts`` or has a fault."""

    accounts: list[Delivered]
    faults: list[RowFault]
    totals: DeliveryTotals


class _Row(msgspec.Struct):
    """A row as far as it could be read; what could not is None and has its fault."""

    number: int
    account: str
    owner: str
    opened_on: Day | None
    limit_minor: int | None
    movement: Movement | None


def read_delivery(
    rows: Iterable[Mapping[str, str | None]],
    mapping: DeliveryMapping,
    product: Product,
    terms: Digest,
    *,
    today: Day,
    account_of: Callable[[str], AccountId],
    owner_of: Callable[[str], Pseudonym],
) -> Delivery:
    """The accounts of ``product`` that ``rows`` are, with everything that is wrong with them.

    Args:
        rows: by column, as text. terms: digest of the version of ``product``.
        account_of, owner_of: what identifiers of the other system are known by here.

    Raises:
        InvalidInput: the file lacks a column that the mapping names.
    """
    reading = _Reading(mapping, product, today)
    by_account: dict[str, list[_Row]] = {}
    count = 0
    for count, row in enumerate(rows, start=1):
        if count == 1:
            _check_columns(mapping.columns, row)
        found = reading.row(count, row)
        if found is not None:
            by_account.setdefault(found.account, []).append(found)
    found_accounts: list[Delivered] = []
    unread = {one.row for one in reading.faults}
    for name, of_account in by_account.items():
        one = reading.account(name, of_account, account_of, owner_of)
        if one is None:
            continue
        found_accounts.append(one)
        if not unread.isdisjoint(each.number for each in of_account):
            continue  # without that row the others may come to what they do not come to with it
        for number, error in faults_of(one.taken, product, terms):
            reading.refused(one, number, error)
    return Delivery(
        accounts=found_accounts,
        faults=sorted(reading.faults, key=lambda one: one.row),
        totals=_totals(count, len(by_account), found_accounts),
    )


def check_control(control: Control, mapping: DeliveryMapping, totals: DeliveryTotals, currency: str) -> list[str]:
    """In which figures ``totals`` are not what ``control`` says, in words; none where they tie.

    Raises:
        InvalidInput: an amount of the control cannot be read.
    """
    differs = []
    for name, said, found in (
        ("rows", control.rows, totals.rows),
        ("accounts", control.accounts, totals.accounts),
        ("drawn", _minor(control.drawn, mapping.amounts, currency, "drawn"), totals.drawn_minor),
        ("paid", _minor(control.paid, mapping.amounts, currency, "paid"), totals.paid_minor),
        ("refunded", _minor(control.refunded, mapping.amounts, currency, "refunded"), totals.refunded_minor),
    ):
        if said != found:
            unit = "" if name in {"rows", "accounts"} else " minor units"
            differs.append(f"{name}: {said}{unit} by the control total, {found}{unit} in the file")
    return differs


class _Reading:
    """Rows to accounts; keeps the faults."""

    def __init__(self, mapping: DeliveryMapping, product: Product, today: Day) -> None:
        self._mapping = mapping
        self._columns = mapping.columns
        self._product = product
        self._today = today
        self.faults: list[RowFault] = []

    def row(self, number: int, row: Mapping[str, str | None]) -> _Row | None:
        """The row, unless nobody can say whose it is."""
        names = self._columns
        account, owner = (self._text(number, row, one) for one in (names.account, names.owner))
        opened = self._date(number, names.opened_on, _cell(row, names.opened_on))
        limit = None
        if names.limit is not None and (written := _cell(row, names.limit)):
            limit = self._amount(number, names.limit, written, least=0)
        movement = self._movement(number, row, opened)
        if account is None or owner is None:
            return None
        return _Row(number, account, owner, opened, limit, movement)

    def account(
        self,
        name: str,
        rows: list[_Row],
        account_of: Callable[[str], AccountId],
        owner_of: Callable[[str], Pseudonym],
    ) -> Delivered | None:
        """The account that ``rows`` are, unless they contradict each other."""
        first = rows[0]
        before = len(self.faults)
        for one in rows[1:]:
            for column, mine, theirs in (
                (self._columns.owner, one.owner, first.owner),
                (self._columns.opened_on, one.opened_on, first.opened_on),
                (self._columns.limit, one.limit_minor, first.limit_minor),
            ):
                if column is not None and mine != theirs:
                    self._fault(
                        one.number, column, None, "rows_differ",
                        f"The account says otherwise in row {first.number}.", "one account, one owner, day and limit",
                    )  # fmt: skip
        if len(self.faults) > before or first.opened_on is None:
            return None
        moved = sorted(
            ((one.movement.day, one.number, one.movement) for one in rows if one.movement is not None),
            key=lambda one: one[:2],
        )
        taken = TakenOver(
            account=account_of(name), owner_kind=self._mapping.owner_kind, owner=owner_of(first.owner),
            opened_on=first.opened_on, limit_minor=first.limit_minor, movements=[one for _, _, one in moved],
        )  # fmt: skip
        return Delivered(name=name, taken=taken, first_row=first.number, rows=tuple(row for _, row, _ in moved))

    def refused(self, one: Delivered, number: int, error: TandemError) -> None:
        """Note what the product or the account itself does not take, at the row it stands in."""
        row = one.rows[number - 1] if number else one.first_row
        column = {
            "amount_minor": self._columns.amount, "term": self._columns.term, "plan": self._columns.plan,
            "limit_minor": self._columns.limit, "day": self._columns.day,
        }.get(error.field or "", self._columns.account)  # fmt: skip
        value = None if error.field == "account" else error.value
        self._fault(row, column or error.field or "", _shown(value), error.code, error.detail, error.hint)

    # -- inside ------------------------------------------------------------------------------------------------------

    def _movement(self, number: int, row: Mapping[str, str | None], opened: Day | None) -> Movement | None:
        names = self._columns
        written = {name: _cell(row, name) for name in (names.day, names.kind, names.amount)}
        if not any(written.values()):
            return None
        day = self._date(number, names.day, written[names.day])
        kind = self._mapping.kinds.get(written[names.kind])
        if kind is None:
            known = sorted(self._mapping.kinds)
            self._fault(
                number, names.kind, written[names.kind], "unknown_kind", "The mapping does not say what this is.",
                near_match(written[names.kind], known) or "one of " + ", ".join(known) + ", or another entry in kinds",
            )  # fmt: skip
        amount = self._amount(number, names.amount, written[names.amount], least=1)
        term = self._term(number, row)
        if day is not None and opened is not None and day < opened:
            self._fault(
                number, names.day, written[names.day], "before_opening",
                f"The account was opened on {days_to_date(opened).isoformat()}.", "a day from then on",
            )  # fmt: skip
            day = None
        if day is not None and day > self._today:
            self._fault(
                number, names.day, written[names.day], "in_future", "That has not happened yet.", "what has happened"
            )
            day = None
        if day is None or kind is None or amount is None:
            return None
        plan = "" if names.plan is None or kind == "payment" else _cell(row, names.plan)
        return Movement(day=day, kind=kind, amount_minor=amount, plan=plan, term=term if kind == "draw" else None)

    def _text(self, number: int, row: Mapping[str, str | None], column: str) -> str | None:
        found = _cell(row, column)
        if found and len(found) <= _LONG:
            return found
        code, words = ("missing", "Nothing stands here.") if not found else ("too_long", f"At most {_LONG} characters.")
        self._fault(number, column, None, code, words, "an identifier of the other system")
        return None

    def _date(self, number: int, column: str, written: str) -> Day | None:
        try:
            return date_to_days(datetime.strptime(written, self._mapping.dates).date())  # noqa: DTZ007 - a day has no zone
        except ValueError:
            self._fault(
                number, column, written or None, "invalid_date", "This is no day.", f"written as {self._mapping.dates}"
            )
            return None

    def _amount(self, number: int, column: str, written: str, *, least: int) -> int | None:
        try:
            found = _minor(written, self._mapping.amounts, self._product.currency, column)
        except InvalidInput as error:
            self._fault(number, column, written or None, error.code, error.detail, error.hint)
            return None
        if least <= found <= _AMOUNT_MAX:
            return found
        hint = "amounts have no sign: kind says which way it went" if found <= 0 else "fewer digits"
        self._fault(number, column, written, "out_of_range", f"From {least} to {_AMOUNT_MAX} minor units.", hint)
        return None

    def _term(self, number: int, row: Mapping[str, str | None]) -> int | None:
        column = self._columns.term
        written = "" if column is None else _cell(row, column)
        if column is None or not written:
            return None
        if written.isdecimal() and 1 <= int(written) <= _TERM_MAX:
            return int(written)
        self._fault(number, column, written, "invalid_term", "This is no number of instalments.", f"1 to {_TERM_MAX}")
        return None

    def _fault(self, row: int, field: str, value: str | None, code: str, detail: str, hint: str | None) -> None:
        self.faults.append(RowFault(row=row, field=field, value=value, code=code, detail=detail, hint=hint))


def _check_columns(columns: DeliveryColumns, row: Mapping[str, Any]) -> None:
    named = [one for one in msgspec.structs.astuple(columns) if one is not None]
    missing = [one for one in named if one not in row]
    if missing:
        raise InvalidInput(
            "The file has no such column.", code="unknown_column", field="columns", value=", ".join(missing),
            hint=near_match(missing[0], list(row)) or "it has " + ", ".join(row),
        )  # fmt: skip


def _minor(written: str, amounts: Literal["decimal", "minor"], currency: str, field: str) -> int:
    """An amount in minor units.

    Raises:
        InvalidInput: it is none, or finer than a minor unit.
    """
    digits = 0 if amounts == "minor" else CURRENCY_EXPONENTS[currency]
    if not _NUMBER.fullmatch(written):
        raise InvalidInput(
            "This is no amount.", code="invalid_amount", field=field, value=written,
            hint="digits and a point, such as 1234.50, with amounts: decimal; whole minor units with amounts: minor",
        )  # fmt: skip
    scaled = Decimal(written).scaleb(digits)
    whole = int(scaled)
    if scaled != whole:
        raise InvalidInput(
            "This is finer than a minor unit.", code="invalid_amount", field=field, value=written,
            hint=f"at most {digits} digits after the point",
        )  # fmt: skip
    return whole


def _totals(rows: int, accounts: int, found: list[Delivered]) -> DeliveryTotals:
    def sum_of(kind: MovementKind) -> int:
        return sum(one.amount_minor for one in _movements(found) if one.kind == kind)

    return DeliveryTotals(
        rows=rows, accounts=accounts, movements=sum(1 for _ in _movements(found)), drawn_minor=sum_of("draw"),
        paid_minor=sum_of("payment"), refunded_minor=sum_of("refund"),
    )  # fmt: skip


def _movements(found: list[Delivered]) -> Iterator[Movement]:
    for one in found:
        yield from one.taken.movements


def _cell(row: Mapping[str, str | None], column: str) -> str:
    return (row.get(column) or "").strip()


def _shown(value: object) -> str | None:
    return None if value is None else str(value)
