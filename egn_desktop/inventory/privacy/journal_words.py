# SPDX-License-Identifier: GPL-3.0-or-later
"""What the journal says of borrowers and loans, in French, for whoever it is about."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final, cast

from egn_desktop import french
from egn_desktop.fields import fields_of
from egn_desktop.inventory.lending import needs
from egn_desktop.inventory.lending.reminders import Channel, ReminderLevel
from egn_desktop.inventory.register.nouns import (
    GuardianFields,
    IncidentFields,
    PupilFields,
    StaffFields,
)
from egn_desktop.inventory.register.terms import Condition, IncidentKind, IncidentOutcome, LoanState

CHANGES: Final = {
    "pupil.added": "Élève ajouté",
    "pupil.changed": "Fiche modifiée",
    "pupil.guardian_added": "Représentant ajouté",
    "pupil.guardian_changed": "Représentant modifié",
    "pupil.guardian_removed": "Représentant retiré",
    "pupil.removed": "Retiré de la liste",
    "pupil.restored": "Remis dans la liste",
    "pupil.left": "Départ",
    "pupil.back": "Retour",
    "staff.added": "Personne ajoutée",
    "staff.changed": "Fiche modifiée",
    "staff.removed": "Retrait de la liste",
    "staff.restored": "Retour dans la liste",
    "need.noted": "Besoins notés",
    "need.decided": "Priorité décidée",
    "need.erased": "Besoins effacés",
    "criterion.left_out": "Critère de besoin écarté",
    "criterion.taken_in": "Critère de besoin repris",
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
    "incident.opened": "Incident noté",
    "incident.changed": "Incident modifié",
    "incident.closed": "Incident clos",
    "incident.reopened": "Incident rouvert",
    "incident.removed": "Incident retiré",
    "incident.restored": "Incident remis",
    "paper.signed": "Signature à l’écran",
    "paper.withdrawn": "Document signé retiré",
    "photo.added": "Photo ajoutée",
    "photo.removed": "Photo retirée",
}
"""The French name of each change; a change that is missing here is shown by its code."""

_FIELDS: Final = {
    **{
        field.name: field.lower_label
        for noun in (PupilFields, StaffFields, GuardianFields)
        for field in fields_of(noun)
    },
    "left_on": "parti le",
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
    "sent_on": "envoi le",
    "closed_on": "clos le",
    "outcome": "issue",
    "signed_by": "par",
    "signed_on": "signé le",
    "withdrawn_on": "retiré le",
}
_OWN_FIELDS: Final = {
    "incident": {field.name: field.lower_label for field in fields_of(IncidentFields)},
    "paper": {"title": "document"},
}
"""Where a field means something else."""

_ENUMS: Final = {
    "state": LoanState,
    "condition_out": Condition,
    "condition_in": Condition,
    "kind": IncidentKind,
    "outcome": IncidentOutcome,
    "level": ReminderLevel,
}


def changed(what: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Return what an entry says, field by field: "classe : CM1 → CM2"."""
    found: list[str] = []
    own = _OWN_FIELDS.get(what.partition(".")[0], {})
    for name, value in after.items():
        label = own.get(name) or _FIELDS.get(name)
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
    if name in _ENUMS:
        return _ENUMS[name](text).label.lower()
    if name == "answers":
        known = [needs.criteria().get(part) for part in text.split()]
        return ", ".join(criterion.title for criterion in known if criterion)
    if name == "channel":
        return Channel(text).label
    if name == "decided":
        return needs.Priority(int(text)).label
    if name == "cost_cents":
        return french.money(int(text))
    if name.endswith("_on"):
        return french.short_date(date.fromisoformat(text))
    return text
