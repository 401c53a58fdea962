"""What the suites read of a config: the documents of kind `Edge` themselves, as they were written."""

from pathlib import Path

import yaml


class Edge:
    """The documents of one config, their lists added up as gatewright adds them."""

    def __init__(self, paths):
        self.spec = {}
        for path in paths:
            for document in _documents(Path(path)):
                if isinstance(document, dict) and document.get("kind") == "Edge":
                    for key, value in (document.get("spec") or {}).items():
                        if isinstance(value, list):
                            self.spec.setdefault(key, []).extend(value)
                        else:
                            self.spec[key] = value

    def tests(self):
        """The route tests, each with its name and its request as a map."""
        return [RouteTest(test) for test in self.spec.get("tests", [])]

    def services(self):
        """The facts about Services."""
        return self.spec.get("services", [])

    def mesh(self):
        """The mode of the mesh."""
        return (self.spec.get("mesh") or {}).get("mode", "none")


class RouteTest:
    """A request and what shall become of it."""

    def __init__(self, test):
        request = test["request"]
        self.request = {"url": request} if isinstance(request, str) else request
        self.expect = test["expect"]
        self.method = self.request.get("method", "POST" if "grpc" in self.request else "GET")
        self.url = self.request["url"]
        self.name = test.get("name") or f"{self.method} {self.url}"


def _documents(path):
    files = [path] if path.is_file() else sorted([*path.rglob("*.yaml"), *path.rglob("*.yml")])
    for file in files:
        yield from yaml.safe_load_all(file.read_text())
