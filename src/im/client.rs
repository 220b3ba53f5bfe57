//! One call of the IM server: its URL with a fresh UserSig, JSON in, the envelope out, no secret in anything shown.
//! What a call asks and what its answer holds belongs to each call's own file.

use std::time::{Duration, Instant};

use serde_json::{Map, Value};
use url::Url;

use super::envelope::{self, Envelope};
use super::user_sig::{self, Order};
use super::{ImError, Refusal};
use crate::clock::Clock;
use crate::config::{CaFile, ImRegion, Secret};
use crate::masking::{self, MASK};
use crate::transport::{Fault, Outgoing, Transport};

/// How long the UserSig of a call holds. It leaves this machine with every call and may end up in the log of a proxy.
const HOLDS: Duration = Duration::from_secs(600);

/// No connection takes longer.
const CONNECT: Duration = Duration::from_secs(5);

/// One command of the REST API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Command {
    /// Service and command below `/v4/`.
    pub(crate) path: &'static str,
    /// Calls that the server allows in a second; a loop keeps to it.
    pub(crate) per_second: u32,
}

/// Who calls.
#[derive(Clone, Debug)]
pub(crate) struct Caller {
    pub(crate) sdk_app_id: u32,
    /// An administrator of the app.
    pub(crate) admin: String,
    pub(crate) secret_key: Secret,
}

/// Where calls go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Server {
    Region(ImRegion),
    Endpoint(Url),
}

/// The IM server, as one administrator of one app. Needs a tokio runtime with time and io.
#[derive(Debug)]
pub(crate) struct Client {
    base: Url,
    standby: Option<&'static str>,
    caller: Caller,
    clock: Clock,
    timeout: Duration,
    transport: Transport,
}

impl Server {
    /// The base of its calls; of a region, the main host's.
    pub(crate) fn url(&self) -> Url {
        match self {
            Server::Region(region) => Url::parse(hosts(*region).0).expect("the table of hosts holds URLs"),
            Server::Endpoint(url) => url.clone(),
        }
    }
}

/// What came back.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Answer {
    pub(crate) body: Map<String, Value>,
    /// ActionStatus says that not all of it was done.
    pub(crate) partly: bool,
    pub(crate) elapsed: Duration,
}

impl Client {
    /// `ca_file`: authorities that the server's certificate may be of, beside the system's. `timeout` is for each call.
    pub(crate) fn new(
        server: &Server,
        ca_file: Option<&CaFile>,
        caller: Caller,
        clock: Clock,
        timeout: Duration,
    ) -> Result<Client, ImError> {
        let base = server.url();
        let standby = match server {
            Server::Region(region) => Some(hosts(*region).1),
            Server::Endpoint(_) => None,
        };
        let connect = CONNECT.min(timeout / 2);
        let authorities = ca_file.map(CaFile::certificates).unwrap_or_default();
        let transport = Transport::new(&base, authorities, connect)
            .map_err(|unsent| ImError::Unsent { unsent, standby: None })?;
        Ok(Client { base, standby, caller, clock, timeout, transport })
    }

    /// Host and port, for messages.
    pub(crate) fn host(&self) -> &str {
        self.transport.host()
    }

    pub(crate) fn caller(&self) -> &Caller {
        &self.caller
    }

    /// The URL of a call as it may be shown.
    pub(crate) fn shown_url(&self, command: Command) -> String {
        self.url(command, MASK, 0).to_string().replace("random=0", "random=…")
    }

    /// Names and values are case-sensitive, their order is free (IM reference, section 5).
    fn url(&self, command: Command, user_sig: &str, random: u32) -> Url {
        let mut url = self.base.clone();
        let path = format!("{}/v4/{}", url.path().trim_end_matches('/'), command.path);
        url.set_path(&path);
        url.query_pairs_mut()
            .append_pair("sdkappid", &self.caller.sdk_app_id.to_string())
            .append_pair("identifier", &self.caller.admin)
            .append_pair("usersig", user_sig)
            .append_pair("random", &random.to_string())
            .append_pair("contenttype", "json");
        url
    }

