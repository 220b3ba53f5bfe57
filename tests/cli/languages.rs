//! Tests in other languages, as docs/testing-*.md show them: the code on the page is the file that is run.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::harness::{Home, OPUSH};

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/languages").join(name)
}

/// Runs a program on a file, with this opush.
pub fn passes(program: &str, args: &[&str], name: &str) {
    let home = Home::new();
    let output = Command::new(program)
        .args(args)
        .arg(file(name))
        .envs([("OPUSH", OPUSH), ("XDG_STATE_HOME", home.state_home().to_str().unwrap())])
        .envs([("GOCACHE", home.file("go").to_str().unwrap()), ("GO111MODULE", "off")])
        .output()
        .unwrap();
    let (said, failed) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{program} {name}\n{said}\n{failed}");
}

#[test]
fn the_code_on_each_page_is_the_file_that_is_run() {
    let pages = [
        ("testing-python.md", "```python\n", "test_push.py"),
        ("testing-java.md", "```java\n", "PushTest.java"),
        ("testing-go.md", "```go\n", "push_test.go"),
        ("testing-node.md", "```js\n", "push.test.mjs"),
    ];
    for (page, fence, name) in pages {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(page);
        let text = std::fs::read_to_string(&path).unwrap();
        let (before, rest) = text.split_once(fence).unwrap();
        let (_, after) = rest.split_once("\n```\n").unwrap();
        let code = std::fs::read_to_string(file(name)).unwrap();
        let current = format!("{before}{fence}{code}```\n{after}");
        if std::env::var_os("UPDATE_DOCS").is_some() {
            std::fs::File::create(&path).unwrap().write_all(current.as_bytes()).unwrap();
        }
        assert!(text == current, "{page}: run UPDATE_DOCS=1 cargo test --test cli");
    }
}

#[cfg(feature = "external")]
mod python3 {
    #[test]
    fn the_test_in_python_passes() {
        super::passes("python3", &[], "test_push.py");
    }
}

#[cfg(feature = "external")]
mod node {
    #[test]
    fn the_test_in_node_passes() {
        super::passes("node", &["--test"], "push.test.mjs");
    }
}

#[cfg(feature = "external")]
mod java {
    #[test]
    fn the_test_in_java_passes() {
        super::passes("java", &[], "PushTest.java");
    }
}

#[cfg(feature = "external")]
mod go {
    #[test]
    fn the_test_in_go_passes() {
        super::passes("go", &["test"], "push_test.go");
    }
}

/// An outside tool asks every route what its document says, and what it does not.
#[cfg(feature = "external")]
mod schemathesis {
    use super::*;

    #[test]
    fn the_control_api_is_what_its_document_says() {
        let home = Home::new();
        let sandbox = home.sandbox(&["--ephemeral"]);
        let tool = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/.venv/bin/schemathesis");
        let checks = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance,\
                      response_headers_conformance,negative_data_rejection,unsupported_method,missing_required_header";
        let output = Command::new(tool)
            .current_dir(home.work())
            .args(["run", &format!("{}/_sandbox/v1/openapi.json", sandbox.url), "--checks", checks])
            // A stream never ends, a wait takes its time, and ten million phones too.
            .args([
                "--exclude-path",
                "/events",
                "--exclude-path",
                "/messages/wait",
                "--exclude-path",
                "/phones/bulk",
            ])
            // A fault's number is where this word is: other methods look for that fault.
            .args(["--exclude-path", "/faults/known"])
            .args(["--phases", "examples,coverage,fuzzing", "--max-examples", "10", "--seed", "1"])
            .args(["--suppress-health-check", "all", "--generation-database", "none", "--no-color"])
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{said}\n{}", String::from_utf8_lossy(&output.stderr));
    }
}
