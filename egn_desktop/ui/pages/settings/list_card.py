# SPDX-License-Identifier: GPL-3.0-or-later
"""What a school has several of: the owners of its equipment, its sites."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout

from egn_desktop import french
from egn_desktop.errors import UserError
from egn_desktop.school.queries import Identity
from egn_desktop.school.rules import Level, uai_problem
from egn_desktop.school.who import EquipmentOwner, Site
from egn_desktop.school.words import Owner
from egn_desktop.spelling import POSTCODE
from egn_desktop.ui.context import Context
from egn_desktop.ui.forms import Form
from egn_desktop.ui.tables import ColumnSpec, RowsTable
from egn_desktop.ui.widgets.buttons import plain_button
from egn_desktop.ui.widgets.cards import Card
from egn_desktop.ui.widgets.labels import muted

TABLE_HEIGHT = 120


@dataclass(frozen=True, slots=True)
class Line:
    """One of several, and its place among them."""

    place: int
    item: Any

    @property
    def key(self) -> int:
        """What tells a line from another."""
        return self.place


@dataclass(frozen=True, slots=True)
class Kind:
    """What a list is of.

    Attributes:
        field: of the identity that holds the list.
        said: returns what to say above the list.
        columns: titles, and what each shows of an item.
        fill: adds the fields of one item to a form.
        made: returns the item that is added, given the identity.
        shown: returns the values of the form's fields for an item.
        read: returns an item from the form's values.
    """

    title: str
    field: str
    said: Callable[[Identity], str]
    columns: Sequence[tuple[str, Callable[[Any], str]]]
    add: str
    remove: str
    fill: Callable[[Form], None]
    made: Callable[[Identity], Any]
    shown: Callable[[Any], Mapping[str, object]]
    read: Callable[[Mapping[str, Any]], Any]


class ListCard(Card):
    """One list of the identity: the chosen line is edited below, and saved as it is left."""

    def __init__(self, context: Context, kind: Kind) -> None:
        super().__init__()
        self.set_title(kind.title)
        self._context, self._kind = context, kind
        self._said = muted("")
        self._table: RowsTable = RowsTable(
            [
                ColumnSpec(title, lambda line, text=text: text(line.item), stretch=at == 0)
                for at, (title, text) in enumerate(kind.columns)
            ],
            accessible_name=kind.title,
        )
        self._table.setFixedHeight(TABLE_HEIGHT)
        self._table.chosen_changed.connect(self._show_chosen)
        self._form = Form()
        kind.fill(self._form)
        self._form.edited.connect(self._edited)
        self._remove = plain_button(kind.remove, self._do_remove)
        buttons = QHBoxLayout()
        buttons.addWidget(plain_button(kind.add, self._add, "plus"))
        buttons.addWidget(self._remove)
        buttons.addStretch()
        for widget in (self._said, self._table, self._form):
            self.body.addWidget(widget)
        self.body.addLayout(buttons)

    def reload(self) -> None:
        """Show the list as it is kept."""
        school = self._context.services.school.identity()
        items = getattr(school, self._kind.field)
        self._said.setText(self._kind.said(school))
        self._table.set_rows([Line(place, item) for place, item in enumerate(items)])
        self._table.setVisible(bool(items))
        self.setEnabled(not self._context.services.dossier.read_only)
        self._show_chosen()

    @Slot()
    def _show_chosen(self) -> None:
        line = self._chosen()
        self._form.setVisible(line is not None)
        self._remove.setVisible(line is not None)
        if line is not None:
            for name, value in self._kind.shown(line.item).items():
                if self._form.value(name) != value:
                    self._form.set_value(name, value)

    def _chosen(self) -> Line | None:
        chosen = self._table.chosen()
        return chosen[0] if len(chosen) == 1 else None

    def _save(self, items: Sequence[Any]) -> None:
        service = self._context.services.school
        service.save(replace(service.identity(), **{self._kind.field: tuple(items)}))

    def _items(self) -> list[Any]:
        return list(getattr(self._context.services.school.identity(), self._kind.field))

    @Slot(str, object)
    def _edited(self, name: str, _value: object) -> None:
        line = self._chosen()
        if line is None:
            return
        items = self._items()
        items[line.place] = self._kind.read(self._form.values())
        try:
            self._save(items)
        except UserError as error:
            self._form.show_error(name, error.what)
            return
        self._form.note_saved()

    @Slot()
    def _add(self) -> None:
        items = self._items()
        self._save([*items, self._kind.made(self._context.services.school.identity())])
        self.reload()
        self._table.select(lambda line: line.place == len(items))
        self._form.setFocus()

    @Slot()
    def _do_remove(self) -> None:
        line = self._chosen()
        if line is not None:
            items = self._items()
            del items[line.place]
            self._save(items)


def owners_card(context: Context) -> ListCard:
    """Return the card of the owners of premises and devices."""
    return ListCard(
        context,
        Kind(
            title="À qui appartient le matériel",
            field="owners",
            said=_said_of_owners,
            columns=(
                ("Nom", lambda item: item.called),
                ("Nature", lambda item: item.kind.label),
                ("Accord pour les prêts", _accord),
            ),
            add="Ajouter un propriétaire",
            remove="Retirer",
            fill=_owner_fields,
            made=lambda school: EquipmentOwner(school.usual_owner),
            shown=lambda owner: {
                "kind": owner.kind,
                "name": owner.name,
                "representative": owner.representative,
                "accord_on": owner.accord_on,
                "accord_reference": owner.accord_reference,
            },
            read=lambda values: EquipmentOwner(**values),
        ),
    )


def sites_card(context: Context) -> ListCard:
    """Return the card of the school's other places."""
    return ListCard(
        context,
        Kind(
            title="Autres sites",
            field="sites",
            said=lambda _: (
                "Un autre lieu d’un regroupement pédagogique, une partie d’une cité scolaire, une "
                "annexe : chacun avec son UAI, ses niveaux et son propriétaire."
            ),
            columns=(
                ("Nom", lambda item: item.name),
                ("UAI", lambda item: item.uai),
                ("Commune", lambda item: item.town),
                ("Niveaux", lambda item: ", ".join(level.label for level in item.levels)),
            ),
            add="Ajouter un site",
            remove="Retirer",
            fill=_site_fields,
            made=lambda _: Site(),
            shown=lambda site: {
                **{name: getattr(site, name) for name in SITE_TEXTS},
                **{f"level:{level}": level in site.levels for level in Level},
            },
            read=_site,
        ),
    )


