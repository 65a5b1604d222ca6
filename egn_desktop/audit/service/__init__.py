# SPDX-License-Identifier: GPL-3.0-or-later
"""What can be done with an audit: start it, answer, close it, turn its gaps into actions."""

from collections.abc import Mapping, Sequence
from datetime import date

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from egn_desktop.actions.rules import ActionState, Source
from egn_desktop.actions.service import ActionService
from egn_desktop.audit import answers, rules
from egn_desktop.audit.answers import Answer
from egn_desktop.audit.catalogue import Question
from egn_desktop.audit.model import Campaign, CampaignAnswer
from egn_desktop.audit.proofs import digest
from egn_desktop.audit.proposals import (
    Fact,
    Known,
    NoteNeededError,
    Proposal,
    disagreement,
    from_inventory,
    proposals,
)
from egn_desktop.audit.queries import current_frame, gaps, new_questions, open_frame, view
from egn_desktop.audit.service.evidence import EvidencePart
from egn_desktop.audit.service.part import find, find_open
from egn_desktop.changes import Changed
from egn_desktop.dossier import Dossier
from egn_desktop.errors import UserError
from egn_desktop.school.calendar import audit_year

NOTHING_CHANGED = "Aucune réponse n’a été modifiée."
Given = Answer | str | None
"""An answer, its text as ``answers.parse`` reads it, or None to take it back."""


def _nothing_known(_: Dossier) -> Mapping[str, Fact]:
    return {}


