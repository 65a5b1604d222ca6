# SPDX-License-Identifier: GPL-3.0-or-later
"""Look for a text field of a device in every place that shows or takes one; run in a copy."""

import os
import sys
from pathlib import Path
from typing import Any

os.environ["QT_QPA_PLATFORM"] = "offscreen"
sys.path.insert(0, "tools")

import golden
from PySide6.QtWidgets import QApplication

from egn_desktop.cli.parser import FrenchParser, SubCommands
from egn_desktop.cli.stock import devices as command
from egn_desktop.dossier import Dossier
from egn_desktop.exchange.columns import ImportKind
from egn_desktop.exchange.lists import LISTS
from egn_desktop.exchange.preview import apply, preview
from egn_desktop.exchange.table import Row, Table
from egn_desktop.inventory.stock.device_sheet import facts
from egn_desktop.inventory.stock.queries.devices import DeviceDetail, device, devices
from egn_desktop.services import Services
from egn_desktop.ui.pages.loans.stock.device_form import device_form
from egn_desktop.ui.pages.loans.views.devices import device_columns


def run(services: Services, *options: str) -> None:
    """Give the command ``device`` these options."""
    parser = FrenchParser(prog="egn-desktop")
    command.register(SubCommands(parser))
    parsed = parser.parse_args(["device", "ecole.egn", *options])
    parsed.run(services, parsed)


def found(dossier: Dossier, code: str) -> DeviceDetail:
    """Return the device of that number."""
    (row,) = devices(dossier, code)
    return device(dossier, row.id)


def look(dossier: Dossier, label: str, name: str) -> None:
    """Write the field by command, import and form, and read it wherever it is shown."""
    services = Services.of(dossier)
    run(services, "--add", "--device", "ZZ-1", f"--{name}", "bleu")
    table = Table("parc.csv", ("N° inventaire", label), (Row(2, ("ZZ-2", "rouge")),))
    apply(preview(table, ImportKind.DEVICES), services)
    listing: Any = next(one for one in LISTS if one.id == "devices")
    titles = {one.title: one for one in device_columns()}
    for code, value in (("ZZ-1", "bleu"), ("ZZ-2", "rouge")):
        detail = found(dossier, code)
        assert (label, value) in facts(detail, dossier.today()), "the sheet"
        assert device_form(detail).value(name) == value, "the form"
        assert titles[label].text(detail.row) == value, "the list"
        cells = dict(zip(listing.titles, *listing.cells([detail.row]), strict=True))
        assert cells[label] == value, "the spreadsheet"
    services.devices.change_device(found(dossier, "ZZ-2").row.id, **{name: "  jaune "})
    assert getattr(found(dossier, "ZZ-2").row, name) == "jaune"
    dossier.undo_stack.undo()
    assert getattr(found(dossier, "ZZ-2").row, name) == "rouge"


if __name__ == "__main__":
    application = QApplication([])
    path = golden.copy("0001-demonstration", Path())
    with Dossier.open(path, key=golden.KEY) as opened:
        look(opened, *sys.argv[1:])
