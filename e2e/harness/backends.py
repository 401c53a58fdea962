"""The backends of a case: Services with endpoints, and an echo server behind all their addresses.

The echo server has a network of its own, beside the one of the API server and the gateway, in which
the whole ranges of Service and pod addresses are local. So a Service may have any port, also one
that the gateway's programs use themselves, and a Service's address answers without kube-proxy.
"""

import json
import os
import socket
import sys
from pathlib import Path

import yaml

from . import processes

SERVICES = "10.96.0.0/16"
PODS = "10.244.0.0/16"
# For what is neither: hosts of the world outside.
OUTSIDE = "203.0.113.0/24"
# Behind a port that takes HTTP/2, the echo server listens this much higher.
_BEHIND = 20000
_OUTER, _INNER = "169.254.77.1", "169.254.77.2"


class Backends:
    """One echo server; the Services of one case after the other."""

    def __init__(self, context):
        self._context, self._folder = context, context.folder("backends")
        self._control = self._folder / "control"
        server = Path(__file__).with_name("echo_server.py")
        self._process = context.processes.start("echo", ["unshare", "-n", sys.executable, server, self._control])
        try:
            self._connect()
        except BaseException:
            self.end()
            raise
        self._names, self._services, self._made = {}, set(), 0
        self._bridges, self._plain = {}, set()

    def _connect(self):
        pid = self._process.pid
        own = os.readlink("/proc/self/ns/net")
        alone = [self._process]
        processes.wait_for("the echo server's network", lambda: _network(pid) not in ("", own), 20, alone)
        _ip(f"link add edge-pods type veth peer name eth0 netns {pid}")
        _ip(f"address add {_OUTER}/30 dev edge-pods")
        _ip("link set edge-pods up")
        for words in (
            "link set lo up", f"address add {_INNER}/30 dev eth0", "link set eth0 up", f"route add default via {_OUTER}",
            *(f"route add local {addresses} dev lo" for addresses in (SERVICES, PODS, OUTSIDE)),
        ):
            processes.run(self.command("ip", *words.split()), check=True)
        for addresses in (SERVICES, PODS, OUTSIDE):
            _ip(f"route add {addresses} via {_INNER}")
        processes.wait_for("the echo server", self._control.exists, 20, alone)

    def command(self, *words):
        """A command as it runs in the network of the backends."""
        return ["nsenter", "-t", str(self._process.pid), "-n", *map(str, words)]

    def _ask(self, words):
        with socket.socket(socket.AF_UNIX) as stream:
            stream.settimeout(20)
            stream.connect(str(self._control))
            stream.sendall(words.encode() + b"\n")
            return json.loads(stream.makefile().readline())

    def serve(self, kube):
        """Gives every Service of the API server an endpoint, and listens for it.

        The two Services of the control plane are left alone.
        """
        self._names, self._services, slices = {}, set(), []
        for service in kube.items("get", "services", "-A"):
            namespace, name = service["metadata"]["namespace"], service["metadata"]["name"]
            if (namespace, name) in (("default", "kubernetes"), ("envoy-gateway-system", "envoy-gateway")):
                continue
            self._made += 1
            pod = f"10.244.{self._made // 250}.{self._made % 250 + 1}"
            address = service["spec"].get("clusterIP")
            ports = []
            for port in service["spec"]["ports"]:
                target = port.get("targetPort", port["port"])
                target = target if isinstance(target, int) else port["port"]
                known = f"{namespace}/{name}:{port['port']}"
                if address not in (None, "None"):
                    self._names[f"{address}:{port['port']}"] = known
                    self._services.add(f"{address}:{port['port']}")
                self._names[f"{pod}:{target}"] = known
                for number in {port["port"], target}:
                    self._listen(number, _speaks_http2(port))
                told = {"port": target, "protocol": "TCP"}
                if port.get("name"):
                    told["name"] = port["name"]
                if port.get("appProtocol"):
                    told["appProtocol"] = port["appProtocol"]
                ports.append(told)
            slices.append({
                "apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice",
                "metadata": {
                    "name": f"{name}-e2e", "namespace": namespace, "labels": {"kubernetes.io/service-name": name},
                },
                "addressType": "IPv4",
                "endpoints": [{"addresses": [pod], "conditions": {"ready": True}}],
                "ports": ports,
            })
        if slices:
            kube.apply(slices)

    def _listen(self, number, http2):
        if number in self._bridges:
            return
        if not http2:
            self._ask(f"listen {number}")
            self._plain.add(number)
        elif number in self._plain:
            raise RuntimeError(f"port {number} is of HTTP/1 alone in an earlier case; take another one for HTTP/2")
        else:
            # The echo server speaks HTTP/1 alone; an Envoy before it takes HTTP/2 too.
            self._ask(f"listen {number + _BEHIND}")
            config = self._folder / f"bridge-{number}.yaml"
            config.write_text(yaml.safe_dump(_bridge(number)))
            envoy = self._context.systems.binary("envoy")
            command = self.command(envoy, "--use-dynamic-base-id", "--log-level", "warning", "-c", config)
            bridge = self._bridges[number] = self._context.processes.start(f"echo-http2-{number}", command)
            listens = self.command(sys.executable, "-c", f"import socket; socket.create_connection(('127.0.0.1', {number}), 5)")
            processes.wait_for(f"HTTP/2 on {number}", lambda: processes.run(listens).returncode == 0, 30, [bridge])

    def name(self, place):
        """Which backend an address and port belong to, as `namespace/service:port`."""
        return self._names.get(place, place)

    def is_service(self, place):
        """Whether it is the address of a Service, not of a pod."""
        return place in self._services

    def seen(self, request):
        """Which backends a request with this `x-e2e-id` has reached."""
        return [self.name(place) for place in self._ask(f"seen {request}")]

    def end(self):
        """Ends the echo server, and its network with it."""
        for bridge in self._bridges.values():
            bridge.end(grace=2)
        self._process.end(grace=2)


