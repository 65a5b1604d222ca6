# SPDX-License-Identifier: GPL-3.0-or-later
import json
from datetime import date
from pathlib import Path

import msgspec
import pytest
from python_calamine import CalamineWorkbook

from egn_desktop import paths
from egn_desktop.audit.exports import (
    TITLES,
    Indicators,
    answer_rows,
    export_name,
    indicators_json,
    schema_json,
)
from egn_desktop.audit.service import AuditService
from egn_desktop.dossier import Dossier
from egn_desktop.errors import UserError
from tests.audit.conftest import read
from tests.audit.test_audit_commands import Cli
from tests.audit.test_audit_comparison import LAST, THIS

SCHEMA = paths.guide() / "indicateurs.schema.json"


@pytest.fixture
def cli(school: Dossier) -> Cli:
    return Cli(school)


@pytest.fixture
def answered(school: Dossier, service: AuditService) -> Dossier:
    first = service.start(2025)
    service.answer_many(first, LAST)
    service.close(first)
    notes = {"res-01": "Mesuré par Mme Nguyen", "res-06": "=1+1"}
    service.answer_many(service.start(2026), THIS, notes=notes)
    return school


def test_the_table_has_each_question_with_its_figures(answered: Dossier) -> None:
    titles, *rows = answer_rows(read(answered))
    assert titles == list(TITLES)
    assert len(rows) == len(read(answered).questions)
    found = {str(row[0]): dict(zip(TITLES, row, strict=True)) for row in rows}
    pupils = found["elv-01:M"]
    assert pupils["Niveau"] == "Maternelle"
    assert (pupils["Valeur"], pupils["Compte"], pupils["Sur"]) == (8, 4, 50)
    assert found["res-01"]["Note"] == "Mesuré par Mme Nguyen"
    assert found["res-01"]["Bilan"] == "Atteint"
    assert found["res-05"]["Valeur"] == date(2026, 11, 10)
    assert found["res-06"]["Ce que vaut le repère"].startswith("obligation légale (article 7, II")
    assert found["res-09"]["Pourquoi sans objet"] == "pas de Wi-Fi"
    assert found["ent-01"]["Réponse"] == ""
    assert found["ent-01"]["Bilan"] == "Sans réponse"


def test_the_indicators_name_nobody(answered: Dossier) -> None:
    text = indicators_json(read(answered)).decode()
    for secret in ("Jules-Verne", "0430999C", "Yssingeaux", "Nguyen", "Mesuré", "pas de Wi-Fi"):
        assert secret not in text, secret
    said = json.loads(text)
    assert said["annee_scolaire"] == "2026-2027"
    by_id = {(entry["critere"], entry["niveau"]): entry for entry in said["criteres"]}
    assert by_id["res-01", ""]["bilan"] == "atteint"
    assert by_id["fam-02", ""] | {"titre": ""} == {
        "critere": "fam-02",
        "niveau": "",
        "titre": "",
        "bilan": "ecart",
        "choix": "non",
        "valeur": None,
        "unite": "",
        "obligation": False,
    }
    assert by_id["elv-01", "M"]["valeur"] == 8
    assert by_id["sal-07", ""]["bilan"] == "ecart"
    assert said["bas"] < said["haut"]


def test_the_indicators_fit_the_documented_schema(answered: Dossier) -> None:
    assert SCHEMA.read_bytes() == schema_json(), "write docs/guide/indicateurs.schema.json again"
    raw = indicators_json(read(answered))
    msgspec.json.decode(raw, type=Indicators, strict=True)
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(raw.replace(b'"clos"', b'"ecole"'), type=Indicators, strict=True)
    fits(json.loads(raw), json.loads(SCHEMA.read_text(encoding="utf-8")))


def fits(value: object, schema: dict, root: dict | None = None) -> None:
    """Check a value against the words of JSON Schema that ours uses, as another program would."""
    root = root or schema
    if "$ref" in schema:
        fits(value, root["$defs"][schema["$ref"].rpartition("/")[2]], root)
        return
    if "anyOf" in schema:
        assert any(_fits(value, kind, root) for kind in schema["anyOf"]), (value, schema)
        return
    if "enum" in schema:
        assert value in schema["enum"], (value, schema)
    kinds = {
        "object": dict, "array": list, "string": str, "number": (int, float), "integer": int,
        "boolean": bool, "null": type(None),
    }  # fmt: skip
    if "type" in schema:
        assert isinstance(value, kinds[schema["type"]]), (value, schema)
    if isinstance(value, dict):
        assert set(schema["required"]) <= set(value)
        assert schema["additionalProperties"] is False
        for name, part in value.items():
            fits(part, schema["properties"][name], root)
    if isinstance(value, list):
        for item in value:
            fits(item, schema["items"], root)
    if "minimum" in schema:
        assert value >= schema["minimum"]
        assert "maximum" not in schema or value <= schema["maximum"]


def _fits(value: object, schema: dict, root: dict) -> bool:
    try:
        fits(value, schema, root)
    except AssertionError:
        return False
    return True


def test_a_closed_year_keeps_saying_what_it_said(answered: Dossier) -> None:
    first = read(answered, 1)
    assert json.loads(indicators_json(first))["clos"] is True
    assert export_name(first, "json", anonymous=True) == (
        "etat-des-lieux-indicateurs-2025-2026.json"
    )


def test_the_command_writes_the_three_files(
    cli: Cli, answered: Dossier, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table, book, figures = (tmp_path / name for name in ("r.csv", "r.ods", "i.json"))
    cli("audit-export", "--csv", str(table), "--ods", str(book), "--indicators", str(figures))
    assert capsys.readouterr().out.count("est écrit.") == 3
    text = table.read_text(encoding="utf-8-sig")
    assert text.startswith("Identifiant;Domaine;")
    assert ";'=1+1;" in text
    rows = CalamineWorkbook.from_path(book).get_sheet_by_index(0).to_python()
    assert rows[0] == list(TITLES)
    assert CalamineWorkbook.from_path(book).sheet_names == ["Réponses 2026-2027"]
    assert json.loads(figures.read_bytes())["annee_scolaire"] == "2026-2027"
    cli("audit-export", "--indicators", str(figures), "--campaign", "2025-2026")
    assert json.loads(figures.read_bytes())["annee_scolaire"] == "2025-2026"


def test_what_cannot_be_exported_is_refused(cli: Cli, school: Dossier, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="Aucun état des lieux"):
        cli("audit-export", "--csv", str(tmp_path / "r.csv"))
    AuditService(school).start()
    with pytest.raises(UserError, match="au moins un fichier"):
        cli("audit-export")
    with pytest.raises(UserError, match="2020-2021"):
        cli("audit-export", "--csv", str(tmp_path / "r.csv"), "--campaign", "2020-2021")
    assert not list(tmp_path.glob("r.csv*"))


def test_the_command_compares_two_years(
    cli: Cli, answered: Dossier, capsys: pytest.CaptureFixture[str]
) -> None:
    cli("audit-compare")
    said = capsys.readouterr().out
    for expected in (
        "Mieux (5)",
        "comblé",
        "Moins bien (2)",
        "Pareil : 3",
        "Non comparable : ",
        "21\u202fjours → 8\u202fjours",
    ):
        assert expected in said, expected
    cli("audit-compare", "--before", "2025-2026", "--after", "2026-2027")
    assert capsys.readouterr().out == said
    for options in (("--after", "2025-2026"), ("--before", "2026-2027")):
        with pytest.raises(UserError, match="plus ancien"):
            cli("audit-compare", *options)
