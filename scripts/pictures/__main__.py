"""Take the pictures of README.md and of the guides from the portal that `make run` runs.

python -m scripts.pictures [http://localhost:8000] [readme | guides]
"""

import sys

from playwright.sync_api import sync_playwright

from scripts.chromium import DRAWING, find_chromium
from scripts.pictures import readme, taking

WHICH = {"guides": taking.take_all, "readme": readme.take}


def main(address: str = "http://localhost:8000", *which: str) -> None:
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=find_chromium(), args=DRAWING)
        for each in which or WHICH:
            WHICH[each](browser, address)
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
