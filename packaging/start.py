# SPDX-License-Identifier: GPL-3.0-or-later
"""What the packed program starts with."""

import sys

from egn_desktop.app import main

sys.exit(main())
