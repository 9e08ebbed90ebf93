//! The operands of an operator of a content stream.

use hayro_syntax::object::Object;

/// Returns the numbers among operands, in their order.
pub(crate) fn numbers<'o>(operands: impl IntoIterator<Item = &'o Object<'o>>) -> Vec<f64> {
    let number = |operand: &Object| match operand {
        Object::Number(number) => Some(number.as_f64()),
        _ => None,
    };
    operands.into_iter().filter_map(number).collect()
}
