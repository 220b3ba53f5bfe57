//! Links the program at a fixed address where that is possible, and packs the files of the sandbox's page.
//! A movable program makes the loader correct 30,000 addresses at each start and copy the pages they are on, which takes
//! longer than many a command. The price: the program itself is where an attacker expects it; its stack, heap and
//! libraries are not, and no code of opush is unsafe.
#![allow(clippy::disallowed_macros, clippy::disallowed_methods)]

use std::io::{self, Write};
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;

const PAGE: &str = "src/sandbox/page/assets";

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={PAGE}");
    let variable = |key: &str| std::env::var(key).unwrap_or_default();
    if (variable("CARGO_CFG_TARGET_OS").as_str(), variable("CARGO_CFG_TARGET_ENV").as_str())
        == ("linux", "gnu")
    {
        println!("cargo::rustc-link-arg-bins=-no-pie");
    }
    pack(Path::new(PAGE), &Path::new(&variable("OUT_DIR")).join("page"))
}

/// Packs every file below `from` into `to`, with `.gz` at the end of its name.
fn pack(from: &Path, to: &Path) -> io::Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let name = entry.file_name();
        if entry.file_type()?.is_dir() {
            pack(&entry.path(), &to.join(name))?;
            continue;
        }
        let mut packer = GzEncoder::new(Vec::new(), Compression::best());
        packer.write_all(&std::fs::read(entry.path())?)?;
        std::fs::write(to.join(format!("{}.gz", name.to_string_lossy())), packer.finish()?)?;
    }
    Ok(())
}
