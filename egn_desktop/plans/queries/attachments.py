# SPDX-License-Identifier: GPL-3.0-or-later
"""The PDFs that are kept beside the plan."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from egn_desktop.dossier import Dossier
from egn_desktop.errors import UserError
from egn_desktop.plans.attachments import AttachmentFile, AttachmentKind, AttachmentRow
from egn_desktop.plans.model import Attachment


def attachments(dossier: Dossier, *, removed: bool = False) -> Sequence[AttachmentRow]:
    """Return the PDFs kept beside the plan, those of the latest date first, undated last.

    Args:
        removed: those that were taken off the list instead, and can be put back.
    """
    gone = Attachment.deleted_at.is_not(None) if removed else Attachment.deleted_at.is_(None)
    rows = [_row(found) for found in dossier.rows(_select().where(gone).order_by(Attachment.id))]
    return sorted(rows, key=lambda row: -row.dated_on.toordinal() if row.dated_on else 0)


def attachment(dossier: Dossier, attachment_id: int) -> AttachmentRow:
    """Return one PDF kept beside the plan, taken off the list or not.

    Raises:
        UserError: there is none of that number.
    """
    for found in dossier.rows(_select().where(Attachment.id == attachment_id)):
        return _row(found)
    raise unknown(attachment_id)


def attachment_file(dossier: Dossier, attachment_id: int) -> AttachmentFile:
    """Return the very bytes that were attached, under the name that they are written by.

    Raises:
        UserError: there is none of that number.
    """
    row = attachment(dossier, attachment_id)
    (found,) = dossier.rows(select(Attachment.pdf).where(Attachment.id == attachment_id))
    return AttachmentFile(row.file_name, found.pdf, row.pages)


def unknown(attachment_id: int) -> UserError:
    """Return the refusal of a number that names nothing."""
    return UserError(
        f"Il n’y a pas de document joint n° {attachment_id} dans ce dossier.",
        todo="La commande « egn-desktop attachments » affiche leurs numéros.",
    )


def _select() -> Any:
    return select(
        Attachment.id,
        Attachment.kind,
        Attachment.title,
        Attachment.dated_on,
        Attachment.pages,
        Attachment.size,
        Attachment.sha256,
        Attachment.added_at,
        Attachment.deleted_at,
    )


def _row(found: Any) -> AttachmentRow:
    number, kind, *rest = found
    return AttachmentRow(number, AttachmentKind(kind), *rest)
