"""The portal under a role of its own, which owns nothing and can only add to the log."""

from collections.abc import Iterator

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from audit.actions import Action
from audit.archiving import OPERATOR
from audit.heads import publish
from audit.inspection import inspect
from audit.models import Head, MonthArchive
from audit.months import make_months
from audit.services import record
from devstack.embedded.postgres import SERVING
from tests.audit.tree.logs import sequenced, write
from tests.conftest import serving
from tests.factories import EnrollmentFactory

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def as_portal(db) -> Iterator[None]:
    """From here on, connected as the second role."""
    write(1)
    with serving():
        yield


def whoami() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        return cursor.fetchone()[0]


def test_the_role_writes_sequences_signs_and_verifies(as_portal):
    with transaction.atomic():
        record(Action.START, EnrollmentFactory(), actor=OPERATOR)
    sequenced(2)
    publish()
    assert [whoami(), make_months() >= 0, Head.objects.count(), list(inspect())] == [
        SERVING,
        True,
        1,
        [],
    ]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET reason = 'x'",
        "DELETE FROM audit_entry",
        "TRUNCATE audit_entry",
        "UPDATE audit_entry_default SET reason = 'x'",
        "INSERT INTO audit_entry_default SELECT * FROM audit_entry",
        "ALTER TABLE audit_entry DISABLE TRIGGER ALL",
        "DROP TABLE audit_entry",
        "SET session_replication_role = replica",
        "DELETE FROM audit_tile",
        "UPDATE audit_head SET timestamp = 0",
        "DELETE FROM audit_montharchive",
        "SELECT audit_drop_month('2020-01-01')",
        "DROP FUNCTION audit_refuse() CASCADE",
    ],
)
def test_the_role_changes_and_removes_nothing_of_the_log(as_portal, statement):
    with pytest.raises(DatabaseError, match=r"permission denied|must be owner|only grows"):
        connection.cursor().execute(statement)
    assert MonthArchive.objects.count() == 0


def test_a_role_that_does_not_exist_is_named():
    with pytest.raises(CommandError, match="nobody_at_all"):
        call_command("audit", "grant", "nobody_at_all")
