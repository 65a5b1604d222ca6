# SPDX-License-Identifier: GPL-3.0-or-later
"""What can go wrong with the file, told apart, each in the user's words."""

from datetime import datetime, timedelta
from pathlib import Path

from egn_desktop.errors import ExitCode, UserError

# A computer that holds a dossier renews its mark each minute; after this it is thought gone.
SILENT_MINUTES = 5


class WrongSecretError(UserError):
    """The code or passphrase does not open this file, and the file shows no damage."""

    exit_code = ExitCode.WRONG_SECRET

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"Ce code ou cette phrase de passe n’ouvre pas le dossier « {path.name} ».",
            kept="Le dossier n’a pas été modifié.",
            todo="Recopiez le code groupe par groupe, depuis la fiche de secours de ce dossier ; "
            "pour une phrase de passe, vérifiez les majuscules et les accents.",
        )


class DamagedError(UserError):
    """The secret is right but pages of the file are not what was written.

    Attributes:
        path: the damaged file.
        dossier_id: whose backups are to be offered, or None when the file does not say it.
    """

    exit_code = ExitCode.DAMAGED

    def __init__(self, path: Path, dossier_id: str | None = None) -> None:
        self.path = path
        self.dossier_id = dossier_id
        super().__init__(
            f"Le fichier « {path.name} » est abîmé : une partie de son contenu ne peut plus "
            "être lue.",
            kept="Le fichier abîmé est laissé tel quel, et vos sauvegardes sont intactes.",
            todo="Choisissez « Restaurer une sauvegarde » : un nouveau fichier sera créé à côté.",
        )


class NotADossierError(UserError):
    """The file is something else: a spreadsheet, a plain database, an empty file."""

    exit_code = ExitCode.NOT_A_DOSSIER

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"Le fichier « {path.name} » n’est pas un dossier EGN Desktop.",
            kept="Le fichier n’a pas été modifié.",
            todo="Choisissez un fichier dont le nom se termine par « .egn ».",
        )


class MissingDossierError(UserError):
    """There is no file at that place."""

    exit_code = ExitCode.NOT_A_DOSSIER

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"Le fichier « {path} » est introuvable.",
            todo="Vérifiez que la clé USB ou le disque est branché, ou choisissez un autre "
            "fichier.",
        )


class UnreadableError(UserError):
    """The system does not let this user read the file."""

    exit_code = ExitCode.READ_ONLY

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"Cet ordinateur ne laisse pas lire le fichier « {path.name} ».",
            kept="Le fichier n’a pas été modifié.",
            todo="Demandez à qui l’a rangé là de vous donner le droit de le lire et de le "
            "modifier.",
        )


class AlreadyOpenError(UserError):
    """Another window or another computer holds the file."""

    exit_code = ExitCode.ALREADY_OPEN

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"Le dossier « {path.name} » est déjà ouvert dans une autre fenêtre ou sur un autre "
            "ordinateur.",
            kept="Rien n’a été modifié.",
            todo="Fermez l’autre fenêtre, puis réessayez.",
        )


