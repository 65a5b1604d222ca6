# SPDX-License-Identifier: GPL-3.0-or-later
"""What is printed is read back as a scanner does: from the pixels of the page."""

import subprocess
from dataclasses import replace
from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from reportlab.graphics.barcode.code128 import _patterns  # pyright: ignore[reportAttributeAccessIssue]

from egn_desktop import exports
from egn_desktop.cli.parser import FrenchParser, SubCommands
from egn_desktop.cli.stock import labels as commands
from egn_desktop.documents.boxes.charts import qr_rows
from egn_desktop.documents.label_formats import formats
from egn_desktop.dossier import Dossier
from egn_desktop.errors import UserError
from egn_desktop.inventory.lending.queries.scan import scanned
from egn_desktop.inventory.register.nouns import DeviceInput
from egn_desktop.inventory.register.terms import DeviceKind, DeviceState, Retirement
from egn_desktop.inventory.stock.labels import Code, LabelWish, wish_problem
from egn_desktop.inventory.stock.report import labels
from egn_desktop.services import Services

DPI = 300
MM = DPI / 25.4
NUMBERS = [f"YSS-{n:04}" for n in range(1, 9)]


@pytest.fixture
def services(dossier: Dossier) -> Services:
    made = Services.of(dossier)
    for number in NUMBERS:
        made.devices.add_device(
            DeviceInput(number, DeviceKind.LAPTOP, "HP", "ProBook", owner="Mairie")
        )
    return made


def pages_of(pdf: bytes, folder: Path) -> list[Image.Image]:
    """Return the pages as a scanner would see them, black on white."""
    (folder / "lu.pdf").write_bytes(pdf)
    command = ["pdftoppm", "-r", str(DPI), "-gray", "-png", folder / "lu.pdf", folder / "page"]
    subprocess.run(command, check=True)
    found = []
    for file in sorted(folder.glob("page*.png")):
        with Image.open(file) as page:
            found.append(page.convert("L").copy())
        file.unlink()
    return found


def label_at(page: Image.Image, wish: LabelWish, place: int) -> Image.Image:
    """Cut out the label of that place (from 0), the printer's adjustment included."""
    form = formats()[wish.format_id]
    row, column = divmod(place, form.columns)
    x = (form.left + column * form.across + wish.right) * MM
    y = (form.top + row * form.down + wish.down) * MM
    right, bottom = min(x + form.width * MM, page.width), min(y + form.height * MM, page.height)
    return page.crop((max(round(x), 0), max(round(y), 0), int(right), int(bottom)))


def stretches(line: list[bool]) -> list[int]:
    """Return how long each bar and each space is, from the first bar to the last."""
    first, last = line.index(True), len(line) - line[::-1].index(True)
    return [len(list(same)) for _, same in groupby(line[first:last])]


