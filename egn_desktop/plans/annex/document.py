# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole annex, from what the plan says at one moment: nothing else is read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from egn_desktop import content, french
from egn_desktop.documents.blocks import (
    Block,
    Bullets,
    Callout,
    Chip,
    Column,
    Document,
    Facts,
    Heading,
    JournalMark,
    Paragraph,
    SignatureBox,
    Signatures,
    Table,
    Together,
)
from egn_desktop.plans import rules, wording
from egn_desktop.plans.annex.calls import phone_tree
from egn_desktop.plans.annex.classes import class_blocks
from egn_desktop.plans.annex.risks import risk_blocks
from egn_desktop.plans.annex.scenarios import scenario_blocks
from egn_desktop.plans.milestones import MilestoneKind, SettlingWords, settling_words
from egn_desktop.plans.snapshot import (
    ActionPart,
    Difference,
    FigureState,
    PlanContent,
    SectionPart,
)

TITLE = "Plan de continuité pédagogique"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """Which print this is.

    Attributes:
        number: the version adopted; None for a draft.
        participants: who took part in writing it and in rating the risks.
        changes: what it says differently from the version before.
        journal: how far the dossier's journal had come; None for a draft.
    """

    number: int | None = None
    adopted_on: date | None = None
    body: str = ""
    participants: str = ""
    changes: tuple[Difference, ...] = ()
    journal: JournalMark | None = None

    def reference(self, words: SettlingWords) -> str:
        """Return what tells this print from another one, in each footer."""
        if self.number is None:
            return f"Projet, non {words.masculine}"
        return f"Version {self.number} {words.told(self.adopted_on, '')}"


def annex(plan: PlanContent, edition: Edition) -> Document:
    """Return the annex; the same plan and edition always give the same document."""
    school, words = plan.school, settling_words(plan.school.kind)
    day = edition.adopted_on or plan.taken_on
    status = f"version {edition.number}" if edition.number else "projet"
    return Document(
        title=TITLE,
        subtitle=f"À annexer au document unique d’évaluation des risques professionnels · {status}",
        school=school.footer,
        printed_on=french.long_date(day),
        reference=edition.reference(words),
        subject="Continuité pédagogique, annexe au DUERP",
        author=school.head,
        contents=True,
        journal=edition.journal,
        blocks=(
            *_this_version(plan, edition),
            *_sections(plan, edition),
            *class_blocks(plan),
            *scenario_blocks(plan),
            *_cell(plan),
            *risk_blocks(plan),
            *_actions(plan),
            *_attachments(plan),
            *_adoption(plan, edition),
            *_sources(plan),
        ),
    )


def _this_version(plan: PlanContent, edition: Edition) -> Iterator[Block]:
    school, words = plan.school, settling_words(plan.school.kind)
    yield Heading("Cette version")
    if edition.number is None:
        yield Callout(
            "Ce document est un projet. Il n’engage à rien tant qu’il n’est pas "
            f"{words.masculine}.",
            title="Projet",
            tone="attention",
        )
    kind = school.kind.words["School_noun"]
    items = [
        (kind, ", ".join(part for part in (school.name, school.address) if part)),
        ("UAI", school.uai),
        ("Version", str(edition.number) if edition.number else "projet"),
        (
            f"{french.capital(words.done)} le",
            french.day_and_date(edition.adopted_on) if edition.adopted_on else "",
        ),
        ("Présentée pour avis" if words.advises else "Par", edition.body),
        ("Ont participé", edition.participants),
        ("Direction", school.head),
        ("Responsable du DUERP", school.risk_register_owner),
        ("Chiffres du dossier au", french.long_date(plan.taken_on)),
    ]
    yield Facts([(label, value) for label, value in items if value])
    if edition.changes:
        yield Heading("Changements depuis la version précédente", level=2)
        yield Bullets([f"{change.text}." for change in edition.changes])


def _sections(plan: PlanContent, edition: Edition) -> Iterator[Block]:
    shown = [section for section in plan.sections if section.text.strip() or edition.number is None]
    if not shown:
        return
    yield Heading("Le plan")
    for section in shown:
        yield Heading(section.title, level=2)
        if section.text.strip():
            yield from wording.blocks(section.text)
        else:
            yield Paragraph("Cette partie reste à écrire.", style="muted")
        yield from _figures(plan, section)


def _figures(plan: PlanContent, section: SectionPart) -> Iterator[Block]:
    known = [
        figure for figure in map(plan.figure, section.figures) if figure and section.text.strip()
    ]
    # What nobody knows proves nothing: it is told before adoption, not printed.
    shown = [fact for fact in known if fact.state is not FigureState.UNKNOWN]
    if not shown:
        return
    yield Table(
        columns=(
            Column(f"Dans le dossier au {french.short_date(plan.taken_on)}", 3),
            Column("Réponse ou nombre", 2),
        ),
        rows=[(fact.label, _answer(fact.value)) for fact in shown],
        row_headers=True,
        small=True,
    )


def _answer(value: str) -> str:
    """Return an answer as it reads beside its label: "jamais", but "Maternelle : 8…"."""
    return value if ":" in value else value[:1].lower() + value[1:]


