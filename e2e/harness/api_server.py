"""A real API server: etcd and kube-apiserver on loopback, with CRDs."""

import secrets
import signal
import socket
import ssl
import threading
import urllib.error
import urllib.request
from pathlib import Path

from . import processes
from .kube import Kube

READY_LIMIT = 120
ESTABLISHED_LIMIT = 180

_ports = threading.Lock()


def free_ports(count):
    """TCP ports of loopback that nothing listens on."""
    with _ports:
        sockets = [socket.socket() for _ in range(count)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        found = [one.getsockname()[1] for one in sockets]
        for one in sockets:
            one.close()
    return found


class ApiServer:
    """One server, started when made, until `end`. A context manager.

    `services` is the range of Service addresses: `127.0.0.0/16` makes them addresses of this
    machine, where backends can listen.
    """

    def __init__(self, context, name, services="10.0.0.0/24"):
        self._processes = []
        self.folder = context.folder(name)
        certificates = self.folder / "certificates"
        etcd_port, peer_port, port = free_ports(3)
        self.url = f"https://127.0.0.1:{port}"
        self.token = secrets.token_hex(16)
        tokens = self.folder / "tokens.csv"
        tokens.write_text(f"{self.token},e2e,e2e,system:masters\n")
        key = self.folder / "accounts.key"
        processes.run(["openssl", "genrsa", "-out", key, "2048"], check=True)
        binary = context.systems.binary
        etcd_url, peer_url = f"http://127.0.0.1:{etcd_port}", f"http://127.0.0.1:{peer_port}"
        try:
            self._start(context, f"{name}-etcd", [
                binary("etcd"), "--name=default", f"--data-dir={self.folder}/etcd", "--unsafe-no-fsync", "--log-level=error",
                f"--listen-client-urls={etcd_url}", f"--advertise-client-urls={etcd_url}",
                f"--listen-peer-urls={peer_url}", f"--initial-advertise-peer-urls={peer_url}",
                f"--initial-cluster=default={peer_url}",
            ])
            self._start(context, f"{name}-kube-apiserver", [
                binary("kube-apiserver"), f"--etcd-servers={etcd_url}",
                "--bind-address=127.0.0.1", "--advertise-address=127.0.0.1", f"--secure-port={port}",
                f"--cert-dir={certificates}", f"--token-auth-file={tokens}",
                "--anonymous-auth=false", "--authorization-mode=AlwaysAllow",
                f"--service-cluster-ip-range={services}", f"--service-account-issuer={self.url}",
                f"--service-account-key-file={key}", f"--service-account-signing-key-file={key}",
                # No controller makes service accounts here, and no endpoints are kept.
                "--disable-admission-plugins=ServiceAccount", "--endpoint-reconciler-type=none", "--profiling=false",
            ])
            self._certificate = certificates / "apiserver.crt"
            processes.wait_for(f"{name} ready", self._ready, READY_LIMIT, self._processes)
        except BaseException:
            self.end()
            raise
        self.kubeconfig = self.folder / "kubeconfig"
        self.kubeconfig.write_text(f"""\
apiVersion: v1
kind: Config
current-context: e2e
clusters: [{{name: e2e, cluster: {{server: "{self.url}", certificate-authority: "{self._certificate}"}}}}]
users: [{{name: e2e, user: {{token: "{self.token}"}}}}]
contexts: [{{name: e2e, context: {{cluster: e2e, user: e2e}}}}]
""")
        self.kube = Kube(binary("kubectl"), self.kubeconfig, context.folder(f"{name}-kubectl"))

    def _start(self, context, name, command):
        # Of what kube-apiserver says, most tells of its own start and end.
        self._processes.append(context.processes.start(name, command, noise=r"[IW]\d{4} "))

    def _ready(self):
        if not self._certificate.exists() or not self._certificate.read_text().strip():
            return False
        try:
            trust = ssl.create_default_context(cafile=self._certificate)
            request = urllib.request.Request(f"{self.url}/readyz", headers={"Authorization": f"Bearer {self.token}"})
            with urllib.request.urlopen(request, context=trust, timeout=5) as answer:
                return answer.status == 200
        except (OSError, urllib.error.URLError):
            return False

    def install_crds(self, context, gateway_api, channel, envoy_gateway, istio):
        """The CRDs of these releases, all Established; how many."""
        systems = context.systems
        files = []
        folders = [
            systems.crds("gateway-api", gateway_api, channel),
            systems.crds("envoy-gateway", envoy_gateway), systems.crds("istio", istio),
        ]
        for folder in folders:
            files += sorted(Path(folder).glob("*.yaml"))
        words = [word for file in files for word in ("-f", file)]
        result = self.kube.run(
            "apply", "--server-side", "--field-manager=crds", "-o", "name", *words, limit=ESTABLISHED_LIMIT, check=True
        )
        names = [line for line in result.stdout.split() if line.startswith("customresourcedefinition")]
        self.kube.run(
            "wait", "--for=condition=Established", *names, f"--timeout={ESTABLISHED_LIMIT}s",
            limit=ESTABLISHED_LIMIT + 10, check=True,
        )
        return len(names)

    def end(self):
        """Ends the server, then its etcd: the other way round it would wait for etcd for minutes."""
        for process in reversed(self._processes):
            # There is nothing to save.
            process.end(grace=0, signal_number=signal.SIGKILL)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.end()
        return False
