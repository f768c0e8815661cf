import io

import numpy as np
from django.conf import settings
from PIL import Image

from verification.images import apart
from verification.images.arrays import Picture
from verification.images.errors import BadImage
from verification.images.headers import ImageInfo, read_header
from verification.images.kinds import kind_of

MIN_SIDE = 64
MAX_SIDE = 4096
# Times the other side. What is longer would be too small once scaled down to be kept (a frame of
# the head turns to 640 pixels), and whoever reads it later could not decode it.
MOST_STRETCHED = 10
TRANSPOSE = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def inspect(
    data: bytes, *, max_bytes: int | None = None, max_pixels: int | None = None
) -> ImageInfo:
    """Read format and size from the header, without decoding; limits default to the settings.

    Raises BadImage: too_large, not_an_image, unsupported, truncated, too_small, too_many_pixels.
    """
    return _checked(data, max_side=0, max_bytes=max_bytes, max_pixels=max_pixels)[0]


def decode(
    data: bytes,
    *,
    max_side: int = MAX_SIDE,
    max_bytes: int | None = None,
    max_pixels: int | None = None,
) -> Picture:
    """Decode to HxWx3 uint8 RGB: upright, on white where transparent, no side above `max_side`.

    Takes grey, palette, CMYK, 16-bit and animated pictures (the first frame; of several the primary
    one). The pixel limit bounds its memory. Raises BadImage as `inspect` does, and `truncated` for
    broken data.
    """
    return np.array(_decoded(data, max_side, max_bytes, max_pixels))


def encode(picture: Picture, *, quality: int = 90) -> bytes:
    """An HxWx3 uint8 RGB array as a plain JPEG."""
    return _as_jpeg(Image.fromarray(picture), quality)


def reencode(data: bytes, *, max_side: int = 2560, quality: int = 90) -> bytes:
    """The picture as a clean JPEG: upright, bounded, without any metadata. Raises BadImage."""
    return _as_jpeg(_decoded(data, max_side), quality)


def _decoded(
    data: bytes, max_side: int, max_bytes: int | None = None, max_pixels: int | None = None
) -> Image.Image:
    """RGB, without what the file says besides."""
    info, source = _checked(data, max_side=max_side, max_bytes=max_bytes, max_pixels=max_pixels)
    try:
        with _opened(source, info.format) as image:
            image.draft(None, (max_side, max_side))
            rgb = _as_rgb(_bounded(_as_bytes(image), max_side))
            upright = _upright(rgb, info.orientation)
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise BadImage("truncated") from error
    upright.info.clear()  # else Pillow writes profiles and comments on into a JPEG
    return upright


def _as_jpeg(image: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality)
    return out.getvalue()


def _checked(
    data: bytes, *, max_side: int, max_bytes: int | None, max_pixels: int | None
) -> tuple[ImageInfo, Image.Image | bytes]:
    """What the file says of itself, held against the limits, and its picture: decoded apart, or the
    clean file that is to be decoded here.
    """
    if len(data) > (settings.UPLOAD_MAX_BYTES if max_bytes is None else max_bytes):
        raise BadImage("too_large")
    most = settings.UPLOAD_MAX_PIXELS if max_pixels is None else max_pixels
    kind = kind_of(data)
    if kind not in apart.KINDS:
        info, clean = read_header(data)
        return _within(info, most), clean
    found = apart.decode_apart(data, kind, max_pixels=most, max_side=max_side)
    return _within(ImageInfo(kind, *found.size, found.orientation), most), found.image


def _opened(source: Image.Image | bytes, kind: str) -> Image.Image:
    if isinstance(source, Image.Image):
        return source
    return Image.open(io.BytesIO(source), formats=(kind,))


def _within(info: ImageInfo, max_pixels: int) -> ImageInfo:
    if info.pixels > max_pixels:
        raise BadImage("too_many_pixels")
    shorter, longer = sorted((info.width, info.height))
    if shorter < MIN_SIDE or longer > MOST_STRETCHED * shorter:
        raise BadImage("too_small")
    return info


def _as_bytes(image: Image.Image) -> Image.Image:
    """Eight bits a sample and no palette, so that the picture can be scaled."""
    if image.mode.startswith("I"):  # Pillow clips 16-bit samples where they must be scaled
        return Image.fromarray((np.asarray(image) >> 8).astype(np.uint8))
    if image.mode == "P":
        return image.convert("RGBA" if "transparency" in image.info else "RGB")
    return image.convert("L") if image.mode == "1" else image


def _bounded(image: Image.Image, max_side: int) -> Image.Image:
    if max(image.size) > max_side:
        image.thumbnail((max_side, max_side), Image.Resampling.BICUBIC, reducing_gap=2.0)
    return image


def _as_rgb(image: Image.Image) -> Image.Image:
    if image.mode == "RGB" and not image.has_transparency_data:
        image.load()  # as it is: `convert` would copy all its pixels
        return image
    if not image.has_transparency_data:
        return image.convert("RGB")
    image = image.convert("RGBA")
    ground = Image.new("RGB", image.size, "white")
    ground.paste(image, mask=image.getchannel("A"))
    return ground


def _upright(image: Image.Image, orientation: int) -> Image.Image:
    return image.transpose(TRANSPOSE[orientation]) if orientation in TRANSPOSE else image
