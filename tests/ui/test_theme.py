# SPDX-License-Identifier: GPL-3.0-or-later
import re
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from PySide6.QtGui import QColor, QFontInfo, QImage
from PySide6.QtWidgets import QApplication, QLabel

from egn_desktop import paths
from egn_desktop.features import FEATURES
from egn_desktop.settings import MachineSettings, TextSize, Theme
from egn_desktop.ui import theme
from egn_desktop.ui.icons import icon
from egn_desktop.ui.tokens import DARK, LIGHT, TONES, Tokens
from egn_desktop.ui.widgets.labels import Chip

THEMES = pytest.mark.parametrize("colours", [LIGHT, DARK], ids=lambda palette: palette.name)
GROUNDS = ("background", "surface", "hover", "brand_soft")
TEXTS = [
    *((ink, ground) for ink in ("text", "muted") for ground in (*GROUNDS, "neutral_soft")),
    *((tone, ground) for tone in TONES[1:] for ground in ("background", "surface")),
    ("brand", "brand_soft"),
    ("brand_strong", "brand_soft"),
    ("on_brand", "brand"),
    ("on_brand", "brand_strong"),
    ("muted", "track"),
    ("muted", "bad_soft"),
    ("text", "bad_soft"),
    ("text", "attention_soft"),
    ("text", "good_soft"),
    ("surface", "text"),
    ("rail_text", "rail"),
    ("rail_muted", "rail"),
    ("rail_text", "rail_chosen"),
    ("rail_alarm", "rail"),
]
CONTROLS = [
    *(("edge", ground) for ground in ("background", "surface", "brand_soft")),
    ("brand", "background"),
    ("brand", "surface"),
    ("brand", "track"),
    ("bad", "bad_soft"),
]


@pytest.fixture
def other_theme(qapp: QApplication) -> Iterator[None]:
    """What a test changes of the theme is put back."""
    yield
    theme.apply(qapp, MachineSettings(theme=Theme.LIGHT))


@THEMES
def test_words_can_be_read(colours: Tokens) -> None:
    too_faint = {
        (ink, ground): round(found, 2)
        for ink, ground in TEXTS
        if (found := contrast(getattr(colours, ink), getattr(colours, ground))) < 4.5
    }
    for tone in TONES:
        assert contrast(colours.ink(tone), colours.ground(tone)) >= 4.5, tone
    assert not too_faint


@THEMES
def test_controls_can_be_seen(colours: Tokens) -> None:
    too_faint = {
        (ink, ground): round(found, 2)
        for ink, ground in CONTROLS
        if (found := contrast(getattr(colours, ink), getattr(colours, ground))) < 3
    }
    assert not too_faint


@THEMES
def test_small_images_have_the_tokens_colours(colours: Tokens) -> None:
    folder = paths.resources() / "theme" / colours.name
    drawn = {
        file.stem: re.findall(r"#[0-9A-Fa-f]{6}", file.read_text()) for file in folder.iterdir()
    }
    assert drawn == {
        "check": [colours.on_brand],
        "dash": [colours.on_brand],
        "chevron-down": [colours.muted],
    }


@THEMES
def test_style_sheet_names_only_images_that_exist(colours: Tokens) -> None:
    sheet = theme.stylesheet(colours, 1.3)
    images = re.findall(r'url\("([^"]+)"\)', sheet)
    assert images
    for image in images:
        assert QImage(image).isNull() is False


def test_fonts_are_those_shipped(qapp: QApplication) -> None:
    assert QFontInfo(theme.font("body")).family() == "Inter"
    label = QLabel("ABCD-1234")
    label.setProperty("role", "code")
    label.ensurePolished()
    assert QFontInfo(label.font()).family() == "JetBrains Mono"
    label.deleteLater()


@pytest.mark.usefixtures("other_theme")
def test_text_size_changes_every_text(qapp: QApplication) -> None:
    chip = Chip("En retard", "bad")
    normal = chip.sizeHint()
    theme.apply(qapp, MachineSettings(theme=Theme.LIGHT, text_size=TextSize.LARGER))
    assert theme.font("title").pixelSize() == 31
    assert chip.sizeHint().width() > normal.width()
    assert chip.sizeHint().height() == 31
    chip.deleteLater()


@pytest.mark.usefixtures("other_theme")
def test_theme_changed_at_run_time_repaints_what_is_painted(qapp: QApplication, qtbot) -> None:
    chip, drawn = Chip("En cours", "good"), icon("home", "brand")
    qtbot.addWidget(chip)
    chip.resize(chip.sizeHint())
    middle_left = chip.height() // 2
    assert chip.grab().toImage().pixelColor(4, middle_left) == QColor(LIGHT.good_soft)
    assert LIGHT.brand.lower() in colours_of(drawn.pixmap(48, 48).toImage())
    with qtbot.waitSignal(theme.changed()):
        theme.apply(qapp, SimpleNamespace(theme="dark", text_size="normal"))
    assert chip.grab().toImage().pixelColor(4, middle_left) == QColor(DARK.good_soft)
    assert DARK.brand.lower() in colours_of(drawn.pixmap(48, 48).toImage())


def test_every_page_has_its_icon(qapp: QApplication) -> None:
    for feature in FEATURES:
        assert not icon(feature.icon).pixmap(24, 24).isNull()


def test_every_icon_can_be_tinted() -> None:
    drawings = sorted((paths.resources() / "icons").glob("*.svg"))
    assert drawings
    for file in drawings:
        assert 'stroke="currentColor"' in file.read_text(encoding="utf-8"), file.name


def colours_of(image: QImage) -> set[str]:
    return {
        image.pixelColor(x, y).name()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    }


def contrast(colour: str, other: str) -> float:
    """The ratio of WCAG 2."""
    light, dark = sorted((luminance(colour), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [
        value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4
        for value in QColor(colour).getRgbF()[:3]
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
