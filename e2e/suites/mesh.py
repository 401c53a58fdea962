"""The mesh's side: the pods that Envoy Gateway makes of our settings, and what istioctl says to our objects.

Envoy Gateway runs with its Kubernetes infrastructure, and writes the Deployments and Services of the
proxies, which nothing runs here. In `case.yaml`, the settings of this suite:

    mesh:
      analysis: [...]    # messages of `istioctl analyze` that are right, each with its reason as a comment
"""

import json
import re
import traceback

import yaml

from harness import kube as kubernetes
from harness import processes
from harness.api_server import ApiServer
from harness.authority import Authority
from harness.deployment import Deployment
from harness.gateway import EnvoyGateway
from harness.runbook import proxies

SYSTEMS = ["envoy-gateway", "istioctl"]
NEEDS = ["python", "crds", "kubernetes", "envoy-gateway", "istioctl"]
CHANNEL = "standard"
INBOUND = "traffic.sidecar.istio.io/includeInboundPorts"
_OWNER = "gateway.envoyproxy.io/owning-gateway"
_LIMIT = 60

# What `istioctl analyze` and `validate` must not let pass: they can fail.
BROKEN = {
    "apiVersion": "networking.istio.io/v1", "kind": "VirtualService", "metadata": {"name": "broken", "namespace": "default"},
    "spec": {
        "hosts": ["a.example.com"], "gateways": ["nowhere"],
        "http": [{"route": [{"destination": {"host": "nowhere.default.svc.cluster.local"}}]}],
    },
}
INVALID = {
    "apiVersion": "security.istio.io/v1", "kind": "PeerAuthentication", "metadata": {"name": "broken", "namespace": "default"},
    "spec": {"mtls": {"mode": "STRIKT"}},
}


def run(context, checks):
    control, mesh = (checks.system(name, context.systems.version(name)) for name in SYSTEMS)
    istioctl = Istioctl(context)
    with mesh:
        mesh.check("analyze sees a gateway that is not there", any("IST0101" in line for line in istioctl.analyze([BROKEN])))
        mesh.check("validate sees a mode that is none", istioctl.validate([INVALID]) != "")
    authority = Authority(context.folder("mesh-authority"))
    cases = [case for case in context.cases if case.settings("mesh") is not None]
    modes = {case.name: _deploy_mode(case) for case in cases}
    with ApiServer(context, "mesh-api") as server:
        newest = [context.systems.releases(product)[0] for product in ("gateway-api", "envoy-gateway", "istio")]
        server.install_crds(context, newest[0], CHANNEL, *newest[1:])
        for mode in sorted(set(modes.values())):
            with EnvoyGateway(context, server, f"mesh-{mode}", authority, "Kubernetes", mode) as gateway:
                for case in cases:
                    if modes[case.name] != mode:
                        continue
                    try:
                        deployment = Deployment(context, server, case, authority, "mesh")
                        with mesh:
                            _istio(deployment, istioctl, mesh)
                        with control:
                            _proxies(deployment, gateway, control)
                    except Exception:
                        gateway.must_run()
                        control.check(f"{case.name} runs to its end", False, traceback.format_exc())


def _deploy_mode(case):
    control_plane = case.config()["spec"].get("controlPlane") or {}
    mode = control_plane.get("deployMode", "controllerNamespace")
    return mode[0].upper() + mode[1:]


