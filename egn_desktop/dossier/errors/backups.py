# SPDX-License-Identifier: GPL-3.0-or-later
"""What goes wrong with a backup, a copy or a restoration."""

from pathlib import Path

from egn_desktop.errors import ExitCode, UserError


class BackupFailedError(UserError):
    """A backup could not be made or verified; the dossier itself is fine."""

    def __init__(self, *, is_full: bool = False) -> None:
        super().__init__(
            "La sauvegarde n’a pas pu être faite" + (" : le disque est plein." if is_full else "."),
            kept="Le dossier est intact, et les sauvegardes précédentes aussi.",
            todo="Libérez de la place sur le disque : la sauvegarde sera refaite à la prochaine "
            "fermeture."
            if is_full
            else "Vérifiez que le disque de cet ordinateur accepte l’écriture ; la sauvegarde sera "
            "refaite à la prochaine fermeture.",
        )
        if is_full:
            self.exit_code = ExitCode.DISK_FULL


class RestoreFailedError(UserError):
    """A backup could not be copied to its new place."""

    def __init__(self, target: Path, *, is_full: bool = False) -> None:
        super().__init__(
            f"Le fichier « {target.name} » n’a pas pu être créé : "
            + ("le disque est plein." if is_full else "l’emplacement refuse l’écriture."),
            kept="La sauvegarde est intacte, et aucun fichier n’a été remplacé.",
            todo="Choisissez un autre emplacement, ou libérez de la place.",
        )
        self.exit_code = ExitCode.DISK_FULL if is_full else ExitCode.READ_ONLY


class CopyFailedError(UserError):
    """A copy asked for could not be written to the place that the user chose."""

    def __init__(self, target: Path, *, is_full: bool = False) -> None:
        super().__init__(
            f"La copie « {target.name} » n’a pas pu être faite : "
            + ("le disque est plein." if is_full else "l’emplacement refuse l’écriture."),
            kept="Le dossier est intact, et rien n’a été laissé à cet endroit.",
            todo="Choisissez un autre emplacement, ou libérez de la place.",
        )
        self.exit_code = ExitCode.DISK_FULL if is_full else ExitCode.READ_ONLY


class SecondPlaceError(UserError):
    """The second place of the backups is there, but takes none."""

    def __init__(self, place: str, *, is_full: bool = False) -> None:
        super().__init__(
            f"La sauvegarde n’a pas pu être copiée dans « {place} » : "
            + ("cet emplacement est plein." if is_full else "cet emplacement refuse l’écriture."),
            kept="Le dossier est intact, et ses sauvegardes sur cet ordinateur aussi.",
            todo="Libérez-y de la place, ou choisissez un autre second emplacement dans les "
            "réglages, onglet « Sauvegardes ».",
        )
        self.exit_code = ExitCode.DISK_FULL if is_full else ExitCode.READ_ONLY
