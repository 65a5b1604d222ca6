# SPDX-License-Identifier: GPL-3.0-or-later
"""What a comparison and a joining come to, in French: the same words in the window and without."""

from datetime import datetime

from egn_desktop.dossier.copies.join import Outcome
from egn_desktop.dossier.copies.lines import Comparison, Relation


def headline(found: Comparison) -> str:
    """Return how two copies stand to each other, in one sentence."""
    here, there = writes(found.writes_here or 0), writes(found.writes_there or 0)
    match found.relation:
        case Relation.EQUAL:
            return "Les deux copies sont identiques."
        case Relation.AHEAD:
            more = f", et {here} de plus" if found.writes_here else ""
            return f"Cette copie contient tout ce que contient l’autre{more}."
        case Relation.BEHIND:
            more = f", et {there} de plus" if found.writes_there else ""
            return f"L’autre copie contient tout ce que contient celle-ci{more}."
        case Relation.PARTED:
            since = f" après le {_moment(found.parted_at)}" if found.parted_at else ""
            return f"Les deux copies se sont séparées{since} : depuis, {here} ici, {there} là-bas."
        case Relation.UNKNOWN:
            return (
                "On ne sait plus quand ces deux copies se sont séparées : l’une vient d’une "
                "version antérieure du logiciel, ou d’il y a longtemps. Ce qui diffère est là."
            )


def advice(found: Comparison) -> str:
    """Return what there is to do, in one sentence."""
    match found.relation:
        case Relation.EQUAL | Relation.AHEAD:
            return "Il n’y a rien à reprendre : gardez celle-ci."
        case Relation.BEHIND:
            return "Continuez avec l’autre copie : celle-ci n’a rien de plus."
        case _ if not found.lines:
            return "Leur contenu est le même : il n’y a rien à reprendre."
        case _:
            conflicts = len(found.conflicts)
            if not conflicts:
                return "Rien ne se contredit : tout peut être repris."
            is_alone = conflicts == 1
            return (
                "Une chose a été décidée des deux côtés : choisissez laquelle vaut."
                if is_alone
                else f"{conflicts} choses ont été décidées des deux côtés : choisissez."
            )


def standing(at: datetime | None, computer: str) -> str:
    """Return when a copy was last written, and where."""
    if at is None:
        return "Dernière modification inconnue."
    where = f", sur l’ordinateur « {computer} »" if computer else ""
    return f"Dernière modification le {_moment(at)}{where}."


def writes(number: int) -> str:
    """Return "3 écritures"."""
    return f"{number} écriture{'s' if number > 1 else ''}"


def joined(outcome: Outcome) -> list[str]:
    """Return what a joining did, in sentences."""
    taken = sum(outcome.taken.values())
    told = ", ".join(f"{name.lower()} {number}" for name, number in outcome.taken.items())
    said = ["Rien n’a été repris de l’autre copie."]
    if taken:
        said = [f"Repris de l’autre copie : {taken} ({told})."]
    if outcome.erasures:
        said.append(f"Effacements faits là-bas, et maintenant ici : {outcome.erasures}.")
    if outcome.left:
        said.append(f"Laissé dans l’autre copie : {outcome.left}.")
    said.append(
        "Les deux copies d’avant sont parmi les sauvegardes : pour revenir en arrière, restaurez "
        "celle qui s’appelle « Avant la réunion de deux copies »."
    )
    return said


def _moment(at: datetime) -> str:
    return f"{at:%d/%m/%Y à %H:%M}"
