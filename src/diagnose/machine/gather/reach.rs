//! How far each endpoint is reached, all at once.
//! The steps belong to `transport`; which endpoints there are, to the command.

use std::time::Duration;

use url::Url;

use super::super::evidence::Endpoint;
use crate::clock::Clock;
use crate::oppo::ClockDifference;
use crate::transport::{self, Probed};

/// An endpoint to reach: "push" and where that is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) name: &'static str,
    pub(crate) url: Url,
}

/// Reaches them, each host once, in their order; each step of the way may take `limit`.
pub(crate) async fn reach(places: &[Place], clock: &Clock, limit: Duration) -> Vec<Endpoint> {
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
    let probes = transport::probe(urls, limit).await;
    let endpoint = |((_, names, _), probed): ((_, Vec<&str>, _), Probed)| {
        // The header's second lies between the first step and the answer.
        let answered = asked.checked_add(probed.took).unwrap_or(asked);
        let clock = probed.date.as_deref().and_then(|date| ClockDifference::by_date(date, asked, answered));
        Endpoint { names: names.join(", "), probed, clock }
    };
    hosts.into_iter().zip(probes).map(endpoint).collect()
}
