//! Links the program at a fixed address where that is possible. A movable program makes the loader correct 30,000 addresses
//! at each start and copy the pages they are on, which takes longer than many a command. The price: the program itself is
//! where an attacker expects it; its stack, heap and libraries are not, and no code of opush is unsafe.
#![allow(clippy::disallowed_macros)]

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let target = |key: &str| std::env::var(key).unwrap_or_default();
    if (target("CARGO_CFG_TARGET_OS").as_str(), target("CARGO_CFG_TARGET_ENV").as_str()) == ("linux", "gnu") {
        println!("cargo::rustc-link-arg-bins=-no-pie");
    }
}
