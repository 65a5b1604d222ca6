# SPDX-License-Identifier: GPL-3.0-or-later
"""An erasure for good takes what is classified so, wherever it is, and leaves no way back."""

from collections.abc import Iterator

from sqlalchemy import select

from egn_desktop.dossier import Base, Dossier
from egn_desktop.inventory.people.queries.borrowers import known_borrowers
from egn_desktop.inventory.register.loans import loans
from egn_desktop.inventory.register.nouns import personal_columns
from egn_desktop.inventory.register.terms import Condition, LoanState
from egn_desktop.services import Services
from tests.inventory.test_personal_data import claire, services

# Fixtures: people of whom all kinds of things are known.
assert services
assert claire


def left(dossier: Dossier) -> Iterator[str]:
    """Name what still says something that an erasure should have taken."""
    for name, table in Base.metadata.tables.items():
        is_ = personal_columns(name)
        for row in dossier.rows(select(table)):
            for column, value in zip(table.columns.keys(), row, strict=True):
                gone = is_[column].gone
                if gone == "row" or (gone == "blank" and value not in (None, "")):
                    yield f"{name}.{column}"


def test_what_is_classified_so_goes_and_undo_with_it(
    dossier: Dossier, services: Services, claire: int
) -> None:
    for row in loans(dossier, state=LoanState.OPEN):
        services.loans.return_device(row.id, condition=Condition.GOOD, note="rendu par sa mère")
    before = set(left(dossier))
    for expected in (
        *("borrower.last_name", "borrower.born_on", "guardian.phone", "pupil_need.answers"),
        *("loan.note_in", "incident.description", "photo.image", "signed_paper.pdf"),
        "device.reserved_note",
    ):
        assert expected in before, "the fixture knows too little for this test to mean anything"
    for borrower in known_borrowers(dossier):
        services.devices.change_device(1, place=f"Salle {borrower.id}")
        assert dossier.undo_stack.last
        if borrower.id == claire:
            services.privacy.erase_staff(borrower.id)
        else:
            services.privacy.erase_pupil(borrower.id)
        assert dossier.undo_stack.last is None
        assert dossier.undo_stack.next is None
    assert set(left(dossier)) == set()
