//! What a diagnosis looks at: configuration, what OPPO and the IM server answered just now, and what opush has kept.
//! How it is got belongs to `gather`; what it means, to each check. The helpers here only find things in it.

mod im_server;
mod in_app;
pub(crate) mod on_phone;
mod phone;
mod received;
mod reports;

use std::time::Duration;

pub(crate) use in_app::AppSeen;

use super::finding::{Finding, Skipped};
use super::sent;
use crate::clock::Timestamp;
use crate::config::{Certificate, Profile, Region};
use crate::failure::{Problem, Remedy};
use crate::im::UserState;
use crate::im::trace::{Instance, Loss};
use crate::notification::{Refusal, refusal};
use crate::oppo::ClockDifference;
use crate::push::presence::Overruled;
use crate::push::{AppState, DecisionKind, Situation};
use crate::store::deliveries::{Delivery, Status};
use crate::store::devices::Device;
use crate::store::im_events::ImEvent;
use crate::store::receipts::Receipt;
use crate::store::reports::Report;
use on_phone::OnPhone;

/// What is asked about; at least one of the first five is given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Question {
    pub(crate) user: Option<String>,
    pub(crate) reg_id: Option<String>,
    /// A message_id of OPPO's.
    pub(crate) message_id: Option<String>,
    /// A PushID of the IM server's push service.
    pub(crate) push_id: Option<String>,
    pub(crate) certificate: Option<i64>,
    /// Which of the user's devices; else the one that reported last.
    pub(crate) device: Option<String>,
    /// A person says that the last notification was shown.
    pub(crate) seen: bool,
}

/// A question to somebody else.
#[derive(Clone, Debug)]
pub(crate) enum LiveAnswer<T> {
    Answered(T),
    /// It could not be asked, or the answer was a refusal.
    Failed(Problem),
    /// Why it was not asked: "the profile has no settings of an IM server".
    NotAsked(String),
}

impl<T> LiveAnswer<T> {
    /// The answer, for checks that have nothing to say without one.
    pub(crate) fn answered(&self) -> Result<&T, Skipped> {
        match self {
            LiveAnswer::Answered(answer) => Ok(answer),
            LiveAnswer::Failed(problem) => Err(Skipped(problem.message.clone())),
            LiveAnswer::NotAsked(why) => Err(Skipped(why.clone())),
        }
    }

    pub(crate) fn failed(&self) -> Option<&Problem> {
        match self {
            LiveAnswer::Failed(problem) => Some(problem),
            _ => None,
        }
    }
}

/// What the MasterSecret looks like, without showing it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct SecretLooks {
    pub(crate) equals_app_key: bool,
    /// It is the profile's AppSecret, where one is kept.
    pub(crate) equals_app_secret: bool,
}

/// OPPO accepted the credentials just now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct AcceptedCredentials {
    /// None if the answer had no date.
    pub(crate) clock: Option<ClockDifference>,
    pub(crate) took: Duration,
}

/// The profile and what of it is in question.
#[derive(Clone, Debug)]
pub(crate) struct Subject {
    pub(crate) profile: Profile,
    /// The certificate asked for, or that of the report, or of the push; where none was asked for and the profile lacks
    /// it, the profile's own choice. None if there is none such.
    pub(crate) certificate: Option<Certificate>,
    /// Its ID as reported or asked, whether the profile has it or not.
    pub(crate) certificate_id: Option<i64>,
    pub(crate) user: Option<String>,
    pub(crate) reg_id: Option<String>,
    /// The device in question, with its report and presence.
    pub(crate) device: Option<Device>,
    /// What a person said of its app, where the IM server says something else now.
    pub(crate) overruled: Option<Overruled>,
    /// How many other devices of the user are known.
    pub(crate) other_devices: usize,
}

