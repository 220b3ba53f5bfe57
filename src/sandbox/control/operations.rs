//! What the control API's document says of each route: a row for each, with the types of what it takes and answers.

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Serialize;

use super::bulk::{Added, ManyPhones};
use super::log::{CallShown, Listed};
use super::setup::{NewSetup, SetUp};
use super::types::{
    AppShown, Background, ImAppShown, Info, Items, Mute, NewPhone, NewTime, PassingTime, ReportAgain, Reset,
    TappedMessage, Waited, Webhook,
};
use crate::sandbox::app::App;
use crate::sandbox::clock::ClockShown;
use crate::sandbox::faults::{Fault, NewFault, Row};
use crate::sandbox::im::webhook::Callback;
use crate::sandbox::im::{Attempt, Certificate, ImApp, Login};
use crate::sandbox::oppo::{Broadcast, Saved};
use crate::sandbox::phone::{Change, Detail, Dismissal, Message, Phone, Stage, Tap};
use crate::sandbox::pictures::PictureShown;
use crate::sandbox::receipts::Receipt;

/// Every path of the control API begins with this, so that none can be mistaken for one of OPPO's.
pub(crate) const PREFIX: &str = "/_sandbox/v1";

pub(super) type SchemaOf = fn(&mut SchemaGenerator) -> Schema;

/// A route in words and types.
#[derive(Clone, Copy)]
pub(super) struct Operation {
    pub(super) method: &'static str,
    pub(super) path: &'static str,
    pub(super) id: &'static str,
    pub(super) does: &'static str,
    pub(super) query: &'static [Parameter],
    pub(super) body: Option<SchemaOf>,
    pub(super) status: u16,
    pub(super) answer: SchemaOf,
    /// The answer's media type.
    pub(super) media: &'static str,
    /// Beside those that any request may get.
    pub(super) refusals: &'static [&'static str],
}

/// A parameter of a query.
pub(super) struct Parameter {
    pub(super) name: &'static str,
    pub(super) does: &'static str,
    pub(super) schema: SchemaOf,
}

impl Operation {
    const fn query(self, query: &'static [Parameter]) -> Operation {
        Operation { query, ..self }
    }

    const fn takes<T: JsonSchema>(self) -> Operation {
        Operation { body: Some(of::<T>), ..self }
    }

    const fn of_media(self, media: &'static str) -> Operation {
        Operation { media, ..self }
    }

    const fn created(self) -> Operation {
        Operation { status: 201, ..self }
    }

    const fn refuses(self, refusals: &'static [&'static str]) -> Operation {
        Operation { refusals, ..self }
    }
}

/// Nothing: `{}`.
#[derive(JsonSchema, Serialize)]
#[serde(deny_unknown_fields)]
struct Nothing {}

/// Any object.
#[derive(JsonSchema, Serialize)]
struct Object {}

fn of<T: JsonSchema>(generator: &mut SchemaGenerator) -> Schema {
    generator.subschema_for::<T>()
}

fn whole(_: &mut SchemaGenerator) -> Schema {
    schemars::json_schema!({ "type": "integer", "minimum": i64::MIN, "maximum": i64::MAX })
}

fn count(_: &mut SchemaGenerator) -> Schema {
    schemars::json_schema!({ "type": "integer", "minimum": 1, "maximum": 1000 })
}

fn timeout(_: &mut SchemaGenerator) -> Schema {
    schemars::json_schema!({ "type": "integer", "minimum": 0, "maximum": 600_000, "default": 10_000 })
}

fn pairs(_: &mut SchemaGenerator) -> Schema {
    schemars::json_schema!({ "type": "string", "examples": ["{\"orderId\":\"42\"}"] })
}

const fn call<A: JsonSchema>(
    method: &'static str,
    path: &'static str,
    id: &'static str,
    does: &'static str,
) -> Operation {
    Operation {
        method,
        path,
        id,
        does,
        query: &[],
        body: None,
        status: 200,
        answer: of::<A>,
        media: "application/json",
        refusals: &[],
    }
}

const fn get<A: JsonSchema>(path: &'static str, id: &'static str, does: &'static str) -> Operation {
    call::<A>("GET", path, id, does)
}