def _cell(plan: PlanContent) -> Iterator[Block]:
    if not plan.contacts:
        return
    yield Heading("Cellule de crise et partenaires")
    yield Paragraph(
        "Les numéros de téléphone figurent dans l’annuaire de crise, à diffusion restreinte.",
        style="muted",
    )
    for group, title in (("cell", "Cellule de crise"), ("partner", "Partenaires")):
        people = [contact for contact in plan.contacts if contact.group == group]
        if people:
            yield Table(
                columns=(
                    Column("Rôle", 1.6),
                    Column("Personne", 1.4),
                    Column("Suppléance", 1.4),
                    Column("Ce qu’elle fait", 2),
                ),
                rows=[(person.role, person.name, person.deputy, person.duty) for person in people],
                caption=title,
                row_headers=True,
            )
    yield from phone_tree(plan.contacts)


def _actions(plan: PlanContent) -> Iterator[Block]:
    yield Heading("Programme d’actions")
    if not plan.actions:
        yield Paragraph("Aucune action ouverte à cette date.", style="muted")
        return
    yield _how_many(plan.actions)
    yield Table(
        columns=(
            Column("N°", 0.4),
            Column("Action", 2.2),
            Column("Origine", 1.3),
            Column("Responsable", 1.2),
            Column("Échéance", 0.9),
            Column("Coût", 0.9),
            Column("État", 0.9),
        ),
        rows=[_action_row(plan, action) for action in plan.actions],
        small=True,
    )


def _how_many(actions: Sequence[ActionPart]) -> Block:
    late = sum(action.is_late for action in actions)
    words = french.count(len(actions), "action ouverte", "actions ouvertes")
    if not late:
        return Paragraph(f"{words}, aucune en retard.")
    return Callout(f"{words}, dont {french.number(late, 0)} en retard.", tone="attention")


def _action_row(plan: PlanContent, action: ActionPart) -> tuple[str | Chip, ...]:
    line = next((risk.title for risk in plan.risks if risk.id == action.risk), "")
    return (
        "" if action.id is None else str(action.id),
        action.title,
        f"{action.source} : {line}" if line else action.source,
        action.responsible or "à désigner",
        french.short_date(action.due_on) or "à fixer",
        action.cost,
        Chip(action.state, "bad" if action.is_late else "neutral"),
    )


def _attachments(plan: PlanContent) -> Iterator[Block]:
    if not plan.attachments:
        return
    yield Heading("Documents antérieurs joints au dossier")
    yield Paragraph(
        "Ces PDF sont gardés avec le dossier. L’empreinte (SHA-256) permet de vérifier "
        "qu’une copie présentée est bien celle-là.",
        style="muted",
    )
    yield Table(
        columns=(
            Column("Document", 1.7),
            Column("Nature", 1.2),
            Column("Daté du", 0.9),
            Column("Pages", 0.6, "right"),
            Column("Empreinte", 2.4),
        ),
        rows=[
            (
                attachment.title,
                attachment.kind,
                french.short_date(attachment.dated_on) or "non daté",
                french.number(attachment.pages, 0),
                " ".join(
                    attachment.sha256[at : at + 8] for at in range(0, len(attachment.sha256), 8)
                ),
            )
            for attachment in plan.attachments
        ],
        row_headers=True,
        small=True,
    )


def _adoption(plan: PlanContent, edition: Edition) -> Iterator[Block]:
    school = plan.school
    words = settling_words(school.kind)
    if edition.number is None:
        says = f"À signer une fois le plan {words.masculine}."
    else:
        says = f"Version {edition.number} {words.told(edition.adopted_on, edition.body)}."
    council = "Pour l’instance consultée" if words.advises else "Pour l’instance qui adopte"
    boxes = [
        SignatureBox(school.kind.words["The_signer"], school.head),
        SignatureBox(council, note=edition.body),
    ]
    if school.is_first_degree:  # in an establishment its head is responsible for the DUERP
        boxes.append(SignatureBox("Pour le responsable du DUERP", school.risk_register_owner))
    yield Together(
        (
            Heading("Signatures et suites"),
            Paragraph(says),
            Bullets(
                [f"{kind.blank} le …………………… (……………………………)" for kind in MilestoneKind], checks=True
            ),
            Signatures(boxes),
        )
    )


def _sources(plan: PlanContent) -> Iterator[Block]:
    known = rules.facts_of(plan.school.kind)
    used = dict.fromkeys(fact.source for fact in known)
    used |= dict.fromkeys(section.source for section in rules.sections())
    used |= dict.fromkeys(scenario.source for scenario in plan.scenarios)
    official = [source for name in used if not (source := content.sources()[name]).is_own_proposal]
    yield Heading("Sources")
    yield Paragraph(
        "Les exemples, les fiches de scénario, les objectifs chiffrés et l’échelle de cotation "
        "sont des propositions d’EGN Desktop, adaptées par l’équipe : ni textes officiels, ni "
        "normes.",
        style="muted",
    )
    cited = [f"{source.citation}." for source in sorted(official, key=lambda source: source.year)]
    yield Bullets(cited, close=True)
