//! Short forms become long ones, on the tree, so that what follows knows one form of everything.

use std::sync::LazyLock;

use crate::diag::{Diagnostic, Report};
use crate::source::{Node, Shape, Style, Tree, TreeBuilder};

/// How a short form becomes its long form.
enum Rule {
    /// A field of the map here is short for a list of one, in a field of another name.
    ListOfOne {
        short: &'static str,
        long: &'static str,
    },
    /// Fields of the map here are short for a list of one map that holds them.
    Gathered {
        fields: &'static [&'static str],
        long: &'static str,
    },
    /// A map here of names and values is short for a list of `{name, value}`.
    Pairs,
    /// A scalar of this shape here is short for a map of one field.
    Wrapped { shape: Shape, field: &'static str },
}

/// Every short form there is, by the long path of where it stands.
const SHORT_FORMS: &[(&str, Rule)] = &[
    (
        "spec.gateways[].listeners[].tls",
        Rule::Gathered {
            fields: &["secret", "namespace", "certificate"],
            long: "certificates",
        },
    ),
    (
        "spec.routes[].rules[]",
        Rule::ListOfOne {
            short: "match",
            long: "matches",
        },
    ),
    ("spec.routes[].rules[].matches[].headers", Rule::Pairs),
    ("spec.routes[].rules[].matches[].query", Rule::Pairs),
    (
        "spec.services[].ports[]",
        Rule::Wrapped {
            shape: Shape::Int,
            field: "port",
        },
    ),
    (
        "spec.tests[].request",
        Rule::Wrapped {
            shape: Shape::Str,
            field: "url",
        },
    ),
];

static PLACES: LazyLock<Place> = LazyLock::new(|| {
    let mut root = Place::default();
    for (path, rule) in SHORT_FORMS {
        let mut at = &mut root;
        for step in path.split('.') {
            let name = step.trim_end_matches("[]");
            at = at.field_mut(name);
            if step.ends_with("[]") {
                at = at.items.get_or_insert_default();
            }
        }
        at.rule = Some(rule);
    }
    root
});

/// Places of documents where short forms stand, or below which they do.
#[derive(Default)]
struct Place {
    rule: Option<&'static Rule>,
    fields: Vec<(&'static str, Place)>,
    items: Option<Box<Place>>,
}

impl Place {
    fn field(&self, name: &str) -> Option<&Place> {
        let mut fields = self.fields.iter();
        fields.find(|(key, _)| *key == name).map(|(_, place)| place)
    }

    fn field_mut(&mut self, name: &'static str) -> &mut Place {
        let at = self.fields.iter().position(|(key, _)| *key == name);
        let at = at.unwrap_or_else(|| {
            self.fields.push((name, Place::default()));
            self.fields.len() - 1
        });
        &mut self.fields[at].1
    }

    fn items(&self) -> Option<&Place> {
        self.items.as_deref()
    }
}

/// What a field of the long form is called in the short form; itself, where it has none.
pub(super) fn short_name(field: &str) -> &str {
    let mut rules = SHORT_FORMS.iter().map(|(_, rule)| rule);
    let short = rules.find_map(|rule| match rule {
        Rule::ListOfOne { short, long } if *long == field => Some(*short),
        _ => None,
    });
    short.unwrap_or(field)
}

/// The document with long forms only. One without short forms is handed back as it is.
pub(super) fn desugar(tree: Tree, report: &mut Report) -> Tree {
    if !has_short_form(tree.root(), &PLACES) {
        return tree;
    }
    let nodes = tree.len() + tree.len() / 8;
    let mut writer = Writer {
        builder: TreeBuilder::with_capacity(tree.text().clone(), nodes),
        report,
    };
    writer.write(tree.root(), Some(&PLACES));
    writer.builder.finish()
}

fn has_short_form(node: Node<'_>, place: &Place) -> bool {
    let here = match place.rule {
        Some(Rule::ListOfOne { short, .. }) => node.get(short).is_some(),
        Some(Rule::Gathered { fields, .. }) => {
            node.entries().any(|(key, _)| fields.contains(&key.text()))
        }
        Some(Rule::Pairs) => node.is_map(),
        Some(Rule::Wrapped { shape, .. }) => node.shape() == *shape,
        None => false,
    };
    here || node
        .entries()
        .any(|(key, value)| match place.field(key.text()) {
            Some(place) => has_short_form(value, place),
            None => false,
        })
        || place
            .items()
            .is_some_and(|place| node.items().any(|item| has_short_form(item, place)))
}

struct Writer<'r> {
    builder: TreeBuilder,
    report: &'r mut Report,
}

