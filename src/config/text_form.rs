//! The patterns of the schema, as the validator applies them.

use std::sync::OnceLock;

use jsonschema::json::Node as _;
use jsonschema::{Keyword, ValidationError};
use regex::Regex;

use crate::kube::Pattern;

use super::json::{Instance, TreeJson};

/// The keyword `pattern`: compiled when it is first needed, and never where it is one of the
/// common patterns that are decided without a regex. Most configs need few of them.
pub(super) struct TextForm {
    pattern: Pattern,
    regex: OnceLock<Option<Regex>>,
}

impl TextForm {
    /// The form that this pattern describes.
    pub(super) fn new(pattern: &str) -> Self {
        TextForm {
            pattern: Pattern::new(pattern),
            regex: OnceLock::new(),
        }
    }

    fn holds(&self, text: &str) -> bool {
        if self.pattern.is_fast() {
            return self.pattern.matches(text);
        }
        let regex = self
            .regex
            .get_or_init(|| Regex::new(self.pattern.as_str()).ok());
        regex.as_ref().is_none_or(|regex| regex.is_match(text))
    }
}

impl<'i> Keyword<'i, TreeJson> for TextForm {
    fn validate(&self, instance: Instance<'i>) -> Result<(), ValidationError<'i>> {
        if self.is_valid(instance) {
            Ok(())
        } else {
            Err(ValidationError::custom(self.pattern.as_str()))
        }
    }

    fn is_valid(&self, instance: Instance<'i>) -> bool {
        instance.as_string().is_none_or(|text| self.holds(&text))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::config::schema::long_schema;

    fn patterns<'s>(schema: &'s Value, found: &mut Vec<&'s str>) {
        match schema {
            Value::Object(at) => {
                found.extend(at.get("pattern").and_then(Value::as_str));
                at.values().for_each(|value| patterns(value, found));
            }
            Value::Array(items) => items.iter().for_each(|item| patterns(item, found)),
            _ => {}
        }
    }

    #[test]
    fn every_pattern_of_the_schema_compiles() {
        let mut found = Vec::new();
        patterns(long_schema(), &mut found);
        assert!(found.len() > 10);
        for pattern in found {
            let regex = Regex::new(pattern);
            assert!(regex.is_ok(), "{pattern}");
        }
    }
}
