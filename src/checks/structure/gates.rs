//! Whether what is written exists in the versions that the documents are for.

use super::walker::Walker;
use crate::diag::Diagnostic;
use crate::kube::{Channel, Editions};
use crate::source::NodeId;

impl Walker<'_, '_> {
    /// Whether a thing that exists in these editions exists in the target, which is reported if
    /// it does not.
    pub(super) fn exists(&mut self, editions: Editions, node: NodeId, thing: &str) -> bool {
        if editions.contains(self.view.edition) {
            return true;
        }
        let (product, channel) = (self.facts.product, self.target.channel);
        let (name, release) = (product.name(), self.target.release(product));
        let pos = self.document.tree().node(node).pos();
        let channel = if product.has_channels() {
            channel
        } else {
            Channel::Standard
        };
        let since = editions.since(product, channel);
        let found =
            if since.is_none() && channel == Channel::Standard {
                let headline = format!("{thing} is only in the experimental channel of {name}");
                Diagnostic::error("experimental-channel", headline, pos)
                .because(format!("The target is the standard channel of {name} {release}."))
                .help("Leave it out, or install the experimental channel and say so in the target.")
            } else if let Some(since) = since.filter(|since| release < *since) {
                let headline = format!("{thing} needs {name} {since} or newer");
                Diagnostic::error("newer-than-target", headline, pos)
                    .because(format!("The target is {name} {release}."))
            } else {
                let until = editions.until(product, channel).unwrap_or(release);
                let headline = format!("{thing} was removed in {name} {until}");
                Diagnostic::error("removed-from-target", headline, pos)
                    .because(format!("The target is {name} {release}."))
            };
        self.report(node, found);
        false
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::checks::Extent;
    use crate::checks::structure::tests::{
        STANDARD, brief, check, check_with, gateway, policy, route,
    };
    use crate::kube::{Channel, Release, Target};

    #[test]
    fn channels_and_versions() {
        let document = route(&json!({"rules": [{"retry": {"codes": [500]}}]}));
        assert_eq!(
            check(&document),
            ["experimental-channel spec.rules[0].retry"]
        );
        let filter = json!({"rules": [{"filters": [{"type": "ExternalAuth"}]}]});
        let found = check_with(&route(&filter), Extent::Whole, &Target::newest(STANDARD));
        assert_eq!(
            brief(&found),
            ["experimental-channel spec.rules[0].filters[0].type"]
        );

        let mut old = Target::newest(STANDARD);
        old.envoy_gateway = Release::new(1, 7);
        let document = policy("EnvoyProxy", &json!({"mergeType": "StrategicMerge"}));
        let found = check_with(&document, Extent::Whole, &old);
        assert_eq!(brief(&found), ["newer-than-target spec.mergeType"]);
        let headline = &found[0].diagnostic.headline;
        assert_eq!(
            headline,
            "`spec.mergeType` needs Envoy Gateway 1.8 or newer"
        );

        let persistence = json!({"rules": [{"sessionPersistence": {"idleTimeout": "1s"}}]});
        let new = Target::newest(Channel::Experimental);
        let found = check_with(&route(&persistence), Extent::Whole, &new);
        let expected = ["removed-from-target spec.rules[0].sessionPersistence.idleTimeout"];
        assert_eq!(brief(&found), expected);

        old.gateway_api = Release::new(1, 4);
        let mut set = gateway(&json!([]));
        set["kind"] = "ListenerSet".into();
        let found = check_with(&set, Extent::Whole, &old);
        assert_eq!(brief(&found), ["newer-than-target apiVersion"]);
        set["apiVersion"] = "gateway.networking.k8s.io/v1alpha9".into();
        assert_eq!(check(&set), ["unserved-version apiVersion"]);
    }

    #[test]
    fn bounds_are_those_of_the_target() {
        let annotations: serde_json::Map<_, _> =
            (0..12).map(|n| (n.to_string(), "".into())).collect();
        let mut document = gateway(&json!([{"name": "a", "port": 80, "protocol": "HTTP"}]));
        document["spec"]["infrastructure"] = json!({"annotations": annotations});
        assert_eq!(check(&document), [""; 0]);
        let mut old = Target::newest(STANDARD);
        old.gateway_api = Release::new(1, 5);
        let found = check_with(&document, Extent::Whole, &old);
        assert_eq!(
            brief(&found),
            ["out-of-bounds spec.infrastructure.annotations"]
        );
    }
}
