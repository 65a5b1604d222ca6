# SPDX-License-Identifier: GPL-3.0-or-later
"""A PDF kept beside the plan: what it may be, read from disk, named when it is written back."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Final

from egn_desktop import french
from egn_desktop.collation import fold
from egn_desktop.documents.pdf.received import looked_at
from egn_desktop.errors import UserError
from egn_desktop.sandbox import given

LARGEST: Final = 20 * 1024 * 1024
NOTHING_ADDED: Final = "Rien n’a été ajouté au dossier."
_LONGEST_NAME: Final = 80


class AttachmentKind(StrEnum):
    """What a PDF kept beside the plan is; the value is kept in the dossier."""

    PLAN = "plan"
    DUERP = "duerp"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The French name."""
        return {
            AttachmentKind.PLAN: "Plan antérieur",
            AttachmentKind.DUERP: "DUERP antérieur",
            AttachmentKind.OTHER: "Autre document",
        }[self]


@dataclass(frozen=True, slots=True)
class AttachmentFile:
    """A PDF that may be kept.

    Attributes:
        does: what it would do besides showing its pages, in French; such a file is kept only
            where the user has said so.
    """

    name: str
    pdf: bytes
    pages: int
    does: tuple[str, ...] = ()

    @property
    def sha256(self) -> str:
        """The hexadecimal digest of its bytes."""
        return hashlib.sha256(self.pdf).hexdigest()


@dataclass(frozen=True, slots=True)
class AttachmentRow:
    """One PDF kept beside the plan, as lists show it; ``size`` in bytes."""

    id: int
    kind: AttachmentKind
    title: str
    dated_on: date | None
    pages: int
    size: int
    sha256: str
    added_at: datetime
    deleted_at: datetime | None

    @property
    def about(self) -> str:
        """Its kind, date, length and size in French."""
        parts = (
            self.kind.label,
            f"du {french.short_date(self.dated_on)}" if self.dated_on else "",
            french.count(self.pages, "page"),
            size_text(self.size),
        )
        return " · ".join(part for part in parts if part)

    @property
    def file_name(self) -> str:
        """The name proposed for its file: plain letters, so that any disk takes it."""
        words = fold(self.title).encode("ascii", "ignore").decode().split()
        name = "-".join(("document-joint", str(self.id), *words))[:_LONGEST_NAME]
        return f"{name.rstrip('-')}.pdf"


def size_text(size: int) -> str:
    """Return a size in French: "340 ko", "2,4 Mo"."""
    if size < 1024 * 1024:
        return f"{french.number(max(size / 1024, 1), 0)}{french.NARROW_SPACE}ko"
    return f"{french.number(size / 1024 / 1024)}{french.NARROW_SPACE}Mo"


def read(path: Path) -> AttachmentFile:
    """Return a PDF that may be kept.

    Raises:
        UserError: it cannot be read, is too large, is no PDF, or does not open.
    """
    try:
        return checked(path.name, given.read(path, LARGEST))
    except given.TooLarge as error:
        raise too_large(path.name, error.size) from error
    except OSError as error:
        raise UserError(
            f"Le fichier « {path.name} » ne peut pas être lu.", kept=NOTHING_ADDED
        ) from error


def checked(name: str, pdf: bytes) -> AttachmentFile:
    """Return a PDF that may be kept, from its bytes.

    Raises:
        UserError: it is too large, is no PDF, or does not open.
    """
    if len(pdf) > LARGEST:
        raise too_large(name, len(pdf))
    try:
        look = looked_at(pdf, name)
    except UserError as error:
        raise UserError(error.what, kept=NOTHING_ADDED, todo=error.todo) from error
    return AttachmentFile(name, pdf, look.pages, look.does)


def too_large(name: str, size: int) -> UserError:
    """Return the refusal of a file that is too large."""
    return UserError(
        f"« {name} » pèse {size_text(size)} : un document joint ne dépasse pas "
        f"{size_text(LARGEST)}.",
        kept=NOTHING_ADDED,
        todo="Numérisez le document en moins fin, ou joignez-le en plusieurs parties.",
    )
