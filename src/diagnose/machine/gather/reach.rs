//! How far each endpoint is reached, all at once.
//! The steps belong to `transport`; which endpoints there are, to the command.

use std::time::Duration;

use url::Url;

use super::super::evidence::Endpoint;
use crate::clock::Clock;
use crate::config::CaFile;
use crate::oppo::ClockDifference;
use crate::transport::{self, Probed, Step};

/// An endpoint to reach: "push" and where that is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) name: &'static str,
    pub(crate) url: Url,
}

/// Reaches them, each host once, in their order; each step of the way may take `limit`.
pub(crate) async fn reach(
    places: &[Place],
    ca_file: Option<&CaFile>,
    clock: &Clock,
    limit: Duration,
) -> Vec<Endpoint> {
    let mut hosts: Vec<(String, Vec<&'static str>, Url)> = Vec::new();
    for place in places {
        let origin = place.url.origin().ascii_serialization();
        match hosts.iter_mut().find(|host| host.0 == origin) {
            Some(host) => host.1.push(place.name),
            None => hosts.push((origin, vec![place.name], place.url.clone())),
        }
    }
    let urls = hosts.iter().map(|(_, _, url)| url.clone()).collect();
    let asked = clock.now();
    let authorities = ca_file.map(CaFile::certificates).unwrap_or_default();
    let mut probes = transport::probe(urls, authorities, limit).await;
    if let Some(ca_file) = ca_file {
        let beside = format!(", by the system's roots and {}", ca_file.path().display());
        probes.iter_mut().for_each(|probed| match &mut probed.tls {
            Step::Done(text) | Step::Failed(text) => text.push_str(&beside),
            Step::NotReached | Step::NotNeeded => {}
        });
    }
    let endpoint = |((_, names, _), probed): ((_, Vec<&str>, _), Probed)| {
        // The header's second lies between the first step and the answer.
        let answered = asked.checked_add(probed.took).unwrap_or(asked);
        let clock = probed.date.as_deref().and_then(|date| ClockDifference::by_date(date, asked, answered));
        Endpoint { names: names.join(", "), probed, clock }
    };
    hosts.into_iter().zip(probes).map(endpoint).collect()
}
