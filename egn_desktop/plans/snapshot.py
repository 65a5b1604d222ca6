# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything a plan says at one moment: what is printed, frozen at adoption, and compared."""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum

import msgspec

from egn_desktop import french
from egn_desktop.plans.catalogue import Priority, Rating, Tone
from egn_desktop.plans.rules import ToolStatus, priority
from egn_desktop.school.rules import Level
from egn_desktop.school.words import Owner, SchoolKind, services_of, usual_owner


class _Part(msgspec.Struct, frozen=True, kw_only=True):
    """Read without refusing fields that a later version added."""


class SchoolPart(_Part, frozen=True, kw_only=True):
    """Who the school was; ``levels`` are ``school.rules.Level`` values.

    Attributes:
        owner: a ``school.words.Owner``; empty in versions adopted before it was kept.
    """

    name: str = ""
    footer: str = ""
    address: str = ""
    uai: str = ""
    phone: str = ""
    head: str = ""
    risk_register_owner: str = ""
    is_first_degree: bool = True
    is_private: bool = False
    owner: str = ""
    levels: tuple[str, ...] = ()

    @property
    def kind(self) -> SchoolKind:
        """What decides the words that the plan says of it."""
        levels = (Level(level) for level in self.levels)
        usual = usual_owner(levels, is_private=self.is_private, uai=self.uai)
        owner = Owner(self.owner) if self.owner else usual
        return SchoolKind(self.is_first_degree, self.is_private, owner, services_of(self.uai))


class SectionPart(_Part, frozen=True, kw_only=True):
    """One section's text, with the ids of the figures that flow into it."""

    id: str
    title: str
    text: str
    figures: tuple[str, ...] = ()


class ScenarioPart(_Part, frozen=True, kw_only=True):
    """One chosen scenario; ``texts`` by id of a field of ``wording.FIELDS``."""

    id: str
    title: str
    summary: str
    texts: dict[str, str]
    source: str = "egn-desktop"


class RiskPart(_Part, frozen=True, kw_only=True):
    """One line of the DUERP; ``rating`` is None until it is rated."""

    id: str
    title: str
    family: str
    work_units: str
    situations: str
    in_place: str
    to_take: str
    rating: Rating | None = None

    @property
    def priority(self) -> Priority | None:
        """What its rating asks for."""
        return priority(self.rating) if self.rating else None


class ContactPart(_Part, frozen=True, kw_only=True):
    """One person to call; ``group`` is "cell" or "partner", ``called_by`` words."""

    id: str
    group: str
    role: str
    duty: str
    name: str
    deputy: str
    phone: str
    deputy_phone: str
    checked_on: date | None = None
    called_by: str = ""


class ClassPart(_Part, frozen=True, kw_only=True):
    """How one class goes on; numbers are None where nobody has said.

    Attributes:
        id: empty until something is written of a class that the inventory knows.
        is_listed: its pupils are in the inventory, which counts them.
        without_device: as the head has said; it stands before what families have answered.
        answered: how many families have answered; so many of them have no device, no connection.
    """

    id: str = ""
    name: str = ""
    school_class: str = ""
    teacher: str = ""
    tool: str = ""
    tool_status: ToolStatus = ToolStatus.NOT_ASSESSED
    rhythm: str = ""
    rota: str = ""
    pupils: int | None = None
    is_listed: bool = False
    without_device: int | None = None
    without_connection: int | None = None
    packs: int | None = None
    answered: int = 0
    answered_no_device: int = 0
    answered_no_connection: int = 0

    @property
    def device_need(self) -> int | None:
        """Pupils without a device: as said, else as all families have answered, else unknown."""
        return self._need(self.without_device, self.answered_no_device)

    @property
    def connection_need(self) -> int | None:
        """Pupils without a connection, in the same way."""
        return self._need(self.without_connection, self.answered_no_connection)

    def _need(self, said: int | None, answered: int) -> int | None:
        if said is not None:
            return said
        all_answered = self.is_listed and self.answered == self.pupils
        return answered if all_answered else None

    @property
    def key(self) -> str:
        """What tells it from the other classes, before and after something is written of it."""
        return f"inventory:{self.school_class}" if self.school_class else self.id

    @property
    def packs_text(self) -> str:
        """Whether its paper packs are ready, in French."""
        if self.packs is None:
            return "À préciser"
        if not self.packs:
            return "Aucune prête"
        if self.pupils is not None and self.packs >= self.pupils:
            return "Prêtes pour tous"
        of = f" sur {self.pupils}" if self.pupils is not None else ""
        return f"{french.count(self.packs, 'prête')}{of}"


class CapacityPart(_Part, frozen=True, kw_only=True):
    """What a scenario's capacity check said: what it assumed, its verdict, one line per class."""

    scenario: str
    assumed: str
    verdict: str
    tone: Tone
    lines: tuple[tuple[str, ...], ...] = ()


class FigureState(StrEnum):
    """Whether a figure speaks against the plan: an answer "no", or one that nobody knows."""

    PLAIN = ""
    NO = "no"
    UNKNOWN = "unknown"


class FigurePart(_Part, frozen=True, kw_only=True):
    """One figure of the dossier, as it reads in French; ``criterion`` where the audit asks it."""

    id: str
    label: str
    value: str
    state: FigureState = FigureState.PLAIN
    criterion: str = ""


class ActionPart(_Part, frozen=True, kw_only=True):
    """One action; ``cost`` as it is written, ``id`` None where an old version held none.

    Attributes:
        risk: the id of the line of the DUERP that it answers; empty for any other.
        criterion: the id of the criterion whose gap it fills; empty for any other.
    """

    id: int | None = None
    title: str
    source: str
    responsible: str
    due_on: date | None
    state: str
    is_late: bool = False
    cost: str = ""
    risk: str = ""
    criterion: str = ""
    closed_on: date | None = None


