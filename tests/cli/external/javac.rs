//! A sender for Java with the real hosts in its source, led to the sandbox by JAVA_TOOL_OPTIONS.

use super::tls::AloneSandbox;

#[test]
fn a_sender_that_knows_the_real_hosts_reaches_the_sandbox_alone() {
    let sandbox = AloneSandbox::start();
    sandbox.source("Sender.java", include_str!("tls/Sender.java"));
    let said = sandbox.succeed("java", &["java", "Sender.java"]);
    assert!(said.contains("another host: ") && said.contains("403"), "{said}");
    sandbox.has_received("from Java");
}
