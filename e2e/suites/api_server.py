"""Everything that is rendered, put to real API servers: one for each channel and set of releases."""

import json
import os
import subprocess
import traceback
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import yaml

from harness import fields, kube
from harness.api_server import ApiServer
from harness.applied import Applied
from harness.context import Refused
from harness.systems import Unavailable, say

SYSTEMS = ["kube-apiserver", "kubectl"]
NEEDS = ["python", "kubernetes", "crds"]

CHANNELS = ("standard", "experimental")
# The seeds of generated configs are 0 up to this number; of each channel, the first ones are applied
# for real.
SEEDS = int(os.environ.get("GATEWRIGHT_E2E_SEEDS", "300"))
APPLIED_SEEDS = 5
# So many configs go into one run of kubectl.
BATCH = 30
PRODUCTS = {"gateway.networking.k8s.io": "gateway-api", "gateway.envoyproxy.io": "envoy-gateway"}
FLAGS = ["--server-side", "--dry-run=server", "--validate=strict", "--field-manager=e2e"]


@dataclass
class Rendered:
    """A config, and the folder that it was rendered to."""

    name: str
    spec: dict
    folder: Path
    generated: bool
    settings: dict

    @property
    def channel(self):
        return self.spec.get("target", {}).get("channel", "standard")

    @property
    def explicit(self):
        return self.spec.get("output", {}).get("defaults", "explicit") == "explicit"

    def release(self, product, newest):
        key = {"gateway-api": "gatewayApi", "envoy-gateway": "envoyGateway", "istio": "istio"}[product]
        return str(self.spec.get("target", {}).get(key, newest))

    def traits(self):
        """What the configs together have to cover."""
        mesh, plane = self.spec.get("mesh", {}), self.spec.get("controlPlane", {})
        mode = mesh.get("mode", "none")
        yield f"mode {mode}" + (f" by {mesh.get('inject', 'namespace')}" if mode == "sidecar" else "")
        yield f"distribution {plane.get('distribution', 'envoyGateway')}"
        yield f"delivery {plane.get('delivery', 'patch')}"
        yield f"defaults {'explicit' if self.explicit else 'implicit'}"
        yield f"channel {self.channel}"


def prepare(context):
    """The generated configs, which the property tests' generator writes."""
    folder = context.folder("generated")
    command = ["cargo", "test", "--locked", "--quiet", "--test", "it", "export::", "--", "--ignored"]
    environment = os.environ | {"GATEWRIGHT_EXPORT": str(folder), "GATEWRIGHT_SEEDS": str(SEEDS)}
    say(f"api-server: configs of the seeds 0 to {SEEDS - 1}")
    result = subprocess.run(command, cwd=context.root, env=environment, capture_output=True, text=True)
    if result.returncode != 0 or len(list(folder.iterdir())) != SEEDS:
        raise Unavailable(f"the generated configs cannot be written\n{result.stdout[-3000:]}{result.stderr[-3000:]}")


def run(context, checks):
    server = checks.system("kube-apiserver", context.systems.version("kube-apiserver"))
    kubectl = checks.system("kubectl", context.systems.version("kubectl"))
    with server:
        rendered = _render_all(context, server)
        traits = Counter(trait for config in rendered for trait in config.traits())
        wanted = ["mode sidecar by namespace", "mode sidecar by pod", "mode ambient", "mode none", "distribution teg"]
        wanted += ["distribution envoyGateway", "defaults explicit", "defaults implicit", *(f"channel {c}" for c in CHANNELS)]
        for trait in wanted:
            server.check(f"the configs cover {trait}", traits[trait] > 0, "none of them")
        with ThreadPoolExecutor(len(CHANNELS)) as pool:
            for result in [pool.submit(_channel, context, server, kubectl, channel, rendered) for channel in CHANNELS]:
                result.result()


def _render_all(context, system):
    """Renders every case and every generated config."""
    todo = []
    for case in context.cases:
        if case.settings("api-server") is not None:
            path = case.write(context.folder(f"cases/{case.name}"))
            todo.append((case.name, path, False, case.settings("api-server")))
    generated = sorted((context.scratch / "generated").iterdir())
    todo += [(f"seed {int(folder.name)}", folder / "gatewright.yaml", True, {}) for folder in generated]

    def render(item):
        name, config, generated, settings = item
        out = context.folder(f"rendered/{name.replace(' ', '-')}")
        try:
            context.render(config, out)
        except Refused as error:
            system.check(f"{name} is rendered", False, str(error))
            return None
        return Rendered(name, yaml.safe_load(config.read_text())["spec"], out, generated, settings)

    with ThreadPoolExecutor(2) as pool:
        return [one for one in pool.map(render, todo) if one is not None]


