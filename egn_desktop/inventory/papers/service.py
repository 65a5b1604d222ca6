# SPDX-License-Identifier: GPL-3.0-or-later
"""Papers signed on screen: printed with the signatures, kept byte for byte, never changed."""

import hashlib
from collections.abc import Sequence

from sqlalchemy.orm import Session

from egn_desktop import french
from egn_desktop.changes import Changed
from egn_desktop.documents.unwritten import UnwrittenError, unwritten_words
from egn_desktop.dossier import Dossier
from egn_desktop.dossier.apart import read_work_write
from egn_desktop.errors import UserError
from egn_desktop.inventory.papers.acts import Act, act
from egn_desktop.inventory.papers.case import Case, Signature
from egn_desktop.inventory.papers.forms import case_of, compose
from egn_desktop.inventory.papers.queries import signed_loans
from egn_desktop.inventory.register.finding import borrower_name, find_borrower
from egn_desktop.inventory.register.loans import loan
from egn_desktop.inventory.register.model import LoanPaper, SignedPaper

NOT_SIGNED = "Rien n’a été signé."


class PaperService:
    """Use cases of the papers signed at hand-over."""

    def __init__(self, dossier: Dossier) -> None:
        self._dossier = dossier

    def sign(
        self,
        *,
        document_id: str,
        loan_ids: Sequence[int],
        signatures: Sequence[Signature],
        language: str = "",
        again: bool = False,
        with_marks: bool = False,
    ) -> int:
        """Print a paper with its signatures, keep its bytes, and return its id.

        Args:
            loan_ids: all that is handed over, or given back, by one person: one signature for all.
            signatures: of those who sign the act; who need not may leave the box empty.
            language: code of a language to print beside French; French alone without it.
            again: even if it was signed before; both papers are kept.
            with_marks: even if a name cannot be printed whole.

        Raises:
            UnwrittenError: marks would stand for some signs of it.
            UserError: nothing to sign for, loans of several people or of another state, signed
                already, a signature that must be there is missing, or one without a name or that
                nobody gives on this paper.
        """
        from egn_desktop.documents.render import rendered

        paper_act = act(document_id)
        ids = tuple(dict.fromkeys(loan_ids))

        def printed() -> SignedPaper:
            borrower_id = self._check_loans(paper_act, ids, again=again)
            case = case_of(self._dossier, paper_act, ids, language=language)
            given, now = _checked(case, signatures), self._dossier.now()
            paper = rendered(compose(case.signed(given, now)))
            if paper.unwritten and not with_marks:
                raise UnwrittenError(unwritten_words(paper.unwritten), kept="Rien n’est signé.")
            pdf = paper.pdf
            return SignedPaper(
                borrower_id=borrower_id,
                document=paper_act.id,
                title=paper_act.title,
                signed_on=self._dossier.today(),
                signed_by=", ".join(dict.fromkeys(signature.name for signature in given)),
                pdf=pdf,
                digest=hashlib.sha256(pdf).hexdigest(),
                created_at=now,
            )

        def kept(session: Session, paper: SignedPaper) -> int:
            session.add(paper)
            session.flush()
            session.add_all(LoanPaper(paper_id=paper.id, loan_id=loan_id) for loan_id in ids)
            self._note_paper(session, "paper.signed", paper, ids)
            return paper.id

        return read_work_write(
            self._dossier,
            Changed.LOANS,
            undo=f"signature : {paper_act.title}",
            work=printed,
            keep=kept,
        )

    def withdraw_paper(self, paper_id: int, *, reason: str = "") -> None:
        """Withdraw a paper signed by mistake: its bytes go for good, the journal keeps the rest.

        Raises:
            UserError: there is none of that id, or it was withdrawn already.
        """
        with self._dossier.write(Changed.LOANS) as session:
            paper = session.get(SignedPaper, paper_id)
            if paper is None:
                raise UserError(f"Il n’y a pas de papier signé n° {paper_id} dans ce dossier.")
            if paper.withdrawn_on is not None:
                raise UserError(
                    f"Ce papier est déjà retiré, depuis le {french.short_date(paper.withdrawn_on)}."
                )
            paper.pdf, paper.withdrawn_on = b"", self._dossier.today()
            after = {"withdrawn_on": paper.withdrawn_on, "reason": reason.strip()}
            self._dossier.record("paper.withdrawn", f"paper:{paper.id}", after=after)

    def _check_loans(self, paper_act: Act, ids: Sequence[int], *, again: bool) -> int:
        """Return whose loans these are."""
        if not ids:
            raise UserError("Choisissez au moins un prêt.", kept=NOT_SIGNED)
        rows = [loan(self._dossier, loan_id).row for loan_id in ids]
        owners = {row.borrower_id for row in rows}
        if len(owners) > 1:
            raise UserError(
                "Ces prêts sont ceux de plusieurs personnes : chacune signe pour les siens.",
                kept=NOT_SIGNED,
            )
        for row in rows:
            if not paper_act.concerns(row):
                raise UserError(
                    f"{row.device_label} ne peut pas y figurer. {paper_act.refusal}",
                    kept=NOT_SIGNED,
                )
        borrower_id = owners.pop()
        done = signed_loans(self._dossier, paper_act.id, borrower_id=borrower_id) & set(ids)
        if done and not again:
            raise UserError(
                "Ce document est déjà signé pour "
                f"{french.count(len(done), 'de ces prêts', 'de ces prêts')}.",
                kept="Le document signé n’a pas changé.",
                todo="Retirez-le s’il a été signé par erreur, ou demandez à signer à nouveau.",
            )
        return borrower_id

    def _note_paper(
        self, session: Session, what: str, paper: SignedPaper, loan_ids: Sequence[int]
    ) -> None:
        who = find_borrower(session, paper.borrower_id)
        self._dossier.record(
            what,
            f"paper:{paper.id}",
            after={
                "borrower": who.id,
                "name": borrower_name(who),
                "document": paper.document,
                "title": paper.title,
                "loans": list(loan_ids),
                "signed_on": paper.signed_on,
                "signed_by": paper.signed_by,
                "sha256": paper.digest,
            },
        )


def _checked(case: Case, signatures: Sequence[Signature]) -> Sequence[Signature]:
    """Return the signatures in the order of those who sign the case."""
    for given in signatures:
        if given.role not in case.roles:
            raise UserError(
                f"Personne ne signe ce document comme « {given.role} ».",
                kept=NOT_SIGNED,
                todo=f"Au choix : {', '.join(case.roles)}.",
            )
        if not given.name.strip():
            raise UserError(f"Indiquez le nom de qui signe : {given.role}.", kept=NOT_SIGNED)
    if missing := case.missing(signatures):
        raise UserError(f"Il manque la signature : {missing.role.lower()}.", kept=NOT_SIGNED)
    return sorted(signatures, key=lambda signature: case.roles.index(signature.role))
