"""QR codes for pages, as SVG paths: no picture file, no inline style."""

import segno


def qr_path(text: str) -> dict[str, object]:
    """A QR code as an SVG path for a template: its side in modules and the path's data."""
    matrix = segno.make(text, error="m", micro=False).matrix
    path = "".join(
        f"M{column} {row}h1v1h-1z"
        for row, line in enumerate(matrix)
        for column, dark in enumerate(line)
        if dark
    )
    return {"side": len(matrix), "path": path}
