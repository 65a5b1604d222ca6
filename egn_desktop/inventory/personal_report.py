# SPDX-License-Identifier: GPL-3.0-or-later
"""One pupil's data, as a PDF that a family reads and as a json that a program reads."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final, cast

from egn_desktop.documents import french
from egn_desktop.documents.blocks import (
    Block,
    Bullets,
    Callout,
    Chip,
    Column,
    Document,
    Facts,
    Heading,
    Paragraph,
    Table,
)
from egn_desktop.documents.registry import Subject, offers
from egn_desktop.dossier import Dossier
from egn_desktop.inventory import needs, retention
from egn_desktop.inventory.queries.devices import DeviceRow
from egn_desktop.inventory.queries.loans import LoanDetail
from egn_desktop.inventory.queries.personal import (
    JournalLine,
    PersonalData,
    personal_data,
    persons,
)
from egn_desktop.inventory.queries.retention import retention_limits
from egn_desktop.inventory.reminders import Channel, ReminderLevel
from egn_desktop.inventory.report import TONES
from egn_desktop.inventory.terms import Condition, LoanState
from egn_desktop.school.queries import identity

FORMAT: Final = "egn-desktop/donnees-eleve"
FORMAT_VERSION: Final = 1

CHANGES: Final = {
    "pupil.added": "Élève ajouté",
    "pupil.changed": "Fiche modifiée",
    "pupil.guardian_added": "Représentant ajouté",
    "pupil.guardian_changed": "Représentant modifié",
    "pupil.guardian_removed": "Représentant retiré",
    "pupil.removed": "Retiré de la liste",
    "pupil.restored": "Remis dans la liste",
    "pupil.left": "Parti de l’école",
    "pupil.back": "Revenu à l’école",
    "need.noted": "Besoins notés",
    "need.decided": "Priorité décidée",
    "need.erased": "Besoins effacés",
    "loan.lent": "Prêt",
    "loan.returned": "Retour",
    "loan.cancelled": "Prêt annulé",
    "loan.missing": "Perte ou vol",
    "loan.reopened": "Retour annulé",
    "loan.renewed": "Prolongation",
    "loan.exchanged": "Échange",
    "loan.accessories_returned": "Accessoires rendus",
    "loan.accessories_undone": "Accessoires non rendus",
    "loan.wiped": "Effacement de l’appareil",
    "loan.reminded": "Relance",
    "loan.reminder_undone": "Relance annulée",
}
_FIELDS: Final = {
    "last_name": "nom",
    "usual_name": "nom d’usage",
    "first_name": "prénom",
    "born_on": "date de naissance",
    "ine": "INE",
    "school_class": "classe",
    "left_on": "parti le",
    "title": "civilité",
    "email": "courriel",
    "phone": "téléphone",
    "address": "adresse",
    "device_name": "appareil",
    "lent_on": "prêté le",
    "due_on": "à rendre le",
    "ended_on": "terminé le",
    "state": "issue",
    "condition_out": "état au départ",
    "condition_in": "état au retour",
    "accessories": "accessoires",
    "returned": "rendus",
    "returned_on": "rendus le",
    "missing": "manquants",
    "note": "remarque",
    "answers": "réponses",
    "decided": "priorité",
    "reason": "motif",
    "level": "niveau",
    "channel": "moyen",
    "sent_on": "envoyée le",
}


def _subjects(dossier: Dossier) -> Sequence[Subject]:
    return [
        Subject(str(one.id), ", ".join(filter(None, (one.name, one.school_class))))
        for one in persons(dossier)
    ]


@offers(
    "donnees-eleve",
    title="Données d’un élève",
    purpose="Tout ce que le dossier sait d’un élève, ce qu’il a et ce qu’il a eu : à remettre à sa "
    "famille quand elle le demande (RGPD, article 15).",
    missing="Importez la liste des élèves, ou ajoutez un élève.",
    subjects=_subjects,
)
def pupil_sheet(dossier: Dossier, key: str) -> Document:
    """Return all that is known of the pupil of that id."""
    data = personal_data(dossier, int(key))
    school, row = identity(dossier), data.pupil.row
    today = french.long_date(dossier.today())
    terms = " ; ".join(
        f"{one.limit.title.lower()}, {retention.in_words(one.years)}"
        for one in retention_limits(dossier)
    )
    return Document(
        title="Données d’un élève",
        subtitle=" · ".join(filter(None, (row.name, row.school_class))),
        school=school.footer,
        printed_on=today,
        reference=f"Données au {french.short_date(dossier.today())}",
        subject="Droit d’accès, règlement (UE) 2016/679, article 15",
        author=school.head,
        blocks=(
            Callout(
                "Voici tout ce que l’école garde dans ce logiciel sur cet élève, pour gérer le "
                "prêt de matériel. Vous pouvez demander à le corriger ou à l’effacer.",
                title="En quelques mots",
            ),
            Heading("Identité"),
            Facts(_identity(data)),
            *_guardians(data),
            Heading("Ce que l’élève a"),
            *_loans(data.held, "Aucun prêt en cours."),
            Heading("Ce que l’élève a eu"),
            *_loans(data.past, "Aucun prêt terminé."),
            *_need(data),
            *_journal(data.journal),
            Heading("Durées"),
            Paragraph(f"Ces données sont gardées : {terms}. Elles sont ensuite effacées."),
        ),
    )


def personal_json(dossier: Dossier, pupil_id: int) -> str:
    """Return all that is known of a pupil as json, for another program to read."""
    data = personal_data(dossier, pupil_id)
    row = data.pupil.row
    content = {
        "format": FORMAT,
        "version": FORMAT_VERSION,
        "fait_le": dossier.today(),
        "ecole": identity(dossier).name,
        "eleve": {
            "nom": row.last_name,
            "nom_usage": row.usual_name,
            "prenom": row.first_name,
            "ne_le": row.born_on,
            "ine": row.ine,
            "classe": row.school_class,
        },
        "responsables": [
            {
                "civilite": one.title,
                "nom": one.last_name,
                "prenom": one.first_name,
                "courriel": one.email,
                "telephone": one.phone,
                "adresse": one.address,
            }
            for one in data.pupil.guardians
        ],
        "prets": [
            {**_loan_fields(lent, item), "relances": _reminder_fields(data, lent.row.id)}
            for lent, item in data.loans
        ],
        "besoins": _need_fields(data),
        "journal": [
            {"le": one.at, "operation": one.what, "avant": one.before, "apres": one.after}
            for one in data.journal
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=2, default=_iso) + "\n"


def _iso(value: date | datetime) -> str:
    return value.isoformat()


def _loan_fields(lent: LoanDetail, item: DeviceRow) -> dict[str, Any]:
    row = lent.row
    return {
        "numero": row.id,
        "appareil": row.device_name,
        "numero_inventaire": item.asset_number,
        "numero_serie": item.serial_number,
        "classe": row.school_class,
        "prete_le": row.lent_on,
        "a_rendre_le": row.due_on,
        "termine_le": row.ended_on,
        "issue": row.state.label,
        "etat_au_depart": lent.condition_out.label,
        "etat_au_retour": lent.condition_in.label if lent.condition_in else None,
        "accessoires": [{"nom": n, "rendu": back} for n, back in lent.accessories.items()],
        "remarque_au_depart": lent.note_out,
        "remarque_au_retour": lent.note_in,
    }


def _reminder_fields(data: PersonalData, loan_id: int) -> list[dict[str, Any]]:
    return [
        {"le": one.sent_on, "niveau": one.level.label, "moyen": one.channel.label}
        for one in data.reminders[loan_id]
    ]


def _need_fields(data: PersonalData) -> dict[str, Any] | None:
    if data.need is None:
        return None
    decided = data.need.decided
    return {
        "notes_le": data.need.noted_on,
        "reponses": [one.title for one in data.need.lines],
        "points": data.need.score,
        "priorite_decidee": decided.label if decided is not None else None,
        "motif": data.need.reason,
    }


def _identity(data: PersonalData) -> list[tuple[str, str]]:
    row = data.pupil.row
    facts = (
        ("Nom", row.last_name),
        ("Nom d’usage", row.usual_name),
        ("Prénom", row.first_name),
        ("Date de naissance", french.short_date(row.born_on)),
        ("INE", row.ine),
        ("Classe", row.school_class),
    )
    return [(label, value or "non noté") for label, value in facts]


def _guardians(data: PersonalData) -> tuple[Block, ...]:
    heading = Heading("Représentants légaux")
    if not data.pupil.guardians:
        return heading, Paragraph("Aucun n’est noté.", style="muted")
    return heading, Table(
        columns=(Column("Nom", 1.4), Column("Téléphone"), Column("Courriel", 1.5),
                 Column("Adresse", 1.8)),
        rows=[(one.name, one.phone, one.email, one.address) for one in data.pupil.guardians],
        small=True,
    )  # fmt: skip


def _loans(found: Sequence[tuple[LoanDetail, DeviceRow]], none: str) -> tuple[Block, ...]:
    if not found:
        return (Paragraph(none, style="muted"),)
    return (
        Table(
            columns=(
                Column("Matériel", 1.9),
                Column("Prêté le", 0.9),
                Column("À rendre le", 0.95),
                Column("Terminé le", 0.95),
                Column("Issue", 1.2),
                Column("État, accessoires, remarques", 2.4),
            ),
            rows=[
                (
                    lent.row.device_label,
                    french.short_date(lent.row.lent_on),
                    french.short_date(lent.row.due_on),
                    french.short_date(lent.row.ended_on),
                    Chip(lent.row.state_label, TONES[lent.row.standing]),
                    _remarks(lent),
                )
                for lent, _ in found
            ],
            small=True,
        ),
    )


def _remarks(lent: LoanDetail) -> str:
    states = [lent.condition_out.label]
    if lent.condition_in:
        states.append(lent.condition_in.label.lower())
    parts = [" puis ".join(states)]
    for name, back in lent.accessories.items():
        parts.append(f"{name} (non rendu)" if back is False else name)
    return " ; ".join([", ".join(parts), *filter(None, (lent.note_out, lent.note_in))])


def _need(data: PersonalData) -> tuple[Block, ...]:
    if data.need is None:
        return ()
    kept = data.need
    said = [one.title for one in kept.lines] or ["Rien ne manque."]
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
                    french.short_date(one.at.date()),
                    CHANGES.get(one.what, one.what),
                    " ; ".join(_said(one.before, one.after)),
                )
                for one in lines
            ],
            small=True,
        ),
    )


def _said(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    found: list[str] = []
    for name, value in after.items():
        label = _FIELDS.get(name)
        old, new = _plain(name, before.get(name)), _plain(name, value)
        if label is None or not (old or new):
            continue
        found.append(f"{label} : {old} → {new or 'vide'}" if old else f"{label} : {new}")
    return found


def _plain(name: str, value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, cast("list[object]", value)))
    if value is None:
        return ""
    text = str(value)
    if name == "state":
        return LoanState(text).label.lower()
    if name in ("condition_out", "condition_in"):
        return Condition(text).label.lower()
    if name == "answers":
        known = [needs.criteria().get(one) for one in text.split()]
        return ", ".join(one.title for one in known if one)
    if name == "level":
        return ReminderLevel(text).label.lower()
    if name == "channel":
        return Channel(text).label
    if name == "decided":
        return needs.Priority(int(text)).label
    if name.endswith("_on"):
        return french.short_date(date.fromisoformat(text))
    return text
