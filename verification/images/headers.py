"""What a JPEG or PNG file says of itself, and the file with nothing but its picture left in."""

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass

from verification.images.errors import BadImage
from verification.images.kinds import JPEG, PNG, PNG_START, kind_of
from verification.images.tiff import orientation as orientation_of

EXIF, SCAN, END = 0xE1, 0xDA, 0xD9
JPEG_FRAMES = frozenset({0xC0, 0xC1, 0xC2})  # baseline, extended, progressive
JPEG_OTHER_FRAMES = frozenset({0xC3, 0xC5, 0xC6, 0xC7, *range(0xC9, 0xCC), 0xCD, 0xCE, 0xCF})
JPEG_NEEDED = JPEG_FRAMES | {0xC4, 0xDB, 0xDD, 0xE0, 0xEE, SCAN, END}
NEXT_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
# A progressive photo has about ten scans. Each costs a pass over all pixels, so a few bytes a scan
# could keep a decoder busy for hours.
MAX_SCANS = 64
MAX_PARTS = 20_000

PNG_HEADER = 25  # bytes of the whole chunk: 13 and what is around every chunk
PNG_NEEDED = frozenset({b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"})


@dataclass(frozen=True)
class ImageInfo:
    """What the header says. Width and height are pixels as stored; `orientation` is EXIF's, 1-8."""

    format: str
    width: int
    height: int
    orientation: int = 1

    @property
    def pixels(self) -> int:
        return self.width * self.height


def read_header(data: bytes) -> tuple[ImageInfo, bytes]:
    """Size and orientation of a JPEG or PNG file, and the file without what is not its picture.

    Nothing is decoded. Raises BadImage: not_an_image, unsupported, truncated.
    """
    return {JPEG: _read_jpeg, PNG: _read_png}[kind_of(data)](data)


def _jpeg_segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Each marker with its segment, a scan with its coded data, up to the picture's end."""
    at = 2
    for _number in range(MAX_PARTS):
        found = NEXT_MARKER.match(data, at) or re.compile(rb"\xff+(?=\xff[^\xff])").match(data, at)
        if found is None:
            raise BadImage("truncated" if at + 1 >= len(data) else "not_an_image")
        start = found.start() if found.re is NEXT_MARKER else found.end()
        marker = data[start + 1]
        if marker == END:
            yield marker, data[start : start + 2]
            return
        at = start + 2 + int.from_bytes(data[start + 2 : start + 4], "big")
        if at > len(data) or at < start + 4:
            raise BadImage("truncated")
        if marker == SCAN:
            following = NEXT_MARKER.search(data, at)
            at = following.start() if following else len(data)
        yield marker, data[start:at]
        if at == len(data):  # no end marker: the decoder says whether the picture is all there
            return
    raise BadImage("unsupported")


def _read_jpeg(data: bytes) -> tuple[ImageInfo, bytes]:
    kept, sizes, scans, orientation = [data[:2]], [], 0, 1
    for marker, segment in _jpeg_segments(data):
        if marker in JPEG_NEEDED:
            kept.append(segment)
        if marker in JPEG_OTHER_FRAMES:
            raise BadImage("unsupported")
        if marker in JPEG_FRAMES:
            sizes.append(struct.unpack(">HH", segment[5:9].ljust(4, b"\0")))
        elif marker == EXIF and segment[4:10] == b"Exif\0\0":
            orientation = orientation_of(segment[10:])
        scans += marker == SCAN
    if scans > MAX_SCANS:
        raise BadImage("unsupported")
    if len(sizes) != 1 or 0 in sizes[0] or not scans:
        raise BadImage("not_an_image")
    height, width = sizes[0]
    return ImageInfo("JPEG", width, height, orientation), b"".join(kept)


def _png_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(PNG_START)
    for _number in range(MAX_PARTS):
        length, name = struct.unpack(">I4s", data[at : at + 8].ljust(8, b"\xff"))
        end = at + 12 + length
        if end > len(data):
            raise BadImage("truncated")
        yield name, data[at:end]
        if name == b"IEND":
            return
        at = end
    raise BadImage("unsupported")


def _read_png(data: bytes) -> tuple[ImageInfo, bytes]:
    kept, size, orientation = [PNG_START], (0, 0), 1
    for number, (name, chunk) in enumerate(_png_chunks(data)):
        if (name == b"IHDR") != (number == 0):
            raise BadImage("not_an_image")
        if name == b"IHDR":
            size = struct.unpack(">II", chunk[8:16]) if len(chunk) == PNG_HEADER else (0, 0)
        if name == b"eXIf":
            orientation = orientation_of(chunk[8:-4])
        if name in PNG_NEEDED:
            kept.append(chunk)
    if 0 in size:
        raise BadImage("not_an_image")
    return ImageInfo("PNG", *size, orientation), b"".join(kept)
