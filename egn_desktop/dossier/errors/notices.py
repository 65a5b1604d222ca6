# SPDX-License-Identifier: GPL-3.0-or-later
"""What the user is told after an opening that went well, in the form of errors."""

from datetime import datetime
from pathlib import Path

from egn_desktop.errors import UserError


class LogSetAsideNotice(UserError):
    """Told after opening: a log that lay beside the file was not of this file.

    Args:
        aside: where the log now is; None when the place cannot be written.
        held: what the log holds, in French, or nothing when it cannot be told.
    """

    def __init__(self, path: Path, *, aside: Path | None, held: str) -> None:
        super().__init__(
            f"À côté de « {path.name} » se trouvait un journal d’écritures qui n’est pas de ce "
            f"fichier : il vient d’une autre copie du dossier. {held}".strip(),
            kept=f"Le fichier n’a pas été modifié, et le journal est gardé sous le nom « "
            f"{aside.name} »."
            if aside is not None
            else "Le fichier et le journal n’ont pas été modifiés.",
            todo="Si vous cherchez des modifications faites sur un autre ordinateur, ouvrez-y le "
            "dossier : ses sauvegardes les contiennent.",
        )


class ChangesLostNotice(UserError):
    """Told after opening: the end of the log could not be read back."""

    def __init__(self, path: Path, *, lost: int, since: datetime, aside: Path | None) -> None:
        changes = (
            "la dernière modification n’a pas pu être relue"
            if lost == 1
            else f"les {lost} dernières modifications n’ont pas pu être relues"
        )
        super().__init__(
            f"Le journal d’écritures de « {path.name} » était abîmé : {changes}.",
            kept=f"Tout ce qui précède est là ; la dernière modification relue est du "
            f"{since:%d/%m/%Y à %H:%M}."
            + (f" Le journal abîmé est gardé sous le nom « {aside.name} »." if aside else ""),
            todo="Vérifiez ce que vous aviez fait en dernier, et refaites ce qui manque.",
        )


class OlderThanSeenNotice(UserError):
    """Told after opening: the file is older than the one that this computer last saw."""

    def __init__(self, path: Path, *, missing: int, at: datetime, seen: datetime) -> None:
        super().__init__(
            f"Le fichier « {path.name} » est plus ancien que celui ouvert sur cet ordinateur le "
            f"{seen:%d/%m/%Y à %H:%M} : il lui manque {_counted(missing, 'modification')}. Sa "
            f"dernière modification est du {at:%d/%m/%Y à %H:%M}.",
            kept="Rien n’a été modifié, et les sauvegardes de cet ordinateur sont intactes.",
            todo="Si vous n’avez pas remis vous-même une ancienne copie, cherchez le fichier le "
            "plus récent, ou restaurez la dernière sauvegarde.",
        )


class PartedNotice(UserError):
    """Told after opening: the file and the one last seen here went separate ways."""

    def __init__(self, path: Path, *, at: datetime, seen: datetime) -> None:
        super().__init__(
            f"Le fichier « {path.name} » n’est pas la suite de celui ouvert sur cet ordinateur le "
            f"{seen:%d/%m/%Y à %H:%M} : deux copies du dossier ont été modifiées chacune de son "
            f"côté. Celle-ci l’a été le {at:%d/%m/%Y à %H:%M}.",
            kept="Rien n’a été modifié ; les sauvegardes de cet ordinateur gardent l’autre copie.",
            todo="Réunissez les deux copies : Réglages, Copies.",
        )


class JournalCutNotice(UserError):
    """Told after opening: the journal is not the one that this computer saw, though the file is."""

    def __init__(self, path: Path, *, entries: int, seen: datetime) -> None:
        super().__init__(
            f"Le journal de « {path.name} » n’est plus celui que cet ordinateur a vu le "
            f"{seen:%d/%m/%Y à %H:%M}, avec {_counted(entries, 'écriture')} : des écritures en ont "
            "été retirées ou changées.",
            kept="Rien n’a été modifié, et les sauvegardes de cet ordinateur sont intactes.",
            todo="Lancez « Vérifier maintenant » dans Réglages, rubrique Sécurité, et gardez ce "
            "fichier.",
        )


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' if number > 1 else ''}"
