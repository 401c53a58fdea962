//! Help for texts that do not have the form of their type: the usual slips.

use std::net::IpAddr;

use super::schema::NO_TEXT;
use super::schema_view::View;

/// What to do about a text that does not have its form, where the slip is a usual one.
pub(super) fn help_for_form(text: &str, expected: View<'_>) -> Option<String> {
    // The form of keys stands in the schema without the name of its type.
    let name = expected.type_name().or(match expected.text("title") {
        Some("the key of a label or annotation") => Some("LabelKey"),
        Some("a name of lower-case letters, digits and `-`") => Some("DnsLabel"),
        _ => None,
    });
    match name? {
        "Hostname" | "PreciseHostname" => help_for_hostname(text, expected),
        "DnsLabel" | "ObjectName" => help_for_name(text, expected),
        "Duration" => Some(help_for_duration(text)),
        "PathText" => help_for_path(text),
        "Url" => help_for_url(text),
        "TrustDomain" => text
            .strip_prefix("spiffe://")
            .map(|rest| format!("Leave the scheme out: `{rest}`.")),
        "Cidr" => text.parse::<IpAddr>().ok().map(|ip| {
            format!(
                "For this address alone write `{ip}/{}`.",
                if ip.is_ipv4() { 32 } else { 128 }
            )
        }),
        "Quantity" => help_for_quantity(text),
        "LabelKey" if regex::Regex::new(NO_TEXT).is_ok_and(|no_text| no_text.is_match(text)) => {
            Some(format!(
                "Kustomize takes the key for a number, a date or a boolean, even in quotes. Put a \
                 domain before it: `example.com/{text}`."
            ))
        }
        "LabelKey" => Some(
            "A key is a name of letters, digits, `-`, `_` and `.`, of at most 63 characters, \
             perhaps with a domain before it: `example.com/team`."
                .into(),
        ),
        _ => None,
    }
}

fn help_for_hostname(text: &str, expected: View<'_>) -> Option<String> {
    if let Some((_, rest)) = text.split_once("://") {
        let host = rest.split(['/', ':']).next().unwrap_or(rest);
        return Some(format!("A hostname has no scheme and no path: `{host}`."));
    }
    if text.parse::<IpAddr>().is_ok() {
        return Some(
            match expected.type_name() {
                Some("Hostname") => {
                    "An IP address is no hostname; without one, every name is served."
                }
                _ => "To Gateway API an IP address is no hostname.",
            }
            .into(),
        );
    }
    if text == "*" {
        return Some("Leave the hostname out to serve every one.".into());
    }
    if let Some((host, port)) = text.rsplit_once(':')
        && port.bytes().all(|b| b.is_ascii_digit())
    {
        return Some(format!(
            "A hostname has no port: `{host}`. The port is the listener's."
        ));
    }
    if let Some((host, _)) = text.split_once('/') {
        return Some(format!(
            "A hostname has no path: `{host}`. Paths stand in the rules' matches."
        ));
    }
    if let Some(host) = text.strip_suffix('.') {
        return Some(format!("Leave the dot at the end out: `{host}`."));
    }
    let lower = text.to_lowercase();
    if lower != text && matches_form(&lower, expected) {
        return Some(format!("Hostnames are written in lower case: `{lower}`."));
    }
    if !text.is_ascii() {
        return Some("Write it as DNS has it, in ASCII: `xn--…` (Punycode).".into());
    }
    if text.contains('_') {
        return Some("Gateway API allows no `_` in a hostname.".into());
    }
    if text.trim_start_matches("*.").contains('*') {
        return Some("`*` may stand only as the whole first label: `*.example.com`.".into());
    }
    None
}

fn help_for_name(text: &str, expected: View<'_>) -> Option<String> {
    let fixed: String = text
        .to_lowercase()
        .chars()
        .map(|c| if c == '_' || c == ' ' { '-' } else { c })
        .collect();
    if text.contains('.') && expected.type_name() == Some("DnsLabel") {
        return Some("A namespace or label has no dots.".into());
    }
    (fixed != text && matches_form(&fixed, expected))
        .then(|| format!("Kubernetes would take `{fixed}`."))
}

fn help_for_duration(text: &str) -> String {
    if !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()) {
        return format!("Add a unit: `{text}s` for seconds, `{text}ms` for milliseconds.");
    }
    if let Some(seconds) = text.strip_suffix('s')
        && let Ok(seconds) = seconds.parse::<f64>()
        && seconds.is_finite()
        && text.contains('.')
    {
        let millis = seconds * 1000.0;
        if millis.fract() == 0.0 && millis >= 0.0 {
            return format!("Durations have whole numbers: `{millis}ms`.");
        }
    }
    if text.contains('.') {
        return "Durations have whole numbers; take a smaller unit, such as `1m30s` or `500ms`."
            .into();
    }
    if text.ends_with(['d', 'w']) {
        return "The greatest unit is the hour: a day is `24h`.".into();
    }
    "Write whole numbers with h, m, s or ms, such as `1m30s`.".into()
}

fn help_for_path(text: &str) -> Option<String> {
    if let Some((_, rest)) = text.split_once("://") {
        let path = rest.find('/').map_or("/", |at| &rest[at..]);
        return Some(format!("Write the path alone: `{path}`."));
    }
    (!text.is_empty()).then(|| format!("Write `/{text}`."))
}

fn help_for_url(text: &str) -> Option<String> {
    if text.starts_with('/') {
        return Some(format!(
            "Write the scheme and the host too: `https://www.example.com{text}`."
        ));
    }
    (!text.contains("://") && !text.is_empty() && !text.contains(' '))
        .then(|| format!("Write the scheme too: `https://{text}`."))
}

fn help_for_quantity(text: &str) -> Option<String> {
    let fixed = text
        .strip_suffix("MB")
        .map(|n| format!("{n}M"))
        .or_else(|| text.strip_suffix("GB").map(|n| format!("{n}G")))
        .or_else(|| text.strip_suffix('B').map(str::to_owned))?;
    Some(format!("Kubernetes writes no `B`: `{fixed}`."))
}

/// Whether a text has the form.
pub(super) fn matches_form(text: &str, expected: View<'_>) -> bool {
    let pattern = expected.text("pattern").unwrap_or_default();
    regex::Regex::new(pattern).is_ok_and(|pattern| pattern.is_match(text))
}
