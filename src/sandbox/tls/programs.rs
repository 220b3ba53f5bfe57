//! How a program of each language is led to the sandbox and trusts it: by the environment of one process, and files for it.

use std::path::{Path, PathBuf};

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::files::Files;
use super::hosts;

/// The environment of one program.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Program {
    #[serde(rename = "program")]
    pub(crate) name: &'static str,
    pub(crate) variables: Map<String, Value>,
}

/// For a sandbox at this address, `http://ADDRESS:PORT`.
pub(super) fn programs(files: &Files, url: &str) -> Vec<Program> {
    let text = |path: PathBuf| path.display().to_string();
    let (ca, bundle) = (text(files.ca()), text(files.bundle()));
    let proxy = ("HTTPS_PROXY", url.to_owned());
    let by_bundle = |name| (name, bundle.clone());
    vec![
        program("curl", [proxy.clone(), by_bundle("CURL_CA_BUNDLE")]),
        program("python", [proxy.clone(), by_bundle("SSL_CERT_FILE"), by_bundle("REQUESTS_CA_BUNDLE")]),
        program("go", [proxy.clone(), by_bundle("SSL_CERT_FILE")]),
        program("java", [("JAVA_TOOL_OPTIONS", java_options(url, &text(files.java())))]),
        program(
            "node",
            [
                ("OPUSH_SANDBOX_URL", url.to_owned()),
                ("NODE_EXTRA_CA_CERTS", ca.clone()),
                ("NODE_OPTIONS", format!("--require {}", quoted(&text(files.node())))),
            ],
        ),
        // What begins with a colon is read after what PHP reads otherwise.
        program("php", [proxy.clone(), ("PHP_INI_SCAN_DIR", format!(":{}", text(files.php())))]),
        program("opush", [proxy, ("OPUSH_CA_FILE", ca)]),
    ]
}

fn program<const N: usize>(name: &'static str, variables: [(&str, String); N]) -> Program {
    Program {
        name,
        variables: variables.map(|(name, value)| (name.to_owned(), json!(value))).into_iter().collect(),
    }
}

fn java_options(url: &str, trust_store: &str) -> String {
    let address = url.trim_start_matches("http://");
    let (host, port) = address.rsplit_once(':').unwrap_or((address, "80"));
    let host = host.trim_matches(['[', ']']);
    [
        format!("-Dhttps.proxyHost={host}"),
        format!("-Dhttps.proxyPort={port}"),
        quoted(&format!("-Djavax.net.ssl.trustStore={trust_store}")),
        "-Djavax.net.ssl.trustStoreType=PKCS12".to_owned(),
    ]
    .join(" ")
}

/// As Java and Node read a word with white space in it.
fn quoted(word: &str) -> String {
    if word.contains(char::is_whitespace) { format!("\"{word}\"") } else { word.to_owned() }
}

/// The file for Node's `--require`.
pub(super) fn node_file() -> String {
    include_str!("node.cjs").replace("HOSTS", &json!(hosts::all()).to_string())
}

pub(super) fn php_ini(bundle: &Path) -> String {
    let bundle = bundle.display();
    format!("curl.cainfo = \"{bundle}\"\nopenssl.cafile = \"{bundle}\"\n")
}
