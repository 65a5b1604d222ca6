# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether the program works on this computer: each part tried for good, and nothing left behind.

A school of one class is made in a temporary place, a list is imported into it, its papers are
printed and recognised, and it is opened again. No dossier of the user's is touched.
"""

import os
import secrets
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from egn_desktop import features, french, paths
from egn_desktop.checkup import looked_over
from egn_desktop.dossier import Dossier, backup, keys
from egn_desktop.dossier.errors import SecretNeededError
from egn_desktop.dossier.report import Check
from egn_desktop.dossier.store import KEY_BYTES
from egn_desktop.errors import UserError
from egn_desktop.exchange import preview
from egn_desktop.exchange.kinds import ImportKind
from egn_desktop.exports import available, export_all, export_labels
from egn_desktop.inventory.papers.offers import open_loans
from egn_desktop.inventory.stock.labels import LabelWish
from egn_desktop.plans import recognition
from egn_desktop.school.queries import Identity
from egn_desktop.services import Services
from egn_desktop.support import machine

WORKS: Final = "Le logiciel fonctionne sur cet ordinateur."
FAILS: Final = "Le logiciel ne fonctionne pas entièrement sur cet ordinateur."
UNTOUCHED: Final = "Vos dossiers n’ont pas été touchés."
COMMAND: Final = "self-test"
_POLL_S: Final = 0.1
ASK: Final = "Transmettez les lignes de cet essai à la personne qui vous assiste."
_PUPILS: Final = (
    "Nom;Prénom;Classe;Date de naissance\n"
    "Noël-Müller;Zoé;CE1;03/02/2018\nD’Été;Anaïs;CE1;21/07/2018\n"
)
_DEVICES: Final = "Numéro d’inventaire;Type;Marque\nPC-1;Ordinateur portable;Lenovo\n"

Step = Callable[[], str]


def steps() -> Iterator[tuple[str, Step]]:
    """Yield what is tried, in order, with its French title."""
    yield "Versions", _versions
    yield "Contenu", _content
    yield "Modules", _modules
    yield "Polices", _fonts
    yield "Trousseau", _keyring
    yield "Dossier d’essai", _dossier


def run() -> Iterator[Check]:
    """Try each part, and yield what was found of it; a part that fails stops no other."""
    for title, step in steps():
        try:
            with _throwaway_profile():
                yield Check.good(title, step())
        except SecretNeededError as error:
            yield Check.not_checked(title, f"{error.what} Une phrase de passe le remplace.")
        except UserError as error:
            yield Check.damaged(title, str(error).replace("\n", " "))
        except Exception as error:
            # Whatever it is, it is what somebody who helps has to read.
            yield Check.damaged(title, f"{type(error).__name__} : {error}")


def run_apart(check: Callable[[], None]) -> str:
    """Try each part in a process of its own, and return the lines that it printed.

    The window stays what it is, whatever the trial meets.

    Args:
        check: called now and then; raises when the trial is to stop.

    Raises:
        UserError: the program could not be started once more.
    """
    hidden = subprocess.CREATE_NO_WINDOW if sys.platform == "win32" else 0
    try:
        # Our own program, with nothing of the user's in its arguments.
        tried = subprocess.Popen(  # noqa: S603
            [*paths.own_command(), COMMAND],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=paths.program(),
            encoding="utf-8",
            errors="replace",
            creationflags=hidden,
        )
    except OSError as error:
        raise UserError("L’essai n’a pas pu démarrer.", kept=UNTOUCHED) from error
    with tried:
        try:
            while True:
                with suppress(subprocess.TimeoutExpired):
                    return tried.communicate(timeout=_POLL_S)[0].strip()
                check()
        finally:
            tried.kill()


@contextmanager
def _throwaway_profile() -> Generator[None]:
    """Have backups, settings and memories of the trial go with it."""
    before = os.environ.get(paths.BASE_DIR_VARIABLE)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
        os.environ[paths.BASE_DIR_VARIABLE] = str(Path(place, "profil"))
        try:
            yield
        finally:
            if before is None:
                del os.environ[paths.BASE_DIR_VARIABLE]
            else:
                os.environ[paths.BASE_DIR_VARIABLE] = before


def _versions() -> str:
    packages = machine.packages()
    noted = ", ".join(f"{name} {version}" for name, version in packages.items() if version)
    return f"{machine.program()}, {machine.system()}. {noted}."


def _content() -> str:
    files = sorted(paths.resources().rglob("*.toml"))
    for file in files:
        tomllib.loads(file.read_text(encoding="utf-8"))
    drawings = list((paths.resources() / "icons").glob("*.svg"))
    pages = list(paths.guide().glob("*.md"))
    for name, found in (("contenu", files), ("icônes", drawings), ("mode d’emploi", pages)):
        if not found:
            raise UserError(f"Il manque des fichiers du logiciel ({name}).", kept="")
    return (
        f"{french.count(len(files), 'fichier')} de contenu, "
        f"{french.count(len(drawings), 'icône')}, "
        f"{french.count(len(pages), 'page')} de mode d’emploi."
    )


def _modules() -> str:
    """Import what is named by its words alone: a package may have left any of it out."""
    names = [
        name
        for feature in features.FEATURES
        for name in (
            feature.page,
            *feature.offers,
            *feature.todos,
            *feature.checks,
            *feature.models,
            *feature.joined,
            *feature.commands,
        )
    ]
    names += [offer.maker for offer in available()]
    for name in names:
        features.resolve(name)
    return f"{french.count(len(names), 'partie')} du logiciel, toutes présentes."


def _fonts() -> str:
    from egn_desktop.documents.text.fonts import face

    names = sorted(file.stem for file in (paths.resources() / "fonts").glob("*.ttf"))
    for name in names:
        face(name)
    return f"{', '.join(names)}."


def _keyring() -> str:
    """Keep, find and forget a secret of no dossier."""
    name, secret = f"essai-{secrets.token_hex(8)}", secrets.token_bytes(KEY_BYTES)
    keys.keep(name, secret)
    found = keys.find(name)
    keys.forget(name)
    if found != (secret,):
        raise UserError("Le trousseau n’a pas rendu ce qui lui était confié.", kept="")
    return "Le trousseau du système garde un secret et le rend."


def _dossier() -> str:
    place = paths.user_data()
    path, key = place / "École d’essai.egn", secrets.token_bytes(KEY_BYTES)
    with Dossier.create(path, key=key) as dossier:
        _fill(Services.of(dossier), place)
        papers = [exported.path for exported in export_all(dossier, place / "papiers")]
        export_labels(dossier, LabelWish(), place / "étiquettes.pdf")
        # By a child process, as whatever PDF is received.
        pdf = recognition.read(papers[0])
        if not recognition.recognised(pdf, papers[0].name, dossier).said:
            raise UserError(f"Le document « {papers[0].name} » n’est pas reconnu.", kept="")
        report = looked_over(dossier)
        if not report.ok:
            raise UserError(" ".join(report.lines), kept="")
        backup.back_up(dossier)
    with Dossier.open(path, key=key) as dossier:
        if len(open_loans(dossier)) != 1:
            raise UserError("Le dossier rouvert n’est pas celui qui avait été fermé.", kept="")
    printed = french.count(len(papers), "document imprimé", "documents imprimés")
    return f"Créé, deux listes importées, un prêt, {printed}, vérifié, sauvegardé, rouvert."


def _fill(services: Services, place: Path) -> None:
    """Import two lists, read by a child process as any list is, and lend a device."""
    services.school.save(Identity(name="École d’essai", town="Yssingeaux", holiday_zone="A"))
    for kind, content in ((ImportKind.DEVICES, _DEVICES), (ImportKind.PUPILS, _PUPILS)):
        file = place / f"{kind.value}.csv"
        file.write_text(content, encoding="cp1252", newline="\r\n")
        preview.apply(preview.read(file, kind), services)
    services.loans.lend(device_id=1, borrower_id=1)
