# SPDX-License-Identifier: GPL-3.0-or-later
"""Two copies of a dossier, with what every feature says of its tables: compared, then joined."""

from collections.abc import Collection, Generator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

from egn_desktop import features
from egn_desktop.dossier import Dossier
from egn_desktop.dossier.copies import Comparison, Subjects
from egn_desktop.dossier.copies.book import Book
from egn_desktop.dossier.copies.compare import Compared
from egn_desktop.dossier.copies.compare import compare as compare_books
from egn_desktop.dossier.copies.errors import CopyHasOtherSecretError
from egn_desktop.dossier.copies.join import Outcome
from egn_desktop.dossier.copies.join import join as join_copies
from egn_desktop.dossier.copies.other import OtherCopy, open_other
from egn_desktop.dossier.life import keys_of_secret
from egn_desktop.dossier.secret_notes import former_keys


@cache
def subjects() -> Subjects:
    """Return what the features say of their tables."""
    # A subject names its table in words; the room that maps it may not have been read yet.
    features.import_models()
    named = [name for feature in features.FEATURES for name in feature.joined]
    return Subjects(subject for name in named for subject in features.resolve(name))


class SideBySide:
    """Two copies of one dossier, compared and still to be joined; ``close`` lets the other go.

    Attributes:
        path: the other file.
    """

    def __init__(self, dossier: Dossier, other: OtherCopy, compared: Compared) -> None:
        self.path = other.path
        self._dossier = dossier
        self._other = other
        self._compared = compared

    @property
    def comparison(self) -> Comparison:
        """What was found."""
        return self._compared.comparison

    def join(self, chosen: Collection[str]) -> Outcome:
        """Take the chosen lines over, with what they need; see ``dossier.copies.join``."""
        return join_copies(self._dossier, self._other, self._compared, chosen)

    def close(self) -> None:
        """Remove the copy that was made of the other file, which was never touched."""
        self._other.close()


def compare(dossier: Dossier, path: Path, *, secret: str | None = None) -> SideBySide:
    """Compare an open dossier with another file of it.

    Args:
        secret: the other file's own recovery code or passphrase, where it is not this one's.

    Raises:
        UserError: they cannot be compared; says why, and nothing was touched.
    """
    other = _opened(dossier, path, secret)
    try:
        with dossier.locked:
            compared = compare_books(
                Book(dossier.raw, subjects()), Book(other.connection, subjects())
            )
    except BaseException:
        other.close()
        raise
    return SideBySide(dossier, other, compared)


def _opened(dossier: Dossier, path: Path, secret: str | None) -> OtherCopy:
    """Open another file with the secret given, else with this one's, now or before a change."""
    if secret is None:
        wanted: list[bytes] = [dossier.key, *former_keys(dossier)]
    else:
        wanted = [*keys_of_secret(path, secret)]
    for key in wanted[:-1]:
        with suppress(CopyHasOtherSecretError):
            return open_other(dossier, path, key=key)
    return open_other(dossier, path, key=wanted[-1])


@contextmanager
def side_by_side(
    dossier: Dossier, path: Path, *, secret: str | None = None
) -> Generator[SideBySide]:
    """Compare, and let the other copy go at the end."""
    found = compare(dossier, path, secret=secret)
    try:
        yield found
    finally:
        found.close()
