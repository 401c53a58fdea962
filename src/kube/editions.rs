//! In which releases and channels of a product a thing exists.

use std::fmt;

use super::product::Product;
use super::release::Release;
use super::target::{Channel, Target};

/// One release of a product, in one channel where it has channels.
///
/// Releases that we hold no facts of count as the nearest one that we do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edition(u8);

impl Edition {
    /// The edition of a product that a target means.
    pub fn of(product: Product, target: &Target) -> Self {
        let wanted = target.release(product);
        let newer = product
            .releases()
            .partition_point(|release| *release <= wanted);
        Self::at(product, newer.saturating_sub(1), target.channel)
    }

    /// The edition of the release at `index` of [`Product::releases`].
    pub fn at(product: Product, index: usize, channel: Channel) -> Self {
        let channels = if product.has_channels() { 2 } else { 1 };
        let within = usize::from(product.has_channels() && channel == Channel::Experimental);
        Edition((index * channels + within) as u8)
    }

    /// Every edition of a product.
    pub fn all(product: Product) -> impl Iterator<Item = Edition> {
        let channels = if product.has_channels() { 2 } else { 1 };
        (0..(product.releases().len() * channels) as u8).map(Edition)
    }
}

/// A set of editions of one product.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Editions(u8);

const CHANNELS: [Channel; 2] = [Channel::Standard, Channel::Experimental];

impl Editions {
    /// Every edition of any product.
    pub const ALL: Editions = Editions(u8::MAX);

    /// No edition.
    pub const NONE: Editions = Editions(0);

    /// Whether the edition is one of these.
    pub fn contains(self, edition: Edition) -> bool {
        self.0 & (1 << edition.0) != 0
    }

    /// These and one more.
    #[must_use]
    pub fn with(self, edition: Edition) -> Self {
        Editions(self.0 | 1 << edition.0)
    }

    /// These and those.
    #[must_use]
    pub fn union(self, other: Editions) -> Self {
        Editions(self.0 | other.0)
    }

    /// The first release of this channel that is among them.
    pub fn since(self, product: Product, channel: Channel) -> Option<Release> {
        let releases = product.releases();
        let first = (0..releases.len()).find(|i| self.contains(Edition::at(product, *i, channel)));
        first.map(|index| releases[index])
    }

    /// The release of this channel from which on none is among them, if some older one is.
    pub fn until(self, product: Product, channel: Channel) -> Option<Release> {
        let releases = product.releases();
        let last = (0..releases.len()).rfind(|i| self.contains(Edition::at(product, *i, channel)));
        last.and_then(|index| releases.get(index + 1).copied())
    }

    /// Reads the form of [`describe`](Self::describe).
    pub fn parse(product: Product, text: &str) -> Option<Self> {
        let mut found = Editions::NONE;
        for part in text.split(", ") {
            let (channels, range) = match part.split_once(' ').unwrap_or((part, "..")) {
                ("standard", range) => (&CHANNELS[..1], range),
                ("experimental", range) => (&CHANNELS[1..], range),
                (range, "..") => (&CHANNELS[..], range),
                _ => return None,
            };
            let (since, until) = range.split_once("..")?;
            let bound = |text: &str| -> Option<Option<Release>> {
                if text.is_empty() {
                    Some(None)
                } else {
                    text.parse().ok().map(Some)
                }
            };
            let (since, until) = (bound(since)?, bound(until)?);
            for (index, release) in product.releases().iter().enumerate() {
                if since.is_none_or(|s| s <= *release) && until.is_none_or(|u| *release < u) {
                    for channel in channels {
                        found = found.with(Edition::at(product, index, *channel));
                    }
                }
            }
        }
        Some(found)
    }

