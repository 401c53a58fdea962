"""A whole login through the real Envoy at a real provider, and what becomes of everyone else."""

import re
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit

from harness.api_server import ApiServer
from harness.authority import Authority
from harness.backends import SERVICES, Backends
from harness.client import Client
from harness.deployment import Deployment
from harness.gateway import EnvoyGateway
from harness.provider import PASSWORD, USER, Provider
from harness.route_tests import Answer

SYSTEMS = ["dex", "envoy"]
NEEDS = ["python", "crds", "kubernetes", "envoy-gateway", "dex"]
EXAMPLE = "examples/httpbin-oidc"
PAGE = "https://www.example.com/httpbin/get?page=1"
LOGOUT = "https://www.example.com/httpbin/logout"


class Browser:
    """Goes where it is sent, one step at a time, with the cookies it was given."""

    def __init__(self, authority, edge, provider):
        self.cookies = {}
        self._edge, self._provider = Client(edge, authority.trust()), Client(provider.address, authority.trust())
        self._host = provider.host

    def go(self, url, method="GET", form=None, marks=()):
        """One request; of the provider's cookies it keeps none, it needs none."""
        parts = urlsplit(url)
        if parts.hostname == self._host:
            body = urlencode(form).encode() if form else None
            headers = [("Content-Type", "application/x-www-form-urlencoded")] if form else []
            return self._provider.send(url, method, headers, body)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = [("Cookie", cookies)] if cookies else []
        response = self._edge.send(url, method, [*headers, *marks])
        for name, value in response.headers:
            if name.lower() == "set-cookie":
                pair, _, attributes = value.partition(";")
                key, _, content = pair.partition("=")
                gone = re.search(r"max-age=0\b|expires=Thu, 01 Jan 1970", attributes, re.IGNORECASE)
                self.cookies.pop(key, None)
                if not gone:
                    self.cookies[key] = content
        return response

    def log_in(self, location, check):
        """From the authorization endpoint to the callback; the URL of the callback."""
        for _ in range(6):
            page = self.go(location)
            if page.status == 200:
                break
            location = urljoin(location, page.header("location") or "")
        found = re.search(r'<form method="post" action="([^"]*)"', page.body.decode())
        if not check("the provider asks for name and password", page.status == 200 and found, f"{page.status} {page.body[:300]!r}"):
            return None
        location = urljoin(location, found[1].replace("&amp;", "&"))
        answer = self.go(location, "POST", {"login": USER, "password": PASSWORD})
        for _ in range(6):
            location = urljoin(location, answer.header("location") or "")
            if urlsplit(location).hostname != self._host or answer.status not in (302, 303):
                break
            answer = self.go(location)
        return location

    def close(self):
        self._edge.close()
        self._provider.close()


def run(context, checks):
    dex, envoy = (checks.system(name, context.systems.version(name)) for name in SYSTEMS)
    authority = Authority(context.folder("oidc-authority"))
    (case,) = (case for case in context.cases if case.name == EXAMPLE)
    backends = Backends(context)
    try:
        with ApiServer(context, "oidc-api", services=SERVICES) as server:
            newest = [context.systems.releases(product)[0] for product in ("gateway-api", "envoy-gateway", "istio")]
            server.install_crds(context, newest[0], "standard", *newest[1:])
            with EnvoyGateway(context, server, "oidc-gateway", authority) as gateway, dex, envoy:
                deployment = Deployment(context, server, case, authority, "oidc")
                (issuer,) = deployment.issuers()
                provider = Provider(context, gateway.root, backends, authority, deployment, issuer)
                try:
                    _deployed(deployment, gateway, backends, authority, provider, dex, envoy)
                    _deployed(
                        Deployment(context, server, case, authority, "oidc-wrong"),
                        gateway, backends, authority, provider, dex, envoy, wrong=True,
                    )
                finally:
                    provider.end()
    finally:
        backends.end()


def _deployed(deployment, gateway, backends, authority, provider, dex, envoy, wrong=False):
    browser = Browser(authority, "127.0.0.1", provider)
    try:
        if wrong:
            deployment.apply(backends, client_secret="not the client's secret")
        else:
            deployment.apply(backends)
        found = deployment.unexpected(deployment.judged(gateway))
        envoy.check("the policy is accepted", not found, "\n".join(found))
        deployment.in_force(gateway)
        if wrong:
            _wrong_secret(deployment, browser, dex, envoy)
        else:
            _login(deployment, browser, backends, dex, envoy, provider)
    finally:
        browser.close()
        deployment.remove(gateway)


