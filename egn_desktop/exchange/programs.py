# SPDX-License-Identifier: GPL-3.0-or-later
"""The stock in the columns of the inventory programs of a mairie or a collectivité.

Snipe-IT maps a column by its title, without regard to case, to the words of the user's language or
to English ones: English does for all. It reads dates as PHP does, where 03/04/2026 is the 4th of
March: ISO alone is safe. Its status labels are those that it is delivered with, as it makes one
that it does not know, and takes that for a device that can be lent.

GLPI's injection plug-in has the titles mapped by hand the first time; these are the ones of its own
lists in French.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from egn_desktop import french
from egn_desktop.dossier import Dossier
from egn_desktop.errors import UserError
from egn_desktop.exchange.listing import file_name
from egn_desktop.exchange.nameless import Nameless
from egn_desktop.exchange.spreadsheets import harmless, write_delimited
from egn_desktop.inventory.privacy.notices import processing
from egn_desktop.inventory.register.loans import loans
from egn_desktop.inventory.register.terms import DeviceState, LoanState
from egn_desktop.inventory.stock.queries.devices import DeviceRow, devices
from egn_desktop.school.queries import identity

RECEIVERS = "destinataires"
"""The line of the register of processing that says who may receive names."""


@dataclass(frozen=True, slots=True)
class Handed:
    """One device as it is handed over.

    Attributes:
        lent_on: since when it is lent, or None.
        place: where it is kept, and ``owner`` whose it is, without names unless these are wanted.
    """

    device: DeviceRow
    lent_on: date | None
    place: str
    owner: str

    @property
    def standing(self) -> str:
        """How worn it is and where it stands, in French, without a name."""
        device = self.device
        said = [device.condition.label]
        match device.state:
            case DeviceState.LENT:
                said.append(
                    f"prêté le {french.short_date(self.lent_on)}, "
                    f"retour prévu le {french.short_date(device.due_on)}"
                )
            case DeviceState.RETIRED:
                how = device.retired_as.label if device.retired_as else device.state.label
                day = f" le {french.short_date(device.retired_on)}" if device.retired_on else ""
                said.append(how.lower() + day)
            case _:
                said.append(device.state.label.lower())
        return ", ".join(said)


Column = tuple[str, Callable[[Handed], str]]


@dataclass(frozen=True, slots=True)
class Program:
    """An inventory program, and how it wants its csv.

    Attributes:
        columns: the titles, as it writes them, and what stands below.
        named: the columns that speak of people, added when names are wanted.
    """

    id: str
    title: str
    columns: tuple[Column, ...]
    named: tuple[Column, ...]
    delimiter: str
    quote_all: bool

    def file_name(self, day: date, *, names: bool) -> str:
        """Return a name that says what the file is, and whether it names people."""
        kind = "nominatif" if names else "sans noms"
        return file_name(f"inventaire {self.title} {kind}", day, ".csv")


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: how many devices, and how many texts lost the name of a person."""

    devices: int
    texts_changed: int

    @property
    def told(self) -> str:
        """What was written, in French."""
        words = french.count(self.devices, "appareil")
        if self.texts_changed:
            texts = french.count(
                self.texts_changed,
                "emplacement ou propriétaire écrit",
                "emplacements ou propriétaires écrits",
            )
            words += f", dont {texts} sans le nom qui s’y trouvait"
        return words


def write_stock(dossier: Dossier, program: Program, path: Path, *, names: bool) -> Written:
    """Write the stock for a program, as csv.

    Args:
        names: with who has what and the remarks; else nothing of it names anybody.

    Raises:
        UserError: there is no device, or the file cannot be written.
    """
    found = devices(dossier)
    if not found:
        raise UserError(
            "Le dossier ne contient aucun matériel.",
            kept="Aucun fichier n’a été écrit.",
            todo="Importez la liste du matériel, ou ajoutez un appareil.",
        )
    lent = {row.id: row.lent_on for row in loans(dossier, state=LoanState.OPEN)}
    nameless = Nameless(dossier)
    said: Callable[[str], str] = str if names else nameless
    handed = [
        Handed(one, lent.get(one.loan_id or 0), said(one.place), said(one.owner)) for one in found
    ]
    columns = (*program.columns, *program.named) if names else program.columns
    rows = [[title for title, _ in columns]]
    rows += [[harmless(cell(one)) for _, cell in columns] for one in handed]
    write_delimited(rows, path, delimiter=program.delimiter, quote_all=program.quote_all)
    return Written(len(handed), nameless.changed)