class AlreadyExistsError(UserError):
    """A new file would overwrite another one."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"Un fichier « {path.name} » existe déjà à cet endroit.",
            kept="Il n’a pas été remplacé.",
            todo="Choisissez un autre nom ou un autre emplacement.",
        )


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


class ReadOnlyPlaceError(UserError):
    """Writing was asked of a file that the system lets us only read."""

    exit_code = ExitCode.READ_ONLY

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"L’emplacement de « {path.name} » est protégé en écriture ; le dossier ne peut être "
            "que consulté.",
            kept="Rien n’a été modifié.",
            todo="Copiez le fichier dans vos documents, puis ouvrez cette copie.",
        )


class CannotCreateThereError(ReadOnlyPlaceError):
    """A new file was asked for in a folder that is missing or protected."""

    def __init__(self, path: Path) -> None:
        UserError.__init__(
            self,
            f"Le fichier « {path.name} » ne peut pas être créé dans « {path.parent} » : ce "
            + (
                "répertoire est protégé en écriture."
                if path.parent.is_dir()
                else "répertoire n’existe pas."
            ),
            kept="Rien n’a été créé ni modifié.",
            todo="Choisissez un autre emplacement, par exemple vos documents.",
        )


class DiskFullError(UserError):
    """No room was left to write a change."""

    exit_code = ExitCode.DISK_FULL

    def __init__(self, path: Path) -> None:
        super().__init__(
            "Le disque est plein : la dernière modification n’a pas pu être enregistrée.",
            kept=f"Tout ce qui était déjà enregistré dans « {path.name} » est intact.",
            todo="Libérez de la place sur le disque, puis recommencez cette modification.",
        )


class NoRoomForTrialError(DiskFullError):
    """A log was left beside the file, and there is no room to try it on a copy."""

    def __init__(self, path: Path) -> None:
        UserError.__init__(
            self,
            f"Le dossier « {path.name} » n’avait pas été fermé normalement, et le disque de cet "
            "ordinateur est trop plein pour relire ses dernières modifications sans risque.",
            kept="Rien n’a été modifié : le fichier et son journal sont intacts.",
            todo="Libérez de la place sur le disque, puis ouvrez de nouveau le dossier.",
        )


class LeftOpenError(UserError):
    """Closing could not fold the write-ahead log in; nothing is lost while both files stay."""

    exit_code = ExitCode.DISK_FULL

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"Le fichier « {path.name}-wal » reste à côté de « {path.name} » : il contient les "
            "dernières modifications, que le disque n’a pas pu ranger.",
            kept="Tout est enregistré, à condition de garder les deux fichiers ensemble.",
            todo="Libérez de la place sur le disque, puis ouvrez et refermez le dossier.",
        )


class SecretNeededError(UserError):
    """Nothing at hand opens the file: the user must give the code or the passphrase."""

    exit_code = ExitCode.NO_KEYRING

    def __init__(
        self,
        what: str = "Le trousseau de cet ordinateur ne connaît pas ce dossier.",
        *,
        kept: str = "Rien n’a été modifié.",
        todo: str = "Saisissez le code de la fiche de secours, ou la phrase de passe.",
    ) -> None:
        super().__init__(what, kept=kept, todo=todo)


class NoKeyringError(SecretNeededError):
    """This machine has no keyring that encrypts, or it does not answer."""

    def __init__(self) -> None:
        super().__init__(
            "Cet ordinateur n’a pas de trousseau où garder le secret du dossier.",
            todo="Protégez le dossier par une phrase de passe ; s’il existe déjà, saisissez le "
            "code de sa fiche de secours ou sa phrase de passe.",
        )


class KeyringLockedError(SecretNeededError):
    """There is a keyring, but it stays locked."""

    def __init__(self) -> None:
        super().__init__(
            "Le trousseau de cet ordinateur est verrouillé.",
            todo="Déverrouillez-le (il demande le plus souvent votre mot de passe de session), ou "
            "saisissez le code de la fiche de secours ou la phrase de passe.",
        )


class BadCodeError(UserError):
    """The recovery code was badly copied; the message names the groups."""

    exit_code = ExitCode.WRONG_SECRET

    def __init__(self, problem: str) -> None:
        super().__init__(
            problem,
            todo="Comparez avec la fiche de secours. Les lettres I, L, O et U n’y figurent jamais.",
        )


class WeakPassphraseError(UserError):
    """A new passphrase would be found too easily."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem, todo="Par exemple, des mots pris au hasard en ouvrant un livre.")


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


