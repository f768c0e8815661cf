"""Fetch what lines are drawn with: typefaces and word lists, all from package registries.

    python -m training.assets FOLDER

Writes FOLDER/fonts/FAMILY-WEIGHT-SCRIPT.ttf and FOLDER/words.json. The npm packages are pinned by
training/package-lock.json; PyThaiNLP and geothai by training/requirements.txt. Where the machine
is a Debian, its TLWG typefaces (the nearest free ones to the card's) are taken too.
"""

import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

import geothai
from fontTools.ttLib import TTFont

from scripts.assets import installed_packages

HERE = Path(__file__).resolve().parent
WEIGHTS = ("400", "500", "600", "700", "800")
SCRIPTS = ("thai", "latin")
TLWG = ("umpush", "kinnari", "norasi", "garuda", "loma", "waree", "laksaman", "sawasdee")
PLAIN = re.compile(r"^[ก-๎]{2,24}$")
LISTS = {
    "female": "person_names_female_th.txt",
    "male": "person_names_male_th.txt",
    "family": "family_names_th.txt",
    "syllables": "syllables_th.txt",
    "words": "words_th.txt",
}


def fetch_families(target: Path) -> None:
    """Fontsource's families, each weight's Thai and Latin part as a TrueType file of its own."""
    with installed_packages(HERE) as packages:
        for folder in sorted((packages / "@fontsource").iterdir()):
            for weight in WEIGHTS:
                for script in SCRIPTS:
                    part = folder / "files" / f"{folder.name}-{script}-{weight}-normal.woff"
                    if part.exists():
                        unpack(part, target / f"{folder.name}-{weight}-{script}.ttf")


def unpack(source: Path, target: Path) -> None:
    """A web font as a plain TrueType file."""
    font = TTFont(source)
    font.flavor = None
    font.save(target)


def fetch_tlwg(target: Path) -> None:
    """Debian's TLWG typefaces, where there is apt: each has Thai and Latin in one file."""
    if not shutil.which("apt-get") or not shutil.which("dpkg"):
        return
    with tempfile.TemporaryDirectory(prefix="reader-tlwg-") as scratch:
        wanted = [f"fonts-tlwg-{name}-ttf" for name in TLWG]
        command = ["apt-get", "download", "-qq", *wanted]
        got = subprocess.run(command, cwd=scratch, stderr=subprocess.DEVNULL, check=False)
        if got.returncode:
            print("TLWG's typefaces are not to be had here; going on without", file=sys.stderr)
            return
        for package in Path(scratch).glob("*.deb"):
            subprocess.run(["dpkg", "-x", package, scratch], check=True)
        for style, weight in (("", "400"), ("-Bold", "700")):
            for name in TLWG:
                for found in Path(scratch).rglob(f"{name.title()}{style}.ttf"):
                    for script in SCRIPTS:
                        shutil.copy(found, target / f"{name}-{weight}-{script}.ttf")


def word_lists() -> dict[str, list[str]]:
    """Names, syllables and words of PyThaiNLP's corpora; places of geothai."""
    corpus = Path(find_spec("pythainlp").origin).parent / "corpus"
    lists = {name: plain((corpus / file).read_text("utf-8")) for name, file in LISTS.items()}
    provinces = list(geothai.provinces())
    districts = [one for province in provinces for one in geothai.districts(province.code)]
    smaller = [one for district in districts for one in geothai.subdistricts(district.code)]
    lists["provinces"] = sorted({one.name_th for one in provinces})
    lists["districts"] = sorted({one.name_th.removeprefix("เขต") for one in districts})
    lists["subdistricts"] = sorted({one.name_th for one in smaller})
    return lists


def plain(text: str) -> list[str]:
    lines = (line.strip().replace("ํา", "ำ") for line in text.splitlines())
    return sorted({line for line in lines if PLAIN.match(line)})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    if (folder / "words.json").exists():
        return
    (folder / "fonts").mkdir(parents=True, exist_ok=True)
    fetch_families(folder / "fonts")
    fetch_tlwg(folder / "fonts")
    (folder / "words.json").write_text(json.dumps(word_lists(), ensure_ascii=False), "utf-8")


if __name__ == "__main__":
    main()
