# SPDX-License-Identifier: GPL-3.0-or-later
"""The plan: written and adopted last year, then changed by what a drill taught."""

from collections.abc import Iterator
from datetime import date, timedelta

from egn_desktop import french
from egn_desktop.actions.service import ActionService
from egn_desktop.audit.queries import campaigns
from egn_desktop.audit.service import AuditService
from egn_desktop.demo.calendar import Calendar
from egn_desktop.demo.diary import Story
from egn_desktop.demo.people import CLASSES
from egn_desktop.demo.school import HEAD
from egn_desktop.documents.blocks import Column, Document, Heading, Table
from egn_desktop.dossier import Dossier
from egn_desktop.plans import attachments, rules
from egn_desktop.plans.attachments import AttachmentKind
from egn_desktop.plans.milestones import MilestoneKind
from egn_desktop.plans.queries import review_lines
from egn_desktop.plans.review import LineKind
from egn_desktop.plans.rules import ToolStatus
from egn_desktop.plans.service import PlanService
from egn_desktop.school.queries import identity

FIRST_GRADE_AGE = 6
BODY = "conseil d’école"
SCENARIOS = ("intemperies", "pandemie", "cyberattaque", "coupure", "absence-massive")
_OWN_WORDS = {
    "identite": "Ce plan a été écrit par la directrice avec Mme Aubry, M. Perrin et M. Delmas, "
    "ERUN de la circonscription. Il a été relu par le service scolaire de la mairie et présenté "
    "en conseil des maîtres, puis au conseil d’école pour avis.",
    "ressources": "L’école dispose de deux classes mobiles dont l’une peut sortir des murs. En cas "
    "de fermeture, la salle des fêtes (clé en mairie) accueille trois classes. Elle n’a pas encore "
    "de connexion de secours : elle est demandée à la mairie, avec une date dans le programme "
    "d’actions.",
    "communication": "1er canal : message de l’ENT. 2e : SMS groupé. 3e : chaîne téléphonique par "
    "classe. Sans réseau : affichage à la grille et à la mairie.\n"
    "- La directrice écrit, un membre de la cellule relit, la suppléance envoie.\n"
    "- Un message commence par l’essentiel, tient en cinq lignes et annonce l’heure du suivant.\n"
    "- Les messages types restent à traduire : c’est une action de l’année.",
    "classes": "- **Maternelle** : un rendez-vous court par jour avec la famille, une idée "
    "d’activité sans écran.\n"
    "- **CP et CE1** : plan de travail d’une heure et demie, lecture chaque jour, appel deux fois "
    "par semaine.\n"
    "- **CE2 à CM2** : plan de travail de deux heures, classe virtuelle par demi-groupe trois fois "
    "par semaine.\n"
    "Les pochettes papier des élèves sans appareil sont prêtes, dans l’armoire bleue ; les autres "
    "sont tirées le jour même.",
    "sans-reseau": "Chaque classe garde prête la pochette de deux jours de ses élèves sans "
    "appareil. Retrait à la médiathèque et à la boulangerie, le mardi et le vendredi de 16 h à "
    "18 h. L’association de quartier porte les pochettes à sept familles. L’équipe appelle chaque "
    "élève une fois par semaine.",
    "tiers-lieux": "| Lieu | Jours et heures | Ce que l’on y trouve |\n"
    "| Médiathèque intercommunale | mardi, mercredi et samedi, 10 h à 12 h et 14 h à 18 h | 6 "
    "postes, impression, une personne pour aider |\n"
    "| France services | lundi au vendredi, 9 h à 12 h | aide aux démarches, ÉduConnect |\n"
    "Ces heures sont vérifiées chaque année en septembre.",
    "scenarios": "L’école est à 850 m d’altitude : la neige bloque les cars plusieurs matins par "
    "hiver, et une ligne électrique aérienne la dessert. Nous retenons donc les intempéries et la "
    "coupure longue. La pandémie, la cyberattaque et l’absence massive peuvent toucher toute "
    "école : elles sont retenues aussi.",
}
_UNFINISHED = ("administratif", "annexes")
_RATINGS = {
    "surcharge": (3, 3, 2),
    "frontiere": (2, 3, 2),
    "isolement": (2, 2, 2),
    "ecrans": (1, 4, 2),
    "conduite-crise": (3, 2, 3),
    "electrique": (4, 1, 1),
    "routier": (4, 1, 2),
}
# role, name, phone, deputy, deputy's phone; numbers that the regulator keeps for fiction.
_CONTACTS = (
    ("direction", HEAD, "06 39 98 01 10", "Mme Aubry", "06 39 98 01 11"),
    ("suppleant", "Mme Aubry", "06 39 98 01 11", "", ""),
    ("journal", "M. Colin", "06 39 98 01 12", "Mme Vidal", "06 39 98 01 13"),
    ("pedagogie", "Mme Roussel", "06 39 98 01 14", "M. Ferrand", "06 39 98 01 15"),
    ("numerique", "M. Perrin", "06 39 98 01 16", "", ""),
    ("suivi-eleves", "Mme Joly", "06 39 98 01 17", "Mme Caron", "06 39 98 01 18"),
    ("mairie", "Mme Sabatier, service scolaire", "04 65 71 01 20", "Astreinte", "04 65 71 01 21"),
    ("ien", "Secrétariat de circonscription", "04 65 71 01 22", "", ""),
    ("assistance", "M. Delmas, ERUN", "06 39 98 01 23", "", ""),
    ("association", "Médiathèque intercommunale", "04 65 71 01 24", "", ""),
)
_CALLED_BY = {
    "pedagogie": "Mme Aubry",
    "numerique": "Mme Aubry",
    "suivi-eleves": "Mme Roussel",
    "assistance": "M. Perrin",
    "association": "Mme Joly",
}
# class, what is used each day, how work goes on, who calls, pupils without device or connection
_EACH_DAY = "Cahier de textes de l’ENT"
_RHYTHM_YOUNG = "Un rendez-vous court par jour, jeux et lectures à faire en famille"
_RHYTHM = "Plan de travail le matin, classe virtuelle de 30 minutes par demi-groupe"
_CLASS_NEEDS = ((4, 1), (3, 1), (3, 0), (2, 1), (4, 2), (3, 1), (2, 0), (3, 1))
_EARLIER_RISKS = (
    ("Charge de travail", "Réunions groupées le mardi, une heure"),
    ("Bruit de la cantine", "Deux services, panneaux absorbants demandés à la mairie"),
    ("Chutes dans la cour gelée", "Sel et sable à disposition, accès par le préau"),
)
_AUTHORS = f"{HEAD}, Mme Aubry, M. Perrin, Mme Sabatier (mairie)"
_AFTER_THE_TABLE = " Un annuaire imprimé est joint à la mallette depuis l’exercice du printemps."
_AFTER_THE_ALERT = (
    "\n- Le message de fermeture est en cours de traduction, en turc et en arabe."
    "\n- Les coordonnées sont vérifiées par les familles à chaque rentrée."
)
# risk → what was decided when it was rated, by whom; those of the year are done by its end.
_MEASURES = {
    "surcharge": ("Annoncer aux familles les heures de réponse de l’équipe", HEAD),
    "frontiere": ("Afficher la règle de déconnexion et différer les envois", "M. Perrin"),
    "conduite-crise": ("Partager la permanence téléphonique entre trois personnes", HEAD),
    "electrique": ("Faire vérifier l’armoire de recharge par la mairie", "M. Perrin"),
}
_STILL_OPEN = "electrique"
# What last year’s audit answered "no", and the plan relies on: each is an action before adoption.
_GAPS = {
    "res-05": ("Obtenir de la mairie une connexion de secours", HEAD),
    "ent-05": ("Préparer les fiches de connexion de tous les élèves", "Mme Roussel"),
    "acc-03": ("Écrire les dispositions à distance des élèves à besoins particuliers", "Mme Joly"),
    "acc-05": ("Faire traduire les messages types", "M. Perrin"),
}
_GAPS_FILLED, _GAPS_LEFT = ("acc-03",), ("acc-05",)
"""Those filled within the year, and those in hand; the others are left to the next audit."""


