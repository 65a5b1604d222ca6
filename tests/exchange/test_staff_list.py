# SPDX-License-Identifier: GPL-3.0-or-later
"""A list of the staff: which columns are known, who is known, what is left out."""

from pathlib import Path

import pytest

from egn_desktop.dossier import Dossier
from egn_desktop.errors import UserError
from egn_desktop.exchange import preview
from egn_desktop.exchange.kinds import ImportKind
from egn_desktop.inventory.people.queries.staff import staff_members
from egn_desktop.inventory.register.imports import ImportCounts
from egn_desktop.inventory.register.nouns import StaffFields
from egn_desktop.services import Services

LIST = """Nom;Prénom;Fonction;Adresse courriel;Téléphone portable;Sexe
ROUX;Claire;Enseignante, CE1;claire.roux@exemple.fr;0639980001;F
LE GOFF;Élise;AESH;;pas de tel;F
MARTIN;Paul;Directeur;paul.martin(a)exemple.fr;;M
;Jean;Agent;;;M
roux;claire;Enseignante;;;F
"""


def read(tmp_path: Path, text: str) -> preview.Preview:
    file = tmp_path / "personnel.csv"
    file.write_text(text, encoding="utf-8")
    return preview.read(file, ImportKind.STAFF)


def test_a_plain_list_is_read_and_what_is_not_right_is_told(tmp_path: Path) -> None:
    ready = read(tmp_path, LIST)
    assert {column.title: column.field for column in ready.columns}["Sexe"] == ""
    assert [line.input for line in ready.accepted] == [
        StaffFields(
            "ROUX", "Claire", "Enseignante, CE1", "claire.roux@exemple.fr", "06 39 98 00 01"
        ),
        StaffFields("LE GOFF", "Élise", "AESH"),
        StaffFields("MARTIN", "Paul", "Directeur"),
    ]
    no_phone, no_email = ready.remarked
    assert no_phone.remarks == ("Téléphone « pas de tel » incomplet\u202f: laissé vide.",)
    assert "paul.martin(a)exemple.fr" in no_email.remarks[0]
    assert [(line.line, line.reason) for line in ready.rejected] == [
        (5, "Il manque le nom de la personne."),
        (6, "Déjà à la ligne 2 : la même personne."),
    ]


def test_names_in_one_column_are_told_apart_by_their_capitals(tmp_path: Path) -> None:
    ready = read(tmp_path, "Personnel;Fonction\nLE GOFF Élise;AESH\nPaul Martin;Agent\n")
    assert ready.accepted[0].input == StaffFields("LE GOFF", "Élise", "AESH")
    assert "ne se distinguent pas" in ready.rejected[0].reason


def test_the_same_list_again_changes_nothing_and_an_empty_cell_erases_nothing(
    tmp_path: Path, dossier: Dossier
) -> None:
    services = Services.of(dossier)
    assert preview.apply(read(tmp_path, LIST), services) == ImportCounts(added=3)
    assert preview.apply(read(tmp_path, LIST), services) == ImportCounts(unchanged=3)
    elise = next(row for row in staff_members(dossier) if row.first_name == "Élise")
    services.staff.change_staff(elise.id, phone="0639980002")
    services.staff.remove_staff(elise.id)
    again = LIST.replace("AESH", "AESH, CP").replace("ROUX", "ROUX-FAURE")
    counts = preview.apply(read(tmp_path, again), services)
    # The last line, "roux claire", is not her any more: nobody is meant by two lines.
    assert (counts.added, counts.updated, counts.unchanged) == (1, 2, 1)
    rows = {row.first_name: row for row in staff_members(dossier) if row.last_name != "roux"}
    assert (rows["Élise"].duty, rows["Élise"].phone) == ("AESH, CP", "0639980002")
    assert rows["Claire"].last_name == "ROUX-FAURE", "known by the address"
    assert preview.outcome(ImportKind.STAFF, counts) == (
        "1 membre du personnel en plus, 2 mis à jour, 1 sans changement"
    )


def test_a_list_without_names_is_refused(tmp_path: Path, dossier: Dossier) -> None:
    ready = read(tmp_path, "Fonction;Courriel\nAESH;a@b.fr\n")
    with pytest.raises(UserError, match="« Nom »"):
        preview.apply(ready, Services.of(dossier))
    assert not staff_members(dossier)
