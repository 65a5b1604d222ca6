# SPDX-License-Identifier: GPL-3.0-or-later
"""Real lists, line by line: what is taken, what is not and why; then the dossier itself."""

import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from egn_desktop.dossier import Dossier
from egn_desktop.errors import UserError
from egn_desktop.exchange.kinds import ImportKind
from egn_desktop.exchange.preview import Preview, apply, preview, read
from egn_desktop.exchange.table import Row, Table
from egn_desktop.inventory.people.queries.pupils import pupils
from egn_desktop.inventory.register.nouns import PupilInput
from egn_desktop.inventory.register.rules import ChildName
from egn_desktop.inventory.register.terms import Condition, DeviceKind
from egn_desktop.inventory.stock.queries.devices import devices
from egn_desktop.services import Services

sys.path.insert(0, str(Path(__file__).parent))
from files import csv_bytes, ods, sample_rows, xlsx

from tests.examples import examples

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
DEVICES, PUPILS, GUARDIANS = ImportKind.DEVICES, ImportKind.PUPILS, ImportKind.GUARDIANS
STAFF = ImportKind.STAFF


def previewed(kind: ImportKind, text: str) -> Preview:
    header, *lines = [line.split(";") for line in text.splitlines()]
    rows = tuple(
        Row(number, (*cells, *[""] * (len(header) - len(cells))))
        for number, cells in enumerate(lines, start=2)
    )
    return preview(Table("liste.csv", tuple(header), rows), kind)


def only(ready: Preview) -> Any:
    (line,) = ready.accepted
    return line.input


def reasons(ready: Preview) -> dict[int, str]:
    return {line.line: line.reason for line in ready.rejected}


# Devices


def test_a_device_is_read_in_full() -> None:
    device = only(read_text(
        "N° inventaire;Type;Marque;Modèle;N° de série;Propriétaire;Date d'achat;Reconditionné;"
        "État;Emplacement;Accessoires\n"
        "YSS-0004;Ordinateur portable;Lenovo;300e;SN33194369;Association Récup'Ordi;25/08/2023;"
        "Oui;En panne;Armoire direction;chargeur, housse"
    ))  # fmt: skip
    assert device.asset_number == "YSS-0004"
    assert device.kind is DeviceKind.LAPTOP
    assert device.owner == "Association Récup'Ordi"
    assert device.acquired_on == date(2023, 8, 25)
    assert device.refurbished
    assert device.condition is Condition.BROKEN
    assert device.accessories == ("chargeur", "housse")
    assert device.notes == ""


def read_text(text: str) -> Preview:
    return previewed(DEVICES, text)


def test_what_is_not_understood_is_kept_in_the_notes_and_remarked() -> None:
    ready = read_text("Inventaire;Type;Date;État\nE-1;Chariot de recharge;vers 2019;poussiéreux")
    (line,) = ready.accepted
    device: Any = line.input
    assert device.kind is DeviceKind.OTHER
    assert device.acquired_on is None
    assert device.condition is Condition.GOOD
    assert len(line.remarks) == 3
    for word in ("Chariot de recharge", "vers 2019", "poussiéreux"):
        assert word in device.notes
        assert any(word in remark for remark in line.remarks)


def test_a_year_alone_and_a_serial_number_alone_are_taken_with_a_remark() -> None:
    ready = read_text("Numéro de série;Modèle;Année\nSN1;iPad 9;2021")
    (line,) = ready.accepted
    device: Any = line.input
    assert (device.asset_number, device.serial_number) == ("", "SN1")
    assert device.kind is DeviceKind.TABLET
    assert device.acquired_on == date(2021, 1, 1)
    assert line.remarks == ("Date d’achat : 2021 seul, noté au 1er janvier.",)


def test_lines_that_cannot_be_devices_say_why() -> None:
    ready = read_text(
        "Inventaire;Type;Série;État\nE-1;PC;A1;Bon\n;PC;;Bon\ne -1;PC;B2;Bon\nE-3;PC;a1;Bon\n"
        f"E-4;PC;C3;Volé\n{'E' * 300};PC;D4;Bon"
    )
    assert [line.line for line in ready.accepted] == [2, 5]
    assert ready.accepted[1].remarks == ("Vérifiez : le même numéro de série, à la ligne 2 aussi.",)
    said = reasons(ready)
    assert "Il manque le numéro d’inventaire" in said[3]
    assert said[4] == "Déjà à la ligne 2 : le même numéro d’inventaire."
    assert "« Volé »" in said[6]
    assert "trop long" in said[7]


# Pupils


