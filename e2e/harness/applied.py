"""Applies a rendered folder for real, in every way that the documentation names, and takes it back."""

import json
import shutil

from . import fields, kube


class Applied:
    """A rendered folder on a server which has nothing else of it."""

    def __init__(self, server, system, context, name, folder, explicit, settings):
        self.kube, self.system, self.name, self.folder = server.kube, system, name, folder
        self.explicit = explicit
        # Whether the order of files is that in which kubectl can apply them to an empty cluster.
        self.ordered = settings.get("ordered", True)
        self.manifests = folder / "manifests"
        self.objects = [document for _, document in kube.objects(self.manifests)]
        self.patches = [
            (path, document) for path, document in kube.objects(folder / "patches")
            if path.name != "kustomization.yaml"
        ]
        self.stubs = context.root / "e2e" / "stubs"
        self.scratch = context.folder(f"applied/{name.replace('/', '-')}-{server.folder.name}")

    def check(self, what, ok, detail=""):
        return self.system.check(f"{self.name}: {what}", ok, detail)

    def succeeds(self, what, *words):
        """Checks that kubectl succeeds; the finished process."""
        result = self.kube.run(*words)
        self.check(f"{what} succeeds", result.returncode == 0, lambda: f"kubectl {_text(words)}\n{result.stdout}{result.stderr}")
        return result

    # The objects.

    def manifests_as_they_are(self):
        """Server-side, and as kubectl does by itself; a folder of objects, and a kustomization."""
        self._surroundings()
        try:
            flags = ["--server-side", "--validate=strict", "--field-manager=e2e"]
            applied = self.succeeds("apply -R --server-side", "apply", *flags, "-R", "-f", self.manifests)
            if applied.returncode == 0:
                self._nothing_differs("diff -R --server-side", "diff", "--server-side", "--field-manager=e2e", "-R", "-f", self.manifests)
                self._server_adds_nothing()
        finally:
            self._delete()
        self._surroundings()
        try:
            applied = self.succeeds("apply -R", "apply", "-R", "-f", self.manifests)
            if applied.returncode == 0:
                self._nothing_differs("diff -R", "diff", "-R", "-f", self.manifests)
                again = self.succeeds("apply -k after apply -R", "apply", "-k", self.folder)
                # kubectl itself compares lists with those that the server has filled in, and takes them
                # for changed where defaults are left out.
                if self.explicit:
                    changed = [line for line in again.stdout.splitlines() if not line.endswith(" unchanged")]
                    self.check("apply -k after apply -R changes nothing", not changed, "\n".join(changed))
                self._nothing_differs("diff -k after apply -k", "diff", "-k", self.folder)
        finally:
            self._delete()
        self._surroundings()
        try:
            self.succeeds("apply -k", "apply", "-k", self.folder)
        finally:
            self._delete()

    def _nothing_differs(self, what, *words):
        result = self.kube.run(*words)
        well = result.returncode == 0 and not result.stdout.strip()
        self.check(f"{what} is empty", well, lambda: f"kubectl {_text(words)}\n{result.stdout}{result.stderr}")

    def _server_adds_nothing(self):
        if not self.explicit:
            return
        live = {kube.identity(item): item for item in self.kube.items("get", "-R", "-f", self.manifests)}
        for document in self.objects:
            if kube.group(document) in kube.BUILT_IN:
                continue
            identity = kube.identity(document)
            found = fields.added(live[identity].get("spec", {}), document.get("spec", {}))
            self.check(f"{kube.words(identity)} is live as it is in the file", not found, "\n".join(found))

    def _namespaces(self, documents):
        return {document["metadata"]["namespace"] for document in documents if "namespace" in document["metadata"]}

    def _surroundings(self):
        own = {document["metadata"]["name"] for document in self.objects if document["kind"] == "Namespace"}
        needed = self._namespaces(self.objects) - {"default"}
        self.kube.create_namespaces(needed - own if self.ordered else needed)

    def _delete(self):
        own = {document["metadata"]["name"] for document in self.objects if document["kind"] == "Namespace"}
        self.kube.run("delete", "-R", "-f", self.manifests, "--ignore-not-found", "--wait=false", check=True)
        self.kube.delete_namespaces((self._namespaces(self.objects) | own) - {"default"})

    # The patches.

    def patches_in_three_ways(self):
        """`kubectl patch`, server-side apply and the kustomize component make the same of what is there."""
        if not self.patches:
            return
        missing = [document["kind"] for _, document in self.patches if not (self.stubs / f"{document['kind']}.yaml").exists()]
        if not self.check("there is a stub of what each patch patches", not missing, f"e2e/stubs lacks {missing}"):
            return
        before = [self._stub(document) for _, document in self.patches]
        ways = {"patch --patch-file": self._patch, "server-side apply": self._serverside, "the component": self._component}
        live = {}
        for way, apply in ways.items():
            try:
                self._stub_namespaces(before)
                self.kube.apply(before, manager="chart")
                untouched = self._live(before)
                apply(before)
                live[way] = self._live(before)
                for identity, document in untouched.items():
                    self.check(f"{way} changes {kube.words(identity)}", live[way][identity] != document, "it is as it was")
            finally:
                self._delete_stubs(before)
        first = live["patch --patch-file"]
        for way in list(ways)[1:]:
            for identity, document in first.items():
                found = fields.added(live[way][identity], document, "object")
                self.check(f"{way} makes the same of {kube.words(identity)} as patch does", not found, "\n".join(found))

    def _stub(self, patch):
        stub = kube.read(self.stubs / f"{patch['kind']}.yaml")[0]
        for name in ("name", "namespace"):
            if name in patch["metadata"]:
                stub["metadata"][name] = patch["metadata"][name]
        return stub

    def _stub_namespaces(self, stubs):
        own = {document["metadata"]["name"] for document in stubs if document["kind"] == "Namespace"}
        self.kube.create_namespaces(self._namespaces(stubs) - own)

    def _live(self, stubs):
        text = kube.stream(stubs)
        items = self.kube.items("get", "-f", "-", input=text)
        return {kube.identity(item): fields.without_server_fields(item) for item in items}

    def _patch(self, stubs):
        for path, document in self.patches:
            metadata = document["metadata"]
            kind = f"{document['kind']}.{kube.group(document)}".rstrip(".")
            # What has a CRD knows no strategic merge.
            way = "strategic" if kube.group(document) in kube.BUILT_IN else "merge"
            where = ["-n", metadata["namespace"]] if "namespace" in metadata else []
            self.succeeds(f"patch --type {way} of {path.name}", "patch", kind, metadata["name"], *where, "--type", way, "--patch-file", path)

    def _serverside(self, stubs):
        for path, _ in self.patches:
            # As the runbook has it. A class may have parameters that others own.
            flags = ["--server-side", "--force-conflicts", "--field-manager=edge"]
            self.succeeds(f"server-side apply of {path.name}", "apply", *flags, "-f", path)

    def _component(self, stubs):
        shutil.rmtree(self.scratch, ignore_errors=True)
        shutil.copytree(self.folder / "patches", self.scratch / "edge")
        (self.scratch / "chart.yaml").write_text(kube.stream(stubs))
        (self.scratch / "kustomization.yaml").write_text(json.dumps({
            "apiVersion": "kustomize.config.k8s.io/v1beta1", "kind": "Kustomization",
            "resources": ["chart.yaml"], "components": ["edge"],
        }))
        self.succeeds("apply -k with the component", "apply", "--server-side", "--field-manager=chart", "-k", self.scratch)

    def _delete_stubs(self, stubs):
        text = kube.stream(stubs)
        self.kube.run("delete", "-f", "-", "--ignore-not-found", "--wait=false", input=text, check=True)
        own = {document["metadata"]["name"] for document in stubs if document["kind"] == "Namespace"}
        self.kube.delete_namespaces(self._namespaces(stubs) | own)


def _text(words):
    return " ".join(str(word) for word in words)