const fn post<A: JsonSchema>(path: &'static str, id: &'static str, does: &'static str) -> Operation {
    call::<A>("POST", path, id, does).takes::<Nothing>()
}

/// Something that a phone's app or its user does; answers the phone.
const fn session(path: &'static str, id: &'static str, does: &'static str) -> Operation {
    post::<Phone>(path, id, does).refuses(SESSION)
}

const fn parameter(name: &'static str, does: &'static str, schema: SchemaOf) -> Parameter {
    Parameter { name, does, schema }
}

const AFTER: Parameter = parameter("after", "Only items with a greater id.", whole);
const LIMIT: Parameter = parameter("limit", "At most so many; 100 where not given.", count);

const NO_PHONE: &[&str] = &["unknown-phone"];
const SESSION: &[&str] = &[
    "unknown-phone",
    "unknown-im-app",
    "unknown-user",
    "not-logged-in",
    "app-not-running",
    "phone-offline",
    "kicked-while-away",
    "report-refused",
    "no-reg-id",
];

macro_rules! matchers {
    ($($more:expr),*) => {
        &[
            parameter("phone", "The name of its phone.", of::<String>),
            parameter("app", "The AppID that it came from.", of::<String>),
            parameter("user", "The IM user who is logged in on its phone.", of::<String>),
            parameter("message_id", "Its message_id.", of::<String>),
            parameter("title", "Its title, whole.", of::<String>),
            parameter("content", "Its content, whole, as it was sent.", of::<String>),
            parameter("text", "A part of its title, sub-title or content.", of::<String>),
            parameter("extras", "A JSON object: each member is among the extras that a tap hands over.", pairs),
            parameter("stage", "What has become of it.", of::<Stage>),
            parameter("after", "Only messages with a greater id.", whole),
            $($more),*
        ]
    };
}

