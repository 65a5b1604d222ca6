# SPDX-License-Identifier: GPL-3.0-or-later
"""Creating and opening where there is no keyring: passphrase, variable, question."""

from collections.abc import Callable
from pathlib import Path

import pytest

from egn_desktop.dossier import Dossier, Protection, keys, life, recovery
from egn_desktop.dossier import errors as wrong
from egn_desktop.dossier.backup import list_backups
from egn_desktop.errors import ExitCode, UserError

KEY = bytes(range(32))


@pytest.fixture(autouse=True)
def no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
    monkeypatch.setattr(keys, "ACCEPTED", {})


@pytest.fixture
def path(tmp_path: Path, phrase: str) -> Path:
    path = tmp_path / "ecole.egn"
    life.create_dossier(path, new_passphrase=phrase).close()
    return path


@pytest.fixture
def coded(tmp_path: Path) -> Path:
    """A dossier whose secret is a recovery code, on a machine that does not know it."""
    path = tmp_path / "code.egn"
    Dossier.create(path, key=KEY).close()
    return path


def test_without_a_keyring_nothing_is_made_and_a_passphrase_is_proposed(tmp_path: Path) -> None:
    with pytest.raises(wrong.NoKeyringError) as refusal:
        life.create_dossier(tmp_path / "ecole.egn")
    assert refusal.value.exit_code == ExitCode.NO_KEYRING
    assert "phrase de passe" in refusal.value.todo
    assert list(tmp_path.glob("*.egn")) == []


def test_a_weak_passphrase_makes_nothing(tmp_path: Path) -> None:
    with pytest.raises(wrong.WeakPassphraseError, match="trop courte"):
        life.create_dossier(tmp_path / "ecole.egn", new_passphrase="1234")
    assert list(tmp_path.glob("*.egn")) == []


def test_the_passphrase_opens_and_so_does_its_recovery_code(path: Path, phrase: str) -> None:
    with life.open_dossier(path, secret=phrase) as dossier:
        assert dossier.protection is Protection.PASSPHRASE
        code = life.recovery_code(dossier)
    life.open_dossier(path, secret=code).close()


def test_the_variable_opens(path: Path, phrase: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EGN_DESKTOP_SECRET", phrase)
    life.open_dossier(path, ask=lambda _: pytest.fail("asked")).close()


def test_the_code_opens_as_a_hand_types_it(coded: Path) -> None:
    typed = recovery.code_of(KEY).lower().replace("0", "o").replace("-", "  ")
    with life.open_dossier(coded, secret=typed, remember=True) as dossier:
        assert dossier.protection is Protection.RECOVERY_CODE
        assert life.recovery_code(dossier) == recovery.code_of(KEY)


def test_a_badly_copied_code_names_the_group(coded: Path) -> None:
    groups = list(recovery.groups_of(KEY))
    groups[4] = groups[4][1] + groups[4][0] + groups[4][2:]
    assert groups[4] != recovery.groups_of(KEY)[4]
    with pytest.raises(wrong.BadCodeError, match="Le groupe 5 est mal recopié") as refusal:
        life.open_dossier(coded, secret=" ".join(groups))
    assert refusal.value.exit_code == ExitCode.WRONG_SECRET


def test_the_right_code_of_another_dossier(coded: Path) -> None:
    with pytest.raises(wrong.WrongSecretError):
        life.open_dossier(coded, secret=recovery.code_of(bytes(32)))


def test_nothing_at_hand_says_that_the_user_must_be_asked(path: Path) -> None:
    with pytest.raises(wrong.SecretNeededError):
        life.open_dossier(path)


def test_the_question_is_asked_again_with_the_reason(path: Path, phrase: str) -> None:
    reasons: list[UserError] = []
    answers = iter(["autre phrase de passe du lac", "7K2QX", phrase])

    def ask(reason: UserError) -> str:
        reasons.append(reason)
        return next(answers)

    life.open_dossier(path, ask=ask).close()
    kinds = [type(reason) for reason in reasons]
    assert kinds == [wrong.NoKeyringError, wrong.WrongSecretError, wrong.BadCodeError]


def test_giving_up_and_failing_three_times_end_the_questions(path: Path) -> None:
    with pytest.raises(wrong.NoKeyringError):
        life.open_dossier(path, ask=lambda _: None)
    asked: list[UserError] = []
    with pytest.raises(wrong.WrongSecretError):
        life.open_dossier(path, ask=lambda reason: asked.append(reason) or "non")
    assert len(asked) == life.ATTEMPTS


def test_nobody_is_asked_about_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(wrong.MissingDossierError):
        life.open_dossier(tmp_path / "absent.egn", ask=lambda _: pytest.fail("asked"))


def test_nobody_is_asked_about_a_file_that_is_no_dossier(tmp_path: Path) -> None:
    (tmp_path / "budget.egn").write_bytes(b"PK\x03\x04" + bytes(9000))
    with pytest.raises(wrong.NotADossierError):
        life.open_dossier(tmp_path / "budget.egn", ask=lambda _: pytest.fail("asked"))


def test_opening_it_twice_here_is_refused_and_costs_no_lock(
    path: Path, phrase: str, python: Callable
) -> None:
    code = (
        "import sys\nfrom pathlib import Path\nfrom egn_desktop.dossier import life\n"
        "from egn_desktop.dossier.errors import AlreadyOpenError\n"
        "try: life.open_dossier(Path(sys.argv[1]), secret=sys.argv[2])\n"
        "except AlreadyOpenError: print('refused')"
    )
    with life.open_dossier(path, secret=phrase):
        for _ in range(2):
            with pytest.raises(wrong.AlreadyOpenError):
                life.open_dossier(path, secret=phrase)
        assert python(code, path, phrase).stdout == "refused\n"
    assert python(code, path, phrase).stdout == ""


def test_closing_backs_up_what_changed(
    path: Path, phrase: str, write_name: Callable[[Dossier], None]
) -> None:
    dossier = life.open_dossier(path, secret=phrase)
    assert life.close_dossier(dossier) is None
    assert list_backups(dossier.dossier_id) == []
    dossier = life.open_dossier(path, secret=phrase)
    write_name(dossier)
    assert life.close_dossier(dossier) is None
    assert len(list_backups(dossier.dossier_id)) == 1


def test_a_backup_that_fails_does_not_keep_the_dossier_open(
    path: Path,
    phrase: str,
    write_name: Callable[[Dossier], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    dossier = life.open_dossier(path, secret=phrase)
    write_name(dossier)
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("EGN_DESKTOP_HOME", str(tmp_path / "file" / "profile"))
    assert isinstance(life.close_dossier(dossier), wrong.BackupFailedError)
    life.open_dossier(path, secret=phrase).close()
