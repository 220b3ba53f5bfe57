//! How far each endpoint is reached, all at once.
//! The steps belong to `transport`; which endpoints there are, to the command.

use std::collections::BTreeMap;
use std::time::Duration;

use url::Url;

use super::super::evidence::Endpoint;
use crate::clock::Clock;
use crate::oppo::ClockDifference;
use crate::transport;

/// An endpoint to reach: "push" and where that is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub name: &'static str,
    pub url: Url,
}

/// Reaches them, each host once, in their order; each step of the way may take `limit`.
pub async fn reach(places: &[Place], clock: &Clock, limit: Duration) -> Vec<Endpoint> {
    let mut hosts: Vec<(String, Vec<&'static str>, Url)> = Vec::new();
    for place in places {
        let origin = place.url.origin().ascii_serialization();
        match hosts.iter_mut().find(|host| host.0 == origin) {
            Some(host) => host.1.push(place.name),
            None => hosts.push((origin, vec![place.name], place.url.clone())),
        }
    }
    let mut running = tokio::task::JoinSet::new();
    for (number, (_, names, url)) in hosts.into_iter().enumerate() {
        let clock = clock.clone();
        running.spawn(async move {
            let asked = clock.now();
            let probed = transport::probe(&url, limit).await;
            let date = probed.date.as_deref();
            let clock = date.and_then(|date| ClockDifference::by_date(date, asked, clock.now()));
            (number, Endpoint { names: names.join(", "), probed, clock })
        });
    }
    let mut reached = BTreeMap::new();
    while let Some(done) = running.join_next().await {
        if let Ok((number, endpoint)) = done {
            reached.insert(number, endpoint);
        }
    }
    reached.into_values().collect()
}
