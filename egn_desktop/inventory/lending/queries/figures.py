# SPDX-License-Identifier: GPL-3.0-or-later
"""What the inventory knows of the school's equipment, for who asks about it question by question.

What it holds nothing of, it does not speak of: a school may list its laptops and not its headsets.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Row, and_, func, select

from egn_desktop import french
from egn_desktop.collation import fold
from egn_desktop.dossier import Dossier
from egn_desktop.inventory.register import retention
from egn_desktop.inventory.register.limits import retention_limits
from egn_desktop.inventory.register.model import Device, DeviceAccessory, Loan, Pupil, PupilNeed
from egn_desktop.inventory.register.rules import plan_ended
from egn_desktop.inventory.register.terms import Condition, DeviceKind, DeviceState, LoanState
from egn_desktop.inventory.stock.queries.devices import GONE
from egn_desktop.school.queries import Identity, identity
from egn_desktop.school.rules import Level

INVENTORY, NEEDS = "inventory", "needs"
RECENT_YEARS = 5
COMPUTERS = (DeviceKind.LAPTOP, DeviceKind.TABLET, DeviceKind.DESKTOP)
PORTABLE = (DeviceKind.LAPTOP, DeviceKind.TABLET)
PROJECTING = (DeviceKind.PROJECTOR, DeviceKind.INTERACTIVE_SCREEN)
NO_DEVICE = frozenset({"no-device", "only-smartphone"})
SPECIAL_NEED = "special-need"
HEADSETS = ("casque", "ecouteur")


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that the inventory knows.

    Attributes:
        part: how many; None when it is no count.
        whole: out of how many; None when the inventory does not say.
        answer: a whole answer in words, where two counts would not be one.
        source: ``INVENTORY`` or ``NEEDS``.
        words: what was counted, and what the inventory does not say: one French sentence.
    """

    words: str
    part: int | None = None
    whole: int | None = None
    answer: str = ""
    source: str = INVENTORY


@dataclass(frozen=True, slots=True)
class _One:
    """One device that the school has."""

    kind: DeviceKind
    works: bool
    lent: bool
    acquired_on: date | None
    refurbished: bool
    data_until: date | None


def facts(dossier: Dossier) -> Mapping[str, Fact]:
    """Return what the inventory knows, by the id that content files call it by."""
    # Lots bought together come as one row: a lycée has two thousand devices.
    is_lent = Loan.id.is_not(None)
    wanted = (
        select(
            Device.kind,
            Device.state,
            Device.condition,
            Device.acquired_on,
            Device.refurbished,
            Device.data_until,
            is_lent.label("lent"),
            func.count().label("how_many"),
        )
        .outerjoin(Loan, and_(Loan.device_id == Device.id, Loan.state == LoanState.OPEN))
        .where(Device.deleted_at.is_(None), Device.state.not_in(GONE))
        .group_by(
            *(Device.kind, Device.state, Device.condition, Device.acquired_on),
            *(Device.refurbished, Device.data_until, is_lent),
        )
    )
    every = [device for row in dossier.rows(wanted) for device in [_one(row)] * row.how_many]
    found = _of_needs(dossier, len(_working(every, PORTABLE)))
    if every:
        found = _of_devices(dossier, every) | found
    return {name: fact for name, fact in found.items() if fact is not None}


def _of_devices(dossier: Dossier, every: list[_One]) -> dict[str, Fact | None]:
    computers = [device for device in every if device.kind in COMPUTERS]
    return {
        "pupil_devices": _pupil_devices(computers),
        "mobile_pack": _mobile_pack(_working(every, PORTABLE), identity(dossier)),
        "recent_devices": _recent(computers, dossier.today()),
        "loan_stock": _loan_stock(every),
        "headsets": _headsets(dossier, every, computers),
        "hotspots": _hotspots(every, dossier.today()),
        "projection": _projection(every),
        "visualisers": _visualisers(every),
        "broken_devices": _broken(every),
        "reused_devices": _reused(every),
        "last_listed": _last_listed(dossier),
    }


