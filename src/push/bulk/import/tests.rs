//! Tests of imports: which rows are taken, and the place in the file that is given for each bad one.
//! The rules of a single report are tested in `reports`.

use proptest::prelude::*;

use super::super::super::testing as fake;
use super::super::{Format, Writer};
use super::*;
use crate::store::reports::{ReportFilter, list};

const A: &str = "CN_0123456789abcdef0123456789abcdef";
const B: &str = "CN_1123456789abcdef0123456789abcdef";

fn target() -> Target<'static> {
    Target {
        profile: "demo",
        region: Region::Cn,
        certificates: &[7004, 7005],
        certificate: Some(7005),
        source: FactSource::ByHand,
    }
}

fn run(
    store: &Store,
    format: Format,
    bytes: &[u8],
    map: &str,
    on_error: OnError,
) -> Result<Imported, Failure> {
    let pairs: Vec<String> = if map.is_empty() { vec![] } else { vec![map.to_owned()] };
    let map = ColumnMap::parse(&pairs).map_err(Failure::all)?;
    import(store, &Source { name: "f", format, bytes, map: &map }, &target(), on_error)
}

fn csv(text: &str) -> Imported {
    run(&fake::store(), Format::Csv, text.as_bytes(), "", OnError::Abort).unwrap()
}

fn jsonl(text: &str) -> Imported {
    run(&fake::store(), Format::Jsonl, text.as_bytes(), "", OnError::Abort).unwrap()
}

/// Kind and place of each problem.
fn reported(problems: &[Problem]) -> Vec<(Kind, &str)> {
    problems.iter().map(|problem| (problem.kind, problem.place.as_str())).collect()
}

fn kept(store: &Store) -> Vec<(String, String, i64, String)> {
    let all = list(store, &ReportFilter::default()).unwrap();
    all.into_iter().map(|one| (one.user, one.device, one.certificate_id, one.reg_id)).collect()
}

#[test]
fn columns_in_any_order_bom_crlf_and_quotes() {
    let store = fake::store();
    let text = format!(
        "\u{feff}Brand,reg-id,Device,USER,certificate_id\r\nOPPO,{A},\"my, phone\",alice,7004\r\n\r\n,{B},,\"b\"\"ob\",\r\n"
    );
    let done = run(&store, Format::Csv, text.as_bytes(), "", OnError::Abort).unwrap();
    assert_eq!((done.rows, done.bad_rows, done.counts.new, done.cut_off), (2, 0, 2, false));
    assert_eq!(
        kept(&store),
        [
            ("alice".into(), "my, phone".into(), 7004, A.into()),
            ("b\"ob".into(), "default".into(), 7005, B.into()),
        ]
    );
}

#[test]
fn chinese_headers_are_mapped() {
    let store = fake::store();
    let text = format!("用户,备注,令牌\n小明,x,{A}\n");
    let done =
        run(&store, Format::Csv, text.as_bytes(), "用户=user,令牌=reg_id,备注=-", OnError::Abort).unwrap();
    assert_eq!((done.counts.new, kept(&store)[0].0.as_str()), (1, "小明"));
    let unmapped = run(&store, Format::Csv, text.as_bytes(), "用户=user", OnError::Abort).unwrap_err();
    assert_eq!(reported(unmapped.problems()), [(Kind::UnknownField, "f:1:4")]);
    assert!(unmapped.problems()[0].hint.to_string().contains("--map '备注=-,令牌=reg_id'"));
    let absent = run(&store, Format::Csv, text.as_bytes(), "谁=user", OnError::Abort).unwrap_err();
    assert!(reported(absent.problems()).contains(&(Kind::MalformedFlag, "--map")));
}

