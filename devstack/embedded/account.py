"""PostgreSQL refuses to run as root: then an account of the machine without rights runs it.

That account must reach the data and the programs, so every folder on the way is opened for passing
through (not for reading) and the change is told.
"""

import os
import pwd
import shutil
import stat
import subprocess
from pathlib import Path

NAME = "dopa-services"
EVERYBODY_PASSES = stat.S_IXOTH
EVERYBODY_READS = stat.S_IROTH


def service_account() -> pwd.struct_passwd | None:
    """Who runs the services: None for the present user, who is not root."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam(NAME)
    except KeyError:
        useradd = shutil.which("useradd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
    if useradd is None:
        return pwd.getpwnam("nobody")
    command = [useradd, "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", NAME]
    subprocess.run(command, check=True, capture_output=True)
    print(f"Made the system account {NAME}, because PostgreSQL does not run as root")
    return pwd.getpwnam(NAME)


def run_as(account: pwd.struct_passwd | None) -> dict:
    """The arguments that make subprocess change to the account."""
    if account is None:
        return {}
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def give(folder: Path, account: pwd.struct_passwd | None) -> None:
    """Make `folder`, private to the account, with a way to it."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    if account is not None:
        os.chown(folder, account.pw_uid, account.pw_gid)
        open_way(folder)


def open_programs(package: Path, account: pwd.struct_passwd | None) -> None:
    """Let the account run what lies in `package`, also where pip installed with a strict umask."""
    if account is None:
        return
    open_way(package)
    if package.stat().st_mode & (EVERYBODY_PASSES | EVERYBODY_READS) != (
        EVERYBODY_PASSES | EVERYBODY_READS
    ):
        for path in [package, *package.rglob("*")]:
            mode = path.stat().st_mode
            passes = EVERYBODY_PASSES if mode & stat.S_IXUSR else 0
            path.chmod(mode | EVERYBODY_READS | passes)


def open_way(target: Path) -> None:
    for folder in target.resolve().parents:
        mode = folder.stat().st_mode
        if not mode & EVERYBODY_PASSES:
            folder.chmod(stat.S_IMODE(mode) | EVERYBODY_PASSES)
            print(f"Opened {folder} for passing through, because PostgreSQL does not run as root")
