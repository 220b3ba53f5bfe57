//! What is answered to the IM server: within its two seconds, and once the callback is safe where that takes no longer.

use std::sync::Arc;
use std::time::Duration;

use serde_json::json;
use tokio::sync::{mpsc, oneshot};

use super::callback::{Callback, read};
use crate::listen::{Answering, Fault, Limits, Request, Response, Service};

/// The longest callback has 100 events.
pub(crate) const LIMITS: Limits = Limits {
    connections: 128,
    head: Duration::from_secs(5),
    body: Duration::from_secs(5),
    body_bytes: 512 * 1024,
    ..Limits::DEFAULT
};

/// The IM server waits two seconds and never asks again; after this it gets its answer, kept or not (tencent-im-push
/// reference, section 9).
const ANSWER_WITHIN: Duration = Duration::from_millis(1500);

/// What is handed on, in the order of arrival.
#[derive(Debug)]
pub(crate) enum Arrived {
    /// `kept` is used once the callback is safe; dropping it will do as well.
    Callback { callback: Box<Callback>, kept: oneshot::Sender<()> },
    /// Why a request was not a callback of this app.
    Rejected(String),
}

/// Where the callbacks come in.
#[derive(Debug)]
pub(crate) struct WebhookHandler {
    pub(crate) sdk_app_id: u32,
    pub(crate) out: mpsc::Sender<Arrived>,
}

impl Service for WebhookHandler {
    fn answer(self: Arc<Self>, request: Request) -> Answering {
        Box::pin(async move {
            if request.method != "POST" {
                let why = format!("the method is {}, not POST", request.method);
                return self.reject(405, why).with("allow", "POST");
            }
            match read(request.query().unwrap_or_default(), &request.body, self.sdk_app_id) {
                Err((status, why)) => self.reject(status, why),
                Ok(callback) => {
                    let (kept, done) = oneshot::channel();
                    let hand_on = async {
                        let arrived = Arrived::Callback { callback: Box::new(callback), kept };
                        if self.out.send(arrived).await.is_ok() {
                            let _ = done.await;
                        }
                    };
                    let _ = tokio::time::timeout(ANSWER_WITHIN, hand_on).await;
                    Response::new(200, json!({ "ActionStatus": "OK", "ErrorInfo": "", "ErrorCode": 0 }))
                }
            }
        })
    }

    fn incomplete(self: Arc<Self>, _: Request, fault: Fault) -> Answering {
        let why = fault.to_string();
        // A full queue has more important things to show.
        let _ = self.out.try_send(Arrived::Rejected(why.clone()));
        Box::pin(std::future::ready(Response::new(fault.status(), json!({ "error": why }))))
    }
}

impl WebhookHandler {
    fn reject(&self, status: u16, why: String) -> Response {
        let body = json!({ "ActionStatus": "FAIL", "ErrorInfo": why, "ErrorCode": status });
        let _ = self.out.try_send(Arrived::Rejected(why));
        Response::new(status, body)
    }
}
