# SPDX-License-Identifier: GPL-3.0-or-later
"""Hold the coverage of what must never be wrong against what it was.

``python3 dev.py test --all --coverage`` runs it.

python tools/coverage_ratchet.py MEASURED [--write]

``tests/coverage.json`` has the share of lines and branches, in percent, that the tests of each
group ran. Less than that fails; ``--write`` notes what was measured, once it is more.
"""

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

KEPT = Path(__file__).resolve().parents[1] / "tests" / "coverage.json"
GROUPS: Mapping[str, Sequence[str]] = {
    "rules": ("rules.py", "rules/*.py"),
    "dossier": ("egn_desktop/dossier/*.py", "egn_desktop/dossier/*/*.py"),
    "journal": ("dossier/journal.py", "proofs.py", "proofs/*.py"),
}
# Where one thread overtakes another decides over a line or two.
SLACK = 0.3


def main(arguments: Sequence[str]) -> int:
    """Compare, or note what was measured; return the exit code."""
    measured = shares(json.loads(Path(arguments[0]).read_text(encoding="utf-8"))["files"])
    if "--write" in arguments or not KEPT.exists():
        KEPT.write_text(json.dumps(measured, indent=2) + "\n", encoding="utf-8")
        print(f"Noted in {KEPT.name}, to be committed: {measured}")
        return 0
    kept: dict[str, float] = json.loads(KEPT.read_text(encoding="utf-8"))
    for group, share in measured.items():
        print(f"{group:<8} {share:6.1f} %, at least {kept[group]:.1f} %")
    fallen = [group for group, share in measured.items() if share < kept[group] - SLACK]
    if fallen:
        print(f"Less is covered than before: {', '.join(fallen)}.")
    return int(bool(fallen))


def shares(files: Mapping[str, Mapping[str, Any]]) -> dict[str, float]:
    """Return the share of lines and branches that was run, for each group, in percent."""
    found: dict[str, float] = {}
    for group, patterns in GROUPS.items():
        run = wanted = 0
        for name, file in files.items():
            path = PurePosixPath(name.replace("\\", "/"))
            if any(path.match(pattern) for pattern in patterns):
                summary = file["summary"]
                run += summary["covered_lines"] + summary["covered_branches"]
                wanted += summary["num_statements"] + summary["num_branches"]
        found[group] = round(100 * run / wanted, 1)
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
