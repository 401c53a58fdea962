//! What a request has to have to be for a rule.

use crate::config::Method;
use crate::model::{Match, PathMatch, Rule, ValueMatch};

/// What a request has to have to be for a rule.
pub(super) struct Wanted<'a> {
    pub(super) rule: Option<&'a Rule>,
    pub(super) path: String,
    pub(super) method: Option<Method>,
    pub(super) headers: Vec<(&'a str, &'a str)>,
    pub(super) grpc: String,
}

/// The request that a rule is for; nothing where only a regular expression says it.
pub(super) fn wanted(rule: &Rule) -> Option<Wanted<'_>> {
    if rule.matches.is_empty() {
        return Some(Wanted {
            rule: Some(rule),
            path: "/".to_owned(),
            method: None,
            headers: Vec::new(),
            grpc: "list".to_owned(),
        });
    }
    rule.matches
        .iter()
        .find_map(|condition| wanted_by(rule, condition))
}

fn wanted_by<'a>(rule: &'a Rule, condition: &'a Match) -> Option<Wanted<'a>> {
    let mut path = match &condition.path {
        Some(PathMatch::Regex(_)) => return None,
        Some(PathMatch::Prefix(path) | PathMatch::Exact(path)) => path.as_str().to_owned(),
        None => "/".to_owned(),
    };
    for (index, query) in condition.query.iter().enumerate() {
        let ValueMatch::Exact(value) = &query.value else {
            return None;
        };
        let mark = if index == 0 { "?" } else { "&" };
        path.extend([mark, &query.name, "=", &percent_encoded(value)]);
    }
    let mut headers = Vec::new();
    for header in &condition.headers {
        let ValueMatch::Exact(value) = &header.value else {
            return None;
        };
        headers.push((header.name.as_str(), value.as_str()));
    }
    let grpc = match condition
        .grpc
        .as_ref()
        .map(|call| (&call.service, &call.method))
    {
        Some((Some(service), Some(method))) => format!("{}/{}", **service, **method),
        Some((None, Some(_))) => return None,
        Some((_, None)) | None => "list".to_owned(),
    };
    Some(Wanted {
        rule: Some(rule),
        path,
        method: condition.method.as_ref().map(|method| method.value),
        headers,
        grpc,
    })
}

fn percent_encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.extend(['%', hex(byte >> 4), hex(byte & 15)]);
        }
    }
    encoded
}

fn hex(digit: u8) -> char {
    char::from(b"0123456789ABCDEF"[usize::from(digit)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn query_values_are_encoded() {
        assert_eq!(percent_encoded("a b&c"), "a%20b%26c");
    }
}