class MigrationFailedError(UserError):
    """An older dossier could not be brought to this version's form."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"Le dossier « {path.name} », fait par une version plus ancienne, n’a pas pu être "
            "adapté à celle-ci.",
            kept="Le fichier est exactement tel qu’avant, et une sauvegarde vérifiée vient d’en "
            "être faite.",
            todo="Ouvrez-le avec la version précédente d’EGN Desktop, et signalez ce problème.",
        )


class SecretNotChangedError(UserError):
    """The change of secret did not take place."""

    def __init__(self, *, is_full: bool = False) -> None:
        super().__init__(
            "Le secret du dossier n’a pas pu être changé"
            + (" : le disque est plein." if is_full else "."),
            kept="Le dossier est intact et s’ouvre comme avant.",
            todo="Libérez de la place sur le disque, puis recommencez."
            if is_full
            else "Fermez le dossier, rouvrez-le, puis recommencez.",
        )


class OpenElsewhereError(AlreadyOpenError):
    """Another computer has put its mark beside the file; it may be taken over.

    Attributes:
        can_take_over: always; ``Dossier.open(take_over=True)`` is the click.
    """

    def __init__(
        self, path: Path, *, who: str, computer: str, since: datetime, silent: timedelta
    ) -> None:
        minutes = int(silent.total_seconds() // 60)
        is_silent = minutes >= SILENT_MINUTES
        UserError.__init__(
            self,
            f"Le dossier « {path.name} » est ouvert par {who} sur l’ordinateur « {computer} » "
            f"depuis le {since:%d/%m/%Y à %H:%M}"
            + (f", qui ne donne plus signe depuis {_lasting(minutes)}." if is_silent else "."),
            todo="Si cet ordinateur est éteint ou ne se sert plus du dossier, choisissez « Ouvrir "
            "ici quand même »."
            if is_silent
            else "Fermez-y le dossier, puis réessayez. Deux ordinateurs qui écrivent ensemble "
            "abîmeraient le fichier.",
        )
        self.is_silent = is_silent


class PlaceLostError(UserError):
    """The disk, the stick or the share that holds the file does not answer any more."""

    exit_code = ExitCode.PLACE_LOST

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"Le disque, la clé ou le partage où se trouve « {path.name} » ne répond plus : la "
            "dernière modification n’a pas pu être enregistrée.",
            kept="Tout ce qui avait été enregistré avant est sur ce disque.",
            todo="Rebranchez la clé, ou attendez que le réseau revienne, puis recommencez ; ou "
            "enregistrez le dossier ailleurs.",
        )


class MovedError(UserError):
    """The file was renamed, moved or removed while it was open."""

    exit_code = ExitCode.PLACE_LOST

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"Le fichier « {path.name} » n’est plus à sa place : il a été renommé, déplacé ou "
            "supprimé pendant que le dossier était ouvert.",
            kept="Le contenu du dossier est encore dans cette fenêtre ; la dernière modification "
            "n’a pas été enregistrée.",
            todo="Enregistrez le dossier ailleurs, puis refaites la dernière modification.",
        )


class ReplacedError(UserError):
    """Another file stands in the place of the one that is open."""

    exit_code = ExitCode.PLACE_LOST

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"Un autre fichier a pris la place de « {path.name} » pendant que le dossier était "
            "ouvert : une synchronisation ou une copie l’a remplacé.",
            kept="L’autre fichier est laissé tel quel ; votre travail est encore dans cette "
            "fenêtre, sauf la dernière modification.",
            todo="Enregistrez le dossier ailleurs, puis réunissez les deux copies.",
        )


class TakenOverError(UserError):
    """Another computer has taken the file over, which this one had left without a sign of life."""

    exit_code = ExitCode.PLACE_LOST

    def __init__(self, path: Path, *, who: str, computer: str) -> None:
        super().__init__(
            f"Le dossier « {path.name} » a été repris par {who} sur l’ordinateur « {computer} ».",
            kept="Tout ce que vous aviez enregistré est dans le dossier qui y est ouvert ; rien "
            "n’a été écrit par-dessus. Seule la dernière modification n’a pas été enregistrée.",
            todo="Fermez le dossier ici, et rouvrez-le quand l’autre ordinateur l’aura fermé.",
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
            todo="Réunissez les deux copies : Réglages, « Réunir deux copies ».",
        )


def _lasting(minutes: int) -> str:
    if minutes < 120:
        return f"{minutes} minutes"
    hours = minutes // 60
    return f"{hours} heures" if hours < 48 else f"{hours // 24} jours"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' if number > 1 else ''}"
