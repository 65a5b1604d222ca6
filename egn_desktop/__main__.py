# SPDX-License-Identifier: GPL-3.0-or-later
"""``python -m egn_desktop``, and the ``egn-desktop`` command."""

import sys

from egn_desktop.app import main

if __name__ == "__main__":
    sys.exit(main())
