# SPDX-License-Identifier: GPL-3.0-or-later
"""The plan's annex, what is carried out in a crisis, and what was attached."""

from collections.abc import Sequence
from typing import Final

from egn_desktop import french
from egn_desktop.documents.offers import Offer, Subject
from egn_desktop.dossier import Dossier
from egn_desktop.inventory.people.queries.pupils import school_classes
from egn_desktop.plans.queries import (
    CrisisLog,
    attachments,
    contacts,
    crises,
    scenarios,
    sections,
    summary,
    versions,
)
from egn_desktop.school.languages import languages

DRAFT = "projet"

ALL_CLASSES = "toutes"

MESSAGES: Final = "message-aux-familles"


def editions(dossier: Dossier) -> Sequence[Subject]:
    """Return the adopted versions, and the draft where it says something else."""
    subjects = list(settled(dossier))
    has_draft = summary(dossier).changes_since if subjects else _is_begun(dossier)
    if has_draft:
        subjects.insert(0, Subject(DRAFT, f"Projet du {french.short_date(dossier.today())}"))
    return subjects


def settled(dossier: Dossier) -> Sequence[Subject]:
    """Return the versions, the latest first."""
    return [
        Subject(
            str(version.number),
            f"Version {version.number}, {french.short_date(version.adopted_on)}",
        )
        for version in versions(dossier)
    ]


def _is_begun(dossier: Dossier) -> bool:
    return any(row.text.strip() for row in sections(dossier)) or bool(
        scenarios(dossier, chosen=True)
    )


def cards(dossier: Dossier) -> Sequence[Subject]:
    """Return the scenarios, those of the plan first: any may be needed."""
    rows = sorted(scenarios(dossier), key=lambda row: not row.chosen)
    return [Subject(row.scenario.id, row.scenario.title) for row in rows]


def find_message(dossier: Dossier, key: str) -> Subject | None:
    """Return the scenario that a key names, with languages if it names some: "canicule/ar+tr"."""
    scenario_id, _, codes = key.partition("/")
    chosen = [languages().get(code) for code in codes.split("+")]
    found = next((card for card in cards(dossier) if card.key == scenario_id), None)
    if found is None or not codes or not all(chosen):
        return None
    names = ", ".join(name.french for name in chosen if name)
    return Subject(key, f"{found.label} ({names})")


def phone_lists(dossier: Dossier) -> Sequence[Subject]:
    """Return the phone list once somebody is on it."""
    return (Subject(),) if contacts(dossier) else ()


def call_lists(dossier: Dossier) -> Sequence[Subject]:
    """Return all classes together, then each class that has pupils."""
    named = school_classes(dossier)
    if not named:
        return ()
    return [Subject(ALL_CLASSES, "Toutes les classes"), *(Subject(name, name) for name in named)]


def attached(dossier: Dossier) -> Sequence[Subject]:
    """Return the PDFs kept beside the plan."""
    return [Subject(str(row.id), row.title) for row in attachments(dossier)]


def journals(dossier: Dossier) -> Sequence[Subject]:
    """Return the crises that were noted, the latest first."""
    titles = scenario_titles(dossier)

    def label(crisis: CrisisLog) -> str:
        day = french.short_date(crisis.started_at.date())
        return f"{titles.get(crisis.scenario, crisis.scenario)}, {day}"

    return [Subject(str(crisis.id), label(crisis)) for crisis in crises(dossier)]


def scenario_titles(dossier: Dossier) -> dict[str, str]:
    """Return the title of each scenario by its id."""
    return {row.scenario.id: row.scenario.title for row in scenarios(dossier)}


OFFERS: Final = (
    Offer(
        "plan-de-continuite",
        title="Plan de continuité pédagogique, annexe au DUERP",
        purpose="Une version du plan, avec scénarios, risques et actions, à annexer au document "
        "unique.",
        missing="Écrivez au moins une partie du plan, ou retenez un scénario.",
        maker="egn_desktop.plans.report.plan:plan_annex",
        subjects=editions,
        names_people=True,
    ),
    Offer(
        "suivi-du-plan",
        title="Suivi d’une version du plan",
        purpose="Ce qu’une version est devenue : avis, transmission, annexion au DUERP, chacun "
        "avec sa date.",
        missing="Arrêtez ou faites adopter une version du plan.",
        maker="egn_desktop.plans.report.papers:version_follow_up",
        subjects=settled,
    ),
    Offer(
        "fiche-reflexe",
        title="Fiche réflexe",
        purpose="Une page par scénario : première heure, premier jour, qui appelle qui, numéros.",
        maker="egn_desktop.plans.report.plan:reflex_card",
        subjects=cards,
        names_people=True,
    ),
    Offer(
        "dossier-de-crise",
        title="Dossier de crise",
        purpose="Par scénario : fiche réflexe, annuaire, message, classes et feuilles de remise.",
        maker="egn_desktop.plans.report.plan:crisis_pack",
        subjects=cards,
        names_people=True,
    ),
    Offer(
        MESSAGES,
        title="Message aux familles en plusieurs langues",
        purpose="À afficher à la porte : le message d’un scénario en français et dans les langues "
        "des familles, sur une feuille.",
        maker="egn_desktop.plans.report.messages:message_sheet",
        subjects=cards,
        find=find_message,
        together=False,
    ),
    Offer(
        "annuaire-de-crise",
        title="Annuaire de crise",
        purpose="La cellule de crise et les partenaires sur une page, à garder sur papier.",
        missing="Ajoutez une personne à la cellule de crise.",
        maker="egn_desktop.plans.report.plan:phone_list",
        subjects=phone_lists,
        names_people=True,
    ),
    Offer(
        "nos-outils",
        title="Nos outils",
        purpose="Une page pour les familles : les outils, comment y entrer, où se connecter près "
        "de chez soi, le temps d’écran.",
        maker="egn_desktop.plans.report.tools:our_tools",
    ),
    Offer(
        "listes-d-appel",
        title="Listes d’appel des familles",
        purpose="Qui appeler pour chaque élève, classe par classe, avec la place de noter la "
        "réponse.",
        missing="Importez la liste des élèves et leurs responsables.",
        maker="egn_desktop.plans.report.calls:call_list",
        subjects=call_lists,
        names_people=True,
        together=False,
    ),
    Offer(
        "document-joint",
        title="Document joint",
        purpose="Un plan ou un DUERP antérieur, tel qu’il a été joint au dossier.",
        missing="Joignez un PDF dans la page Documents.",
        maker="egn_desktop.plans.report.papers:attached_pdf",
        subjects=attached,
        names_people=True,
    ),
    Offer(
        "journal-de-crise",
        title="Journal de crise",
        purpose="Ce qui a été fait et noté en mode crise, heure par heure, à garder et à analyser.",
        missing="Cochez un geste ou notez un événement en mode crise.",
        maker="egn_desktop.plans.report.papers:crisis_journal",
        subjects=journals,
        names_people=True,
    ),
)
