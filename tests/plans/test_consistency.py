# SPDX-License-Identifier: GPL-3.0-or-later
"""What an inspector would refuse is listed before a version is settled, with its way."""

from pathlib import Path

from egn_desktop.actions.service import ActionService
from egn_desktop.audit.service import AuditService
from egn_desktop.dossier import Dossier
from egn_desktop.plans.missing import Missing, Weight
from egn_desktop.plans.queries import content, missing
from egn_desktop.plans.report.plan import plan_annex
from egn_desktop.plans.service import PlanService


def questioned(dossier: Dossier) -> list[Missing]:
    return [gap for gap in missing(dossier) if gap.weight is Weight.QUESTIONED]


def test_a_risk_that_asks_for_action_has_one_or_is_listed(
    complete: Dossier, service: PlanService
) -> None:
    (first,) = questioned(complete)
    assert "priorité 1" in first.what
    assert first.place == "risks:1"
    action = service.plan_measure(1, title="Fixer des horaires de réponse")
    assert not questioned(complete)
    ActionService(complete).close(action)
    assert not questioned(complete)
    ActionService(complete).reopen(action)
    ActionService(complete).drop(action)
    assert questioned(complete)


def test_blank_work_units_and_an_empty_heading_are_listed(
    complete: Dossier, service: PlanService
) -> None:
    service.plan_measure(1, title="Fixer des horaires de réponse")
    line = service.add_risk(title="Chute dans l’escalier")
    found = questioned(complete)
    assert {doubt.place for doubt in found} == {f"risks:{line}"}
    assert any("unités de travail" in doubt.what for doubt in found)
    assert any("ni situation ni mesure" in doubt.what for doubt in found)


def test_an_answer_that_refutes_the_text_leads_to_its_question(
    complete: Dossier, service: PlanService
) -> None:
    service.plan_measure(1, title="Fixer des horaires de réponse")
    audit = AuditService(complete)
    audit.answer_many(audit.start(), {"res-05": "jamais", "ens-02": "?", "ent-01": "oui"})
    found = {doubt.place: doubt.what for doubt in questioned(complete)}
    assert set(found) == {"audit:res-05", "audit:ens-02"}
    assert "jamais" in found["audit:res-05"]
    assert "n’a pas de réponse" in found["audit:ens-02"]


def test_the_annex_says_where_nothing_is_decided_and_prints_no_unknown_answer(
    complete: Dossier, service: PlanService, tmp_path: Path
) -> None:
    from tests.plans.test_plan_report import printed

    audit = AuditService(complete)
    audit.answer_many(audit.start(), {"res-05": "jamais", "ens-02": "?"})
    text, _ = printed(plan_annex(complete, "projet"), tmp_path)
    assert "aucune action décidée" in text
    assert "Connexion de secours essayée cette année jamais" in text
    assert "Je ne sais pas" not in text
    service.plan_measure(1, title="Fixer des horaires", responsible="Mme Aubry")
    text, _ = printed(plan_annex(complete, "projet"), tmp_path)
    assert "Fixer des horaires (Mme Aubry, date à fixer, coût à chiffrer, à faire)" in text
    assert "DUERP : Surcharge de travail en crise" in text.replace("\u202f", " ")
    assert "aucune action décidée" not in text


def test_what_is_not_written_is_not_refuted(complete: Dossier, service: PlanService) -> None:
    service.plan_measure(1, title="Fixer des horaires de réponse")
    audit = AuditService(complete)
    audit.answer_many(audit.start(), {"ent-06": "non"})
    assert not questioned(complete)
    service.write_section("donnees", "Seuls les outils du registre sont utilisés.")
    assert [doubt.place for doubt in questioned(complete)] == ["audit:ent-06"]
    assert content(complete).figure("tools-register") is not None
