# SPDX-License-Identifier: GPL-3.0-or-later
"""The nouns of the register, each field described once: devices, pupils, staff, representatives.

A field that is added here is in the form, the list, the sheet, the import, the spreadsheet and the
command; its table gets its column (``model``), for which a step is to be written.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from egn_desktop.inventory.register.fields import Shape, columns_of, described, fields_of, listed
from egn_desktop.inventory.register.terms import Acquisition, Condition, DeviceKind, OwnerKind
from egn_desktop.personal import (
    NOBODY,
    OF_GUARDIAN,
    OF_OTHERS,
    OF_PUPIL,
    OF_STAFF,
    Personal,
    classified,
)


@dataclass(frozen=True, slots=True)
class DeviceFields:
    """What is known of a device wherever it is met: in a form, a file, a list."""

    asset_number: str = described(
        "",
        "N° d’inventaire",
        NOBODY,
        words="n inventaire, no inventaire, num inventaire, numero inventaire, "
        "code inventaire, reference inventaire, ref inventaire, inventaire, "
        "n immobilisation, numero immobilisation, numero, n, no, code barre, "
        "code barres, etiquette, n etiquette, numero etiquette, asset tag, identifiant, "
        "reference, ref, nom poste, nom machine",
        in_list=False,
    )
    kind: DeviceKind = described(
        DeviceKind.OTHER,
        "Type",
        NOBODY,
        choices=DeviceKind,
        words="type, type materiel, type appareil, type equipement, nature, nature materiel, "
        "categorie, famille, materiel, equipement, appareil, designation, libelle, "
        "description, article",
        in_list=False,
    )
    brand: str = described(
        "",
        "Marque",
        NOBODY,
        words="marque, constructeur, fabricant, marque appareil",
        in_list=False,
    )
    model: str = described(
        "",
        "Modèle",
        NOBODY,
        words="modele, marque modele, marque et modele, modele appareil, nom modele",
        in_list=False,
    )
    serial_number: str = described(
        "",
        "N° de série",
        NOBODY,
        words="n serie, no serie, num serie, numero serie, serie, ns, sn, s n, serial, "
        "serial number, service tag, imei, n imei, numero imei",
        option="--serial",
    )
    condition: Condition = described(
        Condition.GOOD,
        "Usure",
        NOBODY,
        choices=Condition,
        words="etat, etat materiel, etat appareil, etat general, condition, fonctionnement, statut",
    )
    place: str = described(
        "",
        "Emplacement",
        NOBODY,
        words="emplacement, lieu, salle, localisation, local, piece, range ou, rangement, "
        "affectation, classe",
    )
    owner: str = described(
        "",
        "Propriétaire",
        NOBODY,
        words="proprietaire, propriete, appartient a, organisme proprietaire, fourni par, "
        "collectivite, provenance, origine",
    )
    owner_kind: OwnerKind | None = described(
        None,
        "Nature du propriétaire",
        NOBODY,
        choices=OwnerKind,
        words="nature proprietaire, type proprietaire, categorie proprietaire",
        in_list=False,
    )
    funding: str = described(
        "",
        "Financement",
        NOBODY,
        words="financement, mode financement, source financement, financeur, finance par, "
        "paye par, subvention, budget, ligne budgetaire, programme, dispositif",
        placeholder="Budget, dotation, subvention…",
    )
    acquired_on: date | None = described(
        None,
        "Acquis le",
        NOBODY,
        Shape.DAY,
        words="acquis, date achat, date acquisition, achete, date mise en service, "
        "mise en service, date livraison, date reception, date facture, annee achat, "
        "annee acquisition, annee, date",
        option="--acquired",
    )
    acquired_by: Acquisition | None = described(
        None,
        "Mode d’acquisition",
        NOBODY,
        choices=Acquisition,
        words="mode acquisition, type acquisition, nature acquisition, acquisition, "
        "mode obtention, achat ou don, achat don, statut juridique",
    )
    refurbished: bool = described(
        False,
        "Reconditionné",
        NOBODY,
        Shape.YES_NO,
        words="reconditionne, reconditionnee, reemploi, occasion, seconde main, remploye",
    )
    value_cents: int | None = described(
        None,
        "Valeur",
        NOBODY,
        Shape.MONEY,
        words="valeur, valeur euros, valeur achat, valeur acquisition, prix achat, prix, prix ttc, "
        "prix unitaire, prix unitaire ttc, prix acquisition, cout achat, cout acquisition, cout, "
        "montant, montant ttc, purchase cost, hb purchase price",
        help="La convention de prêt la rappelle.",
        option="--value",
    )
    warranty_until: date | None = described(
        None,
        "Garanti jusqu’au",
        NOBODY,
        Shape.TERM,
        words="fin garantie, date fin garantie, garantie jusqu au, garanti jusqu au, "
        "sous garantie jusqu au, echeance garantie, garantie, duree garantie",
        sheet="Garantie",
        option="--warranty",
    )
    maintained_by: str = described(
        "",
        "Entretenu par",
        OF_OTHERS,
        words="maintenance, maintenance par, maintenu par, mainteneur, assistance, support, "
        "entretien, prestataire, prestataire maintenance, contact maintenance, "
        "qui depanne",
        placeholder="Service informatique, prestataire…",
    )
    data_until: date | None = described(
        None,
        "Forfait jusqu’au",
        NOBODY,
        Shape.TERM,
        words="fin forfait, date fin forfait, fin forfait data, fin abonnement, date fin "
        "abonnement, echeance forfait, echeance abonnement, expiration forfait, abonnement jusqu "
        "au, validite forfait, validite carte sim, fin engagement, forfait, abonnement",
        help="De la clé, du routeur ou de la carte SIM : fini, il ne compte plus comme connexion.",
        sheet="Forfait",
    )
    notes: str = described(
        "",
        "Remarques",
        NOBODY,
        Shape.LINES,
        words="remarques, remarque, observations, observation, commentaires, commentaire, "
        "notes, note",
        in_list=False,
    )


@dataclass(frozen=True, slots=True)
class DeviceInput(DeviceFields):
    """One device as a form or a file gives it.

    An accessory with a number of its own bears it in its name ("clé 4G n° 8933150").
    """

    accessories: tuple[str, ...] = described(
        (),
        "Accessoires",
        NOBODY,
        Shape.NAMES,
        words="accessoires, accessoire, fourni avec, accessoires fournis, peripheriques",
        option="--accessory",
    )


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
    )
    phone: str = described(
        "",
        "Téléphone",
        OF_GUARDIAN,
        words="telephone portable, tel portable, portable, telephone mobile, mobile, "
        "telephone, telephone responsable, tel, tel responsable",
    )
    address: str = described(
        "",
        "Adresse",
        OF_GUARDIAN,
        words="adresse responsable, adresse, adresse postale, adresse 1, adresse1, rue",
    )


@dataclass(frozen=True, slots=True)
class GuardianInput(GuardianFields):
    """One legal representative, as a form or a file gives it."""


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

    guardians: tuple[GuardianInput, ...] = ()


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
    )
    phone: str = described(
        "",
        "Téléphone",
        OF_STAFF,
        words="telephone, telephone portable, tel, portable, mobile, numero telephone, "
        "n telephone, telephone professionnel",
    )


@dataclass(frozen=True, slots=True)
class StaffInput(StaffFields):
    """Somebody of the staff, as a form or a file gives it."""


NOUNS: Final[Mapping[str, tuple[type[Any], ...]]] = {
    "device": (DeviceInput,),
    "borrower": (PupilInput, StaffInput),
    "guardian": (GuardianInput,),
}
"""What each table holds of which nouns; pupils and staff share theirs."""


def personal_columns(table: str) -> Mapping[str, Personal]:
    """Return the columns of a table, described or not, and what each is to people."""
    found = dict(classified(table))
    for noun in NOUNS.get(table, ()):
        kept = columns_of(noun)
        found |= {one.name: one.personal for one in fields_of(noun) if one.name in kept}
    return found


def fields_told(*, line: str = "", limit: str = "") -> str:
    """Return the described fields that a line of the register, or a limit, is about, in French."""
    return listed(
        field
        for nouns in NOUNS.values()
        for noun in nouns
        for field in fields_of(noun)
        if (line and field.personal.line == line) or (limit and field.personal.limit == limit)
    )
