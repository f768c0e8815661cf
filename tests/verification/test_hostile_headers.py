"""Headers built byte by byte: every bound of the walk, and what is left of a file after it."""

import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verification.images import BadImage, decode, inspect
from verification.images.decoding import MIN_SIDE
from verification.images.headers import MAX_PARTS, MAX_SCANS, ImageInfo, read_header
from verification.images.kinds import JPEG_START, PNG_START

END = b"\xff\xd9"


def segment(marker: int, body: bytes = b"") -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body


def frame(width: int, height: int, marker: int = 0xC0) -> bytes:
    return segment(marker, struct.pack(">BHHB", 8, height, width, 1) + b"\1\x11\0")


SCAN = segment(0xDA, b"\1\1\0\0\x3f\0") + b"\x12\xff\0\x34\xff\xd0\x56"  # stuffed, and a restart


def jpeg(*parts: bytes) -> bytes:
    return b"\xff\xd8" + b"".join(parts) + END


def chunk(name: bytes, body: bytes = b"") -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def header(width: int, height: int) -> bytes:
    return chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))


def png(*chunks: bytes) -> bytes:
    return PNG_START + b"".join(chunks) + chunk(b"IEND")


def tiff(order: str, value: int, *, before: int = 0, tag: int = 0x0112) -> bytes:
    """A TIFF block whose first directory holds `before` other tags, then this one."""
    entry = struct.Struct(f"{order}HHIHH")
    others = entry.pack(0x010F, 2, 1, 7, 0) * before
    start = (b"II" if order == "<" else b"MM") + struct.pack(f"{order}HIH", 42, 8, before + 1)
    return start + others + entry.pack(tag, 3, 1, value, 0)


def refusal(data: bytes) -> str:
    with pytest.raises(BadImage) as caught:
        read_header(data)
    return caught.value.code


def outcome(data: bytes) -> str:
    """The format, or the reason of the refusal."""
    try:
        return read_header(data)[0].format
    except BadImage as refused:
        return refused.code


@given(st.binary(max_size=400), st.sampled_from([JPEG_START, PNG_START, b"\xff\xd8", b""]))
def test_any_bytes_are_read_or_refused_with_a_reason(tail, start):
    reasons = {"not_an_image", "unsupported", "truncated"}
    assert outcome(start + tail) in {"JPEG", "PNG"} | reasons


MARKERS = st.builds(segment, st.integers(0xC0, 0xFE), st.binary(max_size=12))
CHUNKS = st.builds(
    chunk, st.sampled_from([b"IHDR", b"IDAT", b"eXIf", b"tRNS", b"tEXt"]), st.binary(max_size=16)
)


@given(st.lists(MARKERS, max_size=8), st.lists(CHUNKS, max_size=8))
def test_well_formed_parts_in_any_order_are_read_or_refused(markers, chunks):
    read = [one for one in (jpeg(*markers), png(*chunks)) if outcome(one) in {"JPEG", "PNG"}]
    clean = [read_header(one)[1] for one in read]
    assert [read_header(one)[1] for one in clean] == clean  # nothing is left to take away


@given(st.binary(max_size=40).filter(lambda body: len(body) != 13))
def test_a_header_of_png_of_another_length_is_refused(body):
    assert refusal(png(chunk(b"IHDR", body))) == "not_an_image"


@given(st.integers(1, 65_535), st.integers(1, 65_535), st.sampled_from([0xC0, 0xC1, 0xC2]))
def test_width_and_height_are_told_apart(width, height, marker):
    assert read_header(jpeg(frame(width, height, marker), SCAN))[0] == ImageInfo(
        "JPEG", width, height
    )
    assert read_header(png(header(width, height)))[0] == ImageInfo("PNG", width, height)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (jpeg(), "not_an_image"),
        (jpeg(frame(99, 99)), "not_an_image"),  # no scan
        (jpeg(SCAN), "not_an_image"),  # no frame
        (jpeg(frame(99, 99), frame(99, 99), SCAN), "not_an_image"),
        (jpeg(frame(99, 0), SCAN), "not_an_image"),
        (jpeg(frame(0, 99), SCAN), "not_an_image"),
        (jpeg(frame(99, 99, 0xC9), SCAN), "unsupported"),  # arithmetic coding
        (b"\xff\xd8" + segment(0xE0)[:-2] + b"\0\1" + END, "truncated"),  # shorter than its length
        (b"\xff\xd8\xff\xe0\xff\xff" + bytes(9), "truncated"),  # longer than the file
        (b"\xff\xd8" + segment(0xE0) + b"no marker", "not_an_image"),
        (PNG_START + chunk(b"IEND"), "not_an_image"),
        (png(chunk(b"tEXt"), header(99, 99)), "not_an_image"),
        (png(header(99, 99), header(9, 9)), "not_an_image"),
        (png(header(0, 99)), "not_an_image"),
        (PNG_START + header(99, 99), "truncated"),  # no end
        (PNG_START + header(99, 99) + b"\xff\xff\xff\xffIDAT", "truncated"),
    ],
)
def test_a_file_whose_parts_make_no_picture_is_refused(data, code):
    assert refusal(data) == code


