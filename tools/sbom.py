# SPDX-License-Identifier: GPL-3.0-or-later
"""Write what is shipped as a CycloneDX bill of materials; ``python3 dev.py sbom`` calls it.

What is named: each locked package of ``requirements/app.lock`` with its hashes and licence, the C
libraries that its wheels and Python itself carry and that read files of strangers, and what lies
under ``resources/`` of others' making. The result is proven against CycloneDX's own schema.
"""

import json
import re
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parent.parent
LOCK: Final = ROOT / "requirements" / "app.lock"
SPEC_VERSION: Final = "1.6"

# For packages whose metadata say none, or only in words, and those of another system.
LICENCES: Final = {
    "backports-tarfile": "MIT",
    "charset-normalizer": "MIT",
    "importlib-metadata": "Apache-2.0",
    "jaraco-classes": "MIT",
    "lazy-importer": "Apache-2.0",
    "lxml": "BSD-3-Clause",
    "pyside6-essentials": "LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only",
    "pywin32-ctypes": "BSD-3-Clause",
    "reportlab": "BSD-3-Clause",
    "shiboken6": "LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only",
    "sqlcipher3": "Zlib",
    "vacances-scolaires-france": "MIT",
    "zipp": "MIT",
}
# What lies under resources/ and is not ours: folder or beginning of a file name, see the READMEs.
RESOURCES: Final = (
    ("fonts/Inter-", "Inter", "OFL-1.1", "@expo-google-fonts/inter"),
    ("fonts/JetBrainsMono-", "JetBrains Mono", "OFL-1.1", "@expo-google-fonts/jetbrains-mono"),
    ("fonts/NotoSansArabic-", "Noto Sans Arabic", "OFL-1.1", "@expo-google-fonts/noto-sans-arabic"),
    ("icons/", "Lucide", "ISC", "lucide-static"),
)
_PACKAGE: Final = re.compile(r"^(?P<name>[a-z0-9._-]+)==(?P<version>\S+)(?: ; (?P<where>.*?))? \\$")
_SPDX: Final = re.compile(r"[A-Za-z0-9.+-]+(?: (?:OR|AND) [A-Za-z0-9.+-]+)*")
_HASH: Final = re.compile(r"^\s+--hash=sha256:([0-9a-f]{64})")


def bill() -> dict[str, Any]:
    """Return the whole bill; the same files give the same bill."""
    from egn_desktop import VERSION

    ours = {
        "type": "application",
        "bom-ref": "egn-desktop",
        "name": "egn-desktop",
        "version": VERSION,
        "licenses": [{"license": {"id": "GPL-3.0-or-later"}}],
    }
    parts = [*packages(), *libraries(), *resources()]
    return {
        "bomFormat": "CycloneDX",
        "specVersion": SPEC_VERSION,
        "version": 1,
        "metadata": {"component": ours},
        "components": parts,
        "dependencies": [
            {"ref": "egn-desktop", "dependsOn": [part["bom-ref"] for part in parts]},
        ],
    }


def packages() -> Iterator[dict[str, Any]]:
    """Yield each locked package with the hashes of all its files."""
    part: dict[str, Any] | None = None
    for line in LOCK.read_text(encoding="utf-8").splitlines():
        if found := _PACKAGE.match(line):
            if part:
                yield part
            name, version = found["name"], found["version"]
            purl = f"pkg:pypi/{name}@{version}"
            part = {
                "type": "library",
                "bom-ref": purl,
                "name": name,
                "version": version,
                "purl": purl,
                "licenses": _licences(licence_of(name)),
                "hashes": [],
            }
            if found["where"]:
                part["properties"] = [{"name": "egn-desktop:only", "value": found["where"]}]
        elif part and (hashed := _HASH.match(line)):
            part["hashes"].append({"alg": "SHA-256", "content": hashed[1]})
    if part:
        yield part


