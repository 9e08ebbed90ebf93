//! Elements that `masthead:part` names.

use roxmltree::Node as Element;

use super::extensions::attribute;
use super::{Reader, opening};
use crate::read::tree::Field;

/// Returns the elements within that have the name.
pub(super) fn called<'a, 'i>(node: Element<'a, 'i>, part: &'static str) -> impl Iterator<Item = Element<'a, 'i>> {
    node.descendants().filter(move |inner| attribute(*inner, "part") == Some(part))
}

/// Returns a field for each of the texts within that have the name.
pub(super) fn texts(
    reader: &mut Reader,
    node: Element,
    names: &[(&'static str, &'static str)],
    fields: &mut Vec<Field>,
) {
    for (part, key) in names {
        if let Some(inner) = called(node, part).next() {
            fields.push(Field { key: (*key).into(), key_span: opening(inner), node: reader.text(inner) });
        }
    }
}