def _is_sent_to_login(answer, provider_host):
    return answer.status == 302 and urlsplit(answer.header("location") or "").hostname == provider_host


def _login(deployment, browser, backends, dex, envoy, provider):
    (policy,) = deployment.of("SecurityPolicy")
    oidc = policy["spec"]["oidc"]
    first = browser.go(PAGE, marks=[("x-e2e-id", "nobody")])
    envoy.check("without a login: sent to the provider", _is_sent_to_login(first, provider.host), f"{first}")
    envoy.check("without a login: nothing reaches the backend", backends.seen("nobody") == [], str(backends.seen("nobody")))
    asked = {key: values[0] for key, values in parse_qs(urlsplit(first.header("location") or "").query).items()}
    envoy.equal("the request for a login: client", asked.get("client_id"), oidc["clientID"])
    envoy.equal("the request for a login: redirect URI", asked.get("redirect_uri"), oidc["redirectURL"])
    envoy.check("the request for a login: scope", "openid" in asked.get("scope", "").split(), str(asked))
    posted = browser.go(PAGE, "POST", marks=[("x-e2e-id", "nobody")])
    envoy.check("a POST without a login reaches nothing either", posted.status != 200 and backends.seen("nobody") == [], f"{posted}")
    first = browser.go(PAGE)
    callback = browser.log_in(first.header("location"), dex.check)
    if not dex.check("the provider sends back to the callback", (callback or "").startswith(oidc["redirectURL"] + "?"), str(callback)):
        return
    stolen = dict(browser.cookies)
    browser.cookies.clear()
    foreign = browser.go(callback)
    envoy.check("the callback in another browser is no login", foreign.status in (302, 401), f"{foreign}")
    browser.cookies = stolen
    back = browser.go(callback)
    envoy.check("the callback leads back to the page", (back.status, back.header("location")) == (302, PAGE), f"{back}")
    envoy.check("cookies of the session", any("IdToken" in name for name in browser.cookies), str(sorted(browser.cookies)))
    second = Answer(browser.go(PAGE))
    seen = second.seen or {}
    envoy.equal("the page is answered by the backend", backends.name(seen.get("to", "")), "httpbin/httpbin:8000")
    envoy.equal("the path is rewritten", seen.get("path"), "/get?page=1")
    envoy.equal("the host is the Service's", seen.get("host"), "httpbin.httpbin.svc.cluster.local")
    third = Answer(browser.go(PAGE))
    envoy.check("and again, without another login", third.seen is not None, str(third))
    session = dict(browser.cookies)
    for name in session:
        if "HMAC" in name:
            browser.cookies[name] = "forged" + session[name][6:]
    forged = browser.go(PAGE, marks=[("x-e2e-id", "forged")])
    envoy.check("a forged cookie is no login", forged.status != 200 and backends.seen("forged") == [], f"{forged}")
    browser.cookies = session
    out = browser.go(LOGOUT)
    envoy.check("the logout path answers by a redirect", out.status == 302, f"{out}")
    envoy.check("the logout takes the session's cookies", not any("Token" in name for name in browser.cookies), str(browser.cookies))
    after = browser.go(PAGE, marks=[("x-e2e-id", "after")])
    envoy.check(
        "after the logout: sent to the provider again",
        _is_sent_to_login(after, provider.host) and backends.seen("after") == [], f"{after}",
    )


def _wrong_secret(deployment, browser, dex, envoy):
    first = browser.go(PAGE)
    callback = browser.log_in(first.header("location"), dex.check)
    answer = browser.go(callback)
    page = (deployment.folder / "RUNBOOK.md").read_text()
    rows = [line for line in page.splitlines() if line.startswith("|") and "client secret" in line]
    shown = f"{answer.status}", answer.body.decode()
    envoy.check(
        "a wrong client secret shows as the runbook says",
        answer.status != 302 and len(rows) == 1 and all(f"`{words}`" in rows[0] for words in shown),
        f"the answer is {shown}; the runbook has {rows}",
    )
