# SPDX-License-Identifier: GPL-3.0-or-later
"""All that is known of one borrower, as a PDF that the person, or a family, reads."""

from collections.abc import Sequence
from typing import Any

from egn_desktop import french
from egn_desktop.documents.blocks import (
    Block,
    Bullets,
    Callout,
    Column,
    Document,
    Facts,
    Heading,
    Paragraph,
    Table,
)
from egn_desktop.dossier import Dossier
from egn_desktop.fields import fields_of
from egn_desktop.inventory.lending.queries.needs import NeedRow
from egn_desktop.inventory.people.queries.pupils import PupilDetail
from egn_desktop.inventory.people.queries.staff import StaffRow
from egn_desktop.inventory.privacy.journal_words import CHANGES, changed
from egn_desktop.inventory.privacy.queries.personal import JournalLine, PersonalData, personal_data
from egn_desktop.inventory.privacy.report.blocks import (
    both_loan_blocks,
    incident_blocks,
    kept_blocks,
)
from egn_desktop.inventory.register import retention
from egn_desktop.inventory.register.limits import retention_limits
from egn_desktop.inventory.register.nouns import GuardianFields, PupilFields, StaffFields
from egn_desktop.inventory.register.terms import BorrowerKind
from egn_desktop.school.queries import identity


def personal_document(dossier: Dossier, key: str) -> Document:
    """Return all that is known of the borrower of that id."""
    data = personal_data(dossier, int(key))
    school, who = identity(dossier), data.borrowings.who
    return Document(
        title="Données personnelles",
        subtitle=" · ".join(filter(None, (who.name, who.detail))),
        school=school.footer,
        printed_on=french.long_date(dossier.today()),
        reference=f"Données au {french.short_date(dossier.today())}",
        subject="Droit d’accès, règlement (UE) 2016/679, article 15",
        author=school.head,
        blocks=(
            Callout(
                f"Voici tout ce que {school.the_school} garde dans ce logiciel sur "
                f"{_whom(who.kind)}, pour gérer le prêt de matériel. Vous pouvez demander à le "
                "corriger ou à l’effacer.",
                title="En quelques mots",
            ),
            Paragraph(
                f"Ces données sont gardées : {_terms(dossier, who.kind)}. Elles sont ensuite "
                "effacées.",
                style="muted",
            ),
            Heading("Identité"),
            Facts(_identity(data)),
            *(() if isinstance(data.person, StaffRow) else _guardians(data.person)),
            *both_loan_blocks(data.borrowings.held, data.borrowings.past),
            *incident_blocks(data.borrowings),
            *kept_blocks(data.borrowings),
            *(_need(data.need) if data.need else ()),
            *_journal(data.journal),
        ),
    )  # fmt: skip


def _whom(kind: BorrowerKind) -> str:
    return "cet élève" if kind is BorrowerKind.PUPIL else "vous"


def _terms(dossier: Dossier, kind: BorrowerKind) -> str:
    return " ; ".join(
        f"{limit.limit.title.lower()}, {retention.in_words(limit.years)}"
        for limit in retention_limits(dossier)
        if kind in limit.limit.about
    )


def _identity(data: PersonalData) -> list[tuple[str, str]]:
    found = data.person
    if isinstance(found, StaffRow):
        facts = _facts(StaffFields, found)
    else:
        left = [("Départ noté le", french.short_date(found.row.left_on))]
        facts = [*_facts(PupilFields, found.row), *(left if found.row.left_on else ())]
    return [(label, value or "non noté") for label, value in facts]


def _facts(noun: type[Any], row: object) -> list[tuple[str, str]]:
    return [(field.label, field.shown(getattr(row, field.name))) for field in fields_of(noun)]


_GUARDIAN_NAME = ("title", "last_name", "first_name")


def _guardians(found: PupilDetail) -> tuple[Block, ...]:
    heading = Heading("Représentants légaux")
    if not found.guardians:
        return heading, Paragraph("Aucun n’est noté.", style="muted")
    # Whose name comes in one cell; each other field has its column.
    others = [field for field in fields_of(GuardianFields) if field.name not in _GUARDIAN_NAME]
    widths = {"email": 1.5, "address": 1.8}
    return heading, Table(
        columns=(
            Column("Nom", 1.4),
            *(Column(other.label, widths.get(other.name, 1)) for other in others),
        ),
        rows=[
            (row.name, *(other.shown(getattr(row, other.name)) for other in others))
            for row in found.guardians
        ],
        small=True,
    )


def _need(kept: NeedRow) -> tuple[Block, ...]:
    said = [line.title for line in kept.lines] or ["Rien ne manque."]
    if kept.decided is not None:
        said.append(f"Priorité décidée : {kept.decided.label.lower()} ({kept.reason})")
    return (
        Heading("Besoins à la maison"),
        Paragraph(f"Notés le {french.short_date(kept.noted_on)} :"),
        Bullets(said),
    )


def _journal(lines: Sequence[JournalLine]) -> tuple[Block, ...]:
    if not lines:
        return ()
    return (
        Heading("Ce que le journal en dit"),
        Table(
            columns=(Column("Le", 0.8), Column("Opération", 1.2), Column("Contenu", 4)),
            rows=[
                (
                    french.short_date(line.at.date()),
                    CHANGES.get(line.what, line.what) + (", annulé" if line.is_undone else ""),
                    " ; ".join(changed(line.what, line.before, line.after)),
                )
                for line in lines
            ],
            small=True,
        ),
    )
