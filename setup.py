# SPDX-License-Identifier: GPL-3.0-or-later
"""What pyproject.toml cannot say: content and user guide go into the wheel, within the package."""

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

# In the checkout → in the package, where `paths` finds them.
CONTENT = {"resources": "resources", "docs/guide": "guide"}


class BuildWithContent(build_py):
    """Copies the folders that stand beside the package into what is built of it."""

    def run(self) -> None:
        """Build the package, then what goes with it."""
        super().run()
        for source, name in CONTENT.items():
            target = Path(self.build_lib, "egn_desktop", name)
            shutil.rmtree(target, ignore_errors=True)
            shutil.copytree(source, target)


setup(cmdclass={"build_py": BuildWithContent})
