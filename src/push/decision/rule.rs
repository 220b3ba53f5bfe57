//! The offline-push rule: its steps in the IM server's order, each with the name of its "no" (IM reference, section 4.4).
//! docs/offline-push.md is made from this table.

use schemars::JsonSchema;
use serde::Serialize;

use super::situation::{AppState, Situation};
use crate::failure::Remedy;
use crate::store::reports::Report;

/// What the rule decides. Names are stable; the order is that of the rule.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[derive(strum::Display, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum DecisionKind {
    /// The message asks for no offline push.
    PushDisabledBySender,
    /// The message has nothing that a notification could show.
    NothingToShow,
    /// The user logged out.
    LoggedOut,
    /// Another login ended the user's.
    Kicked,
    /// The app was away for seven days, which ends the login.
    #[serde(rename = "expired-7-days")]
    #[strum(serialize = "expired-7-days")]
    Expired,
    /// The app is online, so the message itself reaches it.
    Online,
    /// The user muted the conversation.
    Muted,
    /// No token was reported for the device.
    NoReport,
    /// The report names a certificate that the profile does not have.
    CertificateMissing,
    /// The certificate was saved less than ten minutes ago.
    CertificateNotYetActive,
    /// Nothing is against a push.
    #[default]
    Push,
}

impl DecisionKind {
    pub fn name(self) -> &'static str {
        self.into()
    }
}

/// What a step found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StepFinding {
    /// Nothing against a push, and on what ground.
    Passes(String),
    Stops {
        ground: String,
        hint: Remedy,
    },
}

/// One step: a question, and the decision if it says no.
#[derive(Clone)]
pub struct Step {
    pub decision: DecisionKind,
    /// When it says no, in a few words.
    pub when: &'static str,
    /// What a person does about it.
    pub remedy: Remedy,
    /// `--force` ignores it: it is about timing or presence only.
    pub overridable: bool,
    /// How a person gets to see it, without the IM server.
    pub seen_with: &'static str,
    pub check: fn(&Situation<'_>) -> StepFinding,
}

impl std::fmt::Debug for Step {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.decision.name())
    }
}

