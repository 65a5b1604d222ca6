#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Install, use, update and remove under Wine what ``packages.py`` made.

`python3 dev.py package windows --try` calls it, as root on Linux. A head's way is gone from the
installer to the first printed papers, with the secret in the system's vault; then what broke once
is tried: awkward names, a share, an update while the program is open, a damaged installation. A
picture of each page is kept in ``build/package/windows``, at 100 % and at 125 %.
"""

import re
import shutil
import sys
import time
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from packing import ROOT
from windows import wine
from windows.packages import OUT, PROJECT

# Of a new user, so that nothing is left of the trial before.
PREFIX = "/root/trial"
HOME = wine.ROOT / PREFIX.lstrip("/") / "drive_c" / "users" / "root"
INSTALLED = r"C:\users\root\AppData\Local\Programs\EGN Desktop"
PROGRAM = rf"{INSTALLED}\egn-desktop.exe"
WINDOW = rf"{INSTALLED}\EGN Desktop.exe"
FOLDER = r"C:\users\root\Documents\École d’Été n° 2"
DOSSIER = rf"{FOLDER}\école d’été.egn"
PUPILS = "Nom;Prénom;Classe;Date de naissance\nKervadec;Maëlys;CM1;12/03/2017\n"
DEVICES = (
    "N° d'inventaire;Type;Marque;Modèle;N° de série\nJV-001;Ordinateur portable;Lenovo;L13;P1\n"
)
PAGES = 7
SCALES = {"100": 96, "125": 120}
OPEN_PROGRAM = 5
TOLD = {"capture_output": True, "timeout": 600, "encoding": "utf-8", "errors": "replace"}


class Trial:
    """The steps, each with its seconds and whether it did what it should."""

    def __init__(self) -> None:
        self.wrong: list[str] = []
        self._env = {"WINEPREFIX": PREFIX}

    def step(
        self, name: str, command: Sequence[str], *, code: int = 0, says: str = "", hides: str = ""
    ) -> str:
        """Run a Windows program, and note whether it ended and spoke as it should.

        Args:
            code: what it should return.
            says: what should stand in its output.
            hides: what should not.
        """
        begun = time.monotonic()
        done = wine.run(command, self._env, **TOLD)
        told = done.stdout + done.stderr
        is_right = done.returncode == code and says in told and not (hides and hides in told)
        self.note(name, is_right, f"code {done.returncode:>2} {time.monotonic() - begun:>5.0f} s")
        if not is_right:
            print(told[-2000:])
        return done.stdout

    def note(self, name: str, is_right: bool, detail: str = "") -> None:
        """Note a step that was looked at by other means."""
        print(f"{'right' if is_right else 'WRONG'}  {name:<52} {detail}", flush=True)
        if not is_right:
            self.wrong.append(name)

    def shell(self, script: str, environment: Mapping[str, str] | None = None) -> str:
        """Run a script of the root's own shell on a screen, and return what it printed."""
        command = [*wine.SCREEN, "sh", "-c", script]
        own = {**self._env, **(environment or {})}
        return wine.inside(command, own, **TOLD).stdout


def main() -> int:
    """Try all of it; return 0 when all of it is right."""
    trial = Trial()
    prepare(trial)
    begun = time.monotonic()
    install(trial)
    head(trial)
    print(f"From the installer to the first printed papers: {time.monotonic() - begun:.0f} s")
    names(trial)
    windows(trial)
    damaged(trial)
    update(trial)
    portable(trial)
    remove(trial)
    print(f"{len(trial.wrong)} wrong{': ' if trial.wrong else ''}{', '.join(trial.wrong)}")
    return 1 if trial.wrong else 0


def setup_program(kind: str) -> str:
    """Return a program that was built, as Windows sees it."""
    (path,) = OUT.glob(f"*-{kind}.exe")
    return f"{PROJECT}/{path.relative_to(ROOT).as_posix()}"


def prepare(trial: Trial) -> None:
    """Make a new user of Windows, and her lists."""
    shutil.rmtree(wine.ROOT / PREFIX.lstrip("/"), ignore_errors=True)
    trial.shell("wineboot -i; wineserver -w")
    place = HOME / "Documents" / "École d’Été n° 2"
    place.mkdir(parents=True)
    (place / "élèves.csv").write_bytes(PUPILS.encode("cp1252").replace(b"\n", b"\r\n"))
    (place / "matériel.csv").write_bytes(DEVICES.encode("cp1252").replace(b"\n", b"\r\n"))
    # Windows 10's own, which Wine lacks.
    system = "drive_c/windows/system32/icuuc.dll"
    shutil.copy(wine.ROOT / "root/.wine" / system, wine.ROOT / PREFIX.lstrip("/") / system)
    # A share: what Wine finds under this name is \\serveur\direction.
    share = wine.ROOT / PREFIX.lstrip("/") / "dosdevices" / "unc" / "serveur" / "direction"
    share.mkdir(parents=True)