def stories(dossier: Dossier, calendar: Calendar) -> Iterator[Story]:
    """Return the stories of the plan and of the crisis cell."""
    yield _plan(dossier, calendar)


def gap_stories(dossier: Dossier, calendar: Calendar) -> Iterator[Story]:
    """Return the story of what the plan relied on and last year's audit did not find.

    It is told before that of this year's audit, which takes up what was left.
    """
    yield _gaps(dossier, calendar)


def _gaps(dossier: Dossier, calendar: Calendar) -> Story:
    yield calendar.on(calendar.year - 1, 11, 17)
    answered = _answer_gaps(dossier, calendar)
    yield calendar.this_year(33)
    actions = ActionService(dossier)
    for criterion, action in answered.items():
        if criterion in _GAPS_FILLED:
            actions.close(action)
        elif criterion not in _GAPS_LEFT:
            actions.drop(action)


def _plan(dossier: Dossier, calendar: Calendar) -> Story:
    service, year = PlanService(dossier), calendar.year - 1
    yield calendar.on(year, 10, 14)
    _write(service)
    _attach(dossier, service, date(year - 1, 11, 21))
    yield calendar.on(year, 11, 3)
    measures = _choose_and_rate(service, calendar)
    _arrange_classes(service)
    yield calendar.on(year, 11, 10)
    contacts = [
        service.add_contact(
            role=role,
            name=name,
            phone=phone,
            deputy=deputy,
            deputy_phone=deputy_phone,
            called_by=_CALLED_BY.get(role, ""),
            checked_on=dossier.today(),
        )
        for role, name, phone, deputy, deputy_phone in _CONTACTS
    ]
    yield calendar.on(year, 11, 19)
    service.adopt(body=BODY, participants=_AUTHORS)
    yield calendar.last(6, 23)
    service.write_section("cellule", rules.sections()["cellule"].example + _AFTER_THE_TABLE)
    for line in review_lines(dossier):
        if line.action_id is not None:
            service.take_up(line.key)
    service.adopt(body=BODY, participants=_AUTHORS)
    yield from _after_adoption(service, calendar)
    actions = ActionService(dossier)
    for action in measures:
        actions.close(action)
    yield calendar.ago(47)
    for contact in contacts[:-2]:
        service.check_contact(contact)
    communication = _OWN_WORDS["communication"] + _AFTER_THE_ALERT
    service.write_section("communication", communication, done=True)
    yield calendar.ago(21)
    for section in rules.sections():
        if section.id not in _UNFINISHED:
            service.finish_section(section.id)
    lessons = [line for line in review_lines(dossier) if line.kind is LineKind.LESSON]
    # The first is in the draft; the others are what the review proposes.
    for lesson in lessons[:1]:
        service.take_up(lesson.key)


