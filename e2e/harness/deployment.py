"""One case in the cluster: what others own there, what gatewright renders, and what became of it."""

import base64

import yaml

from . import kube as kubernetes
from . import processes
from .edge_config import Edge
from .gateway import CONTROL_PLANE_SERVICE, CONTROLLER, NAMESPACE, OWN_PORTS, SETTLED_LIMIT, listeners_of, routes_of, warming

OIDC_CLIENT_SECRET = "a secret of the tests"

ROUTES = ("HTTPRoute", "GRPCRoute")
# What a route or gateway needs before it is judged comes first.
_LATE = ("Gateway", *ROUTES)
_WATCHED = ("GatewayClass", "Gateway", *ROUTES, "SecurityPolicy")
_PLURALS = {
    "GatewayClass": "gatewayclasses.gateway.networking.k8s.io", "Gateway": "gateways.gateway.networking.k8s.io",
    "HTTPRoute": "httproutes.gateway.networking.k8s.io", "GRPCRoute": "grpcroutes.gateway.networking.k8s.io",
    "SecurityPolicy": "securitypolicies.gateway.envoyproxy.io",
}
# Conditions whose good value is True; the good value of all others is False.
_POSITIVE = ("Accepted", "ResolvedRefs", "Programmed", "SupportedVersion")


