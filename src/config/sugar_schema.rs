//! The short forms in the published schema.

use serde_json::{Value, json};

/// Adds what [`desugar`](super::sugar::desugar) understands to a schema of long forms.
pub(super) fn add_short_forms(schema: &mut Value) {
    let Some(types) = schema.get_mut("$defs") else {
        return;
    };
    let short = |schema: &mut Value, of: &str| {
        let text = schema["description"].as_str().unwrap_or_default();
        schema["description"] = format!("{text} Short for {of}.").into();
    };

    let rule = &mut types["Rule"];
    rule["properties"]["match"] = json!({
        "description": "The requests that it is for. Short for `matches: [{…}]`. Left out: every request.",
        "$ref": "#/$defs/Match",
        "examples": [{"pathPrefix": "/httpbin/"}],
    });
    rule["not"] = json!({"required": ["match", "matches"]});

    for name in ["secret", "namespace", "certificate"] {
        let mut field = types["CertificateRef"]["properties"][name].clone();
        short(&mut field, &format!("`certificates: [{{{name}: …}}]`"));
        types["ListenerTls"]["properties"][name] = field;
    }
    types["ListenerTls"]["not"] = json!({
        "required": ["certificates"],
        "anyOf": [
            {"required": ["secret"]},
            {"required": ["namespace"]},
            {"required": ["certificate"]},
        ],
    });

    for name in ["headers", "query"] {
        let field = &mut types["Match"]["properties"][name];
        let list = json!({
            "type": "array",
            "items": field["items"],
            "maxItems": field["maxItems"],
        });
        let map = json!({
            "type": "object",
            "additionalProperties": {"type": "string", "minLength": 1, "maxLength": 4096},
            "maxProperties": field["maxItems"],
        });
        replace_type(field, ["type", "items", "maxItems"], [list, map]);
    }

    let request = &mut types["Test"]["properties"]["request"];
    let forms = [
        json!({"$ref": "#/$defs/Url"}),
        json!({"$ref": "#/$defs/Request"}),
    ];
    replace_type(request, ["$ref"], forms);

    let ports = &mut types["Service"]["properties"]["ports"];
    ports["items"] = json!({
        "anyOf": [{"$ref": "#/$defs/Port"}, {"$ref": "#/$defs/ServicePort"}],
    });
    let text = ports["description"].as_str().unwrap_or_default();
    ports["description"] = format!("{text} A number alone is short for `{{port: …}}`.").into();
}

fn replace_type<const N: usize>(field: &mut Value, old: [&str; N], forms: [Value; 2]) {
    if let Value::Object(field) = field {
        for keyword in old {
            field.shift_remove(keyword);
        }
        field.insert("anyOf".into(), Value::Array(forms.into()));
    }
}
