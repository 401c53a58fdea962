"""The commands of rendered runbooks, as they are written, in their order.

What cannot run here stands in `CANNOT` with its reason, and what may fail in `MAY_FAIL`; every row has
to be of use, so that the tables cannot outlive what they speak of.
"""

import re
import socket
import ssl
import traceback

from harness import processes
from harness.api_server import ApiServer
from harness.authority import Authority
from harness.backends import SERVICES, Backends
from harness.deployment import OIDC_CLIENT_SECRET, Deployment
from harness.gateway import NAMESPACE, EnvoyGateway
from harness.provider import Provider
from harness.runbook import commands

SYSTEMS = ["kubectl", "envoy"]
NEEDS = ["python", "crds", "kubernetes", "envoy-gateway", "istioctl", "dex"]

_NO_REGISTRY = "charts come from a registry, and nothing reaches the network here"
_NO_NODES = "no node runs pods here"
# Commands that are not run: their pattern, why, and what later commands need of them instead.
CANNOT = (
    (r"\bhelm ", _NO_REGISTRY, ""),
    (r'^echo "\$TEG_VERSION"$', _NO_REGISTRY, ""),
    (r"^istioctl (install|uninstall) ", "it brings Istio into a cluster whose nodes run it", ""),
    (r"^kubectl apply --server-side -f https://", "it is on the network; the CRDs are installed from Go modules", ""),
    (r"^kubectl rollout (status|restart) (deployment|daemonset)/", _NO_NODES, ""),
    (r"^kubectl wait deployment/", _NO_NODES, ""),
    (r"^kubectl wait gateways\S+ .*--for=condition=Programmed", "no load balancer gives an address here", ""),
    (r"^ADDRESS=\$\(kubectl get service ", "no load balancer gives an address here", "ADDRESS=127.0.0.1"),
    (r"^kubectl (exec|logs) ", _NO_NODES, ""),
    (r"^grpcurl ", "it comes from no registry of packages that the tests use; the suite envoy-gateway makes such calls", ""),
    (r"^printf 'secret of the client: '; stty", "there is no terminal to type at", f"OIDC_CLIENT_SECRET='{OIDC_CLIENT_SECRET}'"),
)
# Commands that are run, and may fail with these words, as the page says.
MAY_FAIL = (
    (r"^kubectl get namespace [-a-z0-9 ]+( --show-labels)?$", "NotFound", "the page says: NotFound is one that is not there"),
)
_VARIABLES = ("TLS_DIR", "ADDRESS", "LB_HOSTNAME", "POD", "OIDC_CLIENT_SECRET")


def run(context, checks):
    kubectl, envoy = (checks.system(name, context.systems.version(name)) for name in SYSTEMS)
    authority, used = Authority(context.folder("runbook-authority")), set()
    backends = Backends(context)
    try:
        with ApiServer(context, "runbook-api", services=SERVICES) as server:
            newest = [context.systems.releases(product)[0] for product in ("gateway-api", "envoy-gateway", "istio")]
            server.install_crds(context, newest[0], "standard", *newest[1:])
            with EnvoyGateway(context, server, "runbook-gateway", authority) as gateway, kubectl:
                for case in context.cases:
                    if case.settings("runbook") is None:
                        continue
                    try:
                        _case(context, server, gateway, backends, authority, case, used, kubectl, envoy)
                    except Exception:
                        gateway.must_run()
                        kubectl.check(f"{case.name} runs to its end", False, traceback.format_exc())
    finally:
        backends.end()
    unused = [row[0] for row in (*CANNOT, *MAY_FAIL) if row[0] not in used]
    kubectl.check("each row of the tables is of use", not unused, "\n".join(unused))


def _case(context, server, gateway, backends, authority, case, used, kubectl, envoy):
    deployment = Deployment(context, server, case, authority, "runbook")
    providers = [
        Provider(context, gateway.root, backends, authority, deployment, issuer) for issuer in deployment.issuers()
    ]
    shell = Shell(context, server, deployment.folder)
    try:
        _others(deployment)
        ready, gone = False, False
        for command in commands((deployment.folder / "RUNBOOK.md").read_text()):
            if command.section.startswith("Gateway ") and not ready:
                backends.serve(server.kube)
                found = deployment.unexpected(deployment.judged(gateway))
                kubectl.check(f"{case.name}: what was applied is accepted", not found, "\n".join(found))
                deployment.in_force(gateway)
                _certificates(deployment, shell, envoy)
                ready = True
            if row := _row(CANNOT, command.text):
                used.add(row[0])
                shell.set(row[2])
                continue
            result = shell.run(command.text)
            if command.text.startswith("curl "):
                _answer(case, command, result, envoy)
                continue
            ok = result.returncode == 0
            if not ok and (row := _row(MAY_FAIL, command.text)) and row[1] in result.stderr:
                used.add(row[0])
                ok = True
            else:
                # A pipe's code is that of its last command; what went wrong before that is said on stderr.
                ok = ok and not re.search(r"^error:|Error from server", result.stderr, re.MULTILINE)
            kubectl.check(f"{case.name}: {command.section}: {command.text}", ok, f"{result.stdout}{result.stderr}")
            gone = gone or ("gateway-*.yaml" in command.text and "kubectl delete" in command.text)
        kubectl.check(f"{case.name}: the runbook comes to its checks", ready)
        kubectl.check(f"{case.name}: the rollback takes the gateways away", gone and not server.kube.items(
            "get", "gateways.gateway.networking.k8s.io", "-A"))
    finally:
        deployment.remove(gateway)
        for provider in providers:
            provider.end()


