# SPDX-License-Identifier: GPL-3.0-or-later
"""Which document a PDF is, and what proves it: the dossier, or only the seal in the file."""

import hashlib
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from egn_desktop import french
from egn_desktop.dossier import Dossier, journal
from egn_desktop.dossier.accounts import summed_up
from egn_desktop.dossier.verify import journal_problems
from egn_desktop.errors import UserError
from egn_desktop.inventory.papers.queries import PaperRow, paper_of_digest
from egn_desktop.plans.catalogue import Tone
from egn_desktop.plans.milestones import settling_words
from egn_desktop.plans.queries import attachments, versions
from egn_desktop.sandbox import given
from egn_desktop.school.queries import identity

LARGEST: Final = 64 * 1024 * 1024
"""How many bytes a PDF may have that is to be recognised: more than all that we print."""

ASK_THE_SCHOOL: Final = (
    "Demandez à qui l’a imprimé le fichier d’origine, ou qu’il soit vérifié avec le dossier d’où "
    "il vient."
)
NOT_WHO: Final = (
    "L’empreinte qu’il contient montre que rien n’y a changé depuis son impression par EGN "
    "Desktop. Elle ne prouve pas qui l’a imprimé : seul le dossier d’où il vient peut le dire."
)
NOTHING_SURE: Final = "Rien de ce qu’il contient n’est garanti."
PRINT_AGAIN: Final = (
    "Une version figée se réimprime telle quelle depuis l’onglet Versions du plan, ou par "
    "« egn-desktop export »."
)
UNKNOWN_HERE: Final = (
    "Ce fichier n’est aucune version figée du plan, aucun papier signé ni aucun document joint "
    "de ce dossier."
)

ADOPTED: Final = "plan.adopted"
CHANGED_SINCE: Final = "Le dossier a été changé : ce n’est pas le fichier d’origine."
NOT_AS_JOURNALLED: Final = (
    "Le dossier garde aujourd’hui ce fichier, mais son journal n’en a pas l’empreinte : il a été "
    "mis à la place d’un autre, autrement que par EGN Desktop."
)
JOURNAL_PROVES_NOTHING: Final = (
    "Le dossier connaît ce fichier, mais son journal a été changé : rien n’est donc prouvé."
)
COMPARE: Final = (
    "Gardez ce dossier sans y travailler, et comparez-le à une sauvegarde d’avant et au papier "
    "signé."
)


@dataclass(frozen=True, slots=True)
class Recognition:
    """What is known of a PDF, in French.

    Attributes:
        tone: "good" when the file is what it says to be, as far as can be told.
        headline: the answer in one sentence.
        said: which document it is, or says it is; empty when nothing is known.
        proof: what proves that, and what does not.
        todo: what can be done about a file that is not what it says to be.
    """

    tone: Tone
    headline: str
    said: str = ""
    proof: str = ""
    todo: str = ""

    @property
    def is_good(self) -> bool:
        """Whether the file can be relied upon as far as the proof goes."""
        return self.tone == "good"


def read(path: Path) -> bytes:
    """Return a file's bytes.

    Raises:
        UserError: it cannot be read, or is larger than any document of ours.
    """
    try:
        return given.read(path, LARGEST)
    except given.TooLarge as error:
        raise UserError(
            f"« {path.name} » dépasse {LARGEST // 1024**2} Mo : ce n’est pas un document "
            "d’EGN Desktop.",
            todo="Choisissez le PDF à reconnaître.",
        ) from error
    except OSError as error:
        raise UserError(f"Le fichier « {path} » ne peut pas être lu.") from error


def recognised(pdf: bytes, name: str, dossier: Dossier | None = None) -> Recognition:
    """Return what is known of a PDF.

    Args:
        name: names the file to the user.
        dossier: what it is compared with; without one, only the seal in the file is examined.

    Raises:
        UserError: the file is no PDF, or one that does not open.
    """
    if dossier is not None:
        known = _known(hashlib.sha256(pdf).hexdigest(), dossier)
        if known is not None:
            return known
    return _examined(pdf, name, dossier)


def _known(digest: str, dossier: Dossier) -> Recognition | None:
    found = _recorded(digest, dossier)
    if found is None:
        return _once_adopted(digest, dossier)
    known, what, subject = found
    if not known.is_good:
        return known
    with dossier.read() as session:
        said = journal.digest_said(session, what, subject)
    if said != digest:
        return replace(
            known,
            tone="bad",
            headline=f"{CHANGED_SINCE} {known.headline}",
            proof=NOT_AS_JOURNALLED,
            todo=COMPARE,
        )
    problems = journal_problems(dossier)
    if problems:
        return replace(
            known,
            tone="attention",
            proof=f"{summed_up(problems)} {JOURNAL_PROVES_NOTHING}",
            todo=COMPARE,
        )
    return known


