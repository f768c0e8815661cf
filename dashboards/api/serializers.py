"""The shapes of questions and answers; docs/statistics.md says what the figures count."""

from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from rest_framework import serializers

from core.typing import Cleaned, Json
from dashboards.periods import LENGTHS, USUAL, WrongDays, period_of
from dashboards.service import CLOSED, SLOW, WELL
from dashboards.tables import Kind


class ChoiceSerializer(serializers.Serializer[Any]):
    """The same choice as in the address of a page; `from` and `to` go with `period=own`."""

    period = serializers.ChoiceField(
        [*LENGTHS, "all", "own"],
        required=False,
        help_text="Days up to today, all since the pilot, or own days; without it own days where"
        f" some are named, else {USUAL}",
    )
    to = serializers.DateField(required=False, help_text="Last day, Bangkok time")
    compare = serializers.ChoiceField(
        ["1"], required=False, help_text="1: with the period before, of the same length"
    )
    province = serializers.RegexField(
        r"^\d{2}$", required=False, help_text="Of `where` and `work`: its offices"
    )

    def get_fields(self) -> Json:
        """`from` is a word of Python."""
        first = serializers.DateField(required=False, help_text="First day, Bangkok time")
        return super().get_fields() | {"from": first}

    def validate(self, data: Cleaned) -> Cleaned:
        try:
            period_of(QueryDict(urlencode(data)))
        except WrongDays as wrong:
            told: dict[str, list[str]] = {
                name: [str(one) for one in errors] for name, errors in wrong.form.errors.items()
            }
            raise serializers.ValidationError(told) from wrong
        return data


class PeriodSerializer(serializers.Serializer[Any]):
    start = serializers.DateField()
    end = serializers.DateField()
    compares = serializers.BooleanField()


class FiguresSerializer(serializers.Serializer[Any]):
    """The tiles of the overview. Days are Bangkok days; `full_on` is a forecast."""

    today = serializers.IntegerField()
    yesterday = serializers.IntegerField()
    expected = serializers.IntegerField(help_text="sign-ups expected of a day")
    this_hour = serializers.IntegerField()
    hour_a_week_ago = serializers.IntegerField()
    week = serializers.IntegerField(help_text="the seven whole days before today")
    national = serializers.IntegerField(help_text="since the national rollout")
    total = serializers.IntegerField(help_text="since the pilot")
    capacity = serializers.IntegerField(source="phase.capacity", default=None, allow_null=True)
    taken = serializers.IntegerField(help_text="places of the phase that are taken")
    carried = serializers.IntegerField(help_text="of the total: sums carried over, without places")
    full_on = serializers.DateField(allow_null=True)
    open_enrollments = serializers.IntegerField()
    waiting = serializers.IntegerField(help_text="cases with officers or waiting for one")
    rejected = serializers.IntegerField()


class ColumnSerializer(serializers.Serializer[Any]):
    key = serializers.CharField()
    name = serializers.CharField()
    kind = serializers.ChoiceField([kind.value for kind in Kind])


class MarkSerializer(serializers.Serializer[Any]):
    """What was about some days: a phase that begins, or a note of an administrator."""

    first_day = serializers.DateField()
    last_day = serializers.DateField()
    words = serializers.CharField()


class TargetSerializer(serializers.Serializer[Any]):
    """What the charted figure of each day is measured against."""

    value = serializers.IntegerField()
    words = serializers.CharField()


class TableSerializer(serializers.Serializer[Any]):
    """A cell is a number, a text, a day, a list (trends), null, or "hidden" for a small number."""

    key = serializers.CharField()
    title = serializers.CharField()
    unit = serializers.CharField()
    note = serializers.CharField(help_text="since when it is kept, and the like; may be empty")
    definition = serializers.CharField(help_text="key of `definitions`")
    columns = ColumnSerializer(many=True)
    rows = serializers.ListField(child=serializers.DictField())
    target = TargetSerializer(allow_null=True)
    marks = MarkSerializer(many=True, help_text="of tables by day, week or month")


class StatisticsSerializer(serializers.Serializer[Any]):
    as_of = serializers.DateTimeField(help_text="up to when the log is counted")
    period = PeriodSerializer()
    definitions = serializers.DictField(child=serializers.CharField())
    figures = FiguresSerializer(allow_null=True, help_text="with the overview only")
    tables = TableSerializer(many=True)


class DefinitionSerializer(serializers.Serializer[Any]):
    key = serializers.CharField()
    name = serializers.CharField()
    text = serializers.CharField()


class ServiceSerializer(serializers.Serializer[Any]):
    state = serializers.ChoiceField([WELL, SLOW, CLOSED])
    title = serializers.CharField(help_text="a sentence, in the reader's language")
    text = serializers.CharField(help_text="what else there is to know, or empty")
    wait_minutes = serializers.IntegerField(allow_null=True, help_text="about, where it is slow")
    opens_on = serializers.DateField(allow_null=True, help_text="where it is closed and known")
