"""Carries the request id from a request to its log lines, its tasks, and theirs."""

import logging
from contextvars import Token
from typing import Any

from celery import Task
from celery.signals import before_task_publish, task_postrun, task_prerun

from audit.context import Context, current_request_id, enter, leave
from core.typing import Json

HEADER = "dopa_request_id"
_tokens: dict[str, Token[Context]] = {}


def name_requests_in_logs() -> None:
    """Give every log record the `request_id` of the request or task it was written in."""
    make = logging.getLogRecordFactory()

    def with_request_id(*arguments: object, **named: object) -> logging.LogRecord:
        record = make(*arguments, **named)
        record.request_id = current_request_id()
        return record

    logging.setLogRecordFactory(with_request_id)


@before_task_publish.connect
def send_along(headers: Json | None = None, **_: object) -> None:
    if headers is not None and current_request_id():
        headers[HEADER] = current_request_id()


@task_prerun.connect
def take_over(task_id: str, task: Task[Any, Any], **_: object) -> None:
    """A task of the clock gets an id of its own."""
    offered = getattr(task.request, HEADER, None) or (task.request.headers or {}).get(HEADER, "")
    _tokens[task_id] = enter(offered)


@task_postrun.connect
def give_back(task_id: str, **_: object) -> None:
    token = _tokens.pop(task_id, None)
    if token is not None:
        leave(token)
