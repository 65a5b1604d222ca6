# SPDX-License-Identifier: GPL-3.0-or-later
from egn_desktop.dossier import Dossier
from egn_desktop.inventory.register.nouns import PupilInput
from egn_desktop.plans.figures import figures
from egn_desktop.plans.queries import classes, content
from egn_desktop.services import Services


def values(dossier: Dossier) -> dict[str, str]:
    return {figure.id: figure.value for figure in figures(dossier)}


def test_what_families_have_answered_flows_into_the_plan(dossier: Dossier) -> None:
    services = Services.of(dossier)
    assert "without-device" not in values(dossier)
    answers = (("no-device", "special-need"), ("no-connection", "no-adult-help"), ())
    for first, given in zip(("Léa", "Ali", "Zoé"), answers, strict=True):
        pupil = services.pupils.add_pupil(PupilInput(last_name="Cros", first_name=first))
        services.needs.note_need(pupil, given)
    found = values(dossier)
    asked = "sur 3 élèves questionnés"
    for name, count in (
        ("without-device", 1),
        ("without-connection", 1),
        ("needs-waiting", 2),
        ("needs-adapted", 1),
        ("families-to-support", 1),
    ):
        assert found[name].replace("\u202f", " ").replace("\u00a0", " ") == f"{count} {asked}", name


def test_each_figure_of_the_families_section_is_frozen_with_it(dossier: Dossier) -> None:
    services = Services.of(dossier)
    pupil = services.pupils.add_pupil(PupilInput(last_name="Cros", first_name="Léa"))
    services.needs.note_need(pupil, ["no-device"])
    frozen = content(dossier)
    services.needs.note_need(pupil, [])
    figure = frozen.figure("without-device")
    assert figure is not None
    assert figure.value.startswith("1 ")
    assert values(dossier)["without-device"].startswith("0 ")
    section = next(section for section in frozen.sections if section.id == "eleves-familles")
    assert "without-device" in section.figures


def test_a_class_counts_its_pupils_of_today(dossier: Dossier) -> None:
    services = Services.of(dossier)
    made = [PupilInput("Cros", name, school_class="CP") for name in ("Léa", "Ali", "Zoé")]
    gone, *_ = [services.pupils.add_pupil(pupil) for pupil in made]
    services.pupils.mark_left(gone)
    assert [(part.name, part.pupils) for part in classes(dossier)] == [("CP", 2)]