def install(trial: Trial) -> None:
    """Install without a question and without rights."""
    trial.step("installed silently", [setup_program("installation"), "/S", "/CurrentUser"])
    command = r"HKCU\Software\Classes\EGNDesktop.Dossier\shell\open\command"
    trial.step("a dossier opens in it", ["reg", "query", command, "/ve"], says="EGN Desktop.exe")
    menu = HOME / "AppData/Roaming/Microsoft/Windows/Start Menu/Programs/EGN Desktop.lnk"
    trial.note("in the Start menu", menu.exists())
    trial.step("it tells its version", [PROGRAM, "--version"], says=".")


def head(trial: Trial) -> None:
    """Go a head's whole way, with the secret in the system's vault."""
    trial.step("self-test", [PROGRAM, "self-test"], says="Le logiciel fonctionne")
    trial.step("new", [PROGRAM, "new", DOSSIER, "--sheet", rf"{FOLDER}\fiche v1.2"])
    trial.note("sheet beside it", (HOME / "Documents/École d’Été n° 2/fiche v1.2.pdf").exists())
    school = ["--name", "École d’Été", "--town", "Vorey", "--head", "Claire Morvan"]
    trial.step("school", [PROGRAM, "school", DOSSIER, *school, "--level", "E=1/1"])
    lists = ["--pupils", rf"{FOLDER}\élèves.csv", "--devices", rf"{FOLDER}\matériel.csv"]
    trial.step("import", [PROGRAM, "import", DOSSIER, *lists], says="1 élève en plus")
    who = ["--device", "JV-001", "--to", "KERVADEC Maëlys"]
    trial.step("lend", [PROGRAM, "lend", DOSSIER, *who], says="Prêt n° 1")
    for section in written_sections():
        words = ["--section", section, "--text", "Écrit pour l’essai.", "--done"]
        trial.step(f"plan: {section}", [PROGRAM, "plan-write", DOSSIER, *words])
    trial.step("scenario", [PROGRAM, "plan-scenario", DOSSIER, "--choose", "intemperies"])
    rated = ["--severity", "3", "--likelihood", "2", "--control", "2"]
    risk = ["plan-risk", DOSSIER, "--title", "Coupure prolongée", *rated]
    trial.step("risk", [PROGRAM, *risk])
    adopted = ["plan-adopt", DOSSIER, "--body", "conseil d’école"]
    trial.step("adopt", [PROGRAM, *adopted], says="ersion 1")
    trial.step("export", [PROGRAM, "export", DOSSIER, "--all", rf"{FOLDER}\papiers"])
    papers = list((HOME / "Documents/École d’Été n° 2/papiers").glob("*.pdf"))
    trial.note("papers printed", len(papers) > 20, f"{len(papers)} documents")
    trial.step("verify", [PROGRAM, "verify", DOSSIER], says="Le dossier est sain")


def written_sections() -> list[str]:
    """Return the plan's parts that a head writes."""
    text = (ROOT / "resources" / "plans" / "sections.toml").read_text(encoding="utf-8")
    return [entry["id"] for entry in tomllib.loads(text)["entry"] if entry["id"] != "identite"]


def names(trial: Trial) -> None:
    """Try names and places that Windows or a share does not take."""
    new = [PROGRAM, "new"]
    trial.step("a share", [*new, r"\\serveur\direction\école.egn"], says="créé")
    long = rf"{FOLDER}\{'é' * 200}.egn"
    trial.step("a name of 200 letters", [*new, long], code=1, says="trop long")
    for name in ("con.egn", "aux.egn", "a?b.egn"):
        trial.step(f"reserved: {name}", [*new, rf"{FOLDER}\{name}"], code=1, hides="Traceback")
    trial.step("no such disk", [*new, r"Q:\école.egn"], code=8, says="n’existe pas")


