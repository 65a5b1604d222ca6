# SPDX-License-Identifier: GPL-3.0-or-later
"""Personal data: how long it is kept, what is past its term, and the papers that say so."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from egn_desktop import content
from egn_desktop.documents import french
from egn_desktop.dossier import rotation
from egn_desktop.dossier.erased import Holding, holding, redo
from egn_desktop.errors import UserError
from egn_desktop.inventory import retention
from egn_desktop.inventory.queries.erasures import Erasure, erasures
from egn_desktop.inventory.queries.retention import retention_limits
from egn_desktop.ui.context import Context
from egn_desktop.ui.forms import Form
from egn_desktop.ui.jobs import Progress
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
        whose = french.count(len(self._due), self.tr("personne"), self.tr("personnes"))
        self._state.setText(
            self.tr("La durée de conservation est passée pour {}. Voici ce qui serait effacé :")
            .format(whose)
            if self._due
            else self.tr("Aucune donnée n’a dépassé sa durée de conservation.")
        )  # fmt: skip
        self._show_held()

    def _show_held(self) -> None:
        """Say until when a backup still holds what was erased."""
        self._holding = held = holding(self._services.dossier)
        self._held.setVisible(bool(held))
        self._redo.setVisible(bool(held))
        self._redo.setEnabled(not self._services.dossier.read_only)
        self._held.setText(held.in_words)

    def _erasure_card(self) -> Card:
        card = Card(self.tr("À effacer"))
        self._due: tuple[Erasure, ...] = ()
        self._state = body("")
        self._table: RowsTable = RowsTable(
            [
                ColumnSpec(self.tr("Personne"), lambda row: row.name),
                ColumnSpec(self.tr("Classe ou fonction"), lambda row: row.detail),
                ColumnSpec(self.tr("Ce qui est effacé"), lambda row: row.what, stretch=True),
                ColumnSpec(
                    self.tr("Terme"),
                    lambda row: french.short_date(row.since),
                    sort=lambda row: row.since,
                ),
            ],
            accessible_name=self.tr("Données à effacer"),
            has_people=True,
        )
        self._table.setMinimumHeight(TABLE_HEIGHT)
        self._erase = danger_button(self.tr("Effacer définitivement…"), self._ask)
        card.body.addWidget(self._state)
        card.body.addWidget(self._table)
        card.body.addWidget(self._erase, 0, Qt.AlignmentFlag.AlignLeft)
        card.body.addWidget(
            muted(
                self.tr(
                    "Les prêts restent au registre, sans nom : les chiffres restent justes. Le "
                    "journal garde la trace des opérations, sans leur contenu. Les sauvegardes "
                    "déjà faites gardent ces données {} jours au plus ; après un effacement, "
                    "vous pourrez les refaire ici."
                ).format(rotation.LIMIT_DAYS)
            )
        )
        self._held = body("")
        self._redo = danger_button(self.tr("Refaire les sauvegardes…"), self._ask_redo)
        card.body.addWidget(self._held)
        card.body.addWidget(self._redo, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _limits_card(self) -> Card:
        card = Card(self.tr("Durées de conservation"))
        self._form = form = Form()
        for row in retention_limits(self._services.dossier):
            limit = row.limit
            form.add_number(
                limit.id,
                limit.title,
                value=row.years,
                unit=self.tr("années scolaires après celle {}").format(_of(limit.since)),
                maximum=retention.MOST_YEARS,
                help=self.tr("{} {} Par défaut : {} ({}).").format(
                    limit.keeps, limit.why, limit.years, content.source(limit).citation
                ),
            )
        form.edited.connect(self._edited)
        form.setMaximumWidth(FORM_WIDTH)
        card.body.addWidget(
            muted(
                self.tr(
                    "Le règlement (UE) 2016/679 (RGPD, article 5) demande de ne pas garder ces "
                    "données plus longtemps que nécessaire, sans fixer de durée. Une année "
                    "scolaire finit le 31 août."
                )
            )
        )
        # In a line: a column would count on its own width for the height of the words below.
        line = QHBoxLayout()
        line.addWidget(form, 1)
        line.addStretch()
        card.body.addLayout(line)
        return card

    def _documents_card(self) -> Card:
        card = Card(self.tr("Documents"))
        row = Flow()
        row.addWidget(
            plain_button(self.tr("Registre des traitements…"), self._print_register, "print")
        )
        row.addWidget(plain_button(self.tr("Notice aux familles…"), self._print_notice, "print"))
        row.addWidget(plain_button(self.tr("Notice au personnel…"), self._print_staff, "print"))
        card.body.addWidget(
            muted(
                self.tr(
                    "La ligne du registre des activités de traitement (RGPD, article 30) et "
                    "l’information des personnes (article 13), avec ces durées. Les données d’une "
                    "seule personne se remettent depuis sa fiche : Prêts, Élèves ou Personnel, "
                    "« Ses données »."
                )
            )
        )
        card.body.addLayout(row)
        return card

    @Slot(str, object)
    def _edited(self, name: str, value: object) -> None:
        if not isinstance(value, int):
            self._form.show_error(name, self.tr("Indiquez un nombre d’années, 0 compris."))
            return
        try:
            self._services.inventory.set_retention(name, value)
        except UserError as error:
            self._form.show_error(name, error.what)
            return
        self._form.note_saved()
        self.reload()

    @Slot()
    def _ask(self) -> None:
        lines = [f"{one.name} : {one.what}." for one in self._due[:NAMED_AT_MOST]]
        more = len(self._due) - len(lines)
        if more > 0:
            lines.append(self.tr("Et {} autres, énumérés dans le tableau.").format(more))
        lines.append(self.tr("Rien de cela ne pourra être retrouvé dans ce dossier."))
        title = self.tr("Effacer définitivement ces données ?")
        if not self._context.confirm(title, "\n".join(lines), self.tr("Effacer définitivement")):
            return
        inventory = self._services.inventory

        def work(_: Progress) -> int:
            return inventory.erase_due()

        self._erase.setEnabled(False)
        self._context.jobs.run(
            work, done=self._erased, failed=self._not_erased, label=self.tr("Effacement")
        )

    def _erased(self, people: int) -> None:
        whose = french.count(people, self.tr("personne"), self.tr("personnes"))
        said = self.tr("Données effacées pour {}.").format(whose)
        held = holding(self._services.dossier).in_words
        self._context.say(f"{said} {held}".strip())
        self.reload()

    def _not_erased(self, error: Exception) -> None:
        self._context.fail(error)
        self.reload()

    @Slot()
    def _ask_redo(self) -> None:
        held = self._holding
        lines = [self.tr("Une sauvegarde neuve est faite et vérifiée d’abord.")]
        if held.backups:
            many = french.count(len(held.backups), self.tr("sauvegarde"), self.tr("sauvegardes"))
            lines.append(
                self.tr(
                    "Puis sont supprimées, sur cet ordinateur, {} d’avant l’effacement : vous ne "
                    "pourrez plus revenir au dossier tel qu’il était du {} au {}."
                ).format(
                    many,
                    french.short_date(min(one.made_at for one in held.backups).date()),
                    french.short_date(max(one.made_at for one in held.backups).date()),
                )
            )
        if held.place:
            lines.append(
                self.tr(
                    "Celles de {} sont supprimées aussi, tout de suite ou dès que cet emplacement "
                    "est rebranché."
                ).format(held.place)
            )
        lines.append(self.tr("Les copies que vous avez faites vous-même restent à refaire."))
        title = self.tr("Refaire les sauvegardes ?")
        if not self._context.confirm(title, "\n".join(lines), self.tr("Refaire les sauvegardes")):
            return
        dossier = self._services.dossier

        def work(_: Progress) -> int:
            return redo(dossier)

        self._redo.setEnabled(False)
        self._context.jobs.run(
            work, done=self._redone, failed=self._not_erased, label=self.tr("Sauvegarde")
        )

    def _redone(self, dropped: int) -> None:
        many = french.count(
            dropped, self.tr("sauvegarde supprimée"), self.tr("sauvegardes supprimées")
        )
        self._context.say(self.tr("Sauvegarde neuve faite et vérifiée ; {}.").format(many))
        self.reload()

    @Slot()
    def _print_register(self) -> None:
        self._context.print_document("registre-rgpd", "")

    @Slot()
    def _print_notice(self) -> None:
        self._context.print_document("notice-familles", "")

    @Slot()
    def _print_staff(self) -> None:
        self._context.print_document("notice-personnel", "")


def _of(since: str) -> str:
    """Return "du retrait" for "le retrait", after "celle de"."""
    return f"du {since.removeprefix('le ')}" if since.startswith("le ") else f"de {since}"