def licence_of(name: str) -> str:
    """Return a package's licence as an SPDX expression.

    Raises:
        SystemExit: nobody says which it is: look, and write it into ``LICENCES``.
    """
    if name in LICENCES:
        return LICENCES[name]
    try:
        said = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        said = None
    expression = (said.get("License-Expression") or said.get("License")) if said else None
    if not expression or not re.fullmatch(
        r"[A-Za-z0-9.+-]+(?: (?:OR|AND) [A-Za-z0-9.+-]+)*", expression
    ):
        sys.exit(f"The licence of {name} is not known: write it into LICENCES of tools/sbom.py.")
    return expression


def libraries() -> Iterator[dict[str, Any]]:
    """Yield the C libraries inside, as this machine has them: they read files of strangers."""
    import platform
    import pyexpat
    import zlib

    import pikepdf
    import PySide6
    from lxml import etree
    from PIL import features
    from sqlcipher3 import dbapi2

    connection = dbapi2.connect(":memory:")
    # A database in memory has no cipher until it has a key.
    connection.execute("PRAGMA key = 'any'")
    sqlcipher = connection.execute("PRAGMA cipher_version").fetchone()[0]
    provider = connection.execute("PRAGMA cipher_provider_version").fetchone()[0]
    connection.close()
    for name, version, licence, inside in (
        ("python", platform.python_version(), "PSF-2.0", ""),
        ("expat", pyexpat.EXPAT_VERSION.removeprefix("expat_"), "MIT", "python"),
        ("zlib", zlib.ZLIB_RUNTIME_VERSION, "Zlib", "python"),
        ("sqlite", dbapi2.sqlite_version, "blessing", "sqlcipher3"),
        ("sqlcipher", sqlcipher.split()[0], "BSD-3-Clause", "sqlcipher3"),
        ("openssl", provider.removeprefix("OpenSSL ").split()[0], "Apache-2.0", "sqlcipher3"),
        ("qt", PySide6.__version__, "LGPL-3.0-only", "pyside6-essentials"),
        ("qpdf", pikepdf.__libqpdf_version__, "Apache-2.0", "pikepdf"),
        ("libxml2", ".".join(map(str, etree.LIBXML_VERSION)), "MIT", "lxml"),
        ("libjpeg-turbo", features.version("libjpeg_turbo") or "", "IJG", "pillow"),
        ("libwebp", features.version("webp") or "", "BSD-3-Clause", "pillow"),
        ("freetype", features.version("freetype2") or "", "FTL", "pillow"),
    ):
        if version:
            part = {
                "type": "library",
                "bom-ref": f"native:{name}",
                "name": name,
                "version": version,
                "licenses": _licences(licence),
            }
            if inside:
                part["properties"] = [{"name": "egn-desktop:inside", "value": inside}]
            yield part


def resources() -> Iterator[dict[str, Any]]:
    """Yield the fonts and drawings, whose versions their READMEs name."""
    for path, name, licence, package in RESOURCES:
        readme = ROOT / "resources" / path.rpartition("/")[0] / "README.md"
        found = re.search(rf"`{re.escape(package)}` ([0-9.]+[0-9])", readme.read_text("utf-8"))
        if found is None:
            sys.exit(f"{readme} does not say which version of {package} is kept.")
        purl = f"pkg:npm/{package.replace('@', '%40')}@{found[1]}"
        yield {
            "type": "file",
            "bom-ref": purl,
            "name": name,
            "version": found[1],
            "purl": purl,
            "licenses": _licences(licence),
            "properties": [{"name": "egn-desktop:files", "value": f"resources/{path}*"}],
        }


def _licences(expression: str) -> list[dict[str, Any]]:
    if " " in expression:
        return [{"expression": expression}]
    return [{"license": {"id": expression}}]


def problem(text: str) -> str:
    """Return what CycloneDX's schema has against a bill, or nothing."""
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    found = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    return "" if found is None else str(found)


def main() -> int:
    """Write the bill to the file named, or to ``out/sbom.cdx.json``."""
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "out" / "sbom.cdx.json"
    made = bill()
    text = json.dumps(made, indent=2, ensure_ascii=False) + "\n"
    wrong = problem(text)
    if wrong:
        print(f"The bill is not what CycloneDX {SPEC_VERSION} asks for: {wrong}")
        return 1
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")
    print(f"{target}: {len(made['components'])} components, valid as CycloneDX {SPEC_VERSION}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
