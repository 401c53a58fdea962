"""The backends of every Service, as one program: it answers with what it got.

It runs in a network of its own in which every address of Services and pods is local, listens on
the ports that it is told to (`listen 8080`, on the Unix socket that its argument names), and says
for each request which address and port it came to. So the caller knows by which Service, or pod, a
request was answered.

Two headers of a request are for it: `x-e2e-delay` is how many milliseconds it waits before it
answers, and `x-e2e-id` a name under which it remembers where requests arrived, so that copies are
seen too (`seen NAME` on the socket). Both are in what it reports, as any other header.
"""

import json
import socket
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SEEN = {}
LOCK = threading.Lock()


class Echo(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Head and body leave together: two small packets would wait for each other's acknowledgement.
    wbufsize = -1
    disable_nagle_algorithm = True

    def answer(self):
        length = int(self.headers.get("content-length") or 0)
        body = self._chunks() if "chunked" in self.headers.get("transfer-encoding", "") else self.rfile.read(length)
        # Behind the proxy that speaks HTTP/2, that one says where the request came to.
        place = self.headers.get("x-e2e-to") or "{}:{}".format(*self.request.getsockname())
        if "x-e2e-id" in self.headers:
            with LOCK:
                SEEN.setdefault(self.headers["x-e2e-id"], []).append(place)
        time.sleep(int(self.headers.get("x-e2e-delay") or 0) / 1000)
        told = {
            "to": place,
            "method": self.command,
            "path": self.path,
            "host": self.headers.get("host"),
            "headers": [[name.lower(), value] for name, value in self.headers.items() if name != "x-e2e-to"],
            "body": body.decode("utf-8", "replace"),
        }
        text = json.dumps(told).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(text)))
        self.send_header("x-backend", "echo")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(text)

    def _chunks(self):
        whole = b""
        while size := int(self.rfile.readline().split(b";")[0], 16):
            whole += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return whole

    do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = do_HEAD = do_OPTIONS = answer

    def log_message(self, *_):
        pass


class Server(ThreadingHTTPServer):
    request_queue_size = 128
    daemon_threads = True

    def handle_error(self, request, client_address):
        # A client that leaves early is no error of the backend.
        pass


def main():
    ports = set()
    control = socket.socket(socket.AF_UNIX)
    control.bind(sys.argv[1])
    control.listen()
    while True:
        with control.accept()[0] as stream:
            verb, _, word = stream.makefile().readline().strip().partition(" ")
            told = True
            if verb == "listen" and word not in ports:
                server = Server(("0.0.0.0", int(word)), Echo)
                threading.Thread(target=server.serve_forever, daemon=True).start()
                ports.add(word)
            elif verb == "seen":
                with LOCK:
                    told = SEEN.get(word, [])
            stream.sendall(json.dumps(told).encode() + b"\n")


if __name__ == "__main__":
    main()
