# SPDX-License-Identifier: GPL-3.0-or-later
"""Who the school is; each field saved as it is left, with what it lets us propose."""

from dataclasses import replace

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from egn_desktop.errors import UserError
from egn_desktop.exchange.annuaire import Listed, look_up
from egn_desktop.fields import Field, field_of, names_of, trimmed
from egn_desktop.school import academies, rules
from egn_desktop.school.identity import SchoolFields
from egn_desktop.school.queries import Identity, LevelCount
from egn_desktop.school.rules import Level
from egn_desktop.ui.context import Context
from egn_desktop.ui.described import add_field, add_fields, add_row
from egn_desktop.ui.forms import Form
from egn_desktop.ui.jobs import Progress
from egn_desktop.ui.pages.settings.calendar_card import CalendarCard
from egn_desktop.ui.pages.settings.list_card import owners_card, sites_card
from egn_desktop.ui.widgets.buttons import plain_button
from egn_desktop.ui.widgets.labels import muted

WIDTH = 720
FOLLOWING = ("authority", "controller", "dpo", "employer", "risk_register_owner")
"""What is shown, while the field is empty, as it follows from the kind of school."""
NEW = Identity()
_WHO = (
    ("authority", "employer"),
    ("controller", "risk_register_owner"),
    ("dpo", "dpo_email"),
    ("council_accord_on", "council_accord_reference"),
)
_PLACED = {name for names in _WHO for name in names}.union(
    ("name", "uai", "contract", "street", "postcode", "town", "phone", "email"),
    ("academie", "holiday_zone", "district", "head", "head_gender", "teachers"),
)


def with_proposals(old: Identity, new: Identity) -> Identity:
    """Return the identity with what a change lets us propose, never over what was typed.

    The UAI proposes the académie, the académie its calendar, the levels and the kind of school who
    answers for the DUERP.
    """
    if new.uai != old.uai and new.academie in ("", _academie(old.uai)):
        new = replace(new, academie=_academie(new.uai) or new.academie)
    if new.academie != old.academie and new.holiday_zone in ("", _zone(old.academie)):
        new = replace(new, holiday_zone=_zone(new.academie) or new.holiday_zone)
    if _kind(new) != _kind(old) and new.risk_register_owner in ("", _owner(old)):
        new = replace(new, risk_register_owner=_owner(new))
    return new


def with_level_field(identity: Identity, name: str, value: object) -> Identity:
    """Return the identity with one field of one level changed ("level:M", "pupils:M")."""
    what, _, code = name.partition(":")
    level = Level(code)
    counts = {count.level: count for count in identity.levels}
    if what == "level" and value:
        counts.setdefault(level, LevelCount(level))
    elif what == "level":
        counts.pop(level, None)
    else:
        number = int(value) if isinstance(value, int | float) else None
        counts[level] = replace(counts.get(level, LevelCount(level)), **{what: number})
    return replace(identity, levels=tuple(counts[level] for level in Level if level in counts))