def _row(table, text):
    return next((row for row in table if re.search(row[0], text)), None)


def _others(deployment):
    """What is there before the runbook begins, and what its steps with charts would have brought."""
    documents = [one for one in deployment.others() if one["kind"] in ("Service", "GatewayClass")]
    homes = {one["metadata"]["namespace"] for one in documents if "namespace" in one["metadata"]}
    deployment.kube.create_namespaces(homes | {NAMESPACE, "istio-system"})
    deployment.apply_others(documents)


def _certificates(deployment, shell, envoy):
    """Envoy serves the certificates that the runbook's openssl has made."""
    folder = shell.home / ".edge-dev-tls"
    made = {ssl.PEM_cert_to_DER_cert(path.read_text()) for path in folder.rglob("*.crt") if path.name != "ca.crt"}
    for one in deployment.of("Gateway"):
        for listener in one["spec"]["listeners"]:
            if listener["protocol"] == "HTTPS":
                hostname = listener.get("hostname") or deployment.hostnames()[0]
                hostname = hostname.replace("*", "any")
                served = _served(listener["port"], hostname)
                envoy.check(
                    f"{deployment.case.name}: listener {listener['name']} serves a certificate of the runbook", served in made,
                    f"{len(made)} were made",
                )


def _served(port, hostname):
    context = ssl._create_unverified_context()
    with socket.create_connection(("127.0.0.1", port), timeout=10) as stream:
        with context.wrap_socket(stream, server_hostname=hostname) as tls:
            return tls.getpeercert(binary_form=True)


def _answer(case, command, result, envoy):
    """The answer to a request, beside what the page expects of it."""
    words = f"{case.name}: {command.text}"
    if not envoy.check(f"{words}: runs", result.returncode == 0, result.stderr):
        return
    head = result.stdout.replace("\r", "").split("\n\n")[0]
    status = int(head.split()[1])
    if "the application's answer" in command.after:
        envoy.check(words, status == 200 and "x-backend: echo" in head.lower(), head)
    elif expected := re.search(r"Expected: `(\d+)`", command.after):
        location = re.search(r"^location: (\S+)$", head, re.IGNORECASE | re.MULTILINE)
        endpoint = re.search(r"authorization endpoint of (https://\S+?)\.?$", command.after.split(". ")[0])
        ok = status == int(expected[1]) and (location or "Location" not in command.after)
        if endpoint:
            ok = ok and location[1].startswith(endpoint[1])
        envoy.check(words, ok, head)
    else:
        envoy.check(f"{words}: the page says what to expect", False, command.after)


class Shell:
    """A POSIX shell in the rendered folder; what variables a command sets, the next one has."""

    def __init__(self, context, server, folder):
        self.home = context.folder("runbook-home")
        programs = context.folder("runbook-programs")
        for name in ("kubectl", "istioctl"):
            (programs / name).symlink_to(context.systems.binary(name))
        self._folder, self._state = folder, self.home / ".state"
        self._state.write_text("")
        self._environment = server.kube.environment | {
            "HOME": str(self.home), "PATH": f"{programs}:/usr/local/bin:/usr/bin:/bin",
        }

    def set(self, assignment):
        """Sets a variable by hand."""
        with open(self._state, "a") as file:
            file.write(f"{assignment}\n")

    def run(self, text):
        """Runs a command as it is written; the finished process."""
        keep = "".join(f'[ -z "${{{name}+x}}" ] || printf "%s=\'%s\'\\n" {name} "${name}"; ' for name in _VARIABLES)
        script = f'. "{self._state}"\n{text}\ncode=$?\n{{ {keep} }} > "{self._state}.new"\nmv "{self._state}.new" "{self._state}"\nexit $code\n'
        return processes.run(["sh", "-c", script], limit=120, env=self._environment, cwd=self._folder)
