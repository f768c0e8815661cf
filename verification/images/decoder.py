"""Decodes one picture from standard input. A program of its own: see apart.py, which runs it.

python -I -B decoder.py WEBP|AVIF|HEIF MAX_PIXELS MAX_SIDE

Writes a line of JSON (size and orientation as stored, mode and size of what follows) and the bytes
of the picture, or {"refused": reason}. Imports nothing of the portal, knows none of its secrets,
and before it reads a byte gives up the right to open, to connect, to run and to signal anything.
"""

import ctypes
import io
import json
import platform
import resource
import struct
import sys
import warnings

import pillow_heif
from PIL import AvifImagePlugin, Image, TiffImagePlugin, WebPImagePlugin

# Each registers what it opens, Tiff is what reads EXIF: nothing can be imported later.
LOADED = (AvifImagePlugin, TiffImagePlugin, WebPImagePlugin)
MEMORY, SECONDS, FILES = 768 * 2**20, 10, 64
ANSWER_BYTES = 2**27  # a picture of 4,096 x 4,096 in four colours, and its head
ORIENTATION_TAG = 0x0112
NOTHING = {"mode": "L", "scaled": (1, 1)}
NO_CODEC = "has not been built in"  # libheif's words for a codec that it has no decoder of

# Linux: asm/unistd_64.h and asm-generic/unistd.h, linux/seccomp.h, linux/audit.h, linux/filter.h.
# Memory, threads, clocks, the pipe that brings the file and the file that takes the picture. By the
# machine: its number, its `clone`, which makes threads only, and what else may be called.
CALLS = {
    "x86_64": (
        0xC000003E,
        56,
        {0, 1, 3, 5, 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 28, 35, 39, 60, 131, 157, 186, 202, 204}
        | {218, 228, 230, 231, 273, 318, 334},
    ),
    "aarch64": (
        0xC00000B7,
        220,
        {57, 62, 63, 64, 80, 93, 94, 98, 99, 101, 113, 115, 123, 124, 132, 134, 135, 139, 167, 172}
        | {178, 214, 215, 216, 222, 226, 233, 278, 293},
    ),
}
NO_NEW_PRIVILEGES, SECCOMP, BY_FILTER = 38, 22, 2
LOAD, EQUAL, HAS, RETURN = 0x20, 0x15, 0x45, 0x06
MACHINE_AT, CALL_AT, FLAGS_AT = 4, 0, 16  # in struct seccomp_data; the first argument's lower half
CLONE3, A_THREAD = 435, 0x10000  # clone3's flags lie in memory: libc then falls back to clone
ALLOW, NOT_PERMITTED, NOT_THERE, KILL = 0x7FFF0000, 0x00050001, 0x00050026, 0x80000000


def bound() -> None:
    """Take little of the machine, whatever happens, and leave no dump of a citizen's picture."""
    for limit, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, ANSWER_BYTES),
        (resource.RLIMIT_NOFILE, FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (most, most))


def confine() -> None:
    """Leave this process only the system calls that decoding needs; no one can give them back.

    Raises OSError where the kernel does not do it, KeyError on a machine not known above.
    """
    machine, clone, calls = CALLS[platform.machine()]
    steps = [
        (LOAD, 0, 0, MACHINE_AT),
        (EQUAL, 1, 0, machine),
        (RETURN, 0, 0, KILL),
        (LOAD, 0, 0, CALL_AT),
        (EQUAL, 0, 1, CLONE3),
        (RETURN, 0, 0, NOT_THERE),
        (EQUAL, 0, 4, clone),
        (LOAD, 0, 0, FLAGS_AT),
        (HAS, 0, 1, A_THREAD),
        (RETURN, 0, 0, ALLOW),
        (RETURN, 0, 0, NOT_PERMITTED),
        *((EQUAL, len(calls) - number, 0, call) for number, call in enumerate(calls)),
        (RETURN, 0, 0, NOT_PERMITTED),
        (RETURN, 0, 0, ALLOW),
    ]
    program = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in steps))
    described = struct.pack("HxxxxxxP", len(steps), ctypes.addressof(program))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0) or libc.prctl(SECCOMP, BY_FILTER, described, 0, 0):
        raise OSError(ctypes.get_errno(), "the decoder cannot be confined")


def answer(
    data: bytes, kind: str, max_pixels: int, max_side: int
) -> tuple[dict[str, object], bytes]:
    Image.MAX_IMAGE_PIXELS = -(-max_pixels // 2)  # Pillow refuses above twice that, undecoded
    try:
        with Image.open(io.BytesIO(data), formats=(kind,)) as image:
            said: dict[str, object] = dict(zip(("width", "height"), image.size, strict=True))
            said["orientation"] = image.getexif().get(ORIENTATION_TAG, 1)
            if not max_side:
                return said | NOTHING, b"\0"
            image.thumbnail((max_side, max_side), Image.Resampling.BICUBIC, reducing_gap=2.0)
            return said | {"mode": image.mode, "scaled": image.size}, image.tobytes()
    except Image.DecompressionBombError:
        return {"refused": "too_many_pixels"}, b""
    except Exception as error:  # noqa: BLE001 - of hostile bytes any may come; all mean one thing
        return {"refused": "unsupported" if NO_CODEC in str(error) else "truncated"}, b""


def main(kind: str, max_pixels: str, max_side: str) -> None:
    warnings.simplefilter("ignore")
    Image.preinit()
    pillow_heif.register_heif_opener(
        thumbnails=False, depth_images=False, aux_images=False, decode_threads=1
    )
    bound()
    confine()
    said, pixels = answer(sys.stdin.buffer.read(), kind, int(max_pixels), int(max_side))
    sys.stdout.buffer.write(json.dumps(said).encode() + b"\n" + pixels)


if __name__ == "__main__":
    main(*sys.argv[1:])
