"""Requests whose connection goes where the test says, whatever their URL names."""

import http.client
import socket
import ssl
from dataclasses import dataclass, field
from urllib.parse import urlsplit

LIMIT = 20


@dataclass
class Response:
    status: int
    headers: list
    body: bytes

    def header(self, name):
        """The values of a header, joined as HTTP joins them; nothing where it is not there."""
        values = [value for key, value in self.headers if key.lower() == name.lower()]
        return ", ".join(values) if values else None


@dataclass
class Client:
    """One connection for each origin, kept open between requests."""

    address: str
    authority: ssl.SSLContext = None
    connections: dict = field(default_factory=dict)

    def send(self, url, method="GET", headers=(), body=None, sni=None):
        """Sends a request to this client's address, for the host of the URL. Redirects are not followed."""
        parts = urlsplit(url)
        origin = (parts.scheme, parts.hostname, parts.port, sni)
        connection = self.connections.get(origin)
        if connection is None:
            connection = self._connect(parts, sni)
            self.connections[origin] = connection
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        try:
            connection.putrequest(method, target, skip_accept_encoding=True, skip_host=True)
            names = {name.lower() for name, _ in headers}
            if "host" not in names:
                connection.putheader("Host", parts.netloc)
            for name, value in headers:
                connection.putheader(name, value)
            if body is not None:
                connection.putheader("Content-Length", str(len(body)))
            elif method in ("POST", "PUT", "PATCH"):
                connection.putheader("Content-Length", "0")
            connection.endheaders(body)
            answer = connection.getresponse()
            response = Response(answer.status, answer.getheaders(), answer.read())
        except BaseException:
            self._forget(origin)
            raise
        if answer.will_close:
            self._forget(origin)
        return response

    def _connect(self, parts, sni):
        port = parts.port or {"http": 80, "https": 443}[parts.scheme]
        stream = socket.create_connection((self.address, port), timeout=LIMIT)
        stream.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if parts.scheme == "https":
            stream = self.authority.wrap_socket(stream, server_hostname=sni or parts.hostname)
        connection = http.client.HTTPConnection(parts.hostname, port, timeout=LIMIT)
        connection.sock = stream
        # A closed connection must not be opened anew at the URL's real address.
        connection.auto_open = 0
        return connection

    def _forget(self, origin):
        connection = self.connections.pop(origin, None)
        if connection:
            connection.close()

    def close(self):
        for origin in list(self.connections):
            self._forget(origin)
