//! The offline-push rule: its steps in the IM server's order, each with the name of its "no" (IM reference, section 4.4).
//! How they are walked belongs to `decision`; docs/offline-push.md is made from this table.

use super::situation::{Situation, Standing};
use super::{Finding, mutation};
use crate::failure::Remedy;
use crate::store::presence::ToldBy;
use crate::store::reports::Report;

macro_rules! answers {
    ($($variant:ident = $name:literal,)*) => {
        /// What the rule answers. Names are stable.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Answer { $($variant,)* }

        impl Answer {
            /// Every answer, in the order of the rule.
            pub(crate) const ALL: &'static [Answer] = &[$(Answer::$variant,)*];

            pub fn name(self) -> &'static str {
                match self { $(Answer::$variant => $name,)* }
            }
        }
    };
}

answers! {
    PushDisabledBySender = "push-disabled-by-sender",
    NothingToShow = "nothing-to-show",
    LoggedOut = "logged-out",
    Kicked = "kicked",
    Expired = "expired-7-days",
    Online = "online",
    Muted = "muted",
    NoReport = "no-report",
    CertificateMissing = "certificate-missing",
    CertificateNotYetActive = "certificate-not-yet-active",
    Push = "push",
}

/// One step: a question, and the answer if it says no.
pub struct Step {
    pub answer: Answer,
    /// When it says no, in a few words.
    pub when: &'static str,
    /// What a person does about it.
    pub remedy: Remedy,
    /// `--force` goes past it: it is about timing or presence only.
    pub overridable: bool,
    /// How a person gets to see it, without the IM server.
    pub seen_with: &'static str,
    ask: fn(&Situation<'_>) -> Finding,
}

impl Step {
    pub(super) fn ask(&self, situation: &Situation<'_>) -> Finding {
        (self.ask)(situation)
    }
}

impl std::fmt::Debug for Step {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.answer.name())
    }
}

/// The rule. The first step that says no decides; where none does, the answer is push.
pub const RULE: &[Step] = &[
    Step {
        answer: Answer::PushDisabledBySender,
        when: "the sender wants no push: PushFlag 1, OnlineOnlyFlag 1 or MsgLifeTime 0",
        remedy: Remedy::say("send without that flag"),
        overridable: false,
        seen_with: "`presence explain --push-flag 1`, `--online-only` or `--life-time 0s`; never with `send`, whose notification wants a push",
        ask: |situation| match situation.message.wants_no_push {
            true => stops(
                "the sender wants no push",
                "send without PushFlag 1, OnlineOnlyFlag 1 and MsgLifeTime 0",
            ),
            false => passes("the message wants a push"),
        },
    },
    Step {
        answer: Answer::NothingToShow,
        when: "the message is a single custom element without Desc",
        remedy: Remedy::say("give it a Desc"),
        overridable: false,
        seen_with: "`presence explain --custom-only`; never with `send`, whose notification has a title",
        ask: |situation| match situation.message.shows_nothing {
            true => stops("the message is a custom element without Desc", "give it a Desc"),
            false => passes("the message has something to show"),
        },
    },
    Step {
        answer: Answer::LoggedOut,
        when: "the user logged out on this device",
        remedy: Remedy::say("log in"),
        overridable: true,
        seen_with: "`presence set … logged-out`",
        ask: |situation| ended(situation, Standing::LoggedOut, "logged out"),
    },
    Step {
        answer: Answer::Kicked,
        when: "another device's login, or the REST API, kicked this one",
        remedy: Remedy::say("log in again; `multi_device` says how many devices may be logged in"),
        overridable: true,
        seen_with: "`presence set … kicked`, or `online` on another device",
        ask: |situation| ended(situation, Standing::Kicked, "was kicked"),
    },
    Step {
        answer: Answer::Expired,
        when: "the connection ended seven days ago or earlier, and nobody logged in since",
        remedy: Remedy::say("open the app once"),
        overridable: true,
        seen_with: "`presence set … killed`, seven days later",
        ask: expired,
    },
    Step {
        answer: Answer::Online,
        when: "the app is connected and did not call doBackground; the message reaches it directly",
        remedy: Remedy::say("kill the app, or let it call doBackground"),
        overridable: true,
        seen_with: "`presence set … online`",
        ask: online,
    },
    Step {
        answer: Answer::Muted,
        when: "the receiver muted the conversation; only the IM server knows",
        remedy: Remedy::say("unmute it on the receiver's phone"),
        overridable: false,
        seen_with: "`presence explain --muted`; never with `send`, which can not know",
        ask: |situation| match situation.muted {
            true => stops("the receiver muted the conversation", "unmute it on the receiver's phone"),
            false => passes("nobody said that the conversation is muted"),
        },
    },
    Step {
        answer: Answer::NoReport,
        when: "no token report is in force for the device",
        remedy: Remedy::run(
            "report a token, as the app does after login",
            "token report --user <USER> --certificate <ID> --reg-id <REGID>",
        ),
        overridable: false,
        seen_with: "a user who reported nothing",
        ask: no_report,
    },
    Step {
        answer: Answer::CertificateMissing,
        when: "the profile has no certificate of the reported ID",
        remedy: Remedy::say("add it again, or report with one that exists"),
        overridable: false,
        seen_with: "`cert remove` of the reported one",
        ask: certificate_missing,
    },
    Step {
        answer: Answer::CertificateNotYetActive,
        when: "the certificate was saved less than 10 minutes ago",
        remedy: Remedy::say("wait"),
        overridable: true,
        seen_with: "`cert add`, until 10 minutes later",
        ask: certificate_not_yet_active,
    },
];

