# SPDX-License-Identifier: GPL-3.0-or-later
"""What a hand drew, made fit to print: smooth, of few points, and inside its box."""

import math
from collections.abc import Sequence
from itertools import pairwise

from egn_desktop.documents.blocks import Drawing

Point = tuple[float, float]
Stroke = Sequence[Point]

MOST_POINTS = 3_000
"""A signature has some hundreds; what has more is thinned, so that no scribble swells the file."""
_FINEST = 0.0012
"""Two points nearer than this share of the pad's width print as one: 0.05 mm in a box."""
_SMOOTH_BELOW = 1_500
_GROWS_AT_MOST = 1.6


def placed(
    drawing: Drawing, left: float, foot: float, width: float, height: float
) -> list[list[Point]]:
    """Return the strokes within a rectangle, y upwards, as large as it lets them be.

    A small signature on a large pad is drawn somewhat larger than the pad would be, never so large
    that a dot becomes a blot.
    """
    strokes = prepared(drawing)
    if not strokes or width <= 0 or height <= 0:
        return []
    points = [point for stroke in strokes for point in stroke]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    wide, high = max(xs) - min(xs), max(ys) - min(ys)
    pad = min(width, height * drawing.aspect)
    scale = min(
        pad * _GROWS_AT_MOST,
        width / wide if wide > 0 else math.inf,
        height / high if high > 0 else math.inf,
    )
    across = left + (width - wide * scale) / 2 - min(xs) * scale
    down = foot + height - (height - high * scale) / 2 + min(ys) * scale
    return [
        [
            (
                min(max(across + x * scale, left), left + width),
                min(max(down - y * scale, foot), foot + height),
            )
            for x, y in stroke
        ]
        for stroke in strokes
    ]


def prepared(drawing: Drawing) -> list[list[Point]]:
    """Return the strokes smooth and thinned; x from 0 to 1, y on the same scale, downwards.

    What is no number is left out, what lies off the pad is brought to its edge.
    """
    aspect = drawing.aspect if math.isfinite(drawing.aspect) and drawing.aspect > 0 else 1.0
    strokes = [
        [
            (min(max(x, 0.0), 1.0), min(max(y, 0.0), 1.0) / aspect)
            for x, y in stroke
            if math.isfinite(x) and math.isfinite(y)
        ]
        for stroke in drawing.strokes
    ]
    strokes = _sampled([_apart(stroke, _FINEST) for stroke in strokes if stroke])
    strokes = [_smoothed(stroke) for stroke in strokes]
    fineness = _FINEST
    thin = [_thinned(stroke, fineness) for stroke in strokes]
    while sum(map(len, thin)) > MOST_POINTS and fineness < 0.02:
        fineness *= 2
        thin = [_thinned(_apart(stroke, fineness), fineness) for stroke in thin]
    return _sampled(thin)


def _sampled(strokes: list[list[Point]]) -> list[list[Point]]:
    """Return the strokes with every so many of their points, so that few enough are left.

    It comes before the finer thinning as well, whose work grows faster than the points.
    """
    total = sum(map(len, strokes))
    if total <= MOST_POINTS:
        return strokes
    every = math.ceil(total / MOST_POINTS)
    return [[*stroke[:-1:every], stroke[-1]] for stroke in strokes][:MOST_POINTS]


def _apart(stroke: Stroke, distance: float) -> list[Point]:
    """Return the points that are farther than this from the one before; the last one always."""
    kept = [stroke[0]]
    for point in stroke[1:]:
        if math.dist(point, kept[-1]) >= distance:
            kept.append(point)
    if kept[-1] != stroke[-1]:
        kept.append(stroke[-1])
    return kept


def _smoothed(stroke: list[Point]) -> list[Point]:
    """Return the stroke with its corners cut twice (Chaikin): it stays within its own outline."""
    if not 2 < len(stroke) < _SMOOTH_BELOW:
        return stroke
    for _ in range(2):
        cut = [stroke[0]]
        for (x1, y1), (x2, y2) in pairwise(stroke):
            cut.append((0.75 * x1 + 0.25 * x2, 0.75 * y1 + 0.25 * y2))
            cut.append((0.25 * x1 + 0.75 * x2, 0.25 * y1 + 0.75 * y2))
        stroke = [*cut, stroke[-1]]
    return stroke


def _thinned(stroke: list[Point], fineness: float) -> list[Point]:
    """Return the fewest points that keep the line's course to this fineness (Douglas-Peucker)."""
    if len(stroke) < 3:
        return stroke
    kept = {0, len(stroke) - 1}
    waiting = [(0, len(stroke) - 1)]
    while waiting:
        first, last = waiting.pop()
        farthest, where = 0.0, first
        for at in range(first + 1, last):
            away = _off_line(stroke[at], stroke[first], stroke[last])
            if away > farthest:
                farthest, where = away, at
        if farthest > fineness:
            kept.add(where)
            waiting += ((first, where), (where, last))
    return [stroke[at] for at in sorted(kept)]


def _off_line(point: Point, start: Point, end: Point) -> float:
    """Return how far a point lies from the straight piece between two others."""
    (x, y), (x1, y1), (x2, y2) = point, start, end
    wide, high = x2 - x1, y2 - y1
    length = wide * wide + high * high
    along = ((x - x1) * wide + (y - y1) * high) / length if length else 0.0
    along = min(max(along, 0.0), 1.0)
    return math.hypot(x - x1 - along * wide, y - y1 - along * high)
