# SPDX-License-Identifier: GPL-3.0-or-later
"""Keep an exception from leaving an override of Qt's by the way it came in.

Qt goes on calling overrides while the exception waits to come out at the other end, and at each of
these calls PySide (6.11) gives back a reference to the override that it never took: some calls
later the method is freed, and the program dies where it is next looked at. A share that goes away
makes every read fail, and so does this within seconds.
"""

import sys
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

Override = TypeVar("Override", bound=Callable[..., Any])


def contained(override: Override) -> Override:
    """Have what an override of an event raises told as what a slot raises is."""
    otherwise = False if override.__annotations__.get("return") is bool else None

    @wraps(override)
    def safe(*arguments: Any) -> Any:
        try:
            return override(*arguments)
        except Exception as error:
            sys.excepthook(type(error), error, error.__traceback__)
        return otherwise

    return cast("Override", safe)
