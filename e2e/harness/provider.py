"""A real OpenID provider, dex, at the issuer's own URL.

The issuer's host gets an address in the network of the backends, which is not loopback (Envoy
Gateway's controller asks no provider there), and is known by that address in the root folder of the
gateway's programs.
"""

import socket

import yaml

from urllib.parse import urlsplit

from . import processes
from .deployment import OIDC_CLIENT_SECRET

USER, PASSWORD = "admin@example.com", "password"
# bcrypt of the password, as dex's own example configuration has it.
_HASH = "$2a$10$2b2cU8CPhOTaGrs1HRQuAueS7JTT5ZHsHSzYiFPm1leZck7Mc8T4W"
_FORM = '<form method="post" action="{{ .PostURL }}"><input name="login"><input name="password">{{ if .Invalid }}invalid{{ end }}</form>'
_PAGES = {
    "password.html": _FORM, "login.html": "{{ range .Connectors }}{{ .URL }}{{ end }}", "approval.html": "approve",
    "oob.html": "{{ .Code }}", "error.html": "{{ .ErrType }}: {{ .ErrMsg }}",
    "device.html": "device", "device_success.html": "done",
}
_LIMIT = 30


class Provider:
    """One provider, from its start until `end`."""

    made = 0

    def __init__(self, context, root, backends, authority, deployment, issuer):
        Provider.made += 1
        parts = urlsplit(issuer)
        self.address, self.host = f"203.0.113.{Provider.made % 250 + 1}", parts.hostname
        self.port = parts.port or 443
        folder = context.folder(f"provider-{Provider.made}")
        for path in ("templates", "static", "themes/plain"):
            (folder / "web" / path).mkdir(parents=True)
        for name, text in _PAGES.items():
            (folder / "web" / "templates" / name).write_text(text)
        certificate, key = authority.issue([self.host])
        config = folder / "dex.yaml"
        config.write_text(yaml.safe_dump({
            "issuer": issuer, "storage": {"type": "memory"},
            "web": {"https": f"{self.address}:{self.port}", "tlsCert": str(certificate), "tlsKey": str(key)},
            "frontend": {"dir": str(folder / "web"), "theme": "plain"},
            "oauth2": {"skipApprovalScreen": True},
            "enablePasswordDB": True,
            "staticPasswords": [{"email": USER, "hash": _HASH, "username": "admin", "userID": "1"}],
            "staticClients": list(_clients(deployment, issuer)),
        }))
        root.name(self.host, self.address)
        command = backends.command(context.systems.binary("dex"), "serve", config)
        self._process = context.processes.start(f"dex-{self.host}", command)
        try:
            processes.wait_for(f"dex for {issuer}", self._listens, _LIMIT, [self._process])
        except BaseException:
            self.end()
            raise

    def _listens(self):
        try:
            socket.create_connection((self.address, self.port), timeout=5).close()
            return True
        except OSError:
            return False

    def end(self):
        """Ends the provider."""
        self._process.end(grace=2)


def _clients(deployment, issuer):
    """Each client of the issuer, with the redirect URIs that the policies of the case give it."""
    clients = {}
    for policy in deployment.of("SecurityPolicy"):
        oidc = policy["spec"].get("oidc")
        if oidc and oidc["provider"]["issuer"] == issuer:
            clients.setdefault(oidc["clientID"], []).append(oidc["redirectURL"])
    for name, uris in clients.items():
        yield {"id": name, "name": name, "secret": OIDC_CLIENT_SECRET, "redirectURIs": sorted(set(uris))}
