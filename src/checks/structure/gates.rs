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
