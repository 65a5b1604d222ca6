# SPDX-License-Identifier: GPL-3.0-or-later
"""Who gets what: by priority and stock, and as corrected."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from egn_desktop.cli.lending import together as commands
from egn_desktop.cli.parser import FrenchParser, SubCommands
from egn_desktop.dossier import Dossier
from egn_desktop.errors import UserError
from egn_desktop.inventory.lending.allotment import Allotment, propose
from egn_desktop.inventory.lending.needs import Want
from egn_desktop.inventory.lending.queries.needs import spare_devices
from egn_desktop.inventory.register.loans import loans
from egn_desktop.inventory.register.nouns import DeviceInput, PupilInput
from egn_desktop.inventory.register.terms import DeviceKind, DeviceState
from egn_desktop.services import Services

COMPUTER, CONNECTION = Want
LAPTOP, TABLET, HOTSPOT = DeviceKind.LAPTOP, DeviceKind.TABLET, DeviceKind.HOTSPOT


@dataclass(frozen=True)
class Somebody:
    id: int
    missing: tuple[Want, ...]


@dataclass(frozen=True)
class Something:
    id: int
    kind: DeviceKind
    reserved_for: int | None = None


PEOPLE = st.lists(
    st.lists(st.sampled_from(Want), unique=True, max_size=2).map(tuple), max_size=12
).map(lambda found: [Somebody(at, missing) for at, missing in enumerate(found)])
FREE_STOCK = st.lists(st.sampled_from(DeviceKind), max_size=12).map(
    lambda kinds: [Something(at, kind) for at, kind in enumerate(kinds)]
)
STOCK = st.lists(
    st.tuples(st.sampled_from((LAPTOP, TABLET, HOTSPOT)), st.none() | st.integers(0, 11)),
    max_size=12,
).map(lambda found: [Something(at, *allotment) for at, allotment in enumerate(found)])


@given(PEOPLE, FREE_STOCK)
def test_a_device_goes_once_to_who_comes_first(
    people: list[Somebody], stock: list[Something]
) -> None:
    proposed = propose(people, stock)
    given_out = [proposal.device_id for proposal in proposed if proposal.device_id is not None]
    assert len(given_out) == len(set(given_out))
    assert [proposal.key for proposal in proposed] == [
        (person.id, want) for person in people for want in person.missing
    ]
    kinds = {something.id: something.kind for something in stock}
    for want in Want:
        served = [proposal.device_id is not None for proposal in proposed if proposal.want is want]
        assert served == sorted(served, reverse=True), "somebody further down was served first"
        fitting = sum(kind in want.kinds for kind in kinds.values())
        assert sum(served) == min(len(served), fitting), "a device was left in the cupboard"


@given(PEOPLE, STOCK, st.data())
def test_whatever_is_corrected_a_device_goes_once_and_to_whom_it_may(
    people: list[Somebody], stock: list[Something], data: st.DataObject
) -> None:
    found = Allotment(people, stock)
    keys = [line.key for line in found.lines]
    devices = {something.id: something for something in stock}
    for _ in range(data.draw(st.integers(0, 6))) if keys else ():
        key = data.draw(st.sampled_from(keys))
        before = found.lines
        match data.draw(st.sampled_from(("leave", "choose", "exchange"))):
            case "leave":
                out = data.draw(st.sets(st.sampled_from(keys), max_size=3))
                found.leave_out(out)
                assert all(found.device_of(name) is None for name in out)
            case "choose":
                wanted = data.draw(st.integers(0, 12))
                try:
                    found.choose(key, wanted)
                except UserError:
                    assert found.lines == before
                else:
                    assert found.device_of(key) == wanted
            case _:
                other = data.draw(st.sampled_from(keys))
                two = found.device_of(key), found.device_of(other)
                with suppress(UserError):
                    found.exchange(key, other)
                    if None not in two:
                        assert (found.device_of(other), found.device_of(key)) == two
        given_out = [line.device_id for line in found.lines if line.device_id is not None]
        assert len(given_out) == len(set(given_out))
        assert [line.key for line in found.lines] == keys
        for row in found.lines:
            if row.device_id is not None:
                device = devices[row.device_id]
                assert device.kind in row.want.kinds
                assert device.reserved_for in (None, row.pupil_id)


TWO = [Somebody(1, (COMPUTER,)), Somebody(2, (COMPUTER, CONNECTION))]


def test_the_best_kind_goes_first_and_what_is_kept_goes_to_its_own() -> None:
    stock = [Something(10, TABLET), Something(11, LAPTOP, 2), Something(12, LAPTOP, 9)]
    assert Allotment(TWO, stock).pairs == [(1, 10), (2, 11)]


def test_another_device_is_chosen_and_its_holder_takes_this_one() -> None:
    found = Allotment(TWO, [Something(10, LAPTOP), Something(11, LAPTOP), Something(12, TABLET)])
    assert found.choices((1, COMPUTER)) == [12, 10, 11]
    found.choose((1, COMPUTER), 11)
    assert found.pairs == [(1, 11), (2, 10)]
    found.choose((1, COMPUTER), 12)
    assert found.pairs == [(1, 12), (2, 10)]
    assert found.chosen == {(1, COMPUTER), (2, COMPUTER)}
    found.leave_out([(2, COMPUTER)])
    assert found.pairs == [(1, 12)]
    found.leave_out([])
    assert found.pairs == [(1, 12), (2, 10)]


def test_two_lines_exchange_or_say_why_not() -> None:
    found = Allotment(TWO, [Something(10, LAPTOP), Something(11, HOTSPOT)])
    found.exchange((1, COMPUTER), (2, COMPUTER))
    assert found.pairs == [(2, 10), (2, 11)]
    for other in ((2, CONNECTION), (1, COMPUTER)):
        with pytest.raises(UserError) as refused:
            found.exchange((1, COMPUTER), other)
        assert refused.value.kept


Run = Callable[..., str]


@pytest.fixture
def run(dossier: Dossier, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run ``lend-together`` for a class of three with a laptop, a tablet, and a laptop kept."""
    services = Services.of(dossier)
    for name in ("Inès", "Noé", "Rose"):
        services.pupils.add_pupil(PupilInput("Benali", name, school_class="CM2"))
    services.needs.note_need(2, ["no-device"])
    for number, kind in ((1, LAPTOP), (2, TABLET), (3, LAPTOP)):
        services.devices.add_device(DeviceInput(f"YSS-{number}", kind))
    services.devices.change_device(3, state=DeviceState.RESERVED, reserved_for=3)
    parser = FrenchParser(prog="egn-desktop")
    commands.register(SubCommands(parser))

    def run(*options: str) -> str:
        parsed = parser.parse_args(["lend-together", "ecole.egn", "--class", "cm2", *options])
        parsed.run(services, parsed)
        return capsys.readouterr().out

    return run


def received(dossier: Dossier) -> dict[str, str]:
    return {row.borrower_name: row.code for row in loans(dossier)}


def test_a_class_is_served_with_what_is_kept_for_one_of_them(run: Run, dossier: Dossier) -> None:
    assert [row.code for row in spare_devices(dossier)] == ["YSS-1", "YSS-2", "YSS-3"]
    assert "--lend" in run()
    assert "3 appareils prêtés" in run("--lend")
    assert received(dossier) == {
        "Benali Noé": "YSS-1", "Benali Inès": "YSS-2", "Benali Rose": "YSS-3",
    }  # fmt: skip


def test_the_proposal_is_corrected_by_name(run: Run, dossier: Dossier) -> None:
    run("--give", "noe benali=yss-2", "--without", "Benali Rose", "--lend")
    assert received(dossier) == {"Benali Noé": "YSS-2", "Benali Inès": "YSS-1"}
    for wrong, said in (
        (("--give", "Benali Rose=YSS-1"), "ne peut pas être donné"),
        (("--give", "Benali Inès=YSS-3"), "Personne n’attend ici"),
        (("--without", "Martin Léa"), "Attendent ici : Benali Rose"),
    ):
        with pytest.raises(UserError, match=said):
            run(*wrong)
