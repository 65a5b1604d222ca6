# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether a thing is about a person who was erased: nothing of that person may come back."""

from egn_desktop.dossier.copies.book import Book
from egn_desktop.dossier.copies.ids import MISSING
from egn_desktop.dossier.copies.subjects import Row, Subject


def is_of_erased(book: Book, subject: Subject, row: Row) -> bool:
    """Tell whether a thing of a copy is a person who was erased there, or about one."""
    is_erased = subject.is_erased is not None and subject.is_erased(row)
    return is_erased or is_about_erased(book, subject, row)


def is_about_erased(book: Book, subject: Subject, row: Row) -> bool:
    """Follow a row to the person whom it is about, and tell whether a copy erased that person."""
    references = {
        reference.column: reference.table
        for reference in book.subjects.shape(subject.table).references
    }
    for column in subject.of_person:
        table, number = references[column], row[column]
        if number is None or number is MISSING:
            continue
        parent = book.get(table, number)
        if parent is not None and is_of_erased(book, book.subjects.of[table], parent):
            return True
    return False
