//! mandoc, which is stricter than `man`, finds nothing to warn of in any page.

use std::process::Command;

use super::man::pages;

#[test]
fn mandoc_has_no_warning_for_any_page() {
    let output = Command::new("mandoc").args(["-T", "lint", "-W", "warning"]).args(pages()).output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said).into_owned();
    // A page has no date, so that it is the same on every day it is made.
    let rest: Vec<&str> = said.lines().filter(|line| !line.contains("missing date, using \"\"")).collect();
    assert!(rest.is_empty(), "{rest:#?}");
}
