//! Each check's verdict on evidence made up for it.
//! Whether real evidence is got rightly is tested by driving the binary.

use super::evidence::{
    Completions, Configured, Endpoint, FileSeen, Machine, Program, ProxyVariable, Role, SecretSeen,
};
use super::*;
use crate::diagnose::{CheckStatus, Verdict, examine};
use crate::failure::{Kind, Problem};
use crate::oppo::ClockDifference;
use crate::store::StoreError;
use crate::store::health::Health;
use crate::transport::{Probed, Step};

fn done(what: &str) -> Step {
    Step::Done(what.into())
}

/// Everything as it should be.
fn sound() -> Machine {
    let probed = Probed {
        host: "push.example:443".into(),
        proxy: None,
        name: done("192.0.2.1"),
        connection: done("192.0.2.1:443"),
        tls: done("valid"),
        answer: done("HTTP 404"),
        date: None,
        took: std::time::Duration::ZERO,
    };
    Machine {
        configuration: Configured::Sound {
            by: "opush.toml".into(),
            profile: "chat".into(),
            region: "cn".into(),
            because: "the only profile of the file".into(),
        },
        app: None,
        secrets: vec![SecretSeen {
            what: "the MasterSecret".into(),
            needed: true,
            got: Ok("set (env A)".into()),
        }],
        leftovers: Vec::new(),
        files: vec![FileSeen { role: Role::State, shown: "state.db".into(), mode: 0o600 }],
        state: Ok(Some(Health { version: 4, known: 4, faults: vec![], whole: true })),
        proxies: vec![],
        endpoints: Ok(vec![Endpoint { names: "push".into(), probed, clock: Some(ahead(0)) }]),
        completions: Completions::NoShell("SHELL is not set".into()),
        program: Program {
            versions: "opush 1".into(),
            path: "opush".into(),
            on_path: Some(("opush".into(), true)),
        },
    }
}

fn ahead(vendor_ahead_seconds: i64) -> ClockDifference {
    ClockDifference { vendor_ahead_seconds }
}

/// The status of one check, once something of what is sound was changed.
fn status(id: &str, change: impl FnOnce(&mut Machine)) -> CheckStatus {
    let mut machine = sound();
    change(&mut machine);
    let diagnosis = examine(CHAIN, &machine);
    diagnosis.checks.iter().find(|checked| checked.id == id).expect("a check of that id").finding.status
}

fn endpoint(machine: &mut Machine) -> &mut Endpoint {
    &mut machine.endpoints.as_mut().expect("endpoints")[0]
}

#[test]
fn what_is_sound_is_sound() {
    let diagnosis = examine(CHAIN, &sound());
    assert_eq!(diagnosis.verdict(), Verdict::Sound, "{diagnosis:#?}");
    let not_passed: Vec<_> = diagnosis
        .checks
        .iter()
        .filter(|checked| checked.finding.status != CheckStatus::Pass)
        .map(|checked| checked.id)
        .collect();
    assert_eq!(
        not_passed,
        ["app-file-unusable", "secrets-exposed", "completions-missing"],
        "nothing there to look at"
    );
}

#[test]
fn a_step_that_failed_is_named_and_none_after_it() {
    type Break = fn(&mut Probed);
    let steps: [(&str, Break); 4] = [
        ("name-not-resolved", |probed| {
            probed.name = Step::Failed("unknown".into());
            (probed.connection, probed.tls, probed.answer) =
                (Step::NotReached, Step::NotReached, Step::NotReached);
        }),
        ("port-closed", |probed| {
            probed.connection = Step::Failed("refused".into());
            (probed.tls, probed.answer) = (Step::NotReached, Step::NotReached);
        }),
        ("tls-failed", |probed| {
            probed.tls = Step::Failed("unknown issuer".into());
            probed.answer = Step::NotReached;
        }),
        ("no-http", |probed| probed.answer = Step::Failed("garbled".into())),
    ];
    for (id, broken) in steps {
        let mut machine = sound();
        broken(&mut endpoint(&mut machine).probed);
        let diagnosis = examine(CHAIN, &machine);
        let failed: Vec<_> = diagnosis
            .checks
            .iter()
            .filter(|checked| checked.finding.status == CheckStatus::Fail)
            .map(|checked| checked.id)
            .collect();
        assert_eq!(failed, [id]);
    }
}

