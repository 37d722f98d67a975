"""The comparison for people: a section of the training report, in both languages, that puts the assumption beside the figure."""

from __future__ import annotations

from typing import Final

from markupsafe import Markup

from tandem.learn.rejects.comparing import RejectComparison, RejectFigures
from tandem.learn.rejects.methods import ASSUMPTIONS, RejectMethod
from tandem.learn.training import both

__all__ = ["report_section"]

_NAMES: Final = {
    RejectMethod.NONE: ("no inference", "不推断"),
    RejectMethod.EXTRAPOLATION: ("extrapolation", "外推"),
    RejectMethod.PARCELLING: ("parcelling", "分箱推断"),
    RejectMethod.FUZZY: ("fuzzy augmentation", "模糊扩充"),
    RejectMethod.CORRECTED: ("fuzzy, corrected by exploration", "经探索校正的模糊扩充"),
    RejectMethod.EXPLORATION: ("re-weighted exploration", "探索样本加权"),
}
_HEADS: Final = (
    ("method", "方法"),
    ("AUC", "AUC"),
    ("expected / seen", "预期 / 实际坏账"),
    ("declined, predicted", "被拒客户坏账率（预测）"),
    ("by chance: predicted, seen", "随机放行：预测、实际"),
)


def report_section(comparison: RejectComparison, chosen: RejectMethod) -> Markup:
    """The comparison as HTML for ``render_report``; ``chosen`` is what the model of the report was trained with."""
    rows = Markup("").join(_row(one, comparison, chosen) for one in comparison.methods)
    heads = Markup("").join(Markup("<th>{}</th>").format(both(*words)) for words in _HEADS)
    assumed = Markup("").join(_assumption(RejectMethod(one.method)) for one in comparison.methods)
    return Markup(
        "<h2>{title}</h2><p>{intro}</p><div class='scroll'><table><tr>{heads}</tr>{rows}</table></div>"
        "<p>{granted}</p><ul>{assumed}</ul><p>{limits}</p>"
    ).format(
        title=both("Those who were declined", "被拒客户"),
        intro=both(
            f"{comparison.labelled:,} rows with an outcome ({comparison.explored:,} let through by chance), "
            f"{comparison.declined:,} declined ones without. AUC and expected / seen bads are of {comparison.test:,} later accepted "
            f"rows, with a {comparison.learner} that takes weights. The model of this report was trained with: {_NAMES[chosen][0]}.",
            f"{comparison.labelled:,} 行有结果（其中 {comparison.explored:,} 行为随机放行），{comparison.declined:,} 行被拒且无结果。"
            f"AUC 与预期 / 实际坏账在之后的 {comparison.test:,} 行通过客户上、用可加权的模型（{comparison.learner}）评估。"
            f"本报告模型所用方法：{_NAMES[chosen][1]}。",
        ),
        heads=heads,
        rows=rows,
        granted=both("What each takes for granted:", "各方法的前提假设："),
        assumed=assumed,
        limits=both(
            "No figure here says how the declined would really have turned out, but for those whom chance let through.",
            "除随机放行的客户外，以上任何数字都不能说明被拒客户的真实表现。",
        ),
    )


def _assumption(method: RejectMethod) -> Markup:
    return Markup("<li>{}: {}</li>").format(
        both(*_NAMES[method]), both(ASSUMPTIONS[method]["en"], ASSUMPTIONS[method]["zh-CN"])
    )


def _row(one: RejectFigures, comparison: RejectComparison, chosen: RejectMethod) -> Markup:
    method = RejectMethod(one.method)
    name = both(*_NAMES[method])
    if method is chosen:
        name = Markup("<b>{}</b>").format(name)
    if one.why_not:
        words = both(
            f"not possible: {comparison.explored:,} rows were let through by chance, which is too few",
            f"无法进行：随机放行仅 {comparison.explored:,} 行，数量不足",
        )
        return Markup("<tr><td class='text'>{}</td><td colspan='4' class='text'>{}</td></tr>").format(name, words)
    seen = "–"
    if one.explored_rate is not None:
        seen = f"{one.explored_rate:.1%}, {one.explored_seen:.1%} ({one.explored_rows:,})"
    cells = [
        f"{one.auc:.4f} ({one.auc_low:.4f} – {one.auc_high:.4f})",
        f"{one.ratio:.2f}",
        f"{one.declined_rate:.1%}",
        seen,
    ]
    plain = Markup("").join(Markup("<td>{}</td>").format(cell) for cell in cells)
    return Markup("<tr><td class='text'>{}</td>{}</tr>").format(name, plain)
