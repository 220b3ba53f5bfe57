//! The sandbox's page and `sandbox run --open`: what opens it learns the address, and a token only from a private file.

use std::os::unix::fs::PermissionsExt;

use super::harness::Home;
use super::processes::{ended, signal, until};

/// A home in which what opens a page only notes its argument.
fn home() -> Home {
    let mut home = Home::new();
    let bin = home.file("bin");
    std::fs::create_dir(&bin).unwrap();
    for opener in ["xdg-open", "open"] {
        let script = format!(
            "#!/bin/sh\nprintf '%s' \"$*\" > {0}.new\nmv {0}.new {0}\n",
            home.file("opened").display()
        );
        home.write(&format!("bin/{opener}"), script);
        std::fs::set_permissions(bin.join(opener), PermissionsExt::from_mode(0o755)).unwrap();
    }
    let path = std::env::var("PATH").unwrap_or_default();
    home.set("PATH", &format!("{}:{path}", bin.display()));
    home
}

/// What the opener was given.
fn opened(home: &Home) -> String {
    let file = home.file("opened");
    until("a browser is opened", || file.exists());
    std::fs::read_to_string(file).unwrap()
}

#[test]
fn the_page_is_opened_at_its_address() {
    let home = home();
    let mut sandbox = home.sandbox(&["--open"]);
    assert_eq!(opened(&home), format!("{}/", sandbox.url));
    signal(&sandbox.child, "INT");
    assert!(ended(&mut sandbox.child).success());
}

#[test]
fn a_token_is_in_a_private_file_and_in_no_argument() {
    let mut home = home();
    home.set("OPUSH_SANDBOX_TOKEN", "token-for-the-page");
    let mut sandbox = home.sandbox(&["--open"]);
    let argument = opened(&home);
    assert!(argument.ends_with("/sandbox-page.html"), "{argument}");
    let page = std::path::Path::new(&argument);
    assert_eq!(std::fs::metadata(page).unwrap().permissions().mode() & 0o777, 0o600);
    let text = std::fs::read_to_string(page).unwrap();
    assert!(text.contains(&format!("url={}/#token=token-for-the-page\"", sandbox.url)), "{text}");
    signal(&sandbox.child, "INT");
    assert!(ended(&mut sandbox.child).success());
    assert!(!page.exists(), "it goes with the sandbox");
}
