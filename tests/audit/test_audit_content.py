# SPDX-License-Identifier: GPL-3.0-or-later
import re
import shutil
from pathlib import Path

import pytest

from egn_desktop import content, paths
from egn_desktop.actions.rules import Provider
from egn_desktop.audit.answers import expected_text
from egn_desktop.audit.catalogue import (
    Criterion,
    Kind,
    Nature,
    criteria,
    domains,
    shipped_frame,
    threshold_for,
    threshold_source,
)
from egn_desktop.audit.providers import authority_of, charges, charges_of, providers_of, sources_of
from egn_desktop.audit.rules import levels_without_baseline
from egn_desktop.school.rules import Level
from egn_desktop.school.words import Owner, SchoolKind

EVERY = list(criteria())


def test_the_catalogue_covers_the_twelve_domains() -> None:
    assert len(EVERY) >= 60
    assert [domain.id for domain in domains()] == [
        *("eleves", "enseignants", "salles", "reseau", "services", "maintenance"),
        *("besoins", "competences", "donnees", "sobriete", "familles", "gouvernance"),
    ]
    assert {criterion.domain for criterion in EVERY} == {domain.id for domain in domains()}
    assert all(len(domain.short) <= 22 for domain in domains())


@pytest.mark.parametrize("entry", EVERY, ids=lambda entry: entry.id)
def test_a_criterion_can_be_asked_and_judged(entry: Criterion) -> None:
    assert re.fullmatch(r"[a-z]{3}-\d{2}", entry.id)
    assert entry.question.endswith("\u202f?")
    assert entry.help.endswith((".", "?"))
    assert not entry.action.endswith(".")
    assert 1 <= entry.impact <= 3
    assert 1 <= entry.effort <= 3
    assert entry.providers
    if entry.kind.has_counts:
        assert entry.part
        assert entry.whole
    if entry.kind in (Kind.RATIO, Kind.COUNT):
        assert entry.unit
    assert (entry.kind is Kind.CHECKS) == bool(entry.items)
    for level in Level:
        threshold = threshold_for(entry, level)
        if threshold and entry.concerns(level):
            assert expected_text(entry, threshold)
            own = threshold_source(entry, threshold).is_own_proposal
            assert own == (threshold.nature is Nature.PROPOSAL)


def test_every_criterion_is_judged_at_each_of_its_levels_but_the_one_for_information() -> None:
    for criterion in EVERY:
        judged = [
            bool(threshold_for(criterion, level)) for level in Level if criterion.concerns(level)
        ]
        assert all(judged) if criterion.id != "ecr-01" else not any(judged), criterion.id


def test_a_legal_duty_names_the_law_and_its_levels() -> None:
    duties = {
        criterion.id: (criterion.source, set(criterion.asked_to(list(Level))))
        for criterion in EVERY
        if any(threshold.nature is Nature.DUTY for threshold in criterion.thresholds)
    }
    schools = {Level.MATERNELLE, Level.ELEMENTAIRE}
    assert duties["res-06"] == duties["res-09"] == ("loi-2015-136", schools)
    assert duties["cmp-03"] == ("code-education-d121-1", set(Level) - schools)
    assert duties["cmp-06"] == ("code-education-d121-1", {Level.ELEMENTAIRE})
    assert {source for source, _ in duties.values()} == {
        *("loi-2015-136", "rgpd", "code-education-d121-1", "code-education-l112-1"),
        *("loi-reen", "loi-2005-102"),
    }


@pytest.mark.parametrize("entry", EVERY, ids=lambda entry: entry.id)
def test_what_a_text_asks_says_where_in_that_text(entry: Criterion) -> None:
    natures = {threshold.nature for threshold in entry.thresholds}
    asked = {Nature.DUTY, Nature.INSTRUCTION, Nature.BASELINE} & natures
    assert bool(asked) == bool(entry.article), entry.id
    if Nature.DUTY in natures:
        assert re.search(r"article [LRD]?\d", entry.article)
    if Nature.INSTRUCTION in natures:
        assert re.search(r"n° \d{4}-\d{3}", entry.article)
    assert (Nature.BASELINE in natures) <= (entry.source == "socle-2021")


def test_the_official_baseline_is_of_the_elementary_level_alone() -> None:
    for criterion in EVERY:
        for level in Level:
            threshold = threshold_for(criterion, level)
            if threshold and criterion.concerns(level) and threshold.nature is Nature.BASELINE:
                assert level is Level.ELEMENTAIRE, criterion.id
    frame = shipped_frame([Level.MATERNELLE, Level.ELEMENTAIRE])
    assert levels_without_baseline(frame) == (Level.MATERNELLE,)
    lycee = shipped_frame([Level.LYCEE, Level.LYCEE_PRO])
    assert levels_without_baseline(lycee) == (Level.LYCEE, Level.LYCEE_PRO)


def test_what_is_the_baseline_is_no_wider_than_its_source() -> None:
    pack, whole_class = criteria()["elv-07"], criteria()["elv-02"]
    assert [threshold.nature for threshold in pack.thresholds] == [Nature.BASELINE]
    assert [threshold.nature for threshold in whole_class.thresholds] == [Nature.PROPOSAL]
    widened = ("ens-02", "mnt-01", "acc-03", "ecr-03", "elv-04", "res-01")
    for name in widened:
        assert {threshold.nature for threshold in criteria()[name].thresholds} == {Nature.PROPOSAL}
        assert "notre proposition" in criteria()[name].help


