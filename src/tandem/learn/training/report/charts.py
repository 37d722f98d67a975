"""Drawings as inline SVG: a line chart and bars, coloured by the page's style, readable without colour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

__all__ = ["Line", "bars", "line_chart"]

_WIDTH, _HEIGHT, _LEFT, _BOTTOM, _TOP, _RIGHT = 420, 280, 46, 34, 10, 10
_DASHES = ("", "6 3", "2 3")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its name (markup allowed), its points, and whether the points are marked."""

    name: Markup
    points: Sequence[tuple[float, float]]
    dots: bool = False


def line_chart(lines: Sequence[Line], x_name: Markup, y_name: Markup, *, diagonal: bool, title: str) -> Markup:
    """Lines over axes from zero to the largest value; ``diagonal`` draws y = x for comparison."""
    x_top = max((x for line in lines for x, _ in line.points), default=1.0) or 1.0
    y_top = max((y for line in lines for _, y in line.points), default=1.0) or 1.0
    if diagonal:
        x_top = y_top = max(x_top, y_top)

    def place(x: float, y: float) -> tuple[float, float]:
        across = _LEFT + x / x_top * (_WIDTH - _LEFT - _RIGHT)
        down = _HEIGHT - _BOTTOM - y / y_top * (_HEIGHT - _BOTTOM - _TOP)
        return round(across, 1), round(down, 1)

    parts = [_axes(x_top, y_top, place(0, 0), place(x_top, y_top))]
    if diagonal:
        (x1, y1), (x2, y2) = place(0, 0), place(x_top, y_top)
        parts.append(Markup('<line class="diagonal" x1="{}" y1="{}" x2="{}" y2="{}"/>').format(x1, y1, x2, y2))
    for number, line in enumerate(lines):
        path = " ".join(f"{a},{b}" for a, b in (place(x, y) for x, y in line.points))
        parts.append(
            Markup('<polyline class="line line{}" stroke-dasharray="{}" points="{}"/>').format(
                number, _DASHES[number % len(_DASHES)], path
            )
        )
        if line.dots:
            for x, y in line.points:
                a, b = place(x, y)
                parts.append(Markup('<circle class="dot line{}" cx="{}" cy="{}" r="3"/>').format(number, a, b))
    legend = Markup("").join(
        Markup('<span class="key key{}">{}</span>').format(number, line.name) for number, line in enumerate(lines)
    )
    return Markup(
        '<svg viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>'
        '<figcaption><span class="axis">{} &rarr; &nbsp; {} &uarr;</span> {}</figcaption>'
    ).format(_WIDTH, _HEIGHT, title, Markup("").join(parts), x_name, y_name, legend)


def _axes(x_top: float, y_top: float, origin: tuple[float, float], corner: tuple[float, float]) -> Markup:
    (x0, y0), (x1, y1) = origin, corner
    parts = [Markup('<path class="axes" d="M{} {}V{}H{}"/>').format(x0, y1, y0, x1)]
    for step in range(5):
        share = step / 4
        x, y = round(x0 + share * (x1 - x0), 1), round(y0 + share * (y1 - y0), 1)
        parts.append(
            Markup('<line class="grid" x1="{}" y1="{}" x2="{}" y2="{}"/>').format(x0, y, x1, y)
            + Markup('<text x="{}" y="{}" text-anchor="middle">{}</text>').format(x, y0 + 16, _short(share * x_top))
            + Markup('<text x="{}" y="{}" text-anchor="end">{}</text>').format(x0 - 5, y + 4, _short(share * y_top))
        )
    return Markup("").join(parts)


def bars(values: Sequence[float], labels: Sequence[str], title: str) -> Markup:
    """Horizontal bars from a zero line in the middle (or at the left, when none is negative)."""
    low, high = min(0.0, *values) if values else 0.0, max(0.0, *values) if values else 1.0
    span = (high - low) or 1.0
    height, left, width = 18, 150, 260
    zero = left + (0 - low) / span * width
    parts = []
    for row, (value, label) in enumerate(zip(values, labels, strict=True)):
        start = left + (min(value, 0.0) - low) / span * width
        length = abs(value) / span * width
        y = row * height
        shown = label if len(label) <= 26 else label[:25] + "…"
        parts.append(
            Markup('<text x="{}" y="{}" text-anchor="end">{}</text>').format(left - 6, y + 13, shown)
            + Markup('<rect class="{}" x="{:.1f}" y="{}" width="{:.1f}" height="13"/>').format(
                "risky" if value > 0 else "safe", start, y + 2, max(length, 0.5)
            )
            + Markup('<text x="{:.1f}" y="{}">{}</text>').format(max(start + length, zero) + 4, y + 13, f"{value:.3f}")
        )
    return Markup('<svg class="bars" viewBox="0 0 470 {}" role="img" aria-label="{}">{}</svg>').format(
        max(len(values), 1) * height, escape(title), Markup("").join(parts)
    )


def _short(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") or "0"
