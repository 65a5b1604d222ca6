# SPDX-License-Identifier: GPL-3.0-or-later
"""Create, step 2: where the file goes and what protects it; then the file is made."""

from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from egn_desktop import paths
from egn_desktop.errors import ExitCode, UserError
from egn_desktop.ui.jobs import Jobs, Progress
from egn_desktop.ui.welcome.files import PlaceField, file_name
from egn_desktop.ui.welcome.new_passphrase import NewPassphrase
from egn_desktop.ui.welcome.problem import NextStep
from egn_desktop.ui.welcome.school import SchoolAnswers
from egn_desktop.ui.welcome.step import Step
from egn_desktop.ui.widgets.field_words import error_label, field_label, show_error
from egn_desktop.ui.widgets.labels import muted, note
from egn_desktop.ui.widgets.secret import SecretField


def make_dossier(
    path: Path, passphrase: str | None, school: SchoolAnswers, code: str = ""
) -> object:
    """Create the file and write the school's identity in it, with what it lets us propose."""
    from egn_desktop.dossier import computer_code
    from egn_desktop.dossier.errors import SecretNeededError
    from egn_desktop.dossier.life import create_dossier
    from egn_desktop.school.academies import academie_of_uai, zone_of_academie
    from egn_desktop.school.queries import Identity, LevelCount
    from egn_desktop.school.service import SchoolService

    known = (school.name, school.town, school.uai)
    dossier = create_dossier(path, new_passphrase=passphrase, known=known)
    if code:
        # The dossier is made; a keyring that no longer answers is told when the code is wanted.
        with suppress(SecretNeededError):
            computer_code.choose(dossier.dossier_id, code)
    academie = academie_of_uai(school.uai) if school.uai else None
    zone = zone_of_academie(academie.name) if academie else None
    made = Identity(
        uai=school.uai,
        name=school.name,
        town=school.town,
        academie=academie.name if academie else "",
        holiday_zone=zone.id if zone else "",
        levels=tuple(LevelCount(level) for level in school.levels),
    )
    owner = made.usual_who.risk_register_owner
    SchoolService(dossier).save(replace(made, risk_register_owner=owner))
    return dossier