#[test]
fn a_proxy_that_fails_is_the_proxys_fault() {
    let through = |machine: &mut Machine| {
        let probed = &mut endpoint(machine).probed;
        probed.proxy = Some("proxy.example:3128".into());
        probed.connection = Step::Failed("refused".into());
        (probed.tls, probed.answer) = (Step::NotReached, Step::NotReached);
    };
    assert_eq!(status("proxy-broken", through), CheckStatus::Fail);
    assert_eq!(status("port-closed", through), CheckStatus::Skipped);
    let bad = |machine: &mut Machine| {
        machine.proxies = vec![ProxyVariable { name: "HTTPS_PROXY".into(), means: None }];
    };
    assert_eq!(status("proxy-broken", bad), CheckStatus::Fail);
}

#[test]
fn the_clock_is_worth_a_look_from_five_minutes_and_wrong_from_ten() {
    for (seconds, wanted) in [
        (0, CheckStatus::Pass),
        (299, CheckStatus::Pass),
        (-300, CheckStatus::Warn),
        (599, CheckStatus::Warn),
        (600, CheckStatus::Fail),
        (-600, CheckStatus::Fail),
    ] {
        let clock = |machine: &mut Machine| endpoint(machine).clock = Some(ahead(seconds));
        assert_eq!(status("clock-wrong", clock), wanted, "{seconds}");
    }
    assert_eq!(status("clock-wrong", |machine| endpoint(machine).clock = None), CheckStatus::Skipped);
}

#[test]
fn files_with_secrets_are_for_one_person() {
    for (role, mode, wanted) in [
        (Role::Secret, 0o600, CheckStatus::Pass),
        (Role::Secret, 0o400, CheckStatus::Pass),
        (Role::Secret, 0o640, CheckStatus::Fail),
        (Role::Secret, 0o604, CheckStatus::Fail),
        (Role::ConfigurationWithSecrets, 0o644, CheckStatus::Fail),
        (Role::SecretsFolder, 0o755, CheckStatus::Pass),
        (Role::SecretsFolder, 0o777, CheckStatus::Fail),
    ] {
        let file = |machine: &mut Machine| {
            machine.files = vec![FileSeen { role, shown: "a file".into(), mode }];
        };
        assert_eq!(status("secrets-exposed", file), wanted, "{role:?} {mode:o}");
    }
    let state = |machine: &mut Machine| machine.files[0].mode = 0o644;
    assert_eq!(status("state-exposed", state), CheckStatus::Warn);
}

#[test]
fn secrets_that_only_the_app_needs_are_worth_a_look() {
    let lost = |needed| {
        move |machine: &mut Machine| {
            let problem = Problem::new(Kind::MissingSecret, "A is not set", "export A");
            machine.secrets = vec![SecretSeen { what: "a secret".into(), needed, got: Err(problem) }];
        }
    };
    assert_eq!(status("secrets-unresolved", lost(true)), CheckStatus::Fail);
    assert_eq!(status("secrets-unresolved", lost(false)), CheckStatus::Warn);
}

#[test]
fn each_state_of_the_database_has_one_check() {
    let path = || "state.db".into();
    type Make = fn() -> Result<Option<Health>, StoreError>;
    let healthy = Health { version: 4, known: 4, faults: vec![], whole: true };
    assert_eq!(
        status("state-damaged", |machine| {
            machine.state = Ok(Some(Health { whole: false, ..healthy.clone() }));
        }),
        CheckStatus::Unknown
    );
    assert_eq!(
        status("state-damaged", |machine| {
            machine.state = Ok(Some(Health { faults: vec!["page 7".into()], ..healthy }));
        }),
        CheckStatus::Fail
    );
    let cases: [(&str, Make, CheckStatus); 5] = [
        ("state-unreadable", || Err(StoreError::NotAllowed { path: "state.db".into() }), CheckStatus::Fail),
        (
            "state-unreadable",
            || Err(StoreError::Busy { path: "state.db".into(), waited: std::time::Duration::from_secs(1) }),
            CheckStatus::Unknown,
        ),
        (
            "state-newer",
            || Err(StoreError::Newer { path: "state.db".into(), found: 9, known: 4 }),
            CheckStatus::Fail,
        ),
        ("state-damaged", || Err(StoreError::Damaged { path: "state.db".into() }), CheckStatus::Fail),
        ("state-unreadable", || Ok(None), CheckStatus::Pass),
    ];
    for (id, make, wanted) in cases {
        assert_eq!(status(id, |machine| machine.state = make()), wanted, "{id}");
    }
    let newer = || Err(StoreError::Newer { path: path(), found: 9, known: 4 });
    assert_eq!(status("state-unreadable", |machine| machine.state = newer()), CheckStatus::Pass);
}
