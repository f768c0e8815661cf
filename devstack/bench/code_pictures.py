"""Codes before a camera that is only arithmetic: which are found, by whom. For browser_check.

The camera is a phone's at 1920 x 1080 with 65 degrees across. The code is 48 mm wide, as on a phone
of 65 mm, tilted about its middle, blurred as a lens out of focus does, and noisy.
"""

import base64
import math
import statistics
from itertools import product

import cv2
import numpy as np
import zxingcpp
from joserfc.jwk import ECKey
from playwright.sync_api import Page

from identity.models import Device
from identity.presentation import Purpose
from tests.identity.tokens import make_code

WIDTH, HEIGHT, ACROSS_DEGREES = 1920, 1080, 65
CODE_MILLIMETRES = 48
SHOTS = 5
DISTANCES = (250, 350, 450)  # millimetres
BLURS = (0.0, 0.8, 1.4)  # standard deviation in the camera's pixels
TILTS = (0, 20, 40)  # degrees
NOISE = 8.0
DRAW = """async ([address, digits]) => {
  const { qrcode } = await import("/static/vendor/qrcode-generator/qrcode.mjs");
  const code = qrcode(0, "L");
  code.addData(address, "Byte");
  code.addData(digits, "Numeric");
  code.make();
  const size = code.getModuleCount();
  return Array.from({ length: size }, (_row, row) =>
    Array.from({ length: size }, (_column, column) => (code.isDark(row, column) ? 0 : 255)));
}"""
LOOK = """async (picture) => {
  const { readPhoto } = await import("/static/js/scanner.js");
  const { scanner: script, scannerBinary: binary } =
    document.querySelector("[data-dopa-check]").dataset;
  const file = new Blob([Uint8Array.from(atob(picture), (letter) => letter.charCodeAt(0))]);
  const started = performance.now();
  const text = await readPhoto(file, { script, binary });
  return [text, performance.now() - started];
}"""


def seen(modules: np.ndarray, *, distance: int, blur: float, tilt: int, seed: int) -> np.ndarray:
    """What the camera sees of the code, an 8-bit grey picture."""
    quiet = np.pad(modules, 4, constant_values=255)
    screen = cv2.resize(quiet, None, fx=16, fy=16, interpolation=cv2.INTER_NEAREST)
    focal = WIDTH / 2 / math.tan(math.radians(ACROSS_DEGREES / 2))
    half = CODE_MILLIMETRES / 2 * quiet.shape[0] / modules.shape[0]
    corners = []
    for x, y in ((-half, -half), (half, -half), (half, half), (-half, half)):
        angle = math.radians(tilt)
        depth = distance + x * math.sin(angle)
        corners.append(
            (WIDTH / 2 + focal * x * math.cos(angle) / depth, HEIGHT / 2 + focal * y / depth)
        )
    side = screen.shape[0]
    flat = np.float32([(0, 0), (side, 0), (side, side), (0, side)])
    shrink = max(1.0, side / (2 * focal * half / distance))
    soft = cv2.GaussianBlur(screen, (0, 0), shrink / 2.5)
    warp = cv2.getPerspectiveTransform(flat, np.float32(corners))
    frame = cv2.warpPerspective(soft, warp, (WIDTH, HEIGHT), borderValue=110)
    if blur:
        frame = cv2.GaussianBlur(frame, (0, 0), blur)
    noise = np.random.default_rng(seed).normal(0, NOISE, frame.shape)
    return np.clip(frame * 0.8 + 20 + noise, 0, 255).astype(np.uint8)


def found(page: Page, frame: np.ndarray, text: str) -> tuple[bool, bool, float]:
    """Whether the page's scanner and ZXing read the text, and the scanner's milliseconds."""
    written = base64.b64encode(cv2.imencode(".png", frame)[1]).decode()
    by_page, milliseconds = page.evaluate(LOOK, written)
    by_other = {one.text for one in zxingcpp.read_barcodes(frame)}
    return by_page == text, text in by_other, milliseconds


def drawn(page: Page, digits: str, *, address: str) -> np.ndarray:
    return np.array(page.evaluate(DRAW, [address, digits]), np.uint8)


def rates(page: Page, modules: np.ndarray, text: str) -> tuple[list[str], list[float]]:
    """A row for each distance and tilt, of what each reader found by blur; and the page's times."""
    rows, times = [], []
    for distance, tilt in product(DISTANCES, TILTS):
        cells = []
        for blur in BLURS:
            frames = [
                seen(modules, distance=distance, blur=blur, tilt=tilt, seed=seed)
                for seed in range(SHOTS)
            ]
            shots = [found(page, frame, text) for frame in frames]
            times += [milliseconds for *_, milliseconds in shots]
            ours, theirs = (sum(shot[index] for shot in shots) for index in (0, 1))
            cells.append(f"{ours} / {theirs}")
        rows.append(f"| {distance // 10} cm, {tilt}° | {' | '.join(cells)} |")
    return rows, times


def tables(page: Page, device: Device, key: ECKey, *, address: str) -> str:
    """Markdown: how large the codes are, and of those that show all, how many are found."""
    codes = {purpose: make_code(device, key, purpose=purpose) for purpose in Purpose.values}
    pictures = {name: drawn(page, digits, address=address) for name, digits in codes.items()}
    sizes = ", ".join(f"{name} {modules.shape[0]}" for name, modules in pictures.items())
    rows, times = rates(page, pictures[Purpose.ALL], address + codes[Purpose.ALL])
    blurs = " | ".join(f"blur {blur}" for blur in BLURS)
    words = (
        f"Modules a side: {sizes}. Pictured is a code that shows all, {CODE_MILLIMETRES} mm wide, "
        f"by a camera of {WIDTH} x {HEIGHT}; blur in its pixels. The page looked "
        f"{statistics.median(times):.0f} ms at a picture (median, not slowed)."
    )
    head = [
        f"| found, of {SHOTS}: the page / ZXing here | {blurs} |",
        f"|---|{'---|' * len(BLURS)}",
    ]
    return "\n".join([*head, *rows, "", words])
