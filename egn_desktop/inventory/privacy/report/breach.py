# SPDX-License-Identifier: GPL-3.0-or-later
"""The sheet to take out when personal data has leaked, is lost or was altered."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from egn_desktop import french
from egn_desktop.documents.blocks import (
    Block,
    Bullets,
    Callout,
    Document,
    Facts,
    Heading,
    Paragraph,
    SignatureBox,
    Signatures,
    Strong,
    WriteLines,
)
from egn_desktop.dossier import Dossier
from egn_desktop.inventory.privacy.notices import breach_steps
from egn_desktop.inventory.privacy.report.notices import filled_words, texts_followed
from egn_desktop.school.queries import identity

PARTS: Final = {
    "hour": "Dans l’heure",
    "days": "Dans les 72 heures",
}
# What article 33, paragraph 3, asks a notification to say.
TO_FILL: Final[Sequence[tuple[str, int]]] = (
    ("Constatée le, à quelle heure, par qui", 1),
    ("Ce qui s’est passé (perte, vol, envoi à tort, attaque, erreur)", 2),
    ("Quelles données, de combien de personnes", 2),
    ("Étaient-elles chiffrées, et le secret est-il parti avec elles ?", 1),
    ("Suites probables pour ces personnes", 1),
    ("Ce qui est fait, et ce qui reste à faire", 2),
    ("Prévenus (qui, par qui, jour et heure)", 2),
    ("Notifiée à la CNIL le, ou raison de ne pas le faire", 1),
)


def breach_sheet(dossier: Dossier, _key: str) -> Document:
    """Return what to do, whom to call, and the lines to fill in."""
    school = identity(dossier)
    values = filled_words(school, ())
    return Document(
        title="Violation de données : que faire",
        subtitle="Données perdues, vues par qui ne devait pas, ou faussées",
        school=school.footer,
        printed_on=french.long_date(dossier.today()),
        reference=f"Fiche au {french.short_date(dossier.today())}",
        subject="Violation de données à caractère personnel, règlement (UE) 2016/679, articles 33 "
        "et 34",
        author=school.head,
        blocks=(
            Callout(
                (
                    "Un poste volé, un papier égaré, un message mal adressé : ",
                    Strong("dites-le tout de suite"),
                    ", même dans le doute.",
                ),
                title="Le délai est de 72 heures",
                tone="attention",
            ),
            Facts(
                [
                    ("Responsable du traitement", values["controller"]),
                    ("Délégué à la protection des données", values["dpo"]),
                    ("Aide en cas d’attaque", "17Cyber, 17cyber.gouv.fr"),
                ]
            ),
            *_steps(values),
            Heading("À remplir et à remettre au responsable du traitement"),
            *(WriteLines(count, label) for label, count in TO_FILL),
            Signatures([SignatureBox(school.head_role, school.head)]),
            Paragraph(texts_followed(breach_steps()), style="muted"),
        ),
    )


def _steps(values: Mapping[str, str]) -> Iterator[Block]:
    for part, title in PARTS.items():
        yield Heading(title)
        yield Bullets(
            [step.text.format_map(values) for step in breach_steps() if step.part == part],
            checks=True,
        )
