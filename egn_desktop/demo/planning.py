# SPDX-License-Identifier: GPL-3.0-or-later
"""The plan: written and adopted last year, then changed by what a drill taught."""

from collections.abc import Iterator
from datetime import date

from egn_desktop import french
from egn_desktop.demo.calendar import Calendar
from egn_desktop.demo.diary import Story
from egn_desktop.demo.people import CLASSES
from egn_desktop.demo.school import HEAD
from egn_desktop.documents.blocks import Column, Document, Heading, Table
from egn_desktop.dossier import Dossier
from egn_desktop.plans import attachments, rules
from egn_desktop.plans.attachments import AttachmentKind
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
    "en conseil des maîtres.",
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
_EACH_DAY = "Cahier de texte de l’ENT"
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
    "\n- Le message de fermeture existe en français, en turc et en arabe, imprimé au bureau."
    "\n- Les coordonnées sont vérifiées par les familles à chaque rentrée."
)


def stories(dossier: Dossier, calendar: Calendar) -> Iterator[Story]:
    """Return the stories of the plan and of the crisis cell."""
    yield _plan(dossier, calendar)


def _plan(dossier: Dossier, calendar: Calendar) -> Story:
    service, year = PlanService(dossier), calendar.year - 1
    yield calendar.on(year, 10, 14)
    _write(service)
    _attach(dossier, service, date(year - 1, 11, 21))
    yield calendar.on(year, 11, 3)
    _choose_and_rate(service)
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
    yield calendar.ago(47)
    for contact in contacts[:-2]:
        service.check_contact(contact)
    communication = rules.sections()["communication"].example
    service.write_section("communication", communication + _AFTER_THE_ALERT, done=True)
    yield calendar.ago(21)
    for section in rules.sections():
        if section.id not in _UNFINISHED:
            service.finish_section(section.id)
    lessons = [one for one in review_lines(dossier) if one.kind is LineKind.LESSON]
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


def _choose_and_rate(service: PlanService) -> None:
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
        if risk == "electrique":
            service.plan_measure(
                line,
                title="Faire vérifier l’armoire de recharge par la mairie",
                responsible="M. Perrin",
            )
