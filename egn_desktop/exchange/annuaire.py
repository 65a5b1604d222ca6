# SPDX-License-Identifier: GPL-3.0-or-later
"""The open directory of schools (annuaire de l'éducation): what it says of one UAI.

Its csv has 66,000 lines and some tens of megabytes. The lines that hold the UAI are picked out as
bytes, and only these, below the titles, are given to the child that reads tables.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from egn_desktop import spelling
from egn_desktop.collation import fold
from egn_desktop.errors import UserError
from egn_desktop.exchange.reading import read_part
from egn_desktop.exchange.titles import Recogniser, header_word
from egn_desktop.fields import fields_of
from egn_desktop.sandbox.watch import still_wanted
from egn_desktop.school.identity import SchoolFields
from egn_desktop.school.queries import Identity, LevelCount
from egn_desktop.school.rules import Level, normal_uai, uai_problem
from egn_desktop.school.who import Contract

LARGEST: Final = 300 * 1024 * 1024
"""How many bytes are looked through: our own limit, some times the file's."""
LONGEST_LINE: Final = 1 << 16
MOST_SITES: Final = 50
UNDER_CONTRACT: Final = frozenset({"10", "20", "30", "31", "40", "41", "60"})

UAI, NAME, TOWN = "identifiant de l etablissement", "nom etablissement", "nom commune"
LABELS: Final = {
    **{field.name: field.lower_label for field in fields_of(SchoolFields)},
    "levels": "niveaux",
}
_NATURES: Final = {
    "101": "M",
    "151": "E",
    "300": "L",
    "301": "L",
    "302": "L",
    "306": "LP",
    "320": "P",
    "340": "C",
}
_FLAGS: Final = (
    ("ecole maternelle", "M"),
    ("ecole elementaire", "E"),
    ("voie generale", "L"),
    ("voie technologique", "L"),
    ("voie professionnelle", "P"),
)


@dataclass(frozen=True, slots=True)
class Listed:
    """What the directory says of a school.

    Attributes:
        fields: fields of the identity that it fills.
        is_closed: whether it says that the school is closed.
    """

    fields: dict[str, Any]
    is_closed: bool

    def completing(self, known: Identity) -> "Completed":
        """Return the identity with what is not known of it yet; what is known stays."""
        news, others = dict[str, Any](), list[str]()
        for name, value in self.fields.items():
            has = getattr(known, name)
            if name == "levels":
                same = {count.level for count in has} == {part.level for part in value}
            else:
                same = has == value
            if not has or (name == "contract" and not known.name):
                news[name] = value
            elif not same:
                others.append(LABELS[name])
        return Completed(
            replace(known, **news), tuple(LABELS[name] for name in news), tuple(others)
        )


@dataclass(frozen=True, slots=True)
class Completed:
    """The identity as the directory completes it; what was filled, and what it says otherwise."""

    identity: Identity
    filled: tuple[str, ...]
    otherwise: tuple[str, ...]

    @property
    def told(self) -> str:
        """What was done, in French."""
        said = f"Rempli : {', '.join(self.filled)}." if self.filled else "Rien à remplir."
        if self.otherwise:
            said += " Gardé comme vous l’avez écrit, autre dans l’annuaire : "
            said += f"{', '.join(self.otherwise)}."
        return said


def look_up(path: Path, uai: str) -> Listed:
    """Return what a file of the directory says of a UAI.

    Raises:
        UserError: the UAI is wrong or not in it, or the file is no such directory.
    """
    uai = normal_uai(uai)
    if problem := uai_problem(uai):
        raise UserError(problem, todo="Écrivez d’abord l’UAI juste.")
    titles, lines = _lines_of(path, uai.encode())
    table = (
        read_part(
            path,
            b"".join((titles, *lines)),
            Recogniser(frozenset(map(header_word, (UAI, NAME, TOWN)))),
        )
        if lines
        else None
    )
    if table is None:
        raise _unknown(path, uai)
    words = [fold(title) for title in table.header]
    rows = [dict(zip(words, row.cells, strict=True)) for row in table.rows]
    if not {UAI, NAME, TOWN} <= set(words):
        raise _no_directory(path)
    found = [row for row in rows if normal_uai(row[UAI]) == uai]
    if not found:
        raise _unknown(path, uai)
    return _listed(found)


def _lines_of(path: Path, uai: bytes) -> tuple[bytes, list[bytes]]:
    """Return the line of titles and those that hold the UAI."""
    try:
        if not path.is_file():
            raise _no_directory(path)
        with path.open("rb") as file:
            titles = file.readline(LONGEST_LINE)
            if UAI not in fold(titles.decode("utf-8", "replace")):
                raise _no_directory(path)
            found, read = list[bytes](), 0
            while (line := file.readline(LONGEST_LINE)) and read < LARGEST:
                still_wanted()
                read += len(line)
                if uai in line.upper() and len(found) < MOST_SITES:
                    found.append(line)
    except OSError as error:
        raise UserError(
            f"Le fichier « {path.name} » n’a pas pu être lu.",
            todo="Copiez-le sur cet ordinateur, puis choisissez la copie.",
        ) from error
    return titles, found


def _listed(rows: Sequence[dict[str, str]]) -> Listed:
    """Return what the lines of one school say: the first that says something is believed."""

    def said(column: str) -> str:
        return next(filter(None, (" ".join(row.get(column, "").split()) for row in rows)), "")

    street = ", ".join(filter(None, (said("adresse 1"), said("adresse 2"))))
    given: dict[str, Any] = {
        "name": said(NAME),
        "street": street,
        "postcode": spelling.postcode(said("code postal")),
        "town": said(TOWN),
        "phone": spelling.phone(said("telephone")),
        "email": said("mail"),
        "district": said("nom circonscription"),
        "levels": tuple(LevelCount(level) for level in _levels(rows, said)),
    }
    if said("code type contrat prive") in UNDER_CONTRACT:
        given["contract"] = Contract.PRIVATE
    elif fold(said("statut public prive")) == "public":
        given["contract"] = Contract.PUBLIC
    fields = {name: value for name, value in given.items() if value}
    return Listed(fields, fold(said("etat")).startswith("ferme"))


def _levels(rows: Sequence[dict[str, str]], said: Any) -> list[Level]:
    """Return the levels: the flags first, then the name of an école, then its nature."""
    flags = "".join(code for column, code in _FLAGS if any(row.get(column) == "1" for row in rows))
    nature, name = _NATURES.get(said("code nature"), ""), fold(said(NAME))
    if nature == "E" and not flags:
        if re.search(r"\bmaternelle\b", name):
            nature = "M"
        elif re.search(r"\bprimaire\b", name):
            nature = "ME"
    return [level for level in Level if level in (flags or nature)]


def _no_directory(path: Path) -> UserError:
    return UserError(
        f"« {path.name} » n’est pas l’annuaire de l’éducation.",
        todo="Sur data.education.gouv.fr, jeu « Annuaire de l’éducation », exportez le csv.",
    )


def _unknown(path: Path, uai: str) -> UserError:
    return UserError(
        f"L’annuaire « {path.name} » ne contient pas {uai}.",
        todo="Vérifiez l’UAI, ou prenez un annuaire plus récent.",
    )
