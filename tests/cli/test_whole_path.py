# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole product from the command line, on files in the real formats."""

import csv
import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pikepdf
import pytest

from egn_desktop.cli import _parser, run_command
from egn_desktop.dossier import life
from egn_desktop.errors import ExitCode
from egn_desktop.plans import rules as plan_rules
from egn_desktop.plans.queries import sections
from egn_desktop.plans.service import PlanService

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
PHRASE = "quatre chevaux gris au bord du lac"
Run = Callable[..., str]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.setenv("EGN_DESKTOP_SECRET", PHRASE)

    def run(*arguments: object, code: int = ExitCode.OK) -> str:
        exit_code = run_command([str(argument) for argument in arguments])
        output = capsys.readouterr()
        assert exit_code == code, output.out + output.err
        return output.out + output.err

    return run


@pytest.fixture
def path(tmp_path: Path, run: Run) -> Path:
    """A dossier made from the command line, the school known."""
    path = tmp_path / "ecole.egn"
    assert "créé" in run("new", path)
    shown = run(
        "school", path, "--uai", "0430999c", "--name", "École des Sources", "--town", "Yssingeaux",
        "--level", "M=3/70", "--level", "E=5/120", "--teachers", "9", "--head", "Mme Aubry",
    )  # fmt: skip
    assert "Clermont-Ferrand" in shown
    assert "IA-DASEN" in shown
    return path


def rows_of(name: str, encoding: str) -> list[list[str]]:
    with (SAMPLES / name).open(encoding=encoding, newline="") as file:
        return list(csv.reader(file, delimiter=";"))


@pytest.mark.child
def test_from_nothing_to_the_printed_documents(run: Run, path: Path, tmp_path: Path) -> None:
    import_lists(run, path, tmp_path)
    answer_the_audit(run, path)
    lend_and_return(run, path)
    write_and_adopt_the_plan(run, path, tmp_path)
    hold_a_drill(run, path)
    print_everything(run, path, tmp_path)
    keep_it_safe(run, path, tmp_path)


