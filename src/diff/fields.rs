//! Fields that are not printed as they are: kind, language, emblem, adjustments, metadata, the settings of the house and
//! of blocks.

use serde_json::Value;

use super::merge::{At, Merge};
use super::side::Side;
use super::{Change, Kind, Words};
use crate::json;
use crate::model::fields::header;
use crate::model::{Document, House, Path, Segment};
use crate::prepare::Block;

/// Lists the changes of what decides where a block stands and how large it is, which are no changes of its words.
pub(super) fn settings(merge: &mut Merge, at: &At, a: usize, b: usize) {
    let of = |side: &Side, index: usize| {
        let layout = side.prepared.adjusted.get(&index).and_then(|layout| json::value(layout).ok());
        let own = match &side.prepared.body[index] {
            Block::Annex { new_page, .. } => vec![("new_page", Some(Value::from(*new_page)))],
            Block::Table { landscape, widths, .. } => vec![
                ("landscape", landscape.map(Value::from)),
                ("widths", (!widths.is_empty()).then(|| Value::from(widths.clone()))),
            ],
            Block::Figure { width, landscape, .. } => {
                vec![("width", width.map(Value::from)), ("landscape", Some(Value::from(*landscape)))]
            }
            _ => Vec::new(),
        };
        own.into_iter().chain([("layout", layout)]).collect::<Vec<_>>()
    };
    let (was, is) = (of(merge.old, a), of(merge.new, b));
    for ((name, was), (_, is)) in was.into_iter().zip(is).filter(|((_, was), (_, is))| was != is) {
        let was = was.map(|value| Words::Deleted(value.to_string()));
        let words = was.into_iter().chain(is.map(|value| Words::Inserted(value.to_string()))).collect();
        merge.list(at.within(&format!(", {name}"), |path| path.field(name)), Kind::Field, words);
    }
}

const FIELDS: [&str; 5] =
    [header::kind.name, header::language.name, header::emblem.name, header::layout.name, header::metadata.name];

/// Lists the changes of fields that no part of a page shows.
pub(super) fn changes(old: &Document, new: &Document) -> Vec<Change> {
    let values = |document: &Document| json::value(document).unwrap_or_default();
    let (was, is) = (values(old), values(new));
    let change = |path: Path| {
        let value = |document: &Value| {
            let value =
                path.segments().into_iter().filter_map(Segment::name).try_fold(document, |value, name| value.get(name));
            value.filter(|value| !value.is_null()).cloned()
        };
        let (was, is) = (value(&was), value(&is));
        let said = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let words = was.iter().map(said).map(Words::Deleted).chain(is.iter().map(said).map(Words::Inserted));
        let at = |value: &Option<Value>| value.as_ref().map(|_| path.clone());
        let (old, new) = (at(&was), at(&is));
        (was != is).then(|| Change {
            kind: Kind::Field,
            part: path.to_string(),
            note: None,
            old,
            new,
            words: words.collect(),
        })
    };
    let house = Path::from(header::house.name);
    // The name is a line of page 1.
    let of_house = House::FIELDS.into_iter().filter(|name| *name != "name").map(|name| house.field(name));
    FIELDS.map(Path::from).into_iter().chain(of_house).filter_map(change).collect()
}
