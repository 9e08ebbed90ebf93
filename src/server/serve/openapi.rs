//! The description of the interface: OpenAPI 3.1.

use schemars::generate::SchemaSettings;
use schemars::{Schema, SchemaGenerator};
use serde_json::{Map, Value, json};

use super::limits::Limits;
use super::problem::MEDIA_TYPE;
use super::request::PLAIN;
use super::routes::{ROUTES, Route};
use super::starter::Starter;

/// Returns the description, with a starter document as the example. Jobs need a queue.
pub fn openapi(limits: &Limits, starters: &[Starter], has_queue: bool) -> Value {
    let settings = SchemaSettings::draft2020_12().with(|settings| {
        settings.definitions_path = "/components/schemas".into();
        settings.meta_schema = None;
    });
    let mut schemas = SchemaGenerator::new(settings);
    let paths: Map<String, Value> = ROUTES
        .iter()
        .filter(|route| has_queue || !route.needs_queue())
        .map(|route| (route.path.to_owned(), path(route, starters.first(), &mut schemas)))
        .collect();
    let mut schemas = schemas.take_definitions(true);
    schemas.insert("Problem".into(), problem());
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "masthead",
            "version": env!("CARGO_PKG_VERSION"),
            "summary": "Turns structured United Nations documents into official pages.",
            "description": format!(
                "A request is JSON or, for one document, the document itself with the other parameters in the \
                 address. Bodies of up to {} MiB are read. Whatever is refused is reported as {MEDIA_TYPE}.",
                limits.body >> 20,
            ),
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        },
        "servers": [{ "url": "/" }],
        "paths": paths,
        "components": { "schemas": schemas },
    })
}

fn path(route: &Route, starter: Option<&Starter>, schemas: &mut SchemaGenerator) -> Value {
    let answers: Map<String, Value> = route
        .answers
        .iter()
        .map(|(media_type, schema)| {
            let schema = schema.map(|schema| json!({ "schema": schema(schemas) })).unwrap_or_else(|| json!({}));
            ((*media_type).to_owned(), schema)
        })
        .collect();
    let mut responses =
        Map::from_iter([(route.status().to_owned(), json!({ "description": "Done", "content": answers }))]);
    let statuses = match (route.request, route.path.contains('{')) {
        (None, true) if route.needs_queue() => QUEUED,
        (Some(_), _) => STATUSES,
        (None, true) => NAMED,
        (None, false) => READ,
    };
    for (status, description) in statuses {
        let content = json!({ MEDIA_TYPE: { "schema": { "$ref": "#/components/schemas/Problem" } } });
        responses.insert((*status).to_owned(), json!({ "description": description, "content": content }));
    }
    let mut operation = Map::from_iter([
        ("operationId".to_owned(), route.name.into()),
        ("summary".to_owned(), route.summary.into()),
        ("responses".to_owned(), responses.into()),
    ]);
    let mut parameters: Vec<Value> = parameters(route.path).collect();
    if let Some(schema) = route.request.filter(|_| route.takes_documents()) {
        parameters.extend(in_address(&schema(schemas), schemas));
    }
    if !parameters.is_empty() {
        operation.insert("parameters".into(), parameters.into());
    }
    let Some(schema) = route.request else { return json!({ "get": operation }) };
    let mut content = Map::from_iter([("application/json".to_owned(), json!({ "schema": schema(schemas) }))]);
    if route.takes_documents() {
        content.extend(PLAIN.iter().map(|(media_type, _)| ((*media_type).to_owned(), json!({}))));
    }
    if let Some(starter) = starter {
        examples(route, starter.text, &mut content);
    }
    operation.insert("requestBody".into(), json!({ "required": true, "content": content }));
    json!({ "post": operation })
}

fn examples(route: &Route, text: &str, content: &mut Map<String, Value>) {
    let document = json!({ "source": text, "name": "draft.yaml" });
    let example = match route.name {
        // Files have no short example.
        "compare" => return,
        "convert" => json!({ "document": document, "to": "md" }),
        "diff" => json!({ "before": document, "after": document }),
        _ => json!({ "document": document }),
    };
    // As it is, a document has no syntax to be converted to.
    let plain = if route.name == "convert" { "" } else { "application/yaml" };
    for (media_type, example) in [("application/json", example), (plain, text.into())] {
        if let Some(content) = content.get_mut(media_type).and_then(Value::as_object_mut) {
            content.insert("example".into(), example);
        }
    }
}

