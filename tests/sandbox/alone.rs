//! Compiles the sandbox with nothing of ours but the return codes, `listen` and `sqlite`: rustc refuses any other arrow out of it.
#![allow(dead_code, unused_imports)]

#[path = "../../src/listen/mod.rs"]
mod listen;
#[path = "../../src/return_codes.rs"]
mod return_codes;
#[path = "../../src/sandbox/mod.rs"]
mod sandbox;
#[path = "../../src/sqlite/mod.rs"]
mod sqlite;
#[path = "../../src/waiting/mod.rs"]
mod waiting;

#[test]
fn the_sandbox_compiles_alone() {
    // That this file compiles is the proof; the call keeps the module from being optimised into nothing.
    assert!(return_codes::find(0).is_some());
}