class SchoolTab(QWidget):
    """The school's identity."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._form = Form()
        self._add_school()
        self._add_levels()
        self._add_belonging()
        self._add_people()
        self._form.edited.connect(self._edited)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(16)
        self._lists = (owners_card(context), sites_card(context))
        self._calendar = CalendarCard(context)
        for part in (self._form, *self._lists, self._calendar):
            part.setMaximumWidth(WIDTH)
            # In a line: a column would count on its own width for the height of the words below.
            line = QHBoxLayout()
            line.addWidget(part, 1)
            line.addStretch()
            column.addLayout(line)
        column.addStretch()
        self.setFocusProxy(self._form)

    def reload(self) -> None:
        """Show the identity as it is kept, and the calendar that follows from it."""
        self._calendar.reload()
        for card in self._lists:
            card.reload()
        identity = self._context.services.school.identity()
        for name in names_of(SchoolFields):
            self._show(name, getattr(identity, name))
        for name in FOLLOWING:
            self._form.propose(name, getattr(identity.usual_who, name))
        for name in ("council_accord_on", "council_accord_reference"):
            self._form.set_shown(name, identity.is_eple)
        self._form.set_shown("district", identity.is_first_degree)
        counts = {count.level: count for count in identity.levels}
        for level in Level:
            count = counts.get(level)
            self._show(f"level:{level.value}", count is not None)
            self._show(f"classes:{level.value}", count.classes if count else None)
            self._show(f"pupils:{level.value}", count.pupils if count else None)
            for what in ("classes", "pupils"):
                self._form.set_shown(f"{what}:{level.value}", count is not None)
        self._form.setEnabled(not self._context.services.dossier.read_only)

    def _add_school(self) -> None:
        form = self._form
        form.add_heading("Identité")
        with form.row():
            add_field(form, _field("name"), "")
            add_field(form, _field("uai"), "", check=_uai_problem, width=160)
        self.fill = plain_button("Remplir d’après l’annuaire…", self._fill, "import")
        form.add_widget(self.fill)
        add_row(form, SchoolFields, NEW, "contract")
        add_row(form, SchoolFields, NEW, "street")
        with form.row():
            add_field(form, _field("postcode"), "", width=120)
            add_field(form, _field("town"), "")
        add_row(form, SchoolFields, NEW, "phone", "email")

    def _add_levels(self) -> None:
        form = self._form
        form.add_heading("Niveaux, classes et élèves")
        for level in Level:
            with form.row():
                form.add_check(f"level:{level.value}", level.label)
                form.add_number(f"classes:{level.value}", "Classes")
                form.add_number(f"pupils:{level.value}", "Élèves")

    def _add_belonging(self) -> None:
        form = self._form
        form.add_heading("Rattachement")
        names = [(academie.name, academie.name) for academie in academies.academies()]
        zones = [(zone.id, zone.label) for zone in academies.holiday_zones()]
        with form.row():
            for name, options in (("academie", names), ("holiday_zone", zones)):
                form.add_choice(name, _field(name).label, [("", "À préciser"), *options])
        add_row(form, SchoolFields, NEW, "district")

    def _add_people(self) -> None:
        form = self._form
        form.add_heading("Qui est qui")
        add_row(form, SchoolFields, NEW, "head", "head_gender", "teachers")
        form.add_widget(
            muted(
                "Ce qui est en gris découle des niveaux, du statut et du lieu : les documents "
                "l’utilisent. N’écrivez que ce qui diffère chez vous."
            )
        )
        for names in _WHO:
            add_row(form, SchoolFields, NEW, *names)
        add_fields(form, SchoolFields, NEW, but=_PLACED)

    def _show(self, name: str, value: object) -> None:
        if self._form.value(name) != value:
            self._form.set_value(name, value)

    @Slot(str, object)
    def _edited(self, name: str, value: object) -> None:
        old = self._context.services.school.identity()
        if ":" in name:
            new = with_level_field(old, name, value)
        else:
            new = replace(old, **{name: trimmed(value)})
        try:
            self._context.services.school.save(with_proposals(old, new))
        except UserError as error:
            self._form.show_error(name, error.what)
            return
        self._form.note_saved()

    @Slot()
    def _fill(self) -> None:
        """Fill what is empty from the open directory, a file that the user chooses."""
        context = self._context
        known = context.services.school.identity()
        path = context.ask_open_file(
            "Annuaire de l’éducation", "Annuaire (*.csv *.txt);;Tous les fichiers (*)"
        )
        if path is None:
            return

        def done(listed: Listed) -> None:
            old = context.services.school.identity()
            completed = listed.completing(old)
            context.services.school.save(with_proposals(old, completed.identity))
            closed = " L’annuaire la dit fermée : vérifiez l’UAI." if listed.is_closed else ""
            context.say_done(completed.told + closed)

        def work(_progress: Progress) -> Listed:
            return look_up(path, known.uai)

        context.jobs.run(work, done=done, failed=context.fail, label="Annuaire de l’éducation")


def _field(name: str) -> Field:
    return field_of(SchoolFields, name)


def _uai_problem(text: str) -> str | None:
    return rules.uai_problem(text) if text.strip() else None


def _academie(uai: str) -> str:
    found = academies.academie_of_uai(uai) if uai else None
    return found.name if found else ""


def _zone(academie: str) -> str:
    found = academies.zone_of_academie(academie) if academie else None
    return found.id if found else ""


def _owner(identity: Identity) -> str:
    return replace(identity, risk_register_owner="").usual_who.risk_register_owner


def _kind(identity: Identity) -> object:
    return identity.levels, identity.contract
