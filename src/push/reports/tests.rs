//! Tests of taking a token report: every refusal, every outcome.
//! The history behind it is tested in `store`.

use super::super::testing::{REG_ID, store};
use super::*;
use crate::store::source::FactSource;

const NEWER: &str = "CN_ffffffffffffffffffffffffffffffff";

fn request() -> ReportRequest<'static> {
    ReportRequest {
        profile: "demo",
        region: Region::Cn,
        certificates: &[7004, 7005],
        user: "alice",
        device: None,
        certificate_id: 7005,
        reg_id: REG_ID,
        brand: None,
        source: FactSource::ByHand,
    }
}

fn kinds(request: &ReportRequest<'_>) -> Vec<Kind> {
    let store = store();
    let failure = report(&store, request).unwrap_err();
    assert!(table::list(&store, &table::ReportFilter::default()).unwrap().is_empty());
    failure.problems().iter().map(|problem| problem.kind).collect()
}

#[test]
fn each_rule_refuses_by_itself() {
    let right = request();
    assert_eq!(kinds(&ReportRequest { certificate_id: 1, ..right }), [Kind::UnknownCertificate]);
    assert_eq!(kinds(&ReportRequest { certificates: &[], ..right }), [Kind::UnknownCertificate]);
    assert_eq!(kinds(&ReportRequest { reg_id: "", ..right }), [Kind::EmptyToken]);
    assert_eq!(kinds(&ReportRequest { reg_id: "078a", ..right }), [Kind::BadRegId]);
    assert_eq!(kinds(&ReportRequest { region: Region::Intl, ..right }), [Kind::WrongRegion]);
    assert_eq!(kinds(&ReportRequest { brand: Some("huawei"), ..right }), [Kind::WrongBrand]);
    assert_eq!(kinds(&ReportRequest { user: "", ..right }), [Kind::Empty]);
    assert_eq!(kinds(&ReportRequest { device: Some(""), ..right }), [Kind::Empty]);
}

#[test]
fn everything_wrong_is_reported_at_once() {
    let wrong = ReportRequest {
        region: Region::Intl,
        user: "",
        device: Some("a\nb"),
        certificate_id: 1,
        brand: Some("vivo"),
        ..request()
    };
    let expected =
        [Kind::Empty, Kind::ControlCharacter, Kind::UnknownCertificate, Kind::WrongRegion, Kind::WrongBrand];
    assert_eq!(kinds(&wrong), expected);
    let both = ReportRequest { reg_id: "x", brand: Some("vivo"), ..request() };
    assert_eq!(kinds(&both), [Kind::BadRegId, Kind::WrongBrand]);
}

#[test]
fn a_right_report_is_new_then_unchanged() {
    let store = store();
    let first = report(&store, &ReportRequest { brand: Some("OnePlus"), ..request() }).unwrap();
    assert_eq!((first.outcome, first.report.brand.as_deref()), (Outcome::New, Some("oneplus")));
    assert_eq!(first.report.device, DEFAULT_DEVICE);
    assert_eq!(report(&store, &request()).unwrap().outcome, Outcome::Unchanged);
}

#[test]
fn a_newer_reg_id_or_certificate_supersedes() {
    let store = store();
    report(&store, &request()).unwrap();
    let newer = ReportRequest { reg_id: NEWER, ..request() };
    let expected = Outcome::Superseded { old_reg_id: REG_ID.into(), old_certificate_id: 7005 };
    assert_eq!(report(&store, &newer).unwrap().outcome, expected);
    let other = ReportRequest { certificate_id: 7004, ..newer };
    let expected = Outcome::Superseded { old_reg_id: NEWER.into(), old_certificate_id: 7005 };
    assert_eq!(report(&store, &other).unwrap().outcome, expected);
}

#[test]
fn a_reg_id_that_moves_names_whom_it_left() {
    let store = store();
    report(&store, &request()).unwrap();
    report(&store, &ReportRequest { user: "bob", reg_id: NEWER, ..request() }).unwrap();
    let moved = report(&store, &ReportRequest { user: "bob", ..request() }).unwrap();
    assert_eq!(
        moved.outcome,
        Outcome::Moved {
            from_user: "alice".into(),
            from_device: DEFAULT_DEVICE.into(),
            old_reg_id: Some(NEWER.into())
        }
    );
    assert!(remove(&store, "demo", "alice", None).is_err());
}

#[test]
fn an_odd_user_is_taken_with_a_warning() {
    let reported = report(&store(), &ReportRequest { user: "用户", ..request() }).unwrap();
    assert_eq!(reported.warnings.len(), 1);
    assert!(report(&store(), &request()).unwrap().warnings.is_empty());
}

#[test]
fn removing_takes_one_device_or_all_and_says_if_there_was_none() {
    let store = store();
    report(&store, &request()).unwrap();
    report(&store, &ReportRequest { device: Some("pad"), reg_id: NEWER, ..request() }).unwrap();
    assert_eq!(remove(&store, "demo", "alice", Some("pad")).unwrap().len(), 1);
    assert_eq!(remove(&store, "demo", "alice", None).unwrap().len(), 1);
    let failure = remove(&store, "demo", "alice", None).unwrap_err();
    assert_eq!(failure.problems()[0].kind, Kind::NotFound);
}