def test_as_many_scans_and_parts_are_read_as_allowed_and_not_one_more():
    assert read_header(jpeg(frame(99, 99), SCAN * MAX_SCANS))[0].pixels == 99 * 99
    assert refusal(jpeg(frame(99, 99), SCAN * (MAX_SCANS + 1))) == "unsupported"
    comments = [segment(0xFE)] * (MAX_PARTS - 3)  # besides frame, scan and end
    assert read_header(jpeg(frame(99, 99), *comments, SCAN))[0].pixels == 99 * 99
    assert refusal(jpeg(frame(99, 99), *comments, segment(0xFE), SCAN)) == "unsupported"
    texts = [chunk(b"tEXt")] * (MAX_PARTS - 2)  # besides header and end
    assert read_header(png(header(99, 99), *texts))[0].pixels == 99 * 99
    assert refusal(png(header(99, 99), *texts, chunk(b"tEXt"))) == "unsupported"


def test_only_the_picture_is_handed_on():
    bare = jpeg(frame(99, 99), SCAN)
    dressed = jpeg(segment(0xE1, b"Exif\0\0"), segment(0xFE, b"note"), frame(99, 99), SCAN)
    assert read_header(dressed + b"<script>")[1] == bare
    plain = png(header(99, 99), chunk(b"IDAT", b"rows"))
    noted = png(header(99, 99), chunk(b"tEXt", b"note"), chunk(b"IDAT", b"rows"), chunk(b"iCCP"))
    assert read_header(noted + b"<script>")[1] == plain


@given(st.sampled_from("<>"), st.integers(0, 65_535), st.integers(0, 20))
def test_only_the_eight_orientations_are_believed_in_either_byte_order(order, value, before):
    exif = tiff(order, value, before=before)
    expected = value if 1 <= value <= 8 else 1
    in_jpeg = jpeg(segment(0xE1, b"Exif\0\0" + exif), frame(99, 99), SCAN)
    in_png = png(header(99, 99), chunk(b"eXIf", exif))
    assert [read_header(data)[0].orientation for data in (in_jpeg, in_png)] == [expected] * 2


@pytest.mark.parametrize(
    "exif",
    [
        b"",
        b"MM",
        b"XX" + tiff(">", 6)[2:],  # no byte order
        tiff(">", 6, tag=0x0113),
        tiff(">", 6)[:-12],  # the directory promises what is not there
        b"MM\0*\xff\xff\xff\xff",  # the directory is far outside
        b"MM\0*\0\0\0\x08\xff\xff" + bytes(60),  # 65,535 tags
    ],
)
def test_a_damaged_orientation_is_upright(exif):
    data = jpeg(segment(0xE1, b"Exif\0\0" + exif), frame(99, 99), SCAN)
    assert read_header(data)[0] == ImageInfo("JPEG", 99, 99, 1)


@pytest.mark.parametrize(
    ("width", "height", "code"),
    [
        (MIN_SIDE - 1, 1000, "too_small"),
        (1000, MIN_SIDE - 1, "too_small"),
        (1001, 1000, "too_many_pixels"),
        (2**31, 2**31, "too_many_pixels"),
    ],
)
def test_the_limits_of_size_hold_at_the_pixel(width, height, code):
    with pytest.raises(BadImage) as caught:
        inspect(png(header(width, height)), max_pixels=1_000_000)
    assert caught.value.code == code
    assert inspect(png(header(1000, 1000)), max_pixels=1_000_000).pixels == 1_000_000
    assert inspect(png(header(MIN_SIDE, MIN_SIDE))).pixels == MIN_SIDE**2


def test_the_limit_of_bytes_holds_at_the_byte():
    data = png(header(99, 99))
    assert inspect(data, max_bytes=len(data)).format == "PNG"
    with pytest.raises(BadImage, match="too_large"):
        inspect(data, max_bytes=len(data) - 1)


@given(st.lists(CHUNKS, max_size=4))
def test_chunks_without_any_rows_are_refused_by_the_decoder(chunks):
    with pytest.raises(BadImage, match=r"truncated|not_an_image"):
        decode(png(header(99, 99), *chunks))