def _recorded(digest: str, dossier: Dossier) -> tuple[Recognition, str, str] | None:
    """Return what the record with this digest says, and the entry that is to say it as well."""
    for version in versions(dossier):
        if version.sha256 == digest:
            school = identity(dossier)
            words = settling_words(school.kind)
            told = words.told(version.adopted_on, version.body)
            known = Recognition(
                "good",
                f"Plan de continuité, version {version.number}, {told}.",
                school.footer,
                "Prouvé par le dossier et son journal : c’est, octet pour octet, le fichier figé "
                "ce jour-là. Le fichier est intact.",
            )
            return known, ADOPTED, f"plan:{version.number}"
    signed = paper_of_digest(dossier, digest)
    if signed is not None:
        return _signed(signed, identity(dossier).footer), "paper.signed", f"paper:{signed.id}"
    for row in (*attachments(dossier), *attachments(dossier, removed=True)):
        if row.sha256 == digest:
            known = Recognition(
                "good",
                f"Document joint au dossier : « {row.title} ».",
                row.about,
                "Prouvé par le dossier et son journal : c’est, octet pour octet, le fichier joint "
                f"le {french.short_date(row.added_at.date())}.",
            )
            return known, "attachment.added", f"attachment:{row.id}"
    return None


def _once_adopted(digest: str, dossier: Dossier) -> Recognition | None:
    """Return what the journal alone says: a version whose file the dossier keeps no more."""
    with dossier.read() as session:
        subject = journal.subject_of_digest(session, ADOPTED, digest)
    if subject is None:
        return None
    number = subject.partition(":")[2]
    return Recognition(
        "attention",
        f"C’est, d’après le journal, le fichier figé comme version {number} du plan, "
        "mais le dossier en garde un autre aujourd’hui.",
        identity(dossier).footer,
        "Le dossier a été changé depuis, autrement que par EGN Desktop.",
        COMPARE,
    )


def _signed(row: PaperRow, school: str) -> Recognition:
    day = french.short_date(row.signed_on)
    headline = f"{row.title} : {row.borrower_name}, document signé à l’écran le {day} par "
    if row.withdrawn_on is not None:
        return Recognition(
            "attention",
            f"{headline}{row.signed_by}, puis retiré le {french.short_date(row.withdrawn_on)}.",
            school,
            "Le dossier en a gardé l’empreinte : c’est bien ce fichier, mais il ne vaut plus.",
        )
    return Recognition(
        "good",
        f"{headline}{row.signed_by}.",
        school,
        "Prouvé par le dossier et son journal : c’est, octet pour octet, le fichier gardé à la "
        "signature. Le fichier est intact.",
    )


def _examined(pdf: bytes, name: str, dossier: Dossier | None) -> Recognition:
    from egn_desktop.documents.pdf.received import Print, SealState, examined

    found: Print = examined(pdf, name)
    said = _said(found.title, found.reference, found.school, found.printed_on)
    if found.state is SealState.INTACT:
        headline = "Ce fichier est intact depuis son impression par EGN Desktop."
        if dossier is None:
            return Recognition("good", headline, said, NOT_WHO)
        if found.journal is None:
            return Recognition("attention", UNKNOWN_HERE, said, NOT_WHO, PRINT_AGAIN)
        return _stamped(said, found.journal, dossier)
    if found.state is SealState.FOREIGN:
        return Recognition("bad", "Ce fichier n’est pas un document d’EGN Desktop.")
    headline = "Ce fichier a été modifié ou réenregistré depuis son impression par EGN Desktop."
    if found.state is SealState.UNSEALED:
        headline = "Ce fichier se dit imprimé par EGN Desktop, mais n’en porte pas l’empreinte."
    todo = ASK_THE_SCHOOL if dossier is None else PRINT_AGAIN
    return Recognition("bad", headline, said, NOTHING_SURE, todo)


def _stamped(said: str, mark: tuple[int, str], dossier: Dossier) -> Recognition:
    """Hold the mark of the journal in a print that is kept nowhere, as a register, against it."""
    entries, head = mark
    with dossier.read() as session:
        passed = journal.hash_at(session, entries) == head
    at = french.count(entries, "écriture")
    if passed:
        return Recognition(
            "attention",
            UNKNOWN_HERE,
            said,
            f"Il porte l’état du journal à l’impression ({at}), et le journal de ce dossier est "
            f"bien passé par là : aucune écriture d’avant n’en a été retirée ni changée. {NOT_WHO}",
        )
    return Recognition(
        "bad",
        "Le journal de ce dossier n’est jamais passé par l’état que porte ce document.",
        said,
        f"Ou le document vient d’une autre copie, ou des écritures ont été retirées ou changées "
        f"depuis parmi les {entries} premières.",
        COMPARE,
    )


def _said(title: str, reference: str, school: str, printed_on: str) -> str:
    parts = [f"« {title} »" if title else "", reference, school]
    with suppress(ValueError):
        parts.append(f"daté du {french.short_date(date.fromisoformat(printed_on))}")
    return ", ".join(part for part in parts if part)
