# SPDX-License-Identifier: GPL-3.0-or-later
"""What an agreement says, in French and in the language beside it if there is one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from egn_desktop import french
from egn_desktop.documents.blocks import Both, Foreign, Heading, SideBySide, Strong, Text
from egn_desktop.documents.text import bidi
from egn_desktop.inventory.papers import clauses
from egn_desktop.inventory.papers.case import Words
from egn_desktop.inventory.papers.lender import Lender
from egn_desktop.inventory.register.terms import BorrowerKind
from egn_desktop.school.languages import FRENCH, Language

if TYPE_CHECKING:
    from egn_desktop.inventory.register.loans import LoanRow
    from egn_desktop.school.queries import Identity


@dataclass(frozen=True, slots=True)
class Labels:
    """What stands around a case's own words, in French and in the language beside it, if any."""

    language: Language | None = None

    def french(self, label: str) -> str:
        """Return a label in French."""
        return clauses.wording(FRENCH)[label].text

    def beside(self, label: str) -> Foreign | None:
        """Return a label in the other language."""
        if self.language is None:
            return None
        return _foreign(self.language, clauses.wording(self.language.id)[label].text)

    def heading(self, label: str, level: int) -> Heading:
        """Return a heading in both languages."""
        return Heading(self.french(label), level, self.beside(label))

    def cell(self, label: str) -> str | Both:
        """Return a table's cell in both languages."""
        other = self.beside(label)
        return Both(self.french(label), other) if other else self.french(label)

    def below(self, *labels: str) -> tuple[Foreign, ...]:
        """Return labels in the other language; none if there is no other language."""
        return tuple(words for words in map(self.beside, labels) if words)

    def side_by_side(self, said: Sequence[Words], *, large: bool = False) -> SideBySide | None:
        """Return what is said in both languages, clauses numbered; None in French alone."""
        language = self.language
        if language is None:
            return None
        rows = [
            (
                titled(words.title, words.french, f"{number}. "),
                _foreign(language, titled(words.other_title, words.other, f"{number}. ")),
            )
            for number, words in enumerate(said, 1)
        ]
        return SideBySide(("Français", _foreign(language, language.name)), rows, large=large)


def titled(title: str, words: str, number: str = "") -> Text:
    """Return a clause after its title in bold; a sentence without a title as it is."""
    return (Strong(f"{number}{title}."), f" {words}") if title else words


@dataclass(frozen=True, slots=True)
class Wording:
    """Fills the clauses and the summary of one agreement, in French and in the other language.

    Attributes:
        lenders: whose devices they are.
        language: the one beside French, if any.
    """

    school: "Identity"
    kind: BorrowerKind
    rows: "Sequence[LoanRow]"
    lenders: Sequence[Lender]
    language: Language | None = None

    def of(self, entry: clauses.Clause | clauses.PlainSentence) -> Words:
        """Return a clause, or a sentence of the summary, in both languages.

        What is not translated stands in French alone; the other language says so in its place.
        """
        title = entry.title if isinstance(entry, clauses.Clause) else ""
        said = entry.filled(self._values(FRENCH))
        if self.language is None:
            return Words(said, title=title)
        wording = clauses.wording(self.language.id)
        found = wording.get(entry.id)
        if found is None:
            return Words(said, wording["untranslated"].text, title)
        return Words(said, found.filled(self._values(self.language.id)), title, found.title)

    def _values(self, code: str) -> Mapping[str, str]:
        """Return what the clauses name, in a language."""
        words, school = clauses.wording(code), self.school
        is_staff = self.kind is BorrowerKind.STAFF
        the_school = words["word-school" if school.is_first_degree else "word-establishment"]
        the_borrower = words["word-borrower" if is_staff else "word-family"]
        contact = (french.phone_number(school.phone), school.email)
        contact = f" {words['word-or'].text} ".join(
            self._kept(outcome, code) for outcome in contact if outcome
        )
        return {
            **_forms("school", the_school),
            **_forms("borrower", the_borrower),
            "lender": self._lender(code, _forms("school", the_school)),
            "contact": contact or words["word-no-contact"].text,
            "borrower": self._kept(self.rows[0].borrower_name, code),
            "purpose": words["word-purpose-staff" if is_staff else "word-purpose-pupil"].text,
            "period": " ; ".join(dict.fromkeys(self._period(row, code) for row in self.rows)),
            "due_on": " ; ".join(
                dict.fromkeys(self._day(day, code) for day in sorted(r.due_on for r in self.rows))
            ),
        }

    def _lender(self, code: str, school: Mapping[str, str]) -> str:
        """Return who lends; a school that is not the owner lends in the owner's name."""
        words = clauses.wording(code)
        names = f" {words['word-and'].text} ".join(
            french.the(lender.name) if code == FRENCH else self._kept(lender.name, code)
            for lender in self.lenders
        )
        if all(lender.is_school for lender in self.lenders):
            return names
        return words["word-through"].text.format(owner=names, **school)

    def _period(self, row: "LoanRow", code: str) -> str:
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


def _foreign(language: Language, text: Text) -> Foreign:
    return Foreign(text, language.id, language.right_to_left)


def _forms(name: str, word: clauses.Translated) -> dict[str, str]:
    """Return what a clause may call a word: by itself and in each form, small or capital."""
    forms = {f"the_{name}": word.text}
    forms |= {f"the_{name}_{form}": turned for form, turned in word.forms.items()}
    return forms | {french.capital(asked): french.capital(said) for asked, said in forms.items()}
