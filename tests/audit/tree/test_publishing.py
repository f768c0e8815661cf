"""The job that runs each minute, the witnesses it tells, and the command that checks the log."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command

from audit.heads import as_line, publish
from audit.models import Head, Receipt
from audit.tasks import publish_tree_head
from audit.witnesses import deliver
from tests.audit.tree.logs import entry_ids, sequenced, tamper, write

pytestmark = pytest.mark.usefixtures("db")


class Answers(BaseHTTPRequestHandler):
    """A place on the network that keeps quiet about what it is asked."""

    def log_message(self, *_) -> None:
        """Nothing to say."""


@contextmanager
def serving(handler: type[Answers]) -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/heads"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def witness():
    """A witness on the network: what it was sent, and its address."""
    received = []

    class Witness(Answers):
        def do_POST(self) -> None:
            received.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
            self.send_response(204)
            self.end_headers()

    with serving(Witness) as address:
        yield received, address


@pytest.fixture
def elsewhere():
    """An address that leads on to another, which answers well."""

    class Leads(Answers):
        def do_POST(self) -> None:
            self.send_response(302)
            self.send_header("Location", "/taken")
            self.end_headers()

        def do_GET(self) -> None:
            self.send_response(204)
            self.end_headers()

    with serving(Leads) as address:
        yield address


def test_a_witness_leads_nowhere_else(settings, elsewhere):
    settings.AUDIT_WITNESSES = [elsewhere]
    assert deliver(a_head()) == 0
    assert not Receipt.objects.exists()


def a_head(size: int = 3) -> Head:
    write(size)
    sequenced(size)
    return publish()


def test_the_job_publishes_and_may_run_twice(settings, tmp_path):
    kept = tmp_path / "heads.ndjson"
    settings.AUDIT_WITNESSES = [f"file:{kept}"]
    write(3)
    sequenced(3)
    publish_tree_head()
    publish_tree_head()
    head = Head.objects.get()
    assert [head.tree_size, kept.read_text()] == [3, as_line(head) + "\n"]


def test_a_witness_on_the_network_gets_the_head(settings, witness):
    received, address = witness
    settings.AUDIT_WITNESSES = [address]
    head = a_head()
    assert [deliver(head), deliver(head), received] == [1, 0, [as_line(head) + "\n"]]


def test_a_witness_that_fails_holds_nobody_up_and_is_asked_again(settings, tmp_path):
    late = tmp_path / "later"
    settings.AUDIT_WITNESSES = [f"file:{late}/heads.ndjson", f"file:{tmp_path}/heads.ndjson"]
    head = a_head()
    first = deliver(head)
    late.mkdir()
    assert [first, deliver(head), Receipt.objects.count()] == [1, 1, 2]


def test_an_address_of_another_kind_is_refused(settings):
    settings.AUDIT_WITNESSES = ["ftp://example.org/"]
    with pytest.raises(ImproperlyConfigured):
        deliver(a_head())


def test_the_command_says_that_the_log_is_whole(capsys):
    a_head()
    call_command("audit", "verify")
    assert capsys.readouterr().out == "The audit log is whole: 3 entries, 0 heads from outside.\n"


def test_the_command_names_what_it_finds_and_fails(capsys):
    a_head()
    number = entry_ids()[1]
    tamper("UPDATE audit_entry SET reason = 'x' WHERE id = %s", (number,))
    with pytest.raises(CommandError, match="not whole: 1 found"):
        call_command("audit", "verify")
    assert capsys.readouterr().out == f"changed: entry {number} at leaf 1 is not what was written\n"


def test_the_command_compares_with_heads_kept_outside(capsys, tmp_path):
    kept = tmp_path / "heads.ndjson"
    kept.write_text(as_line(a_head(3)) + "\n")
    for statement in ("TRUNCATE audit_entry, audit_tile, audit_cursor, audit_head CASCADE",):
        tamper(statement)
    with pytest.raises(CommandError):
        call_command("audit", "verify", "--head", str(kept))
    assert capsys.readouterr().out == "cut: the log ends after 0 leaves, a head has 3\n"


def test_the_command_refuses_a_file_that_holds_no_heads(tmp_path):
    kept = tmp_path / "heads.ndjson"
    kept.write_text("{}")
    with pytest.raises(CommandError, match="no tree head"):
        call_command("audit", "verify", "--head", str(kept))
