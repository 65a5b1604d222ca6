# SPDX-License-Identifier: GPL-3.0-or-later
import pytest
from hypothesis import given
from hypothesis import strategies as st

from egn_desktop.dossier import Dossier
from egn_desktop.inventory.people.queries.pupils import pupils
from egn_desktop.inventory.register.nouns import DeviceInput, IncidentFields, PupilInput
from egn_desktop.inventory.register.search import Vocabulary, found_by, readings, tolerance
from egn_desktop.inventory.register.terms import DeviceKind, IncidentKind
from egn_desktop.inventory.register.vocabulary import readings as readings_of
from egn_desktop.inventory.register.vocabulary import vocabulary
from egn_desktop.inventory.stock.queries.devices import devices
from egn_desktop.services import Services

LETTERS = "abelmnr"
WORDS = st.text(LETTERS, min_size=1, max_size=11)
SOME_WORDS = st.lists(WORDS, min_size=1, max_size=12)


def errors_between(word: str, other: str) -> int:
    """Return the typing errors between two words, the slow way."""
    known: dict[tuple[int, int], int] = {}
    for i in range(len(word) + 1):
        for j in range(len(other) + 1):
            ways = [max(i, j)] if not i or not j else []
            if i and j:
                ways += [known[i - 1, j] + 1, known[i, j - 1] + 1]
                ways.append(known[i - 1, j - 1] + (word[i - 1] != other[j - 1]))
            if i > 1 and j > 1 and word[i - 2 : i] == other[j - 1] + other[j - 2]:
                ways.append(known[i - 2, j - 2] + 1)
            known[i, j] = min(ways)
    return known[len(word), len(other)]


def reachable(word: str, known: list[str]) -> dict[str, int]:
    """Return the words, and the beginnings as long as what was typed, near enough to it."""
    texts = {text[:end] for text in known for end in range(len(word), len(text))} | set(known)
    errors = {text: errors_between(word, text) for text in texts}
    return {text: many for text, many in errors.items() if many <= tolerance(word)}


@given(WORDS, SOME_WORDS)
def test_what_is_near_is_what_the_slow_way_finds(word: str, known: list[str]) -> None:
    near = Vocabulary(known).nearest(word)
    if not tolerance(word):
        assert near == ()
        return
    wanted = reachable(word, known)
    assert bool(near) == bool(wanted)
    for text in near:
        # The beginning of a single word is told as the whole of it.
        beginnings = [text[:end] for end in range(len(text) + 1)]
        assert min(wanted.values()) in [wanted.get(beginning) for beginning in beginnings]


@given(st.lists(WORDS, min_size=1, max_size=4), SOME_WORDS)
def test_each_reading_is_found_and_what_is_found_already_stays(
    typed: list[str], known: list[str]
) -> None:
    held = Vocabulary(known)
    found = readings(" ".join(typed), held)
    for reading in found:
        words = reading.split()
        assert all(held.finds(word) for word in words)
        for before, after in zip(typed, words, strict=True):
            assert before == after or not held.finds(before)
    if all(held.finds(word) for word in typed):
        assert found == ()


@given(st.text("0123456789abc-", max_size=9), st.lists(st.text("0123456789abc", max_size=9)))
def test_a_wrong_number_never_finds_another_device(typed: str, known: list[str]) -> None:
    held = Vocabulary(known)
    for reading in readings(typed, held):
        kept = [word for word in typed.replace("-", " ").split() if any(map(str.isdigit, word))]
        assert set(kept) <= set(reading.split())
        assert all(held.finds(word) for word in kept)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("martim", ("martin",)),
        ("martni", ("martin",)),
        ("matin", ("martin",)),
        ("Gacia", ("garcia",)),
        ("garsi", ("garcia",)),
        ("ordinatuer", ("ordinateur",)),
        ("lea martim", ("lea martin",)),
        ("lae", ()),
        ("martin", ()),
        ("zzzzzz", ()),
        ("martim 0009", ()),
        ("yss-0009", ()),
    ],
)
def test_typing_errors_are_read_as_they_were_meant(typed: str, read: tuple[str, ...]) -> None:
    known = Vocabulary(["martin lea", "garcia lopez garcialopez", "ordinateur yss 0001 yss0001"])
    assert readings(typed, known) == read


def test_the_more_frequent_of_two_equally_near_comes_first() -> None:
    known = Vocabulary(["dupont", "durond", "dupont lea", "dupons"])
    assert known.nearest("dupond") == ("dupont", "dupons", "durond")


def test_the_words_are_those_that_the_register_now_holds(dossier: Dossier) -> None:
    services = Services.of(dossier)
    first = services.pupils.add_pupil(PupilInput("Martin", "Léa", school_class="CM2 A"))
    assert readings_of(dossier, "martim") == ("martin",)
    assert vocabulary(dossier) is vocabulary(dossier)
    services.pupils.remove_pupil(first)
    assert readings_of(dossier, "martim") == ()
    services.devices.add_device(DeviceInput("YSS-0001", DeviceKind.LAPTOP, "HP", "ProBook 11"))
    assert readings_of(dossier, "probok") == ("probook",)
    assert [row.code for row in devices(dossier, "probook")] == ["YSS-0001"]
    services.pupils.add_pupil(PupilInput("Durant", "Ali"))
    assert readings_of(dossier, "durand") == ("durant",)
    broken = IncidentFields(IncidentKind.BREAKAGE, dossier.today(), repairer="Durand et fils")
    services.incidents.add_incident(1, broken)
    assert readings_of(dossier, "durand") == ()
    assert readings_of(dossier, "") == ()


def test_rows_of_several_readings_come_once_the_nearest_first(dossier: Dossier) -> None:
    services = Services.of(dossier)
    for name in ("Zidi", "Dupont", "Dupons"):
        services.pupils.add_pupil(PupilInput(name, "Ali"))
    found = found_by(lambda text: pupils(dossier, text), ["zidi", "ali"])
    assert [row.last_name for row in found] == ["Zidi", "Dupons", "Dupont"]
