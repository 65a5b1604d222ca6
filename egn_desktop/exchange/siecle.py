# SPDX-License-Identifier: GPL-3.0-or-later
"""The XML files of SIECLE (second degree): pupils, and their representatives → a table.

The pupils' file (``BEE_ELEVES``) stands alone. That of the representatives (``BEE_RESPONSABLES``)
names its children by number only: the pupils' file is needed beside it.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from egn_desktop import french
from egn_desktop.errors import UserError
from egn_desktop.exchange import markup
from egn_desktop.exchange.table import (
    LONGEST_CELL,
    MOST_COLUMNS,
    MOST_LINES,
    Recognise,
    Row,
    Table,
    clean,
)

PUPILS, GUARDIANS = "BEE_ELEVES", "BEE_RESPONSABLES"
ORIGIN = "SIECLE"
DIVISION, INACTIVE = "D", "inactifs"
CONTACT_ONLY = "0"
"""The legal responsibility of somebody who is no representative."""

_PUPIL_HEADER = (
    "Nom de famille", "Nom d’usage", "Prénom", "Date de naissance", "INE", "Classe",
)  # fmt: skip
_GUARDIAN_HEADER = (
    "Civilité", "Nom d’usage du responsable", "Nom du responsable", "Prénom du responsable",
    "Adresse", "Code postal", "Commune", "Pays", "Courriel", "Téléphone portable",
    "Téléphone domicile", "Téléphone travail",
)  # fmt: skip
_CHILD_HEADER = ("Nom d’usage enfant", "Nom de famille enfant", "Prénom enfant", "Classe enfant")
MOST_CHILDREN = (MOST_COLUMNS - len(_GUARDIAN_HEADER)) // len(_CHILD_HEADER)

Fields = Mapping[str, str]


@dataclass(slots=True)
class Export:
    """What one file holds, by kind of element, as written.

    Attributes:
        kind: its outermost element.
        school: the UAI of the school.
        divisions: number of a pupil → the class.
    """

    kind: str
    school: str = ""
    people: dict[str, Fields] = field(default_factory=dict[str, Fields])
    divisions: dict[str, str] = field(default_factory=dict[str, str])
    addresses: dict[str, Fields] = field(default_factory=dict[str, Fields])
    links: list[Fields] = field(default_factory=list[Fields])


def parse(name: str, content: bytes) -> Export:
    """Return what a file of SIECLE holds.

    Raises:
        UserError: it is damaged, or has more in it than any school's.
    """
    export = Export(markup.root_of(content))
    try:
        markup.Reader(_Collector(export).ended).read(content)
    except markup.NotMarkup as error:
        raise UserError(
            f"Le fichier XML « {name} » est abîmé ou incomplet.",
            todo="Exportez-le de nouveau de SIECLE, puis réessayez sans l’ouvrir entre-temps.",
        ) from error
    return export


def as_table(name: str, exports: Sequence[Export], recognise: Recognise) -> Table:
    """Return the table that is wanted of the files of one school.

    Args:
        exports: a file of pupils, one of representatives, or both.

    Raises:
        UserError: the pupils' file is missing or another school's, or there is nobody in it.
    """
    by_kind = {export.kind: export for export in exports}
    pupils, guardians = by_kind.get(PUPILS), by_kind.get(GUARDIANS)
    if pupils is None:
        raise UserError(
            f"« {name} » ne donne que les numéros des élèves, pas leurs noms.",
            todo="Mettez à côté de lui, dans le même répertoire ou la même archive zip, le fichier "
            "des élèves de SIECLE (ElevesSansAdresses.xml), puis réessayez.",
        )
    if guardians and guardians.school != pupils.school:
        raise UserError(
            f"Les deux fichiers de « {name} » sont ceux de deux établissements : "
            f"{pupils.school or 'sans numéro'} et {guardians.school or 'sans numéro'}.",
            todo="Exportez les deux du même établissement.",
        )
    tables = [_pupils(name, pupils)]
    if guardians:
        tables.append(_guardians(name, pupils, guardians))
    best = max(tables, key=lambda table: recognise(table.header))
    if not best.rows:
        who = "élève" if best is tables[0] else "responsable légal d’un élève présent"
        raise UserError(
            f"L’export XML « {name} » ne contient aucun {who}.",
            todo="Exportez de nouveau la liste de SIECLE.",
        )
    if len(best.rows) > MOST_LINES:
        raise UserError(
            f"Le fichier « {name} » a plus de {french.number(MOST_LINES, 0)} personnes, la limite "
            "d’EGN Desktop.",
            todo="Exportez les élèves d’un seul établissement.",
        )
    return best


class _Collector:
    """Sorts elements as they end."""

    def __init__(self, export: Export) -> None:
        self._export = export
        self._fields: dict[str, str] = {}
        self._division = ""

    def ended(self, path: tuple[str, ...], attributes: dict[str, str], text: str) -> None:
        match path[1:]:
            case ("PARAMETRES", "UAJ"):
                self._export.school = clean(text)
            case ("DONNEES", "ELEVES", "ELEVE"):
                self._keep(self._export.people, _number(attributes))
            case ("DONNEES", "PERSONNES", "PERSONNE"):
                self._keep(self._export.people, attributes.get("PERSONNE_ID", ""))
            case ("DONNEES", "ADRESSES", "ADRESSE"):
                self._keep(self._export.addresses, attributes.get("ADRESSE_ID", ""))
            case ("DONNEES", "RESPONSABLES", "RESPONSABLE_ELEVE"):
                self._export.links.append(self._fields)
                self._fields = {}
            case ("DONNEES", "STRUCTURES", "STRUCTURES_ELEVE", "STRUCTURE"):
                self._structure()
            case ("DONNEES", "STRUCTURES", "STRUCTURES_ELEVE"):
                self._export.divisions[_number(attributes)] = self._division
                self._division = ""
            case ("DONNEES", _, _, tag) | ("DONNEES", _, _, "STRUCTURE", tag):
                self._fields[tag] = clean(" ".join(text[:LONGEST_CELL].split()))
            case _:
                pass

    def _keep(self, where: dict[str, Fields], number: str) -> None:
        # Without a number, or with another's, a person is still one; only the class is lost.
        key = number if number and number not in where else f"{number}#{len(where)}"
        where[key], self._fields = self._fields, {}

    def _structure(self) -> None:
        code, kind = self._fields.get("CODE_STRUCTURE", ""), self._fields.get("TYPE_STRUCTURE")
        if kind == DIVISION and code.casefold() != INACTIVE:
            self._division = self._division or code
        self._fields = {}


def _number(attributes: Fields) -> str:
    return attributes.get("ELEVE_ID") or attributes.get("ELENOET", "")


def _of(fields: Fields, *tags: str) -> str:
    """Return the first of some elements that is filled."""
    return next((fields[tag] for tag in tags if fields.get(tag)), "")


def _child(pupils: Export, number: str) -> tuple[str, ...]:
    person = pupils.people[number]
    return (
        _of(person, "NOM_USAGE"),
        _of(person, "NOM_DE_FAMILLE", "NOM"),
        _of(person, "PRENOM"),
        pupils.divisions.get(number, ""),
    )


def _present(pupils: Export) -> list[str]:
    """Return the numbers of the pupils who have not left; the others stay in the file for long."""
    return [number for number, person in pupils.people.items() if not person.get("DATE_SORTIE")]


def _pupils(name: str, pupils: Export) -> Table:
    present = _present(pupils)
    rows = list[Row]()
    for line, number in enumerate(present, start=1):
        person = pupils.people[number]
        usual_name, last_name, first_name, division = _child(pupils, number)
        born, ine = _of(person, "DATE_NAISS"), _of(person, "ID_NATIONAL", "INE_RNIE")
        rows.append(Row(line, (last_name, usual_name, first_name, born, ine, division)))
    left = len(pupils.people) - len(present)
    remark = f"{french.count(left, 'élève sorti', 'élèves sortis')} laissés de côté" if left else ""
    if left == 1:
        remark = "un élève sorti laissé de côté"
    return Table(name, _PUPIL_HEADER, tuple(rows), origin=ORIGIN, remark=remark)


def _guardians(name: str, pupils: Export, guardians: Export) -> Table:
    present = set(_present(pupils))
    children: defaultdict[str, list[str]] = defaultdict(list)
    for link in guardians.links:
        number = link.get("ELEVE_ID", "")
        if number in present and link.get("RESP_LEGAL") != CONTACT_ONLY:
            children[link.get("PERSONNE_ID", "")].append(number)
    most = max((len(set(numbers)) for numbers in children.values()), default=0)
    if most > MOST_CHILDREN:
        raise UserError(
            f"Dans « {name} », une même personne répond de {french.number(most, 0)} élèves.",
            todo="Vérifiez les responsables légaux dans SIECLE, puis exportez de nouveau.",
        )
    header = _GUARDIAN_HEADER + _CHILD_HEADER * most
    rows = list[Row]()
    for number, person in guardians.people.items():
        if number not in children:
            continue
        cells = _guardian(person, guardians.addresses.get(person.get("ADRESSE_ID", ""), {}))
        for child in dict.fromkeys(children[number]):
            cells += _child(pupils, child)
        cells += ("",) * (len(header) - len(cells))
        rows.append(Row(len(rows) + 1, cells))
    return Table(name, header, tuple(rows), origin=ORIGIN)


def _guardian(fields: Fields, address: Fields) -> tuple[str, ...]:
    lines = (_of(address, f"LIGNE{number}_ADRESSE") for number in range(1, 5))
    return (
        _of(fields, "LC_CIVILITE", "LL_CIVILITE"),
        _of(fields, "NOM_USAGE"),
        _of(fields, "NOM_DE_FAMILLE", "NOM"),
        _of(fields, "PRENOM"),
        ", ".join(filter(None, lines)),
        _of(address, "CODE_POSTAL"),
        _of(address, "LIBELLE_POSTAL", "COMMUNE_ETRANGERE"),
        _of(address, "LL_PAYS"),
        _of(fields, "MEL"),
        _of(fields, "TEL_PORTABLE"),
        _of(fields, "TEL_PERSONNEL"),
        _of(fields, "TEL_PROFESSIONNEL"),
    )
