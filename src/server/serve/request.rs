//! Reads the bodies of requests.

use std::collections::HashSet;

use axum::body::{Body, HttpBody};
use axum::extract::Request;
use axum::http::{HeaderMap, header};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};
use tokio::time::timeout;

use super::binary::Binary;
use super::buffers::{Buffers, Held};
use super::limits::Limits;
use super::parameters;
use super::problem::Problem;

/// The media types of documents that are sent as they are, and the syntax of each; none if it depends on the text.
pub const PLAIN: &[(&str, Option<&str>)] = &[
    ("application/yaml", Some("yaml")),
    ("application/x-yaml", Some("yaml")),
    ("text/yaml", Some("yaml")),
    ("text/x-yaml", Some("yaml")),
    ("text/markdown", Some("md")),
    ("application/xml", Some("xml")),
    ("text/xml", Some("xml")),
    ("application/akn+xml", Some("xml")),
    ("text/plain", None),
    ("application/octet-stream", None),
];

/// Reads a request: JSON, or a document as it is, with the other parameters in the address. Also returns the memory that
/// it takes.
pub async fn parsed<T: DeserializeOwned>(
    request: Request,
    limits: &Limits,
    buffers: &Buffers,
) -> Result<(T, Held), Problem> {
    let media_type = media_type(request.headers());
    let query = request.uri().query().unwrap_or_default().to_owned();
    let json = is_json(&media_type);
    let plain = PLAIN.iter().find(|(name, _)| *name == media_type);
    if !json && plain.is_none() {
        let known: Vec<&str> = PLAIN.iter().map(|(name, _)| *name).collect();
        let detail = format!("use Content-Type: application/json, or that of a document: {}", known.join(", "));
        // What curl sends unless it is told otherwise.
        let form = ["application/x-www-form-urlencoded", "multipart/form-data"].contains(&&*media_type);
        let curl = if form { "; a body is not a form: with curl, use --data-binary @FILE and -H" } else { "" };
        return Err(Problem::media_type(detail + curl));
    }
    if json && !query.is_empty() {
        return Err(Problem::request("with a JSON body, put the parameters into the body"));
    }
    let read = timeout(limits.client, body(request.into_body(), limits.body, buffers));
    let (bytes, held) = read.await.map_err(|_| Problem::slow(limits.client))??;
    let parsed = match plain {
        None => parameters::of_json(&bytes)?,
        Some((_, syntax)) => parameters::of(with_document(bytes, &query, *syntax)?)?,
    };
    Ok((parsed, held))
}

/// Whether a body is JSON.
pub fn is_json(media_type: &str) -> bool {
    media_type == "application/json" || media_type.ends_with("+json")
}

/// Returns the media type of a body.
pub fn media_type(headers: &HeaderMap) -> String {
    let given = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    given.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// Reads a body of limited size, as far as there is memory for it.
async fn body(body: Body, most: usize, buffers: &Buffers) -> Result<(Vec<u8>, Held), Problem> {
    let room = |bytes| buffers.take(bytes).ok_or_else(Problem::crowded);
    let (mut bytes, mut held) = (Vec::new(), room(0)?);
    if body.size_hint().lower() > most as u64 {
        return Err(Problem::large(most));
    }
    let mut body = Limited::new(body, most);
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|error| match error.downcast_ref::<LengthLimitError>() {
            Some(_) => Problem::large(most),
            None => Problem::request(format!("the body cannot be read: {error}")),
        })?;
        let Ok(data) = frame.into_data() else { continue };
        held.merge(room(data.len())?);
        bytes.extend_from_slice(&data);
    }
    Ok((bytes, held))
}

/// Whether a document in YAML or Markdown is on one line, which none is.
fn is_flattened(bytes: &[u8]) -> bool {
    /// The longest line that is taken for an attempt.
    const SHORT: usize = 120;
    let begins = bytes.first().is_some_and(|first| first.is_ascii_graphic() && !b"{[<".contains(first));
    begins && bytes.len() > SHORT && !bytes.iter().any(|byte| b"\n\r".contains(byte))
}