def _proxies(deployment, gateway, control):
    case, kube = deployment.case, deployment.kube
    gateways = deployment.of("Gateway")
    try:
        deployment.apply()
        selector = f"deployments,services,serviceaccounts -A -l {_OWNER}-name"

        def written():
            gateway.must_run()
            found = kube.items("get", *selector.split())
            return found if sum(one["kind"] == "Deployment" for one in found) >= len(gateways) and sum(
                one["kind"] == "Service" for one in found) >= len(gateways) else None

        found = processes.wait_for(f"the proxies of {case.name}", written, _LIMIT, pause=0.2)
        named = proxies((deployment.folder / "RUNBOOK.md").read_text())
        real = sorted(
            (one["metadata"]["namespace"], one["metadata"]["name"]) for one in found if one["kind"] == "Deployment"
        )
        control.equal(f"{case.name}: the Deployments are those of the runbook", real, named)
        for one in gateways:
            name = f"{one['metadata']['namespace']}/{one['metadata']['name']}"
            mine = {entry["kind"]: entry for entry in found if _owner(entry) == name}
            _proxy(deployment, one, mine, lambda what: f"{case.name}: {name}: {what}", control)
        _identities(deployment, found, control)
    finally:
        deployment.remove(gateway)


def _owner(one):
    labels = one["metadata"]["labels"]
    return f"{labels[f'{_OWNER}-namespace']}/{labels[f'{_OWNER}-name']}"


def _proxy(deployment, gateway, found, words, control):
    """One gateway's Deployment and Service, beside what the config and our EnvoyProxy say."""
    template = found["Deployment"]["spec"]["template"]
    labels, annotations = (template["metadata"].get(key) or {} for key in ("labels", "annotations"))
    mesh = deployment.edge.spec.get("mesh") or {}
    revision = mesh.get("revision")
    if mesh.get("mode") == "sidecar":
        control.check(words("captures nothing that comes in"), annotations.get(INBOUND) == "", lambda: str(annotations))
        if mesh.get("inject") == "pod":
            wanted = {"istio.io/rev": revision} if revision else {"sidecar.istio.io/inject": "true"}
            control.check(words("the pod asks for a sidecar"), wanted.items() <= labels.items(), lambda: str(labels))
            excluded = annotations.get("traffic.sidecar.istio.io/excludeOutboundPorts", "").split(",")
            control.check(words("reaches the control plane past the sidecar"), "18000" in excluded, lambda: str(annotations))
        else:
            home = deployment.kube.json("get", "namespace", found["Deployment"]["metadata"]["namespace"])
            wanted = ("istio.io/rev", revision) if revision else ("istio-injection", "enabled")
            there = home["metadata"]["labels"]
            control.check(words("the namespace of the pod asks for sidecars"), there.get(wanted[0]) == wanted[1], lambda: str(there))
    else:
        control.check(words("has no annotation of sidecars"), INBOUND not in annotations, lambda: str(annotations))
    for proxy in deployment.of("EnvoyProxy"):
        settings = proxy["spec"].get("provider", {}).get("kubernetes", {})
        own = settings.get("envoyDeployment", {})
        pod = own.get("pod", {})
        control.check(words("the pod has our labels"), (pod.get("labels") or {}).items() <= labels.items(), lambda: str(labels))
        control.check(
            words("the pod has our annotations"), (pod.get("annotations") or {}).items() <= annotations.items(),
            lambda: str(annotations),
        )
        if "replicas" in own:
            control.equal(words("replicas"), found["Deployment"]["spec"].get("replicas"), own["replicas"])
        if resources := own.get("container", {}).get("resources"):
            control.equal(words("resources"), template["spec"]["containers"][0]["resources"], resources)
        service = settings.get("envoyService", {})
        spec = found["Service"]["spec"]
        if "type" in service:
            control.equal(words("type of the Service"), spec["type"], service["type"])
        if "externalTrafficPolicy" in service:
            control.equal(words("traffic policy of the Service"), spec["externalTrafficPolicy"], service["externalTrafficPolicy"])
        there = found["Service"]["metadata"].get("annotations") or {}
        wanted = service.get("annotations") or {}
        control.check(words("the Service has our annotations"), wanted.items() <= there.items(), lambda: str(there))
    ports = sorted({listener["port"] for listener in gateway["spec"]["listeners"]})
    real = sorted((port["port"], port["targetPort"]) for port in found["Service"]["spec"]["ports"])
    control.equal(words("ports of the Service"), real, [(port, port + 10000 if port < 1024 else port) for port in ports])


