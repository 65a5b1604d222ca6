# SPDX-License-Identifier: GPL-3.0-or-later
"""What reveals a pupil's health: whether it is noted, and the contrary at a click."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from egn_desktop import french
from egn_desktop.errors import UserError
from egn_desktop.inventory.lending import needs
from egn_desktop.inventory.lending.needs import Criterion
from egn_desktop.inventory.lending.queries.needs import asked
from egn_desktop.ui.context import Context
from egn_desktop.ui.jobs import Progress
from egn_desktop.ui.widgets.buttons import danger_button, plain_button
from egn_desktop.ui.widgets.cards import Card
from egn_desktop.ui.widgets.labels import body, muted

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLabel, QPushButton


class SensitiveCard(Card):
    """The criteria of need that reveal a pupil's health (RGPD, article 9)."""

    def __init__(self, context: Context) -> None:
        super().__init__("Données de santé")
        self._context = context
        self._services = context.services
        self.body.addWidget(
            muted(
                "Savoir qu’un besoin de matériel adapté a été notifié révèle un handicap : c’est "
                "une donnée de santé, que le RGPD protège davantage (article 9). Demandez au "
                "délégué à la protection des données s’il faut une analyse d’impact (AIPD)."
            )
        )
        self._shown: dict[Criterion, tuple[QLabel, QPushButton, QPushButton]] = {}
        for criterion in needs.criteria():
            if not criterion.sensitive:
                continue
            state = body("")
            leave = danger_button("Ne plus le noter…", partial(self._leave_out, criterion))
            take = plain_button("Le noter à nouveau", partial(self._take_in, criterion))
            self._shown[criterion] = state, leave, take
            self.body.addWidget(state)
            for button in (leave, take):
                self.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def reload(self) -> None:
        """Say which criteria that reveal a pupil's health are noted, and offer the contrary."""
        dossier = self._services.dossier
        noted = {criterion.id for criterion in asked(dossier)}
        for criterion, (state, leave, take) in self._shown.items():
            is_noted = criterion.id in noted
            said = "est noté dans les besoins" if is_noted else "n’est pas noté : il est écarté"
            state.setText(f"« {criterion.title} » {said}.")
            leave.setVisible(is_noted)
            take.setVisible(not is_noted)
            leave.setEnabled(not dossier.read_only)
            take.setEnabled(not dossier.read_only)

    def _leave_out(self, criterion: Criterion) -> None:
        text = (
            f"« {criterion.title} » n’est plus demandé. Ce qui en est noté, et ce que le journal "
            "en disait, est effacé pour de bon ; les autres réponses restent, et les priorités se "
            "calculent sans lui."
        )
        if not self._context.confirm("Ne plus noter ce critère ?", text, "Effacer et écarter"):
            return
        services = self._services

        def work(_: Progress) -> int:
            return services.privacy.leave_out(criterion.id)

        def done(pupils: int) -> None:
            self._context.say(f"Critère écarté ; effacé pour {french.count(pupils, 'élève')}.")
            self.reload()

        self._context.jobs.run(work, done=done, failed=self._failed, label="Effacement")

    def _take_in(self, criterion: Criterion) -> None:
        try:
            self._services.privacy.take_in(criterion.id)
        except UserError as error:
            self._context.fail(error)
            return
        self._context.say_done("Le critère est noté à nouveau.")
        self.reload()

    def _failed(self, error: Exception) -> None:
        self._context.fail(error)
        self.reload()
