r"""Run the tests: most side by side, then those that want the database server to themselves.

python -m devstack.embedded exec --throwaway -- \
    python scripts/run_tests.py [--night SEED] [PATH ...]

By day a run is the same as the one before. By night the order is random and hypothesis looks
further than by day; its seed, drawn where SEED is empty, brings a night back.
"""

import argparse
import secrets
import subprocess
import sys

NO_TESTS = 5  # pytest's exit code where none was chosen
SIDE_BY_SIDE = ["-n", "2", "--dist", "loadfile", "-m", "not alone"]
ALONE = ["-m", "alone"]
SEEDS = 10**6


def main() -> int:
    """The first exit code that tells of a failure, if one does."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--night", metavar="SEED")
    parser.add_argument("paths", nargs="*")
    wanted = parser.parse_args()
    if wanted.night is None:
        return run([], wanted.paths)
    seed = wanted.night or str(secrets.randbelow(SEEDS))
    print(f"Night {seed}. It comes back with: make night SEED={seed}", flush=True)
    try:
        return run(by_night(seed), wanted.paths)
    finally:
        print(f"That was night {seed}.")


def by_night(seed: str) -> list[str]:
    return [
        f"--random-order-seed={seed}",
        "--no-loadscope-reorder",  # the workers, too, take the files as they come
        f"--hypothesis-seed={seed}",
        "--hypothesis-profile=night",
    ]


def run(options: list[str], paths: list[str]) -> int:
    codes = [
        subprocess.run(
            [sys.executable, "-m", "pytest", *chosen, *options, *paths], check=False
        ).returncode
        for chosen in (SIDE_BY_SIDE, ALONE)
    ]
    if codes == [NO_TESTS] * len(codes):
        return NO_TESTS
    return next((code for code in codes if code not in {0, NO_TESTS}), 0)


if __name__ == "__main__":
    sys.exit(main())
