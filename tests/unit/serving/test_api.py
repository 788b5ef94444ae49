"""The programming interface: what it answers, and how it says what is wrong."""

import json
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from strategybot.schema import Matching
from strategybot.serving.api import PROBLEM
from strategybot.serving.app import create_app
from strategybot.settings import Settings
from tests.fakes_support import SITUATION, SupportAssistant

MATCH = "/api/v1/match"


@pytest.fixture
def assistant() -> SupportAssistant:
    return SupportAssistant()


@pytest.fixture
def client(assistant: SupportAssistant) -> Iterator[TestClient]:
    with TestClient(create_app(assistant, Settings()), raise_server_exceptions=False) as client:
        yield client


def assert_problem(client: TestClient, body: str, status: int, *words: str) -> None:
    response = client.post(MATCH, content=body, headers={"content-type": "application/json"})
    assert response.status_code == status
    assert response.headers["content-type"] == PROBLEM
    problem = response.json()
    assert problem["status"] == status
    assert problem["title"]
    for word in words:
        assert word in problem["detail"]


def test_a_situation_is_matched(client: TestClient, assistant: SupportAssistant) -> None:
    response = client.post(MATCH, json={"text": SITUATION, "facts": {"employees": "14"}, "as_of": "2022-06-30"})

    assert response.status_code == 200
    matching = Matching.model_validate(response.json())
    assert matching == assistant.match(assistant.situations[0])
    assert matching.profile.root["employees"].value == 14
    assert assistant.situations[0].as_of.isoformat() == "2022-06-30"


def test_everything_may_be_left_out(client: TestClient) -> None:
    assert client.post(MATCH, json={}).json()["profile"] == {}


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"texts": "?"}, ("texts", "text, facts, as_of")),
        ({"facts": {"employees": 12}}, ("facts.employees", "string")),
        ({"as_of": "soon"}, ("as_of", "date")),
        ({"text": "x" * 10_001}, ("text", "10000")),
        ([], ("body", "text, facts, as_of")),
    ],
)
def test_a_body_that_is_no_situation_is_explained(client: TestClient, body: object, words: tuple[str, ...]) -> None:
    assert_problem(client, json.dumps(body), 422, *words)


def test_a_body_that_is_no_json_is_explained(client: TestClient) -> None:
    assert_problem(client, "{", 422, "JSON")


def test_a_fact_that_cannot_be_read_is_explained(client: TestClient) -> None:
    body = json.dumps({"facts": {"employees": "a few"}})

    assert_problem(client, body, 422, "“a few” is not a number that can be read: write 12")


def test_without_an_index_it_says_what_to_do(client: TestClient) -> None:
    assert_problem(client, json.dumps({"text": "unindexed"}), 503, "run `strategybot ingest`")


def test_a_body_above_the_limit_is_refused(client: TestClient) -> None:
    assert client.post(MATCH, json={"text": "x" * 300_000}).status_code == 413


def test_what_breaks_unexpectedly_gives_no_detail_away(client: TestClient) -> None:
    response = client.post(MATCH, json={"text": "broken"})

    assert response.status_code == 500
    assert "secret" not in response.text
