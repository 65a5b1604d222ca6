# SPDX-License-Identifier: GPL-3.0-or-later
"""What stands in place of each list of the page while there is nothing in it."""

from egn_desktop.dossier import Dossier
from egn_desktop.inventory.lending.queries.needs import needs_summary
from egn_desktop.inventory.register.terms import BorrowerKind
from egn_desktop.inventory.stock.queries.devices import stock
from egn_desktop.ui.pages.loans.leading import Lead
from egn_desktop.ui.pages.loans.targets import Borrower, Device, Import
from egn_desktop.ui.widgets.empty import EmptyState


def no_loan() -> EmptyState:
    """Return what the register shows without a loan; ``why_no_loan`` has its words."""
    return EmptyState(
        "loans",
        "",
        "",
        Lead("Importer le matériel", Import("devices"), "plain", "import"),
        Lead("Importer les élèves", Import("pupils"), "plain", "import"),
    )


def no_device() -> EmptyState:
    """Return what the stock shows without a device."""
    return EmptyState(
        "loans",
        "Aucun appareil dans l’inventaire",
        "L’inventaire dit ce qui peut être prêté, et où est chaque appareil. Importez "
        "votre liste (xlsx, ods ou csv), ou ajoutez un premier appareil.",
        Lead("Importer le matériel", Import("devices"), "plain", "import"),
        Lead("Ajouter un appareil", Device(), "plain", "plus"),
    )


def no_pupil() -> EmptyState:
    """Return what the pupils' list shows without a pupil."""
    return EmptyState(
        "pupils",
        "Aucun élève dans la liste",
        "Avec la liste des élèves, un prêt se fait en quelques secondes et la convention "
        "s’imprime déjà remplie. Importez l’extraction d’ONDE ou de votre logiciel.",
        Lead("Importer les élèves", Import("pupils"), "plain", "import"),
        Lead("Ajouter un élève", Borrower(BorrowerKind.PUPIL), "plain", "plus"),
    )


def no_staff() -> EmptyState:
    """Return what the staff's list shows without anybody."""
    return EmptyState(
        "person",
        "Personne dans la liste du personnel",
        "Une enseignante qui fait classe à distance a besoin d’un appareil aussi : le registre "
        "dit qui a quoi. Ajoutez une personne, ou importez un tableau (nom, prénom, fonction).",
        Lead("Ajouter une personne", Borrower(BorrowerKind.STAFF), "plain", "plus"),
        Lead("Importer le personnel", Import("staff"), "plain", "import"),
    )


def no_need() -> EmptyState:
    """Return what the waiting list shows without anybody; ``why_nobody_waits`` has its words."""
    return EmptyState("pupils", "", "")


def why_no_loan(dossier: Dossier) -> tuple[str, str]:
    """Return the words of an empty register."""
    if stock(dossier).available:
        return (
            "Aucun prêt en cours",
            (
                "Scannez l’étiquette d’un appareil, ou choisissez « Nouveau prêt » : la "
                "convention s’imprime aussitôt. Le jour d’une fermeture, chaque minute compte."
            ),
        )
    return (
        "Prêtez votre premier appareil",
        (
            "Le registre dit quel élève a quoi et jusqu’à quand. Pour commencer, faites entrer "
            "le matériel et les élèves : deux fichiers que vous avez déjà."
        ),
    )


def why_nobody_waits(dossier: Dossier) -> tuple[str, str]:
    """Return the words of an empty waiting list."""
    if needs_summary(dossier).surveyed:
        return (
            "Personne n’attend",
            "Chaque élève dont le besoin est noté a l’appareil ou la connexion qu’il faut.",
        )
    return (
        "Aucun besoin noté pour l’instant",
        (
            "Ouvrez un élève et choisissez « Noter ses besoins » : qui n’a ni ordinateur ni "
            "connexion apparaît ici, du plus au moins prioritaire."
        ),
    )
