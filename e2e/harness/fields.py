"""Which fields one document has beside another."""


def added(live, file, path="spec"):
    """The paths and values of `live` that `file` does not hold in the same place.

    Lists are compared item by item: nothing on the way to the server and back may reorder them.
    """
    if isinstance(live, dict) and isinstance(file, dict):
        found = []
        for key, value in live.items():
            if key not in file:
                found.append(f"{path}.{key}: {value!r} is not in the file")
            else:
                found += added(value, file[key], f"{path}.{key}")
        found += [f"{path}.{key}: {file[key]!r} is gone from the server" for key in file if key not in live]
        return found
    if isinstance(live, list) and isinstance(file, list) and len(live) == len(file):
        pairs = enumerate(zip(live, file))
        return [line for at, (one, other) in pairs for line in added(one, other, f"{path}[{at}]")]
    if live == file and isinstance(live, bool) == isinstance(file, bool):
        return []
    return [f"{path}: {live!r} on the server, {file!r} in the file"]


def without_server_fields(document):
    """A live object without what differs between two creations of the same thing."""
    metadata = dict(document["metadata"])
    for name in ("uid", "resourceVersion", "creationTimestamp", "managedFields", "generation"):
        metadata.pop(name, None)
    annotations = dict(metadata.get("annotations", {}))
    annotations.pop("kubectl.kubernetes.io/last-applied-configuration", None)
    metadata.pop("annotations", None)
    if annotations:
        metadata["annotations"] = annotations
    result = dict(document, metadata=metadata)
    if document["kind"] == "Service":
        # Allotted anew to each.
        result["spec"] = {key: value for key, value in document["spec"].items() if key not in ("clusterIP", "clusterIPs")}
    return result
