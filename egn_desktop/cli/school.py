# SPDX-License-Identifier: GPL-3.0-or-later
"""``school``: shows who the school is, and fills it in."""

import argparse
from dataclasses import replace
from typing import TYPE_CHECKING

from egn_desktop.cli.parser import SubCommands

if TYPE_CHECKING:
    from egn_desktop.school.queries import Identity, LevelCount
    from egn_desktop.services import Services

_FIELDS = {
    "uai": ("UAI", "UAI", "7 chiffres et une lettre ; propose l’académie et la zone"),
    "name": ("NOM", "Nom", "nom de l’école"),
    "street": ("RUE", "Rue", "rue et numéro"),
    "postcode": ("CP", "Code postal", "code postal"),
    "town": ("COMMUNE", "Commune", "commune"),
    "academie": ("NOM", "Académie", "académie, si l’UAI ne la donne pas"),
    "district": ("NOM", "Circonscription", "circonscription du premier degré"),
    "holiday_zone": ("ZONE", "Zone de vacances", "zone de vacances : A, B, C…"),
    "phone": ("NUMÉRO", "Téléphone", "téléphone de l’école"),
    "email": ("COURRIEL", "Courriel", "courriel de l’école"),
    "head": ("NOM", "Direction", "directrice, directeur ou chef d’établissement"),
    "risk_register_owner": ("NOM", "Responsable du DUERP", "qui répond du DUERP"),
}


def register(subcommands: SubCommands) -> None:
    """Add ``school``."""
    parser = subcommands.add(
        "school", help="affiche l’identité de l’école, ou la renseigne", run=_school
    )
    for field, (metavar, _, help_text) in _FIELDS.items():
        parser.add_argument(f"--{field.replace('_', '-')}", metavar=metavar, help=help_text)
    parser.add_argument("--teachers", type=int, metavar="N", help="nombre d’enseignants")
    parser.add_argument(
        "--level",
        type=_level,
        action="append",
        default=[],
        metavar="NIVEAU=CLASSES/ÉLÈVES",
        help="M (maternelle), E (élémentaire), C (collège), L (lycée général et technologique) "
        "ou P (lycée professionnel), avec ses classes et ses élèves : E=5/120 ; peut être répété, "
        "et remplace alors tous les niveaux",
    )


def _school(services: "Services", options: argparse.Namespace) -> None:
    given = {
        field: value
        for field in (*_FIELDS, "teachers")
        if (value := getattr(options, field)) is not None
    }
    if given or options.level:
        services.school.save(_completed(services.school.identity(), given, options.level))
        print("L’identité de l’école est enregistrée.")
    _print(services.school.identity())


def _completed(
    known: "Identity", given: dict[str, str | int], levels: "list[LevelCount]"
) -> "Identity":
    """Return the identity with what is given, and what that proposes where nothing is known."""
    from egn_desktop.school.academies import academie_of_uai, zone_of_academie
    from egn_desktop.school.rules import risk_register_owner

    new = replace(known, **given)
    if levels:
        new = replace(new, levels=tuple(levels))
    if not new.academie and (academie := academie_of_uai(new.uai)):
        new = replace(new, academie=academie.name)
    if not new.holiday_zone and (zone := zone_of_academie(new.academie)):
        new = replace(new, holiday_zone=zone.id)
    if not new.risk_register_owner:
        owner = risk_register_owner(count.level for count in new.levels)
        new = replace(new, risk_register_owner=owner)
    return new


def _print(school: "Identity") -> None:
    from egn_desktop.french import count

    lines = [(label, getattr(school, field)) for field, (_, label, _) in _FIELDS.items()]
    if school.teachers is not None:
        lines.append(("Enseignants", str(school.teachers)))
    for level in school.levels:
        figures = [
            count(value, word)
            for value, word in ((level.classes, "classe"), (level.pupils, "élève"))
            if value is not None
        ]
        lines.append((level.level.label, ", ".join(figures) or "sans effectif"))
    width = max(len(label) for label, _ in lines)
    for label, value in lines:
        print(f"{label:<{width}}  {value or '—'}")
    if not school.levels:
        print("Aucun niveau. Pour les indiquer : egn-desktop school DOSSIER --level E=5/120")


def _level(text: str) -> "LevelCount":
    from egn_desktop.school.queries import LevelCount
    from egn_desktop.school.rules import Level

    name, _, figures = text.partition("=")
    classes, _, pupils = figures.partition("/")
    try:
        return LevelCount(
            Level(name.strip().upper()),
            classes=int(classes) if classes.strip() else None,
            pupils=int(pupils) if pupils.strip() else None,
        )
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"« {text} » s’écrit NIVEAU=CLASSES/ÉLÈVES, par exemple E=5/120"
        ) from None
