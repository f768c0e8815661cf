"""A sequencer that the system kills, at whatever it was doing."""

import os
import signal
from itertools import count

import pytest
from django.db import connection, connections, transaction

from audit.actions import Action
from audit.heads import publish
from audit.inspection import inspect
from audit.models import Head
from audit.sequencer import sequence, sequence_all
from audit.services import record
from tests.audit.tree.logs import SYSTEM, entry_ids, sequenced, write

pytestmark = pytest.mark.usefixtures("db")


def sequence_until(statements: float, *, ask_first: bool) -> bool:
    """Sequence and sign in a process that gets SIGKILL at its n-th statement; True if it ended.

    `ask_first`: the database gets the statement before the process dies.
    """
    connections.close_all()
    child = os.fork()
    if child:
        _, status = os.waitpid(child, 0)
        return os.WIFEXITED(status) and os.WEXITSTATUS(status) == 0
    asked = count(1)

    def die(execute, *arguments):
        last = next(asked) == statements
        if last and not ask_first:
            os.kill(os.getpid(), signal.SIGKILL)
        answer = execute(*arguments)
        if last:
            os.kill(os.getpid(), signal.SIGKILL)
        return answer

    try:
        with connection.execute_wrapper(die):
            sequence(most=4)
            sequence_all()
            publish()
        os._exit(0)
    finally:
        os._exit(1)


def written_in_one_transaction() -> list[int]:
    with transaction.atomic():
        return [record(Action.OFFICE_CHANGED, None, actor=SYSTEM, nth=nth).pk for nth in range(6)]


@pytest.mark.parametrize("ask_first", [False, True])
def test_a_sequencer_killed_at_any_statement_loses_doubles_and_reorders_nothing(ask_first):
    written, ended, kills = [], False, 0
    while not ended:
        kills += 1
        written += written_in_one_transaction()
        ended = sequence_until(kills, ask_first=ask_first)
        placed = entry_ids()
        assert placed == written[: len(placed)]
    sequenced(len(written))
    publish()
    assert [entry_ids(), list(inspect())] == [written, []]
    assert kills > 12  # it was killed in the batches, between them, and while it signed


def test_what_was_signed_before_the_kill_is_signed_once():
    written = [entry.pk for entry in write(3)]
    sequenced(3)
    assert sequence_until(float("inf"), ask_first=True)
    assert [entry_ids(), Head.objects.count()] == [written, 1]
