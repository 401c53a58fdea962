//! What a request has to have to be for a rule.

use crate::config::Method;
use crate::model::{Match, PathMatch, Rule, ValueMatch};

/// What a request has to have to be for a rule.
pub(super) struct Wanted<'a> {
    pub(super) rule: &'a Rule,
    pub(super) path: String,
    /// What the query says, as rules see it; the path has it encoded.
    pub(super) query: Vec<(&'a str, &'a str)>,
    pub(super) method: Option<Method>,
    pub(super) headers: Vec<(&'a str, &'a str)>,
    pub(super) grpc: String,
}

/// The requests that a rule is for; none where only regular expressions say them.
pub(super) fn wanted(rule: &Rule) -> Vec<Wanted<'_>> {
    if rule.matches.is_empty() {
        return vec![Wanted {
            rule,
            path: "/".to_owned(),
            query: Vec::new(),
            method: None,
            headers: Vec::new(),
            grpc: "list".to_owned(),
        }];
    }
    let conditions = rule.matches.iter();
    conditions
        .filter_map(|condition| wanted_by(rule, condition))
        .collect()
}

fn wanted_by<'a>(rule: &'a Rule, condition: &'a Match) -> Option<Wanted<'a>> {
    let mut path = match &condition.path {
        Some(PathMatch::Regex(_)) => return None,
        Some(PathMatch::Prefix(path) | PathMatch::Exact(path)) => path.as_str().to_owned(),
        None => "/".to_owned(),
    };
    let mut asked = Vec::new();
    for (index, query) in condition.query.iter().enumerate() {
        let ValueMatch::Exact(value) = &query.value else {
            return None;
        };
        let mark = if index == 0 { "?" } else { "&" };
        path.extend([mark, &query.name, "=", &percent_encoded(value)]);
        asked.push((query.name.as_str(), value.as_str()));
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
        rule,
        path,
        query: asked,
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
