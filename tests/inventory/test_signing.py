# SPDX-License-Identifier: GPL-3.0-or-later
"""Agreements signed on screen: the bytes are kept, found again, and go with the person."""

import hashlib
import math
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from egn_desktop import content
from egn_desktop.cli import papers as commands
from egn_desktop.cli.parser import FrenchParser, SubCommands
from egn_desktop.documents.blocks import Drawing
from egn_desktop.dossier import Dossier, journal
from egn_desktop.dossier.verify import first_broken_link
from egn_desktop.errors import UserError
from egn_desktop.exports import offer_of, pdf_bytes
from egn_desktop.inventory.papers import acts
from egn_desktop.inventory.papers.acts import AGREEMENT, RECEIPT, act
from egn_desktop.inventory.papers.case import Signature, signers_of
from egn_desktop.inventory.papers.forms import case_of
from egn_desktop.inventory.papers.queries import paper, paper_of_digest, paper_pdf, signable
from egn_desktop.inventory.papers.queries import papers as all_papers
from egn_desktop.inventory.people.queries.pupils import pupil
from egn_desktop.inventory.register.nouns import (
    DeviceInput,
    GuardianFields,
    PupilInput,
    StaffFields,
)
from egn_desktop.inventory.register.terms import BorrowerKind, DeviceKind
from egn_desktop.school.queries import Identity, LevelCount
from egn_desktop.school.rules import Level
from egn_desktop.school.service import SchoolService
from egn_desktop.school.who import EquipmentOwner
from egn_desktop.school.words import Owner
from egn_desktop.services import Services

HAND = Drawing([[(at / 100, 0.5 + 0.3 * math.sin(at / 5)) for at in range(100)], [(0.9, 0.2)]])
GUARDIAN = "Le représentant légal"
HEAD = "La cheffe ou le chef d’établissement"
AGREED = EquipmentOwner(Owner.DEPARTEMENT, accord_on=date(2026, 9, 1))
BY_NADIA = Signature(GUARDIAN, "Nadia Benali", HAND)


@pytest.fixture
def services(dossier: Dossier) -> Services:
    """A collège that lent a laptop and a 4G key to Inès, and a laptop to Noé."""
    SchoolService(dossier).save(
        Identity(
            name="Collège Jules-Verne",
            town="Yssingeaux",
            head="Claire Morvan",
            levels=(LevelCount(Level.COLLEGE, 12, 300),),
            owners=(AGREED,),
            council_accord_on=date(2026, 10, 12),
        )
    )
    made = Services.of(dossier)
    guardian = GuardianFields("Mme", "Benali", "Nadia", phone="06 39 98 12 34")
    for last, first in (("Benali", "Inès"), ("Traoré", "Noé")):
        made.pupils.add_pupil(PupilInput(last, first, school_class="5e B", guardians=(guardian,)))
    for number, (kind, pupil_id) in enumerate(
        ((DeviceKind.LAPTOP, 1), (DeviceKind.HOTSPOT, 1), (DeviceKind.LAPTOP, 2)), 1
    ):
        device = made.devices.add_device(
            DeviceInput(f"YSS-{number:04}", kind, "HP", "X2", accessories=("chargeur",))
        )
        made.loans.lend(device_id=device, borrower_id=pupil_id, due_on=date(2027, 7, 2))
    return made


def words(pdf: bytes, folder: Path) -> str:
    file = folder / "signé.pdf"
    file.write_bytes(pdf)
    read = subprocess.run(["pdftotext", "-raw", file, "-"], capture_output=True, text=True)
    return " ".join(read.stdout.split())


def journalled(dossier: Dossier, paper_id: int) -> list[tuple[str, str | None]]:
    with dossier.read() as session:
        entries = journal.entries(session, [f"paper:{paper_id}"])
        return [(entry.what, entry.details) for entry in entries]


