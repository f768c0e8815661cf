"""Celery's connections in a test: whatever was asked for before, they lead to this address."""

import pytest
from celery import current_app


def lead_to(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(current_app.conf, "broker_url", address)
    monkeypatch.setattr(current_app.conf, "broker_write_url", address)
    monkeypatch.setattr(current_app, "_pool", None)
    monkeypatch.setattr(current_app.amqp, "_producer_pool", None)
