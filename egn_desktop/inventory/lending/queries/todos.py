# SPDX-License-Identifier: GPL-3.0-or-later
"""What loans ask for on the home page."""

from collections.abc import Sequence

from egn_desktop import french
from egn_desktop.dossier import Dossier
from egn_desktop.inventory.lending.incidents import QUIET_DAYS
from egn_desktop.inventory.lending.queries.incidents import incident_summary
from egn_desktop.inventory.lending.queries.needs import needs_summary, servable
from egn_desktop.inventory.lending.queries.wiping import to_wipe
from egn_desktop.inventory.people.queries.leavers import leaver_todos
from egn_desktop.inventory.people.queries.pupils import has_pupils
from egn_desktop.inventory.register.loans import loan_summary
from egn_desktop.inventory.register.rules import plan_ended
from egn_desktop.inventory.stock.queries.devices import ending_plans, stock, warranty_claims
from egn_desktop.todo import Todo, Urgency


def todos(dossier: Dossier) -> Sequence[Todo]:
    """Return late loans and those due this week, or the first step of an empty inventory."""
    figures = stock(dossier)
    if figures.total + figures.retired == 0:
        text = "Faire entrer le matériel : importez votre liste, ou ajoutez un premier appareil"
        return (Todo(Urgency.START, "À commencer", text, "loans", "Commencer", "devices"),)
    found: list[Todo] = []
    summary = loan_summary(dossier)
    if summary.late:
        days = french.count(summary.oldest_late_days, "jour")
        text = (
            f"Un prêt en retard, de {days}"
            if summary.late == 1
            else f"{french.count(summary.late, 'prêt')} en retard, le plus ancien de {days}"
        )
        found.append(Todo(Urgency.LATE, "En retard", text, page="loans", action="Relancer"))
    if summary.this_week:
        text = f"{french.count(summary.this_week, 'prêt')} à rendre d’ici dimanche"
        found.append(Todo(Urgency.SOON, "Cette semaine", text, page="loans", action="Voir"))
    found += leaver_todos(dossier)
    waits = needs_summary(dossier).waiting
    at_once = servable(dossier)
    if at_once:
        who = "Un élève attend" if waits == 1 else f"{french.count(waits, 'élève')} attendent"
        spare = french.count(at_once, "appareil disponible", "appareils disponibles")
        text = f"{who} un prêt : {spare} pour servir les premiers"
        if at_once >= waits:
            text = f"{who} un prêt, et le matériel est là"
        found.append(Todo(Urgency.SOON, "À servir", text, "loans", "Prêter", "waiting"))
    found += _loose_ends(dossier)
    if not has_pupils(dossier):
        text = "Importer la liste des élèves, pour pouvoir prêter en quelques secondes"
        found.append(Todo(Urgency.START, "À commencer", text, "loans", "Importer", "pupils"))
    return found


def _loose_ends(dossier: Dossier) -> list[Todo]:
    """Return what is left to do for devices: incidents, warranties to be used, wiping."""
    found: list[Todo] = []
    quiet = incident_summary(dossier).quiet
    if quiet:
        text = (
            f"Un incident est ouvert depuis plus de {QUIET_DAYS} jours"
            if quiet == 1
            else f"{french.count(quiet, 'incident')} ouverts depuis plus de {QUIET_DAYS} jours"
        )
        found.append(Todo(Urgency.SOON, "À suivre", text, "loans", "Suivre", "incidents"))
    claims = warranty_claims(dossier)
    if claims:
        day = french.short_date(claims[0].warranty_until)
        text = (
            f"Un appareil en panne n’est garanti que jusqu’au {day}"
            if len(claims) == 1
            else f"{len(claims)} appareils en panne, garantis jusqu’au {day} pour le premier"
        )
        found.append(Todo(Urgency.SOON, "Garantie", text, "loans", "Voir", "devices"))
    found += _data_plans(dossier)
    unwiped = len(to_wipe(dossier))
    if unwiped:
        text = (
            "Un appareil rendu est à effacer avant d’être prêté à nouveau"
            if unwiped == 1
            else f"{french.count(unwiped, 'appareil rendu', 'appareils rendus')} à effacer avant "
            "d’être prêtés à nouveau"
        )
        found.append(Todo(Urgency.SOON, "À effacer", text, "loans", "Effacer", "wiping"))
    return found


def _data_plans(dossier: Dossier) -> list[Todo]:
    """Return what is to be said of data plans that have ended, which count no more, or end soon."""
    rows, today = ending_plans(dossier), dossier.today()
    ended = [row for row in rows if plan_ended(row.kind, row.data_until, today)]
    if ended:
        text = (
            f"Le forfait de {ended[0].code} a pris fin : cette connexion ne compte plus"
            if len(ended) == 1
            else f"{len(ended)} forfaits de clés ou routeurs 4G ont pris fin : ces connexions ne "
            "comptent plus"
        )
        return [Todo(Urgency.NOW, "Forfait", text, "loans", "Voir", "devices")]
    if rows:
        day = french.short_date(rows[0].data_until)
        text = (
            f"Le forfait de {rows[0].code} prend fin le {day}"
            if len(rows) == 1
            else f"{len(rows)} forfaits de clés ou routeurs 4G prennent fin, le premier le {day}"
        )
        return [Todo(Urgency.SOON, "Forfait", text, "loans", "Voir", "devices")]
    return []