pub(super) const OPERATIONS: &[Operation] = &[
    get::<Info>("/info", "getInfo", "Which sandbox answers, its rules and its clock."),
    get::<Object>("/openapi.json", "getOpenApi", "This document."),
    post::<SetUp>(
        "/setup",
        "setUp",
        "Makes an app, a phone and a user on it, and answers all that a test needs.",
    )
    .takes::<NewSetup>()
    .created()
    .refuses(&["name-taken", "unknown-user", "report-refused"]),
    get::<Items<AppShown>>("/apps", "listApps", "The apps of OPPO, without their MasterSecrets."),
    call::<Nothing>("PUT", "/apps", "putApp", "Registers an app with OPPO, or corrects it.").takes::<App>(),
    get::<Items<Listed>>("/calls", "listCalls", "The log of calls, oldest first.").query(&[
        AFTER,
        LIMIT,
        parameter("last", "So many of the newest, in place of limit.", count),
        parameter("text", "Words that are all in it; app:, call:, code: and phone: say where.", of::<String>),
        parameter("brief", "In short: without request and answer.", of::<bool>),
    ]),
    call::<Nothing>("DELETE", "/calls", "clearCalls", "Clears the log of calls."),
    get::<CallShown>("/calls/{id}", "getCall", "A call, and what became of what it sent.")
        .refuses(&["unknown-call"]),
    get::<Items<Receipt>>(
        "/receipts",
        "listReceipts",
        "Receipts that were or are to be posted, oldest first.",
    )
    .query(&[AFTER, parameter("message_id", "Those of this push.", of::<String>), LIMIT]),
    post::<Nothing>("/reset", "reset", "Forgets what happened; with apps also what was registered.")
        .takes::<Reset>(),
    get::<ClockShown>("/clock", "getClock", "Where the sandbox's clock is."),
    call::<ClockShown>("PUT", "/clock", "setClock", "Sets the sandbox's clock; it runs on from there.")
        .takes::<NewTime>(),
    call::<ClockShown>("DELETE", "/clock", "followClock", "Lets it follow the machine's clock again."),
    post::<ClockShown>("/clock/advance", "advanceClock", "Lets so much time pass.").takes::<PassingTime>(),
    get::<Items<Phone>>("/phones", "listPhones", "The phones.").query(&[
        parameter("app_id", "Those of this app.", of::<String>),
        parameter("text", "Those with this text in name, regId or user; at most 100.", of::<String>),
        parameter("limit", "So many of the first.", count),
    ]),
    post::<Phone>(
        "/phones",
        "addPhone",
        "Adds a phone on which pushes of the app work, but for what is given.",
    )
    .takes::<NewPhone>()
    .created()
    .refuses(&["unknown-app", "name-taken"]),
    post::<Added>("/phones/bulk", "addPhones", "Adds phones that differ in their regIds alone.")
        .takes::<ManyPhones>()
        .created()
        .refuses(&["unknown-app"]),
    get::<Detail>(
        "/phones/{name}",
        "getPhone",
        "A phone, what it shows, what waits for it and what it lost.",
    )
    .refuses(NO_PHONE),
    call::<Phone>("PATCH", "/phones/{name}", "changePhone", "Changes what is given.")
        .takes::<Change>()
        .refuses(NO_PHONE),
    call::<Nothing>("DELETE", "/phones/{name}", "removePhone", "Removes it.").refuses(NO_PHONE),
    post::<Phone>("/phones/{name}/register", "registerPhone", "Its app registers anew: another regId.")
        .refuses(NO_PHONE),
    post::<Tap>("/phones/{name}/tap", "tap", "Taps a notification, the newest where none is named.")
        .takes::<TappedMessage>()
        .refuses(NO_PHONE),
    post::<Dismissal>("/phones/{name}/dismiss", "dismiss", "Swipes a notification away.")
        .takes::<TappedMessage>()
        .refuses(NO_PHONE),
    session("/phones/{name}/login", "logIn", "Logs a user in.").takes::<Login>(),
    session("/phones/{name}/logout", "logOut", "Logs the user out."),
    session("/phones/{name}/open", "openApp", "Opens the app, or brings it to the foreground."),
    session("/phones/{name}/background", "hideApp", "Hides the app.").takes::<Background>(),
    session("/phones/{name}/kill", "killApp", "Ends the app's process."),
    session("/phones/{name}/report", "reportRegId", "Reports the regId of now.").takes::<ReportAgain>(),
    session("/phones/{name}/elapse", "elapse", "Lets time pass for the login and its report alone.")
        .takes::<PassingTime>(),
    get::<Items<Fault>>("/faults", "listFaults", "The faults that are set."),
    get::<Items<Row>>("/faults/known", "listKnownFaults", "Every fault that can be set."),
    post::<Fault>("/faults", "setFault", "Sets a fault.")
        .takes::<NewFault>()
        .created()
        .refuses(&["unknown-app"]),
    call::<Nothing>("DELETE", "/faults", "clearFaults", "Clears all faults."),
    call::<Nothing>("DELETE", "/faults/{id}", "clearFault", "Clears one fault.").refuses(&["unknown-fault"]),
    get::<Items<ImAppShown>>("/im/apps", "listImApps", "The IM apps, without their keys."),
    call::<Nothing>("PUT", "/im/apps", "putImApp", "Registers an IM app, or corrects it.").takes::<ImApp>(),
    get::<Items<Certificate>>("/im/certificates", "listCertificates", "The IM server's certificates."),
    call::<Nothing>("PUT", "/im/certificates", "putCertificate", "Adds a certificate, or edits it.")
        .takes::<Certificate>()
        .refuses(&["unknown-app", "unknown-im-app"]),
    call::<Nothing>(
        "DELETE",
        "/im/certificates/{sdk_app_id}/{id}",
        "deleteCertificate",
        "Deletes a certificate.",
    )
    .refuses(&["unknown-certificate"]),
    get::<Webhook>(
        "/im/webhook",
        "getWebhook",
        "Where the IM server posts its callbacks, its secret masked.",
    ),
    call::<Nothing>("PUT", "/im/webhook", "putWebhook", "Sets where it posts them; null is nowhere.")
        .takes::<Webhook>(),
    get::<Items<Callback>>(
        "/im/callbacks",
        "listCallbacks",
        "Callbacks that were or are to be posted, oldest first.",
    )
    .query(&[AFTER, LIMIT]),
    call::<Nothing>("PUT", "/im/mutes", "setMute", "Whether a user hears a sender.").takes::<Mute>(),
    get::<Items<Attempt>>("/pushes", "listPushes", "What the IM server decided for each message and phone.")
        .query(&[AFTER, LIMIT, parameter("user", "Those to this user.", of::<String>)]),
    get::<Items<Saved>>("/saved", "listSaved", "Messages that were saved for broadcasts, oldest first.")
        .query(&[AFTER, LIMIT]),
    get::<Items<Broadcast>>(
        "/broadcasts",
        "listBroadcasts",
        "Broadcasts, each with its targets and what it counts, oldest first.",
    )
    .query(&[AFTER, LIMIT]),
    get::<Items<PictureShown>>("/pictures", "listPictures", "Pictures that were uploaded, oldest first.")
        .query(&[AFTER, LIMIT]),
    get::<Vec<u8>>("/pictures/{id}", "getPicture", "The bytes of a picture that a sender uploaded.")
        .of_media("image/*")
        .refuses(&["no-such-picture"]),
    get::<Items<Message>>("/messages", "listMessages", "What OPPO took for a phone, oldest first.")
        .query(matchers!(parameter("last", "So many of the newest.", count))),
    get::<Waited>(
        "/messages/wait",
        "waitForMessage",
        "The newest message that matches, as soon as there is one.",
    )
    .query(matchers!(parameter("timeout_ms", "How long to wait.", timeout)))
    .refuses(&["no-match", "too-many-waiters"]),
    get::<String>(
        "/events",
        "followEvents",
        "What happens, as server-sent events, for as long as it is read.",
    )
    .query(&[parameter("after", "The id of the event to go on from.", of::<String>)])
    .of_media("text/event-stream"),
    call::<Nothing>(
        "POST",
        "/session",
        "openSession",
        "Answers with a cookie to send in place of the bearer token.",
    ),
];

