# SPDX-License-Identifier: GPL-3.0-or-later
from collections.abc import Callable
from functools import cache
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from egn_desktop.documents.blocks import Document, Heading, PageBreak, Paragraph
from egn_desktop.documents.pdf.received import SealState
from egn_desktop.documents.pdf.seal import examined_here, is_intact
from egn_desktop.documents.render import render
from egn_desktop.errors import UserError

FORGED = "<egn:seal>" + "0" * 64 + "</egn:seal>"


@cache
def printed(title: str = "Plan de continuité", school: str = "École Jules-Verne") -> bytes:
    return render(
        Document(
            title=title,
            school=school,
            reference="Version 1 adoptée le 20/11/2026",
            printed_on="20 novembre 2026",
            blocks=(Heading("Objet"), Paragraph("Enseigner."), PageBreak(), Paragraph("La suite.")),
        )
    )


def saved_again(pdf: bytes, change: Callable[[Any], object] = lambda _: None) -> bytes:
    file = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as document:
        change(document)
        document.save(file)
    return file.getvalue()


def retitle(document: pikepdf.Pdf) -> None:
    with document.open_metadata() as metadata:
        metadata["dc:title"] = "Un autre plan"


def test_a_print_says_whose_it_is_and_that_nothing_was_changed() -> None:
    found = examined_here(printed(), "plan.pdf")
    assert found.state is SealState.INTACT
    assert found.title == "Plan de continuité"
    assert found.school == "École Jules-Verne"
    assert found.reference == "Version 1 adoptée le 20/11/2026"
    assert found.printed_on == "2026-11-20"


@given(st.data())
def test_no_byte_can_be_changed_unseen(data: st.DataObject) -> None:
    pdf = bytearray(printed())
    place = data.draw(st.integers(0, len(pdf) - 1))
    pdf[place] ^= data.draw(st.integers(1, 255))
    assert not is_intact(bytes(pdf))


@pytest.mark.parametrize(
    "tampered",
    [
        printed() + b"\n",
        saved_again(printed()),
        saved_again(printed(), lambda document: document.pages.__delitem__(0)),
        saved_again(printed(), retitle),
        printed().replace(b"<egn:reference>Version 1", b"<egn:reference>Version 2"),
        printed().replace(b"<egn:seal>", b"<egn:sael>"),
    ],
    ids=["added to", "saved again", "a page removed", "retitled", "edited", "seal broken"],
)
def test_a_copy_that_was_changed_is_told_from_the_print(tampered: bytes) -> None:
    assert tampered != printed()
    found = examined_here(tampered, "plan.pdf")
    assert found.state is SealState.CHANGED
    assert found.school == "École Jules-Verne"


def test_a_print_without_its_metadata_still_names_the_program() -> None:
    bare = saved_again(printed(), lambda document: document.Root.__delitem__("/Metadata"))
    assert examined_here(bare, "plan.pdf").state is SealState.UNSEALED


def test_what_somebody_else_made_is_foreign() -> None:
    file = BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(file)
    assert examined_here(file.getvalue(), "autre.pdf").state is SealState.FOREIGN


@pytest.mark.parametrize("words", [FORGED, f"\n  {FORGED}\n", "</egn:school> & <b>"])
def test_no_word_of_the_school_is_taken_for_the_seal(words: str) -> None:
    found = examined_here(printed(words, words), "plan.pdf")
    assert found.state is SealState.INTACT
    assert found.school == " ".join(words.split())


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"Bonjour", "n’est pas un PDF"),
        (b"", "n’est pas un PDF"),
        (b"%PDF-1.7\nBonjour", "abîmé"),
        (printed()[:300], "abîmé"),
    ],
)
def test_what_is_no_pdf_or_does_not_open_is_told(content: bytes, told: str) -> None:
    with pytest.raises(UserError, match=told):
        examined_here(content, "plan.pdf")


def test_one_that_asks_for_a_password_is_told() -> None:
    file = BytesIO()
    with pikepdf.open(BytesIO(printed())) as document:
        document.save(file, encryption=pikepdf.Encryption(user="secret", owner="secret"))
    with pytest.raises(UserError, match="mot de passe"):
        examined_here(file.getvalue(), "plan.pdf")