def windows(trial: Trial) -> None:
    """Open the window on the dossier at two scales, and keep a picture of each page."""
    for scale, dots in SCALES.items():
        key = r"HKCU\Control Panel\Desktop"
        trial.shell(f"wine reg add '{key}' /v LogPixels /t REG_DWORD /d {dots} /f; wineserver -w")
        pictures = OUT / f"pages-{scale}"
        shutil.rmtree(pictures, ignore_errors=True)
        pictures.mkdir()
        place = f"{PROJECT}/{pictures.relative_to(ROOT).as_posix()}"
        turn = "\n".join(
            f"xdotool key --clearmodifiers ctrl+{page}; sleep 3; "
            f"import -window root {place}/{page}.png"
            for page in range(1, PAGES + 1)
        )
        told = trial.shell(
            f"openbox & wine '{WINDOW}' '{DOSSIER}' & {until_open()}\n{turn}\n"
            "xdotool search --name EGN getwindowgeometry; wineserver -k"
        )
        found = re.search(r"Geometry: (\d+)x(\d+)", told)
        fits = found is not None and int(found[1]) <= 1366 and int(found[2]) <= 768
        trial.note(f"the window fits at {scale} %", fits, found[0] if found else "no window")


def until_open() -> str:
    """Return a line of a shell that waits for the window, a minute at most."""
    return (
        "for i in $(seq 300); do xdotool search --name EGN >/dev/null 2>&1 && break; sleep 0.2; "
        "done; sleep 6"
    )


def damaged(trial: Trial) -> None:
    """Take a part of the program away: our words, not the packer's."""
    part = HOME / "AppData/Local/Programs/EGN Desktop/_internal/PySide6/QtCore.pyd"
    aside = part.with_suffix(".aside")
    part.rename(aside)
    picture = OUT / "damaged.png"
    place = f"{PROJECT}/{picture.relative_to(ROOT).as_posix()}"
    told = trial.shell(
        f"openbox & wine '{WINDOW}' & {until_open()}\n"
        f"import -window root {place}; xdotool search --name '.*' getwindowname %@; wineserver -k"
    )
    aside.rename(part)
    trial.note("a damaged program says so", "EGN Desktop" in told and "Unhandled" not in told)


def update(trial: Trial) -> None:
    """Install over it: refused while the program is open, done once it is closed."""
    again = f"wine {setup_program('installation')} /S /CurrentUser"
    told = trial.shell(
        f"openbox & wine '{WINDOW}' '{DOSSIER}' & {until_open()}\n"
        f"{again}; echo code $?; xdotool search --name EGN >/dev/null && echo still open; "
        "wineserver -k"
    )
    trial.note("not updated while it is open", f"code {OPEN_PROGRAM}" in told, told.strip())
    trial.note("and the program goes on", "still open" in told)
    trial.step("updated once closed", [setup_program("installation"), "/S", "/CurrentUser"])
    trial.step("the dossier is whole", [PROGRAM, "verify", DOSSIER], says="Le dossier est sain")


def portable(trial: Trial) -> None:
    """Unpack the portable folder and use it: its profile stays beside it."""
    place = r"C:\clé\EGN"
    trial.step("portable unpacked", [setup_program("portable"), "/S", f"/D={place}"])
    tested = [rf"{place}\egn-desktop.exe", "self-test"]
    trial.step("portable self-test", tested, says="Le logiciel fonctionne")
    made = [rf"{place}\egn-desktop.exe", "demo", rf"{place}\demo.egn"]
    trial.step("portable demonstration", made)
    beside = wine.ROOT / PREFIX.lstrip("/") / "drive_c/clé/EGN/profil"
    trial.note("its profile is beside it", any(beside.iterdir()) if beside.exists() else False)


def remove(trial: Trial) -> None:
    """Remove the program: the user's dossiers and profile stay, and nothing else."""
    trial.step("removed silently", [rf"{INSTALLED}\Désinstaller.exe", "/S", "/CurrentUser"])
    # The uninstaller goes on from a copy of itself.
    trial.shell("wineserver -w")
    programs = HOME / "AppData/Local/Programs"
    left = [path.name for path in programs.rglob("*")] if programs.exists() else []
    trial.note("nothing is left of the program", not left, " ".join(left))
    key = r"HKCU\Software\EGN Desktop"
    trial.step("nor in the registry", ["reg", "query", key], code=1)
    kept = (HOME / "Documents/École d’Été n° 2/école d’été.egn").exists()
    trial.note("the dossier stays", kept)


if __name__ == "__main__":
    sys.exit(main())