class AuditService(EvidencePart):
    """Use cases of the audit.

    Args:
        known: tells what the inventory knows; nothing when it is left out.
    """

    def __init__(self, dossier: Dossier, known: Known = _nothing_known) -> None:
        super().__init__(dossier)
        self._known = known
        self._actions = ActionService(dossier)

    def start(self, school_year: int | None = None) -> int:
        """Start the audit of a school year, this one unless another is named; return its id.

        Raises:
            UserError: the school has not said its levels, or that year has its audit.
        """
        year = audit_year(self._dossier.today()) if school_year is None else school_year
        if not current_frame(self._dossier).levels:
            raise UserError(
                "Les questions dépendent des niveaux accueillis, qui ne sont pas renseignés.",
                todo="Indiquez d’abord les niveaux dans Réglages, onglet Identité.",
            )
        undo = f"début de l’état des lieux {rules.year_text(year)}"
        with self._dossier.write(Changed.AUDIT, undo=undo) as session:
            if session.scalar(select(Campaign.id).where(Campaign.school_year == year)):
                raise UserError(
                    f"L’état des lieux {rules.year_text(year)} existe déjà.",
                    todo="Poursuivez-le, ou rouvrez-le s’il est clos.",
                )
            campaign = Campaign(school_year=year, started_at=self._dossier.now())
            session.add(campaign)
            session.flush()
            self._record("audit.started", campaign, after={"school_year": year})
            return campaign.id

    def answer(
        self, campaign_id: int, question: str, given: Given, *, note: str | None = None
    ) -> None:
        """Answer one question; ``None`` takes the answer back.

        Args:
            question: its key: a criterion's id, with ":" and the level when it is asked by level.
            note: kept with the answer; when left out, the answer's own, else the one before.

        Raises:
            UserError: the audit is closed, the question is unknown, or the answer is wrong.
            NoteNeededError: the answer is not the inventory's, and no note says why.
        """
        self.answer_many(
            campaign_id, {question: given}, notes={} if note is None else {question: note}
        )

    def answer_many(
        self,
        campaign_id: int,
        given: Mapping[str, Given],
        *,
        notes: Mapping[str, str] | None = None,
    ) -> None:
        """Answer several questions, all of them or none.

        Raises:
            UserError: the audit is closed; or some answers are wrong, each told on its line.
            NoteNeededError: all that is wrong is a missing note.
        """
        frame = open_frame(self._dossier, campaign_id)
        asked = {question.key: question for question in frame.questions}
        problems: list[str] = []
        ready: dict[str, Answer | None] = {}
        for key, said in given.items():
            found = _ready(asked.get(key), said, self._dossier.today())
            if isinstance(found, str):
                problems.append(f"{key} : {found}")
            else:
                ready[key] = found
        if problems:
            raise UserError("\n".join(problems), kept=NOTHING_CHANGED)
        with self._dossier.write(Changed.AUDIT, undo=_words(ready)) as session:
            find_open(session, campaign_id)
            self._refuse_unexplained(campaign_id, ready, notes or {})
            for key, answer in ready.items():
                note = (notes or {}).get(key)
                self._keep(session, campaign_id, asked[key], frame.version, answer, note)

    def proposals(self, campaign_id: int) -> Mapping[str, Sequence[Proposal]]:
        """Return what inventory and last audit propose, by key of the question."""
        audit = view(self._dossier, campaign_id)
        return proposals(self._dossier, audit, self._known) if audit else {}

    def take_known(self, campaign_id: int) -> Sequence[Proposal]:
        """Answer what has no answer with what the inventory knows; return what was taken.

        Last year's answers are not taken: each is to be confirmed.

        Raises:
            UserError: the audit is closed.
        """
        with self._dossier.write(
            Changed.AUDIT, undo="réponses reprises de l’inventaire"
        ) as session:
            find_open(session, campaign_id)
            audit = view(self._dossier, campaign_id)
            found = from_inventory(self._dossier, audit, self._known) if audit else ()
            taken = [
                proposal
                for proposal in found
                if audit and proposal.answer and proposal.question.key not in audit.answers
            ]
            self.answer_many(
                campaign_id, {proposal.question.key: proposal.answer for proposal in taken}
            )
        return taken

    def take_new_questions(self, campaign_id: int) -> Sequence[Question]:
        """Have an open audit ask what the catalogue asks today; return the questions it gained.

        What was answered stays. Without this, an audit that was begun by an earlier catalogue
        keeps asking what it asked.

        Raises:
            UserError: the audit is closed, or there is nothing new to ask.
        """
        audit = view(self._dossier, campaign_id)
        gained = new_questions(self._dossier, audit) if audit else ()
        version = current_frame(self._dossier).version
        with self._dossier.write(Changed.AUDIT, undo="nouvelles questions posées") as session:
            campaign = find_open(session, campaign_id)
            if audit is None or not gained:
                raise UserError("Cet état des lieux pose déjà toutes les questions.")
            for row in campaign.answers:
                row.version = version
        return gained

    def clear(self, campaign_id: int, question: str) -> None:
        """Take an answer back; the question is to be answered again."""
        self.answer(campaign_id, question, None)

    def remember_place(self, campaign_id: int, question: str) -> None:
        """Note at which question the head is, to come back to it."""
        with self._dossier.write(aside=True) as session:
            find(session, campaign_id).place = question

    def close(self, campaign_id: int) -> None:
        """Close an audit: it no longer changes, whatever becomes of catalogue and school.

        Raises:
            UserError: it is closed already, or nothing was answered.
        """
        audit = view(self._dossier, campaign_id)
        if audit is None or not audit.answers:
            raise UserError(
                "Aucune question n’a de réponse.", todo="Répondez à quelques questions d’abord."
            )
        with self._dossier.write(Changed.AUDIT, undo="clôture de l’état des lieux") as session:
            campaign = find_open(session, campaign_id)
            campaign.closed_on = self._dossier.today()
            campaign.frame = msgspec.json.encode(audit.frame).decode()
            session.flush()
            after = _score(audit.result) | {"answers_sha256": digest(campaign)}
            self._record("audit.closed", campaign, after=after)

    def reopen(self, campaign_id: int) -> None:
        """Open a closed audit again; it is judged by today's catalogue.

        Raises:
            UserError: a later audit was started since.
        """
        with self._dossier.write(Changed.AUDIT, undo="réouverture de l’état des lieux") as session:
            campaign = find(session, campaign_id)
            later = select(Campaign.id).where(Campaign.school_year > campaign.school_year)
            if session.scalar(later.limit(1)):
                raise UserError(
                    "Un état des lieux plus récent existe : celui-ci ne peut plus être rouvert."
                )
            before = {"closed_on": campaign.closed_on}
            campaign.closed_on, campaign.frame = None, ""
            self._record("audit.reopened", campaign, before=before)

    def create_action(
        self,
        campaign_id: int,
        criterion_id: str,
        *,
        title: str = "",
        responsible: str = "",
        provider: str | None = None,
        due_on: date | None = None,
        cost: str = "",
    ) -> int:
        """Turn a gap into an action of the one list, and return the action's id.

        Args:
            title: what the criterion proposes when left empty.
            provider: who must provide first when left out.

        Raises:
            UserError: the criterion has no gap, or its action is already in the list.
        """
        rows = [row for row in gaps(self._dossier, campaign_id) if row.criterion_id == criterion_id]
        if not rows:
            raise UserError(f"Le critère {criterion_id} ne présente pas d’écart.")
        made = rows[0].action
        if made is not None and made.state is ActionState.OPEN:
            raise UserError(
                "Une action est déjà prévue pour cet écart.",
                todo="Vous la trouverez dans Exercices, onglet Actions.",
            )
        named = title.strip() or rows[0].gap.criterion.action
        undo = f"ajout de l’action « {named} »"
        with self._dossier.write(Changed.AUDIT, Changed.ACTIONS, undo=undo):
            return self._actions.add(
                title=named,
                source=Source.gap(criterion_id, campaign_id),
                responsible=responsible,
                provider=provider or next(iter(rows[0].gap.providers), None),
                due_on=due_on,
                cost=cost,
            )

    def _refuse_unexplained(
        self, campaign_id: int, ready: Mapping[str, Answer | None], notes: Mapping[str, str]
    ) -> None:
        """Refuse answers that differ from the inventory's without a note that says why."""
        ids = {key.partition(":")[0] for key in ready}
        asked = open_frame(self._dossier, campaign_id).asked
        if not any(criterion.known_from for criterion in asked if criterion.id in ids):
            return
        audit = view(self._dossier, campaign_id)
        if audit is None:
            return
        found = from_inventory(self._dossier, audit, self._known)
        questions = {question.key: question for question in audit.questions}
        missing: list[str] = []
        for key, answer in ready.items():
            if answer is None:
                continue
            before = audit.answers.get(key)
            note = notes.get(key, answer.note or (before.note if before else ""))
            said = disagreement(questions[key], answer, found)
            if said and not note.strip():
                missing.append(
                    f"{key} : {said} Dites dans la note pourquoi vous répondez autrement."
                )
        if missing:
            raise NoteNeededError("\n".join(missing), kept=NOTHING_CHANGED)

    def _keep(
        self,
        session: Session,
        campaign_id: int,
        question: Question,
        version: str,
        answer: Answer | None,
        note: str | None,
    ) -> None:
        level = question.level or ""
        name = (campaign_id, question.criterion.id, level)
        row = session.get(CampaignAnswer, name)
        if answer is None:
            if row is not None:
                session.delete(row)
            return
        if row is None:
            row = CampaignAnswer(
                campaign_id=campaign_id, criterion=question.criterion.id, level=level
            )
            session.add(row)
        row.version = version
        row.standing = answer.standing
        row.value = answers.encode(answer.value)
        row.reason = answer.reason.strip()
        row.origin = answer.origin
        row.note = (answer.note or row.note or "" if note is None else note).strip()
        row.answered_at = self._dossier.now()


def _ready(question: Question | None, given: Given, today: date) -> Answer | str | None:
    """Return the answer to keep, or what is wrong with it, in French."""
    if question is None:
        return "question inconnue, ou qui n’est pas posée à ces niveaux."
    if given is None:
        return None
    answer = answers.parse(question.criterion, given) if isinstance(given, str) else given
    if isinstance(answer, str):
        return answer
    return answers.problem(question.criterion, answer, today) or answer


def _words(ready: Mapping[str, Answer | None]) -> str:
    """Return what an undo of these answers is called."""
    if len(ready) > 1:
        return f"{len(ready)} réponses de l’état des lieux"
    return "réponse donnée" if any(ready.values()) else "réponse effacée"


def _score(result: rules.Result) -> dict[str, object]:
    score = result.score or rules.ANYTHING
    return {"low": round(score.low, 4), "high": round(score.high, 4), "gaps": len(result.gaps)}
