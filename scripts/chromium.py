"""Find Chromium for the browser tests, or fetch it.

python scripts/chromium.py            # says where it is; fetches it where there is none
CHROMIUM=/path/to/chrome make test    # names one
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
USUAL_PLACES = (
    "/snap/bin/chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
# WebGL, which the face guide needs, where there is no screen.
DRAWING = ["--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
HOW_TO_HELP = (
    "No Chromium was found and none could be fetched. Install it (Debian: apt-get install chromium)"
    " or name one: CHROMIUM=/path/to/chrome make test. The browser tests will fail."
)


def find_chromium() -> str | None:
    """The program's path, or None."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found:
        return found
    return next(filter(os.path.exists, USUAL_PLACES), None) or of_playwright()


def of_playwright() -> str | None:
    folder = os.environ.get("PLAYWRIGHT_BROWSERS_PATH")
    homes = (
        [Path(folder)]
        if folder
        else [
            Path.home() / ".cache" / "ms-playwright",
            Path.home() / "Library" / "Caches" / "ms-playwright",
        ]
    )
    patterns = (
        "chromium*/chrome-*/chrome",
        "chromium*/chrome-*/headless_shell",
        "chromium*/chrome-*/chrome-headless-shell",
        "chromium-*/chrome-mac*/*.app/Contents/MacOS/*",
    )
    found = [str(path) for home in homes for pattern in patterns for path in home.glob(pattern)]
    return min(found, key=len, default=None)


def fetch() -> None:
    """Ask playwright, then, as root on Debian, apt."""
    attempts = [[sys.executable, "-m", "playwright", "install", "chromium"]]
    if shutil.which("apt-get") and os.geteuid() == 0:
        attempts += [["apt-get", "update", "-q"], ["apt-get", "install", "-q", "-y", "chromium"]]
    for command in attempts:
        print("Fetching Chromium:", *command, flush=True)
        try:
            done = subprocess.run(
                command,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=600,
                check=False,
            )
        except subprocess.TimeoutExpired:
            continue
        if done.returncode == 0 and find_chromium():
            return


def main() -> None:
    if find_chromium() is None:
        fetch()
    print(f"Chromium: {find_chromium() or HOW_TO_HELP}")


if __name__ == "__main__":
    main()
