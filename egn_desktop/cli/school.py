# SPDX-License-Identifier: GPL-3.0-or-later
"""``school``: shows who the school is, and fills it in."""

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from egn_desktop.cli.described import add_options, given
from egn_desktop.cli.parser import SubCommands, day
from egn_desktop.fields import fields_of
from egn_desktop.school.identity import SchoolFields

if TYPE_CHECKING:
    from datetime import date

    from egn_desktop.school.queries import Identity, LevelCount
    from egn_desktop.school.who import EquipmentOwner, Site
    from egn_desktop.services import Services

_BY_HAND = ("contract", "head_gender", "council_accord_on", "council_accord_reference")
"""What options of their own say, in words or in parts."""
_TOLD_APART = ("head_gender", "council_accord_on", "council_accord_reference")
"""What the lines of the identity do not say field by field."""
_CONTRACTS = {"public": "public", "prive": "private"}
_GENDERS = {"f": "feminine", "m": "masculine", "": ""}


def register(subcommands: SubCommands) -> None:
    """Add ``school``."""
    parser = subcommands.add("school", help="affiche l’identité, ou la renseigne", run=_school)
    add_options(parser, SchoolFields, but=_BY_HAND)
    parser.add_argument(
        "--contract", choices=_CONTRACTS, help="public, ou prive (privé sous contrat)"
    )
    parser.add_argument(
        "--head-gender",
        choices=_GENDERS,
        help="f ou m : comment appeler la personne qui dirige (directrice, proviseur…)",
    )
    parser.add_argument(
        "--owner",
        type=_owner,
        action="append",
        default=[],
        metavar="NATURE;NOM;REPRÉSENTANT;JJ/MM/AAAA;RÉFÉRENCE",
        help="à qui appartient le matériel : commune, syndicat, intercommunalite, departement, "
        "metropole, region, collectivite, organisme, etat, etablissement ou association ; qui le "
        "représente ; son accord pour les prêts. Ce qui suit la nature peut manquer. Peut être "
        "répété, et remplace alors tous les propriétaires",
    )
    parser.add_argument(
        "--site",
        type=_site,
        action="append",
        default=[],
        metavar="NOM;UAI;COMMUNE;NIVEAUX;PROPRIÉTAIRE",
        help="un autre lieu, ou une partie qui a son UAI : « Annexe;0430123A;Vorey;ME;"
        "Commune de Vorey ». Peut être répété, et remplace alors tous les sites",
    )
    parser.add_argument(
        "--council-accord",
        type=_council_accord,
        metavar="JJ/MM/AAAA;RÉFÉRENCE",
        help="quand le conseil d’administration a autorisé la signature des conventions de prêt",
    )
    parser.add_argument(
        "--annuaire",
        type=Path,
        metavar="FICHIER",
        help="remplit ce qui manque d’après l’UAI, dans le csv de l’annuaire de l’éducation",
    )
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
    said = given(options, SchoolFields, but=_BY_HAND) | _kinds(options)
    if said or options.level:
        services.school.save(_completed(services.school.identity(), said, options.level))
        print(f"L’identité de {services.school.identity().the_school} est enregistrée.")
    if options.annuaire:
        _fill_in(services, options.annuaire)
    _print(services.school.identity())


def _fill_in(services: "Services", path: Path) -> None:
    from egn_desktop.exchange.annuaire import look_up

    known = services.school.identity()
    listed = look_up(path, known.uai)
    done = listed.completing(known)
    services.school.save(_completed(done.identity, {}, []))
    print(done.told)
    if listed.is_closed:
        print("L’annuaire dit que cette école est fermée : vérifiez l’UAI.")


def _kinds(options: argparse.Namespace) -> dict[str, Any]:
    """Return what the options say that is no text."""
    from egn_desktop.school.who import Contract, HeadGender

    said: dict[str, Any] = {}
    if options.contract is not None:
        said["contract"] = Contract(_CONTRACTS[options.contract])
    if options.head_gender is not None:
        said["head_gender"] = HeadGender(_GENDERS[options.head_gender])
    if options.owner:
        said["owners"] = tuple(options.owner)
    if options.site:
        said["sites"] = tuple(options.site)
    if options.council_accord is not None:
        said["council_accord_on"], said["council_accord_reference"] = options.council_accord
    return said


