//! The readers of app files, compiled from opush's own sources without the rest of it.
#![allow(dead_code, unused_imports)]

#[path = "../../src/app/mod.rs"]
mod app;
#[path = "../../src/failure/mod.rs"]
mod failure;

// In opush the room `output` says how a remedy is printed; here none is.
impl serde::Serialize for failure::Remedy {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_unit()
    }
}

impl schemars::JsonSchema for failure::Remedy {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Remedy".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::Schema::default()
    }
}

/// Hands the bytes to one reader.
pub fn read(reader: &str, bytes: &[u8]) {
    app::fuzz::read(reader, bytes);
}
