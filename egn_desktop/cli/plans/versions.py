# SPDX-License-Identifier: GPL-3.0-or-later
"""``plan-submit``, ``plan-adopt``, ``plan-note``, ``plan-compare``, ``plan-review``: versions."""

import argparse
from typing import TYPE_CHECKING

from egn_desktop.cli.parser import SubCommands, day
from egn_desktop.errors import UserError

if TYPE_CHECKING:
    from egn_desktop.services import Services


def register(subcommands: SubCommands) -> None:
    """Add the commands of the versions."""
    submit = subcommands.add("plan-submit", help="note que le plan est soumis", run=_submit)
    submit.add_argument("--body", metavar="INSTANCE", help="à quelle instance")
    submit.add_argument("--withdraw", action="store_true", help="retire la soumission")
    adopt = subcommands.add(
        "plan-adopt", help="fige une version du plan, arrêtée ou adoptée", run=_adopt
    )
    adopt.add_argument(
        "--body",
        default="",
        metavar="INSTANCE",
        help="qui adopte, ou a donné son avis (conseil d’école)",
    )
    adopt.add_argument("--on", type=day, metavar="JJ/MM/AAAA", help="jour ; aujourd’hui par défaut")
    adopt.add_argument("--participants", default="", metavar="TEXTE", help="qui a participé")
    subcommands.add(
        "plan-versions", help="affiche les versions et ce qu’elles sont devenues", run=_versions
    )
    _register_milestone(subcommands)
    compare = subcommands.add(
        "plan-compare", help="affiche ce qui change d’une version à l’autre", run=_compare
    )
    compare.add_argument("--before", type=int, required=True, metavar="N", help="la première")
    compare.add_argument("--after", type=int, metavar="N", help="la seconde ; sinon le projet")
    review = subcommands.add(
        "plan-review", help="affiche ce qui a changé depuis la dernière version", run=_review
    )
    review.add_argument("--take", metavar="CLÉ", help="reprend cette ligne dans le projet")
    review.add_argument(
        "--taken", action="store_true", help="affiche ce que le plan a repris, où et quand"
    )
    review.add_argument(
        "--leave", type=int, metavar="N", help="ne reprend plus la ligne n° N dans le projet"
    )


def _register_milestone(subcommands: SubCommands) -> None:
    note = subcommands.add(
        "plan-note", help="note l’avis, la transmission, l’annexion d’une version", run=_note
    )
    which = note.add_mutually_exclusive_group(required=True)
    which.add_argument(
        "--what",
        choices=("presented", "team", "sent", "informed", "annexed"),
        help="présentée pour avis, à l’équipe, transmise, représentants du personnel informés, "
        "annexée au DUERP",
    )
    which.add_argument("--remove", type=int, metavar="N", help="retire un fait noté par erreur")
    note.add_argument("--version", type=int, metavar="N", help="la version ; la dernière sinon")
    note.add_argument("--body", default="", metavar="INSTANCE", help="à qui, ou par qui")
    note.add_argument("--on", type=day, metavar="JJ/MM/AAAA", help="jour ; aujourd’hui sinon")


def _submit(services: "Services", options: argparse.Namespace) -> None:
    if options.withdraw:
        services.plans.withdraw_submission()
        print("Soumission retirée : le plan est un brouillon.")
        return
    services.plans.submit(body=options.body or "")
    print(f"Plan soumis ({options.body}).")


def _adopt(services: "Services", options: argparse.Namespace) -> None:
    from egn_desktop.plans.milestones import settling_words
    from egn_desktop.plans.missing import Weight
    from egn_desktop.plans.queries import missing, versions
    from egn_desktop.school.queries import identity

    words = settling_words(identity(services.dossier).kind)
    for gap in missing(services.dossier):
        if gap.weight is Weight.QUESTIONED:
            print(f"À revoir : {gap.what}")
    number = services.plans.adopt(
        body=options.body, on=options.on, participants=options.participants
    )
    sha256 = versions(services.dossier)[0].sha256
    print(f"Version {number} {words.done}. SHA-256 du PDF : {sha256}")


def _versions(services: "Services", _options: argparse.Namespace) -> None:
    from egn_desktop.french import NARROW_SPACE, short_date
    from egn_desktop.plans.queries import milestones, versions

    rows = versions(services.dossier)
    if not rows:
        print("Aucune version du plan.")
    for row in rows:
        words = (short_date(row.adopted_on), row.body, row.state.label, f"SHA-256 {row.sha256}")
        print(f"{row.number}{NARROW_SPACE}: {' · '.join(word for word in words if word)}")
        for milestone in milestones(services.dossier, row.number):
            print(f"  n° {milestone.id}{NARROW_SPACE}: {milestone.text}")


def _note(services: "Services", options: argparse.Namespace) -> None:
    from egn_desktop.plans.milestones import MilestoneKind
    from egn_desktop.plans.queries import summary

    if options.remove is not None:
        services.plans.remove_milestone(options.remove)
        print(f"Fait n° {options.remove} retiré.")
        return
    version = options.version or summary(services.dossier).version
    if version is None:
        raise UserError("Le plan n’a encore aucune version.", todo="Figez-la avec plan-adopt.")
    kind = MilestoneKind(options.what)
    number = services.plans.note_milestone(version, kind, on=options.on, body=options.body)
    print(f"Version {version}, {kind.label.lower()} : noté (n° {number}).")


def _compare(services: "Services", options: argparse.Namespace) -> None:
    from egn_desktop.plans.queries import comparison

    found = comparison(services.dossier, options.before, options.after)
    if not found:
        print("Aucun changement.")
    for group in found:
        print(group.title)
        for change in group.changes:
            print(f"  {change.title} ({change.how})")
            for text in change.texts:
                print(f"    {text.label}")
                for line in text.removed:
                    print(f"      - {line}")
                for line in text.added:
                    print(f"      + {line}")


def _review(services: "Services", options: argparse.Namespace) -> None:
    from egn_desktop.drills.history import Histories
    from egn_desktop.plans.queries import review_lines, taken_up

    if options.take:
        taken_id = services.plans.take_up(options.take)
        row = next(row for row in taken_up(services.dossier) if row.id == taken_id)
        print(f"Repris dans la partie « {row.section} » (n° {row.id}).")
        return
    if options.leave:
        services.plans.leave_out(options.leave)
        print("Cette ligne n’est plus reprise dans le projet.")
        return
    histories = Histories(services.dossier)
    if options.taken:
        for row in taken_up(services.dossier):
            print(f"{row.id}\t{row.line}")
            if row.action_id is not None:
                print(f"\t{histories.of(row.action_id)}")
        return
    found = review_lines(services.dossier)
    if not found:
        print("Rien à reprendre : le plan suit le dossier, ou n’a pas encore de version.")
    for line in found:
        print(f"{line.key}\t{line.what}")
        if line.action_id is not None:
            print(f"\t{histories.of(line.action_id)}")