def _completed(known: "Identity", said: dict[str, Any], levels: "list[LevelCount]") -> "Identity":
    """Return the identity with what is given, and what that proposes where nothing is known."""
    from egn_desktop.school.academies import academie_of_uai, zone_of_academie

    new = replace(known, **said)
    if levels:
        new = replace(new, levels=tuple(levels))
    if not new.academie and (academie := academie_of_uai(new.uai)):
        new = replace(new, academie=academie.name)
    if not new.holiday_zone and (zone := zone_of_academie(new.academie)):
        new = replace(new, holiday_zone=zone.id)
    if not new.risk_register_owner:
        new = replace(new, risk_register_owner=new.usual_who.risk_register_owner)
    return new


def _print(school: "Identity") -> None:
    from egn_desktop.french import count, short_date

    lines: list[tuple[str, str]] = []
    for field in fields_of(SchoolFields):
        if field.name not in _TOLD_APART:
            said = field.shown(getattr(school, field.name))
            lines.append((field.label, said or getattr(school.who, field.name, "")))
    for level in school.levels:
        figures = [
            count(value, word)
            for value, word in ((level.classes, "classe"), (level.pupils, "élève"))
            if value is not None
        ]
        lines.append((level.level.label, ", ".join(figures) or "sans effectif"))
    lines += [("Site", " · ".join(_site_words(site))) for site in school.sites]
    lines += [("Propriétaire", " · ".join(_owner_words(owner))) for owner in school.owners]
    if not school.owners:
        lines.append(("Propriétaire", f"{school.usual_owner.label} (proposé)"))
    if school.council_accord_on:
        said = (short_date(school.council_accord_on), school.council_accord_reference)
        lines.append(("Autorisation du conseil d’administration", " · ".join(filter(None, said))))
    width = max(len(label) for label, _ in lines)
    for label, value in lines:
        print(f"{label:<{width}}  {value or '—'}")
    if not school.levels:
        print("Aucun niveau. Pour les indiquer : egn-desktop school DOSSIER --level E=5/120")


def _site_words(site: "Site") -> list[str]:
    levels = ", ".join(level.label for level in site.levels)
    return [part for part in (site.name, site.uai, site.town, levels, site.owner) if part]


def _owner_words(owner: "EquipmentOwner") -> list[str]:
    from egn_desktop.french import short_date

    accord = f"accord du {short_date(owner.accord_on)}" if owner.accord_on else "accord à noter"
    said = (owner.kind.label, owner.name, owner.representative, accord, owner.accord_reference)
    return [part for part in said if part]


def _owner(text: str) -> "EquipmentOwner":
    from egn_desktop.school.who import EquipmentOwner
    from egn_desktop.school.words import Owner

    kind, name, representative, agreed_on, reference = _parts(text, 5)
    try:
        known = Owner(kind.lower())
    except ValueError:
        named = ", ".join(Owner)
        raise argparse.ArgumentTypeError(
            f"« {kind} » n’est pas une nature de propriétaire : {named}"
        ) from None
    accord = day(agreed_on) if agreed_on else None
    return EquipmentOwner(known, name, representative, accord, reference)


def _site(text: str) -> "Site":
    from egn_desktop.school.rules import Level
    from egn_desktop.school.who import Site

    name, uai, town, levels, owner = _parts(text, 5)
    try:
        return Site(name, uai, "", "", town, tuple(map(Level, levels.upper())), owner)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"« {levels} » : les niveaux s’écrivent avec les lettres M, E, C, L et P"
        ) from None


def _council_accord(text: str) -> "tuple[date, str]":
    agreed_on, reference = _parts(text, 2)
    return day(agreed_on), reference


def _parts(text: str, count: int) -> list[str]:
    """Return what stands between semicolons, the last part whole, missing ones empty."""
    found = [part.strip() for part in text.split(";", count - 1)]
    return found + [""] * (count - len(found))


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