def who_may_receive(dossier: Dossier) -> str:
    """Return who may receive a file with names, as the register of processing says it."""
    values = {"the_school": identity(dossier).the_school}
    return processing()[RECEIVERS].filled(values)


SNIPE_STATES: Final[Mapping[DeviceState, str]] = {
    DeviceState.AVAILABLE: "Ready to Deploy",
    DeviceState.RESERVED: "Ready to Deploy",
    DeviceState.LENT: "Ready to Deploy",
    DeviceState.IN_REPAIR: "Out for Repair",
    DeviceState.LOST: "Lost/Stolen",
    DeviceState.STOLEN: "Lost/Stolen",
    DeviceState.RETIRED: "Archived",
}


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _euros(cents: int | None) -> str:
    return "" if cents is None else f"{cents / 100:.2f}"


def _warranty_months(one: Handed) -> str:
    """Return how many whole months the warranty lasts from the day of purchase."""
    first, last = one.device.acquired_on, one.device.warranty_until
    if first is None or last is None or last < first:
        return ""
    months = (last.year - first.year) * 12 + last.month - first.month
    return str(months - (last.day < first.day))


def _remarks(one: Handed) -> str:
    return "\n".join(filter(None, (one.device.reservation, one.device.notes)))


def _borrowed_by(one: Handed) -> str:
    return one.device.borrower_name


PROGRAMS: Final[Sequence[Program]] = (
    Program(
        "snipe-it",
        "Snipe-IT",
        columns=(
            ("Asset Tag", lambda one: one.device.code),
            ("Category", lambda one: one.device.kind.label),
            ("Manufacturer", lambda one: one.device.brand),
            ("Model Name", lambda one: one.device.model or one.device.name),
            ("Serial Number", lambda one: one.device.serial_number),
            ("Status", lambda one: SNIPE_STATES[one.device.state]),
            ("Location", lambda one: one.place),
            ("Company", lambda one: one.owner),
            ("Purchase Date", lambda one: _iso(one.device.acquired_on)),
            ("Purchase Cost", lambda one: _euros(one.device.value_cents)),
            ("Warranty Months", _warranty_months),
            ("Checkout Date", lambda one: _iso(one.lent_on)),
            ("Expected Checkin Date", lambda one: _iso(one.device.due_on)),
            ("Asset Notes", lambda one: one.standing),
        ),
        named=(
            ("Checkout Type", lambda one: "User" if one.device.borrower_name else ""),
            ("Full Name", _borrowed_by),
            ("Remarques", _remarks),
        ),
        delimiter=",",
        quote_all=False,
    ),
    Program(
        "glpi",
        "GLPI",
        columns=(
            ("Nom", lambda one: one.device.code),
            ("Statut", lambda one: one.device.state.label),
            ("Fabricant", lambda one: one.device.brand),
            ("Numéro de série", lambda one: one.device.serial_number),
            ("Numéro d'inventaire", lambda one: one.device.asset_number),
            ("Type", lambda one: one.device.kind.label),
            ("Modèle", lambda one: one.device.model),
            ("Lieu", lambda one: one.place),
            ("Propriétaire", lambda one: one.owner),
            ("Date d'achat", lambda one: french.short_date(one.device.acquired_on)),
            ("Valeur", lambda one: _euros(one.device.value_cents)),
            ("Date de fin de garantie", lambda one: french.short_date(one.device.warranty_until)),
            ("Prêté le", lambda one: french.short_date(one.lent_on)),
            ("Retour prévu le", lambda one: french.short_date(one.device.due_on)),
            ("Commentaires", lambda one: one.standing),
        ),
        named=(("Usager", _borrowed_by), ("Remarques", _remarks)),
        delimiter=";",
        quote_all=True,
    ),
)
