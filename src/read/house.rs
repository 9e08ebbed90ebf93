//! Decodes the house of a document from its tree.

use super::decode::{At, Decoder};
use super::tree::Value;
use crate::model::Named;
use crate::model::house::{Address, False, House, Symbols};

/// Decodes a house.
pub(super) fn house(d: &mut Decoder, at: &At) -> Option<House> {
    let mut fields = d.fields(at, &House::FIELDS)?;
    let mut text = |name: &str| fields.take(name).and_then(|at| d.text(&at));
    let (name, emblem, author) = (text("name"), text("emblem"), text("author"));
    let forms = Symbols::ALL.map(|form| (form.name(), form));
    let symbols = fields.take("symbols").and_then(|at| d.choice(&at, &forms));
    let mut truth = |name: &str| fields.take(name).and_then(|at| d.truth(&at));
    let (barcode, recycle) = (truth("barcode"), truth("recycle"));
    let mut leads = |name: &str| fields.take(name).and_then(|at| address(d, &at));
    let (qr, links) = (leads("qr"), leads("links"));
    let organs = fields.take("organs").map(|at| organs(d, &at)).unwrap_or_default();
    Some(House { name, emblem, symbols, barcode, recycle, qr, links, author, organs, words: None })
}

fn address(d: &mut Decoder, at: &At) -> Option<Address> {
    d.note(at);
    if at.node.value == Value::Bool(false) {
        return Some(Address::None(False));
    }
    let parsed = Address::parse(at.node.written().unwrap_or_default());
    parsed.map_err(|error| d.error("wrong-type", at, format!("{}: {error}", at.path), Address::HINT)).ok()
}

fn organs(d: &mut Decoder, at: &At) -> Named<String> {
    let Value::Map(fields) = &at.node.value else {
        d.fields(at, &[]);
        return Named::new();
    };
    d.note(at);
    let organ = |field: &super::tree::Field| {
        let letters = d.settled(&field.key, &field.key_span, &at.path);
        let name = d.text(&At { node: &field.node, path: at.path.field(letters.clone()) })?;
        Some((letters, name))
    };
    fields.iter().filter_map(organ).collect()
}
