# SPDX-License-Identifier: GPL-3.0-or-later
"""What an inspector would refuse in a plan, found before it is settled.

A plan that its own figures refute, or a risk that asks for action and has none (Code du travail,
L4121-3-1), does not keep a school from settling it: its head is told, with the way to mend it.
"""

from collections.abc import Iterator

from egn_desktop.french import NARROW_SPACE
from egn_desktop.plans.missing import Missing, Weight
from egn_desktop.plans.snapshot import FigureState, PlanContent, RiskPart


def doubts(plan: PlanContent) -> tuple[Missing, ...]:
    """Return what the plan says that would not be believed, in the order of its pages."""
    return (*_pupils(plan), *_figures(plan), *_risks(plan))


def _pupils(plan: PlanContent) -> Iterator[Missing]:
    said, listed = plan.figure("pupils"), plan.figure("pupils-listed")
    if said and listed and said.value != listed.value:
        yield _doubt(
            f"L’identité compte {said.value} élèves, le dossier en liste {listed.value} : "
            "corrigez l’un ou l’autre.",
            "school",
        )


def _figures(plan: PlanContent) -> Iterator[Missing]:
    told: set[str] = set()
    in_hand = {action.criterion for action in plan.actions}
    for section in plan.sections:
        if not section.text.strip():
            continue
        for figure in map(plan.figure, section.figures):
            if figure is None or figure.state is FigureState.PLAIN or figure.id in told:
                continue
            if figure.criterion in in_hand:  # its head knows, and has said who mends it by when
                continue
            told.add(figure.id)
            if figure.state is FigureState.UNKNOWN:
                words = f"« {figure.label} » n’a pas de réponse à l’état des lieux."
            else:
                words = (
                    f"Sous la partie « {section.title} », l’annexe dira « {figure.label}"
                    f"{NARROW_SPACE}: {figure.value.lower()} » : relisez ce que le texte affirme, "
                    "ou mettez la réponse à jour."
                )
            yield _doubt(words, f"audit:{figure.criterion}")


def _risks(plan: PlanContent) -> Iterator[Missing]:
    for risk in plan.risks:
        place = f"risks:{risk.id}"
        if risk.priority is not None and risk.priority.needs_action and not plan.measures_of(risk):
            yield _doubt(
                f"« {risk.title} » est en {risk.priority.title.lower()} et aucune action n’est "
                "décidée.",
                place,
            )
        if not risk.work_units.strip():
            yield _doubt(f"« {risk.title} » ne dit pas quelles unités de travail expose.", place)
        if _is_bare(risk):
            yield _doubt(f"« {risk.title} » n’a ni situation ni mesure décrite.", place)


def _is_bare(risk: RiskPart) -> bool:
    """Tell whether the annex would print a heading with nothing under it."""
    return not any(text.strip() for text in (risk.situations, risk.in_place, risk.to_take))


def _doubt(what: str, place: str) -> Missing:
    return Missing(what, place, Weight.QUESTIONED)
