# SPDX-License-Identifier: GPL-3.0-or-later
"""A PDF that somebody else made: does it open, and how many pages has it."""

from collections.abc import Generator
from contextlib import contextmanager
from io import BytesIO
from typing import Final

import pikepdf

from egn_desktop.errors import UserError

_HEAD: Final = 1024
"""Readers look for the mark of a PDF within so many bytes."""


@contextmanager
def opened(pdf: bytes, name: str) -> Generator[pikepdf.Pdf]:
    """Open a PDF for reading.

    Args:
        name: names the file to the user.

    Raises:
        UserError: it is no PDF, asks for a password, or is broken.
    """
    if b"%PDF-" not in pdf[:_HEAD]:
        raise UserError(f"« {name} » n’est pas un PDF.", todo="Choisissez un fichier PDF.")
    try:
        document = pikepdf.open(BytesIO(pdf))
    except pikepdf.PasswordError as error:
        raise UserError(
            f"« {name} » demande un mot de passe.",
            todo="Enregistrez-en une copie sans mot de passe, puis choisissez cette copie.",
        ) from error
    except (pikepdf.PdfError, ValueError, RuntimeError) as error:
        raise _broken(name) from error
    with document:
        yield document


def page_count(pdf: bytes, name: str) -> int:
    """Return how many pages a PDF has, one at least.

    Raises:
        UserError: it is no PDF, asks for a password, or is broken.
    """
    with opened(pdf, name) as document:
        try:
            count = len(document.pages)
        except (pikepdf.PdfError, ValueError, RuntimeError) as error:
            raise _broken(name) from error
    if not count:
        raise _broken(name)
    return count


def _broken(name: str) -> UserError:
    return UserError(
        f"« {name} » est abîmé : ce PDF ne s’ouvre pas.",
        todo="Demandez-en une autre copie, ou numérisez le document à nouveau.",
    )
