"""How many could sign up, counted from the register once a night."""

from django.db import connection, transaction
from django.utils import timezone

CARD_FROM_AGE = 7
COUNT = """
    INSERT INTO dashboards_eligible (office_code, people, loaded)
    SELECT office_code, count(*), false FROM population_record
    WHERE status = 'alive' AND birth_year <= %s GROUP BY office_code
    ON CONFLICT (office_code) DO NOTHING
"""


@transaction.atomic
def count_eligible() -> None:
    """Scan the register and replace the table; the pages read the table alone."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM dashboards_eligible WHERE NOT loaded")
        cursor.execute(COUNT, [timezone.localdate().year - CARD_FROM_AGE])
