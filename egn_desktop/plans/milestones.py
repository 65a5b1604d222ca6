# SPDX-License-Identifier: GPL-3.0-or-later
"""What becomes of a version of the plan once it is settled, and what each school calls that.

In a public école nobody "adopts" a continuity plan: its council gives an opinion on safety (content
id ``code-education-d411-2``), and the DUERP that the plan is annexed to is the IA-DASEN's
(``guide-duerp-ecoles``). A private school's council is heard too. In a public establishment the
conseil d'administration decides. Whatever happens afterwards is a dated fact that somebody noted.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from egn_desktop import french
from egn_desktop.school.words import SchoolKind, Services


class MilestoneKind(StrEnum):
    """What may be noted of a version, in the order in which it mostly happens."""

    PRESENTED = "presented"
    TEAM = "team"
    SENT = "sent"
    INFORMED = "informed"
    ANNEXED = "annexed"

    @property
    def label(self) -> str:
        """The French name, as a heading."""
        return {
            MilestoneKind.PRESENTED: "Présentation pour avis",
            MilestoneKind.TEAM: "Présentation à l’équipe",
            MilestoneKind.SENT: "Transmission",
            MilestoneKind.INFORMED: "Information des représentants du personnel",
            MilestoneKind.ANNEXED: "Annexion au DUERP",
        }[self]

    @property
    def done(self) -> str:
        """The French participle: "Transmise"."""
        return {
            MilestoneKind.PRESENTED: "Présentée pour avis",
            MilestoneKind.TEAM: "Présentée à l’équipe",
            MilestoneKind.SENT: "Transmise",
            MilestoneKind.INFORMED: "Portée à connaissance",
            MilestoneKind.ANNEXED: "Annexée au DUERP",
        }[self]

    @property
    def blank(self) -> str:
        """The French words before a line that is filled in by hand, of the plan."""
        return {
            MilestoneKind.PRESENTED: "Présenté pour avis",
            MilestoneKind.TEAM: "Présenté à l’équipe",
            MilestoneKind.SENT: "Transmis",
            MilestoneKind.INFORMED: "Porté à connaissance des représentants du personnel",
            MilestoneKind.ANNEXED: "Annexé au DUERP",
        }[self]

    def usual_body(self, school: SchoolKind, risk_register_owner: str = "") -> str:
        """Return who it mostly is, in French: a proposal to keep or to replace."""
        if self is MilestoneKind.ANNEXED and risk_register_owner:
            return risk_register_owner
        if school.is_private:
            usual = _PRIVATE
        elif school.services is not Services.ACADEMIE:
            usual = _OVERSEAS
        else:
            usual = _FIRST_DEGREE if school.is_first_degree else _SECOND_DEGREE
        return usual.get(self, "").format(council=council_of(school), **school.words)


_FIRST_DEGREE: Final = {
    MilestoneKind.PRESENTED: "{council}",
    MilestoneKind.TEAM: "conseil des maîtres",
    MilestoneKind.SENT: "IEN et assistant de prévention",
    MilestoneKind.INFORMED: "formation spécialisée (F3SCT) du département",
    MilestoneKind.ANNEXED: "IA-DASEN",
}
_SECOND_DEGREE: Final = {
    MilestoneKind.PRESENTED: "commission d’hygiène et de sécurité",
    MilestoneKind.TEAM: "équipe de l’établissement",
    MilestoneKind.SENT: "DSDEN et collectivité de rattachement",
    MilestoneKind.INFORMED: "formation spécialisée (F3SCT) de l’académie",
    MilestoneKind.ANNEXED: "Chef d’établissement",
}
# A private school's DUERP is its employer's, and its staff is heard by the employer's committee.
_PRIVATE: Final = {
    MilestoneKind.PRESENTED: "{council}",
    MilestoneKind.TEAM: "équipe de {the_school}",
    MilestoneKind.SENT: "organisme de gestion",
    MilestoneKind.INFORMED: "comité social et économique (CSE)",
    MilestoneKind.ANNEXED: "organisme de gestion",
}
# Who keeps a DUERP overseas we have not read: nobody is proposed.
_OVERSEAS: Final = {
    MilestoneKind.PRESENTED: "{council}",
    MilestoneKind.TEAM: "équipe de {the_school}",
    MilestoneKind.SENT: "{local_services}",
}


@dataclass(frozen=True, slots=True)
class MilestoneRow:
    """One fact that was noted of a version."""

    id: int
    version: int
    kind: MilestoneKind
    done_on: date
    body: str

    @property
    def text(self) -> str:
        """The fact in French: "Annexée au DUERP le 12/09/2026 (IA-DASEN)"."""
        return f"{self.kind.done} le {french.short_date(self.done_on)} ({self.body})"


@dataclass(frozen=True, slots=True)
class SettlingWords:
    """How a school speaks of the version that is frozen.

    Attributes:
        verb: the act, capitalised: what a button says.
        done: its feminine participle, as it agrees with "version".
        masculine: the same, as it agrees with "plan".
        before: what stands before the date of what is still lacking.
        body_label: who gives an opinion, or decides.
        usual_body: the council that it mostly is.
        advises: that council gives an opinion only.
    """

    verb: str
    done: str
    masculine: str
    before: str
    body_label: str
    usual_body: str
    advises: bool

    def told(self, day: date | None, body: str) -> str:
        """Return the fact in French, to follow "Version 2"."""
        settled = f"{self.done} le {french.short_date(day)}"
        if not body:
            return settled
        council = f"avis{french.NARROW_SPACE}: {body}" if self.advises else body
        return f"{settled} ({council})"


def council_of(school: SchoolKind) -> str:
    """Return the council of a school, without its article."""
    return school.words["the_council"].removeprefix("le ")


def settling_words(school: SchoolKind) -> SettlingWords:
    """Return the words of a school."""
    if school.is_first_degree or school.is_private:
        return SettlingWords(
            verb="Arrêter",
            done="arrêtée",
            masculine="arrêté",
            before="avant d’arrêter la version",
            body_label="Instance qui a donné son avis",
            usual_body=council_of(school),
            advises=True,
        )
    return SettlingWords(
        verb="Adopter",
        done="adoptée",
        masculine="adopté",
        before="avant l’adoption",
        body_label="Instance qui adopte",
        usual_body=council_of(school),
        advises=False,
    )
