//! The JSON Schema of documents.

use serde_json::{Map, Value, json};

use super::Document;

/// Returns the JSON Schema of documents, the same as docs/document.schema.json.
pub fn schema() -> Value {
    let schema = schemars::schema_for!(Document);
    // What is serialized has its keys in the order in which people read them; the value itself has not.
    let mut schema = serde_json::to_value(&schema).unwrap_or_else(|_| schema.to_value());
    as_read(&mut schema);
    schema
}

/// Adapts a derived schema to what readers take: no value is empty, a number is a text too, and a list of texts may be a
/// single text.
fn as_read(schema: &mut Value) {
    let Value::Object(map) = schema else { return };
    drop_null(map);
    if map.get("type") == Some(&json!("string"))
        && !["enum", "pattern", "format"].iter().any(|it| map.contains_key(*it))
    {
        map.insert("type".into(), json!(["string", "number"]));
    }
    for (keyword, value) in map.iter_mut() {
        match (keyword.as_str(), value) {
            ("properties" | "patternProperties", Value::Object(fields)) => fields.values_mut().for_each(field_as_read),
            ("$defs", Value::Object(definitions)) => definitions.values_mut().for_each(as_read),
            ("anyOf" | "oneOf" | "allOf", Value::Array(list)) => list.iter_mut().for_each(as_read),
            ("items" | "additionalProperties", value) => as_read(value),
            _ => {}
        }
    }
}

fn field_as_read(field: &mut Value) {
    as_read(field);
    let Value::Object(map) = field else { return };
    // An item may be a bare text.
    let is_text = |items: &Value| items["type"].is_array() || items["$ref"] == "#/$defs/Item";
    if let Some(items) = map.get("items").filter(|items| is_text(items)).cloned() {
        map.remove("items");
        map.remove("type");
        map.insert("anyOf".into(), json!([items, { "type": "array", "items": items }]));
    }
}

/// Drops the alternative of an empty value.
fn drop_null(map: &mut Map<String, Value>) {
    if let Some(Value::Array(types)) = map.get_mut("type") {
        types.retain(|kind| kind != "null");
        if let [only] = &types[..] {
            let only = only.clone();
            map.insert("type".into(), only);
        }
    }
    if let Some(Value::Array(alternatives)) = map.get_mut("anyOf") {
        alternatives.retain(|alternative| alternative != &json!({ "type": "null" }));
        if let [Value::Object(only)] = &alternatives[..] {
            let only = only.clone();
            map.remove("anyOf");
            map.extend(only);
        }
    }
}
