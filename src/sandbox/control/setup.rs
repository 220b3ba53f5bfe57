//! One call that makes all that a test needs: an app of OPPO, an IM app with a certificate, a phone, and a user on it whose app was killed.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::app::{self, App};
use super::super::hex::hex;
use super::super::im::{self, Certificate, ImApp, Login};
use super::super::moment::Moment;
use super::super::phone::{Click, Phone};
use super::ask::Ask;
use super::refusal::{Answered, Refusal, created};
use super::types::NewPhone;
use super::with_session::with_session;

/// What is to be made; each has a value where it is not given.
#[derive(Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewSetup {
    /// The IM user; `alice` where not given.
    pub(super) user: Option<String>,
    /// The phone's name; `phone-1`, `phone-2`, … where not given.
    pub(super) phone: Option<String>,
    /// `com.example.app` where not given.
    pub(super) package: Option<String>,
    /// The channel that the app has made; `chat` where not given.
    pub(super) channel_id: Option<String>,
    /// What the app declares to be opened by a tap; opening the app where not given.
    pub(super) click: Option<Click>,
}

/// What was made. The credentials are those of simulated services, and of no other use.
#[derive(Serialize, Deserialize, JsonSchema)]
pub(super) struct SetUp {
    /// Where OPPO and the IM server are simulated; null inside a process.
    pub(super) endpoint: Option<String>,
    pub(super) app_id: String,
    pub(super) app_key: String,
    pub(super) master_secret: String,
    pub(super) package: String,
    pub(super) channel_id: String,
    pub(super) reg_id: String,
    pub(super) sdk_app_id: i64,
    pub(super) certificate_id: i64,
    /// The UserID that may call the IM server's REST API.
    pub(super) admin: String,
    /// A UserSig of the administrator, valid for 180 days.
    pub(super) user_sig: String,
    /// The key of UserSigs.
    pub(super) secret_key: String,
    pub(super) user: String,
    pub(super) phone: Phone,
}

const CERTIFICATE_ID: i64 = 7001;

pub(super) fn set_up(ask: &Ask<'_>, at: Moment<'_>) -> Answered {
    let wanted: NewSetup = ask.body()?;
    at.tx.execute_batch("SAVEPOINT setup")?;
    let made = make(ask, at, wanted);
    // What was made before something could not be is of no use.
    at.tx.execute_batch(if made.is_ok() { "RELEASE setup" } else { "ROLLBACK TO setup; RELEASE setup" })?;
    created(made?)
}

fn make(ask: &Ask<'_>, at: Moment<'_>, wanted: NewSetup) -> Result<SetUp, Refusal> {
    let (app, im_app) = new_apps(at, wanted.package)?;
    let channel_id = wanted.channel_id.unwrap_or_else(|| "chat".to_owned());
    let click = wanted.click.unwrap_or(Click::OpenApp);
    let certificate = Certificate {
        sdk_app_id: im_app.sdk_app_id,
        certificate_id: CERTIFICATE_ID,
        app_id: app.app_id.clone(),
        channel_id: Some(channel_id.clone()),
        click: match &click {
            Click::OpenApp | Click::Url | Click::Scheme(_) => im::Click::OpenApp,
            Click::Activity(class) => im::Click::Activity(class.clone()),
            Click::Intent(action) => im::Click::Intent(action.clone()),
        },
        saved_at: None,
    };
    im::set_up(at, &im_app, &[certificate])?;
    let phone = NewPhone {
        app_id: app.app_id.clone(),
        channel_id: Some(channel_id.clone()),
        click: Some(click),
        name: wanted.phone,
        ..NewPhone::default()
    };
    let phone = super::phones::make(at, &app, phone)?;
    let user = wanted.user.unwrap_or_else(|| "alice".to_owned());
    let login = Login {
        user: user.clone(),
        sdk_app_id: Some(im_app.sdk_app_id),
        certificate_id: Some(CERTIFICATE_ID),
        report: true,
    };
    im::login(at, &phone, &login)?;
    im::kill(at, &phone)?;
    Ok(SetUp {
        endpoint: ask.host.as_ref().map(|host| format!("http://{host}")),
        user_sig: im::user_sig(&im_app, &im_app.admin, ask.state.time().machine),
        app_id: app.app_id,
        app_key: app.app_key,
        master_secret: app.master_secret,
        package: app.package,
        channel_id,
        reg_id: phone.reg_id.clone(),
        sdk_app_id: im_app.sdk_app_id,
        certificate_id: CERTIFICATE_ID,
        admin: im_app.admin,
        secret_key: im_app.secret_key,
        user,
        phone: with_session(at, phone)?,
    })
}

/// Two that nobody has, by the next free numbers. Their secrets never come from a seed.
fn new_apps(at: Moment<'_>, package: Option<String>) -> Result<(App, ImApp), Refusal> {
    let (known, known_im) = (app::list(at.tx)?, im::apps(at.tx)?);
    let free = |number: &i64| {
        known.iter().all(|app| app.app_id != (31_000 + number).to_string())
            && known_im.iter().all(|app| app.sdk_app_id != 1_400_000_100 + number)
    };
    let number = (1..).find(free).unwrap_or_default();
    let secret = || hex(&rand::random::<[u8; 16]>());
    let app = App {
        app_id: (31_000 + number).to_string(),
        app_key: secret(),
        master_secret: secret(),
        package: package.unwrap_or_else(|| "com.example.app".to_owned()),
    };
    app::register(at.tx, &app)?;
    let im_app = ImApp {
        sdk_app_id: 1_400_000_100 + number,
        admin: "administrator".to_owned(),
        secret_key: secret() + &secret(),
    };
    Ok((app, im_app))
}