impl Writer<'_> {
    fn write(&mut self, node: Node<'_>, place: Option<&Place>) {
        let Some(place) = place else {
            self.builder.copy(node);
            return;
        };
        match place.rule {
            Some(Rule::Wrapped { shape, field }) if node.shape() == *shape => {
                self.builder.open(Shape::Map, Style::Flow, node.pos());
                self.builder.string(field, node.pos());
                self.builder.copy(node);
                self.builder.close();
            }
            Some(Rule::Pairs) if node.is_map() => self.pairs(node),
            rule => match node.shape() {
                Shape::Map => self.map(node, place, rule),
                Shape::Seq => {
                    self.builder.open(Shape::Seq, node.style(), node.pos());
                    for item in node.items() {
                        self.write(item, place.items());
                    }
                    self.builder.close();
                }
                _ => self.builder.copy(node),
            },
        }
    }

    /// By name, since the order in a map says nothing and that of a list is rendered.
    fn pairs(&mut self, node: Node<'_>) {
        let mut entries: Vec<_> = node.entries().collect();
        entries.sort_by_key(|(key, _)| key.text());
        self.builder.open(Shape::Seq, node.style(), node.pos());
        for (key, value) in entries {
            self.builder.open(Shape::Map, Style::Flow, key.pos());
            self.builder.string("name", key.pos());
            self.builder
                .owned(Shape::Str, key.style(), key.text(), key.pos());
            self.builder.string("value", value.pos());
            self.builder.copy(value);
            self.builder.close();
        }
        self.builder.close();
    }

    fn map(&mut self, node: Node<'_>, place: &Place, rule: Option<&'static Rule>) {
        self.builder.open(Shape::Map, node.style(), node.pos());
        let mut gathered = false;
        for (key, value) in node.entries() {
            match rule {
                Some(Rule::ListOfOne { short, long }) if key.text() == *short => {
                    if self.only_form(node, key, long) {
                        self.key(key, long);
                        self.builder.open(Shape::Seq, Style::Flow, value.pos());
                        let items = place.field(long).and_then(Place::items);
                        self.write(value, items);
                        self.builder.close();
                    }
                }
                Some(Rule::Gathered { fields, long }) if fields.contains(&key.text()) => {
                    if !gathered && self.only_form(node, key, long) {
                        self.key(key, long);
                        self.gather(node, fields);
                    }
                    gathered = true;
                }
                _ => {
                    self.builder.copy(key);
                    self.write(value, place.field(key.text()));
                }
            }
        }
        self.builder.close();
    }

    fn key(&mut self, key: Node<'_>, long: &str) {
        self.builder.owned(Shape::Str, key.style(), long, key.pos());
    }

    fn gather(&mut self, node: Node<'_>, fields: &[&str]) {
        self.builder.open(Shape::Seq, Style::Flow, node.pos());
        self.builder.open(Shape::Map, Style::Flow, node.pos());
        for (key, value) in node.entries() {
            if fields.contains(&key.text()) {
                self.builder.copy(key);
                self.builder.copy(value);
            }
        }
        self.builder.close();
        self.builder.close();
    }

    /// Whether the short form stands alone. Both forms at once are a mistake, and the long one is
    /// kept.
    fn only_form(&mut self, map: Node<'_>, short: Node<'_>, long: &str) -> bool {
        let Some((other, _)) = map.entry(long) else {
            return true;
        };
        let name = short.text();
        self.report.push(
            Diagnostic::error(
                "both-forms",
                format!("`{name}` and `{long}` cannot be given together"),
                short.pos(),
            )
            .label(format!("short for an item of `{long}`"))
            .related(other.pos(), format!("`{long}` is given here"))
            .help(format!("Move what `{name}` says into an item of `{long}`.")),
        );
        false
    }
}
