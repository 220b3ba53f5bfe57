//! The control API's client: for a running sandbox by its address, or for one inside this process.

use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::log::CallShown;
use super::token::ControlToken;
use super::transport::{ControlError, Question, Transport};
use super::types::{Background, Items, NewPhone, NewTime, PassingTime, ReportAgain, Reset, TappedMessage};
use crate::sandbox::app::App;
use crate::sandbox::clock::ClockShown;
use crate::sandbox::faults::{Fault, NewFault};
use crate::sandbox::http::calls::LoggedCall;
use crate::sandbox::im::{Attempt, Certificate, ImApp, Login};
use crate::sandbox::phone::{Change, Detail, Dismissal, Message, Phone, Tap, Wanted};

/// Calls of the log in one answer.
const CALLS: usize = 50;

/// A sandbox that this process talks to.
pub(crate) struct Control {
    transport: Transport,
}

pub(super) type Answer<T> = Result<T, ControlError>;

impl Control {
    /// The sandbox that listens at this address, such as `http://127.0.0.1:8765`, and its token if it has one.
    pub(crate) fn new(url: &str, token: Option<ControlToken>) -> Control {
        Control { transport: Transport::http(url, token) }
    }

    /// A sandbox in this process, without a socket.
    pub(crate) fn embedded(state: std::sync::Arc<crate::sandbox::state::State>) -> Control {
        Control { transport: Transport::embedded(state) }
    }

    /// Registers an app with the simulated OPPO, or corrects it.
    pub(crate) async fn put_app(&self, app: &App) -> Answer<()> {
        self.done("PUT", "/apps", app).await
    }

    pub(crate) async fn phones(&self) -> Answer<Vec<Phone>> {
        self.items("/phones", &[]).await
    }

    pub(crate) async fn add_phone(&self, phone: &NewPhone) -> Answer<Phone> {
        self.send("POST", "/phones", phone).await
    }

    pub(crate) async fn phone(&self, name: &str) -> Answer<Detail> {
        self.get(&of_phone(name, "")?, &[]).await
    }

    pub(crate) async fn change_phone(&self, name: &str, change: &Change) -> Answer<Phone> {
        self.send("PATCH", &of_phone(name, "")?, change).await
    }

    pub(crate) async fn remove_phone(&self, name: &str) -> Answer<()> {
        self.done("DELETE", &of_phone(name, "")?, &Map::new()).await
    }

    /// Registers the phone's app anew: another regId.
    pub(crate) async fn register_phone(&self, name: &str) -> Answer<Phone> {
        self.send("POST", &of_phone(name, "/register")?, &Map::new()).await
    }

    /// Taps a notification, the newest where none is named.
    pub(crate) async fn tap(&self, name: &str, message_id: Option<&str>) -> Answer<Tap> {
        self.send("POST", &of_phone(name, "/tap")?, &tapped(message_id)).await
    }

    /// Swipes a notification away, the newest where none is named.
    pub(crate) async fn dismiss(&self, name: &str, message_id: Option<&str>) -> Answer<Dismissal> {
        self.send("POST", &of_phone(name, "/dismiss")?, &tapped(message_id)).await
    }

    /// Logs a user in on the phone; the app comes to the foreground and reports its regId.
    pub(crate) async fn login(&self, name: &str, login: &Login) -> Answer<Phone> {
        self.send("POST", &of_phone(name, "/login")?, login).await
    }

    pub(crate) async fn logout(&self, name: &str) -> Answer<Phone> {
        self.send("POST", &of_phone(name, "/logout")?, &Map::new()).await
    }

    /// Opens the phone's app, or brings it back to the foreground.
    pub(crate) async fn open(&self, name: &str) -> Answer<Phone> {
        self.send("POST", &of_phone(name, "/open")?, &Map::new()).await
    }

    /// Hides the app; with `do_background` it tells the IM server so.
    pub(crate) async fn background(&self, name: &str, do_background: bool) -> Answer<Phone> {
        self.send("POST", &of_phone(name, "/background")?, &Background { do_background }).await
    }

    pub(crate) async fn kill(&self, name: &str) -> Answer<Phone> {
        self.send("POST", &of_phone(name, "/kill")?, &Map::new()).await
    }

