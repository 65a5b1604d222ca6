# SPDX-License-Identifier: GPL-3.0-or-later
"""What a child can be asked to read. Names are dotted strings, loaded by the child alone."""

COMMAND = "read-a-file"
"""What the program is started with to read one file; in no help, for nobody types it."""

READERS = {
    "table": "egn_desktop.exchange.reading:for_parent",
    "pdf": "egn_desktop.documents.pdf.reading:for_parent",
    "seal": "egn_desktop.documents.pdf.seal:for_parent",
    "photo": "egn_desktop.documents.images:for_parent",
}
"""What a child may be asked → the function that does it. It gets the bytes of a file and what is to
be known about it, and returns plain data for JSON, and bytes."""
