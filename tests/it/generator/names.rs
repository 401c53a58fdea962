//! Names and texts that are legal and odd.

use super::choices::Choices;

/// Labels of RFC 1123 that some reader of YAML takes for something else.
const LABELS: &[&str] = &[
    "web",
    "shop",
    "api",
    "on",
    "off",
    "y",
    "n",
    "yes",
    "no",
    "true",
    "false",
    "null",
    "0",
    "12",
    "012",
    "0x10",
    "0b1",
    "0o17",
    "1e3",
    "1-0",
    "2001-12-14",
    "a",
    "x1",
    "nan",
    "inf",
    "edge-of-the-world-and-of-everything-that-lies-beyond-it-in-2026",
];

/// Values of labels.
const VALUES: &[&str] = &[
    "web",
    "",
    "true",
    "1.0",
    "1e3",
    "012",
    "No",
    "NULL",
    "2001-12-14",
    "0x1F",
    "1_000",
    "a.b_c-d",
    "3.14.15",
    "E",
];

/// Texts for annotations, which may be anything.
const TEXTS: &[&str] = &[
    "text",
    "",
    " ",
    "yes",
    "a: b",
    "a #b",
    "- a",
    "{a: 1}",
    "[x]",
    "'",
    "\"",
    "\\",
    "line\nline\n",
    "line\n\n  indented\n",
    "\n",
    "trailing \n",
    "tab\there",
    "caf\u{e9} \u{2603} \u{1f600}",
    "\u{85}\u{2028}\u{feff}",
    "---",
    "...",
    "# no comment",
    "&a *b !c",
    "%d @e `f`",
    "? key",
    "{{ not_a_template }}",
    "1_000",
    "=",
    "<<",
    "~",
    "{% raw %}",
    "key:",
    "|",
    ">",
];

/// Names of HTTP headers: tokens of RFC 9110.
const HEADERS: &[&str] = &[
    "x-canary",
    "on",
    "1e3",
    "~",
    "*",
    "!x",
    "#x",
    "%x",
    "&x",
    "'x'",
    "`x`",
    "|",
    "-",
    ".",
    "X-Mixed-Case",
    "null",
    "012",
];

/// Values of headers and query parameters.
const HEADER_VALUES: &[&str] = &[
    "true",
    "1",
    "a b",
    "a: b",
    "#1",
    "'quoted'",
    "\"quoted\"",
    "yes",
    "1.0",
    "{}",
    "*",
    "a,b;c=d",
];

/// A label that no item of `taken` is, for a namespace, a Service or a port of call.
pub(super) fn label(choices: &mut Choices, taken: &[String]) -> String {
    apart(choices.pick(LABELS).to_owned(), taken)
}

/// The name of an object that none of `taken` is; it may have dots, and be long.
pub(super) fn object(choices: &mut Choices, taken: &[String]) -> String {
    let name = match choices.below(8) {
        6 => format!("{}.{}", choices.pick(LABELS), choices.pick(LABELS)),
        7 => vec!["long"; choices.between(2, 40)].join(choices.pick(&["-", "."])),
        _ => choices.pick(LABELS).to_owned(),
    };
    apart(name, taken)
}

fn apart(name: String, taken: &[String]) -> String {
    if !taken.contains(&name) {
        return name;
    }
    let others = (2..).map(|number| format!("{}{number}", &name[..name.len().min(61)]));
    let mut free = others.filter(|other| !taken.contains(other));
    free.next().unwrap_or(name)
}

pub(super) fn label_value(choices: &mut Choices) -> String {
    choices.pick(VALUES).to_owned()
}

pub(super) fn text(choices: &mut Choices) -> String {
    match choices.below(12) {
        11 => "word ".repeat(choices.between(1, 80)),
        _ => choices.pick(TEXTS).to_owned(),
    }
}

/// A few names of headers that differ in more than case.
pub(super) fn headers(choices: &mut Choices, most: usize) -> Vec<String> {
    let mut all: Vec<&str> = HEADERS.to_vec();
    choices.shuffle(&mut all);
    let count = choices.below(most + 1);
    all.into_iter().take(count).map(str::to_owned).collect()
}

pub(super) fn header_value(choices: &mut Choices) -> String {
    choices.pick(HEADER_VALUES).to_owned()
}

/// A path that starts with `/`.
pub(super) fn path(choices: &mut Choices) -> String {
    const PATHS: &[&str] = &[
        "/",
        "/api",
        "/api/",
        "/httpbin/",
        "/v1.0/users",
        "/a%20b",
        "/~me/it's",
        "/a:b@c",
        "/on",
        "/x,y;z=1",
        "/($)!*+&",
    ];
    choices.pick(PATHS).to_owned()
}
