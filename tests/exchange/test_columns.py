# SPDX-License-Identifier: GPL-3.0-or-later
"""Which column holds what, whatever it is called; what the words in the cells mean."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from egn_desktop import french
from egn_desktop.errors import UserError
from egn_desktop.exchange import columns as reading_columns
from egn_desktop.exchange import people, stock, values
from egn_desktop.exchange.columns import fields
from egn_desktop.exchange.kinds import ImportKind
from egn_desktop.exchange.table import Row, Table
from egn_desktop.exchange.titles import header_word
from egn_desktop.inventory.register.terms import Condition, DeviceKind

SAMPLES = Path(__file__).resolve().parents[1] / "samples"


def held(kind: ImportKind, *titles: str, chosen: dict[int, str] | None = None) -> dict[str, str]:
    """Field → title, of a file with these titles."""
    table = Table("liste.csv", titles, (Row(2, tuple("x" for _ in titles)),))
    found = reading_columns.columns(table, kind, chosen or {})
    return {column.field: column.title for column in found if column.field}


@pytest.mark.parametrize("kind", ImportKind)
def test_every_word_of_the_content_is_written_as_titles_are_read(kind: ImportKind) -> None:
    for field in fields(kind):
        assert [header_word(word) for word in field.words] == list(field.words), field.id
        assert len(set(field.words)) == len(field.words), field.id
        assert field.id in held(kind, field.label) or field.label.endswith(")"), field.label
    assert {field for group in kind.list.needed for field in group} <= {f.id for f in fields(kind)}


@pytest.mark.parametrize(
    ("titles", "last_name", "school_class"),
    [
        (("Nom élève", "Nom d'usage élève", "Prénom élève", " Cycle", "Niveau", "Libellé classe",
          "Identifiant classe"), "Nom élève", "Libellé classe"),
        (("Nom Elève", "Nom d’usage Elève", "Prénom Elève", "Niveau", "Classe"),
         "Nom Elève", "Classe"),
        (("NOM", "PRENOM", "DATE NAISS", "DIVISION"), "NOM", "DIVISION"),
        (("Nom de famille", "Prénom 1", "Né(e) le", "Code Structure"),
         "Nom de famille", "Code Structure"),
        (("Prénom", "Identifiant Classe", "Nom", "Niveau"), "Nom", "Identifiant Classe"),
        (("Nom", "Prénom", "Nom du père", "Niveau"), "Nom", "Niveau"),
    ],
)  # fmt: skip
def test_lists_of_pupils_are_recognised(
    titles: tuple[str, ...], last_name: str, school_class: str
) -> None:
    found = held(ImportKind.PUPILS, *titles)
    assert found["last_name"] == last_name
    assert found["school_class"] == school_class
    assert found["first_name"].upper().startswith(("PRÉNOM", "PRENOM"))


@pytest.mark.parametrize(
    ("title", "field"),
    [
        ("Nº d’inventaire", "asset_number"),
        ("N°INVENTAIRE", "asset_number"),
        ("Numéro d'immobilisation", "asset_number"),
        ("Nature du matériel", "kind"),
        ("Désignation", "kind"),
        ("S/N", "serial_number"),
        ("Numéro de série constructeur", "serial_number"),
        ("Acheté le", "acquired_on"),
        ("Année d’achat", "acquired_on"),
        ("Localisation", "place"),
        ("Observations", "notes"),
    ],
)
def test_lists_of_devices_are_recognised_whatever_their_titles(title: str, field: str) -> None:
    assert held(ImportKind.DEVICES, title, "Quelque chose") == {field: title}


def test_a_choice_overrides_the_title_and_can_ignore_a_column() -> None:
    titles = "Étiquette bleue", "N° inventaire", "Type"
    found = held(ImportKind.DEVICES, *titles, chosen={0: "asset_number", 2: ""})
    assert found == {"asset_number": "Étiquette bleue"}


def test_a_choice_by_titles_names_columns_and_fields_that_exist() -> None:
    table = Table("parc.csv", ("Étiquette bleue", "Type"), ())
    by_title = reading_columns.chosen_columns
    assert by_title(table, ImportKind.DEVICES, {"etiquette BLEUE": "asset_number"}) == {
        0: "asset_number"
    }
    with pytest.raises(UserError, match="« Étiquette rouge »") as refused:
        by_title(table, ImportKind.DEVICES, {"Étiquette rouge": "asset_number"})
    assert "« Étiquette bleue », « Type »" in refused.value.todo
    with pytest.raises(UserError, match="Le champ « inventaire »") as refused:
        by_title(table, ImportKind.DEVICES, {"Type": "inventaire"})
    assert "asset_number (N° d’inventaire)" in refused.value.todo


def test_what_is_missing_is_said() -> None:
    table = Table("liste.csv", ("Prénom", "Classe"), ())
    found = reading_columns.columns(table, ImportKind.PUPILS, {})
    assert reading_columns.missing(ImportKind.PUPILS, found) == (
        "« Nom » ou « Nom d’usage » ou « Nom et prénom (une seule colonne) »",
    )


# Values


@given(st.dates(date(1950, 1, 1), date(2099, 12, 31)))
def test_a_day_reads_however_it_is_written(day: date) -> None:
    serial = (day - date(1899, 12, 30)).days
    for text in (
        french.short_date(day),
        day.isoformat(),
        f"{day.day}/{day.month}/{day.year}",
        f"{day:%d-%m-%Y}",
        f"{day:%d.%m.%Y}",
        f"{day.isoformat()}T08:30:00",
        f"{day:%d/%m/%Y} 00:00",
        *([str(serial)] if serial >= 20000 else []),
    ):
        assert values.day(text) == day, text


def test_what_is_no_day_is_none() -> None:
    for text in ("", "31/02/2020", "vers 2019", "2019", "1234", "12345678", "00/00/0000", "٢٠٢٠"):
        assert values.day(text) is None, text
    assert values.day("03/09/19") == date(2019, 9, 3)
    assert values.year("2019") == 2019
    assert values.year("0042") is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Ordinateur portable", DeviceKind.LAPTOP),
        ("PC PORTABLE HP", DeviceKind.LAPTOP),
        ("Ordinateurs  portables".removesuffix("s").replace("s  ", " "), DeviceKind.LAPTOP),
        ("PC", DeviceKind.DESKTOP),
        ("Unité centrale", DeviceKind.DESKTOP),
        ("Tablette tactile", DeviceKind.TABLET),
        ("iPad", DeviceKind.TABLET),
        ("Clé 4G", DeviceKind.HOTSPOT),
        ("Routeur 4G Huawei", DeviceKind.HOTSPOT),
        ("Casque audio", DeviceKind.HEADSET),
        ("Vidéo-projecteur", DeviceKind.PROJECTOR),
        ("TNI", DeviceKind.INTERACTIVE_SCREEN),
        ("Visualiseur", DeviceKind.VISUALISER),
        ("Photocopieur", DeviceKind.PRINTER),
    ],
)
def test_kinds_are_understood(text: str, kind: DeviceKind) -> None:
    assert stock.device_kind(text) is kind


def test_the_labels_that_the_program_writes_read_back() -> None:
    for kind in DeviceKind:
        assert stock.device_kind(kind.label) is kind
    for condition in Condition:
        assert stock.condition(condition.label) is condition
    assert stock.device_kind("Chariot") is None


def test_conditions_answers_and_items() -> None:
    assert stock.condition("En panne (écran)") is Condition.BROKEN
    assert stock.condition("HS") is Condition.BROKEN
    assert stock.condition("Usée") is Condition.WORN
    assert stock.condition("Très bon état") is Condition.GOOD
    assert stock.condition("Volé en 2024") == stock.GONE
    assert stock.condition("bizarre") is None
    assert [values.answer(text) for text in ("Oui", "non", "X", "", "peut-être")] == [
        True,
        False,
        True,
        None,
        None,
    ]
    assert values.items("chargeur, housse + souris et sac; housse") == (
        "chargeur",
        "housse",
        "souris",
        "sac",
    )


def test_names_in_one_column_are_told_apart_by_capitals() -> None:
    assert people.split_name("LE GOFF Élise") == ("LE GOFF", "Élise")
    assert people.split_name("Jean-Noël GARCÍA-LÓPEZ") == ("GARCÍA-LÓPEZ", "Jean-Noël")
    assert people.split_name("Le Goff Élise") is None