/// Everything that the checks look at.
#[derive(Clone, Debug)]
pub struct Evidence {
    pub(crate) now: Timestamp,
    pub(crate) question: Question,
    /// What is wrong with the configuration; with any, nothing else could be looked at.
    pub(crate) configuration: Vec<Problem>,
    /// "opush.toml", or how the profile came about without a file.
    pub(crate) configured_by: String,
    pub(crate) subject: Option<Subject>,
    /// The app file of a flag or of the profile, if one is named.
    pub(crate) app: LiveAnswer<AppSeen>,
    /// The MasterSecret of the certificate in question.
    pub(crate) secret: LiveAnswer<SecretLooks>,
    /// A fresh auth call.
    pub(crate) credentials: LiveAnswer<AcceptedCredentials>,
    /// Whether the regId is on OPPO's list of invalid ones.
    pub(crate) on_invalid_list: LiveAnswer<bool>,
    /// Whether the user is imported at the IM server.
    pub(crate) account: LiveAnswer<bool>,
    pub(crate) im_state: LiveAnswer<UserState>,
    /// Losses of the last day, of OPPO or of no platform named.
    pub(crate) losses: LiveAnswer<Vec<Loss>>,
    /// The trace of the PushID asked about, or of the last one that a webhook reported.
    pub(crate) trace: LiveAnswer<Vec<Instance>>,
    /// A phone on a cable, where one is to be looked at.
    pub(crate) device: LiveAnswer<OnPhone>,
    /// Every report of the user, device or regId in question, the ended ones too, newest first.
    pub(crate) reports: Vec<Report>,
    /// Who holds the regId in question now.
    pub(crate) holder: Option<Report>,
    /// The last deliveries in question, newest first.
    pub(crate) deliveries: Vec<Delivery>,
    /// An earlier push to the same target with the app_message_id of the newest one.
    pub(crate) same_id: Option<Delivery>,
    /// Receipts of those deliveries, and of the regId, newest first.
    pub(crate) receipts: Vec<Receipt>,
    /// What the IM server's webhook reported of the user, newest first.
    pub(crate) events: Vec<ImEvent>,
}

impl Evidence {
    pub(crate) fn subject(&self) -> Result<&Subject, Skipped> {
        self.subject.as_ref().ok_or_else(|| Skipped::because("the configuration can't be used"))
    }

    /// The app file. Skipped where none is named or it can't be read, which `app-without-push` says.
    pub(crate) fn app(&self) -> Result<&AppSeen, Skipped> {
        self.app.answered()
    }

    /// The certificate in question, as the profile has it.
    pub(crate) fn certificate(&self) -> Result<&Certificate, Skipped> {
        let wanted = self.subject()?.certificate_id;
        match (self.certificate_at_hand(), wanted) {
            (Ok(other), Some(id)) if other.id.get() != id => {
                Err(Skipped(format!("the profile has no certificate {id}")))
            }
            (certificate, _) => certificate,
        }
    }

    /// The certificate in question, or the profile's own choice where it lacks that one: its credentials can be tried all
    /// the same.
    pub(crate) fn certificate_at_hand(&self) -> Result<&Certificate, Skipped> {
        let subject = self.subject()?;
        subject.certificate.as_ref().ok_or_else(|| match subject.certificate_id {
            Some(id) => Skipped(format!("the profile has no certificate {id}")),
            None => Skipped::because("the profile has no certificate that is meant"),
        })
    }

    pub(crate) fn user(&self) -> Result<&str, Skipped> {
        self.subject()?.user.as_deref().ok_or_else(|| Skipped::because("no user is asked about"))
    }

    pub(crate) fn reg_id(&self) -> Result<&str, Skipped> {
        self.subject()?.reg_id.as_deref().ok_or_else(|| Skipped::because("no regId is known"))
    }

    /// The auth call just now: accepted, or the code with which OPPO refused it. Skipped where no answer came.
    pub(crate) fn auth(&self) -> Result<Result<&AcceptedCredentials, i64>, Skipped> {
        match &self.credentials {
            LiveAnswer::Answered(accepted) => Ok(Ok(accepted)),
            LiveAnswer::Failed(problem) => match problem.code {
                Some(code) => Ok(Err(code)),
                None => Err(Skipped::because("OPPO could not be asked")),
            },
            LiveAnswer::NotAsked(why) => Err(Skipped(why.clone())),
        }
    }

    /// Skips what decides whether a push goes out, where the question is about one that did.
    pub(crate) fn before_the_push(&self) -> Result<(), Skipped> {
        match (&self.question.message_id, self.last_sent()) {
            (Some(_), Ok(sent)) => {
                Err(Skipped(format!("{} went out; what holds now says nothing of it", sent::name(sent))))
            }
            _ => Ok(()),
        }
    }

    /// The state of the app, as far as is known.
    pub(crate) fn standing(&self) -> Result<AppState, Skipped> {
        let device = self.subject()?.device.as_ref();
        Ok(AppState::of(device.and_then(|device| device.presence.as_ref()), self.now))
    }

