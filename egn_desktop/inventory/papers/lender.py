# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may lend a device: its owner, whom the school acts for; and what its accord still lacks.

A public école has no legal personality, and its head's signature binds nobody else (content id
``caa-15ve02279``). An establishment has one, and signs with its council's authorisation (content
id ``code-education-r421-20``).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from egn_desktop import french
from egn_desktop.collation import fold
from egn_desktop.inventory.register.terms import OwnerKind
from egn_desktop.school.who import EquipmentOwner
from egn_desktop.school.words import Owner

if TYPE_CHECKING:
    from datetime import date

    from egn_desktop.school.queries import Identity

_OTHERS: Final[dict[OwnerKind | None, Owner]] = {
    OwnerKind.STATE: Owner.ETAT,
    OwnerKind.ASSOCIATION: Owner.ASSOCIATION,
}


@dataclass(frozen=True, slots=True)
class Lender:
    """Who lends.

    Attributes:
        owner: as the identity knows it, else as the device names it.
        is_school: the school lends what is its own, and signs for itself.
    """

    owner: EquipmentOwner
    is_school: bool = False

    @property
    def name(self) -> str:
        """What it is called; its kind where it has no name yet."""
        return self.owner.name or self.owner.kind.the

    @property
    def has_agreed(self) -> bool:
        """Tell whether its accord to the loans is noted, or needs none."""
        return self.is_school or self.owner.accord_on is not None

    @property
    def presented(self) -> str:
        """Its name, and who represents it: "Commune de Vorey, représentée par Mme Roux, maire"."""
        if not self.owner.representative:
            return french.capital(self.name)
        represented = "représentée" if self.owner.kind.is_feminine else "représenté"
        return f"{french.capital(self.name)}, {represented} par {self.owner.representative}"

    @property
    def accord(self) -> str:
        """Its accord: "Accord du 12/09/2026 (délibération 45)"; empty while none is noted."""
        if self.owner.accord_on is None:
            return ""
        return f"Accord du {dated(self.owner.accord_on, self.owner.accord_reference)}"


def lenders(
    school: "Identity", owned: Iterable[tuple[str, OwnerKind | None]]
) -> tuple[Lender, ...]:
    """Return who lends these devices, each lender once.

    Args:
        school: who lends in the owner's name.
        owned: of each device, the name of its owner and the kind of it, as the inventory says.
    """
    return tuple(dict.fromkeys(_lender(school, name, kind) for name, kind in owned))


def council_accord(school: "Identity") -> str:
    """Return which council let the head sign, and when; with dots for a day that is not noted."""
    day = school.council_accord_on
    when = dated(day, school.council_accord_reference) if day else "…………………"
    return f"le conseil d’administration du {when}"


def lacking(school: "Identity", lent_by: Iterable[Lender]) -> tuple[str, ...]:
    """Return the accords that are not noted and without which an agreement binds nobody."""
    found = [
        f"l’accord {french.of(lender.name) if lender.owner.name else lender.owner.kind.of}"
        for lender in lent_by
        if not lender.has_agreed
    ]
    if school.is_eple and school.council_accord_on is None:
        found.append("l’autorisation du conseil d’administration")
    return tuple(found)


def dated(day: "date", reference: str) -> str:
    """Return a day, with the reference of what was decided then."""
    return french.long_date(day) + (f" ({reference})" if reference else "")


def _lender(school: "Identity", name: str, kind: OwnerKind | None) -> Lender:
    if name:
        known = (owner for owner in school.owners if fold(owner.name) == fold(name))
        if found := next(known, None):
            return _of(school, found)
    if kind is OwnerKind.SCHOOL and school.is_eple:
        return Lender(EquipmentOwner(Owner.ETABLISSEMENT, school.name, school.head), is_school=True)
    if other := _OTHERS.get(kind):
        same = [owner for owner in school.owners if owner.kind is other]
        alone = same[0] if len(same) == 1 and not name else None
        return Lender(alone or EquipmentOwner(other, name))
    # A collectivité, an école's own things, or nothing said: the school's first owner, whom a name
    # that the identity does not know is taken for only while it has none itself.
    first = school.owners[0] if school.owners else EquipmentOwner(school.usual_owner)
    if not name or (kind is OwnerKind.SCHOOL and "ecole" in fold(name)):
        return _of(school, first)
    # Not the école itself, then its cooperative, which is an association's.
    kept = Owner.ASSOCIATION if kind is OwnerKind.SCHOOL else first.kind
    return Lender(EquipmentOwner(kept, name))


def _of(school: "Identity", owner: EquipmentOwner) -> Lender:
    return Lender(owner, is_school=owner.kind is Owner.ETABLISSEMENT and not school.is_first_degree)
