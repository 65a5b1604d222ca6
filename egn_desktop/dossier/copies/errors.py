# SPDX-License-Identifier: GPL-3.0-or-later
"""Why two files cannot be compared or joined, each in the user's words."""

from pathlib import Path

from egn_desktop.errors import ExitCode, UserError


class SameFileError(UserError):
    """The file chosen is the one that is open."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"« {path.name} » est le fichier ouvert ici : il n’y a rien à comparer.",
            todo="Choisissez l’autre copie du dossier.",
        )


class OtherDossierError(UserError):
    """The file is a dossier, but another one."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"« {path.name} » n’est pas une copie de ce dossier : c’est un autre dossier, par "
            "exemple celui d’ailleurs ou d’une autre création.",
            kept="Aucun des deux fichiers n’a été modifié.",
            todo="Choisissez une copie de ce dossier-ci.",
        )


class CopyHasOtherSecretError(UserError):
    """The copy opens with another secret: that of this dossier was changed since, or its own."""

    exit_code = ExitCode.WRONG_SECRET

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"La copie « {path.name} » ne s’ouvre pas avec le secret de ce dossier : le secret a "
            "été changé dans l’une des deux depuis qu’elles se sont séparées.",
            kept="Aucun des deux fichiers n’a été modifié.",
            todo="Donnez le code de la fiche de secours, ou la phrase de passe, de cette copie.",
        )


class NewerCopyError(UserError):
    """A newer version made the copy."""

    exit_code = ExitCode.NEWER_VERSION

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"La copie « {path.name} » a été enregistrée par une version plus récente d’EGN "
            "Desktop : elle ne peut pas être comparée ici.",
            kept="Aucun des deux fichiers n’a été modifié.",
            todo="Mettez EGN Desktop à jour sur cet ordinateur, puis recommencez.",
        )


class ChangedMeanwhileError(UserError):
    """The dossier was written to between the comparison and the joining."""

    def __init__(self) -> None:
        super().__init__(
            "Le dossier a été modifié depuis la comparaison : elle n’est plus juste.",
            todo="Comparez de nouveau les deux copies.",
        )


class NotJoinedError(UserError):
    """What was to be taken over does not fit together with what this dossier holds."""

    def __init__(self, problem: str) -> None:
        super().__init__(
            f"Les deux copies n’ont pas pu être réunies : {problem}",
            kept="Le dossier et l’autre copie sont exactement tels qu’avant ; une sauvegarde de "
            "chacun vient d’être faite.",
            todo="Laissez de côté la ligne en cause, puis recommencez.",
        )