def test_a_pupil_is_read_in_full() -> None:
    pupil = only(previewed(PUPILS, (
        "Nom élève;Nom d'usage élève;Prénom élève;Date naissance;Sexe;INE; Cycle;Niveau;"
        "Libellé classe;Identifiant classe\n"
        "LEFÈVRE;MARTIN;Léa;02/11/2023;F;120000000AA;CYCLE I;PS;PS-MS Mme Caron;101"
    )))  # fmt: skip
    assert pupil == PupilInput(
        last_name="LEFÈVRE",
        first_name="Léa",
        usual_name="MARTIN",
        born_on=date(2023, 11, 2),
        ine="120000000AA",
        school_class="PS-MS Mme Caron",
    )


def test_names_in_one_column_and_doubtful_numbers() -> None:
    ready = previewed(
        PUPILS, "Élève;Né(e) le;Classe;INE\nLE GOFF Élise;03/07/2015;6A;123\nZoé;;6A;"
    )
    (line,) = ready.accepted
    pupil: Any = line.input
    assert (pupil.last_name, pupil.first_name, pupil.ine) == ("LE GOFF", "Élise", "")
    assert "INE « 123 »" in line.remarks[0]
    assert "majuscules" in reasons(ready)[3]


def test_lines_that_cannot_be_pupils_say_why() -> None:
    ready = previewed(
        PUPILS,
        "Nom;Prénom;Date naissance;INE\nNOËL;Zoé;03/07/2015;120000000AA\n;Zoé;;\nNOËL;;;\n"
        "NOËL;Léa;31/02/2015;\nNoel;ZOE;03/07/2015;\nCARON;Zoé;;120000000aa",
    )
    assert [line.line for line in ready.accepted] == [2]
    assert reasons(ready) == {
        3: "Il manque le nom de l’élève.",
        4: "Il manque le prénom de l’élève.",
        5: "La date de naissance « 31/02/2015 » n’existe pas ou n’est pas reconnue.",
        6: "Déjà à la ligne 2 : le même élève.",
        7: "Déjà à la ligne 2 : le même INE.",
    }


@pytest.mark.parametrize("email", ["nadia", "nadia@exemple", "nadia b@exemple.fr"])
def test_an_address_that_no_form_takes_is_left_empty_in_every_list(email: str) -> None:
    guardian = f"Nom responsable;Courriel;Nom enfant;Prénom enfant\nBenali;{email};Benali;Inès"
    staff = f"Nom;Prénom;Courriel\nRoux;Claire;{email}"
    for kind, text in ((ImportKind.GUARDIANS, guardian), (ImportKind.STAFF, staff)):
        (line,) = previewed(kind, text).accepted
        assert line.remarks == (f"Courriel « {email} » incomplet : laissé vide.",)


def test_twins_and_namesakes_are_two_pupils() -> None:
    ready = previewed(
        PUPILS,
        "Nom;Prénom;Date naissance\nNOËL;Zoé;03/07/2015\nNOËL;Léa;03/07/2015\nNOËL;Zoé;03/07/2016",
    )
    assert len(ready.accepted) == 3


# Legal representatives


def test_children_are_read_by_position() -> None:
    header = ";".join(
        ["Civilité Responsable", "Nom usage responsable", "Nom responsable", "Prénom responsable",
         "Adresse responsable", "CP responsable", "Commune responsable", "Pays", "Courriel",
         "Téléphone domicile", "Téléphone travail", "Téléphone portable",
         *["Nom d'usage enfant", "Nom de famille enfant", "Prénom enfant", "Classes enfants"] * 3]
    )  # fmt: skip
    ready = previewed(
        GUARDIANS,
        f"{header}\n"
        "MME;PETIT;FOURNIER;Éléonore;110 rue des Écoles;1000;Bourg;FRANCE;f@exemple.fr;"
        "0471000000;;600183686;;FOURNIER;Ibrahim;GS;LUC;FOURNIER;Gabriel;CP\n"
        "M.;;NOËL;Luc;;;Genève;SUISSE;pas de courriel;0471000000;;;;;;;;NOËL;Zoé;CE1\n"
        "M.;;NOËL;Luc;;;;;;;;;;;Zoé;CE1\n"
        "M.;;;Luc;;;;;;;;;;NOËL;Zoé;CE1\n"
        "M.;;NOEL;LUC;;;;;;;;;;NOËL;Zoé;CE1",
    )
    first, second = [line.input for line in ready.accepted]
    guardian, children = first  # pyright: ignore[reportGeneralTypeIssues]
    assert (guardian.title, guardian.last_name, guardian.phone) == (
        "Mme",
        "PETIT",
        "06 00 18 36 86",
    )
    assert guardian.address == "110 rue des Écoles, 01000 Bourg"
    assert children == (
        ChildName("FOURNIER", "", "Ibrahim", "GS"),
        ChildName("FOURNIER", "LUC", "Gabriel", "CP"),
    )
    guardian, children = second  # pyright: ignore[reportGeneralTypeIssues]
    assert (guardian.address, guardian.email) == ("Genève, SUISSE", "")
    assert "pas de courriel" in ready.accepted[1].remarks[0]
    assert children == (ChildName("NOËL", "", "Zoé", "CE1"),)
    said = reasons(ready)
    assert "Aucun enfant" in said[4]
    assert "nom du responsable" in said[5]
    assert "Déjà à la ligne 3" in said[6]