def _speaks_http2(port):
    protocol = port.get("appProtocol") or port.get("name", "").split("-")[0]
    return protocol in ("grpc", "http2", "kubernetes.io/h2c")


def _bridge(number):
    upstream = {"socket_address": {"address": "127.0.0.1", "port_value": number + _BEHIND}}
    manager = {
        "@type": "type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager",
        "stat_prefix": "bridge", "codec_type": "AUTO", "generate_request_id": False, "server_header_transformation": "PASS_THROUGH",
        "http_filters": [{"name": "envoy.filters.http.router", "typed_config": {
            "@type": "type.googleapis.com/envoy.extensions.filters.http.router.v3.Router", "suppress_envoy_headers": True}}],
        "route_config": {"virtual_hosts": [{
            "name": "all", "domains": ["*"], "routes": [{"match": {"prefix": "/"}, "route": {"cluster": "echo"}}],
            "request_headers_to_add": [{
                "header": {"key": "x-e2e-to", "value": "%DOWNSTREAM_LOCAL_ADDRESS%"},
                "append_action": "OVERWRITE_IF_EXISTS_OR_ADD",
            }],
        }]},
    }
    return {"static_resources": {
        "listeners": [{
            "name": "bridge", "address": {"socket_address": {"address": "0.0.0.0", "port_value": number}},
            "filter_chains": [{"filters": [
                {"name": "envoy.filters.network.http_connection_manager", "typed_config": manager}]}],
        }],
        "clusters": [{"name": "echo", "load_assignment": {
            "cluster_name": "echo", "endpoints": [{"lb_endpoints": [{"endpoint": {"address": upstream}}]}]}}],
    }}


def _network(pid):
    try:
        return os.readlink(f"/proc/{pid}/ns/net")
    except OSError:
        return ""


def _ip(words):
    processes.run(["ip", *words.split()], check=True)
