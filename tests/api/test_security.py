"""What stands before the routes: host names, token, sessions, other sites, headers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.api.conftest import BASE, client_of, settings_in
from tests.api.test_http import API, problem_of
from tests.ingest.documents import notice

if TYPE_CHECKING:
    from pathlib import Path

    from fastapi.testclient import TestClient

    from graph.store import Store

TOKEN = "a-token-for-tests"


@pytest.fixture
def locked(example_store: Store, tmp_path: Path) -> TestClient:
    """An application that asks for a token."""
    return client_of(settings_in(tmp_path, token=TOKEN), example_store)


@pytest.fixture
def signed_in(locked: TestClient) -> TestClient:
    answer = locked.post(
        "/signin", data={"token": TOKEN, "next": "/coverage?lang=en"}, headers={"origin": BASE}
    )
    assert answer.status_code == 303
    assert answer.headers["location"] == "/coverage?lang=en"
    return locked


def upload(client: TestClient, **headers: str) -> Any:
    """A dry run: allowed, it answers 200."""
    files = [("file", ("通知.docx", notice()))]
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.post(f"{API}/documents", files=files, data={"dry_run": "true"}, headers=named)


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "", "10.0.0.7"]
)
def test_without_a_token_only_this_machine_s_names_are_answered(examples: TestClient, host: str) -> None:
    problem_of(examples.get(f"{API}/stats", headers={"host": host}), 421, "wrong_host")


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8000", "[::1]:8000", "LOCALHOST:80"])
def test_names_of_this_machine_are_answered(examples: TestClient, host: str) -> None:
    assert examples.get(f"{API}/stats", headers={"host": host}).status_code == 200


def test_insecure_answers_any_name(example_store: Store, tmp_path: Path) -> None:
    client = client_of(settings_in(tmp_path), example_store, insecure=True)
    assert client.get(f"{API}/stats", headers={"host": "planning.example"}).status_code == 200


def test_with_a_token_any_name_is_answered(locked: TestClient) -> None:
    headers = {"host": "planning.example", "authorization": f"Bearer {TOKEN}"}
    assert locked.get(f"{API}/stats", headers=headers).status_code == 200


@pytest.mark.parametrize("given", ["", "Bearer", "Bearer wrong", f"Basic {TOKEN}", f"Bearer {TOKEN}x"])
def test_a_wrong_token_is_401(locked: TestClient, given: str) -> None:
    answer = locked.get(f"{API}/stats", headers={"authorization": given})
    problem_of(answer, 401, "unauthorised")
    assert answer.headers["www-authenticate"] == "Bearer"
    assert locked.get("/openapi.json", headers={"authorization": given}).status_code == 401
    assert locked.get("/embed/network", headers={"authorization": given}).status_code == 401


def test_health_needs_no_token(locked: TestClient) -> None:
    assert locked.get("/healthz").status_code == 200
    assert locked.get("/readyz").status_code == 200


def test_a_browser_is_led_to_the_sign_in_page_and_back(locked: TestClient) -> None:
    answer = locked.get("/coverage?lang=en", headers={"accept": "text/html,*/*"})
    assert answer.status_code == 303
    page = locked.get(answer.headers["location"])
    assert page.status_code == 200
    assert 'value="/coverage?lang=en"' in page.text


def test_a_session_is_a_cookie_that_scripts_cannot_read(locked: TestClient) -> None:
    answer = locked.post("/signin", data={"token": TOKEN}, headers={"origin": BASE})
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "samesite=strict" in cookie.lower()
    assert TOKEN not in cookie
    assert locked.get(f"{API}/stats").status_code == 200
    assert locked.post("/signout", headers={"x-csrf-token": csrf_of(locked)}).status_code == 303
    assert locked.get(f"{API}/stats").status_code == 401


def test_a_wrong_token_does_not_sign_in(locked: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.routes.signin._PAUSE", 0)
    answer = locked.post("/signin", data={"token": "wrong"}, headers={"origin": BASE})
    assert answer.status_code == 401
    assert "set-cookie" not in answer.headers
    assert "口令不对" in answer.text


@pytest.mark.parametrize("forged", ["", "9999999999.x.y", "x", "9999999999.00.{}"])
def test_a_forged_session_is_none(locked: TestClient, forged: str) -> None:
    headers = {"cookie": f"coopgraph_session={forged.format('0' * 64)}"}
    assert locked.get(f"{API}/stats", headers=headers).status_code == 401


def test_a_session_ends(signed_in: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    now = time.time()
    monkeypatch.setattr("api.sessions.time.time", lambda: now + 13 * 3600)
    assert signed_in.get(f"{API}/stats").status_code == 401


@pytest.mark.parametrize(
    "wanted", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_signing_in_never_leads_to_another_site(locked: TestClient, wanted: str) -> None:
    answer = locked.post("/signin", data={"token": TOKEN, "next": wanted}, headers={"origin": BASE})
    assert answer.headers["location"] == "/"


def csrf_of(client: TestClient) -> str:
    from api.sessions import COOKIE, csrf_token

    return csrf_token(TOKEN, client.cookies[COOKIE])


def test_a_session_must_carry_its_own_token_to_change_something(signed_in: TestClient) -> None:
    problem_of(upload(signed_in, origin=BASE), 403, "csrf_token")
    problem_of(upload(signed_in, origin=BASE, x_csrf_token="wrong"), 403, "csrf_token")
    assert upload(signed_in, origin=BASE, x_csrf_token=csrf_of(signed_in)).status_code == 200


def test_a_bearer_token_needs_no_other(locked: TestClient) -> None:
    assert upload(locked, authorization=f"Bearer {TOKEN}").status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9999"},
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
    ],
)
def test_another_site_changes_nothing(
    examples: TestClient, signed_in: TestClient, headers: dict[str, str]
) -> None:
    problem_of(upload(examples, **headers), 403, "cross_site")
    problem_of(upload(signed_in, x_csrf_token=csrf_of(signed_in), **headers), 403, "cross_site")


def test_this_site_and_programs_may_change(examples: TestClient) -> None:
    assert upload(examples).status_code == 200
    assert upload(examples, origin=BASE, sec_fetch_site="same-origin").status_code == 200


def test_another_site_may_not_read_by_fetch(examples: TestClient) -> None:
    answer = examples.get(f"{API}/stats", headers={"origin": "https://evil.example"})
    assert "access-control-allow-origin" not in answer.headers
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"


def test_every_answer_has_the_headers(examples: TestClient) -> None:
    nonces: set[str] = set()
    for path in ("/", f"{API}/stats", f"{API}/nonsense", "/embed/network?status=all", "/signin"):
        headers = examples.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        (nonce,) = set(re.findall(r"'nonce-([^']+)'", policy))
        nonces.add(nonce)
    assert len(nonces) == 5


def test_only_embeds_may_be_framed(example_store: Store, tmp_path: Path) -> None:
    settings = settings_in(tmp_path, frame_ancestors="https://portal.example")
    client = client_of(settings, example_store)
    framed = client.get("/embed/network?status=all").headers
    assert "frame-ancestors 'self' https://portal.example" in framed["content-security-policy"]
    assert "x-frame-options" not in framed
    for path in ("/", "/signin", "/views/network.html?status=all"):
        headers = client.get(path).headers
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["x-frame-options"] == "DENY"


def test_pages_run_only_what_carries_the_nonce(examples: TestClient) -> None:
    for path in ("/", "/signin", "/embed/network?status=all"):
        answer = examples.get(path)
        (nonce,) = set(re.findall(r"'nonce-([^']+)'", answer.headers["content-security-policy"]))
        for tag in re.findall(r"<(?:script|style)\b[^>]*>", answer.text):
            assert f'nonce="{nonce}"' in tag or "application/json" in tag or 'src="/static/' in tag
        assert not re.search(r"<[^>]+\son\w+\s*=", answer.text)
        assert not re.search(r"<(?:script|link|img)[^>]+(?:src|href)=[\"']?(?:https?:)?//", answer.text)


def test_no_documentation_page_of_another_host(examples: TestClient) -> None:
    assert examples.get("/docs").status_code == 404
    assert examples.get("/redoc").status_code == 404
    assert examples.get("/openapi.json").status_code == 200


@pytest.mark.parametrize(
    ("host", "own"),
    [
        ("127.0.0.1", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("::", False),
        ("10.1.2.3", False),
    ],
)
def test_loopback_addresses_are_known(host: str, own: bool) -> None:
    from api.commands.serve import is_loopback

    assert is_loopback(host) is own
