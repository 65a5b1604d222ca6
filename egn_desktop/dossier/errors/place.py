# SPDX-License-Identifier: GPL-3.0-or-later
"""What a place does to a file: it is gone, taken away, exchanged, or refuses a name."""

from pathlib import Path

from egn_desktop.errors import ExitCode, UserError


class PlaceLostError(UserError):
    """The disk, the stick or the share that holds the file does not answer any more."""

    exit_code = ExitCode.PLACE_LOST

    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(
            f"Le disque, la clé ou le partage où se trouve « {path.name} » ne répond plus : rien "
            "ne peut plus y être enregistré.",
            kept="Tout ce qui avait été enregistré avant est sur ce disque.",
            todo="Rebranchez la clé, ou attendez que le réseau revienne, puis réessayez ; ou "
            "enregistrez le dossier ailleurs.",
        )


class MovedError(UserError):
    """The file was renamed, moved or removed while it was open."""

    exit_code = ExitCode.PLACE_LOST

    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(
            f"Le fichier « {path.name} » n’est plus à sa place : il a été renommé, déplacé ou "
            "supprimé pendant que le dossier était ouvert.",
            kept="Le contenu du dossier est encore dans cette fenêtre ; rien de plus ne peut être "
            "enregistré pour l’instant.",
            todo="Remettez le fichier à sa place, puis réessayez ; ou enregistrez le dossier "
            "ailleurs.",
        )


class ReplacedError(UserError):
    """Another file stands in the place of the one that is open."""

    exit_code = ExitCode.PLACE_LOST

    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(
            f"Un autre fichier a pris la place de « {path.name} » pendant que le dossier était "
            "ouvert : une synchronisation ou une copie l’a remplacé.",
            kept="L’autre fichier est laissé tel quel ; votre travail est encore dans cette "
            "fenêtre, et rien de plus ne peut être enregistré pour l’instant.",
            todo="Enregistrez le dossier ailleurs, puis réunissez les deux copies.",
        )


class TakenOverError(UserError):
    """Another computer has taken the file over, which this one had left without a sign of life."""

    exit_code = ExitCode.PLACE_LOST

    def __init__(self, path: Path, *, who: str, computer: str) -> None:
        self.path = path
        super().__init__(
            f"Le dossier « {path.name} » a été repris par {who} sur l’ordinateur « {computer} ».",
            kept="Tout ce que vous aviez enregistré est dans le dossier qui y est ouvert ; rien "
            "n’a été écrit par-dessus. Ici, rien de plus ne peut être enregistré.",
            todo="Fermez le dossier ici, et rouvrez-le quand l’autre ordinateur l’aura fermé.",
        )


class StaleShareError(UserError):
    """A share does not show the state in which the last computer says that it left the dossier.

    Either this computer remembers an older file, or an older file was put back.
    """

    exit_code = ExitCode.PLACE_LOST
    can_take_over = True

    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(
            f"Le partage ne montre pas les dernières modifications de « {path.name} » : un autre "
            "ordinateur les a enregistrées, et celui-ci ne voit encore que l’ancien contenu.",
            kept="Rien n’a été ouvert ni modifié : les modifications sont sur le partage.",
            todo="Réessayez dans quelques minutes. Si quelqu’un a remis ici un fichier plus "
            "ancien, et que c’est lui que vous voulez, choisissez « Ouvrir ici quand même ».",
        )


# What ends the use of a file, though not of the dossier: its content is offered to another place.
LostFile = (MovedError, ReplacedError, PlaceLostError)


class NameRefusedError(UserError):
    """A file cannot bear that name."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(
            f"Le fichier ne peut pas s’appeler ainsi : {problem}",
            kept="Rien n’a été créé ni modifié.",
            todo="Choisissez un autre nom, par exemple « ecole.egn ».",
        )