class Deployment:
    """A case, rendered and applied; taken away again at the end. A context manager."""

    def __init__(self, context, server, case, authority, name):
        self.case, self.kube, self._authority = case, server.kube, authority
        config = case.write(context.folder(f"{name}-config"))
        self.folder = context.render(config, context.folder(f"{name}-rendered"))
        self.edge = Edge([config])
        self.objects = [document for _, document in kubernetes.objects(self.folder / "manifests")]
        self.patches = [
            document for _, document in kubernetes.objects(self.folder / "patches") if document["kind"] != "Component"
        ]
        self._others = []

    def of(self, *kinds):
        """The rendered objects of some kinds of Gateway API and Envoy Gateway."""
        groups = ("gateway.networking.k8s.io", "gateway.envoyproxy.io")
        return [one for one in self.objects if one["kind"] in kinds and kubernetes.group(one) in groups]

    def namespaces(self):
        """Every namespace that the case needs."""
        everything = self.objects + self.patches + self._others
        found = {one["metadata"]["namespace"] for one in everything if "namespace" in one["metadata"]}
        found |= {one["metadata"]["name"] for one in everything if one["kind"] == "Namespace"}
        return found | {service["namespace"] for service in self.edge.services()} | {NAMESPACE}

    def hostnames(self):
        """Every host name of the case, for certificates of listeners that have none."""
        found = {listener.get("hostname") for gateway in self.of("Gateway") for listener in gateway["spec"]["listeners"]}
        for route in self.of(*ROUTES):
            found |= set(route["spec"].get("hostnames", []))
        return sorted(found - {None}) or ["edge.example.com"]

    def issuers(self):
        """The OpenID providers that policies name."""
        policies = self.of("SecurityPolicy")
        return sorted({one["spec"]["oidc"]["provider"]["issuer"] for one in policies if "oidc" in one["spec"]})

    def others(self, client_secret=OIDC_CLIENT_SECRET):
        """What others own: the control plane's objects, Services that are only known, and Secrets."""
        rendered = {kubernetes.identity(one) for one in self.objects}
        found = [CONTROL_PLANE_SERVICE]
        for patch in self.patches:
            if patch["kind"] == "Service":
                where = {"name": patch["metadata"]["name"], "namespace": patch["metadata"]["namespace"]}
                found.append(CONTROL_PLANE_SERVICE | {"metadata": where})
        classes = {gateway["spec"]["gatewayClassName"] for gateway in self.of("Gateway")}
        classes -= {one["metadata"]["name"] for one in self.of("GatewayClass")}
        found += [
            {"apiVersion": "gateway.networking.k8s.io/v1", "kind": "GatewayClass", "metadata": {"name": name},
             "spec": {"controllerName": CONTROLLER}} for name in sorted(classes)
        ]
        for service in self.edge.services():
            if ("", "Service", service["namespace"], service["name"]) not in rendered:
                found.append(_service(service))
        for (namespace, name), hostnames in sorted(self._certificates().items()):
            found.append(self._authority.secret(namespace, name, sorted(hostnames)))
        for policy in self.of("SecurityPolicy"):
            if "oidc" in policy["spec"]:
                reference = policy["spec"]["oidc"]["clientSecret"]
                found.append({
                    "apiVersion": "v1", "kind": "Secret",
                    "metadata": {"name": reference["name"],
                                 "namespace": reference.get("namespace", policy["metadata"]["namespace"])},
                    "data": {"client-secret": base64.b64encode(client_secret.encode()).decode()},
                })
        return found

    def _certificates(self):
        found = {}
        for gateway in self.of("Gateway"):
            for listener in gateway["spec"]["listeners"]:
                hostnames = [listener["hostname"]] if "hostname" in listener else self.hostnames()
                for reference in (listener.get("tls") or {}).get("certificateRefs", []):
                    key = reference.get("namespace", gateway["metadata"]["namespace"]), reference["name"]
                    found.setdefault(key, set()).update(hostnames)
        return found

    def known_hosts(self, backend):
        """The hosts by which the mesh knows a backend: its Service's names, and what the case adds."""
        namespace, _, rest = backend.partition("/")
        service = rest.partition(":")[0]
        domain = (self.edge.spec.get("mesh") or {}).get("clusterDomain", "cluster.local")
        found = {f"{service}.{namespace}.svc.{domain}"}
        for one in self.objects:
            if one["kind"] in ("VirtualService", "ServiceEntry"):
                found |= set(one["spec"]["hosts"])
        for fact in self.edge.services():
            if (fact["namespace"], fact["name"]) == (namespace, service):
                # Where a port declares nothing that Istio reads as HTTP, the sidecar goes by the address.
                if not any(port.get("protocol") in ("http", "http2", "grpc", "grpc-web") for port in fact["ports"]):
                    return AnyHost()
        return found

    def apply_others(self, documents):
        """Applies objects of others, which go with the case."""
        self._others = documents
        self.kube.apply(documents)

    def apply(self, backends=None, client_secret=OIDC_CLIENT_SECRET):
        """Applies all of it; the Services get backends before any route refers to them."""
        others = self.others(client_secret)
        self.kube.create_namespaces(self.namespaces() | {one["metadata"].get("namespace", NAMESPACE) for one in others})
        self.apply_others(others)
        if self.patches:
            self.kube.apply(self.patches, manager="patches")
        early = [one for one in self.objects if one["kind"] not in _LATE]
        # Namespaces are there already; their labels come with them.
        self.kube.apply(sorted(early, key=lambda one: one["kind"] != "Namespace"), manager="gatewright")
        if backends:
            backends.serve(self.kube)
        late = [one for one in self.objects if one["kind"] in _LATE]
        self.kube.apply(sorted(late, key=lambda one: one["kind"] != "Gateway"), manager="gatewright")

    def live(self):
        """The watched objects of the server, by kind, namespace and name."""
        kinds = ",".join(_PLURALS.values())
        return {
            (one["kind"], one["metadata"].get("namespace", ""), one["metadata"]["name"]): one
            for one in self.kube.items("get", kinds, "-A")
        }

    def judged(self, gateway):
        """The watched objects, as soon as the controller has judged each in its present generation."""
        def condition():
            gateway.must_run()
            found = self.live()
            return found if all(_is_judged(one) for one in found.values()) else None

        return processes.wait_for(f"status of {self.case.name}", condition, SETTLED_LIMIT, pause=0.2)

    def unexpected(self, live, expected=()):
        """Every condition that is not as it should be, in words."""
        found = []
        for (kind, namespace, name), one in sorted(live.items()):
            for where, condition in _conditions(one):
                good = "True" if condition["type"] in _POSITIVE else "False"
                words = f"{kind} {namespace}/{name}{where} {condition['type']}={condition['status']} {condition['reason']}"
                # No load balancer gives an address here.
                addressless = kind == "Gateway" and not where and condition["reason"] == "AddressNotAssigned"
                if condition["status"] != good and not addressless and words not in expected:
                    found.append(f"{words}: {condition.get('message', '')}")
            if kind in ROUTES and len(one["status"]["parents"]) != len(one["spec"]["parentRefs"]):
                found.append(f"{kind} {namespace}/{name} has {len(one['status']['parents'])} parents in its status")
        return found

    def in_force(self, gateway):
        """Waits until the Envoys have all routes and listeners of the case, and none is warming."""
        routes = {(one["kind"], one["metadata"]["namespace"], one["metadata"]["name"]) for one in self.of(*ROUTES)}
        ports = {listener["port"] for one in self.of("Gateway") for listener in one["spec"]["listeners"]}
        if taken := ports & set(OWN_PORTS):
            raise ValueError(f"Envoy Gateway itself listens on {sorted(taken)}; a case needs other ports here")
        if len(ports) < sum(len({one["port"] for one in gateway["spec"]["listeners"]}) for gateway in self.of("Gateway")):
            raise ValueError("two gateways of a case have one port; their Envoys share one network here")
        lacking = ["everything"]

        def condition():
            gateway.must_run()
            dumps = gateway.envoys()
            lacking[:] = [*sorted(routes - routes_of(dumps)), *sorted(ports - listeners_of(dumps)), *warming(dumps)]
            return not lacking

        try:
            processes.wait_for(f"Envoy has {self.case.name}", condition, SETTLED_LIMIT, pause=0.2)
        except processes.TimedOut as error:
            raise processes.TimedOut(f"{error}; it lacks {lacking}") from None

    def _no_proxies(self, gateway):
        label = "gateway.envoyproxy.io/owning-gateway-name"
        left = self.kube.items("get", "deployments", "-A", "-l", label)
        # In the namespace of their Gateway they go with it, by the garbage collector, which is not here.
        if any(owner["kind"] == "Gateway" for one in left for owner in one["metadata"].get("ownerReferences", [])):
            self.kube.run("delete", "deployments,services,serviceaccounts,configmaps", "-A", "-l", label, check=True)
        return not left and not gateway.envoys()

    def remove(self, gateway):
        """Takes everything away again, after the controller has taken away its proxies."""
        first = [_PLURALS[kind] for kind in (*ROUTES, "SecurityPolicy", "Gateway")]
        self.kube.run("delete", ",".join(first), "--all", "-A", "--timeout=30s", check=True)
        # The controller takes the proxies away only while their class is there.
        processes.wait_for(f"the end of the proxies of {self.case.name}", lambda: self._no_proxies(gateway), 60, pause=0.2)
        self.kube.run("delete", _PLURALS["GatewayClass"], "--all", "--timeout=30s", check=True)
        rest = [one for one in self.objects + self._others if one["kind"] not in (*_LATE, "GatewayClass", "Namespace")]
        if rest:
            text = yaml.safe_dump_all(rest)
            self.kube.run("delete", "--ignore-not-found", "--timeout=30s", "-f", "-", input=text, check=True)
        self.kube.run("delete", "endpointslices", "--all", "-A", check=True)
        self.kube.delete_namespaces(self.namespaces() - {NAMESPACE, "kube-system", "default"})


