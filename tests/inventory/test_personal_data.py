# SPDX-License-Identifier: GPL-3.0-or-later
import json
import re
import subprocess
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from egn_desktop import exports
from egn_desktop.cli import privacy as commands
from egn_desktop.cli.parser import FrenchParser, SubCommands
from egn_desktop.dossier import Dossier
from egn_desktop.errors import UserError
from egn_desktop.inventory import service as service_package
from egn_desktop.inventory.personal_report import CHANGES, personal_json
from egn_desktop.inventory.queries.personal import personal_data, persons
from egn_desktop.inventory.reminders import Channel
from egn_desktop.inventory.rules import DeviceInput, GuardianInput, PupilInput
from egn_desktop.inventory.service import InventoryService
from egn_desktop.inventory.terms import Condition, DeviceKind


@pytest.fixture
def service(dossier: Dossier) -> InventoryService:
    """Inès holds one device, gave one back and had one loan cancelled; Rose holds another."""
    made = InventoryService(dossier)
    guardian = GuardianInput("Mme", "Benali", "Nadia", phone="06 39 98 12 34")
    ines = made.add_pupil(
        PupilInput("Benali", "Inès", born_on=date(2016, 3, 2), ine="123456789AB",
                   school_class="CM2", guardians=(guardian,))
    )  # fmt: skip
    rose = made.add_pupil(PupilInput("Haddad", "Rose", school_class="CE2"))
    for n in range(1, 5):
        made.add_device(
            DeviceInput(f"YSS-{n:04}", DeviceKind.LAPTOP, "HP", "ProBook", f"SN{n}",
                        accessories=("chargeur", "housse"))
        )  # fmt: skip
    lent: dict[str, Any] = {"lent_on": date(2026, 9, 2), "due_on": date(2026, 12, 18)}
    made.lend(device_id=1, borrower_id=ines, note="pour les devoirs", **lent)
    back = made.lend(device_id=2, borrower_id=ines, **lent)
    made.return_device(back, condition=Condition.WORN, accessories=["chargeur"], note="rayé")
    made.undo_lend(made.lend(device_id=3, borrower_id=ines, **lent))
    made.lend(device_id=4, borrower_id=rose, note="secret de Rose", **lent)
    made.change_pupil(ines, school_class="CM2 M. Colin")
    made.note_need(ines, ["no-device"])
    late = made.lend(
        device_id=2, borrower_id=ines, lent_on=date(2026, 11, 2), due_on=date(2026, 11, 9)
    )
    made.record_reminders([late], Channel.SMS)
    return made


def test_the_json_holds_all_that_is_known_and_nothing_of_others(
    dossier: Dossier, service: InventoryService
) -> None:
    text = personal_json(dossier, 1)
    found = json.loads(text)
    assert (found["format"], found["version"]) == ("egn-desktop/donnees-eleve", 1)
    assert found["eleve"]["ne_le"] == "2016-03-02"
    assert found["eleve"]["ine"] == "123456789AB"
    assert found["responsables"][0]["telephone"] == "06 39 98 12 34"
    newest, *earlier = found["prets"]
    assert [one["moyen"] for one in newest["relances"]] == ["SMS"]
    loans = {one["numero_inventaire"]: one for one in earlier}
    assert set(loans) == {"YSS-0001", "YSS-0002", "YSS-0003"}
    assert loans["YSS-0002"]["etat_au_retour"] == Condition.WORN.label
    assert {"nom": "housse", "rendu": False} in loans["YSS-0002"]["accessoires"]
    assert loans["YSS-0001"]["remarque_au_depart"] == "pour les devoirs"
    assert found["besoins"]["reponses"]
    assert {"pupil.added", "pupil.changed", "loan.lent", "loan.returned", "loan.cancelled"} <= {
        one["operation"] for one in found["journal"]
    }
    assert "qui" not in found["journal"][0]
    for others in ("Rose", "Haddad", "YSS-0004"):
        assert others not in text


