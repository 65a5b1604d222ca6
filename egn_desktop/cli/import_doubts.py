# SPDX-License-Identifier: GPL-3.0-or-later
"""What ``import --pupils`` asks before it writes: who is whom, and whom the list does not name."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from egn_desktop import french
from egn_desktop.errors import UserError

if TYPE_CHECKING:
    from egn_desktop.exchange.preview import Preview
    from egn_desktop.inventory.people.queries.doubts import KnownPupil, PupilDoubt, PupilsReview

NEW, SAME, ASK = "new", "same", "ask"
CHOICES = (NEW, SAME, ASK)


def print_doubts(ready: "Preview", review: "PupilsReview") -> None:
    """Print the lines that may mean somebody known."""
    if review.doubts:
        how_many = french.count(len(review.doubts), "élève est peut-être", "élèves sont peut-être")
        print(f"  {how_many} déjà dans le dossier")
    for doubt in review.doubts:
        _print_doubt(ready, doubt)


def print_absent(
    review: "PupilsReview", said: Mapping[int, int | None], *, mark_left: bool
) -> None:
    """Print whom the list does not name, where it looks like the whole school's."""
    absent = review.leavers(said)
    if not absent or not (mark_left or review.looks_whole):
        return
    who = french.count(len(absent), "élève du dossier n’est pas", "élèves du dossier ne sont pas")
    print(f"  {who} dans cette liste")
    for pupil in absent:
        if pupil.devices:
            print(f"    {pupil.name} a {', '.join(pupil.devices)}")
    if not mark_left:
        print("    Si la liste est complète, --whole les marque comme partis.")


def answers(
    ready: "Preview", review: "PupilsReview", choice: str | None
) -> Mapping[int, int | None]:
    """Return who the doubtful lines mean, as the option says, or as somebody answers.

    Raises:
        UserError: there are doubts, and nobody said how to settle them.
    """
    if not review.doubts:
        return {}
    if choice is None:
        raise UserError(
            "Des élèves de la liste sont peut-être déjà dans le dossier, sous un autre nom ou "
            "avec une autre orthographe.",
            kept="Rien n’a été importé.",
            todo="Ajoutez --doubts=ask pour répondre élève par élève, --doubts=same si ce sont les "
            "mêmes, --doubts=new si ce sont d’autres élèves.",
        )
    if choice == NEW:
        return {doubt.row: None for doubt in review.doubts}
    found: dict[int, int | None] = {}
    for doubt in review.doubts:
        taken = set(found.values())
        free = [candidate for candidate in doubt.candidates if candidate.id not in taken]
        if choice == SAME:
            found[doubt.row] = free[0].id if free else None
        else:
            found[doubt.row] = _ask(ready, doubt, free)
    return found


def _print_doubt(ready: "Preview", doubt: "PupilDoubt") -> None:
    given = doubt.pupil
    names = f"{given.usual_name or given.last_name} {given.first_name}"
    facts = _facts(names, given.born_on, given.school_class, given.ine)
    print(f"    ligne {ready.accepted[doubt.row].line} : {facts}")
    for candidate in doubt.candidates:
        print(f"        {doubt.reason.label} : {_known(candidate)}")


def _ask(ready: "Preview", doubt: "PupilDoubt", free: Sequence["KnownPupil"]) -> int | None:
    if not free:
        return None
    _print_doubt(ready, doubt)
    for number, pupil in enumerate(free, start=1):
        print(f"      {number} : c’est {_known(pupil)}")
    print("      Entrée : c’est un autre élève")
    while True:
        try:
            said = input("    Votre réponse : ").strip()
        except EOFError as error:
            raise UserError(
                "Personne ne répond.",
                kept="Rien n’a été importé.",
                todo="Lancez la commande dans un terminal, ou choisissez --doubts=new ou "
                "--doubts=same.",
            ) from error
        if not said:
            return None
        if said.isascii() and said.isdecimal() and 1 <= int(said) <= len(free):
            return free[int(said) - 1].id


def _known(known_pupil: "KnownPupil") -> str:
    facts = _facts(known_pupil.name, known_pupil.born_on, known_pupil.school_class, known_pupil.ine)
    if known_pupil.devices:
        facts += f", a {', '.join(known_pupil.devices)}"
    if known_pupil.is_removed:
        return f"{facts}, retiré de la liste"
    return (
        f"{facts}, parti le {french.short_date(known_pupil.left_on)}"
        if known_pupil.left_on
        else facts
    )


def _facts(name: str, born_on: date | None, school_class: str, ine: str) -> str:
    born = f"né(e) le {french.short_date(born_on)}" if born_on else ""
    return ", ".join(filter(None, (name, born, school_class, f"INE {ine}" if ine else "")))
