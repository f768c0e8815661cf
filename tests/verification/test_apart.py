"""The process that decodes WebP, AVIF and HEIF: what it may, and what if it goes astray."""

import subprocess
import sys
from importlib import import_module

import pillow_heif
import pytest
from PIL import Image

from tests.verification.drawn import picture, refusal, saved
from verification.images import apart

pillow_heif.register_heif_opener()
DECODE_AND_SAY_WHAT_IT_TOOK = """
import resource, sys
from verification.images import decode
data = sys.stdin.buffer.read()
print(decode(data, max_bytes=2**24, max_pixels=25_000_000).shape)
apart = resource.getrusage(resource.RUSAGE_CHILDREN)
print(apart.ru_maxrss < 640 * 1024, apart.ru_utime < 8)
"""


TAKEN_OVER = {
    "dies": "import os; os.abort()",
    "hangs": "import time; time.sleep(60)",
    "says nothing": "",
    "says nonsense": "print('[')",
    "says too little": "print('{\"width\": 200}')",
    "sends too little": 'print(\'{"width": 200, "height": 120, "orientation": 1, "mode": "RGB",'
    ' "scaled": [200, 120]}\')',
    "promises more than fits": 'print(\'{"width": 200, "height": 120, "orientation": 1,'
    ' "mode": "L", "scaled": [90000, 90000]}\')',
    "says what is no number": 'print(\'{"width": Infinity, "height": 1, "orientation": 1}\')',
    "nests its answer": "print('[' * 200)",
    "makes up a reason": 'print(\'{"refused": "<script>"}\')',
}


@pytest.mark.parametrize("program", TAKEN_OVER.values(), ids=TAKEN_OVER)
def test_a_decoder_that_goes_astray_refuses_the_picture_and_no_more(program, tmp_path, monkeypatch):
    decoder = tmp_path / "decoder.py"
    decoder.write_text(program)
    monkeypatch.setattr(apart, "DECODER", decoder)
    monkeypatch.setattr(apart, "MAX_SECONDS", 3)

    assert refusal(saved(picture(), "WEBP")) == "truncated"


@pytest.mark.parametrize(
    "deed",
    [
        "open('/proc/self/environ')",
        "open('/tmp/left-behind', 'w')",
        "__import__('socket').socket()",
        "__import__('os').kill(1, 0)",
        "__import__('os').execv('/bin/true', ['true'])",
        "__import__('os').fork()",
        "__import__('os').posix_spawn('/bin/true', ['true'], {})",
    ],
)
def test_the_decoder_can_neither_open_nor_connect_nor_run_anything(deed):
    lines = [
        "import os, runpy, socket",
        f"confine = runpy.run_path({str(apart.DECODER)!r})['confine']",
        "confine()",
        f"try: {deed}",
        "except PermissionError: print('no')",
    ]
    command = [sys.executable, "-c", "\n".join(lines)]
    done = subprocess.run(command, capture_output=True, check=True)  # noqa: S603 - our interpreter
    assert done.stdout == b"no\n"


def test_the_decoder_may_start_threads():
    lines = [
        "import runpy, threading",
        f"runpy.run_path({str(apart.DECODER)!r})['confine']()",
        "started = threading.Thread(target=print, args=('yes',))",
        "started.start(); started.join()",
    ]
    command = [sys.executable, "-c", "\n".join(lines)]
    done = subprocess.run(command, capture_output=True, check=True)  # noqa: S603 - our interpreter
    assert done.stdout == b"yes\n"


def test_the_decoder_imports_nothing_of_the_portal_and_gets_no_secret(monkeypatch, tmp_path):
    shown = tmp_path / "decoder.py"
    shown.write_text("import os, sys; sys.exit(print(len(os.environ), os.getcwd()))")
    monkeypatch.setattr(apart, "DECODER", shown)
    monkeypatch.setattr(apart, "_understood", lambda head, *_rest, **_more: head)

    assert apart.decode_apart(b"", "HEIF", max_pixels=1, max_side=1) in {b"0 /\n", b"1 /\n"}
    names = vars(import_module("verification.images.decoder"))
    assert not [name for name in names if "django" in name or "verification" in name]


# Written fast, of a flat ground: to read, pixels count.
LARGEST = {
    "WEBP": {"quality": 60, "method": 0},
    "AVIF": {"quality": 60, "speed": 10},
    "HEIF": {"quality": 60, "enc_params": {"preset": "ultrafast"}},
}


@pytest.mark.parametrize("kind", LARGEST)
def test_the_largest_picture_stays_within_the_memory_and_time_of_its_decoder(kind):
    data = saved(Image.new("RGBA", (5712, 4284), (9, 99, 9, 99)), kind, **LARGEST[kind])

    answer = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", DECODE_AND_SAY_WHAT_IT_TOOK],
        input=data, capture_output=True, check=True,
    )  # fmt: skip

    assert answer.stdout.decode().split("\n") == ["(3072, 4096, 3)", "True True", ""]
