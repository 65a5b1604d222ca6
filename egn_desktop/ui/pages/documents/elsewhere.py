# SPDX-License-Identifier: GPL-3.0-or-later
"""What other programs take over: the card that offers it, and a panel for each kind of file."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from egn_desktop import french
from egn_desktop.exchange.address_book import write_contacts
from egn_desktop.exchange.agenda import write_agenda
from egn_desktop.exchange.listing import file_name
from egn_desktop.exchange.programs import PROGRAMS, who_may_receive, write_stock
from egn_desktop.ui.context import Context
from egn_desktop.ui.forms import Form
from egn_desktop.ui.jobs import Progress
from egn_desktop.ui.widgets.buttons import main_button, plain_button
from egn_desktop.ui.widgets.cards import Card
from egn_desktop.ui.widgets.flow import Flow
from egn_desktop.ui.widgets.labels import body, muted, note

NOT_ENCRYPTED = "Ce fichier n’est pas chiffré\u202f: effacez-le dès qu’il a servi."


class ElsewhereCard(Card):
    """One button for each kind of file; ``wanted`` carries the panel's class."""

    wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__("Pour d’autres logiciels")
        self.body.addWidget(
            muted(
                "Ce que la collectivité, un agenda ou un téléphone peuvent reprendre, "
                "sans nom d’élève si vous ne le demandez pas."
            )
        )
        self.buttons = [
            plain_button(f"{panel.heading}…", partial(self.wanted.emit, panel), panel.icon)
            for panel in (StockPanel, AgendaPanel, ContactsPanel)
        ]
        line = Flow()
        for button in self.buttons:
            line.addWidget(button)
        self.body.addLayout(line)

    def matches(self, words: Sequence[str]) -> bool:
        """Tell whether every word sought is on the card."""
        text = " ".join(
            (self.accessibleName(), *(button.text() for button in self.buttons))
        ).casefold()
        return all(word in text for word in words)


class ElsewherePanel(QWidget):
    """What goes into a file, whether people are named in it, and where it is written.

    Attributes:
        heading: what stands above it.
        about: what the file is for.
        icon: of the card's button.
        filter: the kinds of files.
    """

    is_draft = True

    heading = ""
    about = ""
    icon = ""
    filter = ""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.form = Form()
        self.form.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.warning = note(self.who(), "attention")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addWidget(body(self.about))
        self.fill()
        self.form.edited.connect(self._edited)
        column.addWidget(self.form)
        column.addWidget(self.warning)
        self.save = main_button("Enregistrer…", self._save, "download")
        column.addWidget(self.save)
        column.addStretch()
        self._edited()

    def who(self) -> str:
        """Return who may receive a file with names."""
        return f"Peuvent le recevoir\u202f: {who_may_receive(self.context.services.dossier)}"

    def fill(self) -> None:
        """Add what is to be chosen; without "names" the file always names people."""

    def name(self) -> str:
        """Return the file's proposed name."""
        raise NotImplementedError

    def write(self, path: Path) -> Callable[[], str]:
        """Return what writes the file and says what was written; it runs in a job."""
        raise NotImplementedError

    @property
    def names(self) -> bool:
        """Whether people are named."""
        return bool(self.form.values().get("names", True))

    @Slot()
    def _edited(self, *_what: object) -> None:
        self.warning.setVisible(self.names)

    @Slot()
    def _save(self) -> None:
        name = self.name()
        chosen = self.context.ask_save_file(self.heading, name, self.filter)
        if chosen is None:
            return
        suffix = Path(name).suffix
        path = chosen if chosen.suffix.lower() == suffix else chosen.with_name(chosen.name + suffix)
        write, names = self.write(path), self.names

        def work(_progress: Progress) -> str:
            return write()

        def done(told: str) -> None:
            words = f"« {path.name} » est enregistré dans « {path.parent.name} »\u202f: {told}."
            self.context.say(f"{words} {NOT_ENCRYPTED}" if names else words)

        self.context.jobs.run(work, done=done, failed=self.context.fail, label=self.heading)


class StockPanel(ElsewherePanel):
    """The stock in the columns of another inventory program."""

    heading = "Inventaire pour la collectivité"
    about = (
        "Tout le parc avec son état et ses dates, dans les colonnes du logiciel qui le lira. "
        "Sans rien cocher, personne n’y est nommé\u202f: ni emprunteur, ni remarque, et le nom "
        "d’une personne est ôté des emplacements."
    )
    icon = "spreadsheet"
    filter = "Texte pour tableur (*.csv)"

    def fill(self) -> None:
        self.form.add_choice(
            "program",
            "Logiciel",
            [(program, program.title) for program in PROGRAMS],
            value=PROGRAMS[0],
        )
        self.form.add_check("names", "Nommer les emprunteurs, avec les remarques")

    def name(self) -> str:
        today = self.context.services.dossier.today()
        return self.form.value("program").file_name(today, names=self.names)

    def write(self, path: Path) -> Callable[[], str]:
        dossier, program = self.context.services.dossier, self.form.value("program")
        names = self.names
        return lambda: write_stock(dossier, program, path, names=names).told


class AgendaPanel(ElsewherePanel):
    """What is due, for an agenda."""

    heading = "Échéances pour un agenda"
    about = (
        "Les retours attendus jour par jour, les relectures du plan et de l’annuaire, les actions "
        "datées et les exercices prévus, en jours entiers. Un agenda se synchronise souvent "
        "ailleurs\u202f: sans rien cocher, aucun élève n’est nommé. Importez le fichier dans un "
        "agenda à part\u202f: un nouveau fichier déplace ce qui a changé, et vider cet agenda "
        "avant ôte ce qui n’a plus lieu d’être."
    )
    icon = "calendar"
    filter = "Agenda (*.ics)"

    def fill(self) -> None:
        self.form.add_check("names", "Nommer emprunteurs et responsables")

    def name(self) -> str:
        kind = "échéances nominatif" if self.names else "échéances"
        return file_name(kind, self.context.services.dossier.today(), ".ics")

    def write(self, path: Path) -> Callable[[], str]:
        dossier, names = self.context.services.dossier, self.names
        return lambda: french.count(write_agenda(dossier, path, names=names), "échéance")


class ContactsPanel(ElsewherePanel):
    """The crisis directory, for a phone."""

    heading = "Annuaire de crise pour un téléphone"
    about = (
        "Les personnes de la cellule de crise, leurs suppléances et les partenaires, avec leurs "
        "numéros\u202f: une fiche par personne, que les téléphones ajoutent à leurs contacts. "
        "Un fichier repris plus tard met les fiches à jour sans les doubler."
    )
    icon = "phone"
    filter = "Contacts (*.vcf)"

    def who(self) -> str:
        return (
            "Ce fichier nomme des personnes et donne leurs numéros. Gardez-le à la cellule de "
            "crise, comme l’annuaire imprimé."
        )

    def name(self) -> str:
        return file_name("annuaire de crise", self.context.services.dossier.today(), ".vcf")

    def write(self, path: Path) -> Callable[[], str]:
        dossier = self.context.services.dossier
        return lambda: write_contacts(dossier, path).told
