# SPDX-License-Identifier: GPL-3.0-or-later
"""What is offered is listed without the reports; what is printed imports its own."""

import subprocess
import sys
from pathlib import Path

import pytest

from egn_desktop import exports, features
from egn_desktop.dossier import Dossier

ROOT = Path(__file__).resolve().parents[2]
LOADED = "print(*sorted(m for m in sys.modules if m in makers or m in ('reportlab', 'pikepdf')))"


def loaded(dossier: Dossier, act: str) -> list[str]:
    """Return which makers' modules a fresh process has imported after an act on a dossier."""
    makers = {offer.maker.partition(":")[0] for offer in exports.available()}
    code = (
        f"import sys\nmakers = {makers!r}\n"
        "from datetime import datetime\nfrom pathlib import Path\n"
        "from egn_desktop import exports\nfrom egn_desktop.dossier import Dossier\n"
        f"now = datetime.fromisoformat({dossier.now().isoformat()!r})\n"
        f"path, key = Path(sys.argv[1]), bytes.fromhex({dossier.key.hex()!r})\n"
        f"with Dossier.open(path, key=key, clock=lambda: now) as dossier:\n    {act}\n{LOADED}"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, dossier.path], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_every_maker_is_there() -> None:
    for offer in exports.available():
        assert callable(features.resolve(offer.maker)), offer.id


def test_listing_imports_no_report(demo: Dossier) -> None:
    dossier = demo
    dossier.close()
    assert loaded(dossier, "[one.beginning(dossier) for one in exports.available()]") == []


@pytest.mark.parametrize(
    ("document", "report"),
    [
        ("registre-rgpd", "egn_desktop.inventory.privacy.report.notices"),
        ("programme-des-exercices", "egn_desktop.drills.report.drill"),
        ("fiche-de-secours", "egn_desktop.school.report"),
    ],
)
def test_a_print_imports_its_own_report_alone(demo: Dossier, document: str, report: str) -> None:
    demo.close()
    found = loaded(demo, f"exports.pdf_bytes(dossier, {document!r})")
    assert [offer for offer in found if offer.startswith("egn_desktop")] == [report]
