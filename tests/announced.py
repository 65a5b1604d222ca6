# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds what each use case announced against the tables that its write touched.

A page shows what changed because the use case named the kind of thing; one that names too little
leaves an old list on the screen, and no test of the use case alone would notice.
"""

from collections.abc import Iterable

from egn_desktop.changes import Changed
from egn_desktop.dossier import Dossier
from egn_desktop.dossier.base import Base

# A feature whose tables all belong to one kind of thing.
KIND_OF_FEATURE = {
    "school": Changed.SCHOOL,
    "actions": Changed.ACTIONS,
    "audit": Changed.AUDIT,
    "plans": Changed.PLAN,
    "drills": Changed.DRILLS,
}
# The inventory's own tables. A borrower is told by his kind; a photo shows a device.
KIND_OF_TABLE = {
    "device": Changed.DEVICES,
    "device_accessory": Changed.DEVICES,
    "photo": Changed.DEVICES,
    "guardian": Changed.PUPILS,
    "pupil_guardian": Changed.PUPILS,
    "pupil_need": Changed.PUPILS,
    "retention_limit": Changed.PUPILS,
    "criterion_left_out": Changed.PUPILS,
    "loan": Changed.LOANS,
    "loan_accessory": Changed.LOANS,
    "loan_paper": Changed.LOANS,
    "signed_paper": Changed.LOANS,
    "reminder": Changed.LOANS,
    "incident": Changed.LOANS,
}
KIND_OF_BORROWER = {"pupil": Changed.PUPILS, "staff": Changed.STAFF}
# What no page shows as a thing of the school: the dossier's secret and its books.
SHOWN_NOWHERE = {"meta"}
# Changed alone, it is the place where the head stopped: the page that notes it shows it already.
CHANGED_QUIETLY = {"audit_campaign"}

# Of a borrower that is gone, nobody knows any more whether it was a pupil.
_TOUCHED = """
    SELECT DISTINCT touched.table_name, borrower.kind, touched.made > ?1 FROM touched
    LEFT JOIN borrower
        ON touched.table_name = 'borrower' AND touched.row = json_array(borrower.id)
    WHERE touched.number > ?1 AND NOT (touched.table_name = 'borrower' AND touched.gone)
"""


class Announcements:
    """Listens to a dossier, and keeps what a write touched and did not announce."""

    def __init__(self, dossier: Dossier) -> None:
        self.unannounced: list[str] = []
        self._dossier = dossier
        self._number = self._ask("SELECT number FROM state")[0][0]
        dossier.listen(self._hold)

    def _hold(self, announced: Iterable[Changed]) -> None:
        touched = self._ask(_TOUCHED, self._number)
        self._number = self._ask("SELECT number FROM state")[0][0]
        if not announced and {table for table, *_ in touched} <= CHANGED_QUIETLY:
            return
        for table, borrower, made in touched:
            wanted = set() if table in SHOWN_NOWHERE else {kind_of(table, borrower)}
            if table == "loan" and made:
                # Its row stands as it was, but the list shows the device as lent.
                wanted.add(Changed.DEVICES)
            if not wanted <= set(announced):
                self.unannounced.append(f"{table} changed, announced: {sorted(announced)}")

    def _ask(self, statement: str, *values: object) -> list[tuple[object, ...]]:
        # Past SQLAlchemy: tests count the statements of a page.
        with self._dossier._lock:
            return self._dossier._file.connection.execute(statement, values).fetchall()


def kind_of(table: str, borrower: str | None) -> Changed:
    if borrower:
        return KIND_OF_BORROWER[borrower]
    if table in KIND_OF_TABLE:
        return KIND_OF_TABLE[table]
    [mapped] = [subclass for subclass in Base.__subclasses__() if subclass.__tablename__ == table]
    return KIND_OF_FEATURE[mapped.__module__.split(".")[1]]