/// The rule in use. The first step that says no decides; where none does, the decision is push.
pub const RULE: &[Step] = &[
    Step {
        decision: DecisionKind::PushDisabledBySender,
        when: "the sender wants no push: PushFlag 1, OnlineOnlyFlag 1 or MsgLifeTime 0",
        remedy: Remedy::say("send without that flag"),
        overridable: false,
        seen_with: "`presence explain --push-flag 1`, `--online-only` or `--life-time 0s`; never with `send`, which always wants a push",
        check: |situation| match situation.message.wants_no_push {
            true => stops(
                "the sender wants no push",
                "send without PushFlag 1, OnlineOnlyFlag 1 and MsgLifeTime 0",
            ),
            false => passes("the message wants a push"),
        },
    },
    Step {
        decision: DecisionKind::NothingToShow,
        when: "the message is a single custom element without Desc",
        remedy: Remedy::say("give it a Desc"),
        overridable: false,
        seen_with: "`presence explain --custom-only`; never with `send`, which always has a title",
        check: |situation| match situation.message.shows_nothing {
            true => stops("the message is a custom element without Desc", "give it a Desc"),
            false => passes("the message has something to show"),
        },
    },
    Step {
        decision: DecisionKind::LoggedOut,
        when: "the user is not logged in on this device: a logout, or the IM server says Offline and not why",
        remedy: Remedy::say("log in"),
        overridable: true,
        seen_with: "`presence set … logged-out`",
        check: |situation| match (situation.presence(), situation.app_state()) {
            (Some(seen), state @ AppState::NotLoggedIn) => stops(
                format!("{} is not logged in, {} ({})", who(situation), seen.facts(), state.both_words()),
                log_in(situation),
            ),
            _ => ended(situation, AppState::LoggedOut, "logged out"),
        },
    },
    Step {
        decision: DecisionKind::Kicked,
        when: "another device's login, or the REST API, kicked this one",
        remedy: Remedy::say("log in again; `multi_device` says how many devices may be logged in"),
        overridable: true,
        seen_with: "`presence set … kicked`, or `online` on another device",
        check: |situation| ended(situation, AppState::Kicked, "was kicked"),
    },
    Step {
        decision: DecisionKind::Expired,
        when: "the connection ended seven days ago or earlier, with no login since",
        remedy: Remedy::say("open the app once"),
        overridable: true,
        seen_with: "`presence set … killed`, seven days later",
        check: expired,
    },
    Step {
        decision: DecisionKind::Online,
        when: "the app is connected and did not call doBackground; the message reaches it directly",
        remedy: Remedy::say("kill the app, or let it call doBackground"),
        overridable: true,
        seen_with: "`presence set … online`",
        check: online,
    },
    Step {
        decision: DecisionKind::Muted,
        when: "the receiver muted the conversation; only the IM server knows",
        remedy: Remedy::say("unmute it on the receiver's phone"),
        overridable: false,
        seen_with: "`presence explain --muted`; never with `send`, which can not know",
        check: |situation| match situation.muted {
            true => stops("the receiver muted the conversation", "unmute it on the receiver's phone"),
            false => passes("the conversation is not known to be muted"),
        },
    },
    Step {
        decision: DecisionKind::NoReport,
        when: "the device has no current token report",
        remedy: Remedy::run(
            "let the app report after its login; where opush does not hear of it, say what it reported",
            "token report --user <USER> --certificate <ID> --reg-id <REGID>",
        ),
        overridable: false,
        seen_with: "a user who reported nothing",
        check: no_report,
    },
    Step {
        decision: DecisionKind::CertificateMissing,
        when: "the profile has no certificate of the reported ID",
        remedy: Remedy::say("add it again, or report with one that exists"),
        overridable: false,
        seen_with: "`cert remove` of the reported one",
        check: certificate_missing,
    },
    Step {
        decision: DecisionKind::CertificateNotYetActive,
        when: "the certificate was saved less than 10 minutes ago",
        remedy: Remedy::say("wait"),
        overridable: true,
        seen_with: "`cert add`, until 10 minutes later",
        check: certificate_not_yet_active,
    },
];

fn passes(ground: impl Into<String>) -> StepFinding {
    StepFinding::Passes(ground.into())
}

fn stops(ground: impl Into<String>, hint: impl Into<Remedy>) -> StepFinding {
    StepFinding::Stops { ground: ground.into(), hint: hint.into() }
}

/// "user bob" or "user bob, device phone".
fn who(situation: &Situation<'_>) -> String {
    match situation.device {
        Some(device) => format!("user {}, device {},", situation.user, device.name),
        None => format!("user {}", situation.user),
    }
}

fn log_in(situation: &Situation<'_>) -> Remedy {
    format!("user {} logs in again in the app", situation.user).into()
}

/// The remedy with the user and the device in its command.
fn for_device(remedy: Remedy, situation: &Situation<'_>) -> Remedy {
    let device = situation.device.map(|device| &device.name);
    remedy.with("USER", situation.user).flag("--device", device)
}

fn ended(situation: &Situation<'_>, state: AppState, verb: &str) -> StepFinding {
    match situation.presence() {
        Some(presence) if situation.app_state() == state => {
            let reason = presence.reason.as_ref().map(|reason| format!(": {reason}")).unwrap_or_default();
            let (who, facts) = (who(situation), presence.facts().replacen("since", "at", 1));
            stops(format!("{who} {verb} {facts}{reason} ({})", state.both_words()), log_in(situation))
        }
        _ => passes(format!("it is not known that it {verb}")),
    }
}

