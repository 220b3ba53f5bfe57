//! A sender for Node with the real hosts in its source, which knows nothing of a proxy: led to the sandbox by a file.

use super::tls::AloneSandbox;

#[test]
fn a_sender_that_knows_the_real_hosts_reaches_the_sandbox_alone() {
    let sandbox = AloneSandbox::start();
    sandbox.source("sender.mjs", include_str!("tls/sender.mjs"));
    sandbox.succeed("node", &["node", "sender.mjs"]);
    sandbox.has_received("from Node");
}
