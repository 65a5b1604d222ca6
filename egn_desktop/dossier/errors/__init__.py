# SPDX-License-Identifier: GPL-3.0-or-later
"""What can go wrong with the file, told apart, each in the user's words."""

from datetime import datetime, timedelta
from pathlib import Path

from egn_desktop.dossier.errors.backups import (
    BackupFailedError,
    CopyFailedError,
    RestoreFailedError,
    SecondPlaceError,
)
from egn_desktop.dossier.errors.notices import (
    ChangesLostNotice,
    JournalCutNotice,
    LogSetAsideNotice,
    OlderThanSeenNotice,
    PartedNotice,
)
from egn_desktop.dossier.errors.place import (
    LostFile,
    MovedError,
    NameRefusedError,
    PlaceLostError,
    ReplacedError,
    StaleShareError,
    TakenOverError,
)
from egn_desktop.dossier.errors.undoing import (
    ChangedSinceError,
    NothingToRedoError,
    NothingToUndoError,
    NotTheLastError,
)
from egn_desktop.dossier.errors.versions import (
    MigrationFailedError,
    NewerVersionError,
    NotBackedUpError,
)
from egn_desktop.errors import ExitCode, UserError

__all__ = [
    "SILENT_MINUTES",
    "AlreadyExistsError",
    "AlreadyOpenError",
    "BackupFailedError",
    "BadCodeError",
    "CannotCreateThereError",
    "ChangedSinceError",
    "ChangesLostNotice",
    "ClockDoubtError",
    "CopyFailedError",
    "DamagedError",
    "DiskFullError",
    "JournalCutNotice",
    "KeyringLockedError",
    "LeftOpenError",
    "LogSetAsideNotice",
    "LostFile",
    "MigrationFailedError",
    "MissingDossierError",
    "MovedError",
    "NameRefusedError",
    "NewerVersionError",
    "NoKeyringError",
    "NoRoomForTrialError",
    "NotADossierError",
    "NotBackedUpError",
    "NotTheLastError",
    "NothingToRedoError",
    "NothingToUndoError",
    "OlderThanSeenNotice",
    "OpenElsewhereError",
    "PartedNotice",
    "PlaceLostError",
    "ReadOnlyPlaceError",
    "ReplacedError",
    "RestoreFailedError",
    "SecondPlaceError",
    "SecretNeededError",
    "SecretNotChangedError",
    "StaleShareError",
    "TakenOverError",
    "UnreadableError",
    "WeakPassphraseError",
    "WrittenMeanwhileError",
    "WrongSecretError",
]

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


class WrittenMeanwhileError(UserError):
    """What was being made says what the dossier no longer says."""

    def __init__(self) -> None:
        super().__init__(
            "Le dossier a changé pendant cette opération, deux fois de suite.",
            kept="Rien n’en a été enregistré ; les autres changements sont gardés.",
            todo="Recommencez quand rien d’autre n’est en cours dans ce dossier.",
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
        super().__init__(problem, todo="Par exemple, cinq mots tirés au sort par le logiciel.")


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

    ``Dossier.open(take_over=True)`` is the click.

    Attributes:
        is_silent: whether it has given no sign of life for ``SILENT_MINUTES``.
        who: the user who has it open.
        computer: the name of that computer.
    """

    can_take_over = True

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
        self.who = who
        self.computer = computer


class ClockDoubtError(UserError):
    """The computer's clock is behind the dossier: nothing dated is written unasked."""

    exit_code = ExitCode.CLOCK

    def __init__(self, *, now: datetime, last: datetime) -> None:
        super().__init__(
            f"L’horloge de l’ordinateur indique le {now:%d/%m/%Y à %H:%M}, mais la dernière "
            f"modification du dossier est du {last.astimezone(now.tzinfo):%d/%m/%Y à %H:%M}.",
            todo="Corrigez la date et l’heure de l’ordinateur. Si elles sont justes, confirmez-le "
            "pour continuer.",
        )


def _lasting(minutes: int) -> str:
    if minutes < 120:
        return f"{minutes} minutes"
    hours = minutes // 60
    return f"{hours} heures" if hours < 48 else f"{hours // 24} jours"
