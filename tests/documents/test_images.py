# SPDX-License-Identifier: GPL-3.0-or-later
import struct
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from egn_desktop.documents.images import HEAVIEST, LONGEST_SIDE, photo_here, read_file
from egn_desktop.errors import UserError
from tests.examples import examples

ORIENTATION, MAKE, GPS = 0x0112, 0x010F, 0x8825
NORTH = {1: "N", 2: (45.0, 8.0, 24.5), 3: "E", 4: (4.0, 7.0, 26.2)}


def shot(size: tuple[int, int], kind: str = "JPEG", **options: object) -> bytes:
    """Return a photo whose upper left corner is red."""
    drawn = Image.new("RGB", size, "blue")
    drawn.paste("red", (0, 0, size[0] // 2, size[1] // 2))
    written = BytesIO()
    drawn.save(written, kind, **options)
    return written.getvalue()


def held(orientation: int) -> Image.Exif:
    """Return what a telephone writes into a photo."""
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKE] = orientation, "Fairphone"
    exif.get_ifd(GPS).update(NORTH)
    return exif


def opened(content: bytes) -> Image.Image:
    found = Image.open(BytesIO(content))
    found.load()
    return found


def is_red(pixel: object) -> bool:
    return isinstance(pixel, tuple) and pixel[0] > 200 > 60 > pixel[2]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_large_photo_becomes_a_small_jpeg(kind: str) -> None:
    made = photo_here(shot((4000, 3000), kind))
    assert (made.width, made.height) == (LONGEST_SIDE, 1200)
    found = opened(made.content)
    assert (found.format, found.size) == ("JPEG", (1600, 1200))
    assert len(made.content) <= HEAVIEST
    assert is_red(found.getpixel((10, 10)))


def test_a_small_photo_keeps_its_size() -> None:
    assert (photo_here(shot((320, 200))).width, photo_here(shot((320, 200))).height) == (320, 200)


def test_noise_is_brought_down_to_the_weight_allowed() -> None:
    noise = Image.effect_noise((2400, 1800), 100)
    written = BytesIO()
    noise.save(written, "PNG")
    assert len(photo_here(written.getvalue()).content) <= HEAVIEST


def test_it_is_turned_upright_and_tells_neither_place_nor_camera() -> None:
    taken = shot((400, 200), exif=held(6), comment=b"devant chez moi", dpi=(72, 72))
    assert b"Fairphone" in taken
    made = photo_here(taken)
    assert (made.width, made.height) == (200, 400)
    found = opened(made.content)
    # Turned by a quarter to the right, the upper left corner is the upper right one.
    assert is_red(found.getpixel((190, 10)))
    assert not is_red(found.getpixel((10, 10)))
    assert not found.getexif()
    assert set(found.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    for trace in (b"Fairphone", b"Exif", b"devant chez moi"):
        assert trace not in made.content


def test_what_is_transparent_becomes_white() -> None:
    drawn = Image.new("RGBA", (40, 40), (0, 0, 0, 0))
    written = BytesIO()
    drawn.save(written, "PNG")
    assert opened(photo_here(written.getvalue()).content).getpixel((20, 20)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["L", "P", "CMYK", "1"])
def test_any_way_of_writing_colours_is_read(mode: str) -> None:
    written = BytesIO()
    drawn = Image.new("RGB", (30, 20), "red").convert(mode)
    drawn.save(written, "JPEG" if mode == "CMYK" else "PNG")
    assert opened(photo_here(written.getvalue()).content).mode == "RGB"


def bomb() -> bytes:
    """Return a PNG of a few hundred bytes that says it has 900 million pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(name + data))
        return struct.pack(">I", len(data)) + name + data + check

    head = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(3000))) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "pas une photo"),
        (b"%PDF-1.7 convention", "pas une photo"),
        (shot((60, 40), "GIF"), "pas une photo"),
        (shot((60, 40), "TIFF"), "pas une photo"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "HEIC"),
        (shot((600, 400))[:900], "abîmée ou incomplète"),
        (shot((600, 400), "PNG")[:200], "abîmée ou incomplète"),
        (bomb(), "trop de pixels"),
    ],
)
def test_anything_else_is_refused_with_what_to_do(content: bytes, said: str) -> None:
    with pytest.raises(UserError, match=said) as refused:
        photo_here(content, "capot.jpg")
    assert "« capot.jpg »" in refused.value.what
    assert refused.value.kept == "Rien n’a été ajouté au dossier."
    assert refused.value.todo


def test_a_file_too_heavy_is_not_even_opened() -> None:
    with pytest.raises(UserError, match="40 Mo"):
        photo_here(bytes(40 * 1024 * 1024 + 1))


def test_a_film_is_not_read_and_what_is_not_there_is_told(tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    with film.open("wb") as file:
        file.truncate(3 * 1024**3)
    with pytest.raises(UserError, match="trop lourde"):
        read_file(film)
    with pytest.raises(UserError, match="ne peut pas être lu"):
        read_file(tmp_path / "absent.jpg")
    (tmp_path / "dos.png").write_bytes(shot((60, 40), "PNG"))
    assert photo_here(read_file(tmp_path / "dos.png")).width == 60


WHOLE = {kind: shot((90, 60), kind) for kind in ("JPEG", "PNG", "WEBP")}


@settings(max_examples=examples(60))
@given(
    kind=st.sampled_from(sorted(WHOLE)),
    at=st.integers(0, 4000),
    put=st.binary(max_size=40),
    cut=st.integers(0, 4000),
)
def test_any_damage_gives_a_photo_or_a_refusal(kind: str, at: int, put: bytes, cut: int) -> None:
    content = WHOLE[kind]
    at %= len(content)
    content = content[:at] + put + content[at + len(put) :]
    content = content[: max(1, len(content) - cut % 200)] if cut > 2000 else content
    try:
        made = photo_here(content)
    except UserError:
        return
    assert opened(made.content).size == (made.width, made.height)