#[test]
fn every_bad_row_is_reported_with_line_and_column() {
    let done = csv(&format!(
        "user,device,reg_id,brand,certificate_id\n\
         alice,\"two\nlines\",{A},oppo,1\n\
         小明小明小明小明小明,中,078a,xiaomi,seven\n\
         bob,,{B}\n\
         bob,,{B},,7005,more\n\
         ,,,,\n"
    ));
    assert_eq!((done.rows, done.bad_rows, done.kept), (5, 5, false));
    let text = "f:2:7";
    let expected = [
        (Kind::ControlCharacter, text),
        (Kind::UnknownCertificate, "f:3:49"),
        (Kind::BadRegId, "f:4:14"),
        (Kind::WrongBrand, "f:4:19"),
        (Kind::WrongFieldType, "f:4:26"),
        (Kind::MissingField, "f:5:1"),
        (Kind::UnknownField, "f:6:1"),
        (Kind::Empty, "f:7:1"),
        (Kind::EmptyToken, "f:7:3"),
    ];
    assert_eq!(reported(&done.problems), expected);
    assert!(done.problems[2].message.starts_with("reg_id: "), "{}", done.problems[2].message);
}

#[test]
fn a_file_that_was_cut_off_says_so() {
    for (text, kind) in [
        (format!("user,reg_id\nalice,{A}\nbob"), Kind::MissingField),
        (format!("user,reg_id\nalice,{A}\nbob,CN_11234"), Kind::BadRegId),
        (format!("user,reg_id\nalice,{A}\nbob,\"CN_1123"), Kind::MissingField),
    ] {
        let done = csv(&text);
        assert_eq!((done.bad_rows, done.cut_off), (1, true), "{text}");
        assert_eq!(reported(&done.problems)[0].0, kind, "{text}");
        assert!(done.problems[0].place.starts_with("f:3:"), "{}", done.problems[0].place);
    }
    let done = jsonl(&format!("{{\"user\":\"alice\",\"reg_id\":\"{A}\"}}\n{{\"user\":\"bob\",\"re"));
    assert_eq!(reported(&done.problems), [(Kind::NotJson, "f:2:17")]);
    assert!(done.problems[0].hint.sentence().contains("cut off"));
}

#[test]
fn lines_of_json() {
    let store = fake::store();
    let text = format!(
        "{{\"user\":\"alice\",\"reg_id\":\"{A}\",\"certificate_id\":7004,\"brand\":null}}\r\n\n\
         {{\"user\":\"bob\",\"token\":\"{B}\",\"businessID\":\"7005\",\"device\":\"\"}}"
    );
    let done = run(&store, Format::Jsonl, text.as_bytes(), "", OnError::Abort).unwrap();
    assert_eq!((done.rows, done.counts.new, done.cut_off), (2, 2, true));
    let bad = jsonl(&format!(
        "[1]\n{{\"user\":7,\"reg_id\":\"{A}\"}}\n{{\"usr\":\"a\"}}\n{{\"user\":\"a\",\"reg_id\":\"x\"}}\n{{\"user\":\"a\",\"UserID\":\"b\"}}\n"
    ));
    let expected = [
        (Kind::UnknownField, "f:3:1"),
        (Kind::NotAnObject, "f:1:1"),
        (Kind::WrongFieldType, "f:2:2"),
        (Kind::Empty, "f:3:1"),
        (Kind::EmptyToken, "f:3:1"),
        (Kind::BadRegId, "f:4:13"),
        (Kind::DuplicateField, "f:5:1"),
    ];
    assert_eq!(reported(&bad.problems), expected);
}

#[test]
fn abort_keeps_nothing_and_skip_keeps_the_good_rows() {
    let text = format!("user,reg_id\nalice,{A}\nbob,x\n");
    let store = fake::store();
    assert!(!run(&store, Format::Csv, text.as_bytes(), "", OnError::Abort).unwrap().kept);
    assert!(kept(&store).is_empty());
    let done = run(&store, Format::Csv, text.as_bytes(), "", OnError::Skip).unwrap();
    assert_eq!((done.kept, done.bad_rows, done.counts.new), (true, 1, 1));
    assert_eq!(kept(&store).len(), 1);
    let all_bad = run(&store, Format::Csv, b"user,reg_id\nbob,x\n", "", OnError::Skip).unwrap();
    assert!(!all_bad.kept);
}