def _channel(context, system, kubectl, channel, rendered):
    """The servers of a channel, newest releases first: one after the other, for the memory's sake."""
    products = ("gateway-api", "envoy-gateway", "istio")
    newest = {product: context.systems.releases(product)[0] for product in products}
    mine = [config for config in rendered if config.channel == channel]
    for at in range(max(len(context.systems.releases(product)) for product in products)):
        releases = {product: (context.systems.releases(product) + [None] * 9)[at] for product in products}
        words = ", ".join(f"{product} {release}" for product, release in releases.items() if release)
        name = f"api-{channel}-{at}"
        try:
            with ApiServer(context, name) as server:
                oldest = {product: release or newest[product] for product, release in releases.items()}
                count = server.install_crds(context, oldest["gateway-api"], channel, oldest["envoy-gateway"], oldest["istio"])
                say(f"api-server: {channel} channel, {words}: {count} CRDs")
                _dry_runs(server, system, mine, releases, newest)
                if at == 0:
                    with kubectl:
                        _apply(context, server, kubectl, mine)
        except Exception:
            system.check(f"the server of {words}, {channel} channel, runs to its end", False, traceback.format_exc())


def _dry_runs(server, system, rendered, releases, newest):
    """Each object of the products' releases, in one run of kubectl for many configs."""
    parts = []
    for config in rendered:
        files = []
        for path, document in kube.objects(config.folder / "manifests"):
            group = kube.group(document)
            product = PRODUCTS.get(group) or ("istio" if group.endswith(".istio.io") else None)
            # What needs no CRD is the same on every server: the newest one takes it.
            wanted = config.release(product, newest[product]) if product else newest["istio"]
            if wanted == releases[product or "istio"]:
                files.append((path, document))
        if files:
            parts.append((config, files))
    spaces = {d["metadata"]["namespace"] for _, files in parts for _, d in files if "namespace" in d["metadata"]}
    server.kube.create_namespaces(spaces)
    for at in range(0, len(parts), BATCH):
        _dry_run(server, system, parts[at:at + BATCH])


def _dry_run(server, system, parts):
    stream = "---\n".join(_text(path, document) for _, files in parts for path, document in files)
    result = server.kube.run("apply", *FLAGS, "-o", "json", "-f", "-", input=stream, limit=300)
    if result.returncode != 0 and len(parts) > 1:
        # Somewhere in here something is refused: each config by itself says where.
        for part in parts:
            _dry_run(server, system, [part])
        return
    documents = [(config, document) for config, files in parts for _, document in files]
    if result.returncode != 0:
        config = parts[0][0]
        system.check(f"{config.name}: every object is accepted ({server.folder.name})", False, f"{result.stderr}\n{stream}")
        return
    said = json.loads(result.stdout)
    items = said["items"] if said["kind"] == "List" else [said]
    if not system.equal("as many objects come back as went in", len(items), len(documents)):
        return
    for item, (config, document) in zip(items, documents):
        identity = kube.words(kube.identity(document))
        system.check(f"{config.name}: {identity} is accepted", kube.identity(item) == kube.identity(document), item)
        if config.explicit and kube.group(document) not in kube.BUILT_IN:
            found = fields.added(item.get("spec", {}), document.get("spec", {}))
            system.check(f"{config.name}: {identity} says every default", not found, "\n".join(found))


def _text(path, document):
    """A file as it is, since how it is written is tested too; or one document out of several."""
    return path.read_text() if len(kube.read(path)) == 1 else json.dumps(document) + "\n"


def _apply(context, server, kubectl, rendered):
    seeds = [config for config in rendered if config.generated]
    for config in [config for config in rendered if not config.generated] + seeds[:APPLIED_SEEDS]:
        applied = Applied(server, kubectl, context, config.name, config.folder, config.explicit, config.settings)
        applied.manifests_as_they_are()
        applied.patches_in_three_ways()
