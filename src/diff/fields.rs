//! Fields that are not printed as they are: kind, language, emblem, adjustments, metadata.

use serde_json::Value;

use super::{Change, Kind, Words};
use crate::model::fields::header;
use crate::model::{Document, Path};

const FIELDS: [&str; 5] =
    [header::kind.name, header::language.name, header::emblem.name, header::layout.name, header::metadata.name];

/// Lists the changes of fields that no part of a page shows.
pub(super) fn changes(old: &Document, new: &Document) -> Vec<Change> {
    let values = |document: &Document| serde_json::to_value(document).unwrap_or_default();
    let (was, is) = (values(old), values(new));
    let change = |name: &'static str| {
        let value = |document: &Value| document.get(name).filter(|value| !value.is_null()).cloned();
        let (was, is) = (value(&was), value(&is));
        let said = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let words = was.iter().map(said).map(Words::Deleted).chain(is.iter().map(said).map(Words::Inserted));
        let path = |value: &Option<Value>| value.as_ref().map(|_| Path::from(name));
        let (old, new) = (path(&was), path(&is));
        (was != is).then(|| Change {
            kind: Kind::Field,
            part: name.to_owned(),
            note: None,
            old,
            new,
            words: words.collect(),
        })
    };
    FIELDS.into_iter().filter_map(change).collect()
}