SITE_TEXTS = ("name", "uai", "street", "postcode", "town", "owner")


def _said_of_owners(school: Identity) -> str:
    if school.owners:
        return (
            "Le premier est celui que les textes appellent "
            f"« {school.words['the_owner']} ». C’est le propriétaire d’un appareil qui le prête : "
            "notez son accord une fois, la convention le rappelle."
        )
    return (
        f"D’après les niveaux et le lieu : {school.usual_owner.label.lower()}. Ajoutez-le avec son "
        "nom, qui le représente et son accord pour les prêts : la convention en a besoin."
    )


def _accord(owner: EquipmentOwner) -> str:
    return f"le {french.short_date(owner.accord_on)}" if owner.accord_on else "à noter"


def _owner_fields(form: Form) -> None:
    with form.row():
        form.add_choice("kind", "Nature", [(owner, owner.label) for owner in Owner])
        form.add_text("name", "Nom", placeholder="Commune de Vorey")
    form.add_text("representative", "Représenté par", placeholder="Nom et fonction")
    with form.row():
        form.add_date("accord_on", "Accord pour les prêts, du")
        form.add_text("accord_reference", "Référence", placeholder="Délibération, courrier…")


def _site_fields(form: Form) -> None:
    with form.row():
        form.add_text("name", "Nom")
        form.add_text(
            "uai",
            "UAI",
            check=lambda text: uai_problem(text) if text.strip() else None,
            width=160,
        )
    form.add_text("street", "Adresse")
    with form.row():
        form.add_text("postcode", "Code postal", spelling=POSTCODE, width=120)
        form.add_text("town", "Commune")
    for line in (tuple(Level)[:3], tuple(Level)[3:]):  # five side by side would be cut
        with form.row():
            for level in line:
                form.add_check(f"level:{level}", level.label)
    form.add_text("owner", "Propriétaire, s’il est autre", placeholder="Commune de Vorey")


def _site(values: Mapping[str, Any]) -> Site:
    levels = tuple(level for level in Level if values[f"level:{level}"])
    return Site(**{name: values[name] for name in SITE_TEXTS}, levels=levels)