def test_every_change_that_the_register_journals_has_a_french_name() -> None:
    sources = Path(service_package.__file__).parent.glob("*.py")
    text = "\n".join(source.read_text(encoding="utf-8") for source in sources)
    recorded = set(re.findall(r'"((?:pupil|loan|need)\.[a-z_]+)"', text))
    assert len(recorded) > 10
    # Written once the person is gone: nobody is handed these.
    assert recorded - set(CHANGES) == {"pupil.erased"}


def test_the_pdf_is_the_persons_sheet(
    dossier: Dossier, service: InventoryService, tmp_path: Path
) -> None:
    file = tmp_path / "lu.pdf"
    file.write_bytes(exports.pdf_bytes(dossier, "donnees-eleve", "1"))
    read = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, text=True)
    text = " ".join(read.stdout.split())
    for words in (
        "Benali Inès · CM2 M. Colin", "02/03/2016", "Mme Nadia Benali", "YSS-0001",
        "Ce que l’élève a eu", "rayé", "housse (non rendu)", "CM2 → CM2 M. Colin", "Aucun appareil",
        "moyen : SMS",
    ):  # fmt: skip
        assert words in text, words
    assert "Rose" not in text
    assert "loan." not in text
    assert "pupil." not in text


def test_it_is_offered_for_each_pupil_but_never_with_the_other_documents(
    dossier: Dossier, service: InventoryService, tmp_path: Path
) -> None:
    service.remove_pupil(service.add_pupil(PupilInput("Parti", "Léo")))
    offer = exports.offer_of("donnees-eleve")
    assert [one.label for one in offer.subjects(dossier)] == [
        "Benali Inès, CM2 M. Colin", "Haddad Rose, CE2", "Parti Léo",
    ]  # fmt: skip
    names = [path.name for path in exports.export_all(dossier, tmp_path / "tout")]
    assert not [name for name in names if "eleve" in name]


def test_who_was_erased_has_no_data_any_more(dossier: Dossier, service: InventoryService) -> None:
    gone = service.add_pupil(PupilInput("Parti", "Léo"))
    service.erase_pupil(gone)
    assert gone not in [one.id for one in persons(dossier)]
    with pytest.raises(UserError, match="effacé"):
        personal_data(dossier, gone)


def test_the_command_writes_both_and_refuses_what_is_not_clear(
    dossier: Dossier, service: InventoryService, tmp_path: Path
) -> None:
    services: Any = SimpleNamespace(dossier=dossier, inventory=service)
    parser = FrenchParser(prog="egn-desktop")
    commands.register(SubCommands(parser))

    def cli(*options: object) -> None:
        parsed = parser.parse_args(["pupil-data", "ecole.egn", *map(str, options)])
        parsed.run(services, parsed)

    pdf, content = tmp_path / "a.pdf", tmp_path / "a.json"
    cli("--pupil", "ines BENALI", "--pdf", pdf, "--json", content)
    assert pdf.read_bytes().startswith(b"%PDF")
    assert json.loads(content.read_text(encoding="utf-8"))["eleve"]["prenom"] == "Inès"
    service.add_pupil(PupilInput("Benali", "Inès", school_class="CP"))
    for options, words in (
        (("--pupil", "Benali Inès", "--pdf", pdf), "Plusieurs"),
        (("--pupil", "Dupont Jo", "--pdf", pdf), "Aucun élève"),
        (("--pupil", "Haddad Rose"), "--pdf"),
        (("--pupil", "Haddad Rose", "--pdf", tmp_path / "a.pdf" / "b.pdf"), "pas pu être écrit"),
    ):
        with pytest.raises(UserError, match=words):
            cli(*options)
    cli("--pupil", "Benali Inès", "--class", "CP", "--json", content)
    assert json.loads(content.read_text(encoding="utf-8"))["prets"] == []
