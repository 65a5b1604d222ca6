# SPDX-License-Identifier: GPL-3.0-or-later
"""SIECLE's XML: what is taken of it, and that nothing in it can do harm."""

import io
import sys
import zipfile
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from egn_desktop.dossier import Dossier
from egn_desktop.errors import UserError
from egn_desktop.exchange import markup, siecle_files
from egn_desktop.exchange.columns import recogniser
from egn_desktop.exchange.kinds import ImportKind
from egn_desktop.exchange.preview import Preview, apply, of_table
from egn_desktop.exchange.reading import table_here
from egn_desktop.inventory.people.queries.pupils import pupil, pupils
from egn_desktop.inventory.register.nouns import PupilInput
from egn_desktop.inventory.register.rules import ChildName
from egn_desktop.services import Services

sys.path.insert(0, str(Path(__file__).parent))
import siecle_samples as samples

from tests.examples import examples

PUPILS, GUARDIANS = ImportKind.PUPILS, ImportKind.GUARDIANS


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def zipped(path: Path, **files: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(f"{name}.xml", content)
    return path


def read(path: Path, kind: ImportKind) -> Preview:
    return of_table(table_here(path, path.read_bytes(), recogniser(kind)), kind, {})


def inputs(ready: Preview) -> list[Any]:
    return [line.input for line in ready.accepted]


def refused(path: Path, kind: ImportKind = PUPILS) -> str:
    with pytest.raises(UserError) as caught:
        read(path, kind)
    return str(caught.value)


EXPECTED = [
    PupilInput("LEFÈVRE", "Zoé", "CŒURET", date(2013, 7, 3), "120000000AA", "6A"),
    PupilInput("TRAORÉ", "Noé", born_on=date(2012, 11, 12), school_class="5B"),
]


def test_pupils_are_read_with_their_division_and_those_who_left_are_not(tmp_path: Path) -> None:
    ready = read(written(tmp_path / "ElevesSansAdresses.xml", samples.pupils()), PUPILS)
    assert inputs(ready) == EXPECTED
    assert not ready.rejected
    assert ready.table.read_from == ", export XML de SIECLE"
    assert ready.table.remark == "un élève sorti laissé de côté"


def test_a_zip_gives_pupils_or_their_representatives(tmp_path: Path) -> None:
    file = zipped(tmp_path / "siecle.zip", E=samples.pupils(), R=samples.guardians())
    assert inputs(read(file, PUPILS)) == EXPECTED
    ((guardian, children),) = inputs(read(file, GUARDIANS))
    assert (guardian.title, guardian.last_name, guardian.first_name) == ("Mme", "LEFÈVRE", "Nadia")
    assert (guardian.phone, guardian.email) == ("06 39 98 12 34", "nadia@exemple.fr")
    assert guardian.address == "3 rue des Écoles, Bât. B, 43200 YSSINGEAUX"
    assert children == (
        ChildName("LEFÈVRE", "CŒURET", "Zoé", "6A"),
        ChildName("TRAORÉ", "", "Noé", "5B"),
    )


def test_the_representatives_find_the_pupils_file_beside_them(
    tmp_path: Path, dossier: Dossier
) -> None:
    alone = written(tmp_path / "ResponsablesAvecAdresses.xml", samples.guardians())
    assert "ElevesSansAdresses.xml" in refused(alone, GUARDIANS)
    written(tmp_path / "Eleves_autre.xml", samples.pupils(school="0430000Z"))
    written(tmp_path / "Eleves_abime.xml", b"<BEE_ELEVES>")
    assert "ElevesSansAdresses.xml" in refused(alone, GUARDIANS)
    beside = written(tmp_path / "ElevesSansAdresses.xml", samples.pupils())
    services = Services.of(dossier)
    assert apply(read(beside, PUPILS), services).added == 2
    assert apply(read(alone, GUARDIANS), services).added == 1
    assert [len(pupil(dossier, row.id).guardians) for row in pupils(dossier)] == [1, 1]
    assert apply(read(alone, GUARDIANS), services).unchanged == 1


def test_the_wrong_file_says_which_is_right(tmp_path: Path) -> None:
    file = written(tmp_path / "ElevesSansAdresses.xml", samples.pupils())
    assert "ResponsablesAvecAdresses.xml" in refused(file, GUARDIANS)
    assert "le matériel" in refused(file, ImportKind.DEVICES)
    two = zipped(tmp_path / "deux.zip", E=samples.pupils(), R=samples.guardians(school="0010000B"))
    assert "deux établissements : 0430000A et 0010000B" in refused(two, GUARDIANS)


def test_pupils_without_a_number_or_with_anothers_are_not_lost(tmp_path: Path) -> None:
    more = "".join(
        f"<ELEVE{number}><NOM>NOM{place}</NOM><PRENOM>Léo</PRENOM></ELEVE>"
        for place, number in enumerate(("", "", f' ELEVE_ID="{samples.ZOE}"'))
    )
    ready = read(written(tmp_path / "e.xml", samples.pupils(more)), PUPILS)
    assert len(ready.accepted) == 5
    assert ready.accepted[0].input == EXPECTED[0]


DOCTYPE = b'<?xml version="1.0"?>\n<!DOCTYPE BEE_ELEVES [%s]>\n<BEE_ELEVES>&a;</BEE_ELEVES>'
LAUGHS = b"".join(
    b'<!ENTITY %c "%s">' % (97 + n, b"&%c;" % (98 + n) * 10 if n < 9 else b"ha") for n in range(10)
)


@pytest.mark.parametrize(
    "content",
    [
        DOCTYPE % LAUGHS,
        DOCTYPE % b'<!ENTITY a SYSTEM "file:///etc/passwd">',
        DOCTYPE % b'<!ENTITY %% p SYSTEM "http://exemple.invalid/x.dtd"> %%p;',
        DOCTYPE % b'<!ATTLIST BEE_ELEVES x CDATA "&a;">',
        b'<?xml version="1.0" encoding="klingon"?><BEE_ELEVES/>',
        b'<?xml version="1.0" encoding="utf-7"?><BEE_ELEVES/>',
        samples.pupils()[:-40],
        samples.pupils().replace(b"<ELEVES>", b"<ELEVES>" + b"<x>" * 100_000),
        b"<BEE_ELEVES/>",
        samples.pupils().replace(b"DATE_NAISS", b"DATE_SORTIE"),
        b"<BEE_RESPONSABLES><DONNEES/></BEE_RESPONSABLES>",
        b"<!DOCTYPE html><html></html>",
        b'<?xml version="1.0"?><rss/>',
    ],
)
def test_what_is_harmful_broken_or_empty_is_refused_in_words(
    tmp_path: Path, content: bytes
) -> None:
    words = refused(written(tmp_path / "eleves.xml", content))
    assert "« eleves.xml »" in words
    assert "Rien n’a été modifié." in words
    assert "root:" not in words


def test_a_zip_that_unfolds_without_end_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(siecle_files, "LARGEST_UNPACKED", 1_000_000)
    assert "la limite" in refused(zipped(tmp_path / "b.zip", E=b"<BEE_ELEVES>" + b" " * 2_000_000))
    parts = {f"E{n}": b"<BEE_ELEVES>" + b" " * 400_000 for n in range(4)}
    assert "la limite" in refused(zipped(tmp_path / "c.zip", **parts))


def test_a_zip_that_is_damaged_or_locked_says_so(tmp_path: Path) -> None:
    file = zipped(tmp_path / "e.zip", E=samples.pupils())
    content = bytearray(file.read_bytes())
    content[60] ^= 255
    assert "abîmée" in refused(written(tmp_path / "abime.zip", bytes(content)))
    content = bytearray(file.read_bytes())
    content[content.index(b"PK\1\2") + 8] |= 1
    assert "mot de passe" in refused(written(tmp_path / "cle.zip", bytes(content)))


def test_more_elements_than_any_school_has_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(markup, "MOST_ELEMENTS", 20)
    assert "abîmé" in refused(written(tmp_path / "e.xml", samples.pupils()))


def mutated(draw: st.DrawFn) -> bytes:
    content = bytearray(draw(st.sampled_from([samples.pupils(), samples.guardians()])))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(content)))
        end = min(len(content), start + draw(st.integers(0, 60)))
        content[start:end] = draw(
            st.binary(max_size=6)
            | st.sampled_from([b"<ELEVE>", b"</ELEVE>", b"&a;", b"]]>", b"<!DOCTYPE a>", b"\0"])
        )
    return bytes(content)


@settings(max_examples=examples(120), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.composite(mutated)(), st.booleans(), st.sampled_from([PUPILS, GUARDIANS]))
def test_any_bytes_give_a_list_or_say_why_not_and_never_half_an_import(
    tmp_path: Path, dossier: Dossier, content: bytes, packed: bool, kind: ImportKind
) -> None:
    file = tmp_path / "x.zip" if packed else tmp_path / "x.xml"
    if packed:
        zipped(file, A=content, B=samples.pupils())
    else:
        file.write_bytes(content)
    before, added = len(pupils(dossier)), 0
    with suppress(UserError):
        added = apply(read(file, kind), Services.of(dossier)).added
    assert len(pupils(dossier)) == before + (added if kind is PUPILS else 0)


@settings(max_examples=examples(100))
@given(st.binary(max_size=400), st.booleans())
def test_any_member_of_a_zip_gives_a_result(content: bytes, is_first: bool) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("Eleves.xml", content)
    taken = packed.getvalue()
    where = Path("/nowhere/e.zip")
    for given_bytes in (taken, content, taken[: len(taken) // 2] if is_first else taken[:-9]):
        with suppress(UserError):
            found = siecle_files.read_siecle(where, given_bytes, len)
            assert found is None or found.rows
