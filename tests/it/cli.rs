//! The commands as they are typed: exit codes, and what goes to which stream.

mod broken;
mod folder;
mod formats;
mod full_disk;
mod inputs;
mod render;

use std::fs;
use std::path::Path;

/// A small config that is right.
pub(crate) const GOOD: &str = "\
apiVersion: gatewright.dev/v1alpha1
kind: Edge
metadata: {name: small}
spec:
  services: [{name: web, namespace: shop, ports: [8080]}]
  gateways:
    - {name: apps, namespace: shop, listeners: [{name: http, protocol: HTTP, port: 80}]}
  routes:
    - name: web
      namespace: shop
      parents: [{gateway: apps}]
      rules: [{backends: [{service: web}]}]
";

/// The same with a mistake.
pub(crate) fn bad() -> String {
    GOOD.replace("namespace: shop, ports", "namespce: shop, ports")
}

/// Writes files below a folder.
pub(crate) fn write(folder: &Path, files: &[(&str, &str)]) {
    for (path, text) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}
