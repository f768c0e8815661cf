r"""Run the tests: most side by side, and beside them those that want a database server to
themselves on one of their own.

python -m devstack.embedded exec --throwaway -- \
    python scripts/run_tests.py [--night SEED] [PATH ...]

By day a run is the same as the one before. By night the order is random and hypothesis looks
further than by day; its seed, drawn where SEED is empty, brings a night back.
"""

import argparse
import secrets
import subprocess
import sys
import tempfile

NO_TESTS = 5  # pytest's exit code where none was chosen
# Files are handed out as tests/conftest.py orders them: those that take long first.
SIDE_BY_SIDE = ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder", "-m", "not alone"]
ALONE = ["-m", "alone"]
OWN_SERVERS = [sys.executable, "-m", "devstack.embedded", "exec", "--throwaway", "--"]
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
        f"--hypothesis-seed={seed}",
        "--hypothesis-profile=night",
    ]


def run(options: list[str], paths: list[str]) -> int:
    pytest = [sys.executable, "-m", "pytest"]
    alone = [*OWN_SERVERS, *pytest, *ALONE, *options, *paths]
    with tempfile.TemporaryFile() as said:
        with subprocess.Popen(alone, stdout=said, stderr=said) as beside:
            try:
                first = subprocess.run([*pytest, *SIDE_BY_SIDE, *options, *paths], check=False)
                codes = [first.returncode, beside.wait()]
            finally:
                beside.terminate()  # whoever breaks off waits until its servers are gone, too
        said.seek(0)
        sys.stdout.write(said.read().decode())
    if codes == [NO_TESTS] * len(codes):
        return NO_TESTS
    return next((code for code in codes if code not in {0, NO_TESTS}), 0)


if __name__ == "__main__":
    sys.exit(main())
