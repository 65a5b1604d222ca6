# SPDX-License-Identifier: GPL-3.0-or-later
"""The recovery sheet: one page that opens the dossier when the computer is gone."""

from egn_desktop import french
from egn_desktop.documents.blocks import (
    Block,
    Bullets,
    Callout,
    CodeGroups,
    Document,
    Facts,
    Heading,
    QrCode,
    Together,
    WriteLines,
)
from egn_desktop.dossier import Dossier, Protection, recovery
from egn_desktop.school.queries import Identity, identity


def recovery_sheet(dossier: Dossier, _key: str) -> Document:
    """Return the sheet with the code that opens this dossier."""
    school = identity(dossier)
    by_passphrase = dossier.protection is Protection.PASSPHRASE
    return Document(
        title="Fiche de secours",
        subtitle="Le code de cette page ouvre votre dossier numérique",
        school=school.footer,
        printed_on=french.long_date(dossier.today()),
        reference=f"Dossier {_short_id(dossier)}",
        subject="Code de secours du dossier EGN Desktop",
        author=school.head,
        blocks=(
            Callout(
                "Avec cette page et le fichier, n’importe qui peut lire les noms des élèves et de "
                f"leurs familles ; sans elle ni {_otherwise(by_passphrase)}, personne ne le peut, "
                "pas même les auteurs du logiciel. Rangez-la sous clé, loin de l’ordinateur. Ne la "
                "photographiez pas, ne l’envoyez pas par courriel.",
                title="À garder comme une clé",
                tone="attention",
            ),
            Facts(_facts(dossier, school)),
            *_code(dossier),
            Heading("Comment s’en servir"),
            Bullets(
                (
                    "Installez EGN Desktop, puis choisissez « Ouvrir un dossier » ; si le fichier "
                    "est perdu, choisissez « Restaurer une sauvegarde ».",
                    "Quand le logiciel demande "
                    + (
                        "la phrase de passe, recopiez à sa place"
                        if by_passphrase
                        else "le code, recopiez"
                    )
                    + " les groupes dans l’ordre. Majuscules, espaces et tirets ne comptent pas ; "
                    "un groupe mal recopié est signalé.",
                    "Si cette feuille a été vue ou perdue, changez "
                    + ("la phrase de passe" if by_passphrase else "le code")
                    + " dans les réglages et imprimez une nouvelle fiche : celle-ci n’ouvrira "
                    "plus le dossier ni, quand elles auront suivi, ses sauvegardes.",
                ),
                ordered=True,
            ),
            WriteLines(1, label="Où sont rangés les exemplaires, et qui le sait"),
        ),
    )


def _otherwise(by_passphrase: bool) -> str:
    """Return what else opens the dossier."""
    return "la phrase de passe" if by_passphrase else "l’ordinateur"


def _code(dossier: Dossier) -> tuple[Block, ...]:
    return (
        Heading("Code de secours"),
        Together(
            (
                CodeGroups(recovery.groups_of(dossier.key), per_line=7),
                QrCode(
                    recovery.code_of(dossier.key),
                    alt="Le même code de secours, à lire avec un appareil photo.",
                    size_mm=28,
                ),
            )
        ),
    )


def _facts(dossier: Dossier, school: Identity) -> list[tuple[str, str]]:
    facts = [
        (
            school.words["School_noun"],
            ", ".join(part for part in (school.name, school.town, school.uai) if part),
        ),
        ("Fichier", dossier.path.name),
        ("Identifiant du dossier", _short_id(dossier)),
    ]
    return [(label, value) for label, value in facts if value]


def _short_id(dossier: Dossier) -> str:
    """Return enough of the id to tell two dossiers apart by eye."""
    return f"{dossier.dossier_id[:4]} {dossier.dossier_id[4:8]}".upper()
