# SPDX-License-Identifier: GPL-3.0-or-later
from datetime import date
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from egn_desktop.actions.offers import selections
from egn_desktop.actions.queries import action_table, actions, responsibles
from egn_desktop.actions.report import action_plan, selected, selection_key
from egn_desktop.actions.rules import ActionState, Provider, Source, SourceKind
from egn_desktop.actions.service import ActionService
from egn_desktop.dossier import Dossier
from egn_desktop.errors import UserError
from egn_desktop.exchange import spreadsheets
from egn_desktop.exports import offer_of, printed_together
from tests.plans.test_plan_report import printed


@pytest.fixture
def listed(dossier: Dossier) -> Dossier:
    """A dossier with an action of each kind."""
    service = ActionService(dossier)
    service.add(
        title="Acheter deux clés 4G",
        source=Source(SourceKind.AUDIT),
        responsible="Mme Aubry",
        provider=Provider.COMMUNE,
        due_on=date(2026, 11, 1),
        cost="environ 300 €",
    )
    service.add(
        title="Fixer des horaires",
        source=Source(SourceKind.RISK),
        due_on=date(2027, 1, 15),
        cost="100 à 150 €",
    )
    service.add(
        title="Vérifier les numéros", source=Source(SourceKind.DRILL), responsible="M. Roux"
    )
    done = service.add(title="Afficher la fiche", responsible="Mme Aubry", cost_cents=1_250)
    service.close(done, on=date(2026, 11, 20))
    service.drop(service.add(title="Louer un satellite"))
    return dossier


def test_nothing_is_offered_without_an_action(dossier: Dossier) -> None:
    assert not selections(dossier)


def test_what_can_be_printed_is_what_there_is(listed: Dossier) -> None:
    assert [selection.key for selection in selections(listed)] == [
        *("toutes", "a-faire", "en-retard"),
        *("origine:audit", "origine:risk", "origine:drill", "origine:free"),
        *("responsable:M. Roux", "responsable:Mme Aubry"),
    ]
    (alone,) = printed_together(offer_of("plan-d-actions"), listed)
    assert alone.key == "toutes"


@pytest.mark.parametrize(
    ("key", "titles"),
    [
        ("en-retard", ["Acheter deux clés 4G"]),
        ("a-faire", ["Acheter deux clés 4G", "Fixer des horaires", "Vérifier les numéros"]),
        ("origine:risk", ["Fixer des horaires"]),
        ("responsable:Mme Aubry", ["Acheter deux clés 4G", "Afficher la fiche"]),
    ],
)
def test_a_selection_holds_its_own_actions(listed: Dossier, key: str, titles: list[str]) -> None:
    assert [row.title for row in selected(listed, key)] == titles


def test_an_unknown_selection_is_refused(listed: Dossier) -> None:
    with pytest.raises(UserError, match="origine:rien"):
        selected(listed, "origine:rien")


def test_the_filters_of_a_list_name_the_nearest_selection() -> None:
    every = {"state": None, "late": False, "source": None, "responsible": ""}
    assert selection_key(**every) == "toutes"  # type: ignore[arg-type]
    assert selection_key(**{**every, "state": ActionState.OPEN}) == "a-faire"  # type: ignore[arg-type]
    assert selection_key(**{**every, "late": True}) == "en-retard"  # type: ignore[arg-type]
    assert selection_key(**{**every, "source": SourceKind.DRILL}) == "origine:drill"  # type: ignore[arg-type]
    assert selection_key(**{**every, "responsible": "M. Roux"}) == "responsable:M. Roux"  # type: ignore[arg-type]


def test_the_plan_of_actions_puts_late_ones_first_and_adds_up_what_they_cost(
    listed: Dossier, tmp_path: Path
) -> None:
    text, _ = printed(action_plan(listed, "toutes"), tmp_path)
    places = [text.index(words) for words in ("En retard (1)", "À faire (2)", "Faites (1)")]
    assert places == sorted(places)
    for expected in (
        "Coût chiffré : environ 400 à 450 €, 1 action non comptée.",
        "Coût chiffré : environ 300 €.",
        "Coût chiffré : 100 à 150 €, 1 action non comptée.",
        "Mme Aubry",
        "Commune ou intercommunalité",
        "01/11/2026",
        "à désigner",
        "Abandonnées (1)",
    ):
        assert expected in text, expected


def test_a_part_of_the_list_says_which(listed: Dossier, tmp_path: Path) -> None:
    text, _ = printed(action_plan(listed, "responsable:Mme Aubry"), tmp_path)
    assert "Responsable : Mme Aubry" in text
    assert "Fixer des horaires" not in text


def test_the_list_is_taken_into_a_spreadsheet(listed: Dossier, tmp_path: Path) -> None:
    rows = actions(listed, responsible="Mme Aubry", late=True)
    assert responsibles(actions(listed)) == ["M. Roux", "Mme Aubry"]
    file = tmp_path / "actions.ods"
    spreadsheets.write_ods(action_table(rows), file, "Actions")
    header, only = CalamineWorkbook.from_path(str(file)).get_sheet_by_index(0).to_python()
    read = dict(zip(header, only, strict=True))
    assert read["Action"] == "Acheter deux clés 4G"
    assert read["Échéance"] == date(2026, 11, 1)
    assert (read["Coût au moins (€)"], read["Coût"]) == (300, "environ 300 €")
    assert read["État"] == "En retard"