    /// The form in which facts are written: `1.8..` (since), `..1.6` (until, excluded),
    /// `experimental`, `standard 1.5..`, several of them separated by commas.
    pub fn describe(self, product: Product) -> String {
        let row = |channel| -> Vec<bool> {
            let count = product.releases().len();
            (0..count)
                .map(|i| self.contains(Edition::at(product, i, channel)))
                .collect()
        };
        let (standard, experimental) = (row(Channel::Standard), row(Channel::Experimental));
        let mut parts = Vec::new();
        if standard == experimental {
            parts.extend(ranges(product, &standard));
        } else {
            for (channel, row) in CHANNELS.iter().zip([standard, experimental]) {
                parts.extend(ranges(product, &row).into_iter().map(|range| {
                    let name = channel.as_str();
                    if range == ".." {
                        name.to_owned()
                    } else {
                        format!("{name} {range}")
                    }
                }));
            }
        }
        parts.join(", ")
    }

    /// The simplest set that is the same among `known`: what is not known follows its neighbour.
    #[must_use]
    pub fn widened(self, product: Product, known: Editions) -> Self {
        let count = product.releases().len();
        let fill = |channel| -> Option<Vec<bool>> {
            let at = |i: usize| Edition::at(product, i, channel);
            let nearest = |i: usize| {
                let mut near = (i..count).chain((0..i).rev());
                near.find(|j| known.contains(at(*j)))
                    .map(|j| self.contains(at(j)))
            };
            (0..count).map(nearest).collect()
        };
        let rows = CHANNELS.map(fill);
        let mut found = Editions::NONE;
        for (own, channel) in CHANNELS.into_iter().enumerate() {
            let row = rows[own].as_ref().or(rows[1 - own].as_ref());
            for index in (0..count).filter(|i| row.is_none_or(|row| row[*i])) {
                found = found.with(Edition::at(product, index, channel));
            }
        }
        found
    }
}

/// The runs of `true` as ranges of releases.
fn ranges(product: Product, row: &[bool]) -> Vec<String> {
    let mut found = Vec::new();
    let mut index = 0;
    while index < row.len() {
        let run = row[index..].iter().take_while(|in_set| **in_set).count();
        if run > 0 {
            let bound = |at: usize| match product.releases().get(at) {
                Some(release) if at > 0 => release.to_string(),
                _ => String::new(),
            };
            found.push(format!("{}..{}", bound(index), bound(index + run)));
        }
        index += run + 1;
    }
    found
}

impl fmt::Display for Channel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_set_reads_back() {
        for product in Product::ALL {
            let channels = 1 + u8::from(product.has_channels());
            let count = product.releases().len() as u8 * channels;
            for bits in 1..1_u8.checked_shl(u32::from(count)).unwrap_or(0) {
                let text = Editions(bits).describe(product);
                assert_eq!(
                    Editions::parse(product, &text),
                    Some(Editions(bits)),
                    "{text}"
                );
            }
        }
    }

    #[test]
    fn forms() {
        for text in [
            "1.5..",
            "..1.6",
            "1.5..1.6",
            "experimental",
            "standard 1.5.., experimental",
        ] {
            let editions = Editions::parse(Product::GatewayApi, text).unwrap();
            assert_eq!(editions.describe(Product::GatewayApi), text);
        }
        for text in ["", "1.5", "alpha", "x..", "standard experimental"] {
            assert_eq!(Editions::parse(Product::GatewayApi, text), None, "{text}");
        }
    }

    #[test]
    fn since_until_and_the_edition_of_a_target() {
        let editions = Editions::parse(Product::GatewayApi, "experimental ..1.6").unwrap();
        let mut target = Target::newest(Channel::Experimental);
        assert_eq!(
            editions.until(Product::GatewayApi, target.channel),
            Some(Release::new(1, 6))
        );
        assert_eq!(editions.since(Product::GatewayApi, Channel::Standard), None);
        assert!(!editions.contains(Edition::of(Product::GatewayApi, &target)));
        target.gateway_api = Release::new(1, 2);
        assert!(editions.contains(Edition::of(Product::GatewayApi, &target)));
    }

    #[test]
    fn what_is_not_known_follows_its_neighbour() {
        let product = Product::GatewayApi;
        let parse = |text| Editions::parse(product, text).unwrap();
        let widened = parse("experimental 1.5..").widened(product, parse("1.5.."));
        assert_eq!(widened.describe(product), "experimental");
        let widened = parse("experimental 1.6..").widened(product, parse("experimental 1.5.."));
        assert_eq!(widened.describe(product), "1.6..");
    }
}
