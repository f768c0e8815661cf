"""Pictures as strangers send them: broken, huge, disguised. Each is generated here."""

import io
import random
import struct
import subprocess
import sys
import zlib

import numpy as np
import pytest
from PIL import Image, ImageCms

from tests.verification.drawn import is_upright, picture, refusal, saved, turned
from verification.images import BadImage, decode, inspect, reencode
from verification.images.errors import SENTENCES

DECODE_IN_400_MB = """
import pathlib, resource, sys
from verification.images import decode
data = sys.stdin.buffer.read()
limit = int(pathlib.Path("/proc/self/statm").read_text().split()[0]) * 4096 + 400 * 2**20
resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
print(decode(data, max_bytes=2**24, max_pixels=24_000_000).shape)
print(resource.getrusage(resource.RUSAGE_SELF).ru_utime < 4)
"""


def chunk(name, body):
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(width, height, *extra, depth=8, color=0, rows=b""):
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, 0))
    body = chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(extra) + body


def jpeg_of_size(width, height):
    data = bytearray(saved(picture()))
    at = data.index(b"\xff\xc0")
    data[at + 5 : at + 9] = struct.pack(">HH", height, width)
    return bytes(data)


def with_segment(data, marker, body):
    segment = bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body
    return data[:2] + segment + data[2:]


BOMB_ROWS = 13_000 * (1 + 13_000 // 8)
REFUSED = {
    "nothing at all": (b"", "not_an_image"),
    "text": (b"hello " * 100, "not_an_image"),
    "a web page": (b"<!DOCTYPE html><script>alert(1)</script>", "not_an_image"),
    "SVG": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "unsupported"),
    "PDF": (b"%PDF-1.7\n" + b"0" * 200, "unsupported"),
    "GIF": (saved(picture(), "GIF"), "unsupported"),
    "TIFF": (saved(picture(), "TIFF"), "unsupported"),
    "BMP": (saved(picture(), "BMP"), "unsupported"),
    "WebP's first bytes": (b"RIFF\0\0\0\0WEBP", "truncated"),
    "HEIC's first bytes": (b"\0\0\0\x18ftypheic" + b"\0" * 100, "truncated"),
    "PSD": (b"8BPS\0\1" + b"\0" * 100, "unsupported"),
    "FITS": (b"SIMPLE  =                    T".ljust(2880), "unsupported"),
    "JPEG's first bytes": (b"\xff\xd8\xff", "truncated"),
    "PNG's first bytes": (b"\x89PNG\r\n\x1a\n", "truncated"),
    "half a JPEG": (saved(picture())[:900], "truncated"),
    "half a PNG": (saved(picture(), "PNG")[:-30], "truncated"),
    "PNG of empty data": (png(200, 200), "truncated"),
    "PNG of no size": (png(0, 200), "not_an_image"),
    "PNG bomb": (png(13_000, 13_000, depth=1, rows=bytes(BOMB_ROWS)), "too_many_pixels"),
    "JPEG of 65,500 by 65,500": (jpeg_of_size(65_500, 65_500), "too_many_pixels"),
    "JPEG of no height": (jpeg_of_size(200, 0), "not_an_image"),
    "JPEG of two frames": (saved(picture())[:-2] + saved(picture())[2:], "not_an_image"),
    "lossless JPEG": (saved(picture()).replace(b"\xff\xc0", b"\xff\xc3"), "unsupported"),
    "a line of pixels": (png(20_000, 1, rows=bytes(20_001)), "too_small"),
    "a strip": (saved(picture(1000, 99)), "too_small"),
    "an icon": (saved(picture(32, 32)), "too_small"),
    "12 MB and a byte": (saved(picture()) + bytes(12 * 2**20), "too_large"),
}


