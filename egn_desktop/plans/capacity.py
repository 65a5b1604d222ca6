# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether a scenario can be held: pupils to serve against devices, connections, paper packs.

A device serves one pupil: it is either held by one or given to one class, never both.
What nobody has said is unknown, and stays so: no need is ever guessed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from egn_desktop import french
from egn_desktop.plans.catalogue import Tone


class Means(StrEnum):
    """What a piece of equipment gives a pupil."""

    DEVICE = "device"
    CONNECTION = "connection"


@dataclass(frozen=True, slots=True)
class Equipment:
    """One piece that can serve; ``pupil`` already has it on loan, in ``school_class``."""

    id: int
    means: Means
    pupil: int | None = None
    school_class: str = ""


@dataclass(frozen=True, slots=True)
class ClassNeeds:
    """What one class needs; None where nobody has said.

    Attributes:
        without_device: pupils with none of their own at home, those who have a loan included.
        packs: paper packs that are ready.
    """

    name: str
    school_class: str = ""
    pupils: int | None = None
    without_device: int | None = None
    without_connection: int | None = None
    packs: int | None = None


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What still works: the school's stock can be fetched, families have power and network."""

    stock: bool = True
    network: bool = True

    @property
    def text(self) -> str:
        """What is assumed, in French."""
        if not self.network:
            return "Sans réseau ni électricité sûrs : seul le papier compte."
        if not self.stock:
            return "Le matériel resté sur place ne compte pas : seulement ce qui est déjà prêté."
        return "Comptent le matériel déjà prêté et celui qui est disponible."


@dataclass(frozen=True, slots=True)
class Cover:
    """How one need of a class is met: ids of the pieces already held, and of those to lend."""

    needed: int | None
    held: tuple[int, ...] = ()
    given: tuple[int, ...] = ()

    @property
    def short(self) -> int | None:
        """How many pupils stay without, or None where the need is unknown."""
        if self.needed is None:
            return None
        return max(0, self.needed - len(self.held) - len(self.given))

    @property
    def text(self) -> str:
        """The need and how it is met, in French: "6, dont 2 prêtés, 3 à prêter, manque 1"."""
        if self.needed is None:
            lent = f", {french.count(len(self.held), 'prêt')}" if self.held else ""
            return f"besoin à préciser{lent}"
        if not self.needed:
            return "aucun besoin"
        met = [
            words
            for count, words in (
                (len(self.held), f"{len(self.held)} en prêt"),
                (len(self.given), f"{len(self.given)} à prêter"),
                (self.short or 0, f"manque {self.short}"),
            )
            if count
        ]
        return f"{self.needed}{french.NARROW_SPACE}: {', '.join(met)}"


@dataclass(frozen=True, slots=True)
class ClassCapacity:
    """What one class can count on; devices and connections are None without a network."""

    name: str
    pupils: int | None
    devices: Cover | None
    connections: Cover | None
    packs: int | None

    @property
    def packs_needed(self) -> int | None:
        """Paper packs for all whom nothing else reaches, at most; None where that is unknown."""
        if self.devices is None or self.connections is None:
            return self.pupils
        if self.devices.short is None or self.connections.short is None:
            return None
        without = self.devices.short + self.connections.short
        return without if self.pupils is None else min(without, self.pupils)

    @property
    def packs_short(self) -> int | None:
        """How many packs are missing; none can be where none is needed."""
        if self.packs_needed == 0:
            return 0
        if self.packs_needed is None or self.packs is None:
            return None
        return max(0, self.packs_needed - self.packs)

    @property
    def packs_text(self) -> str:
        """The packs that are ready and those that are missing, in French."""
        if self.packs_needed == 0:
            return "aucun besoin"
        ready = "à préciser" if self.packs is None else french.count(self.packs, "prête")
        if self.packs_needed is None:
            return ready if self.packs is None else f"{ready}, besoin à préciser"
        short = f", manque {self.packs_short}" if self.packs_short else ""
        return f"{self.packs_needed}{french.NARROW_SPACE}: {ready}{short}"

    @property
    def texts(self) -> tuple[str, str, str, str, str]:
        """Its line in a table: class, pupils, devices, connections, packs."""
        useless = "ne comptent pas"
        return (
            self.name,
            "à préciser" if self.pupils is None else str(self.pupils),
            self.devices.text if self.devices else useless,
            self.connections.text if self.connections else useless,
            self.packs_text,
        )

    @property
    def is_known(self) -> bool:
        """Whether all that counts here has been said."""
        return self.packs_short is not None


