//! How hostnames with wildcards relate.
//!
//! Source: Gateway API, `Listener.hostname` and `HTTPRouteSpec.hostnames`.

/// Whether every host that `narrow` stands for is one that `wide` stands for.
///
/// `*.example.com` covers `a.example.com` and `a.b.example.com`, not `example.com`.
pub(crate) fn covers(wide: &str, narrow: &str) -> bool {
    match wide.strip_prefix("*.") {
        None => wide == narrow,
        Some(suffix) => {
            let host = narrow.strip_prefix("*.").unwrap_or(narrow);
            let below = host
                .strip_suffix(suffix)
                .is_some_and(|rest| rest.len() > 1 && rest.ends_with('.'));
            below || narrow == wide
        }
    }
}

/// Whether there is a host that both stand for.
pub(crate) fn intersect(a: &str, b: &str) -> bool {
    covers(a, b) || covers(b, a)
}

/// Whether a certificate for `name` is valid for every host of `host`: unlike a listener's, its
/// wildcard stands for exactly one label.
///
/// Source: RFC 6125, section 6.4.3.
pub(crate) fn certifies(name: &str, host: &str) -> bool {
    if name == host {
        return true;
    }
    match (name.strip_prefix("*."), host.split_once('.')) {
        (Some(suffix), Some((label, rest))) => label != "*" && suffix == rest,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wildcards_stand_for_one_label_or_more() {
        assert!(covers("*.example.com", "a.example.com"));
        assert!(covers("*.example.com", "a.b.example.com"));
        assert!(covers("*.example.com", "*.b.example.com"));
        assert!(covers("*.example.com", "*.example.com"));
        assert!(!covers("*.example.com", "example.com"));
        assert!(!covers("*.example.com", "aexample.com"));
        assert!(!covers("*.b.example.com", "*.example.com"));
        assert!(!covers("a.example.com", "*.example.com"));
        assert!(intersect("*.example.com", "*.com"));
        assert!(!intersect("*.example.com", "*.example.org"));
    }

    #[test]
    fn a_certificates_wildcard_stands_for_one_label() {
        assert!(certifies("*.example.com", "a.example.com"));
        assert!(certifies("*.example.com", "*.example.com"));
        assert!(!certifies("*.example.com", "a.b.example.com"));
        assert!(!certifies("a.example.com", "*.example.com"));
    }
}
