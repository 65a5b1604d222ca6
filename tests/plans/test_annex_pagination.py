# SPDX-License-Identifier: GPL-3.0-or-later
"""How the plan's documents break over pages, for the smallest school and for a large lycée."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO

import pikepdf
import pytest

from egn_desktop.actions.service import ActionService
from egn_desktop.documents.render import render
from egn_desktop.dossier import Dossier
from egn_desktop.inventory.register.nouns import PupilInput
from egn_desktop.plans import rules
from egn_desktop.plans.queries import version_pdf
from egn_desktop.plans.report.plan import crisis_pack
from egn_desktop.plans.rules import ToolStatus
from egn_desktop.plans.service import PlanService
from egn_desktop.school.queries import Identity, LevelCount
from egn_desktop.school.rules import Level
from egn_desktop.school.service import SchoolService
from egn_desktop.services import Services

HEADINGS = {f"H{level}" for level in range(1, 7)}
TEACHERS = ("Mme Kervadec", "M. Benali", "Mme Fernandes", "M. Lacombe", "Mme N’Guessan")


@dataclass(frozen=True)
class Node:
    """An element of the structure tree: its role and the pages that its marks are on."""

    role: str
    pages: tuple[int, ...]
    kids: tuple["Node", ...]

    def walk(self) -> Iterator["Node"]:
        yield self
        for kid in self.kids:
            yield from kid.walk()


def tree(pdf_bytes: bytes) -> tuple[Node, int]:
    """Return the structure of a PDF and its number of pages."""
    with pikepdf.open(BytesIO(pdf_bytes)) as pdf:
        numbers = {page.obj.objgen: at for at, page in enumerate(pdf.pages)}

        def node(element: pikepdf.Object) -> Node:
            own: list[int] = []
            kids: list[Node] = []
            for kid in element.get("/K", []):
                if kid.get("/Type") == "/StructElem":
                    kids.append(node(kid))
                else:
                    own.append(numbers[kid.Pg.objgen])
            pages = dict.fromkeys([*own, *(page for kid in kids for page in kid.pages)])
            return Node(str(element.S)[1:], tuple(pages), tuple(kids))

        (root,) = pdf.Root.StructTreeRoot.K
        return node(root), len(numbers)


def check_pages(pdf_bytes: bytes) -> int:
    """Refuse a heading apart from what it heads and a row on two pages; return the pages."""
    root, pages = tree(pdf_bytes)
    blocks = [kid for kid in root.kids if kid.role != "TOC" and kid.pages]
    for at, block in enumerate(blocks):
        if block.role in HEADINGS:
            assert len(block.pages) == 1
            following = blocks[at + 1]
            assert following.pages[0] == block.pages[0], f"{block.role} at the foot of a page"
    rows = [node for node in root.walk() if node.role == "TR"]
    assert rows
    for row in rows:
        assert len(row.pages) <= 1, "a row is cut"
    return pages


@pytest.fixture
def lycee(dossier: Dossier, service: PlanService) -> Dossier:
    """Forty classes of thirty pupils, every scenario, every risk, sixty actions."""
    SchoolService(dossier).save(
        Identity(
            uai="0754999B",
            name="Lycée polyvalent Germaine-Tillion et ses sections professionnelles",
            town="Montreuil",
            head="Philippe Desrousseaux-Lemoine",
            teachers=110,
            levels=(LevelCount(Level.LYCEE, 40, 1200),),
        )
    )
    services = Services.of(dossier)
    names = [f"{level} G{number:02}" for level in ("2de", "1re") for number in range(1, 15)]
    names += [f"Terminale G{number:02}" for number in range(1, 13)]
    services.pupils.import_pupils(
        [
            PupilInput(f"Nom-{name[:2]}{pupil}", f"Prénom {pupil}", school_class=name)
            for name in names
            for pupil in range(30)
        ]
    )
    for at, name in enumerate(names):
        service.write_class(
            f"inventory:{name}",
            teacher=TEACHERS[at % len(TEACHERS)],
            tool="ENT de la région, classe virtuelle " * (1 + at % 3),
            tool_status=list(ToolStatus)[at % len(ToolStatus)],
            rhythm="Trois heures le matin, deux l’après-midi, une pause toutes les heures. " * 2,
            rota="Lundi et jeudi, le professeur principal appelle ; mardi, la vie scolaire.",
            without_device=at % 7,
            without_connection=at % 4,
            packs=at % 5,
        )
    for section in rules.sections():
        service.write_section(section.id, f"{section.example}\n\n" * 3, done=True)
    for scenario in rules.scenarios():
        service.choose_scenario(scenario.id)
    for number, risk in enumerate(rules.risks()):
        line = service.add_risk(risk=risk.id)
        service.rate_risk(
            line, severity=1 + number % 4, likelihood=1 + number % 3, control=1 + number % 3
        )
    for number in range(24):
        service.add_contact(
            role="direction" if number < 8 else "mairie",
            name=TEACHERS[number % len(TEACHERS)],
            phone=f"06 39 98 01 {number:02}",
            checked_on=date(2026, 9, 1),
        )
    for number in range(60):
        ActionService(dossier).add(
            title=f"Action {number} : équiper les salles, puis former les équipes pédagogiques",
            responsible=TEACHERS[number % len(TEACHERS)],
            due_on=date(2026, 9, 1) + timedelta(days=5 * number),
        )
    return dossier


def test_the_annex_of_a_large_lycee_breaks_cleanly(lycee: Dossier, service: PlanService) -> None:
    service.adopt(body="conseil d’administration", participants=", ".join(TEACHERS))
    assert check_pages(version_pdf(lycee, 1)) > 30


def test_the_annex_of_the_smallest_school_breaks_cleanly(
    dossier: Dossier, service: PlanService
) -> None:
    SchoolService(dossier).save(
        Identity(
            uai="0430998B",
            name="École du Suc",
            town="Saint-Maurice",
            head="Jeanne Roux",
            teachers=2,
            levels=(LevelCount(Level.ELEMENTAIRE, 2, 31),),
        )
    )
    for section in rules.sections():
        if section.obligatory:
            service.write_section(section.id, "Deux classes, un car, une mairie.", done=True)
    for scenario in ("inondation", "cyberattaque", "coupure"):
        service.choose_scenario(scenario)
    line = service.add_risk(risk="surcharge")
    service.rate_risk(line, severity=2, likelihood=2, control=2)
    service.add_contact(role="direction", name="Jeanne Roux", phone="06 39 98 01 03")
    service.adopt(body="conseil d’école")
    assert check_pages(version_pdf(dossier, 1)) < 16


def test_the_crisis_packs_of_a_large_lycee_break_cleanly(lycee: Dossier) -> None:
    """Three of different length: each takes a second and has a page for each of forty classes."""
    for scenario in ("inondation", "cyberattaque", "surete"):
        assert check_pages(render(crisis_pack(lycee, scenario))) > 40