def _of_needs(dossier: Dossier, lendable: int) -> dict[str, Fact | None]:
    """Return what the questionnaires on needs say of the whole school: numbers, no names."""
    years = next(row.years for row in retention_limits(dossier) if row.limit.id == retention.NEEDS)
    # The answers alone, counted: a list of needs with its priorities is made for people to read.
    noted = dossier.rows(
        select(PupilNeed.answers, func.count().label("pupils"))
        .join(Pupil, Pupil.id == PupilNeed.pupil_id)
        .where(
            Pupil.deleted_at.is_(None),
            Pupil.left_on.is_(None),
            PupilNeed.noted_on >= retention.due_before(dossier.today(), years),
        )
        .group_by(PupilNeed.answers)
    )
    if not noted:
        return {}
    every = (
        select(func.count().label("pupils"))
        .select_from(Pupil)
        .where(Pupil.deleted_at.is_(None), Pupil.left_on.is_(None))
    )
    surveyed = sum(row.pupils for row in noted)
    adapted = sum(row.pupils for row in noted if SPECIAL_NEED in row.answers.split())
    who = french.count(adapted, "élève")
    words = f"{who} avec un matériel adapté notifié."
    filled = "Questionnaires remplis cette année."
    # With one questionnaire missing, who lacks a device is not known.
    complete = surveyed >= dossier.rows(every)[0].pupils
    without = sum(row.pupils for row in noted if NO_DEVICE.intersection(row.answers.split()))
    return {
        "surveyed_pupils": Fact(filled, part=surveyed, source=NEEDS),
        "adapted_equipment": Fact(words, source=NEEDS) if adapted else None,
    } | ({"loan_stock": _stock_for(lendable, without)} if complete else {})


def _stock_for(lendable: int, without: int) -> Fact:
    if not without:
        words = "Aucun élève sans ordinateur ni tablette à la maison."
        return Fact(words, answer="sans objet", source=NEEDS)
    pupils = french.count(without, "élève")
    return Fact(
        "Portables et tablettes en état de marche, prêtés compris ; "
        f"{pupils} sans ordinateur ni tablette, d’après les questionnaires sur les besoins. "
        "L’inventaire ne dit pas lesquels peuvent sortir.",
        part=lendable,
        whole=without,
    )


def _one(row: Row[Any]) -> _One:
    broken = row.condition == Condition.BROKEN or row.state == DeviceState.IN_REPAIR
    return _One(
        kind=DeviceKind(row.kind),
        works=not broken,
        lent=bool(row.lent),
        acquired_on=row.acquired_on,
        refurbished=row.refurbished,
        data_until=row.data_until,
    )


def _working(every: Iterable[_One], kinds: tuple[DeviceKind, ...]) -> list[_One]:
    return [device for device in every if device.works and device.kind in kinds]


def _lent_words(found: list[_One]) -> str:
    lent = sum(device.lent for device in found)
    return f", dont {french.count(lent, 'prêté')} en ce moment" if lent else ""


def _pupil_devices(computers: list[_One]) -> Fact | None:
    working = [computer for computer in computers if computer.works]
    if not computers:
        return None
    words = french.count(len(working), "ordinateur ou tablette", "ordinateurs et tablettes")
    return Fact(
        f"{words} en état de marche{_lent_words(working)}. "
        "L’inventaire ne dit pas lesquels servent aux enseignants.",
        part=len(working),
    )


