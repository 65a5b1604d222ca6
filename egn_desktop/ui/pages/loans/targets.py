# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the loans page leads: each target says what is to be opened, and of whom or what.

``opening`` has the table from a target to the panel that it opens.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from egn_desktop.inventory.register.terms import BorrowerKind
from egn_desktop.inventory.stock.queries.devices import DeviceRow


class Target:
    """What the signal ``go`` carries."""


@dataclass(frozen=True, slots=True)
class Away(Target):
    """Nowhere: the panel closes, and the search field awaits the next scan."""


@dataclass(frozen=True, slots=True)
class Lend(Target):
    """A loan to be made, of this device or to this person where that is known."""

    device_id: int | None = None
    borrower_id: int | None = None


@dataclass(frozen=True, slots=True)
class LendTogether(Target):
    """Many loans at once: for the waiting list, or a class."""


@dataclass(frozen=True, slots=True)
class LentTogether(Target):
    """What is printed and signed once many devices were lent."""

    count: int


@dataclass(frozen=True, slots=True)
class Loan(Target):
    """A loan, to be returned if it is open.

    Attributes:
        just_lent: its agreement comes first.
        scanned: Enter notes its return, the next scan opens another.
    """

    id: int
    just_lent: bool = False
    scanned: bool = False


@dataclass(frozen=True, slots=True)
class Exchange(Target):
    """Another device in place of the one that a loan is of."""

    loan_id: int


@dataclass(frozen=True, slots=True)
class Remind(Target):
    """The family of a late loan, or the member of staff."""

    loan_id: int


@dataclass(frozen=True, slots=True)
class RemindAll(Target):
    """Everybody who is late."""


@dataclass(frozen=True, slots=True)
class Borrower(Target):
    """A pupil or somebody of the staff; a new one without an id."""

    kind: BorrowerKind
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Device(Target):
    """A device; a new one without an id."""

    id: int | None = None


@dataclass(frozen=True, slots=True)
class Incident(Target):
    """An incident that was noted."""

    id: int


@dataclass(frozen=True, slots=True)
class NoteIncident(Target):
    """An incident of a device that is to be noted."""

    device_id: int


@dataclass(frozen=True, slots=True)
class ToWipe(Target):
    """The devices that came back and are not wiped yet."""


@dataclass(frozen=True, slots=True)
class PrintLabels(Target):
    """Labels for some devices; for all where none is named."""

    chosen: Sequence[DeviceRow] = ()


@dataclass(frozen=True, slots=True)
class PrintRegister(Target):
    """The register of some days, by class or otherwise."""


@dataclass(frozen=True, slots=True)
class Import(Target):
    """A list of this kind, to be imported."""

    kind: str


@dataclass(frozen=True, slots=True)
class HandOver(Target):
    """A day's hand-over, person by person."""

    day: date


@dataclass(frozen=True, slots=True)
class Sign(Target):
    """A paper to be signed for some loans of one person, and what else that person was given.

    Attributes:
        day: the hand-over that it is part of, which goes on with the next person.
    """

    document_id: str
    loan_ids: Sequence[int]
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Signed(Target):
    """A paper that was just signed, in the hand-over of a day or by itself."""

    paper_id: int
    day: date | None = None
