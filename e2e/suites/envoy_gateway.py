"""Every case through the real Envoy Gateway into the real Envoy, and its `tests:` asked of that.

In `case.yaml`, the settings of this suite:

    envoy-gateway:
      conditions: [...]    # conditions that are not good, and shall be so; words as a failure tells them
      mirrors: {TEST: [ns/service:port]}    # which backends get copies of a test's request
"""

import traceback

from harness.api_server import ApiServer
from harness.authority import Authority
from harness.backends import SERVICES, Backends
from harness.client import Client
from harness.deployment import Deployment
from harness.gateway import EnvoyGateway
from harness.provider import Provider
from harness.route_tests import Curl, copies, problems

SYSTEMS = ["envoy-gateway", "envoy"]
NEEDS = ["python", "crds", "kubernetes", "envoy-gateway", "dex"]
CHANNEL = "standard"


def run(context, checks):
    control, proxy = (checks.system(name, context.systems.version(name)) for name in SYSTEMS)
    authority = Authority(context.folder("envoy-gateway-authority"))
    backends = Backends(context)
    try:
        with ApiServer(context, "envoy-gateway-api", services=SERVICES) as server:
            newest = [context.systems.releases(product)[0] for product in ("gateway-api", "envoy-gateway", "istio")]
            server.install_crds(context, newest[0], CHANNEL, *newest[1:])
            with EnvoyGateway(context, server, "envoy-gateway", authority) as gateway, control:
                for case in context.cases:
                    settings = case.settings("envoy-gateway")
                    if settings is None:
                        continue
                    try:
                        _case(context, server, gateway, backends, authority, case, settings, control, proxy)
                    except Exception:
                        gateway.must_run()
                        control.check(f"{case.name} runs to its end", False, traceback.format_exc())
    finally:
        backends.end()


def _case(context, server, gateway, backends, authority, case, settings, control, proxy):
    deployment = Deployment(context, server, case, authority, "envoy-gateway")
    providers = [Provider(context, gateway.root, backends, authority, deployment, issuer) for issuer in deployment.issuers()]
    try:
        deployment.apply(backends)
        live = deployment.judged(gateway)
        expected = settings.get("conditions", [])
        unexpected = deployment.unexpected(live, expected)
        control.check(f"{case.name}: every condition is as it should be", not unexpected, "\n".join(unexpected))
        for one in deployment.of("GatewayClass", "Gateway", "HTTPRoute", "GRPCRoute", "SecurityPolicy"):
            words = f"{one['kind']} {one['metadata'].get('namespace', '')}/{one['metadata']['name']}"
            mine = [text for text in unexpected if text.startswith(f"{words} ")]
            control.check(f"{case.name}: {words} is accepted", not mine, "\n".join(mine))
        if unexpected:
            return
        deployment.in_force(gateway)
        with proxy:
            _tests(deployment, backends, authority, settings, live, proxy)
    finally:
        deployment.remove(gateway)
        for provider in providers:
            provider.end()


def _tests(deployment, backends, authority, settings, live, proxy):
    case, tests = deployment.case, deployment.edge.tests()
    proxy.check(f"{case.name}: has tests", bool(tests), "the config has no `tests:`")
    curl = Curl(authority.certificate)
    client = Client("127.0.0.1", authority.trust())

    def accepted(policy):
        kind, _, name = policy.partition("/")
        return any(key[0] == kind and key[2] == name for key in live)

    known_hosts = deployment.known_hosts if deployment.edge.mesh() == "sidecar" else None
    mirrors = dict(settings.get("mirrors", {}))
    try:
        for test in tests:
            found = problems(test, client, curl, backends, known_hosts, accepted)
            proxy.check(f"{case.name}: {test.name}", not found, "\n".join(found))
            if wanted := mirrors.pop(test.name, None):
                proxy.check(f"{case.name}: {test.name}: copies", *copies(test, client, curl, backends, wanted))
    finally:
        client.close()
    proxy.check(f"{case.name}: every mirror named in case.yaml belongs to a test", not mirrors, str(mirrors))
