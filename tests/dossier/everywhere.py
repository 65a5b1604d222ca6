# SPDX-License-Identifier: GPL-3.0-or-later
"""Look for a text field of a noun in every place that shows or takes one; run in a copy."""

import os
import sys
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

os.environ["QT_QPA_PLATFORM"] = "offscreen"
sys.path.insert(0, "tools")

import golden
from PySide6.QtWidgets import QApplication

from egn_desktop.cli import school as school_command
from egn_desktop.cli.lending import incidents as incident_command
from egn_desktop.cli.parser import FrenchParser, SubCommands
from egn_desktop.cli.stock import devices as device_command
from egn_desktop.dossier import Dossier
from egn_desktop.exchange.kinds import ImportKind
from egn_desktop.exchange.lists import LISTS
from egn_desktop.exchange.preview import apply, preview
from egn_desktop.exchange.table import Row, Table
from egn_desktop.inventory.lending.incidents import followed
from egn_desktop.inventory.lending.queries.incidents import incident, incidents
from egn_desktop.inventory.stock.device_sheet import facts
from egn_desktop.inventory.stock.queries.devices import DeviceDetail, device, devices
from egn_desktop.school import joining
from egn_desktop.services import Services
from egn_desktop.settings import MachineSettings
from egn_desktop.ui.context import Context
from egn_desktop.ui.pages.loans.lending.incident_panel import incident_form
from egn_desktop.ui.pages.loans.stock.device_form import device_form
from egn_desktop.ui.pages.loans.views.devices import device_columns
from egn_desktop.ui.pages.loans.views.incidents import incident_columns
from egn_desktop.ui.pages.settings.school_tab import SchoolTab


def run(services: Services, room: Any, command: str, *options: str) -> str:
    """Give a command these options, and return what it says."""
    parser = FrenchParser(prog="egn-desktop")
    room.register(SubCommands(parser))
    parsed = parser.parse_args([command, "ecole.egn", *options])
    with redirect_stdout(StringIO()) as told:
        parsed.run(services, parsed)
    return told.getvalue()


def exported(kind: str, row: Any) -> dict[str, Any]:
    """Return what a spreadsheet of the list says of a row, by the titles of its columns."""
    listing = next(listing for listing in LISTS if listing.id == kind)
    return dict(zip(listing.titles, *listing.cells([row]), strict=True))


def found(dossier: Dossier, code: str) -> DeviceDetail:
    """Return the device of that number."""
    (row,) = devices(dossier, code)
    return device(dossier, row.id)


def look_at_device(services: Services, label: str, name: str) -> None:
    """Write the field by command, import and form, and read it wherever it is shown."""
    dossier = services.dossier
    run(services, device_command, "device", "--add", "--device", "ZZ-1", f"--{name}", "bleu")
    table = Table("parc.csv", ("N° inventaire", label), (Row(2, ("ZZ-2", "rouge")),))
    apply(preview(table, ImportKind.DEVICES), services)
    titles = {column.title: column for column in device_columns()}
    for code, value in (("ZZ-1", "bleu"), ("ZZ-2", "rouge")):
        detail = found(dossier, code)
        assert (label, value) in facts(detail, dossier.today()), "the sheet"
        assert device_form(detail).value(name) == value, "the form"
        assert titles[label].text(detail.row) == value, "the list"
        assert exported("devices", detail.row)[label] == value, "the spreadsheet"
    services.devices.change_device(found(dossier, "ZZ-2").row.id, **{name: "  jaune "})
    assert getattr(found(dossier, "ZZ-2").row, name) == "jaune"
    dossier.undo_stack.undo()
    assert getattr(found(dossier, "ZZ-2").row, name) == "rouge"


def look_at_incident(services: Services, label: str, name: str) -> None:
    """Write the field by command and use case, and read it wherever it is shown."""
    dossier = services.dossier
    code = devices(dossier)[0].code
    noted = ("--kind", "other", f"--{name}", "bleu")
    run(services, incident_command, "incident", "--device", code, *noted)
    number = max(row.id for row in incidents(dossier))
    titles = {column.title: column for column in incident_columns()}
    for value in ("bleu", "rouge"):
        services.incidents.change_incident(number, **{name: f" {value} "})
        row = incident(dossier, number)
        assert incident_form(row).value(name) == value, "the form"
        assert titles[label].text(row) == value, "the list"
        assert exported("incidents", row)[label] == value, "the spreadsheet"
        assert f"{label.lower()} : {value}" in followed(row), "the register and the person's data"
    dossier.undo_stack.undo()
    assert getattr(incident(dossier, number), name) == "bleu"


def look_at_school(services: Services, label: str, name: str) -> None:
    """Write the field by command and form, and read it wherever it is shown."""
    told = run(services, school_command, "school", f"--{name}", "bleu")
    assert [label, "bleu"] in [line.split() for line in told.splitlines()], "the command"
    context = Context(services, MachineSettings())
    tab = SchoolTab(context)
    tab.reload()
    assert tab._form.value(name) == "bleu", "the form"
    tab._form.edited.emit(name, " rouge ")
    context.close()
    assert getattr(services.school.identity(), name) == "rouge"
    subject = next(subject for subject in joining.SUBJECTS if subject.table == "school")
    assert subject.fields[name] == label.lower(), "what two copies differ in"
    services.dossier.undo_stack.undo()
    assert getattr(services.school.identity(), name) == "bleu"


LOOK = {
    "DeviceFields": look_at_device,
    "IncidentFields": look_at_incident,
    "SchoolFields": look_at_school,
}

if __name__ == "__main__":
    application = QApplication([])
    noun, *field = sys.argv[1:]
    path = golden.copy("0001-demonstration", Path())
    with Dossier.open(path, key=golden.KEY) as opened:
        LOOK[noun](Services.of(opened), *field)
