"""A backtest for people at a terminal: what is known first, then who is swapped, then rules, cut-offs and causes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from tandem.faces.cli.commands.effect import money_text, rate_text
from tandem.faces.cli.showing import say, table

__all__ = ["show_backtest"]

_UNKNOWN: Final = {
    "declined_then": "not approved then, so nobody ever saw",
    "immature": "its window has not passed",
    "not_told": "approved, and nobody said",
    "excluded": "never labelled, by definition",
    "undefined": "nobody said how decisions turn out: add outcomes/<event type>.yaml",
}
_UNKNOWABLE: Final = {
    "not_recorded": "{name} was not recorded and cannot be computed",
    "other_definition": "{name} was recorded under another definition and cannot be computed anew",
    "not_scored": "no score of {name}, and its inputs were not recorded",
    "erased": "the person was erased",
}
_CUTS_SHOWN: Final = 10


def show_backtest(report: Mapping[str, Any]) -> None:
    """Print ``report``."""
    _show_honesty(report)
    _show_sides(report)
    for swap in report["swap"]:
        _show_swap(swap, report)
    _show_rules(report)
    _show_cutoffs(report)
    _show_more(report)
    proof = report["proof"]
    say(f"{proof['sample']:,} taken again one by one (seed {proof['seed']}): {proof['differing']:,} differ")
    took = sum(report["took_s"].values())
    say(f"{report['honesty']['decisions']:,} decisions from the {report['source']} in {took:.1f} s")


def _show_honesty(report: Mapping[str, Any]) -> None:
    honesty = report["honesty"]
    if honesty["simulated"]:
        say("The outcomes are SIMULATED.")
    print(
        f"{report['changed']:,} of {honesty['compared']:,} decisions change"
        f" ({report['since']} to {report['until']}, known up to place {report['known_up_to']:,})"
    )
    compared = honesty["compared"] or 1
    rows = [("known", f"{honesty['known']:,}", f"{honesty['known'] / compared:.1%}", "")]
    rows += [
        ("unknown", f"{count:,}", f"{count / compared:.1%}", _UNKNOWN[why]) for why, count in honesty["unknown"].items()
    ]
    rows += [
        (f"cannot be taken again ({one['side']})".replace(" ()", ""), f"{one['count']:,}", "",
         _UNKNOWABLE[one["code"]].format(name=one["name"]))
        for one in honesty["unknowable"]
    ]  # fmt: skip
    table("how much is known", ["outcome", "decisions", "share", "why"], rows, right=["decisions", "share"])


def _show_sides(report: Mapping[str, Any]) -> None:
    sides = (report["against"], report["candidate"])
    measures: list[tuple[str, list[str]]] = [
        ("approved", [rate_text(one["approved"]) for one in sides]),
        ("reviewed", [f"{one['reviewed']:,}" for one in sides]),
        ("declined", [f"{one['declined']:,}" for one in sides]),
        ("bad among known", [rate_text(one["standing"]["bad_rate"]) for one in sides]),
        ("bad, if unknown good .. bad", [_bounds(one["standing"]["bad_bounds"]) for one in sides]),
    ]
    price = report["price"]
    if sides[1]["standing"]["profit"] is not None:
        measures.append(("profit, known", [_sum(one["standing"]["profit"], report) for one in sides]))
        bounds = [_money_bounds(one["standing"]["profit_bounds"], report) for one in sides]
        measures.append(("profit, if unknown bad .. good", bounds))
    table("", ["", *(one["label"] for one in sides)], [(name, *values) for name, values in measures])
    if price is not None:
        say(f"assumed: a good one earns {price['margin']:.2%} of its amount, a bad one loses {price['lgd']:.0%} of it")


def _show_swap(swap: Mapping[str, Any], report: Mapping[str, Any]) -> None:
    rows = [
        (words, f"{one['count']:,}", f"{one['bad']:,}", f"{one['good']:,}", f"{one['unknown']:,}",
         rate_text(one["bad_rate"]), _bounds(one["bad_bounds"]), _sum(one["loss"], report), _sum(one["margin"], report))
        for words, one in (
            ("stay in", swap["stay"]), ("go out", swap["out"]), ("come in", swap["swapped_in"]), ("stay out", swap["never"]))
    ]  # fmt: skip
    title = {"as_decided": "swap set, as decided", "equal_approval": "swap set, equally many approved"}[swap["how"]]
    columns = ["", "all", "bad", "good", "unknown", "bad (known)", "bad (bounds)", "loss", "margin"]
    shown = len(columns) if swap["stay"]["loss"] is not None else len(columns) - 2
    table(title, columns[:shown], [row[:shown] for row in rows], right=["all", "bad", "good", "unknown"])


def _show_rules(report: Mapping[str, Any]) -> None:
    rows = []
    for one in report["rules"]:
        alone = one["alone"]
        rows.append(
            (one["rule"], one["effect"], f"{one['hits']['count']:,}", rate_text(one["hits"]["bad_rate"]),
             one["why_not"] if alone is None else f"{alone['count']:,}",
             "" if alone is None else f"{alone['bad']:,} / {alone['good']:,} / {alone['unknown']:,}",
             money_text(one.get("saved_minor"), report["currency"]), money_text(one.get("forgone_minor"), report["currency"]),
             "redundant" if one["redundant"] else "", _trend(one))
        )  # fmt: skip
    if rows:
        columns = [
            "rule",
            "then",
            "hits",
            "precision",
            "stops alone",
            "bad / good / unknown",
            "saves",
            "forgoes",
            "",
            "decay",
        ]
        table("what each rule is worth", columns, rows, right=["hits", "stops alone"])
    if report["overlap"]:
        pairs = [
            (one["rule"], one["other"], f"{one['both']:,}", f"{one['jaccard']:.2f}") for one in report["overlap"][:10]
        ]
        table("rules that fire together", ["rule", "other", "both", "Jaccard"], pairs, right=["both", "Jaccard"])


def _show_cutoffs(report: Mapping[str, Any]) -> None:
    cutoffs = report["cutoffs"]
    if cutoffs is None:
        return
    points = cutoffs["points"]
    shown = sorted({*range(0, len(points), max(1, len(points) // _CUTS_SHOWN)), len(points) - 1, cutoffs["best"] or 0})
    rows = [
        (f"{points[at]['cut']:.4f}" + (" *" if at == cutoffs["best"] else ""), f"{points[at]['approved']['share']:.1%}",
         rate_text(points[at]["bad_rate"]), _bounds(points[at]["bad_bounds"]),
         _money_bounds(points[at]["profit_bounds"], report))
        for at in shown
    ]  # fmt: skip
    auc = "" if cutoffs["auc"] is None else f", AUC {cutoffs['auc']:.3f} over known outcomes"
    table(
        f"cut-offs of {cutoffs['score']}, {cutoffs['scored']:,} scored{auc}",
        ["below", "approved", "bad (known)", "bad (bounds)", "profit (bounds)"],
        rows,
    )


def _show_more(report: Mapping[str, Any]) -> None:
    if report["sweep"]:
        rows = [
            (one["when"], f"{one['hits']:,}", rate_text(one["approved"]), rate_text(one["standing"]["bad_rate"]),
             _sum(one["standing"]["profit"], report))
            for one in report["sweep"]
        ]  # fmt: skip
        table("other numbers", ["condition", "hits", "approved", "bad (known)", "profit (known)"], rows)
    for fairness in report["fairness"]:
        groups = [
            (one["label"] or "(missing)", f"{one['decisions']:,}", rate_text(one["approved_before"]),
             rate_text(one["approved_after"]), _ratio(one["ratio_before"]), _ratio(one["ratio_after"]))
            for one in fairness["groups"]
        ]  # fmt: skip
        table(
            f"approval by {fairness['field']}",
            ["", "decisions", "before", "after", "ratio before", "ratio after"],
            groups,
        )
    attribution = report["attribution"]
    if attribution is not None:
        causes = [
            (one["component"], f"{one['shapley']:,.1f}", f"{one['in_order']:,}", f"{one['alone']:,}")
            for one in attribution["causes"]
        ]
        title = f"why {attribution['differing']:,} of {attribution['looked_at']:,} would differ today"
        table(title, ["", "Shapley", "in order", "alone"], causes, right=["Shapley", "in order", "alone"])
        say(f"{attribution['together']:,} differ by several together; {attribution['left_out']:,} cannot be attributed")


def _bounds(bounds: Mapping[str, Any]) -> str:
    if bounds["all_good"] is None:
        return ""
    inferred = "" if bounds["inferred"] is None else f", inferred {bounds['inferred']:.1%}"
    return f"{bounds['all_good']:.1%} .. {bounds['all_bad']:.1%}{inferred}"


def _money_bounds(bounds: Mapping[str, Any] | None, report: Mapping[str, Any]) -> str:
    if bounds is None:
        return ""
    low, high = (money_text(round(bounds[end]), report["currency"]) for end in ("all_bad", "all_good"))
    return f"{low} .. {high}"


def _sum(one: Mapping[str, Any] | None, report: Mapping[str, Any]) -> str:
    if one is None:
        return ""
    told = money_text(one["amount_minor"], report["currency"])
    if one["low"] is None:
        return told
    return f"{told} ({money_text(one['low'], report['currency'])} to {money_text(one['high'], report['currency'])})"


def _trend(one: Mapping[str, Any]) -> str:
    if one["trend"] is None:
        return ""
    return f"{one['trend']:+.1%} ({one['trend_low']:+.1%} to {one['trend_high']:+.1%})"


def _ratio(ratio: float | None) -> str:
    return "" if ratio is None else f"{ratio:.2f}"
