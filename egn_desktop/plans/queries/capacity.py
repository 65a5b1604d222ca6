# SPDX-License-Identifier: GPL-3.0-or-later
"""What a scenario can count on, from the classes' needs and from the inventory."""

from collections.abc import Iterator, Sequence

from egn_desktop.dossier import Dossier
from egn_desktop.dossier.kept import Kept
from egn_desktop.inventory.people.queries.pupils import pupils
from egn_desktop.inventory.register.rules import plan_ended
from egn_desktop.inventory.register.terms import Condition, DeviceKind, DeviceState
from egn_desktop.inventory.stock.queries.devices import devices
from egn_desktop.plans.capacity import Capacity, ClassNeeds, Equipment, Means, capacity
from egn_desktop.plans.queries.classes import classes
from egn_desktop.plans.queries.scenarios import ScenarioRow
from egn_desktop.plans.snapshot import CapacityPart

# A desktop computer serves the pupil who has it; one that stands in a classroom is not lent out.
LENDABLE = {
    DeviceKind.LAPTOP: Means.DEVICE,
    DeviceKind.TABLET: Means.DEVICE,
    DeviceKind.HOTSPOT: Means.CONNECTION,
}
HELD = LENDABLE | {DeviceKind.DESKTOP: Means.DEVICE}


def scenario_capacity(dossier: Dossier, row: ScenarioRow) -> Capacity:
    """Return the capacity check of a scenario."""
    return capacity(_needs(dossier), _equipment(dossier), row.circumstances)


def capacity_part(dossier: Dossier, row: ScenarioRow) -> CapacityPart:
    """Return the capacity check of a scenario as it is printed and frozen."""
    found = scenario_capacity(dossier, row)
    return CapacityPart(
        scenario=row.scenario.id,
        assumed=found.circumstances.text,
        verdict=found.verdict,
        tone=found.tone,
        lines=tuple(line.texts for line in found.classes),
    )


@Kept
def _needs(dossier: Dossier) -> Sequence[ClassNeeds]:
    """Return what each class needs, the same for every scenario."""
    return tuple(
        ClassNeeds(
            name=part.name,
            school_class=part.school_class,
            pupils=part.pupils,
            without_device=part.device_need,
            without_connection=part.connection_need,
            packs=part.packs,
        )
        for part in classes(dossier)
    )


@Kept
def _equipment(dossier: Dossier) -> Sequence[Equipment]:
    """Return what is lent or can be, the same for every scenario."""
    return tuple(_at_hand(dossier))


def _at_hand(dossier: Dossier) -> Iterator[Equipment]:
    class_of = {pupil.id: pupil.school_class for pupil in pupils(dossier)}
    today = dossier.today()
    for device in devices(dossier):
        if plan_ended(device.kind, device.data_until, today):
            continue
        if (
            device.state is DeviceState.LENT
            and device.borrower_id in class_of
            and device.kind in HELD
        ):
            yield Equipment(
                device.id, HELD[device.kind], device.borrower_id, class_of[device.borrower_id]
            )
        elif (
            device.state is DeviceState.AVAILABLE
            and device.condition is not Condition.BROKEN
            and device.kind in LENDABLE
        ):
            yield Equipment(device.id, LENDABLE[device.kind])
