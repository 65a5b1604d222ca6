# SPDX-License-Identifier: GPL-3.0-or-later
"""How the answers on a pupil's needs are erased: alone, at their term, or with the pupil."""

from sqlalchemy.orm import Session

from egn_desktop.dossier import journal
from egn_desktop.inventory.model import PupilNeed


def need_subject(pupil_id: int) -> str:
    """Return what the journal calls a pupil's need: erased apart from the pupil."""
    return f"need:{pupil_id}"


def erase_need(session: Session, pupil_id: int) -> bool:
    """Erase a pupil's answers in the caller's transaction; tell whether there were any."""
    need = session.get(PupilNeed, pupil_id)
    if need is not None:
        session.delete(need)
    return bool(journal.erase_details(session, need_subject(pupil_id))) or need is not None
