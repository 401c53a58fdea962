"""The real Envoy Gateway on the real API server.

With the host infrastructure it starts the real Envoy here, on the listeners' own ports; with its
Kubernetes infrastructure it writes Deployments and Services that nothing runs.

Its files are where it looks for them: `/certs`, `/etc/hosts` and the machine's certificate
authorities. So it gets a root folder of its own, made of this machine's folders, with those three
exchanged, and an empty `/run`; the machine's own root stays as it is.
"""

import json
import os
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

import yaml

from . import processes

CONTROLLER = "gateway.envoyproxy.io/gatewayclass-controller"
NAMESPACE = "envoy-gateway-system"
READY_LIMIT = 60
SETTLED_LIMIT = 60
# Where Envoy Gateway itself listens: no listener can have these where both share a network.
OWN_PORTS = (8080, 8081, 18000, 18001, 18002, 19001)
_AUTHORITIES = "etc/ssl/certs/ca-certificates.crt"

# What the chart gives the Service of the control plane.
CONTROL_PLANE_SERVICE = {
    "apiVersion": "v1", "kind": "Service",
    "metadata": {"name": "envoy-gateway", "namespace": NAMESPACE, "labels": {"control-plane": "envoy-gateway"}},
    "spec": {
        "selector": {"control-plane": "envoy-gateway"},
        "ports": [
            {"name": name, "port": port, "targetPort": port}
            for name, port in (("grpc", 18000), ("ratelimit", 18001), ("wasm", 18002), ("metrics", 19001))
        ],
    },
}


class Root:
    """The root folder of the gateway's programs."""

    def __init__(self, context, name, authority):
        self.folder = context.folder(f"{name}-root")
        processes.run(["mount", "-t", "tmpfs", "tmpfs", self.folder], check=True)
        for entry in sorted(Path("/").iterdir()):
            target = self.folder / entry.name
            if entry.is_symlink():
                target.symlink_to(os.readlink(entry))
            elif entry.is_dir() and entry.name not in ("certs", "run"):
                target.mkdir()
                processes.run(["mount", "--rbind", entry, target], check=True)
        for name in ("certs", "run"):
            (self.folder / name).mkdir()
        own = context.folder(f"{name}-etc")
        self._hosts = own / "hosts"
        self._hosts.write_text("127.0.0.1 localhost\n")
        machine = Path("/", _AUTHORITIES)
        (own / "authorities").write_bytes((machine.read_bytes() if machine.exists() else b"") + authority.certificate.read_bytes())
        self._bind(self._hosts, "etc/hosts")
        self._bind(own / "authorities", _AUTHORITIES)

    def _bind(self, source, target):
        path = self.folder / target
        if not path.exists():
            raise RuntimeError(f"/{target} is missing on this machine; the gateway's programs read it")
        processes.run(["mount", "--bind", source, path], check=True)

    def account(self, server):
        """Puts the token of a service account where programs in a pod find it; what tells them of it."""
        account = self.folder / "run/secrets/kubernetes.io/serviceaccount"
        account.mkdir(parents=True)
        account.joinpath("token").write_text(server.token)
        account.joinpath("ca.crt").write_bytes((server.folder / "certificates" / "apiserver.crt").read_bytes())
        if not (self.folder / "var/run").is_symlink():
            raise RuntimeError("/var/run is no symbolic link to /run on this machine")
        address = urlsplit(server.url)
        return {"KUBERNETES_SERVICE_HOST": address.hostname, "KUBERNETES_SERVICE_PORT": str(address.port)}

    def certificates(self, folder):
        """Puts a folder at `/certs`."""
        processes.run(["mount", "--bind", folder, self.folder / "certs"], check=True)

    def name(self, host, address):
        """Makes a host name known."""
        with open(self._hosts, "a") as file:
            file.write(f"{address} {host}\n")

    def command(self, *words):
        """A command as it runs in this root."""
        return ["chroot", str(self.folder), *map(str, words)]

    def end(self):
        """Takes the root apart."""
        processes.run(["umount", "--lazy", "--recursive", self.folder])