def read_code_128(label: Image.Image) -> str:
    """Decode a Code 128 from one line of pixels, check character included."""
    line = [label.getpixel((x, label.height // 4)) < 128 for x in range(label.width)]  # pyright: ignore
    widths = stretches(line)
    module = sum(widths) / (11 * ((len(widths) - 7) // 6) + 13)
    values = {
        tuple(ord(letter.lower()) - 96 for letter in pattern): value
        for value, pattern in _patterns.items()
        if isinstance(value, int)
    }
    symbols = [
        values[tuple(round(width / module) for width in widths[at : at + 6])]
        for at in range(0, len(widths) - 7, 6)
    ]
    start, *data, check = symbols
    assert check == (start + sum(n * value for n, value in enumerate(data, 1))) % 103
    written, code_set = "", {104: "B", 105: "C"}[start]
    for value in data:
        if value in (99, 100):
            code_set = "C" if value == 99 else "B"
        else:
            written += f"{value:02}" if code_set == "C" else chr(value + 32)
    return written


def read_modules(label: Image.Image) -> list[list[bool]]:
    """Return the modules of the QR code at the label's left, sampled in their middles."""
    left_half = label.crop((0, 0, round(label.width * 0.47), label.height))
    left, top, _, end = left_half.point(lambda value: 255 * (value < 128)).getbbox()  # pyright: ignore
    run = next(n for n in range(label.width) if label.getpixel((left + n, top + 2)) > 128)  # pyright: ignore
    size = round((end - top) / (run / 7))
    step = (end - top) / size
    return [
        [
            label.getpixel((int(left + (c + 0.5) * step), int(top + (r + 0.5) * step))) < 128  # pyright: ignore
            for c in range(size)
        ]
        for r in range(size)
    ]


@pytest.mark.parametrize("format_id", ["21", "24", "40", "65"])
def test_a_reader_finds_each_number_where_its_label_is(
    dossier: Dossier, services: Services, tmp_path: Path, format_id: str
) -> None:
    wish = LabelWish(format_id=format_id, code=Code.CODE_128, first=5, right=1.0, down=-0.5)
    (page,) = pages_of(labels(dossier, wish), tmp_path)
    read = [read_code_128(label_at(page, wish, place)) for place in range(4, 12)]
    assert read == NUMBERS
    for text in read:
        found = scanned(dossier, text).only_device
        assert found is not None
        assert found.asset_number == text
    assert label_at(page, wish, 3).getextrema() == (255, 255)
    (page,) = pages_of(labels(dossier, replace(wish, code=Code.QR)), tmp_path)
    for place, number in enumerate(NUMBERS, 4):
        assert read_modules(label_at(page, wish, place)) == qr_rows(number)


def test_a_full_sheet_goes_on_to_the_next_one(
    dossier: Dossier, services: Services, tmp_path: Path
) -> None:
    wish = LabelWish(format_id="24", code=Code.CODE_128, first=21, device_ids=(8, 1, 2, 3, 4, 5))
    first, second = pages_of(labels(dossier, wish), tmp_path)
    assert read_code_128(label_at(first, wish, 20)) == "YSS-0008"
    assert read_code_128(label_at(second, wish, 1)) == "YSS-0005"


def test_the_sheet_is_tagged_and_always_the_same(
    dossier: Dossier, services: Services, tmp_path: Path
) -> None:
    pdf = exports.pdf_bytes(dossier, "etiquettes", "65-qr")
    assert pdf == exports.pdf_bytes(dossier, "etiquettes", "65-qr")
    (tmp_path / "lu.pdf").write_bytes(pdf)
    command = ["pdfinfo", "-struct-text", tmp_path / "lu.pdf"]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert told.count("LBody") == len(NUMBERS)
    assert '"YSS-0001"' in told
    assert '"HP ProBook"' in told


def test_what_is_gone_gets_no_label_and_an_empty_stock_offers_none(dossier: Dossier) -> None:
    offer = exports.offer_of("etiquettes")
    assert not offer.subjects(dossier)
    with pytest.raises(UserError, match="aucun appareil"):
        labels(dossier, LabelWish())
    services = Services.of(dossier)
    device = services.devices.add_device(DeviceInput("YSS-1", DeviceKind.LAPTOP))
    assert len(offer.subjects(dossier)) == 2 * len(formats())
    services.devices.change_device(device, state=DeviceState.RETIRED, retired_as=Retirement.DONATED)
    assert not offer.subjects(dossier)


def test_a_number_that_no_barcode_can_hold_is_refused_with_the_way_out(dossier: Dossier) -> None:
    services = Services.of(dossier)
    for number, format_id in (("École-12", "24"), ("COLLECTIVITÉ-X"[:12] * 3, "65")):
        device = services.devices.add_device(DeviceInput(number, DeviceKind.LAPTOP))
        wish = LabelWish(format_id=format_id, code=Code.CODE_128, device_ids=(device,))
        with pytest.raises(UserError, match="ne tient pas") as refused:
            labels(dossier, wish)
        assert "code QR" in refused.value.todo
        assert labels(dossier, replace(wish, code=Code.QR)).startswith(b"%PDF")


@given(st.integers(-5, 80), st.floats(-20, 20), st.floats(-20, 20))
def test_only_a_wish_that_can_be_printed_passes(first: int, right: float, down: float) -> None:
    wish = LabelWish(format_id="40", first=first, right=right, down=down)
    possible = 1 <= first <= 40 and abs(right) <= 10 and abs(down) <= 10
    assert (wish_problem(wish) is None) == possible
    assert wish_problem(replace(wish, format_id="39"))


def test_formats_fit_on_a_sheet_without_overlap() -> None:
    assert {"24", "40", "65"} <= {label_format.id for label_format in formats()}
    for format in formats():
        assert format.id == str(format.count)
        assert format.across >= format.width
        assert format.down >= format.height
        assert format.left + (format.columns - 1) * format.across + format.width <= 210
        assert format.top + (format.rows - 1) * format.down + format.height <= 297


def test_the_command_prints_what_is_asked(
    dossier: Dossier, services: Services, tmp_path: Path
) -> None:
    parser = FrenchParser(prog="egn-desktop")
    commands.register(SubCommands(parser))
    target = tmp_path / "e.pdf"

    def cli(*options: str) -> None:
        parsed = parser.parse_args(["labels", "ecole.egn", "--to", str(target), *options])
        parsed.run(services, parsed)

    cli("--code", "code128", "--from", "5", "--shift=-1,0.5", "--device", "yss-0003")
    wish = LabelWish(right=-1, down=0.5)
    (page,) = pages_of(target.read_bytes(), tmp_path)
    assert read_code_128(label_at(page, wish, 4)) == "YSS-0003"
    cli("--format", "65", "--search", "probook")
    for wrong in (("--device", "ZZZ"), ("--format", "39"), ("--from", "25"), ("--shift", "30,0"),
                  ("--search", "zzz")):  # fmt: skip
        with pytest.raises(UserError):
            cli(*wrong)
    with pytest.raises(SystemExit):
        cli("--shift", "un peu")
