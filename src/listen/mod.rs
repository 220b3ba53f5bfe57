//! A small HTTP listener: loopback unless said otherwise, capped in connections, bodies and patience, stopped cleanly.
//! What a request means and what is answered belongs to whoever hands in the handler.

mod answer;
mod exchange;
mod server;
mod service;

pub(crate) use exchange::{Request, Response};
pub(crate) use server::{Limits, Running, bind, start};
pub(crate) use service::{Answering, Handler, Service};

/// Why nobody listens.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ListenError {
    #[error("{0} is not a loopback address")]
    BeyondLoopback(std::net::SocketAddr),
    #[error("can't listen on {address}: {source}")]
    Bind { address: std::net::SocketAddr, source: std::io::Error },
}

impl crate::failure::Explain for ListenError {
    fn explain(self) -> crate::failure::Problem {
        let hint = match self {
            ListenError::BeyondLoopback(_) => "say --beyond-loopback if other machines shall reach it",
            ListenError::Bind { .. } => "choose another address, or port 0 for a free one",
        };
        crate::failure::Problem::new(crate::failure::Kind::Listen, self.to_string(), hint).at("--listen")
    }
}

#[cfg(test)]
mod tests;