    /// The app reports its regId again, with this certificate ID or with none.
    pub(crate) async fn report(&self, name: &str, certificate_id: Option<i64>) -> Answer<Phone> {
        self.send("POST", &of_phone(name, "/report")?, &ReportAgain { certificate_id }).await
    }

    /// So much time is to have passed since what happened to the phone's login last.
    pub(crate) async fn elapse(&self, name: &str, by: Duration) -> Answer<Phone> {
        self.send("POST", &of_phone(name, "/elapse")?, &passing(by)).await
    }

    /// Sets a fault; it strikes until it is spent or cleared.
    pub(crate) async fn set_fault(&self, fault: &NewFault) -> Answer<Fault> {
        self.send("POST", "/faults", fault).await
    }

    pub(crate) async fn faults(&self) -> Answer<Vec<Fault>> {
        self.items("/faults", &[]).await
    }

    /// Clears one fault, or all of them.
    pub(crate) async fn clear_faults(&self, id: Option<i64>) -> Answer<()> {
        let path = id.map_or_else(|| "/faults".to_owned(), |id| format!("/faults/{id}"));
        self.done("DELETE", &path, &Map::new()).await
    }

    /// Registers an IM app with the simulated IM server, or corrects it.
    pub(crate) async fn put_im_app(&self, app: &ImApp) -> Answer<()> {
        self.done("PUT", "/im/apps", app).await
    }

    /// Adds a certificate to the IM server's, or edits the one of that ID.
    pub(crate) async fn put_im_certificate(&self, certificate: &Certificate) -> Answer<()> {
        self.done("PUT", "/im/certificates", certificate).await
    }

    pub(crate) async fn im_certificates(&self) -> Answer<Vec<Certificate>> {
        self.items("/im/certificates", &[]).await
    }

    pub(crate) async fn delete_im_certificate(&self, sdk_app_id: i64, certificate_id: i64) -> Answer<()> {
        self.done("DELETE", &format!("/im/certificates/{sdk_app_id}/{certificate_id}"), &Map::new()).await
    }

    /// What the IM server decided after the attempt of that id, oldest first; at most 1000.
    pub(crate) async fn pushes(
        &self,
        after: Option<i64>,
        user: Option<&str>,
        limit: usize,
    ) -> Answer<Vec<Attempt>> {
        let mut query = vec![("limit", limit.to_string())];
        query.extend(after.map(|after| ("after", after.to_string())));
        query.extend(user.map(|user| ("user", user.to_owned())));
        self.items("/pushes", &query).await
    }

    /// What OPPO took for phones and matches, oldest first.
    pub(crate) async fn messages(&self, wanted: &Wanted) -> Answer<Vec<Message>> {
        self.items("/messages", &query(wanted)).await
    }