# Whole files


def test_the_real_formats_are_taken_whole(dossier: Dossier) -> None:
    services = Services.of(dossier)
    for kind, name, how_many in (
        (DEVICES, "materiel.csv", 60),
        (PUPILS, "onde_eleves.csv", 190),
        (GUARDIANS, "onde_responsables.csv", 190),
    ):
        # Two pairs of namesakes in one class: nobody can tell whose parents theirs are.
        ambiguous = 4 if kind is GUARDIANS else 0
        ready = read(SAMPLES / name, kind)
        assert len(ready.accepted) == how_many
        assert not ready.rejected
        assert not ready.remarked
        counts = apply(ready, services)
        assert (counts.added, counts.unmatched) == (how_many - ambiguous, ambiguous)
        again = apply(read(SAMPLES / name, kind), services)
        assert (again.added, again.updated) == (0, 0)
    assert len(devices(dossier)) == 60
    rows = pupils(dossier)
    assert len(rows) == 190
    assert any(row.last_name == "GARCÍA-LÓPEZ" for row in rows)


def test_the_same_list_in_any_container_gives_the_same_devices(tmp_path: Path) -> None:
    rows = sample_rows(SAMPLES / "materiel.csv", "utf-8-sig")
    by_tabs = tmp_path / "parc.txt"
    by_tabs.write_bytes(csv_bytes(rows, encoding="cp1252", delimiter="\t"))
    expected = [line.input for line in read(SAMPLES / "materiel.csv", DEVICES).accepted]
    for path in (
        xlsx(tmp_path / "parc.xlsx", [["Parc de l’école"], *rows], first_row=2),
        ods(tmp_path / "parc.ods", rows),
        by_tabs,
    ):
        assert [line.input for line in read(path, DEVICES).accepted] == expected


def test_nothing_is_written_before_it_is_asked(dossier: Dossier) -> None:
    read(SAMPLES / "materiel.csv", DEVICES)
    assert not devices(dossier)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Couleur;Taille\nbleu;12", "la colonne « N° d’inventaire » ou « N° de série »"),
        ("Inventaire;Type\n", "aucune ligne à importer"),
        (
            "Inventaire;Type\n;PC\n;PC",
            "Aucune ligne de « liste.csv » ne peut être importée. Ligne 2",
        ),
    ],
)
def test_a_list_of_which_nothing_can_be_taken_is_refused(
    dossier: Dossier, text: str, said: str
) -> None:
    ready = read_text(text)
    with pytest.raises(UserError, match=said.replace("(", r"\(")) as refused:
        apply(ready, Services.of(dossier))
    assert refused.value.todo
    assert not devices(dossier)


def test_the_wrong_list_is_not_taken_for_the_right_one() -> None:
    assert read(SAMPLES / "onde_eleves.csv", GUARDIANS).missing
    assert read(SAMPLES / "materiel.csv", PUPILS).missing
    assert read(SAMPLES / "onde_eleves.csv", DEVICES).missing


def test_a_corrected_choice_is_read_anew() -> None:
    ready = previewed(DEVICES, "Étiquette bleue;Type\nE-1;PC")
    assert ready.missing
    assert not ready.accepted
    corrected = preview(ready.table, DEVICES, {**ready.choice(), 0: "asset_number"})
    assert only(corrected).asset_number == "E-1"


TITLES = {
    DEVICES: ["Inventaire", "Type", "Série", "Date achat", "État", "Reconditionné"],
    PUPILS: ["Nom", "Prénom", "Élève", "Date naissance", "INE", "Classe"],
    GUARDIANS: ["Nom responsable", "Courriel", "Nom enfant", "Prénom enfant", "Nom enfant", "CP"],
    STAFF: ["Nom", "Prénom", "Personnel", "Fonction", "Courriel", "Téléphone"],
}


@settings(max_examples=examples(80))
@given(
    st.sampled_from(ImportKind), st.lists(st.lists(st.text(max_size=15), max_size=6), max_size=8)
)
def test_every_line_is_either_taken_or_says_why(kind: ImportKind, lines: list[list[str]]) -> None:
    titles = TITLES[kind]
    rows = tuple(
        Row(number, (*cells, *[""] * (len(titles) - len(cells))))
        for number, cells in enumerate(lines, start=2)
    )
    ready = preview(Table("liste.csv", tuple(titles), rows), kind)
    taken = {line.line for line in ready.accepted}
    refused = {line.line for line in ready.rejected}
    assert taken | refused == {row.line for row in rows}
    assert not taken & refused
    assert all(line.reason for line in ready.rejected)
