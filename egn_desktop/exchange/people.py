# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists of pupils, of the staff, of representatives: whom a line names, or why it is not taken."""

from collections.abc import Sequence
from typing import Final

from egn_desktop import spelling
from egn_desktop.collation import fold
from egn_desktop.exchange import values
from egn_desktop.exchange.lines import Cells, ImportList, Key, Read
from egn_desktop.exchange.titles import header_word
from egn_desktop.inventory.register.nouns import GuardianFields, PupilInput, StaffFields
from egn_desktop.inventory.register.rules import (
    ChildName,
    ine_problem,
    normal_ine,
    pupil_problem,
    staff_problem,
)


def pupil(cells: Cells) -> Read | str:
    """Return the pupil of a line, or why he or she is not taken."""
    names = _names(cells)
    if isinstance(names, str):
        return names
    last_name, first_name = names
    born_on = values.day(cells["born_on"])
    if cells["born_on"] and born_on is None:
        return f"La date de naissance « {cells['born_on']} » n’existe pas ou n’est pas reconnue."
    remarks, ine = list[str](), cells["ine"]
    if ine_problem(ine):
        remarks.append(f"INE « {ine} » non conforme : laissé vide.")
        ine = ""
    given = PupilInput(
        last_name=last_name or cells["usual_name"],
        first_name=first_name,
        usual_name=cells["usual_name"] if last_name != cells["usual_name"] else "",
        born_on=born_on,
        ine=normal_ine(ine),
        school_class=cells["school_class"],
    )
    name = fold(given.last_name), fold(given.first_name), born_on
    keys: list[Key] = [("le même INE", given.ine)] if ine else []
    if born_on or not ine:
        keys.append(("le même élève", name))
    return pupil_problem(given) or Read(given, tuple(remarks), tuple(keys))


def _names(cells: Cells) -> tuple[str, str] | str:
    """Return the last and first name of a line, or why they cannot be told apart."""
    last_name, first_name = cells["last_name"], cells["first_name"]
    if not cells["full_name"] or (last_name and first_name):
        return last_name, first_name
    return split_name(cells["full_name"]) or (
        f"« {cells['full_name']} » : le nom, en majuscules, et le prénom ne se distinguent pas."
    )


def _email(text: str, remarks: list[str]) -> str:
    """Return an address as it is kept; none where it could not be written to."""
    if spelling.email_problem(text):
        remarks.append(f"Courriel « {text} » incomplet : laissé vide.")
        return ""
    return text.strip()


def _phone(numbers: Sequence[str], remarks: list[str]) -> str:
    """Return the first number that could be called, as it is kept; what is none is remarked."""
    for text in filter(None, numbers):
        if spelling.phone_problem(text) is None:
            return spelling.phone(text)
        remarks.append(f"Téléphone « {text} » incomplet\u202f: laissé vide.")
    return ""


def staff(cells: Cells) -> Read | str:
    """Return the member of the staff of a line, or why he or she is not taken."""
    names = _names(cells)
    if isinstance(names, str):
        return names
    remarks = list[str]()
    email = _email(cells["email"], remarks)
    given = StaffFields(
        last_name=names[0],
        first_name=names[1],
        duty=cells["duty"],
        email=email,
        phone=_phone([cells["phone"]], remarks),
    )
    who = fold(given.last_name), fold(given.first_name)
    keys: list[Key] = [("le même courriel", email.casefold())] if email else []
    keys.append(("la même personne", who))
    return staff_problem(given) or Read(given, tuple(remarks), tuple(keys))


def guardian(cells: Cells) -> Read | str:
    """Return the legal representative of a line with the children, or why it is not taken."""
    last_name = cells["usual_name"] or cells["last_name"]
    if not last_name:
        return "Il manque le nom du responsable."
    children = tuple(
        ChildName(
            last_name=child.get("child_last_name", ""),
            usual_name=child.get("child_usual_name", ""),
            first_name=child.get("child_first_name", ""),
            school_class=child.get("child_class", ""),
        )
        for child in cells.children
        if child.get("child_first_name")
        and (child.get("child_last_name") or child.get("child_usual_name"))
    )
    if not children:
        return "Aucun enfant n’est nommé sur cette ligne (nom et prénom)."
    remarks = list[str]()
    email = _email(cells["email"], remarks)
    numbers = (cells["phone"], cells["home_phone"], cells["work_phone"])
    given = GuardianFields(
        title=title(cells["title"]),
        last_name=last_name,
        first_name=cells["first_name"],
        email=email,
        phone=_phone(numbers, remarks),
        address=_address(cells),
    )
    who = fold(given.last_name), fold(given.first_name)
    names = frozenset((fold(c.last_name or c.usual_name), fold(c.first_name)) for c in children)
    key = ("le même responsable, pour les mêmes enfants", (who, names))
    return Read((given, children), tuple(remarks), (key,))


def _address(cells: Cells) -> str:
    town = " ".join(filter(None, (spelling.postcode(cells["postcode"]), cells["town"])))
    country = "" if fold(cells["country"]) == "france" else cells["country"]
    return ", ".join(filter(None, (cells["address"], town, country)))


def title(text: str) -> str:
    """Return a title as it is written in French: "M.", "Mme", else as given."""
    return {"m": "M.", "mr": "M.", "monsieur": "M.", "mme": "Mme", "madame": "Mme"}.get(
        header_word(text), text
    )


def split_name(full_name: str) -> tuple[str, str] | None:
    """Return the last and first name of "LE GOFF Élise" or of "Élise LE GOFF", or None.

    Only capitals tell them apart.
    """
    words = full_name.replace(",", " ").split()
    capitals = [word.isupper() and len(word) > 1 for word in words]
    last = [word for word, upper in zip(words, capitals, strict=True) if upper]
    first = [word for word, upper in zip(words, capitals, strict=True) if not upper]
    return (" ".join(last), " ".join(first)) if last and first else None


PUPILS: Final = ImportList(
    label="les élèves",
    counted=("élève", "élèves"),
    noun=PupilInput,
    needed=(("last_name", "usual_name", "full_name"), ("first_name", "full_name")),
    read=pupil,
)
GUARDIANS: Final = ImportList(
    label="les responsables légaux",
    counted=("responsable légal", "responsables légaux"),
    noun=GuardianFields,
    needed=(
        ("last_name", "usual_name"),
        ("child_last_name", "child_usual_name"),
        ("child_first_name",),
    ),
    read=guardian,
)
STAFF: Final = ImportList(
    label="le personnel",
    counted=("membre du personnel", "membres du personnel"),
    noun=StaffFields,
    needed=(("last_name", "full_name"), ("first_name", "full_name")),
    read=staff,
)
