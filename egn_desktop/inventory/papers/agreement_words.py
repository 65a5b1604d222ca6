# SPDX-License-Identifier: GPL-3.0-or-later
"""What an agreement says, in French and in the language beside it if there is one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from egn_desktop import french
from egn_desktop.documents.blocks import Both, Foreign, Heading, SideBySide, Strong, Text
from egn_desktop.documents.text import bidi
from egn_desktop.errors import UserError
from egn_desktop.inventory.papers import clauses
from egn_desktop.inventory.register.loans import LoanRow
from egn_desktop.inventory.register.terms import BorrowerKind
from egn_desktop.school.queries import Identity

FRENCH = "fr"


@dataclass(frozen=True, slots=True)
class Case:
    """Who lends what to whom: what the clauses speak of.

    Attributes:
        owners: of the devices, as noted; empty where the inventory does not say.
    """

    school: Identity
    kind: BorrowerKind
    rows: Sequence[LoanRow]
    owners: Sequence[str]


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one agreement; ``language`` is the one beside French, if any."""

    case: Case
    language: clauses.Language | None = None

    def french(self, label: str) -> str:
        """Return a label in French."""
        return clauses.wording(FRENCH)[label].text

    def beside(self, label: str) -> Foreign | None:
        """Return a label in the other language."""
        if self.language is None:
            return None
        return _foreign(self.language, clauses.wording(self.language.id)[label].text)

    def heading(self, label: str, level: int = 1) -> Heading:
        """Return a heading in both languages."""
        return Heading(self.french(label), level, self.beside(label))

    def cell(self, label: str) -> str | Both:
        """Return a table's cell in both languages."""
        other = self.beside(label)
        return Both(self.french(label), other) if other else self.french(label)

    def below(self, *labels: str) -> tuple[Foreign, ...]:
        """Return labels in the other language; none if there is no other language."""
        return tuple(one for one in map(self.beside, labels) if one)

    def side_by_side(
        self, pairs: Sequence[tuple[Text, Foreign | None]], *, large: bool = False
    ) -> SideBySide | None:
        """Return what is said in both languages; None where there is only French."""
        if self.language is None:
            return None
        titles = ("Français", _foreign(self.language, self.language.name))
        rows = [(words, translated) for words, translated in pairs if translated]
        return SideBySide(titles, rows, large=large)

    def summary(self) -> list[tuple[str, Foreign | None]]:
        """Return the sentences in plain language."""
        entries = clauses.lent_to(self.case.kind, clauses.summary())
        return [(one.filled(self._values(FRENCH)), self._translated(one.id)) for one in entries]

    def clauses(self) -> list[tuple[Text, Foreign | None]]:
        """Return the numbered clauses, their titles in bold."""
        said: list[tuple[Text, Foreign | None]] = []
        entries = clauses.lent_to(self.case.kind, clauses.clauses())
        for number, one in enumerate(entries, 1):
            number_shown = f"{number}. " if self.language else ""
            title = Strong(f"{number_shown}{one.title}.")
            words = f" {one.filled(self._values(FRENCH))}"
            said.append(((title, words), self._translated(one.id, number_shown)))
        return said

    def _translated(self, entry_id: str, number: str = "") -> Foreign | None:
        if self.language is None:
            return None
        found = clauses.wording(self.language.id)[entry_id]
        words = found.filled(self._values(self.language.id))
        if not found.title:
            return _foreign(self.language, words)
        return _foreign(self.language, (Strong(f"{number}{found.title}."), f" {words}"))

    def _values(self, code: str) -> Mapping[str, str]:
        """Return what the clauses name, in a language."""
        words, case = clauses.wording(code), self.case
        school = case.school
        is_staff = case.kind is BorrowerKind.STAFF
        the_school = words["word-school" if school.is_first_degree else "word-establishment"].text
        the_borrower = words["word-borrower" if is_staff else "word-family"].text
        contact = (french.phone_number(school.phone), school.email)
        contact = f" {words['word-or'].text} ".join(self._kept(one, code) for one in contact if one)
        no_owner = words["word-no-owner"].text.format(the_school=the_school)
        return {
            "school": self._kept(school.name, code) if school.name else _capital(the_school),
            "the_school": the_school,
            "The_school": _capital(the_school),
            "contact": contact or words["word-no-contact"].text,
            "owner": ", ".join(self._kept(one, code) for one in case.owners) or no_owner,
            "borrower": self._kept(case.rows[0].borrower_name, code),
            "the_borrower": the_borrower,
            "The_borrower": _capital(the_borrower),
            "purpose": words["word-purpose-staff" if is_staff else "word-purpose-pupil"].text,
            "period": " ; ".join(dict.fromkeys(self._period(row, code) for row in case.rows)),
            "due_on": " ; ".join(
                dict.fromkeys(self._day(day, code) for day in sorted(r.due_on for r in case.rows))
            ),
        }

    def _period(self, row: LoanRow, code: str) -> str:
        words = clauses.wording(code)["word-period"].text
        return words.format(
            lent_on=self._day(row.lent_on, code), due_on=self._day(row.due_on, code)
        )

    def _day(self, day: date, code: str) -> str:
        # Figures alone in the other language: the names of the months differ from one Arabic
        # country to the next.
        return french.long_date(day) if code == FRENCH else self._kept(french.short_date(day), code)

    def _kept(self, words: str, code: str) -> str:
        """Return a name or a number in one piece, whatever the direction around it."""
        language = self.language
        if language and language.right_to_left and language.id == code:
            return bidi.isolated(words)
        return words


def language_of(code: str) -> clauses.Language | None:
    """Return the language of that code; None for French alone.

    Raises:
        UserError: the agreement is not translated into it.
    """
    if not code or code == FRENCH:
        return None
    found = clauses.languages().get(code)
    if found is None:
        known = ", ".join(f"{one.id} ({one.french})" for one in clauses.languages())
        raise UserError(
            f"La convention n’est pas traduite en « {code} ».", todo=f"Au choix : {known}."
        )
    return found


def _foreign(language: clauses.Language, text: Text) -> Foreign:
    return Foreign(text, language.id, language.right_to_left)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
