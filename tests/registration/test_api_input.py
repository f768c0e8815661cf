"""What the API takes: a wrong shape is said at its field as problem details and changes nothing."""

import pytest
from django.conf import settings
from rest_framework.test import APIClient

from registration.api import serializers
from registration.models import Enrollment

pytestmark = pytest.mark.django_db
API = "/api/v1/"


@pytest.fixture
def app() -> APIClient:
    """With the token of an enrollment that has just begun."""
    client = APIClient(headers={"Accept-Language": "en"})
    token = client.post(f"{API}enrollments/", {"language": "en"}, format="json").json()["token"]
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {token}")
    return client


def rows() -> list[dict]:
    return list(Enrollment.objects.values())


@pytest.mark.parametrize(
    ("sent", "field", "code"),
    [
        ({"language": "fr"}, "language", "invalid_choice"),
        ({"renewal": "perhaps"}, "renewal", "invalid"),
        ({"former": "a password"}, "former.non_field_errors", "invalid"),
        ({"renewal": True, "former": {"number": "123"}}, "former.number", "wrong_number"),
        ({"former": {"proof": "x" * 2001}}, "former.proof", "max_length"),
    ],
)
def test_nothing_begins_by_a_wrong_word(sent, field, code):
    answer = APIClient().post(f"{API}enrollments/", sent, format="json")
    found = [(one["field"], one["code"]) for one in answer.json()["errors"]]
    assert [answer.status_code, found, rows()] == [400, [(field, code)], []]


@pytest.mark.parametrize(
    ("method", "path", "sent", "status", "code"),
    [
        ("post", "terms", {}, 400, "required"),
        ("post", "terms", {"version": "x" * 21}, 400, "max_length"),
        ("post", "terms", {"version": ["x"]}, 400, "invalid"),
        ("put", "data", {}, 400, "required"),
        ("post", "password", {"first": "a" * 129, "second": "b"}, 400, "max_length"),
        ("post", "consent", {}, 400, "required"),
        ("post", "challenge", {}, 409, "step_out_of_order"),
        ("get", "nothing", None, 404, "not_found"),
        ("delete", "terms", None, 405, "method_not_allowed"),
    ],
)
def test_a_refusal_is_a_problem_with_a_stable_code_and_changes_nothing(
    app, method, path, sent, status, code
):
    before = rows()
    answer = getattr(app, method)(f"{API}enrollment/{path}/", sent, format="json")
    assert [answer.status_code, rows()] == [status, before]
    if path != "nothing":
        problem = answer.json()
        assert [problem["type"], problem["status"]] == [f"urn:dopa:problem:{code}", status]
        assert problem["detail"] == problem["errors"][0]["detail"] != ""


def test_each_wrong_field_of_a_person_is_told_with_its_own_code(app):
    filled = dict.fromkeys(serializers.ConfirmedSerializer().fields, "x")
    answer = app.put(f"{API}enrollment/data/", filled, format="json")
    codes = {one["field"]: one["code"] for one in answer.json()["errors"]}
    expected = {"number": "wrong_number", "first_name_th": "not_thai", "birth_date": "bad_date"}
    assert [answer.status_code, codes | expected] == [400, codes]
    assert {"first_name_en", "address"}.isdisjoint(codes)


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer x", "Basic x", "Bearer " + "é" * 9])
def test_without_the_token_nothing_is_opened(header):
    client = APIClient(headers={"Authorization": header} if header else None)
    answer = client.get(f"{API}enrollment/")
    assert [answer.status_code, "reference" in answer.json()] == [401, False]


def test_a_body_that_is_no_json_is_a_problem_too(app):
    answer = app.post(f"{API}enrollment/terms/", "{", content_type="application/json")
    assert [answer.status_code, answer.json()["type"]] == [400, "urn:dopa:problem:parse_error"]


def test_the_terms_that_were_shown_count_and_no_older_ones(app):
    before = rows()
    older = app.post(f"{API}enrollment/terms/", {"version": "2020-10-01"}, format="json")
    assert [older.status_code >= 400, rows()] == [True, before]
    sent = {"version": settings.TERMS_VERSION}
    answer = app.post(f"{API}enrollment/terms/", sent, format="json")
    assert [answer.status_code, answer.json()["step"]] == [200, "card_front"]


@pytest.mark.parametrize(
    ("data", "wrong"),
    [
        ({"frame_times": [0, -1]}, "frame_times"),
        ({"frame_times": list(range(31))}, "frame_times"),
        ({"frame_times": [0.5]}, "frame_times"),
        ({"frames": ["text"]}, "frames"),
        ({"challenge": "1"}, "challenge"),
        ({"selfie": "text"}, "selfie"),
    ],
)
def test_a_selfie_comes_with_whole_frames_and_times(data, wrong):
    serializer = serializers.SelfieSerializer(data=data)
    assert not serializer.is_valid()
    assert set(serializer.errors) == {"selfie", wrong}
