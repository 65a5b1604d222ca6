# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may lend is who owns; what the accord still lacks is said on the paper and on the page."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from itertools import chain
from typing import Any

import pytest

from egn_desktop.documents.blocks import Callout, Facts
from egn_desktop.dossier import Dossier
from egn_desktop.inventory.papers.acts import AGREEMENT, act
from egn_desktop.inventory.papers.agreement import agreement
from egn_desktop.inventory.papers.agreement_case import agreement_case
from egn_desktop.inventory.papers.lender import lacking, lenders
from egn_desktop.inventory.papers.queries import lacking_accords, todos
from egn_desktop.inventory.register.nouns import DeviceInput, PupilInput
from egn_desktop.inventory.register.terms import DeviceKind, OwnerKind
from egn_desktop.school.queries import Identity, LevelCount
from egn_desktop.school.rules import Level
from egn_desktop.school.who import Contract, EquipmentOwner
from egn_desktop.school.words import Owner
from egn_desktop.services import Services

TOWN = EquipmentOwner(
    Owner.COMMUNE, "Commune de Vorey", "Mme Anne Roux, maire", date(2026, 9, 1), "n° 45"
)
ECOLE = Identity(
    name="École des Sources",
    head="Claire Morvan",
    levels=(LevelCount(Level.ELEMENTAIRE),),
    owners=(TOWN,),
)
LYCEE = replace(ECOLE, name="Lycée Veil", levels=(LevelCount(Level.LYCEE),), owners=())


@pytest.mark.parametrize(
    ("school", "name", "kind", "lender"),
    [
        (ECOLE, "commune de vorey", OwnerKind.AUTHORITY, "Commune de Vorey"),
        (ECOLE, "", None, "Commune de Vorey"),
        (ECOLE, "École des Sources", OwnerKind.SCHOOL, "Commune de Vorey"),
        (ECOLE, "Coopérative scolaire", OwnerKind.SCHOOL, "Coopérative scolaire"),
        (ECOLE, "État (rectorat)", OwnerKind.STATE, "État (rectorat)"),
        (ECOLE, "", OwnerKind.STATE, "l’État"),
        (ECOLE, "Ville du Puy", OwnerKind.AUTHORITY, "Ville du Puy"),
        (replace(ECOLE, owners=()), "", None, "la mairie"),
        (LYCEE, "", None, "la région"),
        (LYCEE, "", OwnerKind.SCHOOL, "Lycée Veil"),
        (replace(LYCEE, contract=Contract.PRIVATE), "", None, "l’organisme de gestion"),
    ],
)
def test_who_owns_a_device_lends_it(
    school: Identity, name: str, kind: OwnerKind | None, lender: str
) -> None:
    (found,) = lenders(school, [(name, kind)])
    assert found.name == lender
    assert found.is_school == (lender == "Lycée Veil")


def test_several_devices_of_one_owner_have_one_lender() -> None:
    owned = [("", None), ("Commune de Vorey", OwnerKind.AUTHORITY), ("", OwnerKind.STATE)]
    assert [lender.name for lender in lenders(ECOLE, owned)] == ["Commune de Vorey", "l’État"]


def test_what_is_lacking_is_the_owner_s_accord_and_in_an_eple_the_council_s() -> None:
    assert lacking(ECOLE, lenders(ECOLE, [("", None)])) == ()
    unnamed = replace(ECOLE, owners=())
    assert lacking(unnamed, lenders(unnamed, [("", None)])) == ("l’accord de la mairie",)
    council = "l’autorisation du conseil d’administration"
    assert lacking(LYCEE, lenders(LYCEE, [("", None)])) == ("l’accord de la région", council)
    assert lacking(LYCEE, lenders(LYCEE, [("", OwnerKind.SCHOOL)])) == (council,)
    private = replace(LYCEE, contract=Contract.PRIVATE)
    assert council not in lacking(private, lenders(private, [("", None)]))


def words(value: Any) -> Iterator[str]:
    """Yield every text of a block or of a list of them."""
    if isinstance(value, str):
        yield value
    elif hasattr(value, "__dataclass_fields__"):
        for name in value.__dataclass_fields__:
            yield from words(getattr(value, name))
    elif isinstance(value, Iterable):
        yield from chain.from_iterable(map(words, value))  # pyright: ignore[reportUnknownArgumentType]


@pytest.fixture
def services(dossier: Dossier) -> Services:
    return Services.of(dossier)


def lent(services: Services, school: Identity, **device: Any) -> int:
    services.school.save(school)
    pupil = services.pupils.add_pupil(PupilInput(last_name="Roy", first_name="Zoé"))
    item = services.devices.add_device(DeviceInput("PC-1", DeviceKind.LAPTOP, **device))
    return services.loans.lend(device_id=item, borrower_id=pupil, due_on=date(2027, 7, 2))


def paper(dossier: Dossier, loan: int) -> tuple[str, list[Any]]:
    made = agreement(agreement_case(dossier, act(AGREEMENT), [loan]))
    return "\n".join(words(made.blocks)), list(made.blocks)


def test_an_ecole_lends_for_its_commune_whose_accord_is_printed(
    dossier: Dossier, services: Services
) -> None:
    said, blocks = paper(dossier, lent(services, ECOLE))
    assert "Commune de Vorey, représentée par Mme Anne Roux, maire" in said
    assert "Accord du 1er septembre 2026 (n° 45)" in said
    assert "École des Sources, représentée par Claire Morvan, pour le compte du prêteur" in said
    assert "par la commune de Vorey, par l’intermédiaire de l’école" in said
    assert "Accord à recueillir" not in said
    assert "Pour le propriétaire du matériel" not in said
    assert any(isinstance(block, Facts) for block in blocks)
    assert lacking_accords(dossier) == ()


def test_until_the_accord_is_noted_the_paper_says_so_and_the_owner_signs(
    dossier: Dossier, services: Services
) -> None:
    waiting = replace(ECOLE, owners=(replace(TOWN, accord_on=None, accord_reference=""),))
    loan = lent(services, waiting)
    said, blocks = paper(dossier, loan)
    (told,) = [
        block for block in blocks if isinstance(block, Callout) and "Accord" in str(block.title)
    ]
    assert "Il manque l’accord de la commune de Vorey" in str(told.text)
    assert "Pour le propriétaire du matériel" in said
    assert lacking_accords(dossier) == lacking_accords(dossier, loan) != ()
    assert [todo.page for todo in todos(dossier)] == ["settings"]


def test_an_eple_signs_with_its_council_s_authorisation(
    dossier: Dossier, services: Services
) -> None:
    loan = lent(services, LYCEE, owner="Lycée Veil", owner_kind=OwnerKind.SCHOOL)
    said, _ = paper(dossier, loan)
    assert "représenté par Claire Morvan, autorisé par le conseil d’administration du …" in said
    assert "pour le compte du prêteur" not in said
    services.school.save(
        replace(LYCEE, council_accord_on=date(2026, 10, 12), council_accord_reference="n° 14")
    )
    said, _ = paper(dossier, loan)
    assert "autorisé par le conseil d’administration du 12 octobre 2026 (n° 14)" in said
    assert "Accord à recueillir" not in said


def test_the_circular_on_adapted_equipment_is_cited_for_no_other(
    dossier: Dossier, services: Services
) -> None:
    said, _ = paper(dossier, lent(services, ECOLE))
    assert "2001-221" not in said
    assert "adapté" not in said
