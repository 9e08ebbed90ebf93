//! Values as JSON. Everything is written by one serializer: another would be compiled for every type of the model once
//! more.

use serde::Serialize;
use serde_json::{Result, Value};

/// Returns a value as it would be in a JSON file.
///
/// # Errors
///
/// Returns the reason why it cannot be written as JSON.
pub(crate) fn value(of: &impl Serialize) -> Result<Value> {
    serde_json::from_slice(&serde_json::to_vec(of)?)
}

/// Returns a value as JSON text with a line for each field.
///
/// # Errors
///
/// As [`value`].
pub(crate) fn pretty(of: &impl Serialize) -> Result<String> {
    serde_json::to_string_pretty(&value(of)?)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn numbers_and_the_order_of_fields_stay() {
        #[derive(Serialize)]
        struct Both {
            z: f64,
            a: [f32; 2],
        }
        let both = Both { z: 0.1 + 0.2, a: [0.1, 1e-7] };
        let text = pretty(&both).unwrap();
        assert_eq!(text, "{\n  \"z\": 0.30000000000000004,\n  \"a\": [\n    0.1,\n    1e-7\n  ]\n}");
        assert_eq!(value(&both).unwrap(), json!({"z": 0.1 + 0.2, "a": [0.1, 1e-7]}));
    }
}
