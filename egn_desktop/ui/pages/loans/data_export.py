# SPDX-License-Identifier: GPL-3.0-or-later
"""Save one borrower's data as json, off the window's thread."""

from pathlib import Path

from egn_desktop import exports
from egn_desktop.ui.context import Context
from egn_desktop.ui.jobs import Progress

FILE_NAME = "donnees-personnelles.json"


def save_personal_json(context: Context, borrower_id: int) -> None:
    """Ask where, and write all that is known of the person there."""
    title = "Où enregistrer les données de cette personne ?"
    target = context.ask_save_file(title, FILE_NAME, "Fichier json (*.json)")
    if target is None:
        return
    file = target if target.suffix.lower() == ".json" else target.with_name(f"{target.name}.json")
    dossier = context.services.dossier

    def work(_: Progress) -> Path:
        exports.export_personal_data(dossier, borrower_id, file)
        return file

    def done(saved: Path) -> None:
        context.say(f"Les données sont enregistrées : {saved}")

    context.jobs.run(work, done=done, failed=context.fail, label="Données d’une personne")