@pytest.mark.parametrize(("data", "code"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_honest_photo_is_refused_with_its_reason(data, code):
    assert refusal(data) == code


def test_inspecting_reads_the_size_without_decoding():
    info = inspect(saved(picture(300, 200), exif=turned(6)))

    assert (info.format, info.width, info.height, info.orientation) == ("JPEG", 300, 200, 6)
    assert inspect(saved(picture(300, 200), "PNG")).pixels == 60_000


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_the_exif_orientation_is_applied(orientation, kind):
    back = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}
    stored = picture()
    if orientation in back:
        stored = stored.transpose(Image.Transpose(back[orientation]))

    array = decode(saved(stored, kind, exif=turned(orientation)))

    assert array.shape == (120, 200, 3)
    assert is_upright(array)


KINDS = {
    "grey": saved(picture(mode="L")),
    "CMYK": saved(picture(mode="CMYK")),
    "progressive": saved(picture(), progressive=True),
    "palette": saved(picture(mode="P"), "PNG"),
    "one bit": saved(picture(mode="1"), "PNG"),
    "alpha": saved(picture(mode="RGBA"), "PNG"),
    "grey and alpha": saved(picture(mode="LA"), "PNG"),
    "clear palette": saved(picture(mode="P"), "PNG", transparency=b"\xff\x80\x00"),
    "by hand": png(200, 120, color=2, rows=(b"\0" + bytes([9, 99, 9]) * 200) * 120),
    "animated": saved(
        picture(), "PNG", save_all=True, append_images=[Image.new("RGB", (200, 120))]
    ),
    "with a profile": saved(
        picture(), icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    ),
}


@pytest.mark.parametrize("data", KINDS.values(), ids=KINDS)
def test_every_kind_of_jpeg_and_png_becomes_rgb(data):
    array = decode(data)

    assert (array.shape, array.dtype, array.flags.writeable) == ((120, 200, 3), np.uint8, True)


def test_colours_survive_cmyk_and_an_animation_shows_its_first_frame():
    assert is_upright(decode(KINDS["CMYK"]))
    assert is_upright(decode(KINDS["animated"]))


def test_sixteen_bits_are_scaled_and_transparency_is_laid_on_white():
    rows = (b"\0" + struct.pack(">H", 0x8000) * 100) * 100
    clear = saved(Image.new("RGBA", (100, 100), (0, 0, 0, 0)), "PNG")

    assert decode(png(100, 100, depth=16, rows=rows))[50, 50].tolist() == [128, 128, 128]
    assert decode(clear)[50, 50].tolist() == [255, 255, 255]


def test_a_large_photo_is_bounded():
    assert decode(saved(picture(5000, 3000)), max_side=1600).shape == (960, 1600, 3)


@pytest.mark.parametrize("size", [(1000, 100), (100, 1000), (6400, 640)])
def test_what_is_kept_can_be_decoded_again_however_long_it_was(size):
    clean = reencode(saved(picture(*size)), max_side=640)
    assert max(decode(clean).shape) == 640


def test_the_clean_copy_has_no_metadata_no_thumbnail_and_nothing_glued_on():
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Maker"
    exif.get_ifd(0x8825)[1] = "N"
    page = b"<script>alert(1)</script>"
    dirty = with_segment(saved(picture(), exif=exif, comment=page), 0xED, page) + page

    clean = reencode(dirty, max_side=100)

    with Image.open(io.BytesIO(clean)) as image:
        assert (image.size, dict(image.getexif()), image.info.get("comment")) == (
            (60, 100),
            {},
            None,
        )
    assert page not in clean


def test_a_gps_tag_a_profile_or_a_second_picture_never_reach_the_decoder():
    data = saved(picture())
    for _ in range(100):
        data = with_segment(data, 0xE1, b"Exif\0\0MM\0*" + b"\xff" * 65_000)
    text_bomb = chunk(b"zTXt", b"bomb\0\0" + zlib.compress(bytes(50 * 2**20), 9))

    assert is_upright(decode(data + saved(picture(640, 480))))
    assert decode(png(64, 64, *[text_bomb] * 50, rows=bytes(65 * 64))).shape == (64, 64, 3)


def test_a_jpeg_of_endless_scans_is_refused():
    data = saved(picture(), progressive=True)
    start = data.index(b"\xff\xda")
    scan = data[start : data.index(b"\xff", start + 14)]

    assert refusal(data[:start] + scan * 100 + data[start:]) == "unsupported"


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_thousand_damaged_files_are_read_or_refused_and_nothing_else(kind):
    chance = random.Random(22)  # noqa: S311 - damage, not a secret
    whole, answers = saved(picture(), kind), set()
    for _ in range(1000):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 12)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        data = data[: chance.choice([len(data), chance.randrange(len(data))])]
        try:
            answers.add(decode(bytes(data)).ndim)
        except BadImage as error:
            answers.add(error.code)
    assert answers <= {3, *SENTENCES} - {"too_large"}
    assert {3, "truncated"} <= answers


def test_the_largest_pictures_allowed_stay_within_their_memory_and_time():
    rgba = png(6000, 4000, depth=16, color=6, rows=bytes(4000 * (1 + 6000 * 8)))
    photo = saved(picture(6000, 4000), progressive=True, subsampling=0)
    for data in (rgba, photo):
        answer = subprocess.run(  # noqa: S603 - our own interpreter
            [sys.executable, "-c", DECODE_IN_400_MB], input=data, capture_output=True, check=True
        )
        assert answer.stdout.decode().split("\n") == ["(2731, 4096, 3)", "True", ""]