def import_lists(run: Run, path: Path, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in rows_of("materiel.csv", "utf-8-sig"):
        book.worksheets[0].append(row)
    book.save(tmp_path / "parc.xlsx")
    seen = run("import", path, "--devices", tmp_path / "parc.xlsx", "--preview")
    assert "N° de série    N° de série (serial_number)" in seen
    assert "rien n’a été importé" in seen
    assert "Aucun matériel" in run("devices", path)
    lists = ("--pupils", SAMPLES / "onde_eleves.csv", "--guardians")
    told = run(
        *("import", path, "--devices", tmp_path / "parc.xlsx", *lists),
        SAMPLES / "onde_responsables.csv",
    )
    assert "« parc.xlsx », feuille « Sheet » : 60 lignes, 60 appareils à importer" in told
    assert "« parc.xlsx » est importé : 60 appareils en plus." in told
    assert "« onde_eleves.csv » est importé : 190 élèves en plus." in told
    assert "186 responsables légaux en plus ; 4 responsables laissés de côté" in told
    again = run("import", path, "--devices", SAMPLES / "materiel.csv")
    assert "« materiel.csv » est importé : 60 appareils sans changement." in again
    faulty = tmp_path / "armoire.csv"
    faulty.write_bytes("Étiquette;Objet;État\r\nX-1;Tablette;Bon\r\n;PC;\r\n".encode("cp1252"))
    told = run("import", path, "--devices", faulty, "--column", "Étiquette=asset_number",
               "--column", "Objet=kind")  # fmt: skip
    assert "ligne 3 : Il manque le numéro d’inventaire" in told
    assert "1 appareil en plus" in told
    assert len(run("devices", path).splitlines()) == 61
    assert len(run("pupils", path).splitlines()) == 190


def answer_the_audit(run: Run, path: Path) -> None:
    answers = ("ens-01=12/15", "res-01=12", "res-07=non", "sal-06=oui")
    told = run("audit-answer", path, *(part for answer in answers for part in ("--set", answer)))
    assert "4 réponses enregistrées" in told
    state = run("audit", path)
    assert "4 réponses sur" in state
    assert "res-07 Filtrage pour les élèves" in state
    assert "Action n° 1" in run("audit-action", path, "--criterion", "res-07")
    assert "Filtrage" in run("actions", path) or "filtrage" in run("actions", path)


def lend_and_return(run: Run, path: Path) -> None:
    told = run("lend", path, "--device", "YSS-0001", "--to", "LEFÈVRE Léa", "--class", "PS")
    assert "Prêt n° 1" in told
    run("lend", path, "--device", "YSS-0002", "--to", "Maëlys Traoré", "--class", "GS")
    again = run("lend", path, "--device", "YSS-0001", "--to", "Maëlys Traoré", "--class", "GS",
                code=ExitCode.REFUSED)  # fmt: skip
    assert "déjà prêté à LEFÈVRE Léa" in again
    assert len(run("loans", path).splitlines()) == 2
    assert "Retour noté" in run("return", path, "--device", "YSS-0001")
    assert "TRAORÉ Maëlys" in run("loans", path)
    assert "LEFÈVRE Léa" not in run("loans", path)


def write_and_adopt_the_plan(run: Run, path: Path, tmp_path: Path) -> None:
    refused = run("plan-adopt", path, "--body", "conseil d’école", code=ExitCode.REFUSED)
    assert "À compléter" in refused
    text = tmp_path / "partie.txt"
    text.write_text("Rédigé par l’équipe.\nRelu par Mme Aubry.", encoding="utf-8-sig")
    with life.open_dossier(path) as dossier:
        first, *others = [row.section.id for row in sections(dossier) if row.section.obligatory]
        for section in others:
            PlanService(dossier).write_section(section, "Rédigé par l’équipe.")
    run("plan-write", path, "--section", first, "--text", f"@{text}", "--done")
    for scenario in list(plan_rules.scenarios())[:3]:
        run("plan-scenario", path, "--choose", scenario.id)
    rated = ("--severity", "3", "--likelihood", "2", "--control", "2")
    run("plan-risk", path, "--id", next(iter(plan_rules.risks())).id, *rated)
    run("plan-contact", path, "--role", "direction", "--name", "Mme Aubry", "--phone", "0471000000")
    assert "Il manque" not in run("plan", path)
    told = run("plan-adopt", path, "--body", "conseil d’école")
    assert "Version 1 arrêtée" in told
    assert "conseil d’école" in run("plan-versions", path)


def hold_a_drill(run: Run, path: Path) -> None:
    assert "n° 1" in run("drill-plan", path, "--kind", "tabletop", "--scenario", "cyberattaque")
    run(
        *("drill-record", path, "--id", "1", "--course", "Tout le monde a répondu."),
        *("--measure", "families_2h=94", "--lesson", "Imprimer l’annuaire|Mme Joly|15/12/2030"),
    )
    assert "94 %" in run("drill", path).replace("\u202f", " ")
    assert "Imprimer l’annuaire" in run("actions", path)


def print_everything(run: Run, path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "inspection"
    printed = [Path(line) for line in run("export", path, "--all", folder).splitlines()]
    names = {re.split(r"-\d", pdf.name)[0].removesuffix(".pdf") for pdf in printed}
    assert names >= {
        "etat-des-lieux",
        "convention-de-pret",
        "registre-des-prets-annee-scolaire",
        "plan-de-continuite",
        "compte-rendu-exercice",
        "programme-des-exercices",
    }
    for pdf in printed:
        with pikepdf.open(pdf) as document:
            assert len(document.pages) >= 1
    (adopted,) = [pdf for pdf in printed if pdf.name.startswith("plan-de-continuite-1")]
    assert "Le fichier est intact" in run("verify-pdf", adopted, path)
    adopted.write_bytes(adopted.read_bytes() + b"\n")
    run("verify-pdf", adopted, path, code=ExitCode.REFUSED)
    listed = run("export", path, "--list")
    assert "convention-de-pret" in listed
    target = tmp_path / "registre.pdf"
    run("export", path, "--document", "registre-des-prets", "--to", target)
    assert target.read_bytes().startswith(b"%PDF")
    run("export", path, "--document", "poeme", "--to", target, code=ExitCode.REFUSED)


def keep_it_safe(run: Run, path: Path, tmp_path: Path) -> None:
    assert "Le dossier est sain" in run("verify", path)
    kept = Path(run("backup", path).strip().partition(" : ")[2])
    assert kept.is_file()
    assert str(kept) in run("backup", path, "--list")
    other = tmp_path / "retrouve.egn"
    assert "Le dossier est sain" in run("restore", kept, "--to", other)
    run("restore", kept, "--to", other, code=ExitCode.REFUSED)
    run("return", other, "--device", "YSS-0002")
    assert "Aucun prêt" in run("loans", other)
    assert "TRAORÉ Maëlys" in run("loans", path)
    assert b"Ma\xc3\xablys" not in path.read_bytes()
    assert sorted(file.name for file in path.parent.glob("ecole.egn*")) == ["ecole.egn"]


# Exit codes, as the guide lists them


def test_a_list_that_cannot_be_taken_is_refused_with_its_reason(
    run: Run, path: Path, tmp_path: Path
) -> None:
    refused = run("import", path, "--pupils", SAMPLES / "materiel.csv", code=ExitCode.REFUSED)
    assert "On ne trouve pas dans « materiel.csv » la colonne" in refused
    assert "Rien n’a été modifié." in refused
    gone = run("import", path, "--devices", tmp_path / "gone.csv", code=ExitCode.REFUSED)
    assert "n’est plus là" in gone
    run("import", path, code=ExitCode.REFUSED)
    wrong = run("import", path, "--devices", SAMPLES / "materiel.csv", "--column", "Prix=price",
                code=ExitCode.REFUSED)  # fmt: skip
    assert "pas de colonne « Prix »" in wrong
    # One list of two is wrong: neither is imported.
    run("import", path, "--devices", SAMPLES / "materiel.csv", "--pupils",
        SAMPLES / "materiel.csv", code=ExitCode.REFUSED)  # fmt: skip
    assert "Aucun matériel" in run("devices", path)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("import",), "il manque : DOSSIER"),
        (("inport", "a.egn"), "n’est pas possible"),
        (("import", "a.egn", "--devises", "b"), "inconnu"),
        (("import", "a.egn", "--column", "Prix"), "TITRE=CHAMP"),
        (("lend", "a.egn", "--device", "1"), "il manque : --to"),
        (("school", "a.egn", "--level", "Z=1"), "NIVEAU=CLASSES"),
    ],
)
def test_an_incomplete_command_says_what_is_missing(
    arguments: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        run_command(arguments)
    assert stopped.value.code == ExitCode.USAGE
    assert said in capsys.readouterr().err


def test_a_wrong_secret_a_damaged_file_and_what_is_no_dossier(
    run: Run, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = path.read_bytes()
    monkeypatch.setenv("EGN_DESKTOP_SECRET", "une tout autre phrase de passe")
    run("verify", path, code=ExitCode.WRONG_SECRET)
    monkeypatch.setenv("EGN_DESKTOP_SECRET", PHRASE)
    text = tmp_path / "notes.egn"
    text.write_text("Bonjour, ceci est une lettre.\n" * 400, encoding="utf-8")
    run("verify", text, code=ExitCode.NOT_A_DOSSIER)
    run("verify", tmp_path / "absent.egn", code=ExitCode.NOT_A_DOSSIER)
    assert path.read_bytes() == before
    middle = len(before) // 2
    damaged = bytes(byte ^ 0xFF for byte in before[middle : middle + 64])
    path.write_bytes(before[:middle] + damaged + before[middle + 64 :])
    run("verify", path, code=ExitCode.DAMAGED)


def test_a_dossier_open_elsewhere_is_left_alone(run: Run, path: Path) -> None:
    with life.open_dossier(path):
        run("devices", path, code=ExitCode.ALREADY_OPEN)
    assert "Aucun matériel" in run("devices", path)


def test_a_dossier_of_a_newer_version_can_be_read_only(
    run: Run, path: Path, tmp_path: Path
) -> None:
    with life.open_dossier(path) as dossier:
        dossier.raw.execute("PRAGMA user_version = 9999")
    assert "Aucun matériel" in run("devices", path)
    run("import", path, "--devices", SAMPLES / "materiel.csv", code=ExitCode.NEWER_VERSION)


def test_a_place_that_cannot_be_written_and_a_full_disk(
    run: Run, path: Path, small_disk: Callable[[str], Path]
) -> None:
    document = ("export", path, "--document", "registre-des-prets", "--to")
    run(*document, SAMPLES / "materiel.csv" / "registre.pdf", code=ExitCode.READ_ONLY)
    run(*document, small_disk("16K") / "plein.pdf", code=ExitCode.DISK_FULL)


def test_without_keyring_or_secret_it_says_so(
    run: Run, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("EGN_DESKTOP_SECRET")
    monkeypatch.setattr("egn_desktop.dossier.keys.ACCEPTED", {})
    told = run("devices", path, code=ExitCode.NO_KEYRING)
    assert "trousseau" in told
    run("new", path.with_name("autre.egn"), code=ExitCode.NO_KEYRING)
    assert not path.with_name("autre.egn").exists()


def test_help_and_version_are_in_french(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        run_command(["--help"])
    assert stopped.value.code == ExitCode.OK
    shown = capsys.readouterr().out
    assert "Utilisation" in shown
    assert "Codes de sortie" in shown
    assert not re.search(r"\b(usage|options:|show this|positional)\b", shown)


def test_each_command_explains_itself_in_french() -> None:
    subparsers = next(action for action in _parser()._actions if action.dest == "command")
    assert isinstance(subparsers.choices, dict)
    for name, command in subparsers.choices.items():
        shown = command.format_help()
        assert shown.startswith(f"Utilisation : egn-desktop {name} ")
        assert not re.search(r"\b(FILE|FOLDER|PATH|TEXT|NAME|options:|show this)\b", shown), name
