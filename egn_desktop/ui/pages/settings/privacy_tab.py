# SPDX-License-Identifier: GPL-3.0-or-later
"""Personal data: how long it is kept, what is past its term, and the papers that say so."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from egn_desktop import content, french
from egn_desktop.dossier import rotation
from egn_desktop.dossier.erased import Holding, holding, redo
from egn_desktop.errors import UserError
from egn_desktop.inventory.privacy.queries.erasures import Erasure, erasures
from egn_desktop.inventory.register import retention
from egn_desktop.inventory.register.limits import retention_limits
from egn_desktop.ui.context import Context
from egn_desktop.ui.forms import Form
from egn_desktop.ui.jobs import Progress
from egn_desktop.ui.pages.settings.sensitive_card import SensitiveCard
from egn_desktop.ui.tables import ColumnSpec, RowsTable
from egn_desktop.ui.widgets.buttons import danger_button, plain_button
from egn_desktop.ui.widgets.cards import Card
from egn_desktop.ui.widgets.flow import Flow
from egn_desktop.ui.widgets.labels import body, muted

TABLE_HEIGHT = 220
FORM_WIDTH = 620
NAMED_AT_MOST = 8


class PrivacyTab(QWidget):
    """Retention limits, the erasure that is due, and the documents of the RGPD."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._services = context.services
        self._holding = Holding()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(16)
        column.addWidget(self._erasure_card())
        column.addWidget(self._limits_card())
        self._sensitive = SensitiveCard(context)
        column.addWidget(self._sensitive)
        column.addWidget(self._documents_card())
        column.addStretch()

    def reload(self) -> None:
        """Show the limits in force and what is due."""
        dossier = self._services.dossier
        for row in retention_limits(dossier):
            self._form.set_value(row.limit.id, row.years)
        self._due = tuple(erasures(dossier))
        self._table.set_rows(self._due)
        self._table.setVisible(bool(self._due))
        self._erase.setVisible(bool(self._due))
        self._erase.setEnabled(not dossier.read_only)
        self._form.setEnabled(not dossier.read_only)
        whose = french.count(len(self._due), "personne", "personnes")
        self._state.setText(
            f"La durée de conservation est passée pour {whose}. Voici ce qui serait effacé :"
            if self._due
            else "Aucune donnée n’a dépassé sa durée de conservation."
        )
        self._show_held()
        self._sensitive.reload()

    def _show_held(self) -> None:
        """Say until when a backup still holds what was erased."""
        self._holding = held = holding(self._services.dossier)
        self._held.setVisible(bool(held))
        self._redo.setVisible(bool(held))
        self._redo.setEnabled(not self._services.dossier.read_only)
        self._held.setText(held.in_words)

    def _erasure_card(self) -> Card:
        card = Card("À effacer")
        self._due: tuple[Erasure, ...] = ()
        self._state = body("")
        self._table: RowsTable = RowsTable(
            [
                ColumnSpec("Personne", lambda row: row.name),
                ColumnSpec("Classe ou fonction", lambda row: row.detail),
                ColumnSpec("Ce qui est effacé", lambda row: row.what, stretch=True),
                ColumnSpec(
                    "Terme",
                    lambda row: french.short_date(row.since),
                    sort=lambda row: row.since,
                ),
            ],
            accessible_name="Données à effacer",
            has_people=True,
        )
        self._table.setMinimumHeight(TABLE_HEIGHT)
        self._erase = danger_button("Effacer définitivement…", self._ask)
        card.body.addWidget(self._state)
        card.body.addWidget(self._table)
        card.body.addWidget(self._erase, 0, Qt.AlignmentFlag.AlignLeft)
        card.body.addWidget(
            muted(
                "Les prêts restent au registre, sans nom : les chiffres restent justes. Le "
                "journal garde la trace des opérations, sans leur contenu. Les sauvegardes "
                f"déjà faites gardent ces données {rotation.LIMIT_DAYS} jours au plus ; après un "
                "effacement, vous pourrez les refaire ici."
            )
        )
        self._held = body("")
        self._redo = danger_button("Refaire les sauvegardes…", self._ask_redo)
        card.body.addWidget(self._held)
        card.body.addWidget(self._redo, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _limits_card(self) -> Card:
        card = Card("Durées de conservation")
        self._form = form = Form()
        for row in retention_limits(self._services.dossier):
            limit = row.limit
            form.add_number(
                limit.id,
                limit.title,
                value=row.years,
                unit=f"années scolaires après celle {_of(limit.since)}",
                maximum=retention.MOST_YEARS,
                help=f"{limit.keeps} {limit.why} Par défaut : {limit.years} "
                f"({content.source(limit).citation}).",
            )
        form.edited.connect(self._edited)
        form.setMaximumWidth(FORM_WIDTH)
        card.body.addWidget(
            muted(
                "Le règlement (UE) 2016/679 (RGPD, article 5) demande de ne pas garder ces "
                "données plus longtemps que nécessaire, sans fixer de durée. Une année "
                "scolaire finit le 31 août."
            )
        )
        # In a line: a column would count on its own width for the height of the words below.
        line = QHBoxLayout()
        line.addWidget(form, 1)
        line.addStretch()
        card.body.addLayout(line)
        return card

    def _documents_card(self) -> Card:
        card = Card("Documents")
        row = Flow()
        row.addWidget(plain_button("Registre des traitements…", self._print_register, "print"))
        row.addWidget(plain_button("Notice aux familles…", self._print_notice, "print"))
        row.addWidget(plain_button("Notice au personnel…", self._print_staff, "print"))
        row.addWidget(plain_button("Violation de données…", self._print_breach, "print"))
        card.body.addWidget(
            muted(
                "Les lignes du registre des activités de traitement (RGPD, article 30), "
                "l’information des personnes (article 13), avec ces durées, et la fiche à sortir "
                "quand des données ont fui (articles 33 et 34). Les données d’une "
                "seule personne se remettent depuis sa fiche : Prêts, Élèves ou Personnel, "
                "« Ses données »."
            )
        )
        card.body.addLayout(row)
        return card

    @Slot(str, object)
    def _edited(self, name: str, value: object) -> None:
        if not isinstance(value, int):
            self._form.show_error(name, "Indiquez un nombre d’années, 0 compris.")
            return
        try:
            self._services.privacy.set_retention(name, value)
        except UserError as error:
            self._form.show_error(name, error.what)
            return
        self._form.note_saved()
        self.reload()

    @Slot()
    def _ask(self) -> None:
        lines = [f"{loan.name} : {loan.what}." for loan in self._due[:NAMED_AT_MOST]]
        more = len(self._due) - len(lines)
        if more > 0:
            lines.append(f"Et {more} autres, énumérés dans le tableau.")
        lines.append("Rien de cela ne pourra être retrouvé dans ce dossier.")
        title = "Effacer définitivement ces données ?"
        if not self._context.confirm(title, "\n".join(lines), "Effacer définitivement"):
            return
        services = self._services

        def work(_: Progress) -> int:
            return services.privacy.erase_due()

        self._erase.setEnabled(False)
        self._context.jobs.run(work, done=self._erased, failed=self._not_erased, label="Effacement")

    def _erased(self, people: int) -> None:
        whose = french.count(people, "personne", "personnes")
        said = f"Données effacées pour {whose}."
        held = holding(self._services.dossier).in_words
        self._context.say(f"{said} {held}".strip())
        self.reload()

    def _not_erased(self, error: Exception) -> None:
        self._context.fail(error)
        self.reload()

    @Slot()
    def _ask_redo(self) -> None:
        held = self._holding
        lines = ["Une sauvegarde neuve est faite et vérifiée d’abord."]
        if held.backups:
            many = french.count(len(held.backups), "sauvegarde", "sauvegardes")
            days = [backup.made_at.date() for backup in held.backups]
            lines.append(
                f"Puis sont supprimées, sur cet ordinateur, {many} d’avant l’effacement : vous ne "
                "pourrez plus revenir au dossier tel qu’il était du "
                f"{french.short_date(min(days))} au {french.short_date(max(days))}."
            )
        if held.place:
            lines.append(
                f"Celles de {held.place} sont supprimées aussi, tout de suite ou dès que cet "
                "emplacement est rebranché."
            )
        lines.append("Les copies que vous avez faites vous-même restent à refaire.")
        title = "Refaire les sauvegardes ?"
        if not self._context.confirm(title, "\n".join(lines), "Refaire les sauvegardes"):
            return
        dossier = self._services.dossier

        def work(_: Progress) -> int:
            return redo(dossier)

        self._redo.setEnabled(False)
        self._context.jobs.run(work, done=self._redone, failed=self._not_erased, label="Sauvegarde")

    def _redone(self, dropped: int) -> None:
        many = french.count(dropped, "sauvegarde supprimée", "sauvegardes supprimées")
        self._context.say(f"Sauvegarde neuve faite et vérifiée ; {many}.")
        self.reload()

    @Slot()
    def _print_register(self) -> None:
        self._context.print_document("registre-rgpd", "")

    @Slot()
    def _print_notice(self) -> None:
        self._context.print_document("notice-familles", "")

    @Slot()
    def _print_breach(self) -> None:
        self._context.print_document("fiche-violation-de-donnees", "")

    @Slot()
    def _print_staff(self) -> None:
        self._context.print_document("notice-personnel", "")


def _of(since: str) -> str:
    """Return "du retrait" for "le retrait", after "celle de"."""
    return f"du {since.removeprefix('le ')}" if since.startswith("le ") else f"de {since}"
