//! A sender for Go with the real hosts in its source, led to the sandbox by its proxy and the bundle of authorities.

use super::tls::AloneSandbox;

#[test]
fn a_sender_that_knows_the_real_hosts_reaches_the_sandbox_alone() {
    let sandbox = AloneSandbox::start();
    sandbox.source("sender.go", include_str!("tls/sender.go"));
    // Compiled before it is led anywhere: the compiler shall not be.
    sandbox.succeed("opush", &["go", "build", "-o", "sender", "sender.go"]);
    let said = sandbox.succeed("go", &["./sender"]);
    assert!(said.contains("another host: ") && said.contains("Refused"), "{said}");
    sandbox.has_received("from Go");
}
