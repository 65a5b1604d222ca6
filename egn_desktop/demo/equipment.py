# SPDX-License-Identifier: GPL-3.0-or-later
"""The demonstration's sixty devices: a mobile class, a loan stock, what stands in the rooms."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from egn_desktop.inventory.register.nouns import DeviceInput
from egn_desktop.inventory.register.terms import Acquisition, Condition, DeviceKind

TOWN = "Mairie d’Yssingeaux"
TECHNICIANS = "Service informatique de la mairie"
ASSOCIATION = "Association Ordi Solidaire"
STATE = "État (rectorat)"
SCHOOL = "Coopérative scolaire"


@dataclass(frozen=True, slots=True)
class _Lot:
    """Devices bought or given together; ``years`` before this school year's start.

    Those of the town are bought and looked after by its technicians.
    """

    how_many: int
    kind: DeviceKind
    brand: str
    model: str
    owner: str
    years: int
    place: str
    accessories: tuple[str, ...] = ()
    refurbished: bool = False
    condition: Condition = Condition.GOOD
    acquired_by: Acquisition = Acquisition.BOUGHT
    funding: str = ""
    warranty: int = 0
    """In years; 0 when it is not known."""
    value: int | None = None
    """In euros."""
    plan: int = 0
    """For how many years the data plan was bought; 0 for what has none."""

    def warranty_from(self, acquired_on: date) -> date | None:
        """Return the last day of the warranty, or None."""
        return _years_after(acquired_on, self.warranty)

    def plan_from(self, acquired_on: date) -> date | None:
        """Return the last day of the data plan, or None."""
        return _years_after(acquired_on, self.plan)


def _years_after(day: date, years: int) -> date | None:
    return day.replace(year=day.year + years) if years else None


_OLD = (
    _Lot(
        12,
        DeviceKind.LAPTOP,
        "HP",
        "ProBook 11 EE",
        TOWN,
        5,
        "Armoire de prêt",
        ("Chargeur", "Housse"),
        condition=Condition.WORN,
    ),
    _Lot(
        8,
        DeviceKind.LAPTOP,
        "Lenovo",
        "ThinkPad L390",
        ASSOCIATION,
        2,
        "Armoire de prêt",
        ("Chargeur", "Souris"),
        refurbished=True,
        acquired_by=Acquisition.DONATED,
        warranty=3,
    ),
    _Lot(
        10,
        DeviceKind.TABLET,
        "Samsung",
        "Galaxy Tab A8",
        TOWN,
        3,
        "Armoire de prêt",
        ("Chargeur", "Étui"),
    ),
    _Lot(
        2, DeviceKind.HOTSPOT, "TP-Link", "M7000", TOWN, 2, "Bureau de direction", ("Chargeur",),
        plan=4,
    ),
    # Its data plan has ended: it connects nobody any more, and the home page says so.
    _Lot(
        1, DeviceKind.HOTSPOT, "TP-Link", "M7000", TOWN, 2, "Bureau de direction", ("Chargeur",),
        plan=2,
    ),
    _Lot(3, DeviceKind.PROJECTOR, "Epson", "EB-W06", TOWN, 6, "Salles 3, 4 et 5"),
    _Lot(2, DeviceKind.INTERACTIVE_SCREEN, "SMART", "Board MX", TOWN, 4, "Salles 7 et 8"),
    _Lot(2, DeviceKind.DESKTOP, "Dell", "OptiPlex 3050", TOWN, 7, "Bibliothèque"),
    _Lot(1, DeviceKind.PRINTER, "Brother", "MFC-L2750", TOWN, 4, "Bureau de direction"),
    _Lot(1, DeviceKind.VISUALISER, "Ipevo", "V4K", SCHOOL, 3, "Salle des maîtres"),
)  # fmt: skip
_NEW = (
    _Lot(
        6, DeviceKind.LAPTOP, "Acer", "TravelMate B3", TOWN, 1, "Armoire de prêt",
        ("Chargeur", "Housse"), condition=Condition.NEW, funding="Budget communal", warranty=3,
        value=389,
    ),
    _Lot(
        8, DeviceKind.TABLET, "Apple", "iPad 9", STATE, 1, "Armoire de prêt",
        ("Chargeur", "Étui", "Casque"), condition=Condition.NEW,
        acquired_by=Acquisition.PROVIDED, funding="Dotation du rectorat", warranty=2,
    ),
    _Lot(
        2, DeviceKind.HOTSPOT, "TP-Link", "M7000", TOWN, 1, "Bureau de direction", ("Chargeur",),
        condition=Condition.NEW, value=59, plan=3,
    ),
    _Lot(1, DeviceKind.LAPTOP, "Dell", "Latitude 3540", TOWN, 1, "Bureau de direction"),
    _Lot(1, DeviceKind.VISUALISER, "Ipevo", "V4K", SCHOOL, 1, "Salle 6"),
)  # fmt: skip
LENDABLE = (DeviceKind.LAPTOP, DeviceKind.TABLET, DeviceKind.HOTSPOT)


def old_devices(school_year: int) -> list[DeviceInput]:
    """Return the 42 devices that the school had two years ago."""
    return list(_devices(_OLD, school_year, first=1))


def new_devices(school_year: int) -> list[DeviceInput]:
    """Return the 18 devices that came last year."""
    return list(_devices(_NEW, school_year, first=sum(lot.how_many for lot in _OLD) + 1))


def _devices(lots: tuple[_Lot, ...], school_year: int, first: int) -> Iterator[DeviceInput]:
    number = first
    for lot in lots:
        for _ in range(lot.how_many):
            acquired_on = date(school_year - lot.years, 10, 2)
            yield DeviceInput(
                asset_number=f"JV-{number:03}",
                kind=lot.kind,
                brand=lot.brand,
                model=lot.model,
                serial_number=f"{lot.brand[:2].upper()}{number * 7919 % 1_000_000:06}",
                owner=lot.owner,
                funding=lot.funding,
                acquired_on=acquired_on,
                acquired_by=lot.acquired_by,
                warranty_until=lot.warranty_from(acquired_on),
                data_until=lot.plan_from(acquired_on),
                value_cents=None if lot.value is None else lot.value * 100,
                maintained_by=TECHNICIANS if lot.owner == TOWN else "",
                refurbished=lot.refurbished,
                condition=lot.condition,
                place=lot.place,
                accessories=lot.accessories,
            )
            number += 1