class AttachmentPart(_Part, frozen=True, kw_only=True):
    """One PDF kept beside the plan; ``kind`` as it reads in French."""

    id: str
    title: str
    kind: str
    dated_on: date | None
    pages: int
    sha256: str


class PlanContent(_Part, frozen=True, kw_only=True):
    """A whole plan at one moment.

    Attributes:
        taken_on: the day of the figures.
        content_version: the version of the content that proposed sections and scenarios.
        actions: those that are open.
        done_measures: those that are done and answered a line of the DUERP.
    """

    taken_on: date
    content_version: str
    school: SchoolPart
    sections: tuple[SectionPart, ...] = ()
    scenarios: tuple[ScenarioPart, ...] = ()
    risks: tuple[RiskPart, ...] = ()
    contacts: tuple[ContactPart, ...] = ()
    classes: tuple[ClassPart, ...] = ()
    capacities: tuple[CapacityPart, ...] = ()
    figures: tuple[FigurePart, ...] = ()
    actions: tuple[ActionPart, ...] = ()
    done_measures: tuple[ActionPart, ...] = ()
    attachments: tuple[AttachmentPart, ...] = ()

    def figure(self, figure_id: str) -> FigurePart | None:
        """Return a figure that is known, or None."""
        return next((figure for figure in self.figures if figure.id == figure_id), None)

    def measures_of(self, risk: RiskPart) -> tuple[ActionPart, ...]:
        """Return what was decided for a line of the DUERP, what is still to be done first."""
        return tuple(
            action for action in (*self.actions, *self.done_measures) if action.risk == risk.id
        )

    def capacity(self, scenario_id: str) -> CapacityPart | None:
        """Return what the capacity check of a scenario said, or None."""
        return next(
            (capacity for capacity in self.capacities if capacity.scenario == scenario_id), None
        )


class Difference(_Part, frozen=True, kw_only=True):
    """One thing that two plans say differently.

    Attributes:
        kind: "section", "class", "scenario", "risk" or "contact".
        how: "added", "changed" or "removed".
    """

    kind: str
    id: str
    title: str
    how: str

    @property
    def text(self) -> str:
        """The difference in French: "Partie « Personnels » modifiée"."""
        names = {
            "section": ("Partie", True),
            "class": ("Classe", True),
            "scenario": ("Scénario", False),
            "risk": ("Risque", False),
            "contact": ("Contact", False),
        }
        verbs = {"added": "ajouté", "changed": "modifié", "removed": "retiré"}
        name, feminine = names[self.kind]
        return f"{name} «\u202f{self.title}\u202f» {verbs[self.how]}{'e' if feminine else ''}"


def encoded(plan: PlanContent) -> str:
    """Return a plan as JSON, to be kept with the version that was adopted."""
    return msgspec.json.encode(plan).decode()


def decoded(json: str) -> PlanContent:
    """Read a plan back from its JSON."""
    return msgspec.json.decode(json, type=PlanContent)


def differences(before: PlanContent, after: PlanContent) -> tuple[Difference, ...]:
    """Return what sections, classes, scenarios, risks and contacts say differently."""
    return (
        *_compared("section", _filled(before.sections), _filled(after.sections)),
        *_compared(
            "class",
            {
                school_class.key: (school_class.name, _uncounted(school_class))
                for school_class in before.classes
            },
            {
                school_class.key: (school_class.name, _uncounted(school_class))
                for school_class in after.classes
            },
        ),
        *_compared(
            "scenario",
            {scenario.id: (scenario.title, scenario) for scenario in before.scenarios},
            {scenario.id: (scenario.title, scenario) for scenario in after.scenarios},
        ),
        *_compared(
            "risk",
            {risk.id: (risk.title, risk) for risk in before.risks},
            {risk.id: (risk.title, risk) for risk in after.risks},
        ),
        *_compared(
            "contact",
            {
                contact.id: (contact.name or contact.role, _unchecked(contact))
                for contact in before.contacts
            },
            {
                contact.id: (contact.name or contact.role, _unchecked(contact))
                for contact in after.contacts
            },
        ),
    )


def _filled(sections: Iterable[SectionPart]) -> dict[str, tuple[str, object]]:
    return {
        section.id: (section.title, section.text.strip())
        for section in sections
        if section.text.strip()
    }


def _unchecked(contact: ContactPart) -> ContactPart:
    """Return a contact without its last check: calling a number to see changes no plan."""
    return msgspec.structs.replace(contact, checked_on=None)


def _uncounted(part: ClassPart) -> ClassPart:
    """Return a class without its numbers: figures move by themselves."""
    return msgspec.structs.replace(
        part,
        id="",
        pupils=None,
        is_listed=False,
        without_device=None,
        without_connection=None,
        packs=None,
        answered=0,
        answered_no_device=0,
        answered_no_connection=0,
    )


def _compared(
    kind: str,
    before: Mapping[str, tuple[str, object]],
    after: Mapping[str, tuple[str, object]],
) -> Iterable[Difference]:
    for key in dict.fromkeys((*after, *before)):
        if key not in before:
            yield Difference(kind=kind, id=key, title=after[key][0], how="added")
        elif key not in after:
            yield Difference(kind=kind, id=key, title=before[key][0], how="removed")
        elif before[key][1] != after[key][1]:
            yield Difference(kind=kind, id=key, title=after[key][0], how="changed")
