//! Drives the binary as a person or a script would: one module per command, over real loopback sockets.
//! Rules inside a room are tested beside the code.

mod demo;
mod harness;
mod presence;
mod schemas;
mod token_bulk;

/// A module that exists as a file but is not named above would never run.
#[test]
fn no_test_file_is_forgotten() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli");
    let named = include_str!("main.rs");
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let is_module =
            path.is_dir() && path.join("mod.rs").exists() || path.extension().is_some_and(|e| e == "rs");
        if is_module && name != "main" {
            assert!(named.contains(&format!("mod {name};")), "tests/cli/{name} is not in main.rs");
        }
    }
}
