//! The parameters of requests, and what is wrong with them, for people.

use serde::Deserializer;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::problem::Problem;

/// Reads parameters from a body in JSON, and nothing after them.
pub fn of_json<T: DeserializeOwned>(json: &[u8]) -> Result<T, Problem> {
    let mut reader = serde_json::Deserializer::from_slice(json);
    let parameters = of(&mut reader).map_err(|problem| if is_document(json) { bare_document() } else { problem })?;
    reader.end().map_err(|error| Problem::request(not_json(&error)))?;
    Ok(parameters)
}

/// Reads parameters, such as those that were put together from an address and a document.
pub fn of<'de, T: DeserializeOwned>(reader: impl Deserializer<'de, Error = serde_json::Error>) -> Result<T, Problem> {
    serde_path_to_error::deserialize(reader).map_err(|error| {
        let path = error.path().to_string();
        let error = error.into_inner();
        Problem::request(if error.is_data() { described(&path, &error.to_string()) } else { not_json(&error) })
    })
}

/// Whether a body is a document instead of a request that contains one.
fn is_document(json: &[u8]) -> bool {
    let body: Option<Map<String, Value>> = serde_json::from_slice(json).ok();
    body.is_some_and(|body| ["kind", "body", "symbol"].iter().filter(|field| body.contains_key(**field)).count() > 1)
}

fn bare_document() -> Problem {
    Problem::request(
        "the body is a document, not a request: put its text into “source” of “document”, or send it as it is with \
         Content-Type: text/plain",
    )
}

fn not_json(error: &serde_json::Error) -> String {
    format!("the body is not JSON: {error}")
}

/// Returns a message of serde with the name of the parameter, and without words of the program.
fn described(path: &str, message: &str) -> String {
    /// What begins a message.
    const WRONG: &[(&str, &str)] = &[
        ("unknown field", "unknown parameter"),
        ("unknown variant", "unknown value"),
        ("missing field", "missing parameter"),
        ("duplicate field", "repeated parameter"),
    ];
    /// What ends one.
    const EXPECTED: &[(&str, &str)] = &[
        ("expected a boolean", "expected true or false"),
        ("expected a map", "expected an object"),
        ("expected a sequence", "expected a list"),
        ("expected usize", "expected a whole number"),
        ("expected u8", "expected a whole number from 0 to 255"),
        ("expected f64", "expected a number"),
    ];
    /// The longest text that is said again, in bytes.
    const LONGEST: usize = 60;
    // The path says more than the place, and there is none within an address.
    let message = message.rsplit_once(" at line ").map_or(message, |(message, _)| message);
    let message = WRONG
        .iter()
        .find_map(|(theirs, ours)| Some(format!("{ours}{}", message.strip_prefix(theirs)?)))
        .unwrap_or_else(|| message.to_owned());
    let message = EXPECTED
        .iter()
        .find_map(|(theirs, ours)| Some(format!("{}{ours}", message.strip_suffix(theirs)?)))
        .unwrap_or(message);
    let said = message.strip_prefix("invalid type: string ").and_then(|rest| rest.rsplit_once(", expected "));
    let message = match said {
        Some((text, expected)) if text.len() > LONGEST => format!("invalid type: a long text, expected {expected}"),
        _ => message,
    };
    // The message names an unknown parameter itself.
    let path =
        if message.starts_with("unknown parameter") { path.rsplit_once('.').map_or(".", |(of, _)| of) } else { path };
    if path == "." { message } else { format!("{path}: {message}") }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::requests::{CheckRequest, CompareRequest, ConvertRequest, DiffRequest, RenderRequest};
    use super::*;

    fn refused<T: DeserializeOwned>(parameters: &Value) -> String {
        let detail = |read: Result<T, Problem>| read.err().unwrap_or_else(|| panic!("{parameters} is read")).detail();
        let (bytes, value) = (detail(of_json(parameters.to_string().as_bytes())), detail(of(parameters.clone())));
        assert_eq!(bytes, value);
        bytes
    }

    #[test]
    fn what_is_wrong_names_the_parameter_and_no_word_of_the_program() {
        let document = json!({ "source": "x" });
        for (detail, wanted) in [
            (
                refused::<RenderRequest>(&json!({ "document": "x" })),
                "document: invalid type: string \"x\", expected an object with the text in “source”",
            ),
            (
                refused::<RenderRequest>(&json!({ "document": "x".repeat(100) })),
                "document: invalid type: a long text, expected an object with the text in “source”",
            ),
            (
                refused::<RenderRequest>(&json!({ "document": document, "format": "jpg" })),
                "format: unknown value `jpg`, expected one of `pdf`, `png`, `svg`",
            ),
            (
                refused::<RenderRequest>(&json!({ "document": document, "page": "two" })),
                "page: invalid type: string \"two\", expected a whole number",
            ),
            (
                refused::<RenderRequest>(&json!({ "document": document, "page": -2 })),
                "page: invalid value: integer `-2`, expected a whole number",
            ),
            (
                refused::<RenderRequest>(&json!({ "document": document, "ppi": "fine" })),
                "ppi: invalid type: string \"fine\", expected a number",
            ),
            (
                refused::<RenderRequest>(&json!({ "document": { "pictures": { "seal.png": "!" } } })),
                "document.pictures.seal.png: not Base64: Invalid symbol 33, offset 0.",
            ),
            (
                refused::<RenderRequest>(&json!({ "document": document, "emblem": "!" })),
                "emblem: not Base64: Invalid symbol 33, offset 0.",
            ),
            (
                refused::<CheckRequest>(&json!({ "document": document, "fix": "maybe" })),
                "fix: invalid type: string \"maybe\", expected true or false",
            ),
            (
                refused::<CheckRequest>(&json!({ "document": document, "allow": 1 })),
                "allow: invalid type: integer `1`, expected a list",
            ),
            (refused::<ConvertRequest>(&json!({ "document": document })), "missing parameter `to`"),
            (refused::<DiffRequest>(&json!({ "before": document })), "missing parameter `after`"),
            (
                refused::<DiffRequest>(&json!({ "older": document })),
                "unknown parameter `older`, expected one of `before`, `after`, `format`, `profile`, `emblem`",
            ),
            (
                refused::<CompareRequest>(&json!({ "before": "", "after": "", "delta": 300 })),
                "delta: invalid value: integer `300`, expected a whole number from 0 to 255",
            ),
        ] {
            assert_eq!(detail, wanted);
        }
        let within = refused::<RenderRequest>(&json!({ "document": { "sourc": "x" } }));
        assert!(within.starts_with("document: unknown parameter `sourc`, expected one of `source`"), "{within}");
        let [repeated, broken, more] =
            [&b"{\"document\": {}, \"document\": {}}"[..], b"{\"document\": ", b"{\"document\": {}} {}"]
                .map(|json| of_json::<RenderRequest>(json).unwrap_err().detail());
        assert_eq!(repeated, "repeated parameter `document`");
        assert!(broken.starts_with("the body is not JSON: EOF while parsing"), "{broken}");
        assert!(more.starts_with("the body is not JSON: trailing characters"), "{more}");
    }
}
