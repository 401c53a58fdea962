"""The `tests:` of a config, asked of the real Envoy.

Only what a test names is compared, as gatewright's own meaning of `expect` says. `hop` and
`policies` speak of things that are not in the answer: a hop by mutual TLS needs the sidecar, so here
it is that the request went to the Service's address under a name that the mesh knows; and a policy
is in force if Envoy Gateway has accepted it.
"""

import http.client
import itertools
import json
import math
import subprocess
import tempfile
from pathlib import Path

from .client import Response
from .processes import TimedOut, wait_for

# How often a request with shares is sent, and how many standard deviations a share may be off: by
# chance alone that happens in one of 100,000 comparisons.
REQUESTS = 400
DEVIATIONS = 4.5

_COUNT = itertools.count()


class Answer:
    """What came back, and what the backend saw if it was asked."""

    def __init__(self, response):
        self.response = response
        self.seen = None
        if response.header("content-type") == "application/json" and response.body:
            told = json.loads(response.body)
            self.seen = told if "to" in told else None

    def header_seen(self, name):
        """The values of a header as the backend saw it."""
        values = [value for key, value in self.seen["headers"] if key == name.lower()]
        return ", ".join(values) if values else None

    def __str__(self):
        where = f", answered at {self.seen['to']}" if self.seen else f" {self.response.body[:200]!r}"
        return f"{self.response.status}{where}"


def ask(test, client, curl):
    """Sends a test's request once."""
    headers = list((test.request.get("headers") or {}).items())
    if "grpc" in test.request:
        return Answer(curl.grpc(test, headers, client.address))
    return Answer(client.send(test.url, test.method, headers, sni=test.request.get("sni")))


def problems(test, client, curl, backends, known_hosts, accepted):
    """What became otherwise than a test expects, in words; nothing where all is as it says."""
    expect = test.expect
    if expect.get("refused"):
        try:
            answer = ask(test, client, curl)
        except (OSError, http.client.HTTPException):
            return []
        return [f"not refused: {answer}"]
    try:
        answer = ask(test, client, curl)
    except (OSError, http.client.HTTPException) as error:
        return [f"no answer: {error!r}"]
    found = [
        f"policy {policy} is not accepted" for policy in expect.get("policies", []) if not accepted(policy)
    ]
    found += _response(expect, answer)
    if "backends" in expect:
        found += _shares(test, client, curl, backends)
    elif any(key in expect for key in ("backend", "upstream")):
        found += _upstream(expect, answer, backends)
    # In ambient mode the nodes wrap whatever goes to a pod.
    if expect.get("hop") == "mtls" and answer.seen and known_hosts:
        found += _hop(answer, backends, known_hosts)
    return found


def _response(expect, answer):
    response = answer.response
    found = []
    status = expect.get("status") or (expect.get("redirect") or {}).get("status")
    if status is not None and response.status != status:
        found.append(f"status {response.status}, not {status}: {answer}")
    location = (expect.get("redirect") or {}).get("location")
    if location is not None and response.header("location") != location:
        found.append(f"Location is {response.header('location')!r}, not {location!r}")
    for name, value in (expect.get("response") or {}).items():
        if response.header(name) != value:
            found.append(f"response header {name} is {response.header(name)!r}, not {value!r}")
    return found


def _upstream(expect, answer, backends):
    if not answer.seen:
        return [f"no backend answered: {answer}"]
    found = []
    wanted = expect.get("backend")
    if wanted and backends.name(answer.seen["to"]) != wanted:
        found.append(f"answered by {backends.name(answer.seen['to'])}, not {wanted}")
    upstream = expect.get("upstream") or {}
    for key in ("host", "path", "method"):
        if key in upstream and answer.seen[key] != upstream[key]:
            found.append(f"the backend sees {key} {answer.seen[key]!r}, not {upstream[key]!r}")
    headers = upstream.get("headers") or {}
    for name, value in (headers.get("set") or {}).items():
        if answer.header_seen(name) != value:
            found.append(f"the backend sees header {name} {answer.header_seen(name)!r}, not {value!r}")
    for name in headers.get("absent") or []:
        if answer.header_seen(name) is not None:
            found.append(f"the backend sees header {name}, which shall be absent")
    return found


def _shares(test, client, curl, backends):
    counts, found = {}, []
    for _ in range(REQUESTS):
        answer = ask(test, client, curl)
        name = backends.name(answer.seen["to"]) if answer.seen else f"status {answer.response.status}"
        counts[name] = counts.get(name, 0) + 1
        if answer.seen:
            only = {key: value for key, value in test.expect.items() if key == "upstream"}
            found += [text for text in _upstream(only, answer, backends) if text not in found]
    for name in sorted(set(counts) | set(test.expect["backends"])):
        share = test.expect["backends"].get(name, 0)
        bound = DEVIATIONS * math.sqrt(REQUESTS * share * (1 - share))
        if abs(counts.get(name, 0) - REQUESTS * share) > bound:
            found.append(
                f"{name} answered {counts.get(name, 0)} of {REQUESTS}, not {REQUESTS * share:.0f} ± {bound:.0f}"
            )
    return found


def _hop(answer, backends, known_hosts):
    found = []
    if not backends.is_service(answer.seen["to"]):
        found.append(f"went to the pod {answer.seen['to']}, not to the address of its Service")
    name = backends.name(answer.seen["to"])
    if answer.seen["host"] not in known_hosts(name):
        found.append(f"the host {answer.seen['host']!r} is none by which the mesh knows {name}")
    return found


class Curl:
    """For gRPC calls, which are HTTP/2: Python's library speaks HTTP/1 alone."""

    def __init__(self, authority):
        self.authority = authority

    def grpc(self, test, headers, address):
        service_and_method = test.request["grpc"]
        url = test.url.rstrip("/") + "/" + service_and_method
        with tempfile.TemporaryDirectory() as folder:
            head, body = Path(folder, "head"), Path(folder, "body")
            command = ["curl", "--silent", "--show-error", "--max-time", "20", "--request", "POST"]
            command += ["--http2" if url.startswith("https:") else "--http2-prior-knowledge"]
            command += ["--connect-to", f"::{address}:", "--cacert", str(self.authority)]
            command += ["--header", "content-type: application/grpc", "--header", "te: trailers"]
            for name, value in headers:
                command += ["--header", f"{name}: {value}"]
            command += ["--data-binary", "", "--dump-header", str(head), "--output", str(body), url]
            ended = subprocess.run(command, capture_output=True, text=True)
            if ended.returncode != 0:
                raise OSError(f"curl: {ended.stderr.strip()}")
            lines = head.read_text().splitlines()
            status = int(lines[0].split()[1])
            pairs = [line.split(": ", 1) for line in lines[1:] if ": " in line]
            return Response(status, pairs, body.read_bytes() if body.exists() else b"")


def copies(test, client, curl, backends, wanted):
    """Whether copies of a request arrive where they should, and only there; and in words where not."""
    name = f"copies-{next(_COUNT)}"
    test.request["headers"] = (test.request.get("headers") or {}) | {"x-e2e-id": name}
    answer = ask(test, client, curl)
    first = backends.name(answer.seen["to"]) if answer.seen else None
    expected = sorted([first, *wanted])
    try:
        wait_for("copies", lambda: len(backends.seen(name)) >= len(expected), 5)
    except TimedOut:
        pass
    found = sorted(backends.seen(name))
    return found == expected, f"the request arrived at {found}, not at {expected}"
