"""What is said to whoever tried too often."""

import pytest

from core.rate_limit import seconds_left
from tests.factories import OfficerFactory
from tests.test_access import sign_in


@pytest.mark.django_db
def test_too_many_tries_say_how_long_to_wait(client, settings):
    settings.RATE_LIMITS = settings.RATE_LIMITS | {"resume": (0, 3600)}
    answer = client.post("/resume/", headers={"Accept-Language": "en"})
    wait = int(answer.headers["Retry-After"])
    assert [answer.status_code, 0 < wait <= 3601] == [429, True]
    assert answer.context["retry_minutes"] == -(-wait // 60)
    assert f"{answer.context['retry_minutes']} minute" in answer.text


def test_no_wait_is_longer_than_its_window(settings):
    left = {scope: seconds_left(scope) for scope in settings.RATE_LIMITS}
    windows = {scope: seconds + 1 for scope, (_, seconds) in settings.RATE_LIMITS.items()}
    assert all(0 < left[scope] <= windows[scope] for scope in left)


@pytest.mark.django_db
def test_a_refusal_is_in_the_logs_by_its_page_and_who_asked(client, caplog):
    officer = OfficerFactory()
    sign_in(client, officer)
    assert client.get("/staff/people/").status_code == 403
    assert caplog.messages == [f"refused at people:list by {officer.pk}"]
