# SPDX-License-Identifier: GPL-3.0-or-later
"""The wiping checklist: what is to be done of a device between two borrowers."""

from collections.abc import Collection
from functools import cache

from egn_desktop import content
from egn_desktop.inventory.register.terms import DeviceKind


class WipingStep(content.Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One step, for the kinds of device that it concerns."""

    title: str
    help: str = ""
    kinds: tuple[DeviceKind, ...]


@cache
def steps() -> content.Catalogue[WipingStep]:
    """Return all steps in the order in which they are done."""
    return content.load("loans/wiping.toml", WipingStep)


def steps_for(kind: DeviceKind) -> tuple[WipingStep, ...]:
    """Return the steps that concern a kind of device; none for what keeps no data."""
    return tuple(step for step in steps() if kind in step.kinds)


def steps_left(kind: DeviceKind, done: Collection[str] | None) -> tuple[WipingStep, ...]:
    """Return the steps still to do; none while the device is not back (``done`` is None)."""
    if done is None:
        return ()
    return tuple(step for step in steps_for(kind) if step.id not in done)