def test_a_signed_agreement_is_kept_byte_for_byte(
    dossier: Dossier, services: Services, tmp_path: Path
) -> None:
    head = Signature(HEAD, "Claire Morvan")
    paper_id = services.papers.sign(
        document_id=AGREEMENT, loan_ids=[1], signatures=[head, BY_NADIA]
    )
    row, pdf = paper(dossier, paper_id), paper_pdf(dossier, paper_id)
    assert (row.signed_by, row.signed_on, row.loan_ids) == (
        "Nadia Benali, Claire Morvan", date(2026, 11, 24), (1,),
    )  # fmt: skip
    assert hashlib.sha256(pdf).hexdigest() == row.digest
    text = words(pdf, tmp_path)
    assert "Fait à Yssingeaux, le 24 novembre 2026." in text
    assert "Signé à l’écran le 24 novembre 2026 à 08:12 par Nadia Benali" in text
    assert "Signé à l’écran, par le nom, le 24 novembre 2026 à 08:12 par Claire Morvan" in text
    services.loans.renew(1, due_on=date(2027, 8, 31))
    SchoolService(dossier).save(Identity(name="Autre nom"))
    assert paper_pdf(dossier, paper_id) == pdf
    (entry,) = journalled(dossier, paper_id)
    assert entry[0] == "paper.signed"
    assert row.digest in (entry[1] or "")


def test_one_signature_covers_all_that_one_person_gets(
    dossier: Dossier, services: Services, tmp_path: Path
) -> None:
    offered = signable(dossier, AGREEMENT, borrower_id=1)
    assert {row.id for row in offered} == {1, 2}
    paper_id = services.papers.sign(document_id=AGREEMENT, loan_ids=[1, 2], signatures=[BY_NADIA])
    text = words(paper_pdf(dossier, paper_id), tmp_path)
    assert text.count("Signé à l’écran le 24 novembre 2026 à 08:12 par Nadia Benali") == 1
    assert "YSS-0001" in text
    assert "YSS-0002" in text
    assert signable(dossier, AGREEMENT, borrower_id=1) == []
    assert [row.id for row in all_papers(dossier, loan_id=2)] == [paper_id]
    assert all_papers(dossier, loan_id=3) == []


def test_the_digest_tells_a_signed_paper_from_a_changed_copy(
    dossier: Dossier, services: Services
) -> None:
    paper_id = services.papers.sign(document_id=AGREEMENT, loan_ids=[1], signatures=[BY_NADIA])
    pdf = paper_pdf(dossier, paper_id)
    found = paper_of_digest(dossier, hashlib.sha256(pdf).hexdigest().upper())
    assert found == paper(dossier, paper_id)
    changed = pdf.replace(b"%%EOF", b"%%EOf")
    assert paper_of_digest(dossier, hashlib.sha256(changed).hexdigest()) is None


def test_a_paper_signed_by_mistake_is_withdrawn_and_signed_again(
    dossier: Dossier, services: Services
) -> None:
    wrong = services.papers.sign(
        document_id=AGREEMENT, loan_ids=[1], signatures=[Signature(GUARDIAN, "Claire Morvan", HAND)]
    )
    with pytest.raises(UserError, match="déjà signé"):
        services.papers.sign(document_id=AGREEMENT, loan_ids=[1, 2], signatures=[BY_NADIA])
    digest = paper(dossier, wrong).digest
    services.papers.withdraw_paper(wrong, reason="La directrice avait signé à la place de la mère")
    with pytest.raises(UserError, match="retiré le 24/11/2026"):
        paper_pdf(dossier, wrong)
    with pytest.raises(UserError, match="déjà retiré"):
        services.papers.withdraw_paper(wrong)
    right = services.papers.sign(document_id=AGREEMENT, loan_ids=[1, 2], signatures=[BY_NADIA])
    assert [row.id for row in all_papers(dossier)] == [right]
    assert [row.id for row in all_papers(dossier, withdrawn=True)] == [right, wrong]
    known = paper_of_digest(dossier, digest)
    assert known is not None
    assert known.withdrawn_on == date(2026, 11, 24)
    assert [what for what, _ in journalled(dossier, wrong)] == ["paper.signed", "paper.withdrawn"]


def test_a_loan_is_signed_again_when_that_is_asked_for(
    dossier: Dossier, services: Services
) -> None:
    first = services.papers.sign(document_id=AGREEMENT, loan_ids=[1], signatures=[BY_NADIA])
    services.loans.renew(1, due_on=date(2027, 8, 31))
    again = services.papers.sign(
        document_id=AGREEMENT, loan_ids=[1], signatures=[BY_NADIA], again=True
    )
    assert {row.id for row in all_papers(dossier)} == {first, again}


