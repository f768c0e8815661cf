"""Run the tests: most side by side, then those that want the database server to themselves.

python -m devstack.embedded exec --throwaway -- python scripts/run_tests.py [PATH ...]
"""

import subprocess
import sys

NO_TESTS = 5  # pytest's exit code where none was chosen
SIDE_BY_SIDE = ["-n", "2", "--dist", "loadfile", "-m", "not alone"]
ALONE = ["-m", "alone"]


def main(paths: list[str]) -> int:
    """The first exit code that tells of a failure, if one does."""
    codes = [
        subprocess.run([sys.executable, "-m", "pytest", *chosen, *paths], check=False).returncode
        for chosen in (SIDE_BY_SIDE, ALONE)
    ]
    if codes == [NO_TESTS] * len(codes):
        return NO_TESTS
    return next((code for code in codes if code not in {0, NO_TESTS}), 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