def _identities(deployment, found, control):
    """The principals in our policies are those of the service accounts that the pods have."""
    named = set()
    for policy in deployment.objects:
        if policy["kind"] == "AuthorizationPolicy":
            named |= set(re.findall(r"[^\s\"']+/ns/[^\s\"']+/sa/[^\s\"',}]+", yaml.safe_dump(policy, width=10**6)))
    if not named:
        return
    domain = (deployment.edge.spec.get("mesh") or {}).get("trustDomain", "cluster.local")
    attached = {
        f"{parent.get('namespace', route['metadata']['namespace'])}/{parent['name']}"
        for route in deployment.of("HTTPRoute", "GRPCRoute") for parent in route["spec"]["parentRefs"]
    }
    real = {
        f"{domain}/ns/{one['metadata']['namespace']}/sa/{one['spec']['template']['spec']['serviceAccountName']}"
        for one in found if one["kind"] == "Deployment" and _owner(one) in attached
    }
    others = {name for name in named if name.endswith("/sa/*")}
    control.equal(
        f"{deployment.case.name}: the identities in policies are those of the pods", sorted(named - others), sorted(real)
    )
    accounts = {
        f"{domain}/ns/{one['metadata']['namespace']}/sa/{one['metadata']['name']}"
        for one in found if one["kind"] == "ServiceAccount"
    }
    control.check(f"{deployment.case.name}: their service accounts are there", real <= accounts, lambda: f"{real} {accounts}")


class Istioctl:
    """istioctl without a cluster."""

    def __init__(self, context):
        self._program, self._context = context.systems.binary("istioctl"), context

    def _file(self, documents):
        path = self._context.folder("istioctl") / "objects.yaml"
        path.write_text(yaml.safe_dump_all(documents))
        return path

    def validate(self, documents):
        """What `validate` has against some objects; nothing where all are valid."""
        result = processes.run([self._program, "validate", "-f", self._file(documents)])
        return "" if result.returncode == 0 else result.stdout + result.stderr

    def analyze(self, documents):
        """The messages of `analyze`, of every level, as lines."""
        words = ["analyze", "--use-kube=false", "--output-threshold=Info", "-o", "json", self._file(documents)]
        result = processes.run([self._program, *words])
        # 79: there are messages.
        if result.returncode not in (0, 79):
            raise RuntimeError(f"istioctl analyze ended with {result.returncode}\n{result.stderr}")
        return [
            f"{one['level']} {one['code']} {one.get('origin', '')}: {one['message']}"
            for one in json.loads(result.stdout or "[]")
        ]


def _istio(deployment, istioctl, mesh):
    case = deployment.case
    for one in deployment.objects:
        if kubernetes.group(one).endswith(".istio.io"):
            said = istioctl.validate([one])
            mesh.check(f"{case.name}: validate takes {kubernetes.words(kubernetes.identity(one))}", not said, said)
    # What others own is there too: a namespace with the labels of its patch, and Services that are only known.
    others = [one for one in deployment.others() if one["kind"] in ("Service", "GatewayClass")]
    patched = [one for one in deployment.patches if one["kind"] == "Namespace"]
    there = {one["metadata"]["name"] for one in deployment.objects + patched if one["kind"] == "Namespace"}
    rest = [
        {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}}
        for name in sorted((deployment.namespaces() | {"istio-system"}) - there)
    ]
    expected = case.settings("mesh").get("analysis", [])
    said = istioctl.analyze(deployment.objects + others + patched + rest)
    unexpected = [line for line in said if line not in expected]
    mesh.check(f"{case.name}: analyze has nothing to say", not unexpected, "\n".join(unexpected))
    stale = [line for line in expected if line not in said]
    mesh.check(f"{case.name}: each message that is said to be right is there", not stale, "\n".join(stale))
