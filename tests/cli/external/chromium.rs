//! The sandbox's page in a real browser: pushes show, taps lead somewhere, hostile text stays text, an accessibility scan.

use std::path::Path;
use std::process::Command;

use crate::harness::Home;

const TOKEN: &str = "token-of-the-page";

#[test]
fn the_page_is_as_it_should_be() {
    let (home, mut guarded) = (Home::new(), Home::new());
    guarded.set("OPUSH_SANDBOX_TOKEN", TOKEN);
    let (open, closed) = (home.sandbox(&["--ephemeral"]), guarded.sandbox(&["--ephemeral"]));
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/page.mjs");
    let looked = Command::new("node").arg(script).args([&open.url, &closed.url, TOKEN]).output().unwrap();
    let said = String::from_utf8_lossy(&looked.stderr);
    assert!(looked.status.success(), "{said}");
}
