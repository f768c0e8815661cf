"""What a file is, told from its first bytes: no name and no sender's word is believed.

Signatures as in https://www.iana.org/assignments/media-types and the formats' own specifications;
brands of ISO files as registered at https://mp4ra.org/registered-types/brands.
"""

from typing import Final

from verification.images.errors import BadImage
from verification.images.tiff import tags

JPEG, PNG, WEBP, AVIF, HEIF = "JPEG", "PNG", "WEBP", "AVIF", "HEIF"
# What a page offers to choose from. Without HEIC here, an iPhone would send a JPEG of it.
ACCEPTED = "image/jpeg,image/png,image/webp,image/heic,image/heif,image/avif,.heic,.heif,.avif"

JPEG_START, PNG_START = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"
TIFF_STARTS = (b"II*\0", b"MM\0*")
DNG_VERSION = 0xC612

NAMED: Final = {
    b"GIF8": ("GIF", "picture"),
    b"BM": ("BMP", "picture"),
    b"8BPS": ("Photoshop", "picture"),
    b"SIMPLE": ("FITS", "picture"),
    b"<svg": ("SVG", "picture"),
    b"\xff\x0a": ("JPEG XL", "picture"),
    b"\0\0\0\x0cJXL ": ("JPEG XL", "picture"),
    b"\0\0\0\x0cjP  ": ("JPEG 2000", "picture"),
    b"\xff\x4f\xff\x51": ("JPEG 2000", "picture"),
    b"IIU\0": ("RW2", "raw"),
    b"IIRO": ("ORF", "raw"),
    b"MMOR": ("ORF", "raw"),
    b"FUJIFILMCCD-RAW": ("RAF", "raw"),
    b"\x1aE\xdf\xa3": ("WebM", "video"),
    b"%PDF": ("PDF", "document"),
    b"PK\x03\x04": ("ZIP", "document"),
}
# Of ISO's file format: https://www.iso.org/standard/83102.html and its many users.
HEIF_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
AVIF_BRANDS = frozenset({b"avif", b"avis"})
ISO_NAMED: Final = {
    b"crx ": ("CR3", "raw"),
    b"qt  ": ("QuickTime", "video"),
    b"3gp": ("3GP", "video"),
    b"3g2": ("3GP", "video"),
}
QUICKTIME_ATOMS = frozenset({b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"})
LONGEST_BRANDS = 256  # bytes of an `ftyp` box that are looked at


def kind_of(data: bytes) -> str:
    """One of the kinds above. Raises BadImage: not_an_image, or unsupported with a name."""
    if data.startswith(JPEG_START):
        return JPEG
    if data.startswith(PNG_START):
        return PNG
    if data.startswith(b"RIFF"):
        return _riff(data[8:12])
    if data[4:8] == b"ftyp":
        return _iso(data)
    name, sort = _named(data)
    raise BadImage("unsupported", name=name, sort=sort) if name else BadImage("not_an_image")


def _named(data: bytes) -> tuple[str, str]:
    if data.startswith(TIFF_STARTS):
        if data[8:10] == b"CR":
            return "CR2", "raw"
        return ("DNG", "raw") if DNG_VERSION in dict(tags(data)) else ("TIFF", "picture")
    if data[4:8] in QUICKTIME_ATOMS:
        return "QuickTime", "video"
    starts = data[:64], data[:64].lstrip()  # of SVG, lines may stand before
    return next(
        (named for first, named in NAMED.items() if any(one.startswith(first) for one in starts)),
        ("", ""),
    )


def _riff(form: bytes) -> str:
    if form == b"WEBP":
        return WEBP
    if form == b"AVI ":
        raise BadImage("unsupported", name="AVI", sort="video")
    raise BadImage("unsupported")


def _iso(data: bytes) -> str:
    """A file of boxes: HEIF, AVIF, or a film, by its brand and the brands it is compatible with."""
    length = min(int.from_bytes(data[:4], "big"), LONGEST_BRANDS)
    brands = [data[8:12], *(data[at : at + 4] for at in range(16, length, 4))]
    main = brands[0]
    if main in AVIF_BRANDS or (main in {b"mif1", b"msf1"} and AVIF_BRANDS.intersection(brands)):
        return AVIF
    if main in HEIF_BRANDS:
        return HEIF
    name, sort = next(
        (named for start, named in ISO_NAMED.items() if main.startswith(start)), ("MP4", "video")
    )
    raise BadImage("unsupported", name=name, sort=sort)
