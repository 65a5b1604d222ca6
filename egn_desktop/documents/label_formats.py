# SPDX-License-Identifier: GPL-3.0-or-later
"""The label sheets that are known, apart from their printing: the window names them too."""

from functools import cache

from egn_desktop import content, french


class LabelFormat(content.Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How labels lie on an A4 sheet, in millimetres; the id is how many there are."""

    columns: int
    rows: int
    width: float
    height: float
    left: float
    top: float
    across: float
    down: float

    @property
    def count(self) -> int:
        """How many labels a sheet has."""
        return self.columns * self.rows

    @property
    def title(self) -> str:
        """Return "24 par feuille (70 × 37 mm)"."""
        size = f"{french.number(self.width)} × {french.number(self.height)}"
        return f"{self.count} par feuille ({size}{french.NARROW_SPACE}mm)"


@cache
def formats() -> content.Catalogue[LabelFormat]:
    """Return the formats, the largest labels first."""
    return content.load("loans/labels.toml", LabelFormat)
