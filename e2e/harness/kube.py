"""kubectl against one server, and the objects in files."""

import json
from pathlib import Path

import yaml

from . import processes

# Where a kind has no CRD, the API server itself knows it.
BUILT_IN = ("", "apps", "batch", "policy", "autoscaling", "networking.k8s.io", "rbac.authorization.k8s.io", "discovery.k8s.io")


_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Kube:
    """kubectl, as one user of one server."""

    def __init__(self, kubectl, kubeconfig, scratch):
        self.kubectl, self.kubeconfig = Path(kubectl), Path(kubeconfig)
        # kubectl diff writes to TMPDIR, and everything keeps what it discovered below HOME.
        self.environment = {
            "PATH": f"{self.kubectl.parent}:/usr/local/bin:/usr/bin:/bin",
            "HOME": str(scratch), "TMPDIR": str(scratch), "KUBECONFIG": str(kubeconfig),
        }

    def run(self, *words, limit=120, check=False, **options):
        """kubectl with these words; the finished process."""
        return processes.run([self.kubectl, *words], limit=limit, check=check, env=self.environment, **options)

    def json(self, *words, **options):
        """What kubectl prints as JSON; raises where it fails."""
        return json.loads(self.run(*words, "-o", "json", check=True, **options).stdout)

    def items(self, *words, **options):
        """The objects that kubectl prints, be it one or a list."""
        found = self.json(*words, **options)
        return found["items"] if found["kind"] == "List" else [found]

    def apply(self, documents, manager="others"):
        """Applies documents on the server's side, in the name of others; raises where that fails."""
        words = ["apply", "--server-side", "--force-conflicts", f"--field-manager={manager}", "-f", "-"]
        return self.run(*words, input=stream(documents), check=True)

    def create_namespaces(self, names):
        """Makes namespaces that are not there yet."""
        there = {item["metadata"]["name"] for item in self.items("get", "namespaces")}
        missing = sorted(set(names) - there)
        if missing:
            documents = [{"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}} for name in missing]
            self.apply(documents)

    def delete_namespaces(self, names):
        """Takes away empty namespaces, finalizer and all: no controller does it here."""
        for name in sorted(set(names)):
            result = self.run("delete", "namespace", name, "--wait=false", "--ignore-not-found", check=True)
            if not result.stdout.strip():
                continue
            namespace = {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}, "spec": {"finalizers": []}}
            path = f"/api/v1/namespaces/{name}/finalize"
            self.run("replace", "--raw", path, "-f", "-", input=json.dumps(namespace), check=True)


def stream(documents):
    """Documents for kubectl. JSON: PyYAML leaves words bare that kubectl takes for numbers."""
    return "\n---\n".join(json.dumps(document) for document in documents)


def read(path):
    """The documents of a YAML file."""
    return [document for document in yaml.load_all(Path(path).read_text(), Loader=_Loader) if document is not None]


def objects(folder):
    """Each object below a folder: its file, and the document. Sorted by path."""
    for path in sorted(Path(folder).rglob("*.yaml")):
        for document in read(path):
            yield path, document


def group(document):
    """The API group of an object; empty for the core group."""
    version = document["apiVersion"]
    return version.rpartition("/")[0]


def identity(document):
    """Group, kind, namespace and name."""
    metadata = document["metadata"]
    return group(document), document["kind"], metadata.get("namespace", ""), metadata["name"]


def words(identity):
    """An identity for a person."""
    group, kind, namespace, name = identity
    return f"{kind}{'.' + group if group else ''} {namespace + '/' if namespace else ''}{name}"