class PlaceStep(Step):
    """The file's place; the keyring where there is one, else a passphrase."""

    created = Signal(object)

    offered = frozenset({NextStep.RETRY, NextStep.OTHER_PLACE, NextStep.PASSPHRASE})

    def __init__(self, jobs: Jobs) -> None:
        super().__init__(
            "Le fichier et sa protection",
            "Étape 2 sur 3. Tout le dossier tient dans un seul fichier, chiffré.",
            "Créer le dossier",
        )
        self._jobs = jobs
        self._school = SchoolAnswers("", "", "", ())
        self._keyring_known = False
        self._place = PlaceField(
            "Emplacement du fichier",
            help="Choisissez un emplacement à vous. Une clé USB convient, avec une phrase de "
            "passe.",
            saving=True,
        )
        self.body.addWidget(self._place)
        self.body.addWidget(self._protection())
        self._passphrase = NewPassphrase("Phrase de passe")
        self._passphrase.hide()
        self.body.addWidget(self._computer_code())
        self.body.addWidget(self._passphrase)

    def start(self, school: SchoolAnswers) -> None:
        """Propose a place for this school's file."""
        self._school = school
        self._passphrase.set_known((school.name, school.town, school.uai))
        self._place.set_path(paths.documents_home() / file_name(school.name))
        self._look_for_keyring()

    def go_on(self) -> None:
        path = self._place.path
        if path is None:
            self._place.choose()
            return
        passphrase = self._passphrase.chosen() if self._by_passphrase.isChecked() else None
        code = self._chosen_code()
        if (self._by_passphrase.isChecked() and passphrase is None) or code is None:
            return
        school = self._school

        def work(_: Progress) -> object:
            return make_dossier(path, passphrase, school, code)

        self.set_working(f"Création de « {path.name} »…")
        self._jobs.run(work, done=self._created, failed=self._failed, label="Création du dossier")

    def take_step(self, step: NextStep) -> None:
        if step is NextStep.RETRY:
            self.go_on()
        elif step is NextStep.OTHER_PLACE:
            self._place.choose()
        elif step is NextStep.PASSPHRASE:
            self.problem.clear()
            self._by_passphrase.setChecked(True)
            self._passphrase.setFocus()

    def _protection(self) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self._by_keyring = QRadioButton("Le trousseau de cet ordinateur (conseillé)")
        self._by_passphrase = QRadioButton("Une phrase de passe")
        self._keyring_help = muted(
            "Le dossier s’ouvre dans votre session sans phrase à taper. Une fiche de secours, "
            "à imprimer, l’ouvre partout ailleurs."
        )
        group = QButtonGroup(self)
        group.addButton(self._by_keyring)
        group.addButton(self._by_passphrase)
        self._by_keyring.setChecked(True)
        self._by_passphrase.toggled.connect(self._protection_chosen)
        column.addWidget(field_label("Ce qui protège le dossier"))
        column.addWidget(self._by_keyring)
        column.addWidget(self._keyring_help)
        column.addSpacing(4)
        column.addWidget(self._by_passphrase)
        column.addWidget(
            muted(
                "À retaper à chaque ouverture, sur n’importe quel ordinateur : un voleur de "
                "l’ordinateur ne l’a pas. Oubliée, elle ne peut pas être retrouvée."
            )
        )
        return part

    def _computer_code(self) -> QWidget:
        self._code_part = QWidget()
        column = QVBoxLayout(self._code_part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        label = "Code de cet ordinateur (facultatif)"
        self._code = SecretField(label)
        self._code_wrong = error_label()
        column.addWidget(
            note(
                "Qui ouvre votre session ouvre le dossier : mettez un mot de passe de session, "
                "et chiffrez le disque d’un portable.",
                "attention",
            )
        )
        column.addWidget(field_label(label, self._code.line))
        column.addWidget(self._code)
        column.addWidget(self._code_wrong)
        column.addWidget(
            muted(
                "Six signes au moins, demandés à chaque ouverture : il arrête quelqu’un de "
                "passage, pas qui est maître de votre session."
            )
        )
        return self._code_part

    def _chosen_code(self) -> str | None:
        """Return the code wanted, an empty text for none, or None when it will not do."""
        from egn_desktop.dossier import computer_code

        code = self._code.text if self._by_keyring.isChecked() else ""
        problem = computer_code.problem(code) if code else None
        show_error(self._code_wrong, problem)
        if problem:
            self._code.setFocus()
            return None
        return code

    def _look_for_keyring(self) -> None:
        if self._keyring_known:
            return

        def work(_: Progress) -> bool:
            from egn_desktop.dossier import keys

            return keys.is_available()

        self._jobs.run(work, done=self._keyring_found, label="Recherche du trousseau")

    def _keyring_found(self, there: bool) -> None:
        self._keyring_known = True
        self._by_keyring.setEnabled(there)
        if not there:
            self._keyring_help.setText(
                "Cet ordinateur n’a pas de trousseau où garder le secret du dossier."
            )
            self._by_passphrase.setChecked(True)

    @Slot(bool)
    def _protection_chosen(self, by_passphrase: bool) -> None:
        self._passphrase.setVisible(by_passphrase)
        self._code_part.setVisible(not by_passphrase)

    def _created(self, dossier: object) -> None:
        self.set_working("")
        self._passphrase.clear()
        self._code.clear()
        self.created.emit(dossier)

    def _failed(self, error: Exception) -> None:
        self.set_working("")
        if not isinstance(error, UserError):
            raise error
        self.show_error(error)
        if error.exit_code == ExitCode.NO_KEYRING:
            self._by_passphrase.setFocus()
