# SPDX-License-Identifier: GPL-3.0-or-later
"""The photos and documents kept beside answers."""

import hashlib
from pathlib import Path

from egn_desktop.audit import evidence
from egn_desktop.audit.model import AnswerEvidence
from egn_desktop.audit.queries import evidence_file, open_frame
from egn_desktop.audit.service.part import Part, find, find_open
from egn_desktop.changes import Changed
from egn_desktop.dossier.compaction import compact
from egn_desktop.errors import UserError


class EvidencePart(Part):
    """Use cases of evidence."""

    def add_evidence(
        self, campaign_id: int, question: str, path: Path, *, with_actions: bool = False
    ) -> int:
        """Keep a copy of a photo or a document beside an answer, and return its id.

        Args:
            with_actions: though it is a PDF that would do something besides showing its pages.

        Raises:
            ActiveContentError: it is such a PDF, and that is not wanted.
            UserError: the audit is closed, the question is unknown, or the file cannot be kept.
        """
        file = evidence.read(path, with_actions=with_actions)
        questions = open_frame(self._dossier, campaign_id).questions
        asked = {question.key: question for question in questions}.get(question)
        if asked is None:
            raise UserError(f"La question {question} n’est pas posée ici.")
        with self._dossier.write(Changed.AUDIT, undo=f"ajout de « {file.name} »") as session:
            find_open(session, campaign_id)
            row = AnswerEvidence(
                campaign_id=campaign_id,
                criterion=asked.criterion.id,
                level=asked.level or "",
                name=file.name,
                size=len(file.content),
                content=file.content,
                added_at=self._dossier.now(),
            )
            session.add(row)
            session.flush()
            # Not its name, which may be somebody's.
            after = {"evidence": row.id, "sha256": hashlib.sha256(file.content).hexdigest()}
            does = {"does": list(file.does)} if file.does else {}
            self._record("audit.evidence_added", find(session, campaign_id), after=after | does)
            return row.id

    def remove_evidence(self, evidence_id: int) -> str:
        """Take a file out of the dossier and return its name.

        Raises:
            UserError: the audit is closed, or there is no such file.
        """
        with self._dossier.write(Changed.AUDIT, undo="retrait d’une pièce") as session:
            name = evidence_file(self._dossier, evidence_id).name
            self._dossier.name_act(f"retrait de « {name} »")
            row = session.get_one(AnswerEvidence, evidence_id)
            campaign = find_open(session, row.campaign_id)
            self._record("audit.evidence_removed", campaign, before={"evidence": evidence_id})
            session.delete(row)
            return name

    def erase_evidence(self, evidence_id: int) -> None:
        """Erase a file for good, even of a closed audit: a person's right comes first."""
        with self._dossier.write(Changed.AUDIT) as session:
            evidence_file(self._dossier, evidence_id)
            row = session.get_one(AnswerEvidence, evidence_id)
            campaign = find(session, row.campaign_id)
            before = {"evidence": evidence_id, "criterion": row.criterion}
            self._record("audit.evidence_erased", campaign, before=before)
            session.delete(row)
        compact(self._dossier)