    /// What one step of the offline-push rule says by itself, whatever the steps before it say: its ground, and its hint
    /// where it says no.
    pub(crate) fn step(&self, answer: DecisionKind) -> Result<Result<String, (String, Remedy)>, Skipped> {
        self.before_the_push()?;
        let subject = self.subject()?;
        let user = self.user()?;
        let certificates = crate::push::known_certificates(&subject.profile);
        let situation = Situation {
            profile: &subject.profile.name,
            user,
            device: subject.device.as_ref(),
            certificate: None,
            certificates: &certificates,
            message: crate::push::Message::default(),
            muted: false,
            now: self.now,
            force: false,
        };
        Ok(crate::push::check_step(answer, &situation))
    }

    /// The newest delivery that has its end and was meant to go out.
    pub(crate) fn last_sent(&self) -> Result<&Delivery, Skipped> {
        let sent = |delivery: &&Delivery| !matches!(delivery.status, Status::Pending | Status::NotSent);
        self.deliveries.iter().find(sent).ok_or_else(|| Skipped::because("nothing was sent to it from here"))
    }

    /// For the checks of OPPO's codes: fails where the newest delivery was refused with one of them.
    pub(crate) fn refused_with(&self, codes: &[i64], cause: &str) -> Result<Finding, Skipped> {
        let sent = self.last_sent()?;
        let Some(code) = sent.code.filter(|code| codes.contains(code)) else {
            return Ok(Finding::pass(format!("the delivery of {:.0} was not refused for it", sent.begun_at)));
        };
        let row = i32::try_from(code).ok().and_then(crate::return_codes::find);
        let words = row.map_or("", |row| row.meaning);
        let found = |words: &str, cause: &str| {
            let plain = format!("OPPO refused the last push: {words}");
            Finding::fail(format!("OPPO refused the push of {:.0}: {code}, {words}", sent.begun_at), cause)
                .plainly(plain)
        };
        // What the notification itself gives says more than the table.
        Ok(match sent::notification(sent).and_then(|given| refusal(code, &given)) {
            Some(Refusal { cause, remedy }) => found(&cause, row.map_or("", |row| row.cause)).remedy(remedy),
            None => found(words, cause),
        })
    }

    /// The newest delivery, if the certificate at hand as it is now can be blamed for it: sent with that one, and since
    /// it was saved.
    pub(crate) fn last_by_certificate(&self) -> Result<&Delivery, Skipped> {
        let last = self.last_of_app()?;
        let id = self.certificate_at_hand()?.id.get();
        match last.certificate_id.filter(|other| *other != id) {
            Some(other) => Err(Skipped(format!("{} went out with certificate {other}", sent::name(last)))),
            None => Ok(last),
        }
    }

    /// The same where only the app is to be blamed: another certificate of the app will do.
    pub(crate) fn last_of_app(&self) -> Result<&Delivery, Skipped> {
        let certificate = self.certificate_at_hand()?;
        let last = self.last_sent()?;
        let id = certificate.id.get();
        let same_app = last.app_id.as_deref().is_none_or(|app_id| app_id == certificate.app_id.value);
        if let Some(other) = last.certificate_id.filter(|other| *other != id && !same_app) {
            return Err(Skipped(format!("{} went out with certificate {other}", sent::name(last))));
        }
        match &certificate.saved_at {
            Some(saved) if last.begun_at < saved.value => Err(Skipped(format!(
                "{} went out before certificate {id} was saved at {:.0}",
                sent::name(last),
                saved.value
            ))),
            _ => Ok(last),
        }
    }

    /// What settles most doubts: a test notification that is followed. The sandbox needs no listener set up.
    pub(crate) fn probe(&self) -> Remedy {
        let sandbox = self.subject().is_ok_and(|subject| subject.profile.region.value == Region::Sandbox);
        let (sentence, rest) = match sandbox {
            true => ("send a test notification and follow it", ""),
            false => (
                "start the receipt listener, then send a test notification and wait for its receipt",
                " --callback-url <URL>",
            ),
        };
        let (user, reg_id) = (self.user(), self.reg_id());
        let about = if user.is_err() && reg_id.is_ok() { "--reg-id <REGID>" } else { "--user <USER>" };
        let known = [("USER", user), ("REGID", reg_id)];
        let known = known.into_iter().filter_map(|(gap, value)| Some((gap, value.ok()?)));
        let remedy = Remedy::say(sentence).command(format!("diagnose {about} --probe --wait 60s{rest}"));
        known.fold(remedy, |remedy, (gap, value)| remedy.with(gap, value))
    }
}
