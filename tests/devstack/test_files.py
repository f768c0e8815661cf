import stat
import subprocess
import sys
from pathlib import Path

from babel.messages.mofile import read_mo

from devstack.embedded.files import Lock, made_once, replace_private
from devstack.embedded.messages import compile_messages

HOLD_THE_LOCK = """
import sys
from pathlib import Path
from devstack.embedded.files import Lock
assert Lock(Path(sys.argv[1])).take()
print("held", flush=True)
sys.stdin.read()
"""


def holder_of(path: Path) -> subprocess.Popen:
    process = subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "-c", HOLD_THE_LOCK, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline() == "held\n"
    return process


def test_a_secret_is_made_once_and_is_private(tmp_path: Path):
    path = tmp_path / "var" / "secret"
    assert made_once(path, "first") == "first"
    assert made_once(path, "second") == "first"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [each.name for each in path.parent.iterdir()] == ["secret"]


def test_replacing_a_file_leaves_nothing_beside_it(tmp_path: Path):
    path = tmp_path / "state"
    replace_private(path, "one")
    replace_private(path, b"two")
    assert path.read_text() == "two"
    assert [each.name for each in tmp_path.iterdir()] == ["state"]


def test_a_lock_names_its_holder_and_falls_with_it(tmp_path: Path):
    lock = Lock(tmp_path / "lock")
    assert lock.holder() is None
    with holder_of(lock.path) as other:
        assert lock.holder() == other.pid
        assert lock.take(patience=0.1) is False
        other.kill()
        other.wait()
        assert lock.holder() is None
        assert lock.take() is True
    lock.release()
    assert lock.holder() is None


def test_translations_are_compiled_when_their_source_is_newer(tmp_path: Path):
    source = tmp_path / "th" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text('msgid ""\nmsgstr ""\n\nmsgid "Card"\nmsgstr "บัตร"\n')
    (target,) = compile_messages(tmp_path)
    with target.open("rb") as content:
        assert read_mo(content).get("Card").string == "บัตร"
    assert compile_messages(tmp_path) == []
