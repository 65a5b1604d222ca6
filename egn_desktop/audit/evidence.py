# SPDX-License-Identifier: GPL-3.0-or-later
"""A photo or a document that backs an answer: what it may be, read from disk and written back."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from egn_desktop import french
from egn_desktop.documents.pdf.received import ActiveContentError, looked_at
from egn_desktop.dossier.places import not_written
from egn_desktop.errors import UserError
from egn_desktop.letters import cleaned
from egn_desktop.paths import share_as_folder
from egn_desktop.sandbox import given

LARGEST = 5 * 1024 * 1024
PHOTOS = (".jpg", ".jpeg", ".png", ".webp", ".heic", ".gif")
DOCUMENTS = (".pdf", ".odt", ".ods", ".docx", ".xlsx", ".txt", ".csv")
NOTHING_ADDED = "Rien n’a été ajouté au dossier."


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """A file as the dossier keeps it.

    Attributes:
        does: what a PDF that was just read would do besides showing its pages, for the journal.
    """

    name: str
    content: bytes
    does: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One file that backs an answer, as a list shows it."""

    id: int
    key: str
    name: str
    size: int
    added_at: datetime

    @property
    def size_text(self) -> str:
        """Its size in French."""
        return size_text(self.size)


def size_text(size: int) -> str:
    """Return a size in French: "340 ko", "2,4 Mo"."""
    if size < 1024 * 1024:
        return f"{french.number(max(size / 1024, 1), 0)}{french.NARROW_SPACE}ko"
    return f"{french.number(size / 1024 / 1024)}{french.NARROW_SPACE}Mo"


def problem(name: str, size: int) -> UserError | None:
    """Return why a file cannot be kept, or None."""
    if Path(name).suffix.lower() not in PHOTOS + DOCUMENTS:
        return UserError(
            f"« {name} » n’est ni une photo ni un document que l’on puisse joindre.",
            kept=NOTHING_ADDED,
            todo="Photos : JPEG, PNG, WebP, HEIC, GIF. Documents : PDF, ODT, ODS, DOCX, XLSX, "
            "TXT, CSV.",
        )
    if size > LARGEST:
        return UserError(
            f"« {name} » pèse {size_text(size)} : une pièce jointe ne dépasse pas "
            f"{size_text(LARGEST)}.",
            kept=NOTHING_ADDED,
            todo="Réduisez la photo, ou numérisez le document en moins fin.",
        )
    if size == 0:
        return UserError(f"« {name} » est un fichier vide.", kept=NOTHING_ADDED)
    return None


def read(path: Path, *, with_actions: bool = False) -> EvidenceFile:
    """Return a file that may be kept.

    Args:
        with_actions: though it is a PDF that would do something besides showing its pages.

    Raises:
        ActiveContentError: it is such a PDF, and that is not wanted.
        UserError: it cannot be read, is too large, or is neither a photo nor a document.
    """
    try:
        content = given.read(path, LARGEST)
        size = len(content)
    except given.TooLarge as error:
        content, size = b"", error.size
    except OSError as error:
        raise UserError(
            f"Le fichier « {path.name} » ne peut pas être lu.", kept=NOTHING_ADDED
        ) from error
    refused = problem(path.name, size)
    if refused is not None:
        raise refused
    name = cleaned(path.name)
    does = _does(name, content) if b"%PDF-" in content[:1024] else ()
    if does and not with_actions:
        raise ActiveContentError(name, does, kept=NOTHING_ADDED)
    return EvidenceFile(name, content, does)


def _does(name: str, pdf: bytes) -> tuple[str, ...]:
    try:
        return looked_at(pdf, name).does
    except UserError:
        # Kept as it is: nothing here opens it, and its reader will say what is wrong with it.
        return ()


def write(file: EvidenceFile, target: Path) -> None:
    """Write a copy outside the dossier.

    Raises:
        UserError: the place cannot be written.
    """
    try:
        target.write_bytes(file.content)
        share_as_folder(target)
    except OSError as error:
        raise not_written(error, target) from error
