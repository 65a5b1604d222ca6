# SPDX-License-Identifier: GPL-3.0-or-later
"""What is known of pupils, of their representatives, of who works at the school."""

from dataclasses import dataclass
from datetime import date

from egn_desktop.fields import Shape, described
from egn_desktop.personal import OF_GUARDIAN, OF_PUPIL, OF_STAFF
from egn_desktop.spelling import EMAIL, PHONE


@dataclass(frozen=True, slots=True)
class GuardianFields:
    """What is known of a legal representative, of one pupil or of several."""

    title: str = described(
        "",
        "Civilité",
        OF_GUARDIAN,
        words="civilite responsable, civilite, civilite resp",
    )
    last_name: str = described(
        "",
        "Nom",
        OF_GUARDIAN,
        words="nom responsable, nom famille responsable, nom responsable legal, "
        "nom resp legal, nom parent, nom famille, nom",
    )
    first_name: str = described(
        "",
        "Prénom",
        OF_GUARDIAN,
        words="prenom responsable, prenom responsable legal, prenom resp legal, prenom parent, "
        "prenom",
    )
    email: str = described(
        "",
        "Courriel",
        OF_GUARDIAN,
        words="courriel, courriel responsable, mail, e mail, email, adresse mail, "
        "adresse courriel, adresse electronique, mel, mail responsable, email responsable",
        spelling=EMAIL,
    )
    phone: str = described(
        "",
        "Téléphone",
        OF_GUARDIAN,
        words="telephone portable, tel portable, portable, telephone mobile, mobile, "
        "telephone, telephone responsable, tel, tel responsable",
        spelling=PHONE,
    )
    address: str = described(
        "",
        "Adresse",
        OF_GUARDIAN,
        words="adresse responsable, adresse, adresse postale, adresse 1, adresse1, rue",
    )


@dataclass(frozen=True, slots=True)
class PupilFields:
    """What is known of a pupil; the INE is the national number, never required."""

    last_name: str = described(
        "",
        "Nom",
        OF_PUPIL,
        words="nom eleve, nom famille eleve, nom famille, nom naissance, nom naissance eleve, "
        "nom patronymique, nom, noms, last name",
        in_list=False,
    )
    first_name: str = described(
        "",
        "Prénom",
        OF_PUPIL,
        words="prenom eleve, prenom usage, prenom usuel, prenom, prenoms, premier prenom, "
        "prenom 1, prenom1, prenoms eleve, first name",
        in_list=False,
    )
    usual_name: str = described(
        "",
        "Nom d’usage",
        OF_PUPIL,
        words="nom usage eleve, nom usage, nom usuel, nom usuel eleve",
        key="nom_usage",
        in_list=False,
    )
    born_on: date | None = described(
        None,
        "Date de naissance",
        OF_PUPIL,
        Shape.DAY,
        words="date naissance, date naissance eleve, ne e le, ne le, nee le, ne nee le, "
        "naissance, date naiss, ddn",
        key="ne_le",
        is_past=True,
    )
    ine: str = described(
        "",
        "INE",
        OF_PUPIL,
        words="ine, ine eleve, numero ine, n ine, no ine, numero national, n national, "
        "identifiant national, identifiant national eleve, id national",
        help="Facultatif. Sert seulement à reconnaître l’élève d’un import à l’autre.",
        in_list=False,
    )
    school_class: str = described(
        "",
        "Classe",
        OF_PUPIL,
        words="libelle classe, classe, classes, nom classe, classe eleve, division, divisions, "
        "libelle division, lib structure, libelle structure, structure, code structure, "
        "identifiant classe, id classe, niveau",
    )


@dataclass(frozen=True, slots=True)
class PupilInput(PupilFields):
    """One pupil as a form or a file gives it."""

    guardians: tuple[GuardianFields, ...] = ()


@dataclass(frozen=True, slots=True)
class StaffFields:
    """What is known of somebody who works at the school."""

    last_name: str = described(
        "",
        "Nom",
        OF_STAFF,
        words="nom, nom usage, nom usuel, nom famille, nom patronymique, noms, nom agent, "
        "nom enseignant, last name",
        in_list=False,
    )
    first_name: str = described(
        "",
        "Prénom",
        OF_STAFF,
        words="prenom, prenoms, prenom usuel, prenom usage, prenom agent, prenom enseignant, "
        "first name",
        in_list=False,
    )
    duty: str = described(
        "",
        "Fonction",
        OF_STAFF,
        words="fonction, fonctions, poste, emploi, qualite, discipline, matiere, service, "
        "role, statut",
        help="Par exemple : enseignante, CE1 ; AESH ; secrétariat.",
    )
    email: str = described(
        "",
        "Courriel",
        OF_STAFF,
        words="courriel, courriel professionnel, adresse courriel, adresse electronique, mail, "
        "e mail, email, mail professionnel, adresse mail, adresse e mail, mel",
        spelling=EMAIL,
    )
    phone: str = described(
        "",
        "Téléphone",
        OF_STAFF,
        words="telephone, telephone portable, tel, portable, mobile, numero telephone, "
        "n telephone, telephone professionnel",
        spelling=PHONE,
    )
