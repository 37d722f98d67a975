"""Gate: the columns are there, hold what they held, in the unit they were in."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa

from tandem.learn.gates.feed.profiles import FeedProfile
from tandem.learn.gates.feed.sorts import sort_of
from tandem.learn.gates.reports import GateFinding, GateSeverity

__all__ = ["judge_schema"]


def judge_schema(profile: FeedProfile, table: pa.Table) -> Iterator[GateFinding]:
    """Columns gone, of another sort, or declared in another unit; new columns warn."""
    rows = table.num_rows
    wanted = {one.name: one for one in profile.rulers}
    named = (profile.layout.label, profile.layout.label_time)
    for name in (*wanted, *(one for one in named if one is not None)):
        if name not in table.column_names:
            yield _stop("column_missing", name, rows, f"The column {name} is gone.", f"缺少列 {name}。")
    for name, ruler in wanted.items():
        if name not in table.column_names:
            continue
        sort = sort_of(table.column(name).type)
        if sort not in {ruler.sort, "empty"} and {sort, ruler.sort} != {"number", "truth"}:
            en = f"The column {name} held {ruler.sort} and now holds {sort}."
            yield _stop("type_changed", name, rows, en, f"列 {name} 的类型由 {ruler.sort} 变为 {sort}。")
        unit = (table.schema.field(name).metadata or {}).get(b"unit")
        if unit is not None and ruler.unit is not None and unit.decode() != ruler.unit:
            en = f"The column {name} was in {ruler.unit} and says it is now in {unit.decode()}."
            yield _stop("unit_changed", name, rows, en, f"列 {name} 的单位由 {ruler.unit} 变为 {unit.decode()}。")
    known = {*wanted, *profile.layout.ignore, *(one for one in named if one is not None)}
    for name in table.column_names:
        if name not in known:
            yield GateFinding(
                gate="schema",
                code="column_new",
                severity=GateSeverity.WARN,
                column=name,
                en=f"The column {name} is new; nothing reads it until a profile knows it.",
                zh=f"出现新列 {name}；在建立画像之前不会被使用。",
                n=rows,
            )


def _stop(code: str, column: str, rows: int, en: str, zh: str) -> GateFinding:
    return GateFinding(gate="schema", code=code, severity=GateSeverity.HARD, column=column, en=en, zh=zh, n=rows)
