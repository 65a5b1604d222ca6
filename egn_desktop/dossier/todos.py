# SPDX-License-Identifier: GPL-3.0-or-later
"""What the file itself asks for on the home page: its recovery sheet, backups that leave here."""

from datetime import date
from pathlib import Path

from egn_desktop.dossier import secret_notes
from egn_desktop.dossier.backup import list_backups
from egn_desktop.dossier.elsewhere import REMINDED_AFTER, second_place
from egn_desktop.dossier.store import Dossier, Protection
from egn_desktop.todo import Todo, Urgency


def todos(dossier: Dossier) -> tuple[Todo, ...]:
    """Return what to do so that the dossier outlives this computer."""
    return (*_sheet(dossier), *_second_place(dossier))


def _sheet(dossier: Dossier) -> tuple[Todo, ...]:
    if not secret_notes.is_sheet_missing(dossier):
        return ()
    by_passphrase = dossier.protection is Protection.PASSPHRASE
    text = (
        "La fiche de secours n’est pas imprimée : si la phrase de passe est oubliée, le dossier "
        "est perdu."
        if by_passphrase
        else "La fiche de secours de ce dossier n’est pas imprimée : sans elle, un ordinateur volé "
        "ou en panne emporte tout."
    )
    return (Todo(Urgency.VITAL, "Fiche de secours", text, "settings", "Imprimer", "security"),)


def _second_place(dossier: Dossier) -> tuple[Todo, ...]:
    """Ask for a second place once there is something to back up, then for its stick."""
    today = dossier.today()
    place = second_place(dossier.dossier_id)
    if place is not None:
        days = (today - place.last_seen).days
        if today - place.last_seen <= REMINDED_AFTER:
            return ()
        text = (
            f"Aucune sauvegarde n’est allée dans « {shown(place.chosen)} » depuis {days} jours : "
            "branchez-la, puis fermez le dossier."
        )
        return (
            Todo(
                _urgency(place.last_seen, today), "Sauvegardes", text, "settings", "Voir", "backups"
            ),
        )
    backups = list_backups(dossier.dossier_id)
    if not backups:
        return ()
    text = (
        "Les sauvegardes sont toutes sur cet ordinateur : un vol ou une panne les emporterait "
        "avec le dossier."
    )
    first = min(backup.made_at.date() for backup in backups)
    return (
        Todo(_urgency(first, today), "Sauvegardes", text, "settings", "Choisir une clé", "backups"),
    )


def shown(place: str) -> str:
    """Return how a place is named to the user: its folder, or the drive alone."""
    return Path(place).name or place


def _urgency(since: date, today: date) -> Urgency:
    """Return how it presses: nobody must be chased for a stick in the first days."""
    months = (today - since) // REMINDED_AFTER
    return (Urgency.START, Urgency.SOON, Urgency.NOW)[min(max(months, 0), 2)]
