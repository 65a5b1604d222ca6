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
        Handed(row, lent.get(row.loan_id or 0), said(row.place), said(row.owner)) for row in found
    ]
    columns = (*program.columns, *program.named) if names else program.columns
    rows = [[title for title, _ in columns]]
    rows += [[harmless(cell(lent)) for _, cell in columns] for lent in handed]
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


def _warranty_months(handed: Handed) -> str:
    """Return how many whole months the warranty lasts from the day of purchase."""
    first, last = handed.device.acquired_on, handed.device.warranty_until
    if first is None or last is None or last < first:
        return ""
    months = (last.year - first.year) * 12 + last.month - first.month
    return str(months - (last.day < first.day))


def _remarks(handed: Handed) -> str:
    return "\n".join(filter(None, (handed.device.reservation, handed.device.notes)))


def _borrowed_by(handed: Handed) -> str:
    return handed.device.borrower_name


PROGRAMS: Final[Sequence[Program]] = (
    Program(
        "snipe-it",
        "Snipe-IT",
        columns=(
            ("Asset Tag", lambda item: item.device.code),
            ("Category", lambda item: item.device.kind.label),
            ("Manufacturer", lambda item: item.device.brand),
            ("Model Name", lambda item: item.device.model or item.device.name),
            ("Serial Number", lambda item: item.device.serial_number),
            ("Status", lambda item: SNIPE_STATES[item.device.state]),
            ("Location", lambda item: item.place),
            ("Company", lambda item: item.owner),
            ("Purchase Date", lambda item: _iso(item.device.acquired_on)),
            ("Purchase Cost", lambda item: _euros(item.device.value_cents)),
            ("Warranty Months", _warranty_months),
            ("Checkout Date", lambda item: _iso(item.lent_on)),
            ("Expected Checkin Date", lambda item: _iso(item.device.due_on)),
            ("Asset Notes", lambda item: item.standing),
        ),
        named=(
            ("Checkout Type", lambda item: "User" if item.device.borrower_name else ""),
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
            ("Nom", lambda item: item.device.code),
            ("Statut", lambda item: item.device.state.label),
            ("Fabricant", lambda item: item.device.brand),
            ("Numéro de série", lambda item: item.device.serial_number),
            ("Numéro d'inventaire", lambda item: item.device.asset_number),
            ("Type", lambda item: item.device.kind.label),
            ("Modèle", lambda item: item.device.model),
            ("Lieu", lambda item: item.place),
            ("Propriétaire", lambda item: item.owner),
            ("Date d'achat", lambda item: french.short_date(item.device.acquired_on)),
            ("Valeur", lambda item: _euros(item.device.value_cents)),
            ("Date de fin de garantie", lambda item: french.short_date(item.device.warranty_until)),
            ("Prêté le", lambda item: french.short_date(item.lent_on)),
            ("Retour prévu le", lambda item: french.short_date(item.device.due_on)),
            ("Commentaires", lambda item: item.standing),
        ),
        named=(("Usager", _borrowed_by), ("Remarques", _remarks)),
        delimiter=";",
        quote_all=True,
    ),
)
