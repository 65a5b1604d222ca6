# SPDX-License-Identifier: GPL-3.0-or-later
"""What keeps a dossier of another version of the program from being used as it is."""

from pathlib import Path

from egn_desktop.errors import ExitCode, UserError


class NewerVersionError(UserError):
    """Writing was asked of a dossier that a newer EGN Desktop made."""

    exit_code = ExitCode.NEWER_VERSION

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"Le dossier « {path.name} » a été enregistré par une version plus récente d’EGN "
            "Desktop ; il est ouvert en lecture seule.",
            kept="Rien n’a été modifié.",
            todo="Mettez EGN Desktop à jour pour pouvoir le modifier.",
        )


class NotBackedUpError(UserError):
    """Writing was asked of an older dossier that could not be backed up, so was not migrated."""

    exit_code = ExitCode.READ_ONLY

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"Le dossier « {path.name} » a été enregistré par une version plus ancienne d’EGN "
            "Desktop, et n’a pas pu être sauvegardé avant d’être adapté à celle-ci ; il est ouvert "
            "en lecture seule.",
            kept="Le fichier est exactement tel qu’avant.",
            todo="Libérez de la place sur cet ordinateur, ou vérifiez que son disque accepte "
            "l’écriture ; puis fermez le dossier et rouvrez-le.",
        )


class MigrationFailedError(UserError):
    """An older dossier could not be brought to this version's form."""

    def __init__(self, path: Path, *, backed_up: bool = True) -> None:
        super().__init__(
            f"Le dossier « {path.name} », fait par une version plus ancienne, n’a pas pu être "
            "adapté à celle-ci.",
            kept="Le fichier est exactement tel qu’avant"
            + (", et une sauvegarde vérifiée vient d’en être faite." if backed_up else "."),
            todo="Ouvrez-le avec la version précédente d’EGN Desktop, et signalez ce problème.",
        )
