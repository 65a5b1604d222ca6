# SPDX-License-Identifier: GPL-3.0-or-later
"""The words of the register: kinds, states and conditions, with their French names. Pure."""

from enum import StrEnum
from typing import Literal

Tone = Literal["neutral", "brand", "good", "attention", "bad"]
"""How a state is coloured, beside its words: the same in the window and on paper."""


class DeviceKind(StrEnum):
    """What a device is; the value is kept in the dossier."""

    LAPTOP = "laptop"
    TABLET = "tablet"
    DESKTOP = "desktop"
    HOTSPOT = "hotspot"
    HEADSET = "headset"
    PROJECTOR = "projector"
    INTERACTIVE_SCREEN = "interactive_screen"
    VISUALISER = "visualiser"
    PRINTER = "printer"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The French name."""
        return {
            DeviceKind.LAPTOP: "Ordinateur portable",
            DeviceKind.TABLET: "Tablette",
            DeviceKind.DESKTOP: "Ordinateur fixe",
            DeviceKind.HOTSPOT: "Clé ou routeur 4G",
            DeviceKind.HEADSET: "Casque",
            DeviceKind.PROJECTOR: "Vidéoprojecteur",
            DeviceKind.INTERACTIVE_SCREEN: "Écran ou tableau interactif",
            DeviceKind.VISUALISER: "Visualiseur",
            DeviceKind.PRINTER: "Imprimante",
            DeviceKind.OTHER: "Autre matériel",
        }[self]


class OwnerKind(StrEnum):
    """Whose property a device is; the value is kept in the dossier."""

    AUTHORITY = "authority"
    STATE = "state"
    ASSOCIATION = "association"
    SCHOOL = "school"

    @property
    def label(self) -> str:
        """The French name."""
        return {
            OwnerKind.AUTHORITY: "Collectivité",
            OwnerKind.STATE: "État",
            OwnerKind.ASSOCIATION: "Association",
            OwnerKind.SCHOOL: "Établissement scolaire",
        }[self]


class Acquisition(StrEnum):
    """How a device came to the school; the value is kept in the dossier."""

    BOUGHT = "bought"
    DONATED = "donated"
    PROVIDED = "provided"

    @property
    def label(self) -> str:
        """The French name."""
        return {
            Acquisition.BOUGHT: "Achat",
            Acquisition.DONATED: "Don",
            Acquisition.PROVIDED: "Mise à disposition",
        }[self]


class Retirement(StrEnum):
    """What became of a device that left the stock; the value is kept in the dossier."""

    GIVEN_BACK = "given_back"
    DONATED = "donated"
    RECYCLED = "recycled"

    @property
    def label(self) -> str:
        """The French name."""
        return {
            Retirement.GIVEN_BACK: "Rendu à son propriétaire",
            Retirement.DONATED: "Donné",
            Retirement.RECYCLED: "Recyclé",
        }[self]


class BorrowerKind(StrEnum):
    """Who may borrow; the value is kept in the dossier."""

    PUPIL = "pupil"
    STAFF = "staff"

    @property
    def label(self) -> str:
        """The French name."""
        return {BorrowerKind.PUPIL: "Élève", BorrowerKind.STAFF: "Personnel"}[self]


class Condition(StrEnum):
    """How worn a device is; the value is kept in the dossier."""

    NEW = "new"
    GOOD = "good"
    WORN = "worn"
    BROKEN = "broken"

    @property
    def label(self) -> str:
        """The French name."""
        return {
            Condition.NEW: "Neuf",
            Condition.GOOD: "Bon état",
            Condition.WORN: "Usé mais utilisable",
            Condition.BROKEN: "En panne ou cassé",
        }[self]


class DeviceState(StrEnum):
    """Where a device stands; all but ``LENT``, which its open loan says, are kept as such."""

    AVAILABLE = "available"
    RESERVED = "reserved"
    LENT = "lent"
    IN_REPAIR = "in_repair"
    LOST = "lost"
    STOLEN = "stolen"
    RETIRED = "retired"

    @property
    def label(self) -> str:
        """The French name."""
        return {
            DeviceState.AVAILABLE: "Disponible",
            DeviceState.RESERVED: "Réservé",
            DeviceState.LENT: "Prêté",
            DeviceState.IN_REPAIR: "En panne",
            DeviceState.LOST: "Perdu",
            DeviceState.STOLEN: "Volé",
            DeviceState.RETIRED: "Sorti du parc",
        }[self]

    @property
    def tone(self) -> Tone:
        """How it is coloured."""
        tones: dict[DeviceState, Tone] = {
            DeviceState.AVAILABLE: "good",
            DeviceState.RESERVED: "brand",
            DeviceState.LENT: "brand",
            DeviceState.IN_REPAIR: "attention",
            DeviceState.LOST: "bad",
            DeviceState.STOLEN: "bad",
            DeviceState.RETIRED: "neutral",
        }
        return tones[self]


class LoanState(StrEnum):
    """How a loan stands or ended; the value is kept in the dossier."""

    OPEN = "open"
    RETURNED = "returned"
    EXCHANGED = "exchanged"
    LOST = "lost"
    STOLEN = "stolen"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        """The French name."""
        return {
            LoanState.OPEN: "En cours",
            LoanState.RETURNED: "Rendu",
            LoanState.EXCHANGED: "Échangé",
            LoanState.LOST: "Perdu",
            LoanState.STOLEN: "Volé",
            LoanState.CANCELLED: "Annulé",
        }[self]


class Standing(StrEnum):
    """How soon an open loan needs attention; ``ENDED`` when it is not open any more."""

    LATE = "late"
    THIS_WEEK = "this_week"
    CURRENT = "current"
    ENDED = "ended"

    @property
    def tone(self) -> Tone:
        """How it is coloured."""
        tones: dict[Standing, Tone] = {
            Standing.LATE: "bad",
            Standing.THIS_WEEK: "attention",
            Standing.CURRENT: "good",
            Standing.ENDED: "neutral",
        }
        return tones[self]


class IncidentKind(StrEnum):
    """What befell a device; the value is kept in the dossier."""

    BREAKAGE = "breakage"
    LOSS = "loss"
    THEFT = "theft"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The French name."""
        return {
            IncidentKind.BREAKAGE: "Casse ou panne",
            IncidentKind.LOSS: "Perte",
            IncidentKind.THEFT: "Vol",
            IncidentKind.OTHER: "Autre",
        }[self]


class IncidentOutcome(StrEnum):
    """How an incident ended; the value is kept in the dossier."""

    REPAIRED = "repaired"
    REPLACED = "replaced"
    FOUND = "found"
    RETIRED = "retired"
    UNRECOVERED = "unrecovered"
    NOTHING = "nothing"

    @property
    def label(self) -> str:
        """The French name."""
        return {
            IncidentOutcome.REPAIRED: "Réparé",
            IncidentOutcome.REPLACED: "Remplacé par un autre appareil",
            IncidentOutcome.FOUND: "Retrouvé",
            IncidentOutcome.RETIRED: "Sorti du parc",
            IncidentOutcome.UNRECOVERED: "Jamais retrouvé",
            IncidentOutcome.NOTHING: "Sans suite",
        }[self]
