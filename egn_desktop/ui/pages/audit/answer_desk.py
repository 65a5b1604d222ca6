# SPDX-License-Identifier: GPL-3.0-or-later
"""Keeps in the dossier what is answered in the questions, and says what could not be."""

from PySide6.QtCore import QObject, Slot

from egn_desktop.audit.evidence import EvidenceRow
from egn_desktop.audit.proposals import NoteNeededError, Proposal
from egn_desktop.audit.queries import AuditView, evidence
from egn_desktop.errors import UserError
from egn_desktop.ui.context import Context
from egn_desktop.ui.pages.audit.card_parts import Beside
from egn_desktop.ui.pages.audit.evidence_list import EvidenceDesk
from egn_desktop.ui.pages.audit.questions_view import QuestionsView


class AnswerDesk(QObject):
    """Between the questions of the audit shown and its use cases."""

    def __init__(self, context: Context, questions: QuestionsView) -> None:
        super().__init__(questions)
        self._context = context
        self._service = context.services.audit
        self._questions = questions
        self._evidence = EvidenceDesk(context)
        self._audit: AuditView | None = None
        questions.answered.connect(self._keep_answer)
        questions.explained.connect(self._keep_explained)
        questions.taken.connect(self._take)
        questions.cleared.connect(self._clear)
        questions.noted.connect(self._keep_note)
        questions.moved.connect(self._remember_place)
        questions.attach_wanted.connect(self._attach)
        questions.evidence_opened.connect(self._open_evidence)
        questions.evidence_removed.connect(self._remove_evidence)

    def beside(self, audit: AuditView) -> Beside:
        """Take the audit that is answered from now on; return what goes with its questions."""
        self._audit = audit
        return Beside(
            self._service.proposals(audit.campaign.id),
            evidence(self._context.services.dossier, audit.campaign.id),
        )

    def _answer(self, key: str, text: str, note: str | None) -> None:
        if self._audit is None:
            return
        try:
            self._service.answer(self._audit.campaign.id, key, text, note=note)
        except NoteNeededError as error:
            self._questions.ask_why(key, text, _said(error, key))
        except UserError as error:
            self._questions.show_error(key, _said(error, key))

    @Slot(str, str)
    def _keep_answer(self, key: str, text: str) -> None:
        self._answer(key, text, None)

    @Slot(str, str, str)
    def _keep_explained(self, key: str, text: str, note: str) -> None:
        self._answer(key, text, note)

    @Slot(object)
    def _take(self, proposal: Proposal) -> None:
        if self._audit is not None:
            self._service.answer(self._audit.campaign.id, proposal.question.key, proposal.answer)

    @Slot(str)
    def _clear(self, key: str) -> None:
        audit = self._audit
        if audit is None or key not in audit.answers:
            return
        self._service.clear(audit.campaign.id, key)
        self._context.say_done("Réponse effacée.")

    @Slot(str, str)
    def _keep_note(self, key: str, note: str) -> None:
        if self._audit is None or key not in self._audit.answers:
            return
        answer = self._audit.answers[key]
        try:
            self._service.answer(self._audit.campaign.id, key, answer, note=note)
        except UserError as error:
            self._questions.show_error(key, _said(error, key))

    @Slot(str)
    def _remember_place(self, key: str) -> None:
        if self._audit is not None and not self._audit.is_closed:
            self._service.remember_place(self._audit.campaign.id, key)

    @Slot(str)
    def _attach(self, key: str) -> None:
        if self._audit is not None:
            self._evidence.attach(self._audit.campaign.id, key)

    @Slot(object)
    def _open_evidence(self, row: EvidenceRow) -> None:
        self._evidence.open(row)

    @Slot(object)
    def _remove_evidence(self, row: EvidenceRow) -> None:
        if self._audit is None:
            return
        if self._audit.is_closed:
            self._evidence.erase(row)
        else:
            self._evidence.remove(row)


def _said(error: UserError, key: str) -> str:
    """Return what went wrong; the service names the question, which the card shows already."""
    return error.what.removeprefix(f"{key}\u202f: ")
