//! A reader's view of a schema: references followed, types in words.

use serde_json::{Map, Value};

/// One schema inside a root schema.
#[derive(Clone, Copy)]
pub(super) struct View<'s> {
    root: &'s Value,
    at: &'s Value,
    name: Option<&'s str>,
}

impl<'s> View<'s> {
    /// The schema `at`, whose references are into `root`.
    pub(super) fn new(root: &'s Value, at: &'s Value) -> Self {
        let name = None;
        View { root, at, name }
    }

    /// The root itself.
    pub(super) fn of(root: &'s Value) -> Self {
        View::new(root, root)
    }

    /// The type of this name.
    pub(super) fn of_type(root: &'s Value, name: &str) -> Option<Self> {
        let (name, at) = root["$defs"].as_object()?.get_key_value(name)?;
        let name = Some(name.as_str());
        Some(View { root, at, name })
    }

    /// The schema that holds the keyword at the end of a pointer.
    pub(super) fn holding(root: &'s Value, pointer: &str) -> Option<Self> {
        let (holder, _) = pointer.rsplit_once('/')?;
        match holder.strip_prefix("/$defs/") {
            Some(name) if !name.contains('/') => View::of_type(root, name),
            _ => Some(View::new(root, root.pointer(holder)?)),
        }
    }

    fn referenced(self) -> Option<View<'s>> {
        let name = self.at.get("$ref")?.as_str()?.strip_prefix("#/$defs/")?;
        View::of_type(self.root, name)
    }

    fn part(self, at: &'s Value) -> View<'s> {
        View::new(self.root, at)
    }

    /// The name of the type, where it has one.
    pub(super) fn type_name(self) -> Option<&'s str> {
        self.name.or_else(|| self.referenced()?.name)
    }

    /// A keyword, said here or by what is referred to.
    pub(super) fn keyword(self, keyword: &str) -> Option<&'s Value> {
        let here = self.at.get(keyword);
        here.or_else(|| self.referenced()?.keyword(keyword))
    }

    /// A keyword that is a text.
    pub(super) fn text(self, keyword: &str) -> Option<&'s str> {
        self.keyword(keyword)?.as_str()
    }

    fn map(self, keyword: &str) -> Option<&'s Map<String, Value>> {
        self.keyword(keyword)?.as_object()
    }

    fn below(self, keyword: &str) -> Option<View<'s>> {
        let at = self.keyword(keyword).filter(|value| value.is_object())?;
        Some(self.part(at))
    }

    /// The forms that it may have; one, where it says no more.
    pub(super) fn forms(self) -> Vec<View<'s>> {
        match self.keyword("anyOf").and_then(Value::as_array) {
            Some(list) => list.iter().map(|at| self.part(at)).collect(),
            None => vec![self],
        }
    }

    /// The fields of a map.
    pub(super) fn fields(self) -> Vec<(&'s str, View<'s>)> {
        let here = self.map("properties");
        let Some(fields) = here.or_else(|| self.forms().iter().find_map(|f| f.map("properties")))
        else {
            return Vec::new();
        };
        let view = |(name, at): (&'s String, &'s Value)| (name.as_str(), self.part(at));
        fields.iter().map(view).collect()
    }

    /// A field of a map.
    pub(super) fn field(self, name: &str) -> Option<View<'s>> {
        let mut fields = self.fields().into_iter();
        fields.find(|(n, _)| *n == name).map(|(_, view)| view)
    }

    /// Whether a map must have this field.
    pub(super) fn requires(self, name: &str) -> bool {
        let forms = self.forms();
        let own = [self];
        let mut all = own.iter().chain(&forms);
        all.any(|form| {
            let required = form.keyword("required").and_then(Value::as_array);
            required.is_some_and(|list| list.iter().any(|n| n == name))
        })
    }

    /// What the items of a list are.
    pub(super) fn items(self) -> Option<View<'s>> {
        let here = self.below("items");
        here.or_else(|| self.forms().iter().find_map(|form| form.below("items")))
    }

    /// What the values of a map with free keys are.
    pub(super) fn values(self) -> Option<View<'s>> {
        self.below("additionalProperties")
    }

    /// The first example.
    pub(super) fn example(self) -> Option<&'s Value> {
        self.keyword("examples")?.as_array()?.first()
    }

    /// The values allowed, with what each means.
    pub(super) fn choices(self) -> Vec<(&'s Value, Option<&'s str>)> {
        if let Some(values) = self.keyword("enum").and_then(Value::as_array) {
            return values.iter().map(|value| (value, None)).collect();
        }
        let variants = self.keyword("oneOf").and_then(Value::as_array);
        let variants = variants.into_iter().flatten();
        variants
            .filter_map(|v| {
                Some((
                    v.get("const")?,
                    v.get("description").and_then(Value::as_str),
                ))
            })
            .collect()
    }

    /// What is expected, in words.
    pub(super) fn in_words(self) -> String {
        let forms = self.forms();
        if forms.len() > 1 {
            let words: Vec<String> = forms.into_iter().map(View::in_words).collect();
            return words.join(", or ");
        }
        let choices = self.choices();
        if !choices.is_empty() {
            return one_of(choices.iter().map(|(value, _)| *value));
        }
        let title = self.text("title").filter(|title| title.contains(' '));
        if let Some(title) = title {
            return title.to_owned();
        }
        match self.text("type") {
            Some("array") => match self.items().map(View::in_words) {
                Some(items) if items == "a map" => "a list of maps".to_owned(),
                Some(items) if items == "a string" => "a list of strings".to_owned(),
                Some(items) => format!("a list, each item {items}"),
                None => "a list".to_owned(),
            },
            Some("object") => match self.values().map(View::in_words) {
                Some(values) => format!("a map, each value {values}"),
                None => "a map".to_owned(),
            },
            Some("boolean") => "`true` or `false`".to_owned(),
            Some("integer") => match self.bounds() {
                Some((low, high)) => format!("a whole number from {low} to {high}"),
                None => "a whole number".to_owned(),
            },
            Some("number") => match self.bounds() {
                Some((low, high)) => format!("a number from {low} to {high}"),
                None => "a number".to_owned(),
            },
            Some("string") => "a string".to_owned(),
            _ => "a value".to_owned(),
        }
    }

    fn bounds(self) -> Option<(&'s Value, &'s Value)> {
        Some((self.keyword("minimum")?, self.keyword("maximum")?))
    }

    /// The first sentence of its description, without the full stop.
    pub(super) fn summary(self) -> Option<&'s str> {
        let text = self.text("description")?;
        Some(
            text.split(". ")
                .next()
                .unwrap_or(text)
                .trim_end_matches('.'),
        )
    }
}

/// "one of `a`, `b` and `c`", or the only value.
pub(super) fn one_of<'v>(values: impl Iterator<Item = &'v Value>) -> String {
    let words: Vec<String> = values
        .map(|value| match value {
            Value::String(text) => format!("`{text}`"),
            other => format!("`{other}`"),
        })
        .collect();
    match words.as_slice() {
        [only] => only.clone(),
        [first, second] => format!("{first} or {second}"),
        all => format!("one of {}", all.join(", ")),
    }
}