class AnyHost:
    """Holds every host name."""

    def __contains__(self, _):
        return True


def _service(fact):
    ports = []
    for port in fact["ports"]:
        protocol = port.get("protocol")
        # An undeclared protocol: a name that is no protocol of Istio's.
        ports.append({
            "name": f"{protocol}-{port['port']}" if protocol else f"port-{port['port']}",
            "port": port["port"], "targetPort": port.get("targetPort", port["port"]),
        })
    spec = {"ports": ports}
    if fact.get("headless"):
        spec["clusterIP"] = "None"
    return {"apiVersion": "v1", "kind": "Service", "spec": spec,
            "metadata": {"name": fact["name"], "namespace": fact["namespace"]}}


def _conditions(one):
    status = one.get("status", {})
    for condition in status.get("conditions", []):
        yield "", condition
    for listener in status.get("listeners", []):
        for condition in listener["conditions"]:
            yield f" listener {listener['name']}", condition
    for parent in status.get("parents", []):
        for condition in parent["conditions"]:
            yield f" parent {parent['parentRef']['name']}/{parent['parentRef'].get('sectionName', '')}", condition
    for ancestor in status.get("ancestors", []):
        for condition in ancestor["conditions"]:
            yield f" ancestor {ancestor['ancestorRef']['name']}", condition


def _is_judged(one):
    conditions = list(_conditions(one))
    generation = one["metadata"]["generation"]
    if one["kind"] == "Gateway" and len(one.get("status", {}).get("listeners", [])) != len(one["spec"]["listeners"]):
        return False
    # A new Gateway has conditions of the CRD's default, with the reason Pending.
    return bool(conditions) and all(
        condition.get("observedGeneration", 0) == generation and condition["reason"] != "Pending"
        for _, condition in conditions
    )
