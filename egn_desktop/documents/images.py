# SPDX-License-Identifier: GPL-3.0-or-later
"""Photos as a camera or a telephone makes them → small upright JPEG files that tell nothing else.

What a photo carries besides its picture (where and when it was taken, with which telephone) is
left behind: the picture is painted anew and nothing is copied along. ``photo`` has a child process
decode it; ``photo_here`` is what the child does.
"""

import warnings
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image, ImageOps

from egn_desktop.errors import UserError
from egn_desktop.sandbox import given

LONGEST_SIDE = 1600
"""In pixels: enough to see a cracked hinge, and to print half a page."""
HEAVIEST = 300 * 1024
HEAVIEST_FILE = 40 * 1024 * 1024
MOST_PIXELS_REDUCED = 100_000_000
"""Of a JPEG that is decoded at a half, a quarter or an eighth of its size."""
MOST_PIXELS = 40_000_000
"""Of what must be decoded whole, which takes more memory than a school's computer has to spare."""
QUALITIES = (85, 75, 65, 55)

NOTHING_ADDED = "Rien n’a été ajouté au dossier."
_SMALLER = "Choisissez une taille de photo plus petite sur l’appareil, ou recadrez-la."
_KINDS = "Photos acceptées : JPEG, PNG et WebP."
_APPLE = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif")


@dataclass(frozen=True, slots=True)
class Picture:
    """A JPEG file, upright, without metadata."""

    content: bytes
    width: int
    height: int


def photo(content: bytes, name: str = "") -> Picture:
    """Return a photo as the dossier keeps it.

    Args:
        name: the file's, to say which one is refused.

    Raises:
        UserError: it is no JPEG, PNG or WebP, it is damaged, or far too large.
    """
    from egn_desktop.sandbox.parent import ask

    (width, height), written = ask(
        "photo",
        content,
        tuple[int, int],
        {"shown": name},
        name=name or "l’image",
        kept=NOTHING_ADDED,
        todo=_SMALLER,
    )
    return Picture(written, width, height)


def for_parent(content: bytes, about: dict[str, Any]) -> tuple[tuple[int, int], bytes]:
    """Reduce a photo in the child; see ``sandbox.readers``."""
    made = photo_here(content, about["shown"])
    return (made.width, made.height), made.content


def photo_here(content: bytes, name: str = "") -> Picture:
    """Return a photo as the dossier keeps it, decoded in this process.

    Raises:
        UserError: it is no JPEG, PNG or WebP, it is damaged, or far too large.
    """
    what = f"« {name} »" if name else "L’image"
    if len(content) > HEAVIEST_FILE:
        raise _refusal(f"{what} est trop lourde pour une photo (40 Mo au plus).")
    if content[4:8] == b"ftyp" and content[8:12] in _APPLE:
        raise UserError(
            f"{what} est au format HEIC ou AVIF, que l’application ne lit pas.",
            kept=NOTHING_ADDED,
            todo="Sur un iPhone : Réglages, Appareil photo, Formats, « Le plus compatible ». "
            "Ou envoyez-vous la photo par courriel : elle devient un JPEG.",
        )
    try:
        drawn = _upright(_open(content))
        drawn.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
        return _light_enough(_alone(drawn))
    except Image.UnidentifiedImageError as error:
        raise UserError(
            f"{what} n’est pas une photo que l’application sait lire.",
            kept=NOTHING_ADDED,
            todo=_KINDS,
        ) from error
    except (Image.DecompressionBombError, MemoryError) as error:
        raise _refusal(f"{what} compte trop de pixels pour être ouverte sans risque.") from error
    # A decoder given damaged bytes raises whatever they led it to.
    except Exception as error:
        raise UserError(
            f"{what} est abîmée ou incomplète : elle ne peut pas être ouverte.",
            kept=NOTHING_ADDED,
            todo="Copiez-la de nouveau depuis l’appareil, ou reprenez la photo.",
        ) from error


def size(content: bytes) -> tuple[int, int]:
    """Return the width and height in pixels of a photo that the dossier keeps."""
    with Image.open(BytesIO(content), formats=("JPEG",)) as found:
        return found.size


def read_file(path: Path) -> bytes:
    """Return what a file holds, never more than a photo may be: a film would fill the memory.

    Raises:
        UserError: it cannot be read, or is too heavy for a photo.
    """
    try:
        return given.read(path, HEAVIEST_FILE)
    except given.TooLarge as error:
        heavy = _refusal(f"« {path.name} » est trop lourde pour une photo (40 Mo au plus).")
        raise heavy from error
    except OSError as error:
        raise UserError(f"« {path.name} » ne peut pas être lu.", kept=NOTHING_ADDED) from error


def _refusal(what: str) -> UserError:
    return UserError(what, kept=NOTHING_ADDED, todo=_SMALLER)


def _open(content: bytes) -> Image.Image:
    with warnings.catch_warnings():
        # Said by an error of our own, at our own limit.
        warnings.simplefilter("ignore")
        found = Image.open(BytesIO(content), formats=("JPEG", "PNG", "WEBP"))
        # A progressive JPEG is decoded at a part of its size too, but kept whole meanwhile.
        reduces = found.format == "JPEG" and "progressive" not in found.info
        if found.width * found.height > (MOST_PIXELS_REDUCED if reduces else MOST_PIXELS):
            raise Image.DecompressionBombError
        # A JPEG is decoded at a half, a quarter or an eighth where that is enough.
        found.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        found.load()
    return found


def _upright(found: Image.Image) -> Image.Image:
    try:
        return ImageOps.exif_transpose(found)
    # How the camera was held is not worth a photo: some write it wrong.
    except Exception:
        return found


def _alone(drawn: Image.Image) -> Image.Image:
    """Return the picture on a new sheet, white where it is transparent, with nothing written on."""
    has_alpha = "A" in drawn.getbands() or "transparency" in drawn.info
    layer = drawn.convert("RGBA" if has_alpha else "RGB")
    sheet = Image.new("RGB", layer.size, "white")
    sheet.paste(layer, mask=layer.getchannel("A") if has_alpha else None)
    return sheet


def _light_enough(sheet: Image.Image) -> Picture:
    while True:
        for quality in QUALITIES:
            written = BytesIO()
            sheet.save(written, "JPEG", quality=quality, optimize=True)
            if written.tell() <= HEAVIEST or max(sheet.size) == 1:
                return Picture(written.getvalue(), *sheet.size)
        sheet.thumbnail((max(1, sheet.width * 3 // 4), max(1, sheet.height * 3 // 4)))
