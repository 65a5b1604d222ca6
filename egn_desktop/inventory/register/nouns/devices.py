# SPDX-License-Identifier: GPL-3.0-or-later
"""What is known of a device."""

from dataclasses import dataclass
from datetime import date

from egn_desktop.fields import Shape, described
from egn_desktop.inventory.register.terms import Acquisition, Condition, DeviceKind, OwnerKind
from egn_desktop.personal import NOBODY, OF_OTHERS


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