/// Returns the request in JSON for a document that was sent as it is.
fn with_document(bytes: Vec<u8>, query: &str, syntax: Option<&str>) -> Result<Value, Problem> {
    if is_flattened(&bytes) {
        return Err(Problem::request(
            "the document is on one line; curl keeps the ends of lines with --data-binary @FILE, not with --data",
        ));
    }
    let mut document = match String::from_utf8(bytes) {
        Ok(text) => Map::from_iter([("source".to_owned(), Value::from(text))]),
        Err(error) => Map::from_iter([("file".to_owned(), json!(Binary(error.into_bytes())))]),
    };
    if let Some(syntax) = syntax {
        document.insert("from".into(), syntax.into());
    }
    let mut request = Map::new();
    let mut met = HashSet::new();
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, "true"));
        let (name, value) = (decoded(name)?, decoded(value)?);
        // A list may also be given one by one.
        let lists = matches!(&*name, "allow" | "only" | "known");
        if !met.insert(name.clone()) && !lists {
            return Err(Problem::request(format!("repeated parameter `{name}`")));
        }
        match &*name {
            "name" | "from" => drop(document.insert(name, value.into())),
            "document" => return Err(Problem::request("document: the body is the document")),
            _ if lists => {
                let list = request.entry(name).or_insert_with(|| Value::Array(Vec::new()));
                list.as_array_mut().into_iter().for_each(|list| list.extend(value.split(',').map(Value::from)));
            }
            _ => {
                // Numbers and truth values are such in JSON; everything else is a name.
                let plain =
                    serde_json::from_str(&value).ok().filter(|value: &Value| value.is_number() || value.is_boolean());
                request.insert(name, plain.unwrap_or_else(|| value.into()));
            }
        }
    }
    request.insert("document".into(), document.into());
    Ok(request.into())
}

/// Decodes a part of a query.
fn decoded(text: &str) -> Result<String, Problem> {
    let wrong = || Problem::request(format!("the address contains an invalid escape: {text}"));
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let mut digit = || rest.next().and_then(|digit| char::from(digit).to_digit(16)).ok_or_else(wrong);
                (digit()? * 16 + digit()?) as u8
            }
            byte => byte,
        });
    }
    String::from_utf8(bytes).map_err(|_| wrong())
}

#[cfg(test)]
mod tests {
    use axum::response::IntoResponse;

    use super::*;

    #[tokio::test]
    async fn bodies_take_memory_as_far_as_there_is_some() {
        let read = |size, most, buffers| body(Body::from(vec![0; size]), most, buffers);
        let buffers = Buffers::new(50);
        let (bytes, held) = read(40, 45, &buffers).await.unwrap();
        assert_eq!(bytes.len(), 40);
        let status = |read: Result<(Vec<u8>, Held), Problem>| {
            read.map_or_else(IntoResponse::into_response, |_| ().into_response()).status()
        };
        assert_eq!(status(read(20, 45, &buffers).await), 503);
        assert_eq!(status(read(46, 45, &buffers).await), 413);
        drop(held);
        assert_eq!(status(read(20, 45, &buffers).await), 200);
    }

    #[test]
    fn a_document_that_is_sent_as_it_is_has_its_parameters_in_the_address() {
        let query = "format=png&page=2&name=a%20b.md&fix&allow=per-cent,double-space&known=1f,2e";
        let request = with_document(b"text\n".to_vec(), query, Some("md")).unwrap();
        let wanted = json!({
            "format": "png", "page": 2, "fix": true, "allow": ["per-cent", "double-space"], "known": ["1f", "2e"],
            "document": { "source": "text\n", "from": "md", "name": "a b.md" },
        });
        assert_eq!(request, wanted);
        assert_eq!(with_document(vec![255, 254], "", None).unwrap(), json!({ "document": { "file": "//4=" } }));
        assert!(with_document(Vec::new(), "name=%zz", None).is_err());
        assert!(with_document(Vec::new(), "name=%ff", None).is_err());
        assert!(with_document(Vec::new(), "document=x", None).is_err());
        assert!(with_document(Vec::new(), "to=json&to=xml", None).is_err());
        let lists = with_document(Vec::new(), "allow=a&allow=b,c", None).unwrap();
        assert_eq!(lists["allow"], json!(["a", "b", "c"]));
        let of = |begins: &str| begins.repeat(20).into_bytes();
        for flattened in ["symbol: A/84/L.1kind: decision", "# A draft.symbol: A/84/L.1"] {
            assert!(with_document(of(flattened), "", None).is_err());
            assert!(with_document(flattened.into(), "", None).is_ok());
        }
        for whole in ["{\"symbol\": \"A/84/L.1\"}", "<akomaNtoso/>", "symbol: A/84/L.1\rkind: decision"] {
            assert!(with_document(of(whole), "", None).is_ok());
        }
    }
}
