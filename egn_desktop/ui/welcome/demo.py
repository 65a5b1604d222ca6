# SPDX-License-Identifier: GPL-3.0-or-later
"""The demonstration school: built anew each time in the user's folder, never kept."""

import secrets
import shutil

from egn_desktop import paths
from egn_desktop.errors import UserError
from egn_desktop.ui.jobs import Jobs, Progress
from egn_desktop.ui.welcome.problem import NextStep
from egn_desktop.ui.welcome.step import Step
from egn_desktop.ui.widgets.labels import body

FILE = "École de démonstration.egn"


def build_demonstration() -> object:
    """Make the demonstration school in a folder of its own, those left by earlier runs removed."""
    from egn_desktop.demo import create_demonstration

    shutil.rmtree(paths.demonstrations(), ignore_errors=True)
    number, folder = 1, paths.demonstrations() / "1"
    # One still open in another window cannot be removed everywhere.
    while folder.exists():
        number += 1
        folder = paths.demonstrations() / str(number)
    folder.mkdir(parents=True)
    # A secret of its own leaves nothing in the keyring when the demonstration is gone.
    return create_demonstration(folder / FILE, key=secrets.token_bytes(32))


class DemoStep(Step):
    """Say what the demonstration is, then build it."""

    offered = frozenset({NextStep.RETRY})

    def __init__(self, jobs: Jobs) -> None:
        super().__init__(
            "L’école de démonstration",
            "Une école primaire inventée, avec ses classes, son matériel et ses prêts.",
            "Préparer l’école de démonstration",
        )
        self._jobs = jobs
        for text in (
            (
                "Huit classes, 190 élèves, 60 appareils, deux années de prêts, un état des lieux "
                "rempli, un plan arrêté et deux exercices : chaque écran et chaque document peut "
                "être essayé."
            ),
            (
                "Les personnes sont inventées. Ce que vous y changerez sera effacé à la "
                "fermeture ; votre dossier n’est pas concerné."
            ),
        ):
            self.body.addWidget(body(text))

    def go_on(self) -> None:
        def work(_: Progress) -> object:
            return build_demonstration()

        self.set_working("Préparation de l’école de démonstration…")
        self._jobs.run(
            work,
            done=self._built,
            failed=self._failed,
            label="Préparation de l’école de démonstration",
        )

    def take_step(self, step: NextStep) -> None:
        if step is NextStep.RETRY:
            self.go_on()

    def _built(self, dossier: object) -> None:
        self.set_working("")
        self.opened.emit(dossier)

    def _failed(self, error: Exception) -> None:
        self.set_working("")
        if not isinstance(error, UserError):
            raise error
        self.show_error(error)