@pytest.mark.parametrize(
    ("document_id", "loan_ids", "signatures", "refusal"),
    [
        (AGREEMENT, [], [BY_NADIA], "au moins un prêt"),
        (AGREEMENT, [1, 3], [BY_NADIA], "plusieurs personnes"),
        (AGREEMENT, [9], [BY_NADIA], "Il n’y a pas de prêt n° 9"),
        (AGREEMENT, [1], [], "Il manque la signature"),
        (AGREEMENT, [1], [Signature(HEAD, "Claire Morvan", HAND)], "Il manque la signature"),
        (AGREEMENT, [1], [Signature("Le maire", "Paul Roux", HAND)], "comme « Le maire »"),
        (AGREEMENT, [1], [Signature(GUARDIAN, "  ", HAND)], "Indiquez le nom"),
        ("registre-des-prets", [1], [BY_NADIA], "ne se signe pas à l’écran"),
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_is_kept(
    dossier: Dossier,
    services: Services,
    document_id: str,
    loan_ids: list[int],
    signatures: list[Signature],
    refusal: str,
) -> None:
    with pytest.raises(UserError, match=refusal):
        services.papers.sign(document_id=document_id, loan_ids=loan_ids, signatures=signatures)
    assert all_papers(dossier, withdrawn=True) == []


def test_an_ended_loan_has_no_agreement_to_sign(dossier: Dossier, services: Services) -> None:
    services.loans.return_device(1)
    with pytest.raises(UserError, match="tant que le prêt est en cours"):
        services.papers.sign(document_id=AGREEMENT, loan_ids=[1], signatures=[BY_NADIA])


def test_a_return_is_signed_in_the_same_way(
    dossier: Dossier, services: Services, tmp_path: Path
) -> None:
    giver = Signature("Rendu par", "Nadia Benali", HAND)
    with pytest.raises(UserError, match="une fois le retour noté"):
        services.papers.sign(document_id=RECEIPT, loan_ids=[1], signatures=[giver])
    for loan_id in (1, 2):
        services.loans.return_device(loan_id, accessories=[], returned_on=date(2026, 11, 24))
    head = Signature(HEAD, "Claire Morvan", HAND)
    paper_id = services.papers.sign(document_id=RECEIPT, loan_ids=[1, 2], signatures=[giver, head])
    row, text = paper(dossier, paper_id), words(paper_pdf(dossier, paper_id), tmp_path)
    assert (row.title, row.signed_by) == ("Reçu de retour", "Nadia Benali, Claire Morvan")
    for expected in ("YSS-0001", "YSS-0002", "Non rendu", "à 08:12 par Claire Morvan"):
        assert expected in text
    assert "Nom de la personne" not in text, "it is there"
    assert signable(dossier, RECEIPT, borrower_id=1) == []


def test_a_teacher_signs_for_what_she_borrows(
    dossier: Dossier, services: Services, tmp_path: Path
) -> None:
    teacher = services.staff.add_staff(
        StaffFields("Marchand", "Zoé", duty="Professeure de lettres")
    )
    device = services.devices.add_device(DeviceInput("YSS-0009", DeviceKind.LAPTOP))
    loan_id = services.loans.lend(device_id=device, borrower_id=teacher)
    first, _ = case_of(dossier, act(AGREEMENT), [loan_id]).signers
    assert first.name == "Marchand Zoé"
    signature = Signature(first.role, first.name, HAND)
    paper_id = services.papers.sign(
        document_id=AGREEMENT, loan_ids=[loan_id], signatures=[signature]
    )
    assert "08:12 par Marchand Zoé" in words(paper_pdf(dossier, paper_id), tmp_path)


def test_erasing_a_person_erases_the_papers_withdrawn_ones_too(
    dossier: Dossier, services: Services, tmp_path: Path
) -> None:
    wrong = services.papers.sign(document_id=AGREEMENT, loan_ids=[1], signatures=[BY_NADIA])
    services.papers.withdraw_paper(wrong, reason="Signée par sa tante Zoraïde")
    kept = services.papers.sign(document_id=AGREEMENT, loan_ids=[1, 2], signatures=[BY_NADIA])
    pdf = paper_pdf(dossier, kept)
    for loan_id in (1, 2):
        services.loans.return_device(loan_id)
    services.privacy.erase_pupil(pupil(dossier, 1).row.id)
    assert all_papers(dossier, withdrawn=True) == []
    assert paper_of_digest(dossier, hashlib.sha256(pdf).hexdigest()) is None
    assert {details for _, details in journalled(dossier, wrong) + journalled(dossier, kept)} == {
        None
    }
    assert first_broken_link(dossier) is None
    pages = plain_bytes(dossier, tmp_path / "clair.sqlite")
    assert pdf[200:260] not in pages
    assert "Zoraïde".encode() not in pages
    assert b"Nadia Benali" not in pages


def plain_bytes(dossier: Dossier, target: Path) -> bytes:
    """Return the file's pages without encryption: what somebody with the key could read."""
    with dossier.locked:
        dossier.raw.execute(f"ATTACH '{target}' AS plain KEY ''")
        dossier.raw.execute("SELECT sqlcipher_export('plain')").fetchall()
        dossier.raw.execute("DETACH plain")
    return target.read_bytes()


def test_forty_signed_agreements_add_little_more_than_a_megabyte(
    dossier: Dossier, services: Services
) -> None:
    paper_id = services.papers.sign(document_id=AGREEMENT, loan_ids=[1], signatures=[BY_NADIA])
    assert paper(dossier, paper_id).size < 36_000


def test_the_case_says_who_signs_and_what_is_signed(dossier: Dossier, services: Services) -> None:
    case = case_of(dossier, act(AGREEMENT), [1])
    assert [
        (signer.role, signer.name, signer.note, signer.rule.must) for signer in case.signers
    ] == [
        (GUARDIAN, "Mme Nadia Benali", "Lu et approuvé", True),
        ("L’élève", "Benali Inès", "", False),
        (HEAD, "Claire Morvan", "", False),
    ]
    assert any("2 juillet 2027" in fact.french for fact in case.summary)
    given = Signature("L’élève", "Inès", HAND)
    assert case.missing([Signature(HEAD, "Claire Morvan")]) is case.signers[0]
    assert case.missing([given]) is None, "one of the borrower's side signed"
    at = dossier.now()
    signed = case.signed([given], at)
    assert [signer.signature for signer in signed.signers] == [None, given, None]
    assert signed.signers[1].name == "Inès"
    assert (signed.signed_at, signed.school.town) == (at, "Yssingeaux")


def test_who_gives_back_is_proposed_on_screen_and_written_on_paper(
    dossier: Dossier, services: Services
) -> None:
    services.loans.return_device(1)
    giver, head = case_of(dossier, act(RECEIPT), [1]).signers
    assert (giver.name, giver.known, giver.note) == (
        "", "Mme Nadia Benali", "Nom de la personne qui rend",
    )  # fmt: skip
    assert (head.name, head.note) == ("Claire Morvan", "Reçu par")


@pytest.mark.parametrize("level", [Level.ELEMENTAIRE, Level.COLLEGE])
def test_each_act_names_the_head_as_the_school_does(level: Level) -> None:
    school = Identity(levels=(LevelCount(level),))
    for signed_act in acts.acts():
        for kind in BorrowerKind:
            signers = signers_of(signed_act, school, kind, {"head": "Anne Roy"})
            found = [(who.role, who.name) for who in signers if who.rule.side == "school"]
            assert found == [(school.head_role, "Anne Roy")], act.id


GIFT = """
version = "2026.1"

[[entry]]
id = "don-de-materiel"
source = "egn-desktop"
title = "Don de matériel"
form = "agreement"
loans = ["open"]
refusal = "Le don se signe tant que le prêt est en cours."

[[entry.signers]]
id = "sign-owner"
role = "Le propriétaire"
side = "owner"
must = true
asks = "Nom de qui signe pour la collectivité"

[[entry.signers]]
id = "sign-new-owner"
role = "L’élève majeur"
who = "borrower"
side = "borrower"
must = true
why = "J’accepte ce don"
when = ["pupil"]
"""


def test_a_new_act_with_other_signers_is_one_entry(
    dossier: Dossier, services: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "gift.toml").write_text(GIFT, encoding="utf-8")
    catalogue = content.load("gift.toml", acts.Act, folder=tmp_path)
    monkeypatch.setattr(acts, "acts", lambda: catalogue)
    owner, adult = "Le propriétaire", "L’élève majeur"
    gift = catalogue.entries[0].id
    case = case_of(dossier, act(gift), [1])
    assert [(signer.role, signer.known) for signer in case.signers] == [
        (owner, ""), (adult, "Benali Inès"),
    ]  # fmt: skip
    by_adult = Signature(adult, "Benali Inès", HAND)
    with pytest.raises(UserError, match="Il manque la signature : le propriétaire"):
        services.papers.sign(document_id=gift, loan_ids=[1], signatures=[by_adult])
    by_owner = Signature(owner, "Paul Roux")
    paper_id = services.papers.sign(document_id=gift, loan_ids=[1], signatures=[by_adult, by_owner])
    row, text = paper(dossier, paper_id), words(paper_pdf(dossier, paper_id), tmp_path)
    assert (row.title, row.signed_by) == ("Don de matériel", "Paul Roux, Benali Inès")
    for expected in ("Don de matériel", "J’accepte ce don", "par Paul Roux", "YSS-0001"):
        assert expected in text
    for unwanted in (HEAD, "Conditions", "Nom de qui signe"):
        assert unwanted not in text


def test_the_words_are_signed_in_both_languages(
    dossier: Dossier, services: Services, tmp_path: Path
) -> None:
    case = case_of(dossier, act(AGREEMENT), [1, 2], language="en")
    assert any("2 juillet 2027" in fact.french for fact in case.summary)
    assert any("02/07/2027" in fact.other for fact in case.summary)
    paper_id = services.papers.sign(
        document_id=AGREEMENT, loan_ids=[1, 2], signatures=[BY_NADIA], language="en"
    )
    text = words(paper_pdf(dossier, paper_id), tmp_path)
    assert "English" in text
    assert "Signé à l’écran le 24 novembre 2026 à 08:12 par Nadia Benali" in text


class TestCommands:
    """``egn-desktop papers`` and the document that the registry offers."""

    @pytest.fixture
    def run(
        self, dossier: Dossier, services: Services, capsys: pytest.CaptureFixture[str]
    ) -> Callable[..., str]:
        parser = FrenchParser(prog="egn-desktop")
        commands.register(SubCommands(parser))

        def ran(*options: str) -> str:
            parsed = parser.parse_args(["papers", "ecole.egn", *options])
            parsed.run(services, parsed)
            return capsys.readouterr().out

        return ran

    def test_papers_are_listed_saved_and_withdrawn(
        self, dossier: Dossier, services: Services, run: Callable[..., str], tmp_path: Path
    ) -> None:
        assert run() == "Aucun papier signé à l’écran.\n"
        paper_id = services.papers.sign(
            document_id=AGREEMENT, loan_ids=[1, 2], signatures=[BY_NADIA]
        )
        pdf = paper_pdf(dossier, paper_id)
        shown = run()
        assert "Convention de prêt · Benali Inès · prêts 1, 2" in shown
        digest = hashlib.sha256(pdf).hexdigest()
        assert f"signé le 24/11/2026 par Nadia Benali · SHA-256 {digest}" in shown
        target = tmp_path / "convention.pdf"
        with pytest.raises(UserError, match="--to"):
            run("--save", str(paper_id))
        run("--save", str(paper_id), "--to", str(target))
        assert target.read_bytes() == pdf
        assert "retiré" in run("--withdraw", str(paper_id), "--reason", "Mauvaise personne")
        assert run() == "Aucun papier signé à l’écran.\n"
        assert "retiré le 24/11/2026" in run("--all")
        with pytest.raises(UserError, match="retiré le 24/11/2026"):
            run("--save", str(paper_id), "--to", str(target))
        with pytest.raises(UserError, match="n° 9"):
            run("--withdraw", "9")

    def test_the_documents_page_offers_the_very_bytes(
        self, dossier: Dossier, services: Services
    ) -> None:
        assert not offer_of("papier-signe").together, "no signature leaves unasked"
        offer = offer_of("papier-signe")
        assert offer.subjects(dossier) == []
        paper_id = services.papers.sign(document_id=AGREEMENT, loan_ids=[1], signatures=[BY_NADIA])
        (subject,) = offer.subjects(dossier)
        assert subject.label == "Benali Inès, convention de prêt du 24/11/2026"
        assert pdf_bytes(dossier, "papier-signe", subject.key) == paper_pdf(dossier, paper_id)
