"""What a phone's gallery holds: WebP, AVIF and HEIC are read apart, the rest is refused by name."""

import io
import struct

import numpy as np
import pillow_heif
import pytest
from django.utils.translation import override
from PIL import Image

from tests.verification.drawn import GREEN, RED, is_upright, near, picture, refusal, saved, turned
from verification.images import BadImage, decode, inspect, reencode
from verification.images.decoding import TRANSPOSE

pillow_heif.register_heif_opener()
KINDS = ["WEBP", "AVIF", "HEIF"]
BACK = {5: 5, 6: 8, 7: 7, 8: 6}  # the orientation that undoes another; the rest undo themselves


def box(name, *parts):
    body = b"".join(parts)
    return struct.pack(">I", 8 + len(body)) + name + body


def iso(brand, *compatible):
    return box(b"ftyp", brand, bytes(4), *compatible) + box(b"mdat", bytes(200))


def tiff(*entries):
    """A little-endian TIFF whose directory holds these tags, each a short integer of 1."""
    directory = b"".join(struct.pack("<HHIHH", tag, 3, 1, 1, 0) for tag in entries)
    return b"II*\0" + struct.pack("<IH", 8, len(entries)) + directory + bytes(400)


def of_size(kind, width, height):
    """A small picture whose header claims another size."""
    data = bytearray(saved(picture(), kind, exif=turned(1)))
    if kind == "WEBP":
        at = data.index(b"VP8X") + 12
        data[at : at + 6] = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    else:
        for at in (at for at in range(len(data)) if data[at : at + 4] == b"ispe"):
            data[at + 8 : at + 16] = struct.pack(">II", width, height)
    return bytes(data)


def ten_bits(mode):
    samples = np.full((120, 200, 3 if mode.startswith("RGB") else 1), 0x8000, np.uint16)
    return saved(pillow_heif.from_bytes(mode, (200, 120), samples.tobytes()), None)


READ = {
    "lossless WebP": saved(picture(), "WEBP", lossless=True),
    "animated WebP": saved(
        picture(), "WEBP", save_all=True, append_images=[Image.new("RGB", (200, 120))]
    ),
    "AVIF": saved(picture(), "AVIF"),
    "grey HEIC": saved(picture(mode="L"), "HEIF"),
    "HEIC with alpha": saved(picture(mode="RGBA"), "HEIF"),
    "HEIC of ten bits": ten_bits("RGB;16"),
    "grey HEIC of ten bits": ten_bits("L;16"),
}


@pytest.mark.parametrize("data", READ.values(), ids=READ)
def test_what_phones_write_becomes_rgb(data):
    array = decode(data)

    assert (array.shape, array.dtype, array.flags.writeable) == ((120, 200, 3), np.uint8, True)


def test_ten_bits_are_scaled_and_transparency_is_laid_on_white():
    assert abs(int(decode(READ["grey HEIC of ten bits"])[60, 60, 0]) - 128) <= 2
    for kind in KINDS:
        clear = saved(Image.new("RGBA", (100, 100), (0, 0, 0, 0)), kind)
        assert near(decode(clear)[50, 50], (255, 255, 255))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_orientation_is_applied_once(kind, orientation):
    """In HEIF and AVIF boxes of their own say it; the EXIF beside them is not believed again."""
    stored = picture()
    if orientation != 1:
        stored = stored.transpose(TRANSPOSE[BACK.get(orientation, orientation)])

    array = decode(saved(stored, kind, exif=turned(orientation)))

    assert array.shape == (120, 200, 3)
    assert is_upright(array)


def test_of_several_pictures_the_primary_one_is_taken():
    several = pillow_heif.from_pillow(Image.new("RGB", (300, 300), RED))
    several.add_from_pillow(Image.new("RGB", (200, 100), GREEN))

    array = decode(saved(several, None, primary_index=1))

    assert array.shape == (100, 200, 3)
    assert near(array[50, 100], GREEN)


def test_the_motion_glued_to_a_photo_is_left_behind():
    film = iso(b"mp42") + bytes(5000)
    for kind in ["JPEG", *KINDS]:
        assert is_upright(decode(saved(picture(), kind) + box(b"mpvd", film)))


def test_the_clean_copy_is_a_jpeg_without_what_the_phone_wrote_into_it():
    exif = Image.Exif()
    exif[0x010F] = "Maker"
    exif.get_ifd(0x8825)[1] = "N"
    for kind in KINDS:
        with Image.open(io.BytesIO(reencode(saved(picture(), kind, exif=exif)))) as clean:
            assert (clean.format, dict(clean.getexif())) == ("JPEG", {})


@pytest.mark.parametrize("kind", KINDS)
def test_size_is_read_without_decoding_and_held_against_the_limits(kind):
    assert inspect(saved(picture(300, 200), kind)).pixels == 60_000
    assert refusal(of_size(kind, 16_000, 16_000)) == "too_many_pixels"
    assert refusal(saved(picture(300, 200), kind), max_pixels=59_999) == "too_many_pixels"
    assert refusal(saved(picture(64, 63), kind)) == "too_small"
    assert refusal(saved(picture(), kind), max_bytes=100) == "too_large"


def test_a_size_that_is_not_the_pictures_own_is_refused():
    assert refusal(of_size("HEIF", 220, 130)) == "truncated"


def test_a_codec_that_no_decoder_knows_is_not_called_damage():
    assert refusal(saved(picture(), "AVIF").replace(b"ftypavif", b"ftypheic")) == "unsupported"


NAMED = {
    "GIF": saved(picture(), "GIF"),
    "BMP": saved(picture(), "BMP"),
    "TIFF": saved(picture(), "TIFF"),
    "DNG": tiff(0x0100, 0xC612),
    "CR2": b"II*\0\x10\0\0\0CR\2\0" + bytes(99),
    "CR3": iso(b"crx "),
    "RAF": b"FUJIFILMCCD-RAW 0201" + bytes(99),
    "JPEG 2000": saved(picture(), "JPEG2000"),
    "JPEG XL": b"\xff\x0a" + bytes(99),
    "MP4": iso(b"isom", b"mp42"),
    "3GP": iso(b"3gp5"),
    "QuickTime": iso(b"qt  "),
    "AVI": b"RIFF\0\0\0\0AVI " + bytes(99),
    "WebM": b"\x1aE\xdf\xa3" + bytes(99),
    "PDF": b"%PDF-1.7",
    "ZIP": b"PK\x03\x04" + bytes(99),
    "SVG": b"\n  <svg xmlns='http://www.w3.org/2000/svg'/>",
}


@pytest.mark.parametrize("name", NAMED)
def test_what_is_not_read_is_named_in_both_languages(name):
    with pytest.raises(BadImage, match="unsupported") as caught:
        decode(NAMED[name])
    for language, to_do in (("en", "Please send"), ("th", "กรุณาส่ง")):
        with override(language):
            said = str(caught.value.message)
        assert (name in said, to_do in said) == (True, True)


def test_a_film_inside_a_picture_format_is_known_by_its_brands():
    still = saved(picture(), "AVIF")
    assert inspect(still.replace(b"ftypavif", b"ftypmif1")).format == "AVIF"
    assert inspect(saved(picture(), "HEIF").replace(b"ftypheic", b"ftypmif1")).format == "HEIF"
