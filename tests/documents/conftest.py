# SPDX-License-Identifier: GPL-3.0-or-later
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from egn_desktop.documents.blocks import (
    Bar,
    Bars,
    Both,
    Bullets,
    Callout,
    Chip,
    CodeGroups,
    Column,
    Document,
    Facts,
    Figures,
    Foreign,
    Heading,
    PageBreak,
    Paragraph,
    QrCode,
    SideBySide,
    SignatureBox,
    Signatures,
    Strong,
    Table,
    Text,
    Together,
    WriteLines,
)

Poppler = Callable[..., str]


@pytest.fixture
def poppler(tmp_path: Path) -> Poppler:
    """Runs one of poppler's programs on a PDF's bytes and returns what it prints."""

    def run(program: str, pdf: bytes, *options: str) -> str:
        file = tmp_path / "document.pdf"
        file.write_bytes(pdf)
        command = [program, *options, str(file), *(["-"] if program == "pdftotext" else [])]
        done = subprocess.run(command, capture_output=True, check=True)
        assert not done.stderr, done.stderr
        return done.stdout.decode()

    return run


STATES = (
    Chip("Conforme", "good"),
    Chip("À compléter", "attention"),
    Chip("Absent", "bad"),
    Chip("Sans objet"),
)
LONG = (
    "L’école dispose d’un équipement numérique réparti entre les classes, la salle des maîtres et "
    "la bibliothèque. Les enseignants peuvent l’utiliser pendant le temps scolaire ; les familles "
    "sont informées des règles de prêt à la rentrée. "
)


def long_table(rows: int) -> Table:
    return Table(
        columns=(
            Column("Critère", 3),
            Column("Constat", 2.4),
            Column("Part", 0.8, "right"),
            Column("État", 1.3),
        ),
        rows=[
            (
                f"Critère {row} : accès au réseau dans chaque salle de classe",
                "Deux salles sur cinq" if row % 3 else LONG[:90],
                f"{row * 7 % 100} %",
                STATES[row % 4],
            )
            for row in range(1, rows + 1)
        ],
        caption="Réponses par critère",
        row_headers=True,
    )


def arabic(text: Text) -> Foreign:
    return Foreign(text, "ar", right_to_left=True)


@pytest.fixture
def every_block() -> Document:
    """A document with each kind of block, hostile words and a table of three pages."""
    return Document(
        title="Audit du socle numérique de l’école",
        subtitle="École élémentaire Jean-Moulin, 5 classes, 118 élèves",
        school="École Jean-Moulin, Saint-Étienne-du-Bois",
        reference="Version 1 adoptée le 12/10/2026",
        printed_on="24 novembre 2026",
        subject="Audit",
        keywords=("école", "socle numérique"),
        contents=True,
        blocks=[
            Heading("Synthèse"),
            Paragraph(LONG, "lead"),
            Figures([("72 %", "du socle atteint"), ("18", "écarts"), ("1 240 €", "à financer")]),
            Paragraph(["Trois points ", Strong("demandent une décision"), " avant les vacances :"]),
            Bullets(["le pare-feu ; ", ["la ", Strong("sauvegarde"), " des dossiers"], LONG * 2]),
            Bullets(["Recenser", "Commander", "Installer"], ordered=True),
            Bullets(["Registre à jour", "Charte signée"], checks=True),
            Callout(LONG, "À faire d’abord", "attention"),
            Callout("Rien à signaler.", tone="good"),
            Callout("Le dossier n’a pas de sauvegarde.", tone="bad"),
            Callout("Conservez cette feuille hors de l’école.", "À savoir"),
            Callout("Une remarque.", tone="neutral"),
            Heading("Détail"),
            Heading("Réponses", 2),
            long_table(60),
            Table(
                [Column("Appareil"), Column("N°", 0.5), Column("Prêté à")],
                [["Ordinateur portable", "12", "M. <b>Ça & là</b>"], ["Tablette", "7"]],
                small=True,
            ),
            Heading("Par domaine", 2),
            Bars(
                [
                    Bar("Équipement des classes", 0.62, 0.84, "62 à 84 %"),
                    Bar("Réseau", 0.4, 0.4, "40 %"),
                    Bar("Services numériques et espace numérique de travail", 0, 0.3, "0 à 30 %"),
                    Bar("Usages", 1, 1, "100 %"),
                ],
                alt="Équipement 62 à 84 %, réseau 40 %, services 0 à 30 %, usages 100 %.",
            ),
            Facts([("Adresse", "3, rue des Écoles"), ("Direction", ["Mme ", Strong("Œuvrard")])]),
            Heading("Noms difficiles", 3),
            Paragraph("<b>&amp; O'Neil \u0000\u0007 😀 محمد \ud800 e\u0301 \u200dfin " + "x" * 400),
            Paragraph("Une note.", "muted"),
            Heading("Clé de secours"),
            CodeGroups(["ABCD2", "EF0O1", "L1I7K", "Z2S5B", "QR8B3", "XX9Y4"]),
            QrCode("egn:" + "A1" * 30, "Code QR de la clé de secours"),
            WriteLines(3, "Observations"),
            Together([Heading("Accord", 2), Paragraph("Lu et approuvé.")]),
            Signatures(
                [
                    SignatureBox("La directrice", "Mme Œuvrard"),
                    SignatureBox("Le parent", note="Précédée de « lu et approuvé »"),
                    SignatureBox("La mairie"),
                    SignatureBox("Le témoin"),
                ]
            ),
            Heading("Entre", beside=arabic("بين")),
            SideBySide(
                ("Français", arabic("العربية")),
                [(["Objet. ", Strong("Gratuit.")], arabic(["الموضوع. ", Strong("مجانا.")]))] * 40,
                large=True,
            ),
            Paragraph(arabic("النص الفرنسي هو المعتمد.")),
            Facts([("L’élève", "Inès")], [Foreign("The pupil", "en")]),
            Table(
                [Column("Élément", below=arabic("العنصر")), Column("État")],
                [[Both("Bon état", arabic("حالة جيدة")), "remis"]],
            ),
            Signatures([SignatureBox("Le parent", below=(arabic("الممثل القانوني"),))]),
            PageBreak(),
            Heading("Annexe"),
            Paragraph(LONG * 40),
        ],
    )


@pytest.fixture
def short(every_block: Document) -> Document:
    """A document of a few words, to be given other blocks."""
    return replace(every_block, contents=False, blocks=[Paragraph("Bonjour.")])
