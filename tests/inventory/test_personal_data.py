# SPDX-License-Identifier: GPL-3.0-or-later
import json
import re
import subprocess
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from egn_desktop import exports, inventory
from egn_desktop.cli import privacy as commands
from egn_desktop.cli.parser import FrenchParser, SubCommands
from egn_desktop.dossier import Dossier
from egn_desktop.errors import UserError
from egn_desktop.inventory.lending.reminders import Channel
from egn_desktop.inventory.papers.acts import AGREEMENT
from egn_desktop.inventory.papers.case import Signature
from egn_desktop.inventory.people.queries.borrowers import known_borrowers
from egn_desktop.inventory.privacy.journal_words import CHANGES
from egn_desktop.inventory.privacy.personal_json import personal_json
from egn_desktop.inventory.privacy.queries.personal import personal_data
from egn_desktop.inventory.register.nouns import (
    DeviceInput,
    GuardianFields,
    IncidentFields,
    PupilInput,
    StaffFields,
)
from egn_desktop.inventory.register.terms import Condition, DeviceKind, DeviceState, IncidentKind
from egn_desktop.services import Services


@pytest.fixture
def services(dossier: Dossier) -> Services:
    """Inès holds one device, gave one back and had one loan cancelled; Rose holds another."""
    made = Services.of(dossier)
    guardian = GuardianFields("Mme", "Benali", "Nadia", phone="06 39 98 12 34")
    ines = made.pupils.add_pupil(
        PupilInput("Benali", "Inès", born_on=date(2016, 3, 2), ine="123456789AB",
                   school_class="CM2", guardians=(guardian,))
    )  # fmt: skip
    rose = made.pupils.add_pupil(PupilInput("Haddad", "Rose", school_class="CE2"))
    for n in range(1, 5):
        made.devices.add_device(
            DeviceInput(f"YSS-{n:04}", DeviceKind.LAPTOP, "HP", "ProBook", f"SN{n}",
                        accessories=("chargeur", "housse"))
        )  # fmt: skip
    lent: dict[str, Any] = {"lent_on": date(2026, 9, 2), "due_on": date(2026, 12, 18)}
    made.loans.lend(device_id=1, borrower_id=ines, note="pour les devoirs", **lent)
    back = made.loans.lend(device_id=2, borrower_id=ines, **lent)
    made.loans.return_device(back, condition=Condition.WORN, accessories=["chargeur"], note="rayé")
    made.loans.lend(device_id=3, borrower_id=ines, **lent)
    made.dossier.undo_stack.undo()
    made.loans.lend(device_id=4, borrower_id=rose, note="secret de Rose", **lent)
    made.pupils.change_pupil(ines, school_class="CM2 M. Colin")
    made.needs.note_need(ines, ["no-device"])
    made.devices.change_device(
        3, state=DeviceState.RESERVED, reserved_for=ines, reserved_note="dès lundi"
    )
    late = made.loans.lend(
        device_id=2, borrower_id=ines, lent_on=date(2026, 11, 2), due_on=date(2026, 11, 9)
    )
    made.reminders.record_reminders([late], Channel.SMS)
    return made


def test_the_json_holds_all_that_is_known_and_nothing_of_others(
    dossier: Dossier, services: Services
) -> None:
    text = personal_json(dossier, 1)
    found = json.loads(text)
    assert (found["format"], found["version"]) == ("egn-desktop/donnees-personnelles", 1)
    assert found["eleve"]["ne_le"] == "2016-03-02"
    assert found["eleve"]["ine"] == "123456789AB"
    assert found["responsables"][0]["telephone"] == "06 39 98 12 34"
    assert [entry["note"] for entry in found["reserves"]] == ["dès lundi"]
    newest, *earlier = found["prets"]
    assert [reminder["moyen"] for reminder in newest["relances"]] == ["SMS"]
    loans = {loan["numero_inventaire"]: loan for loan in earlier}
    assert set(loans) == {"YSS-0001", "YSS-0002"}, "a loan taken back was never made"
    assert loans["YSS-0002"]["etat_au_retour"] == Condition.WORN.label
    assert {"nom": "housse", "rendu": False} in loans["YSS-0002"]["accessoires"]
    assert loans["YSS-0001"]["remarque_au_depart"] == "pour les devoirs"
    assert found["besoins"]["reponses"]
    assert {"pupil.added", "pupil.changed", "loan.lent", "loan.returned"} <= {
        entry["operation"] for entry in found["journal"]
    }
    assert "qui" not in found["journal"][0]
    for others in ("Rose", "Haddad", "YSS-0004"):
        assert others not in text


