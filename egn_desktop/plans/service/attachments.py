# SPDX-License-Identifier: GPL-3.0-or-later
"""Earlier plans and DUERPs, kept beside the plan as the PDFs that they are."""

from datetime import date
from typing import Any, Final

from sqlalchemy.orm import Session

from egn_desktop import french
from egn_desktop.changes import Changed
from egn_desktop.documents.pdf.received import ActiveContentError
from egn_desktop.dossier.compaction import compact
from egn_desktop.errors import UserError
from egn_desktop.letters import cleaned
from egn_desktop.plans.attachments import (
    NOTHING_ADDED,
    AttachmentFile,
    AttachmentKind,
)
from egn_desktop.plans.model import Attachment
from egn_desktop.plans.queries.attachments import attachments, unknown
from egn_desktop.plans.service.part import Part

CHANGEABLE: Final = ("kind", "title", "dated_on")


class Attachments(Part):
    """PDFs kept beside the plan. What is added, changed, removed or erased is journaled."""

    def attach(
        self,
        file: AttachmentFile,
        *,
        kind: AttachmentKind = AttachmentKind.OTHER,
        title: str = "",
        dated_on: date | None = None,
        with_actions: bool = False,
    ) -> int:
        """Keep a PDF and return its number.

        Args:
            file: what ``plans.attachments.read`` has found good.
            title: the file's own name when not given.
            dated_on: the day that the document bears.
            with_actions: keep it though it would do something besides showing its pages.

        Raises:
            ActiveContentError: it would, and that is not wanted.
            UserError: the same file is kept already, or its date is still to come.
        """
        if file.does and not with_actions:
            raise ActiveContentError(file.name, file.does, kept=NOTHING_ADDED)
        for known in attachments(self._dossier):
            if known.sha256 == file.sha256:
                raise UserError(
                    f"Ce fichier est déjà joint : « {known.title} ».", kept=NOTHING_ADDED
                )
        name = file.name.removesuffix(".pdf").removesuffix(".PDF")
        fields = self._attachment_fields(kind=kind, title=title.strip() or name, dated_on=dated_on)
        with self._dossier.write(Changed.PLAN, undo=f"ajout de « {fields['title']} »") as session:
            row = Attachment(
                pages=file.pages,
                size=len(file.pdf),
                pdf=file.pdf,
                sha256=file.sha256,
                added_at=self._dossier.now(),
                **fields,
            )
            session.add(row)
            session.flush()
            does = {"does": list(file.does)} if file.does else {}
            self._note_attachment("added", row.id, after={**fields, "sha256": file.sha256, **does})
            return row.id

    def change_attachment(self, attachment_id: int, **fields: Any) -> None:
        """Change some of ``CHANGEABLE``.

        Raises:
            UserError: there is none, it would have no title, or its date is still to come.
        """
        values = self._attachment_fields(**fields)
        with self._dossier.write(Changed.PLAN, undo="modification d’un document joint") as session:
            row = _find(session, attachment_id)
            before = {name: getattr(row, name) for name in values}
            if before == values:
                return
            for name, value in values.items():
                setattr(row, name, value)
            self._note_attachment("changed", attachment_id, before=before, after=values)

    def remove_attachment(self, attachment_id: int) -> None:
        """Take a PDF off the list; it is kept until it is erased."""
        with self._dossier.write(Changed.PLAN, undo="retrait d’un document joint") as session:
            row = _find(session, attachment_id)
            self._dossier.name_act(f"retrait de « {row.title} »")
            row.deleted_at = self._dossier.now()
            before = {"title": row.title, "sha256": row.sha256}
            self._note_attachment("removed", attachment_id, before=before)

    def restore_attachment(self, attachment_id: int) -> None:
        """Put a removed PDF back on the list."""
        with self._dossier.write(Changed.PLAN, undo="remise d’un document joint") as session:
            row = _find(session, attachment_id)
            self._dossier.name_act(f"remise de « {row.title} »")
            row.deleted_at = None
            self._note_attachment("restored", attachment_id, after={"title": row.title})

    def erase_attachment(self, attachment_id: int) -> None:
        """Erase a PDF for good, and its title in the journal; one taken off the list first.

        Raises:
            UserError: there is none, or it is still on the list.
        """
        with self._dossier.write(Changed.PLAN) as session:
            row = _find(session, attachment_id)
            if row.deleted_at is None:
                raise UserError(
                    f"« {row.title} » est encore joint au dossier.", todo="Retirez-le d’abord."
                )
            self._dossier.erase_details(f"attachment:{attachment_id}")
            self._note_attachment("erased", attachment_id, before={"sha256": row.sha256})
            session.delete(row)
        compact(self._dossier)

    def _attachment_fields(self, **fields: Any) -> dict[str, Any]:
        unknown_names = set(fields) - set(CHANGEABLE)
        if unknown_names:
            raise TypeError(f"not fields of an attachment: {sorted(unknown_names)}")
        if "title" in fields:
            fields["title"] = " ".join(cleaned(fields["title"]).split())
            if not fields["title"]:
                raise UserError("Un document joint a besoin d’un titre.")
        if "kind" in fields:
            fields["kind"] = AttachmentKind(fields["kind"]).value
        day = fields.get("dated_on")
        if day is not None and day > self._dossier.today():
            raise UserError(
                f"Le {french.short_date(day)} est encore à venir : un document joint est antérieur."
            )
        return fields

    def _note_attachment(
        self,
        what: str,
        attachment_id: int,
        *,
        before: dict[str, Any] | None = None,
        after: dict[str, Any] | None = None,
    ) -> None:
        subject = f"attachment:{attachment_id}"
        self._dossier.record(f"attachment.{what}", subject, before=before, after=after)


def _find(session: Session, attachment_id: int) -> Attachment:
    row = session.get(Attachment, attachment_id)
    if row is None:
        raise unknown(attachment_id)
    return row
