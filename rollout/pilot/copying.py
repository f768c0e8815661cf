"""Writes many new rows of a model by COPY, whatever columns the model has."""

from collections.abc import Iterable

from django.db import connection, models


def copy_rows(model: type[models.Model], rows: Iterable[models.Model]) -> None:
    """Like bulk_create for rows that have their primary keys. Constraints raise IntegrityError."""
    fields = model._meta.concrete_fields
    quoted = connection.ops.quote_name
    columns = ", ".join(quoted(field.column) for field in fields)
    into = f"COPY {quoted(model._meta.db_table)} ({columns}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(into) as copy:
        for row in rows:
            values = ((field, getattr(row, field.attname)) for field in fields)
            copy.write_row([field.get_db_prep_save(value, connection) for field, value in values])
