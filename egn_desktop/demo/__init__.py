# SPDX-License-Identifier: GPL-3.0-or-later
"""The demonstration school: invented people, plausible figures, two years of life."""

import secrets
from contextlib import suppress
from datetime import UTC, date, datetime, time
from pathlib import Path
from random import Random

from egn_desktop.demo import drilling, lending, planning, snow, staff, surveys
from egn_desktop.demo.calendar import Calendar
from egn_desktop.demo.diary import tell
from egn_desktop.demo.school import introduce_school
from egn_desktop.dossier import Dossier, keys, passphrase
from egn_desktop.dossier.errors import SecretNeededError
from egn_desktop.dossier.store import SALT_BYTES, Protection, local_now

PASSPHRASE = "école de démonstration"  # noqa: S105 - published: the demonstration has no secret
"""Opens the dossier of every demonstration school, wherever it is carried."""

_SEED = 2020
_NOON = time(12)


def create_demonstration(
    path: Path, *, key: bytes | None = None, today: date | None = None
) -> Dossier:
    """Make the demonstration school's dossier and return it, open.

    The same day gives the same content. Its secret is ``PASSPHRASE``, kept in the keyring too
    where there is one, so that this machine opens it without asking.

    Args:
        key: another secret, for tests.
        today: the last day of its story, at whose noon the dossier's clock stands, so that its
            papers have the same bytes on every system; the real day when left out.

    Raises:
        UserError: as ``Dossier.create``.
    """
    with suppress(OSError):
        # If the folder cannot be made, the next line says so in the user's words.
        path.parent.mkdir(parents=True, exist_ok=True)
    salt = secrets.token_bytes(SALT_BYTES)
    noon = datetime.combine(today, _NOON, UTC) if today else None
    dossier = Dossier.create(
        path,
        key=key or passphrase.key_of(PASSPHRASE, salt),
        salt=salt,
        clock=lambda: noon or local_now(),
    )
    try:
        _live(dossier, dossier.today())
    except BaseException:
        dossier.close()
        path.unlink(missing_ok=True)
        raise
    if key is None:
        dossier.protection = Protection.PASSPHRASE
        # Without a keyring, or with a locked one, the published passphrase opens it as well.
        with suppress(SecretNeededError):
            keys.keep(dossier.dossier_id, dossier.key)
    return dossier


def _live(dossier: Dossier, today: date) -> None:
    calendar, chance = Calendar(today), Random(_SEED)  # noqa: S311 - no secret is drawn
    stories = (
        introduce_school(dossier, calendar),
        *lending.stories(dossier, calendar, chance),
        *staff.stories(dossier, calendar),
        *planning.gap_stories(dossier, calendar),
        *surveys.stories(dossier, calendar),
        *planning.stories(dossier, calendar),
        *snow.stories(dossier, calendar),
        *drilling.stories(dossier, calendar),
    )
    operator, dossier.operator = dossier.operator, "claire.morvan"
    # Its papers bear the journal's hash: the same day is to give the same bytes.
    salted = Random(_SEED)  # noqa: S311 - no secret is drawn
    salts, dossier.salts = dossier.salts, lambda: salted.randbytes(SALT_BYTES).hex()
    try:
        tell(dossier, stories, today)
    finally:
        dossier.operator, dossier.salts = operator, salts
