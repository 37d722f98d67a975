"""Putting the report together: figures in, one self-contained HTML page out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from markupsafe import Markup

from tandem.learn.training.report.charts import Line, bars, line_chart
from tandem.learn.training.report.words import WORDS, both, word

if TYPE_CHECKING:
    from tandem.learn.training.training import TrainingResult

__all__ = ["render_report"]

_HERE = Path(__file__).parent
_NOTHING = Markup()


def render_report(result: TrainingResult, language: Literal["en", "zh-CN"] = "en", *, more: Markup = _NOTHING) -> str:
    """The report of ``result`` as one HTML page: no script, no request, both languages, light and dark.

    Args:
        result: what ``train`` returned.
        language: the one shown first; the reader can switch.
        more: a section of somebody else's, in both languages, shown before the proof.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # slow to load

    figures = result.figures()
    environment = Environment(
        loader=FileSystemLoader(_HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {"percent": _percent, "number": _number, "tidy": _tidy}
    return environment.get_template("page.html.j2").render(
        f=figures,
        t=_translated,
        both=both,
        language=language,
        title=word("title", language),
        style=Markup((_HERE / "page.css").read_text(encoding="utf-8")),  # noqa: S704 - our own file
        charts=_charts(figures),
        bars=bars,
        more=more,
        champion=figures["test"][result.champion],
    )


def _translated(key: str) -> Markup:
    english, chinese = WORDS.get(key, (key, key))
    return both(english, chinese)


def _charts(figures: dict[str, Any]) -> dict[str, Markup]:
    test = figures["test"]

    def lines(points: Any, *, dots: bool = False) -> list[Line]:
        return [Line(_translated(family), points(model), dots) for family, model in test.items()]

    return {
        "roc": line_chart(
            lines(lambda m: [(p["false_positive_rate"], p["recall"]) for p in m["curve"]]),
            _translated("false_positive"),
            _translated("caught"),
            diagonal=True,
            title="ROC",
        ),
        "gains": line_chart(
            lines(lambda m: [(p["flagged"], p["recall"]) for p in m["curve"]]),
            _translated("flagged"),
            _translated("caught"),
            diagonal=True,
            title="gains",
        ),
        "reliability": line_chart(
            lines(
                lambda m: [(r["mean_probability"], r["bad_rate"]) for r in m["calibration"]["table"]],
                dots=True,
            ),
            _translated("said"),
            _translated("happened"),
            diagonal=True,
            title="calibration",
        ),
        "trade": line_chart(
            lines(lambda m: [(r["approval_rate"], r["bad_rate_approved"]) for r in m["approvals"]], dots=True),
            _translated("approval"),
            _translated("bad_approved"),
            diagonal=False,
            title="approvals",
        ),
    }


def _percent(value: float | None, digits: int = 1) -> str:
    return "–" if value is None else f"{100 * value:.{digits}f} %"


def _number(value: float | None, digits: int = 4) -> str:
    return "–" if value is None else f"{value:,.{digits}f}"


def _tidy(value: float | None) -> str:
    return "–" if value is None else f"{value:,.6g}"
