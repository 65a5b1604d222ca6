# SPDX-License-Identifier: GPL-3.0-or-later
"""Whose data each column of the dossier holds, how long it is kept, and what an erasure does to it.

A column that a noun describes (``inventory.register.nouns``, ``school.identity``) is classified
there; every other one is here, and a test refuses a column that is in neither. Erasure blanks what
this says; the lines are those of the register of processing (``resources/loans/processing.toml``).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal


@dataclass(frozen=True, slots=True)
class Personal:
    """What a column is to the people whom it is about; see the names below.

    Attributes:
        line: the entry of the register of processing that speaks of it; empty: of nobody.
        limit: the retention limit that it is under; empty: kept as long as its thing is.
        gone: what an erasure for good does: blanks the column, takes the whole row, or leaves it,
            as the row then names nobody any more.
    """

    line: str = ""
    limit: str = ""
    gone: Literal["", "blank", "row"] = ""


NOBODY: Final = Personal()
OF_PUPIL: Final = Personal("donnees-eleves", "eleves-partis", "blank")
OF_GUARDIAN: Final = Personal("donnees-responsables", "eleves-partis", "row")
OF_STAFF: Final = Personal("donnees-personnel", "personnel-parti", "blank")
# Names are a pupil's and a member of the staff's in one table: the row says under which limit.
OF_BORROWER: Final = Personal("donnees-eleves", "eleves-partis", "blank")
OF_LOAN: Final = Personal("donnees-prets", "prets")
SAID_OF_LOAN: Final = Personal("donnees-prets", "prets", "blank")
RESERVED: Final = Personal("donnees-prets", "eleves-partis", "blank")
OF_NEED: Final = Personal("donnees-besoins", "besoins", "row")
OF_INCIDENT: Final = Personal("donnees-incidents", "prets")
SAID_OF_INCIDENT: Final = Personal("donnees-incidents", "prets", "blank")
SIGNED: Final = Personal("donnees-incidents", "prets", "row")
PHOTOGRAPHED: Final = Personal("donnees-incidents", "prets", "row")
OF_OTHERS: Final = Personal("autres-personnes")
"""Who directs, teaches, mends, is called in a crisis or took part: kept with what it is about."""

Columns = Mapping[Personal, str]
"""The columns of one table, by what they are: names apart by spaces."""

COLUMNS: Final[Mapping[str, Columns]] = {
    # The inventory: what no noun describes.
    "device": {
        NOBODY: "id asset_key state retired_as retired_on search sort_key created_at deleted_at",
        RESERVED: "reserved_for reserved_note",
    },
    "device_accessory": {NOBODY: "id device_id position name present"},
    "borrower": {
        NOBODY: "id kind created_at deleted_at erased_at",
        OF_BORROWER: "search sort_key left_on",
    },
    "guardian": {OF_GUARDIAN: "id"},
    "pupil_guardian": {OF_GUARDIAN: "pupil_id guardian_id position"},
    "loan": {
        NOBODY: "id replaces_id created_at",
        OF_LOAN: "device_id borrower_id school_class lent_on due_on ended_on state condition_out "
        "condition_in wiped",
        SAID_OF_LOAN: "note_out note_in",
    },
    "loan_accessory": {OF_LOAN: "loan_id position name returned returned_on"},
    "retention_limit": {NOBODY: "id years"},
    "criterion_left_out": {NOBODY: "id"},
    "pupil_need": {OF_NEED: "pupil_id noted_on answers decided reason"},
    "reminder": {OF_LOAN: "id loan_id level channel sent_on created_at"},
    "incident": {
        NOBODY: "id by_end created_at deleted_at",
        OF_INCIDENT: "device_id loan_id closed_on outcome",
    },
    "photo": {
        PHOTOGRAPHED: "id device_id loan_id incident_id taken_on caption image created_at",
    },
    "signed_paper": {
        SIGNED: "id borrower_id document title signed_on signed_by pdf digest created_at "
        "withdrawn_on",
    },
    "loan_paper": {SIGNED: "paper_id loan_id"},
    # The school.
    "school": {NOBODY: "id"},
    "school_level": {NOBODY: "school_id level position classes pupils"},
    "school_site": {NOBODY: "school_id position name uai street postcode town levels owner"},
    "school_owner": {
        NOBODY: "school_id position kind name accord_on accord_reference",
        OF_OTHERS: "representative",
    },
    "calendar_correction": {NOBODY: "id name first_day last_day is_open"},
    # Actions and audit.
    "action": {
        NOBODY: "id title source_kind source_ref source_within provider due_on state cost "
        "cost_cents created_at closed_on",
        OF_OTHERS: "responsible",
    },
    "audit_campaign": {NOBODY: "id school_year started_at closed_on place frame"},
    "audit_answer": {
        NOBODY: "campaign_id criterion level version standing value reason note origin answered_at"
    },
    "audit_evidence": {NOBODY: "id campaign_id criterion level name size content added_at"},
    # The plan.
    "plan_section": {NOBODY: "section text done looked_at"},
    "plan_class": {
        NOBODY: "id school_class name tool tool_status rhythm rota pupils without_device "
        "without_connection packs deleted_at",
        OF_OTHERS: "teacher",
    },
    "plan_scenario": {NOBODY: "scenario chosen stock network"},
    "own_scenario": {NOBODY: "id title summary deleted_at"},
    "plan_scenario_text": {NOBODY: "scenario field text"},
    "risk_line": {
        NOBODY: "id risk title family work_units situations in_place to_take severity likelihood "
        "control deleted_at"
    },
    "crisis_contact": {
        NOBODY: "id checked_on deleted_at",
        OF_OTHERS: "role name deputy phone deputy_phone called_by",
    },
    "plan_version": {
        NOBODY: "number adopted_on body recorded_at sha256",
        OF_OTHERS: "participants snapshot pdf",
    },
    "plan_version_action": {NOBODY: "version action_id place recovered"},
    "plan_milestone": {NOBODY: "id version kind done_on body recorded_at deleted_at"},
    "plan_taken_up": {NOBODY: "id kind action_id section taken_on version recovered words"},
    "plan_submission": {
        NOBODY: "id submitted_on body recorded_at adopted_as withdrawn_at",
        OF_OTHERS: "snapshot",
    },
    "attachment": {
        NOBODY: "id kind title dated_on pages size sha256 added_at deleted_at",
        OF_OTHERS: "pdf",
    },
    "crisis": {NOBODY: "id scenario started_at ended_at"},
    "crisis_entry": {NOBODY: "id crisis_id field at undone_at", OF_OTHERS: "text"},
    # Drills.
    "drill": {
        NOBODY: "id kind scenario script aim planned_on held_on state plan_version "
        "cancelled_because created_at",
        OF_OTHERS: "course",
    },
    "drill_preparation": {NOBODY: "drill_id item"},
    "drill_participants": {NOBODY: "drill_id function position", OF_OTHERS: "people"},
    "drill_result": {NOBODY: "drill_id measure value"},
    "drill_answer": {NOBODY: "drill_id question answer"},
    "drill_lesson": {NOBODY: "id drill_id text action_id deleted_at"},
    # The dossier's own books. An erasure empties the details of the subjects that are about the
    # person, and leaves those of the others; the chain still verifies.
    "meta": {NOBODY: "key value"},
    "journal": {
        NOBODY: "id at what subject salt details_digest previous hash",
        OF_OTHERS: "who",
        OF_LOAN: "details",
    },
    "state": {NOBODY: "id number token base at computer"},
    "writes": {NOBODY: "number token"},
    "touched": {NOBODY: "table_name row number gone made"},
}


def classified(table: str) -> Mapping[str, Personal]:
    """Return the columns of a table that no noun describes, and what each is."""
    return {name: is_ for is_, names in COLUMNS.get(table, {}).items() for name in names.split()}
