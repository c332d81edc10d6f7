"""Charts of the page as inline SVG: no script, colours from the page's own style.

A chart repeats what a table beside it says in figures, so it is one picture with one
sentence to whoever cannot see it.
"""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 640, 240
_LEFT, _RIGHT, _TOP, _BOTTOM = 66, 34, 26, 36
_STEPS = 4
_MOST_LABELS = 8


@dataclass(frozen=True)
class Series:
    """One row of figures; ``style`` is its class in ``page.css``: s1, s2, s3."""

    name: str
    style: str
    values: Sequence[int]


def columns(title: str, labels: Sequence[str], series: Sequence[Series]) -> str:
    """Stacked columns, one a label."""
    tops = [sum(values) for values in zip(*(s.values for s in series), strict=True)]
    most = _nice(max(tops, default=0))
    room = (WIDTH - _LEFT - _RIGHT) / max(1, len(labels))
    wide = min(64.0, room * 0.6)
    drawn = []
    for at, _ in enumerate(labels):
        left, below = _LEFT + room * (at + 0.5) - wide / 2, 0
        for one in series:
            value = one.values[at]
            top, high = _y(below + value, most), _height(value, most)
            drawn.append(
                f'<rect class="{one.style}" x="{left:.1f}" y="{top:.1f}" '
                f'width="{wide:.1f}" height="{high:.1f}"/>'
            )
            below += value
        drawn.append(
            f'<text class="v" x="{left + wide / 2:.1f}" y="{_y(below, most) - 3:.1f}">'
            f"{below:,}</text>"
        )
    return _figure(
        title,
        labels,
        series,
        most,
        "".join(drawn),
        [room * (at + 0.5) for at in range(len(labels))],
    )


def lines(title: str, labels: Sequence[str], series: Sequence[Series]) -> str:
    """One line a series over the labels, which are nights."""
    most = _nice(max((max(s.values, default=0) for s in series), default=0))
    room = (WIDTH - _LEFT - _RIGHT) / max(1, len(labels) - 1)
    drawn = []
    for one in series:
        places = [
            f"{_LEFT + room * at:.1f},{_y(value, most):.1f}"
            for at, value in enumerate(one.values)
        ]
        drawn.append(f'<polyline class="{one.style}" points="{" ".join(places)}"/>')
    return _figure(
        title,
        labels,
        series,
        most,
        "".join(drawn),
        [room * at for at in range(len(labels))],
    )


def _figure(
    title: str,
    labels: Sequence[str],
    series: Sequence[Series],
    most: int,
    drawn: str,
    centres: Sequence[float],
) -> str:
    grid = "".join(
        f'<line x1="{_LEFT}" x2="{WIDTH - _RIGHT}" y1="{_y(value, most):.1f}" '
        f'y2="{_y(value, most):.1f}"/>'
        f'<text class="y" x="{_LEFT - 6}" y="{_y(value, most) + 4:.1f}">{value:,}</text>'
        for value in (most * step // _STEPS for step in range(_STEPS + 1))
    )
    every = max(1, -(-len(labels) // _MOST_LABELS))
    named = "".join(
        f'<text class="x" x="{_LEFT + centre:.1f}" y="{HEIGHT - _BOTTOM + 24}">'
        f"{html.escape(label)}</text>"
        for at, (label, centre) in enumerate(zip(labels, centres, strict=True))
        if (len(labels) - 1 - at) % every == 0
    )
    keys = "".join(
        f'<span><i class="{one.style}"></i>{html.escape(one.name)}</span>'
        for one in series
    )
    told = html.escape(f"{title}。{_told(labels, series)}")
    return (
        f"<figure><figcaption>{html.escape(title)}</figcaption>"
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{told}">'
        f'<g class="grid">{grid}</g><g class="names">{named}</g>{drawn}</svg>'
        f'<p class="keys" aria-hidden="true">{keys}</p></figure>'
    )


def _told(labels: Sequence[str], series: Sequence[Series]) -> str:
    """The last figures in words; the whole row stands in the table."""
    if not labels:
        return "没有数据"
    last = "，".join(f"{one.name}{one.values[-1]:,}" for one in series)
    return f"共{len(labels)}个，最后一个（{labels[-1]}）：{last}"


def _nice(most: int) -> int:
    """A round figure at or above the largest, that four steps divide."""
    unit = 1
    while True:
        for factor in (4, 8, 12, 20, 40):
            if factor * unit >= most:
                return factor * unit
        unit *= 10


def _y(value: int, most: int) -> float:
    return HEIGHT - _BOTTOM - _height(value, most)


def _height(value: int, most: int) -> float:
    return (HEIGHT - _TOP - _BOTTOM) * value / most
