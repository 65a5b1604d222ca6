# SPDX-License-Identifier: GPL-3.0-or-later
from pathlib import Path

import pytest

from egn_desktop.cli import school as school_commands
from egn_desktop.cli.parser import FrenchParser, SubCommands
from egn_desktop.dossier import Dossier
from egn_desktop.errors import UserError
from egn_desktop.exchange.annuaire import look_up
from egn_desktop.school.queries import Identity
from egn_desktop.school.who import Contract
from egn_desktop.services import Services
from egn_desktop.ui.context import Context
from egn_desktop.ui.pages.settings.school_tab import SchoolTab

SAMPLE = Path(__file__).parents[1] / "samples" / "annuaire.csv"


def levels(fields) -> str:
    return "".join(field.level for field in fields.get("levels", ()))


def test_two_lines_of_one_school_are_one(tmp_path: Path) -> None:
    found = look_up(SAMPLE, "0439902e")
    assert found.fields["name"] == "Ecole primaire Jules-Verne (exemple)"
    assert found.fields["street"] == "12 place du Test"
    assert found.fields["phone"] == "04 00 00 00 02"
    assert found.fields["district"] == "Circonscription 1er degré Exemple Est"
    assert (levels(found.fields), found.fields["contract"]) == ("ME", Contract.PUBLIC)


@pytest.mark.parametrize(
    ("uai", "expected"),
    [
        ("0439901D", "M"),
        ("0439903F", "M"),
        ("0439905H", "C"),
        ("0439906J", "P"),
        ("6209901T", "ME"),
    ],
)
def test_the_levels_follow_from_flags_name_and_nature(uai: str, expected: str) -> None:
    assert levels(look_up(SAMPLE, uai).fields) == expected


def test_a_private_school_a_closed_one_and_two_spaces() -> None:
    assert look_up(SAMPLE, "0439906J").fields["contract"] is Contract.PRIVATE
    closed = look_up(SAMPLE, "7509999T")
    assert closed.is_closed
    assert closed.fields["town"] == "Paris 16e Arrondissement"


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_a_copy_that_was_saved_again_is_read(tmp_path: Path, encoding: str) -> None:
    copy = tmp_path / "copie.csv"
    text = SAMPLE.read_text(encoding="utf-8-sig").replace(",", " ").replace(";", ",")
    copy.write_text(text, encoding=encoding, errors="replace")
    assert look_up(copy, "0439905H").fields["name"] == "Collège de l’Exemple"


def test_what_is_no_directory_or_lacks_the_school_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "autre.csv"
    other.write_text("Nom;Prénom\nBenali;Inès\n", encoding="utf-8")
    for path, uai, words in (
        (other, "0439902E", "n’est pas l’annuaire"),
        (tmp_path, "0439902E", "n’est pas l’annuaire"),
        (SAMPLE, "0430999C", "ne contient pas"),
        (SAMPLE, "", "7 chiffres"),
    ):
        with pytest.raises(UserError, match=words):
            look_up(path, uai)


def test_what_the_head_wrote_stays(dossier: Dossier, capsys: pytest.CaptureFixture[str]) -> None:
    services = Services.of(dossier)
    services.school.save(Identity(name="École du bourg"))
    parser = FrenchParser(prog="egn-desktop")
    school_commands.register(SubCommands(parser))
    options = ["school", "e.egn", "--uai", "0439902E", "--annuaire", str(SAMPLE)]
    parsed = parser.parse_args(options)
    parsed.run(services, parsed)
    found = services.school.identity()
    assert (found.name, found.town, found.holiday_zone) == ("École du bourg", "Yssingeaux", "A")
    said = capsys.readouterr().out
    assert "autre dans l’annuaire : nom." in said
    assert "commune" in said


def test_the_form_is_filled_in_one_step(
    qtbot, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    context.services.school.save(Identity(uai="0439906J"))
    monkeypatch.setattr(context, "ask_open_file", lambda *_: SAMPLE)
    tab = SchoolTab(context)
    qtbot.addWidget(tab)
    tab.reload()
    with qtbot.waitSignal(context.said) as said:
        tab.fill.click()
    assert "statut" in (said.args or [""])[0]
    found = context.services.school.identity()
    assert (found.is_private, levels({"levels": found.levels})) == (True, "P")
    context.undo()
    qtbot.waitUntil(lambda: not context.jobs.busy)
    assert context.services.school.identity().name == ""
