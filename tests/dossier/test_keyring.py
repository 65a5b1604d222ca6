# SPDX-License-Identifier: GPL-3.0-or-later
"""The dossier's secret in a real Secret Service: gnome-keyring on a bus of its own.

Each test is a process within ``dbus-run-session``: the keyring of the person who runs the tests
is never touched.
"""

import os
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from egn_desktop.dossier import keys

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = ("dbus-run-session", "gnome-keyring-daemon")

pytestmark = pytest.mark.skipif(
    not all(map(shutil.which, PROGRAMS)) and not os.environ.get("CI"),
    reason="needs dbus-run-session and gnome-keyring-daemon; dev.py test installs them as root",
)

PRELUDE = """
import sys
from pathlib import Path
import pytest, secretstorage
from egn_desktop.dossier import Dossier, Protection, errors as wrong, keys, life, rekey, recovery
path = Path(sys.argv[1]) / "ecole.egn"

def lock_keyring():
    collection = secretstorage.get_default_collection(secretstorage.dbus_init())
    collection.lock()
    assert collection.is_locked()
"""


@pytest.fixture
def with_keyring(tmp_path: Path) -> Callable[..., None]:
    """Run code beside an unlocked keyring, beside one that only a screen could unlock, or none."""

    def run(code: str, *, keyring: bool = True, bus: bool = True) -> None:
        script = tmp_path / "session.py"
        script.write_text(PRELUDE + textwrap.dedent(code), encoding="utf-8")
        start = "printf secret | gnome-keyring-daemon --unlock --components=secrets >/dev/null\n"
        command = f'{start if keyring else ""}exec "$0" "$1" "$2"'
        environment = {
            **os.environ,
            "HOME": str(tmp_path),
            "XDG_DATA_HOME": str(tmp_path / "data"),
            "XDG_RUNTIME_DIR": str(tmp_path),
            "DBUS_SESSION_BUS_ADDRESS": f"unix:path={tmp_path / 'no-bus'}",
            "PYTHONPATH": str(ROOT),
            "PYTHONWARNINGS": "error",
            # Whatever keyring is set up to use, a plain file say, must not matter.
            "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
        }
        environment.pop("DISPLAY", None)
        environment.pop("EGN_DESKTOP_SECRET", None)
        session = ["dbus-run-session", "--"] if bus else []
        done = subprocess.run(
            [*session, "sh", "-c", command, sys.executable, script, tmp_path],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        assert done.stdout.endswith("done\n"), done.stdout + done.stderr

    return run


def test_a_dossier_is_made_opened_and_recovered(with_keyring: Callable[..., None]) -> None:
    with_keyring("""
        assert keys.is_available()
        with life.create_dossier(path) as dossier:
            assert dossier.protection is Protection.RECOVERY_CODE
            code = life.recovery_code(dossier)
            name = dossier.dossier_id
        assert keys.find(name) == (recovery.secret_of(code),)
        life.open_dossier(path).close()

        keys.forget(name)
        assert keys.find(name) == ()
        keys.forget(name)
        with pytest.raises(wrong.SecretNeededError, match="ne connaît pas"):
            life.open_dossier(path)
        life.open_dossier(path, secret=code).close()
        assert keys.find(name) == ()
        life.open_dossier(path, secret=code, remember=True).close()
        life.open_dossier(path).close()
        print("done")
    """)


def test_a_locked_keyring_is_told_apart(with_keyring: Callable[..., None]) -> None:
    with_keyring("""
        with life.create_dossier(path) as dossier:
            code = life.recovery_code(dossier)
        lock_keyring()
        with pytest.raises(wrong.KeyringLockedError, match="verrouillé"):
            life.open_dossier(path)
        with pytest.raises(wrong.KeyringLockedError):
            life.create_dossier(path.with_name("autre.egn"))
        assert not path.with_name("autre.egn").exists()
        life.open_dossier(path, secret=code, remember=True).close()
        print("done")
    """)


def test_no_keyring_is_told_apart(with_keyring: Callable[..., None]) -> None:
    with_keyring(
        """
        assert not keys.is_available()
        with pytest.raises(wrong.NoKeyringError, match="pas de trousseau"):
            life.create_dossier(path)
        assert not path.exists()
        print("done")
        """,
        keyring=False,
        bus=False,
    )


def test_a_keyring_that_nobody_can_unlock_refuses_at_once(
    with_keyring: Callable[..., None],
) -> None:
    with_keyring(
        """
        with pytest.raises(wrong.SecretNeededError):
            life.create_dossier(path)
        assert not path.exists()
        print("done")
        """,
        keyring=False,
    )


def test_a_file_that_cannot_be_made_leaves_no_secret(with_keyring: Callable[..., None]) -> None:
    with_keyring("""
        with pytest.raises(wrong.ReadOnlyPlaceError):
            life.create_dossier(path / "absent" / "ecole.egn")
        collection = secretstorage.get_default_collection(secretstorage.dbus_init())
        assert list(collection.get_all_items()) == []
        print("done")
    """)


def test_a_new_code_replaces_the_old_one(with_keyring: Callable[..., None]) -> None:
    with_keyring("""
        with life.create_dossier(path) as dossier:
            old, name = life.recovery_code(dossier), dossier.dossier_id
            rekey.change_secret(dossier)
            new = life.recovery_code(dossier)
        assert new != old
        assert keys.find(name) == (recovery.secret_of(new),)
        life.open_dossier(path).close()
        with pytest.raises(wrong.WrongSecretError):
            life.open_dossier(path, secret=old)
        print("done")
    """)


def test_from_code_to_passphrase_and_back(with_keyring: Callable[..., None]) -> None:
    with_keyring("""
        phrase = "quatre chevaux gris au bord du lac"
        with life.create_dossier(path) as dossier:
            name = dossier.dossier_id
            rekey.change_secret(dossier, new_passphrase=phrase)
            assert dossier.protection is Protection.PASSPHRASE
        assert keys.find(name) == ()
        with pytest.raises(wrong.SecretNeededError):
            life.open_dossier(path)
        with life.open_dossier(path, secret=phrase) as dossier:
            rekey.change_secret(dossier)
            assert life.recovery_code(dossier)
        life.open_dossier(path).close()
        print("done")
    """)


def test_the_command_line_shows_the_code_once_or_prints_it(
    with_keyring: Callable[..., None],
) -> None:
    with_keyring("""
        import contextlib, io
        from egn_desktop.cli import run_command

        def run(*arguments):
            with contextlib.redirect_stdout(io.StringIO()) as said:
                assert run_command([str(one) for one in arguments]) == 0
            return said.getvalue()

        said = run("new", path)
        (code,) = [line for line in said.splitlines() if recovery.problem(line) is None]
        life.open_dossier(path, secret=code).close()
        assert code not in run("verify", path)

        sheet = path.with_suffix(".pdf")
        said = run("change-secret", path, "--sheet", sheet)
        assert not any(recovery.problem(line) is None for line in said.splitlines())
        assert sheet.read_bytes().startswith(b"%PDF")
        assert "Le dossier est sain" in run("verify", path)
        print("done")
    """)


def test_a_code_of_this_computer_stands_before_the_keyring(
    with_keyring: Callable[..., None],
) -> None:
    with_keyring("""
        from egn_desktop.dossier import computer_code as local
        with life.create_dossier(path) as dossier:
            code, name = life.recovery_code(dossier), dossier.dossier_id
        local.choose(name, "483920")
        assert "483920" not in keys.note(name)
        with pytest.raises(local.ComputerCodeNeededError):
            life.open_dossier(path)
        life.open_dossier(path, secret="483920").close()
        for left in (4, 3, 2, 1):
            # Counted in the keyring, not in this process: a restart gains nothing.
            with pytest.raises(local.WrongComputerCodeError, match=f"reste {left}|un essai"):
                life.open_dossier(path, secret="000111")
        for wrong_or_right in ("000111", "483920"):
            with pytest.raises(local.ComputerCodeSpentError):
                life.open_dossier(path, secret=wrong_or_right)
        life.open_dossier(path, secret=code).close()
        life.open_dossier(path, secret="483920").close()

        with life.open_dossier(path, secret=code) as dossier:
            rekey.change_secret(dossier, new_passphrase="quatre chevaux gris au bord du lac")
        assert keys.note(name) is None
        print("done")
    """)


def test_the_command_line_asks_for_the_code_too(with_keyring: Callable[..., None]) -> None:
    with_keyring("""
        import contextlib, io, os
        from egn_desktop.cli import run_command
        from egn_desktop.errors import ExitCode
        with life.create_dossier(path) as dossier:
            code = life.recovery_code(dossier)
        sys.stdin = io.StringIO()

        def run(*arguments, secret="", new=""):
            os.environ.update(EGN_DESKTOP_SECRET=secret, EGN_DESKTOP_NEW_SECRET=new)
            with contextlib.redirect_stderr(io.StringIO()) as said:
                with contextlib.redirect_stdout(said):
                    return run_command([str(one) for one in arguments]), said.getvalue()

        assert run("computer-code", path, new="483920")[0] == ExitCode.OK
        status, said = run("verify", path)
        assert (status, "le code de cet ordinateur" in said) == (ExitCode.NO_KEYRING, True), said
        status, said = run("verify", path, secret="111222")
        assert (status, "il reste 4 essais" in said) == (ExitCode.WRONG_SECRET, True), said
        assert run("verify", path, secret="483920")[0] == ExitCode.OK
        assert run("computer-code", path, "--remove", secret=code)[0] == ExitCode.OK
        assert run("verify", path)[0] == ExitCode.OK
        print("done")
    """)


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_change_stopped_by_a_power_cut_opens_all_the_same(
    with_keyring: Callable[..., None], moment: str
) -> None:
    with_keyring(f"""
        import subprocess, textwrap
        with life.create_dossier(path) as dossier:
            name = dossier.dossier_id
        cut = '''
        import os, sys
        from pathlib import Path
        from egn_desktop.dossier import life, rekey
        plain = rekey._replace
        def cut(dossier, new):
            if {moment!r} == "after":
                plain(dossier, new)
            os._exit(9)
        rekey._replace = cut
        rekey.change_secret(life.open_dossier(Path(sys.argv[1])))
        '''
        done = subprocess.run([sys.executable, "-c", textwrap.dedent(cut), str(path)])
        assert done.returncode == 9
        assert len(keys.find(name)) == 2
        life.open_dossier(path).close()
        assert len(keys.find(name)) == 1
        life.open_dossier(path).close()
        print("done")
    """)


def test_stopped_while_the_backups_follow_they_follow_at_the_next_opening(
    with_keyring: Callable[..., None],
) -> None:
    with_keyring("""
        import subprocess, textwrap
        from egn_desktop.dossier import backup
        with life.create_dossier(path) as dossier:
            name, old = dossier.dossier_id, dossier.key
            backup.back_up(dossier)
        cut = '''
        import os, sys
        from pathlib import Path
        from egn_desktop.dossier import life, rekey
        rekey._follow = lambda *_: os._exit(9)
        rekey.change_secret(life.open_dossier(Path(sys.argv[1])))
        '''
        done = subprocess.run([sys.executable, "-c", textwrap.dedent(cut), str(path)])
        assert done.returncode == 9
        backups = [one.path for one in backup.list_backups(name)]
        assert all(backup.is_whole(one, old) for one in backups)
        with life.open_dossier(path) as dossier:
            assert dossier.key != old
            assert rekey.behind(dossier).here == len(backups) == 2
            assert not rekey.go_on(dossier)
            assert all(backup.is_whole(one, dossier.key) for one in backups)
        assert len(keys.find(name)) == 1
        print("done")
    """)


@pytest.mark.parametrize(
    ("system", "accepted"),
    [
        ("win32", {"Windows"}),
        ("darwin", {"macOS"}),
        ("linux", {"SecretService", "kwallet"}),
        ("freebsd14", {"SecretService", "kwallet"}),
    ],
)
def test_only_keyrings_of_this_system_that_encrypt_are_accepted(
    system: str, accepted: set[str]
) -> None:
    assert {module.rpartition(".")[2] for module in keys.accepted_on(system)} == accepted


def test_to_look_for_a_keyring_starts_no_program_and_imports_no_other_systems(
    tmp_path: Path,
) -> None:
    code = """
        import sys
        started = []
        sys.addaudithook(lambda event, _: started.append(event) if event in STARTS else None)
        STARTS = {"subprocess.Popen", "os.posix_spawn", "os.fork", "os.exec", "os.system"}
        from egn_desktop.dossier import keys
        keys.is_available()
        other = {"win32": "macOS", "darwin": "Windows"}.get(sys.platform, "macOS")
        loaded = [name for name in sys.modules if name == f"keyring.backends.{other}"]
        sys.exit(f"{started} {loaded}" if started or loaded else 0)
    """
    environment = {**os.environ, "DBUS_SESSION_BUS_ADDRESS": f"unix:path={tmp_path / 'no-bus'}"}
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
