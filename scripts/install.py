"""Make the virtual environment and install exactly what requirements*.txt pin, by hash.

python3 scripts/install.py FOLDER [LIST ...]

pip brings uv, and uv the rest; what the lists do not name is removed. Where uv cannot, pip does
it. Without a list it is what a developer's machine needs; `requirements.txt` alone is production.
Does nothing when that was done before with the same files. Old interpreters read this file too, to
say that they are too old.
"""

import hashlib
import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120
INSTALLER = "requirements-uv.txt"
DEVELOPERS = ["requirements.txt", "requirements-dev.txt"]
OLDEST = (3, 11)


def stamp(lists):
    parts = [sys.version] + [read(path) for path in lists]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def read(path):
    try:
        with open(path) as text:  # noqa: PTH123
            return text.read()
    except OSError:
        return ""


def pip_of(folder):
    """The pip command for `folder`, which is made where it is missing."""
    python = os.path.join(folder, "bin", "python")  # noqa: PTH118
    own_pip = [python, "-m", "pip"]
    if succeeds([*own_pip, "--version"]) or succeeds([sys.executable, "-m", "venv", folder]):
        return own_pip
    # Debian ships Python without what puts pip into a new environment.
    borrowed_pip = [sys.executable, "-m", "pip", "--python", python]
    bare = [sys.executable, "-m", "venv", "--clear", "--without-pip", folder]
    if succeeds(bare) and succeeds([*borrowed_pip, "--version"]):
        return borrowed_pip
    sys.exit(
        "This Python cannot make virtual environments."
        " On Debian or Ubuntu: apt-get install python3-venv"
    )


def succeeds(command):
    try:
        return subprocess.call(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False


def main():
    if sys.version_info < OLDEST:
        sys.exit(
            "The portal needs Python 3.11 or newer; {} is {}.{}. Name another: make PYTHON=..."
            "".format(sys.executable, *sys.version_info[:2])
        )
    folder = sys.argv[1]
    names = [INSTALLER] + (sys.argv[2:] or DEVELOPERS)
    installer, *lists = [os.path.join(ROOT, name) for name in names]  # noqa: PTH118
    mark = os.path.join(folder, ".installed")  # noqa: PTH118
    wanted = stamp([installer, *lists])
    if read(mark) == wanted:
        return
    pip = pip_of(folder)
    print("Installing Python packages into " + folder + " (half a minute or so)", flush=True)
    quiet = ["--quiet", "--disable-pip-version-check", "--no-input", "--require-hashes"]
    if subprocess.call([*pip, "install", *quiet, "-r", installer]):
        sys.exit("pip could not install uv; the lines above say why.")
    programs = os.path.join(folder, "bin")  # noqa: PTH118
    uv = [os.path.join(programs, "uv"), "pip", "sync", "--quiet", "--require-hashes"]  # noqa: PTH118
    python = ["--python", os.path.join(programs, "python")]  # noqa: PTH118
    if subprocess.call([*uv, *python, *lists]):
        # A mirror that only pip's own files name is unknown to uv, which reads UV_DEFAULT_INDEX.
        print("uv could not; pip, which takes longer, tries it", flush=True)
        named = [part for path in lists for part in ("-r", path)]
        if subprocess.call([*pip, "install", *quiet, *named]):
            sys.exit("The packages could not be installed; the lines above say why.")
    with open(mark, "w") as text:  # noqa: PTH123
        text.write(wanted)


if __name__ == "__main__":
    main()
