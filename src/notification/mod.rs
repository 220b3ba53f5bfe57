//! The typed vendor message: every field, its limits, the rules between fields, its wire form.
//! Who it goes to, and how it is sent, belongs to `oppo` and `push`.

/// A notification that passed every rule, in the vendor's wire form: snake_case keys, in a stable order.
#[derive(Clone, Debug, PartialEq)]
pub struct Checked {
    pub(crate) wire: serde_json::Map<String, serde_json::Value>,
}

impl Checked {
    /// The object that stands under `notification` in a unicast's `message`.
    pub fn wire(&self) -> &serde_json::Map<String, serde_json::Value> {
        &self.wire
    }
}
