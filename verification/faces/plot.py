"""Two curves of scores as an SVG that a page or a README can show."""

import numpy as np

from verification.faces.calibration import Scores
from verification.images.arrays import Floats

WIDTH, HEIGHT, MARGIN = 720, 300, 44
LOWEST, HIGHEST, STEP = -0.4, 1.0, 0.02


def curves(scores: Scores, *, threshold: float) -> str:
    """Shares of genuine and impostor pairs by cosine, each curve drawn to its own highest point."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">',
        "<style>text { font: 12px sans-serif }</style>",
        "<title>Cosines of pairs of photos: of two people, and of one person</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
        _curve(scores.impostor, "#b3261e"),
        _curve(scores.genuine, "#0b5c9c"),
        f'<path d="M{_x(threshold):.1f} 20V{HEIGHT - MARGIN}" stroke="#111" stroke-dasharray="4"/>',
        f'<text x="{_x(threshold) + 6:.1f}" y="32">threshold {threshold}</text>',
        f'<text x="{_x(-0.35):.1f}" y="48" fill="#b3261e">two people</text>',
        f'<text x="{_x(0.82):.1f}" y="48" fill="#0b5c9c">one person</text>',
        *(
            f'<text x="{_x(tick):.1f}" y="{HEIGHT - MARGIN + 18}" text-anchor="middle">'
            f"{tick:.1f}</text>"
            for tick in np.arange(LOWEST, HIGHEST + 0.1, 0.2)
        ),
        f'<text x="{WIDTH / 2}" y="{HEIGHT - 6}" text-anchor="middle">cosine</text>',
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _curve(values: Floats, colour: str) -> str:
    counts, edges = np.histogram(values, np.arange(LOWEST, HIGHEST + STEP, STEP))
    tallest = max(1, counts.max())
    room = HEIGHT - MARGIN - 20
    points = " ".join(
        f"{_x(edge + STEP / 2):.1f},{HEIGHT - MARGIN - room * count / tallest:.1f}"
        for count, edge in zip(counts, edges[:-1], strict=True)
    )
    return f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>'


def _x(cosine: float) -> float:
    return MARGIN + (WIDTH - 2 * MARGIN) * (cosine - LOWEST) / (HIGHEST - LOWEST)
