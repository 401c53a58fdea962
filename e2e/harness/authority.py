"""A certificate authority of the tests' own, and certificates of it; made anew in each run."""

import base64
import ssl

from . import processes


class Authority:
    """An authority, in a folder."""

    def __init__(self, folder):
        self.folder = folder
        self.certificate = folder / "ca.crt"
        processes.run([
            "openssl", "req", "-x509", *_NEW_KEY, "-days", "2", "-subj", "/CN=e2e authority",
            "-addext", "basicConstraints=critical,CA:TRUE", "-addext", "keyUsage=critical,keyCertSign,cRLSign",
            "-keyout", folder / "ca.key", "-out", self.certificate,
        ], check=True)
        self._made = 0

    def issue(self, names):
        """A certificate for these host names: the paths of it and of its key."""
        self._made += 1
        stem = self.folder / f"server-{self._made}"
        request, certificate, key = stem.with_suffix(".csr"), stem.with_suffix(".crt"), stem.with_suffix(".key")
        processes.run(["openssl", "req", "-new", *_NEW_KEY, "-subj", "/CN=e2e", "-keyout", key, "-out", request], check=True)
        extensions = stem.with_suffix(".ext")
        alternatives = ",".join(f"DNS:{name}" for name in names)
        extensions.write_text(f"subjectAltName={alternatives}\nextendedKeyUsage=serverAuth\n")
        processes.run([
            "openssl", "x509", "-req", "-days", "2", "-in", request, "-CA", self.certificate, "-CAkey",
            self.folder / "ca.key", "-CAcreateserial", "-extfile", extensions, "-out", certificate,
        ], check=True)
        return certificate, key

    def trust(self):
        """What a client trusts: this authority alone."""
        return ssl.create_default_context(cafile=self.certificate)

    def secret(self, namespace, name, names):
        """A Secret of type `kubernetes.io/tls` with a certificate for these host names."""
        certificate, key = self.issue(names)
        data = {"tls.crt": certificate, "tls.key": key}
        return {
            "apiVersion": "v1", "kind": "Secret", "type": "kubernetes.io/tls",
            "metadata": {"name": name, "namespace": namespace},
            "data": {entry: base64.b64encode(path.read_bytes()).decode() for entry, path in data.items()},
        }


_NEW_KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")