#[test]
fn rows_are_taken_in_their_order_as_single_reports_would_be() {
    let store = fake::store();
    let text = format!("user,reg_id\nalice,{A}\nalice,{A}\nalice,{B}\nbob,{B}\n");
    let done = run(&store, Format::Csv, text.as_bytes(), "", OnError::Abort).unwrap();
    let expected = Counts { new: 1, unchanged: 1, superseded: 1, moved: 1 };
    assert_eq!((done.counts, done.counts.all()), (expected, 4));
    assert_eq!(kept(&store), [("bob".into(), "default".into(), 7005, B.into())]);
}

#[test]
fn a_file_that_is_no_table_is_refused_as_a_whole() {
    let refused = |bytes: &[u8]| {
        run(&fake::store(), Format::Csv, bytes, "", OnError::Skip).unwrap_err().problems()[0].clone()
    };
    assert_eq!(refused(b"").kind, Kind::Empty);
    assert_eq!(refused(b"\xff\xfeu\0s\0").kind, Kind::NotUtf8);
    assert_eq!(refused(b"user,reg_id,user\n").kind, Kind::DuplicateField);
    let semicolons = run(&fake::store(), Format::Csv, b"user;reg_id\na;b\n", "", OnError::Skip).unwrap_err();
    assert!(semicolons.problems().iter().any(|one| one.hint.sentence().contains("commas")));
    let gbk =
        run(&fake::store(), Format::Csv, b"user,reg_id\n\xd0\xa1\xc3\xf7,x\n", "", OnError::Abort).unwrap();
    assert_eq!(reported(&gbk.problems), [(Kind::BadName, "f:2:1")], "{gbk:?}");
}

#[test]
fn maps_are_checked() {
    for bad in ["user", "=user", "a=b", "a=user,a=brand", ""] {
        assert!(ColumnMap::parse(&[bad.to_owned()]).is_err(), "{bad}");
    }
}

#[test]
fn an_export_is_an_import() {
    let store = fake::store();
    let text = format!("user,device,reg_id,brand\n\"a,\"\"b\",ph one,{A},realme\n小明,,{B},\n");
    run(&store, Format::Csv, text.as_bytes(), "", OnError::Abort).unwrap();
    let reports = list(&store, &ReportFilter::default()).unwrap();
    for format in [Format::Csv, Format::Jsonl] {
        let writer = Writer(format);
        let exported = format!("{}{}", writer.head(), writer.rows(&reports));
        let other = fake::store();
        let done = run(&other, format, exported.as_bytes(), "", OnError::Abort).unwrap();
        assert_eq!((done.counts.new, done.cut_off), (2, false), "{:?}", done.problems);
        assert_eq!(kept(&other), kept(&store));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn whatever_the_file_rows_are_counted_and_never_a_panic(
        text in "(user,reg_id\n)?[a-b,\"\r\n\u{4e2d}]{0,60}",
        jsonl in any::<bool>(),
    ) {
        let format = if jsonl { Format::Jsonl } else { Format::Csv };
        if let Ok(done) = run(&fake::store(), format, text.as_bytes(), "", OnError::Skip) {
            prop_assert_eq!(done.counts.all() + done.bad_rows, done.rows);
            prop_assert!(done.problems.iter().all(|problem| problem.place.starts_with("f:")));
            prop_assert!(done.problems.len() as u64 >= done.bad_rows);
        }
    }

    /// A bad value is found where it was put, whatever is around it.
    #[test]
    fn a_value_s_place_is_found(before in "[a-z\u{4e2d}\",\n]{0,12}", blank in 0..3_usize) {
        let quoted = format!("\"{}\"", before.replace('"', "\"\""));
        let text = format!("device,user,reg_id\n{}{quoted},bob,zzz\n", "\n".repeat(blank));
        let done = csv(&text);
        let problem = done.problems.iter().find(|problem| problem.kind == Kind::BadRegId).unwrap();
        let head = &text[..text.find("zzz").unwrap()];
        let line = head.matches('\n').count() + 1;
        let column = head.rsplit('\n').next().unwrap().chars().count() + 1;
        prop_assert_eq!(&problem.place, &format!("f:{}:{}", line, column));
    }
}