def test_every_change_that_the_register_journals_has_a_french_name() -> None:
    rooms = Path(inventory.__file__).parent
    sources = [*rooms.glob("*/service.py"), *rooms.glob("*/service/*.py")]
    text = "\n".join(source.read_text(encoding="utf-8") for source in sources)
    recorded = set(re.findall(r'"((?:pupil|staff|loan|need|incident|paper|photo)\.[a-z_]+)"', text))
    assert len(recorded) > 10
    # Written once the person is gone: nobody is handed these.
    assert recorded - set(CHANGES) == {"pupil.erased", "staff.erased"}


def test_the_pdf_is_the_persons_sheet(dossier: Dossier, services: Services, tmp_path: Path) -> None:
    file = tmp_path / "lu.pdf"
    file.write_bytes(exports.pdf_bytes(dossier, "donnees-personnelles", "1"))
    read = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, text=True)
    text = " ".join(read.stdout.split())
    for words in (
        "Benali Inès · CM2 M. Colin", "02/03/2016", "Mme Nadia Benali", "YSS-0001",
        "Prêts terminés", "rayé", "housse (non rendu)", "CM2 → CM2 M. Colin", "Aucun appareil",
        "moyen : SMS",
    ):  # fmt: skip
        assert words in text, words
    assert "Rose" not in text
    assert "loan." not in text
    assert "pupil." not in text


@pytest.fixture
def claire(dossier: Dossier, services: Services) -> int:
    """A teacher who has one device that she broke and signed for, and gave one back."""
    made = services.staff.add_staff(
        StaffFields("Roux", "Claire", "Enseignante, CE1", "c.roux@exemple.fr", "0639980001")
    )
    for n in (5, 6):
        services.devices.add_device(DeviceInput(f"YSS-{n:04}", DeviceKind.LAPTOP, "HP", "ProBook"))
    held, back = (
        services.loans.lend(
            device_id=n, borrower_id=made, lent_on=date(2026, 9, 2), due_on=date(2026, 12, 18)
        )
        for n in (5, 6)
    )
    services.loans.return_device(back, note="housse tachée")
    broken = IncidentFields(IncidentKind.BREAKAGE, date(2026, 11, 3), "Chute dans l’escalier")
    incident = services.incidents.add_incident(5, broken)
    picture = BytesIO()
    Image.new("RGB", (60, 40), "red").save(picture, "PNG")
    services.photos.add_photo(5, picture.getvalue(), "Charnière", incident_id=incident)
    signature = Signature("L’emprunteur", "Claire Roux")
    services.papers.sign(document_id=AGREEMENT, loan_ids=[held], signatures=[signature])
    return made


def read_text(dossier: Dossier, document: str, key: int, folder: Path) -> str:
    file = folder / "lu.pdf"
    file.write_bytes(exports.pdf_bytes(dossier, document, str(key)))
    read = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, text=True)
    return " ".join(read.stdout.split())


def test_a_teacher_is_handed_all_that_is_known_of_her(
    dossier: Dossier, claire: int, tmp_path: Path
) -> None:
    text = personal_json(dossier, claire)
    found = json.loads(text)
    assert found["personnel"] == {
        "nom": "Roux", "prenom": "Claire", "fonction": "Enseignante, CE1",
        "courriel": "c.roux@exemple.fr", "telephone": "0639980001",
    }  # fmt: skip
    assert "eleve" not in found
    assert {entry["numero_inventaire"] for entry in found["prets"]} == {"YSS-0005", "YSS-0006"}
    assert [entry["recit"] for entry in found["incidents"]] == ["Chute dans l’escalier"]
    assert [entry["signe_par"] for entry in found["documents_signes"]] == ["Claire Roux"]
    assert [entry["legende"] for entry in found["photos"]] == ["Charnière"]
    operations = {entry["operation"] for entry in found["journal"]}
    assert {"staff.added", "loan.lent", "incident.opened", "paper.signed"} <= operations
    printed = read_text(dossier, "donnees-personnelles", claire, tmp_path)
    for words in (
        "Roux Claire · Enseignante, CE1", "Prêts terminés", "housse tachée", "0639980001",
        "Chute dans l’escalier", "Charnière", "Personne ajoutée", "Incident noté",
        "document : Convention de prêt", "personnel retiré de la liste",
    ):  # fmt: skip
        assert words in printed, words
    for foreign in ("élève", "INE", "Représentants", "staff.", "Inès", "YSS-0001"):
        assert foreign not in printed, foreign


