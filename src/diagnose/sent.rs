//! stand-in
//! stand-in
use crate::store::deliveries::Delivery;
pub fn notification(_: &Delivery) -> Option<serde_json::Map<String, serde_json::Value>> {
    None
}
