# SPDX-License-Identifier: GPL-3.0-or-later
"""Invented people: plausible French class lists, the same at each build."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from egn_desktop.inventory.register.nouns import GuardianFields, PupilInput

LAST_NAMES = [
    "Benali",
    "Diallo",
    "Le~Goff",
    "García-López",
    "Traoré",
    "Lefèvre",
    "Çelik",
    "Müller",
    "Nguyen",
    "Haddad",
    "Noël",
    "Caron",
    "Ferrand",
    "Joly",
    "Vidal",
    "Perrin",
    "Aubry",
    "Colin",
    "Martin",
    "Bernard",
    "Dubois",
    "Moreau",
    "Laurent",
    "Simon",
    "Michel",
    "Garnier",
    "Faure",
    "Rousseau",
    "Blanchard",
    "Guérin",
    "Chevalier",
    "Boyer",
    "Mercier",
    "Marchand",
    "Dufour",
    "Meunier",
    "Brun",
    "Blanchet",
    "Lemoine",
    "Picard",
    "Roger",
    "Schmitt",
    "Leclercq",
    "Gaillard",
    "Renaud",
    "Hubert",
    "Rivière",
    "Arnaud",
    "Barbier",
    "Charpentier",
    "D’Angelo",
    "Ndiaye",
    "Konaté",
    "Pham",
    "Kowalski",
    "Öztürk",
    "Fernandes",
    "Da~Silva",
    "El~Amrani",
]
FIRST_NAMES = [
    "Inès",
    "Adam",
    "Malo",
    "Zoé",
    "Noé",
    "Anaïs",
    "Lina",
    "Théo",
    "Jade",
    "Rose",
    "Tom",
    "Léa",
    "Maëlys",
    "Yasmine",
    "Chloé",
    "Gabriel",
    "Louise",
    "Hugo",
    "Emma",
    "Raphaël",
    "Alice",
    "Jules",
    "Manon",
    "Arthur",
    "Camille",
    "Sacha",
    "Éléonore",
    "Nathan",
    "Océane",
    "Ethan",
    "Clémence",
    "Aaron",
    "Agathe",
    "Samuel",
    "Margaux",
    "Élie",
    "Capucine",
    "Naël",
    "Romane",
    "Côme",
    "Apolline",
    "Mohamed",
    "Juliette",
    "Amadou",
    "Victoire",
    "Ilyès",
    "Salomé",
    "Eliott",
    "Aminata",
    "Maxence",
]


@dataclass(frozen=True, slots=True)
class ClassOfDemo:
    """One class: its name, its level, the age of its youngest pupils and how many there are."""

    name: str
    first_degree_level: str
    age: int
    size: int


CLASSES = (
    ClassOfDemo("PS-MS Mme Caron", "PS", 3, 25),
    ClassOfDemo("GS M. Ferrand", "GS", 5, 23),
    ClassOfDemo("CP Mme Joly", "CP", 6, 22),
    ClassOfDemo("CE1 Mme Vidal", "CE1", 7, 24),
    ClassOfDemo("CE2 M. Perrin", "CE2", 8, 24),
    ClassOfDemo("CM1 Mme Aubry", "CM1", 9, 25),
    ClassOfDemo("CM1-CM2 Mme Roussel", "CM1", 9, 22),
    ClassOfDemo("CM2 M. Colin", "CM2", 10, 25),
)
TEACHERS = tuple(school_class.name.split(" ", 1)[1] for school_class in CLASSES)
CAME_FROM: tuple[int | None, ...] = (None, 0, 1, 2, 3, 4, 5, 6)
"""For each class, the place in ``CLASSES`` of the one before it."""
ADULTS = (
    ("Mme", "Nathalie"),
    ("Mme", "Sandrine"),
    ("M.", "Karim"),
    ("M.", "Thomas"),
    ("Mme", "Fatou"),
    ("Mme", "Élodie"),
    ("M.", "Mehdi"),
    ("Mme", "Aurélie"),
    ("M.", "Nicolas"),
    ("Mme", "Stéphanie"),
    ("M.", "David"),
    ("Mme", "Céline"),
    ("M.", "Julien"),
    ("Mme", "Samira"),
    ("M.", "Laurent"),
    ("Mme", "Émilie"),
    ("M.", "Bruno"),
    ("Mme", "Mélanie"),
    ("M.", "Yann"),
    ("Mme", "Sylvie"),
)
STREETS = (
    "rue des Écoles",
    "rue du Marché",
    "avenue de la Gare",
    "chemin des Sucs",
    "impasse des Tilleuls",
    "place de la Mairie",
    "route du Puy",
    "allée des Genêts",
)
_WITH_TWO_GUARDIANS = 0.4


def pupils(chance: Random, school_year: int) -> list[PupilInput]:
    """Return 190 pupils in 8 classes; no two share name and first name.

    Args:
        school_year: the year in which the school year starts.
    """
    pairs = [(last.replace("~", " "), first) for last in LAST_NAMES for first in FIRST_NAMES]
    chance.shuffle(pairs)
    drawn = iter(pairs)
    return [
        _pupil(chance, next(drawn), group, school_year)
        for group in CLASSES
        for _ in range(group.size)
    ]


def class_before(name: str) -> str:
    """Return the class in which most of a class's pupils were a year earlier; empty for none."""
    names = [school_class.name for school_class in CLASSES]
    before = CAME_FROM[names.index(name)]
    return "" if before is None else names[before]


def _pupil(
    chance: Random, names: tuple[str, str], group: ClassOfDemo, school_year: int
) -> PupilInput:
    last_name, first_name = names
    street = f"{chance.randrange(1, 60)} {chance.choice(STREETS)}, 43200 Yssingeaux"
    adults = chance.sample(ADULTS, 2 if chance.random() < _WITH_TWO_GUARDIANS else 1)
    return PupilInput(
        last_name=last_name,
        first_name=first_name,
        born_on=date(school_year - group.age, 1, 1) + timedelta(days=chance.randrange(365)),
        school_class=group.name,
        guardians=tuple(_guardian(chance, adult, last_name, street) for adult in adults),
    )


def _guardian(
    chance: Random, adult: tuple[str, str], last_name: str, address: str
) -> GuardianFields:
    title, first_name = adult
    number = chance.randrange(10_000)
    return GuardianFields(
        title=title,
        last_name=last_name,
        first_name=first_name,
        email=f"famille{number:04}@exemple.fr",
        # Numbers that the regulator keeps for fiction: 06 39 98 00 00 to 99 99.
        phone=f"06 39 98 {number // 100:02} {number % 100:02}",
        address=address,
    )
