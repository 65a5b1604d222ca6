# SPDX-License-Identifier: GPL-3.0-or-later
"""Invented people: plausible French class lists, the same at each build."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

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
TEACHERS = tuple(one.name.split(" ", 1)[1] for one in CLASSES)


@dataclass(frozen=True, slots=True)
class PupilOfDemo:
    """One invented pupil with one guardian."""

    last_name: str
    first_name: str
    born_on: date
    class_name: str
    guardian: str
    phone: str
    email: str


def pupils(chance: Random, school_year: int) -> list[PupilOfDemo]:
    """Return 190 pupils in 8 classes; no two share name and first name.

    Args:
        school_year: the year in which the school year starts.
    """
    pairs = [(last.replace("~", " "), first) for last in LAST_NAMES for first in FIRST_NAMES]
    chance.shuffle(pairs)
    drawn = iter(pairs)
    return [
        _pupil(chance, next(drawn), group, school_year, number)
        for number, group in enumerate(group for group in CLASSES for _ in range(group.size))
    ]


def _pupil(
    chance: Random, names: tuple[str, str], group: ClassOfDemo, school_year: int, number: int
) -> PupilOfDemo:
    last_name, first_name = names
    born_on = date(school_year - group.age, 1, 1) + timedelta(days=chance.randrange(365))
    guardian = chance.choice(FIRST_NAMES)
    # Numbers that the regulator keeps for fiction: 06 39 98 00 00 to 99 99.
    phone = f"06 39 98 {chance.randrange(100):02} {chance.randrange(100):02}"
    return PupilOfDemo(
        last_name,
        first_name,
        born_on,
        group.name,
        f"{guardian} {last_name}",
        phone,
        f"famille{number}@exemple.fr",
    )
