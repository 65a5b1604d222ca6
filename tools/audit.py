# SPDX-License-Identifier: GPL-3.0-or-later
"""Ask for known vulnerabilities of what is shipped; ``python3 dev.py audit`` calls it.

pip-audit says « No known vulnerabilities found » also when it could ask about nothing: a database
out of reach, a mirror that has none. Here nothing reassuring is said of what was not audited.
"""

import json
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parent.parent
LOCK: Final = ROOT / "requirements" / "app.lock"
CLEAN, VULNERABLE, NOT_AUDITED = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was found: packages audited, those that were not, and each vulnerability in a line."""

    audited: int = 0
    unasked: tuple[str, ...] = ()
    found: tuple[str, ...] = field(default=())

    @property
    def code(self) -> int:
        """The exit code: 0 only when every package was audited and nothing is known of it."""
        if self.found:
            return VULNERABLE
        return CLEAN if self.audited and not self.unasked else NOT_AUDITED

    @property
    def lines(self) -> list[str]:
        """What is to be said, the worst first."""
        told = [f"VULNERABLE: {todo}" for todo in self.found]
        if not self.audited:
            told.append(
                "NOTHING WAS AUDITED: no database of vulnerabilities answered for any package. "
                "This says nothing about their safety; run it again where the network reaches one."
            )
        elif self.unasked:
            names = ", ".join(self.unasked)
            told.append(f"NOT AUDITED, {len(self.unasked)} packages: {names}.")
        if self.audited:
            told.append(
                f"Audited: {self.audited} packages; known vulnerabilities: {len(self.found)}."
            )
        return told


def outcome(report: dict[str, Any]) -> Outcome:
    """Return what pip-audit's own report comes to."""
    packages = report["dependencies"]
    return Outcome(
        audited=sum("skip_reason" not in package for package in packages),
        unasked=tuple(package["name"] for package in packages if "skip_reason" in package),
        found=tuple(
            f"{package['name']} {package['version']}: {flaw['id']}, mended in "
            f"{', '.join(flaw['fix_versions']) or 'no version yet'}"
            for package in packages
            for flaw in package.get("vulns", ())
        ),
    )


def main() -> int:
    """Audit the locked packages and say what came of it."""
    command = (
        *(sys.executable, "-m", "pip_audit", "--requirement", str(LOCK)),
        *("--require-hashes", "--disable-pip", "--progress-spinner", "off", "--format", "json"),
    )
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    try:
        result = outcome(json.loads(done.stdout))
    except (ValueError, KeyError):
        print(done.stderr.strip())
        result = Outcome()
    print("\n".join(result.lines))
    return result.code


if __name__ == "__main__":
    sys.exit(main())