    /// Makes the call once. It is never repeated here: only the caller knows whether a repeat is harmless.
    pub(crate) async fn call(&self, command: Command, body: &Value) -> Result<Answer, ImError> {
        let path = command.path;
        let host = || self.host().to_owned();
        let Caller { sdk_app_id, ref admin, ref secret_key } = self.caller;
        let order = Order { sdk_app_id, user: admin, issued_at: self.clock.now(), expire: HOLDS };
        let user_sig = user_sig::make(secret_key, &order);
        let url = self.url(command, user_sig.reveal(), rand::random());
        let started = Instant::now();
        let headers = [("Content-Type", "application/json"), ("Accept", "application/json")];
        let reply =
            self.transport.send(&url, &headers, Outgoing::Post(body.to_string()), self.timeout, |_| ()).await;
        let reply = reply.map_err(|fault| match fault {
            Fault::NotSent(unsent, _) => ImError::Unsent { unsent, standby: self.standby },
            Fault::TimedOut => ImError::Timeout { path, host: host(), after: self.timeout },
            Fault::Lost(why) => ImError::Lost { path, host: host(), why },
            Fault::Garbled(why) => self.bad_answer(command, format!("no HTTP: {why}")),
        })?;
        let elapsed = started.elapsed();

        let mask = |text: &str| masking::known(text, [user_sig.reveal(), secret_key.reveal()], 1);
        if let Some(location) = reply.redirect {
            let location = envelope::cut(&mask(&location));
            return Err(ImError::Redirect { path, host: host(), status: reply.status, location });
        }
        if !reply.whole {
            return Err(self.bad_answer(command, "longer than 1 MiB"));
        }
        // Masked before it is read: whatever is printed of an answer comes out of this text.
        let text = std::str::from_utf8(&reply.body).map_err(|_| self.bad_answer(command, "not UTF-8"))?;
        let text = mask(text);
        match envelope::read(reply.status, reply.content_type.as_deref(), text.as_bytes()) {
            Envelope::Done { partly, body } => Ok(Answer { body, partly, elapsed }),
            Envelope::Refused { code, info } => Err(ImError::Refused(Refusal { path, code, info })),
            Envelope::Unreadable(why) => Err(self.bad_answer(command, why)),
        }
    }

    /// An answer that lacks what the call is made for: something else than the IM server gives it.
    pub(super) fn lacks(&self, command: Command, what: &str) -> ImError {
        self.bad_answer(command, format!("success without {what}; an app's webhook answers like that"))
    }

    fn bad_answer(&self, command: Command, why: impl Into<String>) -> ImError {
        ImError::BadAnswer { path: command.path, host: self.host().to_owned(), why: why.into() }
    }
}

impl Command {
    /// The pause between two calls in a loop.
    pub(super) async fn pace(self) {
        tokio::time::sleep(Duration::from_secs(1) / self.per_second).await;
    }
}

/// Every command that opush makes, with the limits of the reference's sections 8 and 10.
pub(crate) mod commands {
    use super::Command;

    const fn command(path: &'static str, per_second: u32) -> Command {
        Command { path, per_second }
    }

    pub(crate) const ACCOUNT_CHECK: Command = command("im_open_login_svc/account_check", 100);
    pub(crate) const KICK: Command = command("im_open_login_svc/kick", 200);
    pub(crate) const QUERY_ONLINE_STATUS: Command = command("openim/query_online_status", 200);
    pub(crate) const SENDMSG: Command = command("openim/sendmsg", 200);
    pub(crate) const NORMAL_PUSH_TRACE: Command = command("timpush/normal_push_trace", 1);
    pub(crate) const NORMAL_PUSH_LOSS: Command = command("timpush/normal_push_loss", 1);
}

/// The hosts of a region as base URLs: the main one, and the standby, which is never taken silently, because a call might
/// then arrive twice (IM reference, section 5).
pub(crate) fn hosts(region: ImRegion) -> (&'static str, &'static str) {
    match region {
        ImRegion::China => ("https://console.tim.qq.com", "https://adminapi.my-imcloud.com"),
        ImRegion::Singapore => ("https://adminapisgp.im.qcloud.com", "https://adminapisgp.my-imcloud.com"),
        ImRegion::Seoul => ("https://adminapikr.im.qcloud.com", "https://adminapikr.my-imcloud.com"),
        ImRegion::Frankfurt => ("https://adminapiger.im.qcloud.com", "https://adminapiger.my-imcloud.com"),
        ImRegion::SiliconValley => {
            ("https://adminapiusa.im.qcloud.com", "https://adminapiusa.my-imcloud.com")
        }
        ImRegion::Jakarta => ("https://adminapiidn.im.qcloud.com", "https://adminapiidn.my-imcloud.com"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use url::Url;

    #[test]
    fn every_region_has_two_hosts_of_its_own_over_https() {
        let all: BTreeSet<&str> = <ImRegion as strum::VariantArray>::VARIANTS
            .iter()
            .copied()
            .flat_map(|region| <[&str; 2]>::from(hosts(region)))
            .collect();
        assert_eq!(all.len(), 12);
        for text in all {
            assert_eq!(Url::parse(text).expect("a URL").scheme(), "https");
        }
    }
}
