# SPDX-License-Identifier: GPL-3.0-or-later
"""One page to each who must provide: what of the gaps is theirs, why, and what is asked.

Where the page has no room for all of the gaps, an annex names every one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from egn_desktop import french
from egn_desktop.actions.rules import Provider
from egn_desktop.audit import rules
from egn_desktop.audit.letters import Letter, letters
from egn_desktop.audit.offers import gaps_of_provider
from egn_desktop.audit.providers import authority_of, charges
from egn_desktop.audit.queries import AuditView, GapRow, gaps_of, view
from egn_desktop.audit.report.detail import PRIORITY_TONES
from egn_desktop.documents.blocks import (
    Block,
    Chip,
    Column,
    Document,
    Facts,
    Heading,
    PageBreak,
    Paragraph,
    SignatureBox,
    Signatures,
    Table,
    Together,
)
from egn_desktop.dossier import Dossier
from egn_desktop.errors import UserError
from egn_desktop.school.queries import Identity, identity
from egn_desktop.school.who import EquipmentOwner
from egn_desktop.school.words import Owner, SchoolKind, usual_owner

_OWNERS: Final = {
    Provider.COMMUNE: (Owner.COMMUNE, Owner.SYNDICAT, Owner.INTERCOMMUNALITE, Owner.COLLECTIVITE),
    Provider.DEPARTEMENT: (Owner.DEPARTEMENT, Owner.METROPOLE, Owner.COLLECTIVITE),
    Provider.REGION: (Owner.REGION, Owner.COLLECTIVITE),
}
"""Which owners a provider may be."""
MOST_GAPS = 3
"""How many gaps one page has room for; the annex has them all."""
ANNEX = "Annexe"


def letter(dossier: Dossier, key: str) -> Document:
    """Return the letter to the provider of that value, about the latest audit."""
    school = identity(dossier)
    audit, words = view(dossier), letters().get(key)
    rows = gaps_of_provider(gaps_of(dossier, audit), words.provider) if audit and words else []
    if audit is None or words is None or not rows:
        raise UserError("Aucun écart de l’état des lieux ne revient à ce destinataire.")
    said = letters(_kind_for(school, words.provider))[key]
    return Document(
        title="Équipement numérique\u202f: nos demandes",
        subtitle=f"Année scolaire {audit.campaign.school_year}",
        school=school.footer,
        printed_on=french.long_date(dossier.today()),
        reference=f"Courrier du {french.short_date(dossier.today())}",
        subject=f"Courrier\u202f: {said.name}",
        author=school.head,
        blocks=_body(said, audit, rows, school, french.long_date(dossier.today())),
    )


def _owner_for(school: Identity, provider: Provider) -> EquipmentOwner | None:
    """Return the owner that the head named and that is this provider, if there is one."""
    kinds = _OWNERS.get(provider, ())
    return next((owner for owner in school.owners if owner.kind in kinds), None)


def _kind_for(school: Identity, provider: Provider) -> SchoolKind:
    """Return the kind of school with the owner that the letter is for: a cité has several."""
    levels = [level.level for level in school.levels if authority_of(level.level) is provider]
    if not levels or school.is_private:
        return school.kind
    named = _owner_for(school, provider)
    usual = usual_owner(levels, uai=school.uai, postcode=school.postcode)
    return replace(school.kind, owner=named.kind if named else usual)


def placeholders(
    audit: AuditView, rows: Sequence[GapRow], school: Identity, provider: Provider
) -> Mapping[str, str]:
    """Return what the letters name, in French."""
    closed = audit.campaign.closed_on
    many = len(rows)
    named = _owner_for(school, provider)
    return {
        "who": french.capital(school.the_school),
        "year": audit.campaign.school_year,
        "state": f"clos le {french.long_date(closed)}" if closed else "en cours",
        "score": _score(audit),
        "gaps": f"{many} relèvent" if many > 1 else "un relève",
        "greeting": _greeting(named.representative if named else ""),
        "owner": _owner(school, provider, named),
        "services": _services(school.who.authority),
    }


def _greeting(representative: str) -> str:
    """Return how the letter starts: by the civility of who is written to, where it is known."""
    civility = {"Mme": "Madame", "M.": "Monsieur"}
    return civility.get(representative.partition(" ")[0], "Madame, Monsieur")


def _owner(school: Identity, provider: Provider, named: EquipmentOwner | None) -> str:
    """Return whom a letter to a collectivité is for, with the commune's town."""
    the_owner = _kind_for(school, provider).words["The_owner"]
    called = named.name if named and named.name else the_owner
    town = "" if provider is not Provider.COMMUNE or (named and named.name) else school.town
    place = f"{school.postcode} {town}".strip() if town else ""
    return ", ".join(filter(None, (named.representative if named else "", called, place)))


def _services(authority: str) -> str:
    """Return whom a letter to the State is for: the DASEN by way of the IEN, for an école."""
    if authority.startswith("IEN"):
        return f"L’IA-DASEN, sous couvert de l’{authority}"
    return f"{french.capital(authority or 'IA-DASEN')}, par la voie hiérarchique"


def _score(audit: AuditView) -> str:
    """Return the overall score in a sentence: two ends while something is not known."""
    score = audit.result.score or rules.ANYTHING
    low, high = french.percent(score.low), french.percent(score.high)
    return f"à {low}" if low == high else f"entre {low} et {high}"


def _body(
    words: Letter, audit: AuditView, rows: Sequence[GapRow], school: Identity, today: str
) -> tuple[Block, ...]:
    values = placeholders(audit, rows, school, words.provider)
    charge = charges().get(words.id)
    annexed = len(rows) > MOST_GAPS
    joined = f"état des lieux numérique {audit.campaign.school_year}"
    worth = f"Les {len(rows)} écarts sont en annexe, avec ce que vaut chaque repère."
    contact = " ou ".join(filter(None, (school.phone.replace(" ", "\u00a0"), school.email)))
    sender = (school.name or values["who"], school.address, contact)
    return (
        Facts(
            (
                ("De", " · ".join(filter(None, sender))),
                ("À", words.to.format_map(values)),
                ("Date", f"{school.town}, le {today}" if school.town else f"Le {today}"),
                ("Pièce jointe", joined),
            )
        ),
        Paragraph(f"{values['greeting']},"),
        Paragraph(words.opening.format_map(values)),
        *((Paragraph(charge.text),) if charge else ()),
        _table(rows[:MOST_GAPS]),
        Paragraph(worth if annexed else words.worth, style="muted"),
        Paragraph(words.request.format_map(values)),
        Together(
            (
                Paragraph(words.closing.format_map(values)),
                Signatures([SignatureBox(school.head_role, school.head)], place_and_date=False),
            )
        ),
        *(_annex(words, rows) if annexed else ()),
    )


def _annex(words: Letter, rows: Sequence[GapRow]) -> tuple[Block, ...]:
    return (
        PageBreak(),
        Heading(f"{ANNEX}\u202f: les {len(rows)} écarts"),
        _table(rows),
        Paragraph(words.worth, style="muted"),
    )


def _table(rows: Sequence[GapRow]) -> Table:
    return Table(
        columns=(
            Column("Ce qui manque", 2.4),
            Column("Constaté", 1.6),
            Column("Repère", 2.4),
            Column("Priorité", 0.95),
        ),
        rows=[
            (
                f"{row.title} ({row.level.lower()})" if row.level else row.title,
                row.found,
                f"{row.expected} – {row.ground}",
                Chip(row.gap.priority.label, PRIORITY_TONES[row.gap.priority]),
            )
            for row in rows
        ],
        row_headers=True,
        small=True,
    )