fn passes(ground: impl Into<String>) -> Finding {
    Finding::Passes(ground.into())
}

fn stops(ground: impl Into<String>, hint: impl Into<Remedy>) -> Finding {
    Finding::Stops { ground: ground.into(), hint: hint.into() }
}

/// "user bob" or "user bob, device phone".
fn who(situation: &Situation<'_>) -> String {
    match situation.device {
        Some(device) => format!("user {}, device {},", situation.user, device.name),
        None => format!("user {}", situation.user),
    }
}

fn log_in(situation: &Situation<'_>) -> Remedy {
    // Telling opush something else fixes nothing where the IM server itself said it.
    let by_server = |told: ToldBy| matches!(told, ToldBy::ImServer | ToldBy::Webhook);
    if situation.presence().is_some_and(|presence| by_server(presence.told_by)) {
        return format!("the IM server said so: user {} logs in again in the app", situation.user).into();
    }
    for_device(
        Remedy::run("log in again there, and record it", "presence set --user <USER> online"),
        situation,
    )
}

/// The remedy with the user and the device in its command.
fn for_device(remedy: Remedy, situation: &Situation<'_>) -> Remedy {
    let device = situation.device.map(|device| &device.name);
    remedy.with("USER", situation.user).flag("--device", device)
}

fn ended(situation: &Situation<'_>, standing: Standing, verb: &str) -> Finding {
    match situation.presence() {
        Some(presence) if situation.standing() == standing => {
            let reason = presence.reason.as_ref().map(|reason| format!(": {reason}")).unwrap_or_default();
            let (who, since) = (who(situation), presence.since);
            stops(
                format!("{who} {verb} at {since:.0}{reason} ({})", standing.both_words()),
                log_in(situation),
            )
        }
        _ => passes(format!("nobody said that it {verb}")),
    }
}

fn expired(situation: &Situation<'_>) -> Finding {
    let away = situation.presence().and_then(|presence| presence.disconnected_at);
    match (situation.standing(), away) {
        (standing @ Standing::Expired, away) => stops(
            format!(
                "{} has been away since {}, more than 7 days, which ends the login ({})",
                who(situation),
                away.map_or("then".to_owned(), |at| format!("{at:.0}")),
                standing.both_words()
            ),
            log_in(situation),
        ),
        (Standing::Killed, Some(at)) => passes(format!("away since {at:.0}, less than 7 days")),
        _ => passes("not away, as far as is known"),
    }
}

fn online(situation: &Situation<'_>) -> Finding {
    let standing = match situation.standing() {
        Standing::Background if mutation::is(mutation::BACKGROUND_IS_ONLINE) => Standing::Online,
        standing => standing,
    };
    let since =
        situation.presence().map(|presence| format!(" since {:.0}", presence.since)).unwrap_or_default();
    let words = situation.standing().both_words();
    match standing {
        Standing::Online => stops(
            format!(
                "the app of {} is online{since} ({words}), and gets the message itself",
                who(situation).trim_end_matches(',')
            ),
            for_device(
                Remedy::run(
                    "kill the app, or let it call doBackground, and record it",
                    "presence set --user <USER> killed",
                ),
                situation,
            ),
        ),
        Standing::Background => passes(format!("connected, and it called doBackground ({words})")),
        Standing::Unknown => passes("nobody said where the app stands"),
        _ => passes(format!("not connected ({words})")),
    }
}

fn no_report(situation: &Situation<'_>) -> Finding {
    if let Some(report) = situation.report() {
        return passes(format!(
            "certificate {} and regId {} were reported",
            report.certificate_id, report.reg_id
        ));
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
                "report the token of the user's phone",
                "token report --user <USER> --certificate <ID> --reg-id <REGID>",
            ),
            situation,
        ),
    )
}

fn certificate_missing(situation: &Situation<'_>) -> Finding {
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

fn certificate_not_yet_active(situation: &Situation<'_>) -> Finding {
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
