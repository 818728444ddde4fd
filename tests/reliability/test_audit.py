"""`make audit` against a service on loopback: what it finds, and that it never calls safe what it did not ask for."""

from __future__ import annotations

import importlib.util
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.reliability import audit

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("pip_audit") is None, reason="NOT TESTED: make audit; set up by uv sync --group audit"
)
TWO = "".join(f"{name}==1.0 --hash=sha256:{'0' * 64}\n" for name in ("made-up-sound", "made-up-flawed"))
_FLAW = {
    "id": "MADE-UP-1",
    "schema_version": "1.6.0",
    "modified": "2020-01-01T00:00:00Z",
    "published": "2020-01-01T00:00:00Z",
    "details": "made up",
    "affected": [
        {
            "package": {"name": "made-up-flawed", "ecosystem": "PyPI"},
            "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "1.1"}]}],
            "versions": ["1.0"],
        }
    ],
}


class _Service(BaseHTTPRequestHandler):
    """Knows of one flaw, in the way of the OSV service."""

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        flawed = asked["package"]["name"] == "made-up-flawed"
        body = json.dumps({"vulns": [_FLAW]} if flawed else {}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Keeps still."""


@pytest.fixture(scope="module")
def service() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Service)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


def test_a_known_vulnerability_is_named_and_fails(service: str) -> None:
    status, told = audit.audit(TWO, "--vulnerability-service", "osv", "--osv-url", service)
    assert status == audit.FOUND
    assert "made-up-flawed 1.0: MADE-UP-1, mended in 1.1" in told
    assert "2 of 2" in told


def test_all_sound_is_said_only_when_all_were_asked_for(service: str) -> None:
    sound = TWO.splitlines(keepends=True)[0]
    status, told = audit.audit(sound, "--vulnerability-service", "osv", "--osv-url", service)
    assert (status, told) == (0, "1 of 1 locked packages were asked for; no known vulnerability.")


def test_a_service_that_cannot_be_reached_is_no_all_clear() -> None:
    status, told = audit.audit(TWO, "--vulnerability-service", "osv", "--osv-url", "http://127.0.0.1:9/")
    assert status == audit.NOT_ASKED
    assert told.startswith("NOT AUDITED: ")
    assert "Traceback" not in told


def test_a_package_that_the_service_does_not_know_is_no_all_clear() -> None:
    """As behind a proxy that answers for the index, and knows no vulnerabilities."""
    unknown = {"name": "made-up", "skip_reason": "Dependency not found on PyPI and could not be audited: made-up (1.0)"}
    status, told = audit._judged([unknown, {"name": "other", "version": "1.0", "vulns": []}])
    assert status == audit.NOT_ASKED
    assert "1 of 2" in told
    assert "not found" in told


def test_everything_that_is_locked_is_asked_for_with_its_hash() -> None:
    listed = audit.locked()
    names = [line for line in listed.splitlines() if "==" in line]
    assert len(names) > 80
    assert listed.count("--hash=sha256:") >= len(names)
    assert {"dagster", "pip-audit", "distributed"} <= {name.partition("==")[0] for name in names}