def test_who_answers_for_the_data_depends_on_the_degree() -> None:
    for name in ("ent-06", "dat-01", "dat-02"):
        criterion = criteria()[name]
        assert providers_of(criterion, [Level.ELEMENTAIRE])[0] is Provider.STATE
        assert providers_of(criterion, [Level.COLLEGE]) == (Provider.SCHOOL,)


def test_each_collectivite_is_in_charge_by_an_article() -> None:
    assert [charge.provider for charge in charges()] == [
        *(Provider.COMMUNE, Provider.DEPARTEMENT, Provider.REGION),
    ]
    for charged in charges():
        assert charged.article in charged.text
    said = {
        charge.article for charge in charges_of(criteria()["mnt-03"], [Level.COLLEGE, Level.LYCEE])
    }
    assert said == {
        "article L213-2 du code de l’éducation",
        "article L214-6 du code de l’éducation",
    }
    for name in ("mnt-01", "mnt-02", "mnt-03"):
        sources = {source.id for source in sources_of(criteria()[name], [Level.ELEMENTAIRE])}
        assert {"code-education-l212-4", "reponse-2003-16623"} <= sources


def test_a_school_under_contract_owes_itself_its_equipment() -> None:
    private = SchoolKind(is_first_degree=True, is_private=True, owner=Owner.ORGANISME)
    frame = shipped_frame([Level.ELEMENTAIRE], private)
    found = {criterion.id: criterion for criterion in frame.criteria}
    assert providers_of(found["mnt-03"], [Level.ELEMENTAIRE]) == (Provider.SCHOOL,)
    assert not charges_of(found["mnt-03"], [Level.ELEMENTAIRE])
    assert "organisme de gestion" in found["mnt-03"].help
    for name in ("res-07", "dat-07", "ecr-02", "acc-06"):
        assert {threshold.nature for threshold in found[name].thresholds} == {Nature.PROPOSAL}
    assert found["cmp-06"].thresholds[0].nature is Nature.DUTY


def test_tools_of_the_state_are_named_where_tools_are_asked_about() -> None:
    named = {criterion.id: criterion.tools for criterion in EVERY if criterion.tools}
    assert named["ent-03"] == ("apps-education", "ma-classe-a-la-maison")
    assert {"ent", "gar", "educonnect"} == set(named["ent-07"])
    assert named["cmp-03"] == ("pix",)


def test_national_averages_are_shown_and_never_judged_by() -> None:
    computers = criteria()["elv-01"]
    averages = {comparison.level.value: comparison.value for comparison in computers.comparisons}
    assert averages == {"M": 6.3, "E": 14.4, "C": 33.8, "L": 43.9, "P": 62.0}
    for level, minimum in zip(Level, (6, 14, 34, 44, 62), strict=True):
        threshold = threshold_for(computers, level)
        assert threshold is not None
        assert (threshold.value, threshold.nature) == (minimum, Nature.PROPOSAL)


def test_who_provides_depends_on_the_level() -> None:
    assert [authority_of(level) for level in Level] == [
        *(Provider.COMMUNE, Provider.COMMUNE),
        *(Provider.DEPARTEMENT, Provider.REGION, Provider.REGION),
    ]
    stock = criteria()["elv-04"]
    assert providers_of(stock, [Level.MATERNELLE, Level.ELEMENTAIRE]) == (
        *(Provider.COMMUNE, Provider.STATE, Provider.SCHOOL),
    )
    assert providers_of(stock, [Level.COLLEGE, Level.LYCEE])[:2] == (
        *(Provider.DEPARTEMENT, Provider.REGION),
    )


def test_a_level_is_asked_only_what_concerns_it() -> None:
    nursery = {criterion.id for criterion in shipped_frame([Level.MATERNELLE]).asked}
    assert "sal-01" not in nursery
    assert "cmp-03" not in nursery
    assert {"elv-01", "res-06"} <= nursery
    assert "res-06" not in {criterion.id for criterion in shipped_frame([Level.COLLEGE]).asked}
    assert not shipped_frame([]).questions


def test_what_differs_by_level_is_asked_once_for_each() -> None:
    both = [
        question.key for question in shipped_frame([Level.MATERNELLE, Level.ELEMENTAIRE]).questions
    ]
    assert both[:3] == ["elv-01:M", "elv-01:E", "elv-02"]
    assert shipped_frame([Level.COLLEGE]).questions[0].key == "elv-01"


def test_a_criterion_is_added_with_one_entry_and_no_code(tmp_path: Path) -> None:
    shutil.copytree(paths.resources() / "audit", tmp_path / "audit")
    (tmp_path / "audit" / "criteria" / "zz.toml").write_text(
        'version = "2026.3"\n[[entry]]\nid = "res-99"\nsource = "egn-desktop"\n'
        'domain = "reseau"\ntitle = "Téléphone satellite"\nquestion = "Y en a-t-il un ?"\n'
        'help = "Un."\nkind = "yes_no"\nproviders = ["state"]\nimpact = 1\neffort = 1\n'
        'action = "En obtenir un"\nthresholds = [{ nature = "proposal" }]\n',
        encoding="utf-8",
    )
    frame = shipped_frame([Level.LYCEE], folder=tmp_path)
    assert frame.version == "2026.3"
    assert [question.key for question in frame.in_domain("reseau")][-1] == "res-99"


def test_a_criterion_of_an_unknown_domain_is_refused(tmp_path: Path) -> None:
    shutil.copytree(paths.resources() / "audit", tmp_path / "audit")
    file = tmp_path / "audit" / "criteria" / "reseau.toml"
    file.write_text(file.read_text("utf-8").replace('"reseau"', '"radio"'), encoding="utf-8")
    with pytest.raises(content.ContentError, match="radio"):
        criteria(folder=tmp_path)