/// Every refusal of the control API: its id, its status, what it means.
pub(super) const REFUSALS: &[(&str, u16, &str)] = &[
    ("bad-path", 400, "a name in the path is not one"),
    ("bad-query", 400, "a parameter is unknown, is there twice, or has no value that it can have"),
    ("bad-body", 400, "not JSON, an unknown field, a wrong type, broken off"),
    ("bad-value", 400, "a field is out of range: `fields` has all flaws"),
    ("unauthorized", 401, "the bearer token is missing or wrong"),
    ("forbidden-host", 403, "the Host header is neither an address nor an allowed name"),
    ("forbidden-origin", 403, "another web page asks"),
    ("no-such-path", 404, "there is no such path"),
    ("unknown-app", 404, "no such app of OPPO"),
    ("unknown-im-app", 404, "no such IM app"),
    ("unknown-phone", 404, "no such phone"),
    ("unknown-user", 404, "no such IM user"),
    ("unknown-call", 404, "the log has no such call"),
    ("no-such-picture", 404, "no picture has this id, or it was forgotten"),
    ("unknown-certificate", 404, "no such certificate"),
    ("unknown-fault", 404, "no such fault"),
    ("method-not-allowed", 405, "this path does not take that method"),
    ("no-match", 408, "no message matched in time"),
    ("too-slow", 408, "the body did not arrive in time"),
    ("name-taken", 409, "a phone has that name"),
    ("not-logged-in", 409, "no user is logged in on the phone"),
    ("app-not-running", 409, "the app was killed"),
    ("phone-offline", 409, "the phone has no network"),
    ("kicked-while-away", 409, "the login fails once, as the user was kicked while away"),
    ("report-refused", 409, "the certificate ID of the report is not one"),
    ("no-reg-id", 409, "the app is not registered for push"),
    ("too-large", 413, "the body is too large"),
    ("internal", 500, "the sandbox itself failed, say because its disk is full"),
    ("no-tunnel", 502, "with --pass-others, the other host can't be reached"),
    ("too-many-waiters", 503, "as many wait for a message as may"),
];

/// What any request may get.
pub(super) const COMMON: &[&str] = &[
    "bad-path",
    "bad-query",
    "bad-body",
    "bad-value",
    "unauthorized",
    "forbidden-host",
    "forbidden-origin",
    "too-slow",
    "too-large",
    "internal",
];
