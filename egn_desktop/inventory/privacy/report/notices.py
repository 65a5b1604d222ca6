# SPDX-License-Identifier: GPL-3.0-or-later
"""The register entry and the notices to families and staff, on the data that loans need."""

from collections.abc import Iterable, Mapping, Sequence

from egn_desktop import content, french
from egn_desktop.documents.blocks import (
    Callout,
    Column,
    Document,
    Facts,
    Heading,
    Paragraph,
    Strong,
    Table,
)
from egn_desktop.dossier import Dossier
from egn_desktop.inventory.lending.queries.needs import notes_sensitive
from egn_desktop.inventory.privacy import notices as privacy
from egn_desktop.inventory.register import retention
from egn_desktop.inventory.register.limits import LimitRow, retention_limits
from egn_desktop.inventory.register.nouns import fields_told
from egn_desktop.inventory.register.terms import BorrowerKind
from egn_desktop.school.queries import Identity, identity

TO_WRITE = "………………………………………"
CONTROLLER_SOURCE = "rgpd-responsables"


def register_entry(dossier: Dossier, _key: str) -> Document:
    """Return the entry of the registre des activités de traitement."""
    school, limits = identity(dossier), retention_limits(dossier)
    values = filled_words(school, limits)
    loans = _printed(dossier, privacy.processing())
    crisis = _printed(dossier, privacy.crisis_processing())
    today = french.long_date(dossier.today())
    return Document(
        title="Registre des activités de traitement",
        subtitle="Prêt de matériel ; continuité et gestion de crise",
        school=school.footer,
        printed_on=today,
        reference=f"Fiche au {french.short_date(dossier.today())}",
        subject="Fiche du registre, règlement (UE) 2016/679, article 30",
        author=school.head,
        blocks=(
            Heading("Responsable du traitement"),
            Facts(_responsible(school)),
            *_kept_for(school),
            Heading("Premier traitement : prêt de matériel aux élèves et au personnel"),
            _entries("Rubrique", "Contenu", loans, values),
            Heading("Durées de conservation des prêts", 2),
            _limits_table(limits),
            Heading("Second traitement : continuité et gestion de crise"),
            _entries("Rubrique", "Contenu", crisis, values),
            Paragraph(texts_followed((*loans, *crisis, *retention.limits())), style="muted"),
        ),
    )


def family_notice(dossier: Dossier, _key: str) -> Document:
    """Return the notice to families."""
    return _notice(dossier, BorrowerKind.PUPIL, "Notice aux familles", privacy.notice())


def staff_notice(dossier: Dossier, _key: str) -> Document:
    """Return the notice to the staff."""
    return _notice(dossier, BorrowerKind.STAFF, "Notice au personnel", privacy.staff_notice())


def _notice(
    dossier: Dossier, kind: BorrowerKind, subtitle: str, items: content.Catalogue[privacy.Item]
) -> Document:
    school = identity(dossier)
    limits = [row for row in retention_limits(dossier) if kind in row.limit.about]
    values = filled_words(school, limits)
    shown = _printed(dossier, items)
    return Document(
        title="Vos données et le prêt de matériel",
        subtitle=subtitle,
        school=school.footer,
        printed_on=french.long_date(dossier.today()),
        reference=f"Notice au {french.short_date(dossier.today())}",
        subject="Information des personnes, règlement (UE) 2016/679, article 13",
        author=school.head,
        blocks=(
            Callout(
                (
                    f"{french.capital(school.the_school)} note qui a quel appareil, garde peu de "
                    "choses, peu de temps, et rien ne part sur Internet. ",
                    Strong(f"Une question : {values['contact']}."),
                ),
                title="En quelques mots",
            ),
            _entries("Question", "Réponse", shown, values),
            Paragraph(texts_followed(shown), style="muted"),
        ),
    )


def _printed(dossier: Dossier, items: Iterable[privacy.Item]) -> Sequence[privacy.Item]:
    noted = notes_sensitive(dossier)
    return [item for item in items if item.sensitive_noted in (None, noted)]


def _entries(
    left: str, right: str, items: Iterable[privacy.Item], values: Mapping[str, str]
) -> Table:
    return Table(
        columns=(Column(left, 1), Column(right, 4)),
        rows=[(item.title, item.filled(values)) for item in items],
        row_headers=True,
    )


def filled_words(school: Identity, limits: Sequence[LimitRow]) -> Mapping[str, str]:
    """Return what stands for each placeholder of the texts on personal data."""
    phone = french.phone_number(school.phone)
    contact = " ou ".join(part for part in (phone, school.email) if part)
    return {
        **school.words,
        "school": school.name or french.capital(school.the_school),
        "contact": contact or f"la direction de {school.the_school}",
        "pupil": fields_told(line="donnees-eleves"),
        "guardian": fields_told(line="donnees-responsables"),
        "staff": fields_told(line="donnees-personnel"),
        "retention": " ".join(_sentence(row) for row in limits),
        "controller": school.who.controller or TO_WRITE,
        "dpo": _officer(school),
    }


def _sentence(row: LimitRow) -> str:
    return f"{row.limit.title} : {retention.in_words(row.years)}."


def _responsible(school: Identity) -> list[tuple[str, str]]:
    contact = " · ".join(filter(None, (french.phone_number(school.phone), school.email)))
    return [
        ("Responsable", school.who.controller or TO_WRITE),
        (school.the_school.removeprefix("l’").capitalize(), school.name or TO_WRITE),
        ("Adresse", school.address or TO_WRITE),
        (f"Représenté{'e' if school.is_first_degree else ''} par", school.head or TO_WRITE),
        ("Contact", contact or TO_WRITE),
        ("Protection des données", _officer(school)),
    ]


def _kept_for(school: Identity) -> tuple[Paragraph, ...]:
    """Return for whom a public école, which is no controller itself, keeps the entry."""
    if not school.is_first_degree or school.is_private:
        return ()
    source = content.sources()[CONTROLLER_SOURCE].citation
    words = (
        "Une école publique n’est pas responsable du traitement : sa direction tient cette fiche"
    )
    return (Paragraph(f"{words} pour qui l’est, et la lui remet ({source}).", style="muted"),)


def _officer(school: Identity) -> str:
    """Return who the data protection officer is and how to write to them."""
    return " · ".join(filter(None, (school.who.dpo or TO_WRITE, school.dpo_email)))


def _limits_table(rows: Iterable[LimitRow]) -> Table:
    return Table(
        columns=(
            Column("Données", 1.2),
            Column("Ce qui est gardé", 2.2),
            Column("Pourquoi", 2),
            Column("Jusqu’à", 1.6),
        ),
        rows=[
            (
                row.limit.title,
                row.limit.keeps,
                row.limit.why,
                f"{retention.in_words(row.years).removeprefix('jusqu’à ').capitalize()}, à compter "
                f"de {row.limit.since}".replace("de le ", "du "),
            )
            for row in rows
        ],
        row_headers=True,
        small=True,
    )


def texts_followed(entries: Iterable[content.Entry]) -> str:
    """Return, in French, the texts that these entries follow."""
    known = {entry.source: content.source(entry) for entry in entries}
    texts = [limit.title for limit in known.values() if not limit.is_own_proposal]
    return f"Textes suivis : {' ; '.join(texts)} ; pour le reste, proposition EGN Desktop."