fn expired(situation: &Situation<'_>) -> StepFinding {
    let state = situation.app_state();
    let Some(presence) = situation.presence() else { return passes("not away, as far as is known") };
    let away = match presence.disconnected_at {
        Some(at) => format!("since {at:.0}"),
        None => format!("at {:.0} already", presence.seen_at),
    };
    match state {
        AppState::Expired => stops(
            format!(
                "{} was away {away}: more than 7 days without a connection end the login ({})",
                who(situation),
                state.both_words()
            ),
            format!("user {} opens the app once", situation.user),
        ),
        AppState::Killed => passes(format!("away {away}, less than 7 days")),
        _ => passes("not away, as far as is known"),
    }
}

fn online(situation: &Situation<'_>) -> StepFinding {
    let state = situation.app_state();
    let facts = situation.presence().map(|presence| format!(" {}", presence.facts())).unwrap_or_default();
    let words = state.both_words();
    match state {
        AppState::Online => stops(
            format!(
                "the app of {} is online{facts} ({words}), and gets the message itself",
                who(situation).trim_end_matches(',')
            ),
            "kill the app on the phone, or let it call doBackground",
        ),
        AppState::Background => passes(format!("connected, and it called doBackground ({words})")),
        AppState::Unknown => passes("the app's state is unknown: none was recorded"),
        _ => passes(format!("not connected ({words})")),
    }
}

fn no_report(situation: &Situation<'_>) -> StepFinding {
    if let Some(report) = situation.report() {
        let (id, reg_id) = (report.certificate_id, &report.reg_id);
        return passes(format!("certificate {id} and regId {reg_id} were reported"));
    }
    let which = situation.certificate.map(|id| format!(" with certificate {id}")).unwrap_or_default();
    stops(
        format!(
            "{} has no token report{which} in profile {}",
            who(situation).trim_end_matches(','),
            situation.profile
        ),
        for_device(
            Remedy::run(
                "let the app report after its login; where opush does not hear of it, say what it reported",
                "token report --user <USER> --certificate <ID> --reg-id <REGID>",
            )
            .fill("ID", the_certificate(situation)),
            situation,
        ),
    )
}

/// The one that was named, or the only one that there is.
fn the_certificate(situation: &Situation<'_>) -> Option<i64> {
    let only = match situation.certificates {
        [only] => Some(only.id),
        _ => None,
    };
    situation.certificate.or(only)
}

fn certificate_missing(situation: &Situation<'_>) -> StepFinding {
    let Some(report) = situation.report() else { return passes("nothing was reported") };
    let id = report.certificate_id;
    if situation.certificates.iter().any(|known| known.id == id) {
        return passes(format!("profile {} has certificate {id}", situation.profile));
    }
    let user = &report.user;
    stops(
        format!("user {user} reported certificate {id}, which profile {} does not have", situation.profile),
        Remedy::run("add it again, or report with one that exists", "cert add --id <ID>").with("ID", id),
    )
}

fn certificate_not_yet_active(situation: &Situation<'_>) -> StepFinding {
    let known = |report: &Report| {
        let id = report.certificate_id;
        situation.certificates.iter().find(|known| known.id == id).copied()
    };
    let Some(certificate) = situation.report().and_then(known) else {
        return passes("there is no certificate to wait for");
    };
    let id = certificate.id;
    let active_at =
        certificate.saved_at.and_then(|saved| saved.checked_add(crate::config::TAKES_EFFECT_AFTER).ok());
    match active_at {
        Some(active_at) if situation.now < active_at => stops(
            format!(
                "certificate {id} was saved less than 10 minutes ago; the IM server uses it from {active_at:.0} on"
            ),
            "wait until then, or add --force; OPPO itself does not wait, so a push to the regId goes out at once",
        ),
        Some(active_at) => passes(format!("certificate {id} is active since {active_at:.0}")),
        None => passes(format!("certificate {id} has no saved_at, and counts as active")),
    }
}