    /// The newest message that matches, as soon as there is one; `None` when the time ran out (ten minutes at most).
    pub(crate) async fn wait(&self, wanted: &Wanted, timeout: Duration) -> Answer<Option<Message>> {
        let mut query = query(wanted);
        query.push(("timeout_ms", timeout.as_millis().to_string()));
        let question =
            Question { method: "GET", path: "/messages/wait", query: &query, body: None, patience: timeout };
        match self.transport.send(&question).await {
            Ok(body) => self.parse(&body).map(Some),
            Err(ControlError::Refused { id, .. }) if id == "no-match" => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Calls of the log after the one of that id, oldest first; with `last`, so many of the newest.
    pub(crate) async fn calls(&self, mut after: i64, last: Option<u16>) -> Answer<Vec<LoggedCall>> {
        if let Some(last) = last {
            after = after.max(self.newest_call().await? - i64::from(last));
        }
        let mut found = Vec::new();
        // In pages: the requests in it may be long.
        loop {
            let query = [("after", after.to_string()), ("limit", CALLS.to_string())];
            let page: Vec<LoggedCall> = self.items("/calls", &query).await?;
            let (count, end) = (page.len(), page.last().map_or(after, |call| call.id));
            found.extend(page);
            if count < CALLS {
                return Ok(found);
            }
            after = end;
        }
    }

    /// The call of that id, and what it made.
    pub(crate) async fn call(&self, id: i64) -> Answer<CallShown> {
        self.get(&format!("/calls/{id}"), &[]).await
    }

    /// The id of the newest call of the log; 0 where there is none.
    pub(crate) async fn newest_call(&self) -> Answer<i64> {
        let newest: Vec<LoggedCall> = self.items("/calls", &[("last", "1".to_owned())]).await?;
        Ok(newest.first().map_or(0, |call| call.id))
    }

    pub(crate) async fn clock(&self) -> Answer<ClockShown> {
        self.get("/clock", &[]).await
    }

    /// Sets the sandbox's clock to this time, in milliseconds; it runs on from there.
    pub(crate) async fn set_clock(&self, now: i64) -> Answer<ClockShown> {
        self.send("PUT", "/clock", &NewTime { now }).await
    }

    pub(crate) async fn advance_clock(&self, by: Duration) -> Answer<ClockShown> {
        self.send("POST", "/clock/advance", &passing(by)).await
    }

    /// The sandbox's clock is the machine's again.
    pub(crate) async fn follow_clock(&self) -> Answer<ClockShown> {
        self.send("DELETE", "/clock", &Map::new()).await
    }

    /// Starts anew; the registered apps stay unless they are to go too.
    pub(crate) async fn reset(&self, apps: bool) -> Answer<()> {
        self.done("POST", "/reset", &Reset { apps }).await
    }

    pub(super) async fn get<T: DeserializeOwned>(&self, path: &str, query: &[(&str, String)]) -> Answer<T> {
        let question = Question { method: "GET", path, query, body: None, patience: Duration::ZERO };
        self.parse(&self.transport.send(&question).await?)
    }

    pub(super) async fn items<T: DeserializeOwned>(
        &self,
        path: &str,
        query: &[(&str, String)],
    ) -> Answer<Vec<T>> {
        let list: Items<T> = self.get(path, query).await?;
        Ok(list.items)
    }

    async fn send<T: DeserializeOwned>(
        &self,
        method: &'static str,
        path: &str,
        body: &impl Serialize,
    ) -> Answer<T> {
        let body = serde_json::to_vec(body).map_err(|error| self.transport.unreadable(error.to_string()))?;
        let question = Question { method, path, query: &[], body: Some(body), patience: Duration::ZERO };
        self.parse(&self.transport.send(&question).await?)
    }

    pub(super) async fn done(&self, method: &'static str, path: &str, body: &impl Serialize) -> Answer<()> {
        self.send::<Map<String, Value>>(method, path, body).await.map(drop)
    }

    fn parse<T: DeserializeOwned>(&self, body: &[u8]) -> Answer<T> {
        serde_json::from_slice(body).map_err(|error| self.transport.unreadable(error.to_string()))
    }
}

fn passing(by: Duration) -> PassingTime {
    PassingTime { by_ms: i64::try_from(by.as_millis()).unwrap_or(i64::MAX) }
}

fn tapped(message_id: Option<&str>) -> TappedMessage {
    TappedMessage { message_id: message_id.map(str::to_owned) }
}

/// A path below a phone. A name that a URL can't carry is one that no phone has.
fn of_phone(name: &str, below: &str) -> Answer<String> {
    if matches!(name, "" | "." | "..") {
        let message = format!("there is no phone {name:?}");
        return Err(ControlError::Refused { id: "unknown-phone".to_owned(), message, fields: Vec::new() });
    }
    let encoded: String = url::form_urlencoded::byte_serialize(name.as_bytes()).collect();
    Ok(format!("/phones/{}{below}", encoded.replace('+', "%20")))
}

pub(super) fn query(wanted: &Wanted) -> Vec<(&'static str, String)> {
    let Wanted { phone, message_id, title, content, stage, app, user, text, extras, after } = wanted;
    let texts = [
        ("phone", phone),
        ("message_id", message_id),
        ("title", title),
        ("content", content),
        ("app", app),
        ("user", user),
        ("text", text),
    ];
    let given = texts.into_iter().filter_map(|(key, value)| value.clone().map(|value| (key, value)));
    given
        .chain(stage.map(|stage| ("stage", stage.as_str().to_owned())))
        .chain((!extras.is_empty()).then(|| ("extras", Value::Object(extras.clone()).to_string())))
        .chain(after.map(|after| ("after", after.to_string())))
        .collect()
}
