"""Writes many new rows of a model by COPY, whatever columns the model has."""

from collections.abc import Iterable
from operator import attrgetter

from django.db import connection, models
from django.db.models.fields import NOT_PROVIDED


def copy_rows(model: type[models.Model], rows: Iterable[models.Model]) -> None:
    """Like bulk_create for rows that have their primary keys. Constraints raise IntegrityError.

    Values go as they are, without the fields' own preparation: none may be JSON. What the database
    gives by itself (a number of a sequence) is left to it.
    """
    fields = [field for field in model._meta.concrete_fields if field.db_default is NOT_PROVIDED]
    values = attrgetter(*(field.attname for field in fields))
    columns = ", ".join(field.column for field in fields)
    into = f"COPY {model._meta.db_table} ({columns}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(into) as copy:
        for row in rows:
            copy.write_row(values(row))