def _mobile_pack(portable: list[_One], school: Identity) -> Fact | None:
    if not portable:
        return None
    words = french.count(len(portable), "portable ou tablette", "portables et tablettes")
    words = f"{words} en état de marche{_lent_words(portable)}"
    level = next((level for level in school.levels if level.level is Level.ELEMENTAIRE), None)
    if level is None or not level.pupils or not level.classes:
        return Fact(f"{words}.")
    size = -(-level.pupils // level.classes)
    words += f", pour une classe élémentaire de {french.count(size, 'élève')} en moyenne."
    there = sum(not device.lent for device in portable)
    if there >= size:
        return Fact(words, answer="oui")
    # Enough once what is lent is back: only the head knows whether that makes a mobile pack.
    return Fact(words, answer="" if len(portable) >= size else "en partie")


def _recent(computers: list[_One], today: date) -> Fact | None:
    dated = [computer.acquired_on for computer in computers if computer.acquired_on]
    if not dated:
        return None
    # Not on a 29 February, which five years before did not have.
    limit = (today - timedelta(days=today.day == 29 and today.month == 2)).replace(
        year=today.year - RECENT_YEARS
    )
    words = "Ordinateurs et tablettes, d’après leur date d’achat"
    undated = len(computers) - len(dated)
    if undated:
        words += f" ; non comptés, faute de date : {french.count(undated, 'appareil')}"
    return Fact(f"{words}.", part=sum(day > limit for day in dated), whole=len(dated))


def _loan_stock(every: list[_One]) -> Fact | None:
    portable = _working(every, PORTABLE)
    if not portable:
        return None
    words = french.count(len(portable), "portable ou tablette", "portables et tablettes")
    return Fact(
        f"{words} en état de marche{_lent_words(portable)}. "
        "L’inventaire ne dit ni lesquels peuvent sortir, ni quels élèves en manquent.",
        part=len(portable),
    )


def _headsets(dossier: Dossier, every: list[_One], computers: list[_One]) -> Fact | None:
    wanted = (
        select(DeviceAccessory.name, func.count().label("how_many"))
        .join(Device, Device.id == DeviceAccessory.device_id)
        .where(
            Device.deleted_at.is_(None),
            Device.state.not_in(GONE),
            DeviceAccessory.present.is_(True),
        )
        .group_by(DeviceAccessory.name)
    )
    beside = sum(
        row.how_many
        for row in dossier.rows(wanted)
        if any(word in fold(row.name) for word in HEADSETS)
    )
    alone = len(_working(every, (DeviceKind.HEADSET,)))
    if not computers or not alone + beside:
        return None
    words = "Casques inventoriés, y compris parmi les accessoires, sur ordinateurs et tablettes."
    return Fact(words, part=alone + beside, whole=len(computers))


def _hotspots(every: list[_One], today: date) -> Fact | None:
    found = [device for device in every if device.kind is DeviceKind.HOTSPOT]
    valid = [device for device in found if not plan_ended(device.kind, device.data_until, today)]
    ended = len(found) - len(valid)
    connecting = [device for device in valid if device.works]
    words = f"Clés et routeurs 4G en état de marche{_lent_words(connecting)}"
    if ended:
        words += f" ; non comptés, forfait fini : {french.number(ended, 0)}"
    return Fact(f"{words}.", part=len(connecting)) if found else None


def _projection(every: list[_One]) -> Fact | None:
    if not any(device.kind in PROJECTING for device in every):
        return None
    projectors = len(_working(every, (DeviceKind.PROJECTOR,)))
    screens = len(_working(every, (DeviceKind.INTERACTIVE_SCREEN,)))
    return Fact(
        f"{french.count(projectors, 'vidéoprojecteur')} et "
        f"{french.count(screens, 'écran ou tableau interactif', 'écrans ou tableaux interactifs')} "
        "en état de marche, un par salle. L’inventaire ne dit pas lesquels sont fixes.",
        part=projectors + screens,
    )


def _visualisers(every: list[_One]) -> Fact | None:
    found = [device for device in every if device.kind is DeviceKind.VISUALISER]
    working = sum(device.works for device in found)
    return Fact("Visualiseurs en état de marche.", part=working) if found else None


def _broken(every: list[_One]) -> Fact:
    words = "Appareils en panne parmi tous ceux de l’inventaire."
    return Fact(words, part=sum(not device.works for device in every), whole=len(every))


def _reused(every: list[_One]) -> Fact:
    words = "Appareils notés reconditionnés parmi tous ceux de l’inventaire."
    return Fact(words, part=sum(device.refurbished for device in every), whole=len(every))


def _last_listed(dossier: Dossier) -> Fact | None:
    wanted = select(func.max(Device.created_at).label("at")).where(Device.deleted_at.is_(None))
    row = next(iter(dossier.rows(wanted)), None)
    if row is None or row.at is None:
        return None
    day = french.short_date(row.at.date())
    return Fact(
        f"Le dernier appareil a été inscrit le {day} ; un passage dans les salles ne s’y lit pas."
    )