@dataclass(frozen=True, slots=True)
class Capacity:
    """What a whole school can count on in one scenario; shortfalls are those that are known."""

    circumstances: Circumstances
    classes: tuple[ClassCapacity, ...]

    @property
    def devices_short(self) -> int:
        """Pupils who stay without a device."""
        return sum(line.devices.short or 0 for line in self.classes if line.devices)

    @property
    def connections_short(self) -> int:
        """Pupils who stay without a connection."""
        return sum(line.connections.short or 0 for line in self.classes if line.connections)

    @property
    def packs_short(self) -> int:
        """Paper packs still to be made."""
        return sum(line.packs_short or 0 for line in self.classes)

    @property
    def unknown(self) -> tuple[str, ...]:
        """Names of the classes of which something is not known."""
        return tuple(line.name for line in self.classes if not line.is_known)

    @property
    def tone(self) -> Tone:
        """How it is shown: bad only where somebody is left with nothing at all."""
        if self.packs_short:
            return "bad"
        held = self.classes and not self.unknown
        return "good" if held and not self.devices_short + self.connections_short else "attention"

    @property
    def verdict(self) -> str:
        """The shortfall in one French sentence or two."""
        if not self.classes:
            return "Aucune classe n’est décrite\u202f: la capacité est inconnue."
        lacking = [
            french.count(count, singular, several)
            for count, singular, several in (
                (self.devices_short, "appareil", "appareils"),
                (self.connections_short, "connexion", "connexions"),
                (self.packs_short, "pochette papier", "pochettes papier"),
            )
            if count
        ]
        unknown, total = len(self.unknown), len(self.classes)
        words = f"Il manque {_listed(lacking)}." if lacking else ""
        if unknown:
            of = french.count(total, "classe", "classes")
            where = "chaque classe" if unknown == total else f"{unknown} sur {of}"
            return f"{words} Besoins ou pochettes à préciser pour {where}.".strip()
        return words or "Chaque élève a de quoi travailler."


def capacity(
    classes: Sequence[ClassNeeds], equipment: Iterable[Equipment], circumstances: Circumstances
) -> Capacity:
    """Return what each class can count on; the stock is dealt out one by one, class after class."""
    pieces = list({device.id: device for device in equipment}.values())
    if not circumstances.network:
        rows = [ClassCapacity(part.name, part.pupils, None, None, part.packs) for part in classes]
        return Capacity(circumstances, tuple(rows))
    devices = _covers(
        [(part.school_class, part.without_device) for part in classes],
        [piece for piece in pieces if piece.means is Means.DEVICE],
        stock=circumstances.stock,
    )
    connections = _covers(
        [(part.school_class, part.without_connection) for part in classes],
        [piece for piece in pieces if piece.means is Means.CONNECTION],
        stock=circumstances.stock,
    )
    return Capacity(
        circumstances,
        tuple(
            ClassCapacity(part.name, part.pupils, device, connection, part.packs)
            for part, device, connection in zip(classes, devices, connections, strict=True)
        ),
    )


def _covers(
    needs: Sequence[tuple[str, int | None]], pieces: Sequence[Equipment], *, stock: bool
) -> list[Cover]:
    held: list[tuple[int, ...]] = []
    seen: set[str] = set()
    for school_class, _ in needs:
        first_of: dict[int, int] = {}
        if school_class and school_class not in seen:
            for equipment in pieces:
                if equipment.pupil is not None and equipment.school_class == school_class:
                    first_of.setdefault(equipment.pupil, equipment.id)
        seen.add(school_class)
        held.append(tuple(first_of.values()))
    pool = [piece.id for piece in pieces if piece.pupil is None] if stock else []
    given: list[list[int]] = [[] for _ in needs]
    wanting = True
    while pool and wanting:
        wanting = False
        for at, (_, needed) in enumerate(needs):
            if pool and needed is not None and needed > len(held[at]) + len(given[at]):
                given[at].append(pool.pop(0))
                wanting = True
    return [Cover(needed, held[at], tuple(given[at])) for at, (_, needed) in enumerate(needs)]


def _listed(words: Sequence[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} et {last}" if first else last
