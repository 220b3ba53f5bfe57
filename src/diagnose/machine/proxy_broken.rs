//! Whether the proxies that the environment names are usable.
//! What lies behind them belongs to the steps of the way.

use super::evidence::Machine;
use crate::diagnose::{Finding, Skipped};
use crate::failure::Remedy;

pub(super) const TITLE: &str = "the proxy variables are right, and the proxy lets through";
pub(super) const REMEDY: Remedy =
    Remedy::say("correct the variable, unset it, or name hosts to be reached without it in NO_PROXY");

pub(super) fn examine(machine: &Machine) -> Result<Finding, Skipped> {
    if let Some(bad) = machine.proxies.iter().find(|variable| variable.means.is_none()) {
        let evidence = format!("the value of {} is not the address of a proxy", bad.name);
        return Ok(Finding::fail(evidence, "such a variable is ignored; opush connects directly")
            .remedy(format!("export {}=http://HOST:PORT", bad.name)));
    }
    for one in machine.endpoints.iter().flatten() {
        let Some(proxy) = &one.probed.proxy else { continue };
        let failed = one.probed.name.failed().or(one.probed.connection.failed());
        if let Some(why) = failed {
            let evidence =
                format!("{} is reached through the proxy {proxy}, and that failed: {why}", one.probed.host);
            return Ok(Finding::fail(
                evidence,
                "the proxy is down, is another one by now, or refuses this host",
            ));
        }
    }
    let set: Vec<String> = machine
        .proxies
        .iter()
        .filter_map(|variable| Some(format!("{} is {}", variable.name, variable.means.as_ref()?)))
        .collect();
    Ok(Finding::pass(if set.is_empty() { "none is set".to_owned() } else { set.join("; ") }))
}
