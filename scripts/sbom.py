"""List everything that the portal is made of, in CycloneDX, from the lists that pin it.

    python scripts/sbom.py FOLDER

Writes python.cdx.json (cyclonedx-bom, which this runs under) and npm.cdx.json (npm itself).
"""

import subprocess
import sys
from pathlib import Path

from scripts.assets import ROOT, npm_command

PYTHON = [
    *[sys.executable, "-W", "ignore", "-m", "cyclonedx_py", "requirements"],
    *["--pyproject", "pyproject.toml", "--mc-type", "application", "--output-reproducible"],
]
NPM = ["sbom", "--sbom-format=cyclonedx", "--sbom-type=application", "--package-lock-only"]


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    made = {
        "python.cdx.json": [*PYTHON, "requirements.txt"],
        "npm.cdx.json": [*npm_command(), *NPM],
    }
    for name, command in made.items():
        done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True)
        (folder / name).write_bytes(done.stdout)
        print(f"Wrote {folder / name}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