class EnvoyGateway:
    """One controller, from its start until `end`. A context manager."""

    def __init__(self, context, server, name, authority, infrastructure="Host", deploy=None):
        self._context, self._server, self._name = context, server, name
        self.root = Root(context, name, authority)
        self._process = None
        try:
            self.folder = context.folder(name)
            self._start(infrastructure, deploy)
        except BaseException:
            self.end()
            raise

    def _start(self, infrastructure, deploy):
        server, binary = self._server, self._context.systems.binary
        server.kube.create_namespaces([NAMESPACE])
        environment = dict(os.environ) | {"KUBECONFIG": str(server.kubeconfig), "ENVOY_GATEWAY_NAMESPACE": NAMESPACE}
        program = binary("envoy-gateway")
        home = self.folder / "config"
        for words in (["--disable-topology-injector"], ["--local", "--config-home", home]):
            command = self.root.command(program, "certgen", *words)
            processes.run(command, check=True, env=environment)
        self.root.certificates(home / "certs" / "envoy-gateway")
        if deploy == "GatewayNamespace":
            environment |= self.root.account(server)
        provider = {"type": "Kubernetes", "kubernetes": {"leaderElection": {"disable": True}}}
        if deploy:
            provider["kubernetes"]["deploy"] = {"type": deploy}
        if infrastructure == "Host":
            provider = {
                "type": "Custom",
                "custom": {
                    "resource": provider,
                    "infrastructure": {"type": "Host", "host": self._host_paths(home)},
                },
            }
        config = self.folder / "envoy-gateway.yaml"
        config.write_text(yaml.safe_dump({
            "apiVersion": "gateway.envoyproxy.io/v1alpha1", "kind": "EnvoyGateway",
            "gateway": {"controllerName": CONTROLLER}, "provider": provider, "logging": {"level": {"default": "info"}},
        }))
        command = self.root.command(program, "server", "--config-path", config)
        self._process = self._context.processes.start(self._name, command, env=environment)
        processes.wait_for(f"{self._name} ready", _healthy, READY_LIMIT, [self._process])

    def _host_paths(self, home):
        systems = self._context.systems
        version = systems.version("envoy")
        paths = {"configHome": home, "dataHome": self.folder / "data", "stateHome": self.folder / "state",
                 "runtimeDir": self.folder / "runtime"}
        folder = paths["dataHome"] / "envoy-versions" / version / "bin"
        folder.mkdir(parents=True)
        (self.folder / "admin").mkdir()
        # Each Envoy's admin interface is found by its process id; shared memory is told apart by a base id.
        wrapper = folder / "envoy"
        wrapper.write_text(f"""\
#!/bin/sh
for word; do
  [ "$before" = --admin-address-path ] && ln -s "$word" "{self.folder}/admin/$$"
  before=$word
done
exec {systems.binary("envoy")} --use-dynamic-base-id "$@"
""")
        wrapper.chmod(0o755)
        (home / "envoy-version").write_text(f"{version}\n")
        return {key: str(path) for key, path in paths.items()}

    def must_run(self):
        """Raises where the controller, or an Envoy of its, has ended by itself."""
        self._process.must_run()
        if failed := self.log("failed to run envoy"):
            raise processes.Ended(f"an Envoy ended: {failed[-1]}")

    def envoys(self):
        """What the running Envoys have for a config: a dump each, with the newest program's last."""
        found = []
        if not (self.folder / "admin").exists():
            return found
        for file in sorted((self.folder / "admin").iterdir(), key=lambda file: int(file.name)):
            if not Path(f"/proc/{file.name}").exists():
                continue
            try:
                address = file.read_text().strip()
                with urllib.request.urlopen(f"http://{address}/config_dump?include_eds", timeout=10) as answer:
                    found.append(json.load(answer))
            except (OSError, ValueError):
                # It has only begun, or is about to end.
                continue
        return found

    def log(self, words):
        """The lines of the log that hold some words."""
        return [line for line in self._process.log.read_text(errors="replace").splitlines() if words in line]

    def end(self):
        """Ends the controller, which ends its Envoys; then takes its root apart."""
        if self._process:
            self._process.end(grace=15)
        self.root.end()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.end()
        return False


def _healthy():
    try:
        with urllib.request.urlopen("http://127.0.0.1:8081/readyz", timeout=5) as answer:
            return answer.status == 200
    except OSError:
        return False


def routes_of(dumps):
    """The routes that Envoys have: for each the group, kind, namespace and name it was made from."""
    found = set()
    for resource in _walk(dumps):
        for one in resource.get("metadata", {}).get("filter_metadata", {}).get("envoy-gateway", {}).get("resources", []):
            found.add((one.get("kind"), one.get("namespace"), one.get("name")))
    return found


def warming(dumps):
    """The names of listeners and clusters that are not in force yet."""
    found = []
    for dump in dumps:
        for config in dump["configs"]:
            found += [one.get("name", "?") for one in config.get("dynamic_listeners", []) if "warming_state" in one]
            found += [one.get("cluster", {}).get("name", "?") for one in config.get("dynamic_warming_clusters", [])]
            found += [one.get("name", "?") for one in config.get("dynamic_warming_secrets", [])]
    return found


def listeners_of(dumps):
    """The ports on which Envoys listen, of the listeners in force."""
    found = set()
    for dump in dumps:
        for config in dump["configs"]:
            for listener in config.get("dynamic_listeners", []):
                address = listener.get("active_state", {}).get("listener", {}).get("address", {})
                if port := address.get("socket_address", {}).get("port_value"):
                    found.add(port)
    return found


def _walk(value):
    if isinstance(value, dict):
        yield value
        for one in value.values():
            yield from _walk(one)
    elif isinstance(value, list):
        for one in value:
            yield from _walk(one)
