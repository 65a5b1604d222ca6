# SPDX-License-Identifier: GPL-3.0-or-later
"""Signatures drawn on screen: whatever the hand did, the ink is in its box, in few points."""

import math
import random
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from egn_desktop.documents.blocks import Block, Document, Drawing, SignatureBox, Signatures
from egn_desktop.documents.boxes import strokes
from egn_desktop.documents.boxes.strokes import MOST_POINTS, placed, prepared
from egn_desktop.documents.render import render
from egn_desktop.documents.text.styles import MARGIN, PAGE_HEIGHT, PAGE_WIDTH
from tests.examples import examples

WAVE = tuple((at / 200, 0.5 + 0.4 * math.sin(at / 9)) for at in range(201))
SIGNED = "Signé à l’écran le 24 novembre 2026 à 10:12 par Nadia Benali"
POINT = st.tuples(st.floats(), st.floats())
STROKES = st.lists(st.lists(POINT, max_size=30), max_size=8)


def document(*boxes: SignatureBox) -> Document:
    blocks: list[Block] = [Signatures(boxes, place_and_date=False)]
    return Document("Convention", "École", "24 novembre 2026", blocks)


def lines_drawn(pdf_bytes: bytes) -> list[list[tuple[float, float]]]:
    """Return the open lines of a PDF's first page, in points: signatures are the curly ones."""
    with pikepdf.open(BytesIO(pdf_bytes)) as pdf:
        found: list[list[tuple[float, float]]] = []
        for operands, operator in pikepdf.parse_content_stream(pdf.pages[0]):
            if str(operator) == "m":
                found.append([])
            if str(operator) in "ml":
                found[-1].append((float(operands[0]), float(operands[1])))
        return found


@dataclass
class Figure:
    """A drawing as a screen reader meets it."""

    alt: str
    box: list[float]
    marks: int


def figures(pdf_bytes: bytes) -> list[Figure]:
    found = []
    with pikepdf.open(BytesIO(pdf_bytes)) as pdf:
        waiting = list(pdf.Root.StructTreeRoot.K)
        while waiting:
            kid = waiting.pop()
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                waiting += list(kid.get("/K", []))
                if kid.S == "/Figure":
                    found.append(Figure(str(kid.Alt), [float(at) for at in kid.A.BBox], len(kid.K)))
    return found


@given(STROKES, st.floats(0.2, 8), st.floats(1, 300), st.floats(1, 300))
def test_any_strokes_stay_in_their_box(
    drawn: list[list[tuple[float, float]]], aspect: float, width: float, height: float
) -> None:
    for stroke in placed(Drawing(drawn, aspect), 40, 60, width, height):
        assert stroke
        for x, y in stroke:
            assert 40 - 1e-6 <= x <= 40 + width + 1e-6
            assert 60 - 1e-6 <= y <= 60 + height + 1e-6


@settings(max_examples=examples(6))
@given(st.integers(0, 2**32), st.booleans())
def test_ten_thousand_points_print_as_few(seed: int, jumps: bool) -> None:
    """A scribble, or noise all over the pad, becomes a line that a file can bear."""
    chance = random.Random(seed)  # noqa: S311
    x = y = 0.5
    points: list[tuple[float, float]] = []
    for _ in range(10_000):
        x = chance.random() if jumps else min(max(x + chance.gauss(0, 0.02), 0), 1)
        y = chance.random() if jumps else min(max(y + chance.gauss(0, 0.02), 0), 1)
        points.append((x, y))
    compared = 0
    off_line = strokes._off_line

    def counted(*points: tuple[float, float]) -> float:
        nonlocal compared
        compared += 1
        return off_line(*points)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(strokes, "_off_line", counted)
        thin = prepared(Drawing([points], 3))
    assert compared < 100_000
    assert sum(map(len, thin)) <= MOST_POINTS + 1
    assert thin[0][-1][0] == pytest.approx(points[-1][0], abs=1e-9)


def test_thinning_keeps_the_course_of_the_line() -> None:
    (thin,) = prepared(Drawing([WAVE], 1))
    assert len(thin) < 900
    for x, y in WAVE[3:-3]:
        nearest = min(math.dist((x, y), point) for point in _along(thin))
        assert nearest < 0.012


def _along(stroke: list[tuple[float, float]]) -> list[tuple[float, float]]:
    found = []
    for (x1, y1), (x2, y2) in pairwise(stroke):
        found += [(x1 + (x2 - x1) * k / 20, y1 + (y2 - y1) * k / 20) for k in range(21)]
    return found


@pytest.mark.parametrize("name", ["", "Nadia Benali"])
def test_a_signature_prints_as_lines_between_its_words(name: str) -> None:
    box = SignatureBox("Le représentant légal", name, "Lu et approuvé", Drawing([WAVE]), SIGNED)
    pdf = render(document(box, SignatureBox("La directrice")))
    ink = [line for line in lines_drawn(pdf) if len(line) > 20]
    assert len(ink) == 1
    (figure,) = figures(pdf)
    assert figure.alt == f"Signature dessinée à l’écran : {name or 'Le représentant légal'}"
    left, foot, right, top = figure.box
    assert all(left <= x <= right and foot <= y <= top for x, y in ink[0])
    assert figure.marks == 1


@settings(max_examples=examples(25))
@given(STROKES, st.text(max_size=300), st.integers(1, 5))
def test_signed_boxes_stay_on_the_page_whatever_is_written(
    strokes: list[list[tuple[float, float]]], words: str, count: int
) -> None:
    box = SignatureBox(words[:60], words[:40], words[:80], Drawing(strokes), words)
    for line in lines_drawn(render(document(*[box] * count))):
        for x, y in line:
            assert MARGIN - 0.1 <= x <= PAGE_WIDTH - MARGIN + 0.1
            assert 0 < y < PAGE_HEIGHT


def test_one_dot_is_a_signature_and_nothing_is_none() -> None:
    dot = render(document(SignatureBox("L’élève", drawing=Drawing([[(0.5, 0.5)]]), signed=SIGNED)))
    assert len(figures(dot)) == 1
    none = render(document(SignatureBox("L’élève", drawing=Drawing([[], []]), signed=SIGNED)))
    assert figures(none) == []


def test_the_same_signature_gives_the_same_bytes() -> None:
    box = SignatureBox("L’élève", drawing=Drawing([WAVE]), signed=SIGNED)
    assert render(document(box)) == render(document(box))