def _write(service: PlanService) -> None:
    for section in rules.sections():
        if section.id == "annexes":
            continue
        words = _OWN_WORDS.get(section.id, section.example)
        service.write_section(section.id, words, done=section.id not in _UNFINISHED)


def _attach(dossier: Dossier, service: PlanService, day: date) -> None:
    """Attach what the school had before: a page of its earlier DUERP."""
    from egn_desktop.documents.pdf.reading import looked_at_here
    from egn_desktop.documents.render import render

    title = f"DUERP de {day.year}, extrait"
    pdf = render(
        Document(
            title=title,
            school=identity(dossier).footer,
            printed_on=french.long_date(day),
            reference=f"Mise à jour du {french.short_date(day)}",
            blocks=(
                Heading("Unité de travail\u202f: enseignants"),
                Table(
                    columns=(Column("Risque"), Column("Mesures en place", 2)),
                    rows=_EARLIER_RISKS,
                    row_headers=True,
                ),
            ),
        )
    )
    # Our own file: no child needs to look at it.
    file = attachments.AttachmentFile(f"{title}.pdf", pdf, looked_at_here(pdf, title).pages)
    service.attach(file, kind=AttachmentKind.DUERP, dated_on=day)


def _arrange_classes(service: PlanService) -> None:
    for group, (no_device, no_connection) in zip(CLASSES, _CLASS_NEEDS, strict=True):
        teacher = group.name.split(" ", 1)[1]
        service.add_class(
            name=group.name,
            school_class=group.name,
            teacher=teacher,
            tool=_EACH_DAY,
            tool_status=ToolStatus.REGISTER,
            rhythm=_RHYTHM_YOUNG if group.age < FIRST_GRADE_AGE else _RHYTHM,
            rota=f"{teacher}, deux fois par semaine",
            without_device=no_device,
            without_connection=no_connection,
            packs=no_device + 2,
        )


def _after_adoption(service: PlanService, calendar: Calendar) -> Story:
    """Tell what became of the version in force, each fact with its day and its body."""
    adopted_on = calendar.last(6, 23)
    for days, kind, body in (
        (1, MilestoneKind.TEAM, "conseil des maîtres"),
        (3, MilestoneKind.SENT, "IEN d’Yssingeaux et assistant de prévention"),
        (10, MilestoneKind.ANNEXED, "IA-DASEN de la Haute-Loire"),
    ):
        yield calendar.held(adopted_on + timedelta(days=days))
        service.note_milestone(2, kind, body=body)


def _answer_gaps(dossier: Dossier, calendar: Calendar) -> dict[str, int]:
    """Turn what the plan relies on and is still lacking into actions, by their criterion."""
    audit, campaign = AuditService(dossier), campaigns(dossier)[0].id
    made: dict[str, int] = {}
    for criterion, (title, responsible) in _GAPS.items():
        left = criterion in _GAPS_LEFT
        due_on = calendar.ahead(45) if left else calendar.held(calendar.last(6, 30))
        made[criterion] = audit.create_action(
            campaign, criterion, title=title, responsible=responsible, due_on=due_on
        )
    return made


def _choose_and_rate(service: PlanService, calendar: Calendar) -> list[int]:
    """Choose scenarios, rate risks and decide of measures; return those that the year will do."""
    made: list[int] = []
    for scenario in SCENARIOS:
        service.choose_scenario(scenario)
    service.edit_scenario(
        "intemperies",
        "trigger",
        "Vigilance orange ou rouge neige, décision de la mairie ou du préfet, ou transporteur "
        "qui annonce qu’il ne dessert plus le plateau.",
    )
    for risk, (severity, likelihood, control) in _RATINGS.items():
        line = service.add_risk(risk=risk)
        service.rate_risk(line, severity=severity, likelihood=likelihood, control=control)
        if risk in _MEASURES:
            title, responsible = _MEASURES[risk]
            left = risk == _STILL_OPEN
            due_on = calendar.ahead(90) if left else calendar.held(calendar.last(6, 30))
            action = service.plan_measure(line, title=title, responsible=responsible, due_on=due_on)
            if not left:
                made.append(action)
    return made