def test_the_sheet_shows_what_a_borrower_holds_and_held(
    dossier: Dossier, services: Services, claire: int, tmp_path: Path
) -> None:
    sheet = read_text(dossier, "fiche-emprunteur", claire, tmp_path)
    for words in (
        "Roux Claire · Enseignante, CE1", "1 0 1 1", "YSS-0005", "YSS-0006", "Chute dans",
        "c.roux@exemple.fr", "Documents signés à l’écran",
    ):  # fmt: skip
        assert words in sheet, words
    pupil_sheet = read_text(dossier, "fiche-emprunteur", 1, tmp_path)
    for words in ("Benali Inès · CM2 M. Colin", "Mme Nadia Benali", "YSS-0002"):
        assert words in pupil_sheet, words
    assert "Annulé" not in pupil_sheet, "a cancelled loan is no history"
    assert "INE" not in pupil_sheet


def test_it_is_offered_for_each_pupil_but_never_with_the_other_documents(
    dossier: Dossier, services: Services, tmp_path: Path
) -> None:
    services.pupils.remove_pupil(services.pupils.add_pupil(PupilInput("Parti", "Léo")))
    offer = exports.offer_of("donnees-personnelles")
    assert [subject.label for subject in offer.subjects(dossier)] == [
        "Benali Inès, CM2 M. Colin", "Haddad Rose, CE2", "Parti Léo",
    ]  # fmt: skip
    names = [exported.path.name for exported in exports.export_all(dossier, tmp_path / "tout")]
    assert not [name for name in names if name.startswith(("fiche-emprunteur", "donnees-"))]


def test_who_was_erased_has_no_data_any_more(dossier: Dossier, services: Services) -> None:
    gone = services.pupils.add_pupil(PupilInput("Parti", "Léo"))
    services.privacy.erase_pupil(gone)
    assert gone not in [borrower.id for borrower in known_borrowers(dossier)]
    with pytest.raises(UserError, match="effacé"):
        personal_data(dossier, gone)


def test_the_command_writes_both_and_refuses_what_is_not_clear(
    dossier: Dossier, services: Services, tmp_path: Path
) -> None:
    parser = FrenchParser(prog="egn-desktop")
    commands.register(SubCommands(parser))

    def cli(*options: object) -> None:
        parsed = parser.parse_args(["personal-data", "ecole.egn", *map(str, options)])
        parsed.run(services, parsed)

    pdf, content = tmp_path / "a.pdf", tmp_path / "a.json"
    cli("--person", "ines BENALI", "--pdf", pdf, "--json", content)
    assert pdf.read_bytes().startswith(b"%PDF")
    assert json.loads(content.read_text(encoding="utf-8"))["eleve"]["prenom"] == "Inès"
    services.pupils.add_pupil(PupilInput("Benali", "Inès", school_class="CP"))
    for options, words in (
        (("--person", "Benali Inès", "--pdf", pdf), "Plusieurs personnes"),
        (("--person", "Dupont Jo", "--pdf", pdf), "Personne ne s’appelle"),
        (("--person", "Haddad Rose"), "--pdf"),
        (("--person", "Haddad Rose", "--pdf", tmp_path / "a.pdf" / "b.pdf"), "pas pu être écrit"),
    ):
        with pytest.raises(UserError, match=words):
            cli(*options)
    cli("--person", "Benali Inès", "--class", "CP", "--json", content)
    assert json.loads(content.read_text(encoding="utf-8"))["prets"] == []
