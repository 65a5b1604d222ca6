# SPDX-License-Identifier: GPL-3.0-or-later
"""A PDF that somebody else made, opened in this process: by a child, or because it is ours.

See ``received`` for what the parent asks.
"""

import re
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any, Final

import pikepdf

from egn_desktop.documents.pdf.received import ANOTHER_COPY, Look
from egn_desktop.errors import UserError

_HEAD: Final = 1024
"""Readers look for the mark of a PDF within so many bytes."""

_LAUNCH: Final = "le lancement d’un programme ou l’ouverture d’un autre fichier"
_SCRIPT: Final = "du code JavaScript"
_FORM: Final = "l’envoi de données d’un formulaire"
_FILES: Final = "des fichiers joints"
_MEDIA: Final = "des objets multimédias"
_FORM_PROGRAM: Final = "un formulaire XFA, qui contient du code"

_OF_ACTION: Final = {
    b"Launch": _LAUNCH,
    b"GoToE": _LAUNCH,
    b"GoToR": _LAUNCH,
    b"JavaScript": _SCRIPT,
    b"SubmitForm": _FORM,
    b"ImportData": _FORM,
    b"Rendition": _MEDIA,
    b"Movie": _MEDIA,
    b"Sound": _MEDIA,
    b"GoTo3DView": _MEDIA,
    b"RichMediaExecute": _MEDIA,
}
_OF_KEY: Final = {
    b"JS": _SCRIPT,
    b"EmbeddedFiles": _FILES,
    b"EF": _FILES,
    b"XFA": _FORM_PROGRAM,
    b"RichMediaContent": _MEDIA,
}
"""What an action, or a key of any dictionary, means in French. Links to pages of the same file and
to addresses are no actions here: a reader asks before it follows these."""

_DOES: Final = re.compile(
    rb"/S /(%s)(?=[ />])|/(%s) " % (b"|".join(_OF_ACTION), b"|".join(_OF_KEY))
)
"""As the library writes a dictionary: names in one spelling, one space after each."""


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


def for_parent(content: bytes, about: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Look at a PDF in the child; see ``sandbox.readers``."""
    found = looked_at_here(content, about["name"])
    return {"pages": found.pages, "does": found.does}, b""


def looked_at_here(pdf: bytes, name: str) -> Look:
    """Return what a PDF is, opened in this process.

    Raises:
        UserError: it is no PDF, asks for a password, or is broken.
    """
    with opened(pdf, name) as document:
        try:
            look = Look(len(document.pages), tuple(sorted(set(_does(document)))))
        except (pikepdf.PdfError, ValueError, RuntimeError) as error:
            raise _broken(name) from error
    if not look.pages:
        raise _broken(name)
    return look


def _does(document: pikepdf.Pdf) -> Iterator[str]:
    """Yield what each object of the file would do, reached from its pages or not."""
    for pdf_object in (*document.objects, document.trailer):
        held = pdf_object.stream_dict if isinstance(pdf_object, pikepdf.Stream) else pdf_object
        written = held.unparse(resolved=True)
        for found in _DOES.finditer(written):
            action, key = found.groups()
            yield _OF_ACTION[action] if action else _OF_KEY[key]


def _broken(name: str) -> UserError:
    return UserError(
        f"« {name} » est abîmé : ce PDF ne s’ouvre pas.",
        todo=ANOTHER_COPY,
    )
