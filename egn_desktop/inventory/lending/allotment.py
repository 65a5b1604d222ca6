# SPDX-License-Identifier: GPL-3.0-or-later
"""Who gets what when many devices are lent at once: proposed, then corrected by a human. Pure.

Nobody is passed over for somebody further down, a device goes once at most, and a reserved one goes
to nobody but who it waits for.
"""

from collections import defaultdict, deque
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from egn_desktop.errors import UserError
from egn_desktop.inventory.lending.needs import Want
from egn_desktop.inventory.register.terms import DeviceKind

Key: TypeAlias = tuple[int, Want]
"""One line: a pupil and one thing that he or she waits for."""


class Waiting(Protocol):
    """Somebody who waits, whoever keeps the list."""

    @property
    def id(self) -> int:
        """The pupil."""
        ...

    @property
    def missing(self) -> tuple[Want, ...]:
        """What he or she waits for."""
        ...


class Spare(Protocol):
    """A device that can be lent."""

    @property
    def id(self) -> int:
        """The device."""
        ...

    @property
    def kind(self) -> DeviceKind:
        """What it is."""
        ...

    @property
    def reserved_for(self) -> int | None:
        """Who it waits for, or None when anybody may have it."""
        ...


@dataclass(frozen=True, slots=True)
class Handover:
    """Who is proposed what; ``device_id`` is None when the stock is used up."""

    pupil_id: int
    want: Want
    device_id: int | None

    @property
    def key(self) -> Key:
        """The line."""
        return self.pupil_id, self.want


def propose(
    waiting: Sequence[Waiting],
    spare: Sequence[Spare],
    *,
    chosen: Mapping[Key, int] | None = None,
    left_out: Collection[Key] = (),
) -> tuple[Handover, ...]:
    """Return who gets what: what was chosen, else in the order given the best that is left.

    Args:
        chosen: what a human decided for some lines.
        left_out: the lines that get nothing.
    """
    said = chosen or {}
    stock = _Stock(spare, set(said.values()))
    found: list[Handover] = []
    for need in waiting:
        for want in need.missing:
            key = (need.id, want)
            device_id = None
            if key not in left_out:
                device_id = said[key] if key in said else stock.take(need.id, want)
            found.append(Handover(need.id, want, device_id))
    return tuple(found)


class Allotment:
    """A proposal and its corrections: leave out, choose another device, exchange two lines."""

    def __init__(self, waiting: Sequence[Waiting], spare: Sequence[Spare]) -> None:
        self._waiting = waiting
        self._spare = {device.id: device for device in spare}
        self._chosen: dict[Key, int] = {}
        self._left_out: frozenset[Key] = frozenset()
        self.lines = propose(waiting, spare)

    @property
    def pairs(self) -> list[tuple[int, int]]:
        """Pupil and device of every line that gets one."""
        return [
            (line.pupil_id, line.device_id) for line in self.lines if line.device_id is not None
        ]

    @property
    def chosen(self) -> frozenset[Key]:
        """The lines whose device a human chose."""
        return frozenset(self._chosen)

    def device_of(self, key: Key) -> int | None:
        """Return what a line gets."""
        return next((line.device_id for line in self.lines if line.key == key), None)

    def holder_of(self, device_id: int) -> Key | None:
        """Return the line that gets a device."""
        return next((line.key for line in self.lines if line.device_id == device_id), None)

    def leave_out(self, keys: Collection[Key]) -> None:
        """Let these lines, and no others, get nothing: their devices pass on."""
        self._left_out = frozenset(keys)
        self._chosen = {key: id_ for key, id_ in self._chosen.items() if key not in keys}
        self._propose()

    def choices(self, key: Key) -> list[int]:
        """Return the devices that a line could get, those that nobody gets first."""
        pupil_id, want = key
        fitting = [
            device
            for kind in want.kinds
            for device in self._spare.values()
            if device.kind is kind and device.reserved_for in (None, pupil_id)
        ]
        given = {line.device_id for line in self.lines}
        return [device.id for device in sorted(fitting, key=lambda device: device.id in given)]

    def choose(self, key: Key, device_id: int) -> None:
        """Give a line another device; the line that would get it takes this one's in exchange.

        Raises:
            UserError: the device does not answer the need, or waits for somebody else.
        """
        if device_id not in self.choices(key):
            raise UserError(
                "Cet appareil ne convient pas : il est d’un autre type, réservé ou déjà prêté.",
                kept="La proposition n’a pas changé.",
            )
        holder, before = self.holder_of(device_id), self.device_of(key)
        if holder is not None and holder != key:
            self._chosen.pop(holder, None)
            if before is not None and before in self.choices(holder):
                self._chosen[holder] = before
        self._left_out -= {key}
        self._chosen[key] = device_id
        self._propose()

    def exchange(self, left: Key, right: Key) -> None:
        """Let two lines exchange what they get.

        Raises:
            UserError: neither gets anything, or one cannot have what the other gets.
        """
        devices = self.device_of(left), self.device_of(right)
        for key, device_id in ((left, devices[1]), (right, devices[0])):
            if device_id is not None and device_id not in self.choices(key):
                raise UserError(
                    "Ces deux élèves ne peuvent pas échanger : ils n’attendent pas la même chose, "
                    "ou un appareil est réservé.",
                    kept="La proposition n’a pas changé.",
                )
        if devices == (None, None):
            raise UserError(
                "Ces deux élèves ne reçoivent rien : il n’y a rien à échanger.",
                kept="La proposition n’a pas changé.",
            )
        first, second = (left, right) if devices[0] is not None else (right, left)
        given = self.device_of(first)
        if given is not None:
            self.choose(second, given)

    def _propose(self) -> None:
        self.lines = propose(
            self._waiting,
            list(self._spare.values()),
            chosen=self._chosen,
            left_out=self._left_out,
        )


class _Stock:
    """What is left, by kind; what waits for somebody apart."""

    def __init__(self, spare: Sequence[Spare], taken: Collection[int]) -> None:
        self._free: defaultdict[DeviceKind, deque[int]] = defaultdict(deque)
        self._waits: defaultdict[tuple[int, DeviceKind], deque[int]] = defaultdict(deque)
        for device in spare:
            if device.id in taken:
                continue
            if device.reserved_for is None:
                self._free[device.kind].append(device.id)
            else:
                self._waits[device.reserved_for, device.kind].append(device.id)

    def take(self, pupil_id: int, want: Want) -> int | None:
        """Take what waits for the pupil, else the best that anybody may have."""
        queues = [self._waits.get((pupil_id, kind)) for kind in want.kinds]
        queues += [self._free.get(kind) for kind in want.kinds]
        return next((queue.popleft() for queue in queues if queue), None)