fn parameters(path: &str) -> impl Iterator<Item = Value> {
    let names = path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
    names.map(|name| json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } }))
}

/// Returns the parameters that are in the address if the body is a document as it is: the others of the request, and
/// those of the document.
fn in_address(request: &Schema, schemas: &SchemaGenerator) -> Vec<Value> {
    let properties = |reference: Option<&Value>| {
        let name = reference?.as_str()?.rsplit('/').next()?;
        schemas.definitions().get(name)?.get("properties")?.as_object().cloned()
    };
    let own = properties(request.get("$ref")).unwrap_or_default();
    let document = properties(own.get("document").and_then(|document| document.get("$ref"))).unwrap_or_default();
    let document = document.into_iter().filter(|(name, _)| matches!(name.as_str(), "name" | "from"));
    let all = document.chain(own.into_iter().filter(|(name, _)| name != "document"));
    let parameter = |(name, schema): (String, Value)| {
        let said = schema.get("description").and_then(Value::as_str).unwrap_or_default();
        let said = format!("Beside a body that is a document as it is. {said}");
        json!({ "name": name, "in": "query", "description": said.trim_end(), "explode": false, "schema": schema })
    };
    all.map(parameter).collect()
}

/// What can go wrong where something is sent, where something is named, and anywhere.
const STATUSES: &[(&str, &str)] = &[
    ("400", "The request is malformed"),
    ("403", "The server does not have that name, or a page of another server asks"),
    ("408", "The body did not arrive in time"),
    ("413", "The body is too large"),
    ("415", "The media type of the body is not supported"),
    ("422", "The document is refused; `findings` lists all errors"),
    ("429", "Too many requests are waiting; try again after the seconds in `Retry-After`"),
    ("500", "The document led to an internal error"),
    ("503", "The document exceeds the time or memory limit; or the server is overloaded or shutting down"),
];
const NAMED: &[(&str, &str)] = &[("403", STATUSES[1].1), ("404", "There is no such thing")];
const QUEUED: &[(&str, &str)] =
    &[NAMED[0], NAMED[1], ("503", "The queue cannot be used, or the server is shutting down")];
const READ: &[(&str, &str)] = &[("403", STATUSES[1].1), ("503", "The server is shutting down")];

fn problem() -> Value {
    json!({
        "type": "object",
        "description": "Why a request is refused (RFC 9457).",
        "required": ["type", "title", "status", "detail", "findings"],
        "properties": {
            "type": { "type": "string", "description": "A stable name: urn:masthead:problem:document." },
            "title": { "type": "string" },
            "status": { "type": "integer" },
            "detail": { "type": "string" },
            "findings": { "type": "array", "items": { "$ref": "#/components/schemas/Found" } },
        },
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_route_is_described_and_every_reference_leads_somewhere() {
        let described = openapi(&Limits::default(), &[Starter { kind: "letter", text: "title: x" }], true);
        for route in ROUTES {
            let method = if route.request.is_some() { "post" } else { "get" };
            let operation = &described["paths"][route.path][method];
            assert_eq!(operation["operationId"], route.name);
            assert_eq!(operation["requestBody"].is_object(), route.request.is_some());
            let query = |name: &str| {
                let parameters = operation["parameters"].as_array().into_iter().flatten();
                parameters.filter(|it| it["in"] == "query").any(|it| it["name"] == name)
            };
            assert_eq!(query("from"), route.request.is_some() && route.takes_documents(), "{}", route.path);
            assert_eq!(query("ppi"), route.name == "render" || route.name == "pages", "{}", route.path);
            let example = &operation["requestBody"]["content"]["application/json"]["example"];
            assert_eq!(example.is_object(), route.request.is_some() && route.name != "compare");
        }
        let names: BTreeSet<&str> = ROUTES.iter().map(|route| route.name).collect();
        assert_eq!(names.len(), ROUTES.len());
        let text = described.to_string();
        let references: Vec<&str> =
            text.split("\"$ref\":\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert!(references.len() > 20);
        for reference in references {
            let pointer = reference.strip_prefix('#').unwrap();
            assert!(described.pointer(pointer).is_some(), "{reference}");
        }
    }
}
