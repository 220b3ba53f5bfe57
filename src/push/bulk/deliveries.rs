//! Deliveries as rows of a file, for other programs: complete, as masked as the history keeps them.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::format::Format;
use super::rows::{Fields, cells, csv, head, line, object};
use crate::store::deliveries::{Delivery, DeliveryId};
use crate::store::receipts::Receipt;

/// Each row has its receipts besides.
const FIELDS: &Fields<Delivery> = &[
    ("id", |delivery| json!(delivery.id.0)),
    ("at", |delivery| json!(delivery.begun_at)),
    ("completed_at", |delivery| json!(delivery.completed_at)),
    ("profile", |delivery| json!(delivery.profile)),
    ("region", |delivery| json!(delivery.region)),
    ("certificate_id", |delivery| json!(delivery.certificate_id)),
    ("app_id", |delivery| json!(delivery.app_id)),
    ("user", |delivery| json!(delivery.user)),
    ("device", |delivery| json!(delivery.device)),
    ("target_kind", |delivery| json!(delivery.target.as_ref().map(|target| target.kind()))),
    ("target", |delivery| json!(delivery.target.as_ref().map(|target| target.value()))),
    ("app_message_id", |delivery| json!(delivery.app_message_id)),
    ("decision", |delivery| json!(delivery.decision)),
    ("status", |delivery| json!(delivery.status.as_str())),
    ("message_id", |delivery| json!(delivery.message_id)),
    ("code", |delivery| json!(delivery.code)),
    ("words", |delivery| json!(delivery.words)),
    ("reason", |delivery| json!(delivery.reason)),
    ("tries", |delivery| json!(delivery.tries)),
    ("elapsed_ms", |delivery| json!(delivery.elapsed_ms)),
    ("request", |delivery| json!(delivery.request)),
    ("answer", |delivery| json!(delivery.answer)),
];

/// Writes rows piece by piece.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DeliveryWriter(pub(crate) Format);

impl DeliveryWriter {
    /// What is before the rows.
    pub(crate) fn head(&self) -> String {
        head(self.0, FIELDS, &["receipts"])
    }

    /// These deliveries as rows, each with its receipts.
    pub(crate) fn rows(
        &self,
        deliveries: &[Delivery],
        receipts: &BTreeMap<DeliveryId, Vec<Receipt>>,
    ) -> String {
        let of = |delivery: &Delivery| receipts.get(&delivery.id).map(Vec::as_slice).unwrap_or_default();
        match self.0 {
            Format::Jsonl => deliveries.iter().map(|delivery| json_line(delivery, of(delivery))).collect(),
            Format::Csv => csv(deliveries.iter().map(|delivery| {
                let mut row = cells(FIELDS, delivery, harmless);
                row.push(events(of(delivery)));
                row
            })),
        }
    }
}

fn json_line(delivery: &Delivery, receipts: &[Receipt]) -> String {
    let mut row = object(FIELDS, delivery);
    row.insert("receipts".to_owned(), receipts.iter().map(receipt_row).collect());
    line(row)
}

/// A receipt as an object of a line of JSON.
pub(crate) fn receipt_row(one: &Receipt) -> Value {
    json!({
        "event": one.receipt.event,
        "received_at": one.received_at.to_string(),
        "event_time": one.receipt.event_time,
        "event_at": one.receipt.event_at.map(|at| at.to_string()),
        "reg_id": one.receipt.reg_id,
        "message_id": one.receipt.message_id,
        "parameter": one.receipt.parameter,
        "seen": one.seen,
    })
}

/// `push_arrive 2026-01-31T10:00:00Z; …`
fn events(receipts: &[Receipt]) -> String {
    let each = receipts.iter().map(|one| format!("{} {}", one.receipt.event, one.received_at));
    harmless(each.collect::<Vec<_>>().join("; "))
}

/// A spreadsheet would run text that begins so as a formula; behind an apostrophe it shows it as text.
fn harmless(text: String) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::{Clock, Timestamp};
    use crate::store::Store;
    use crate::store::deliveries::{self, Completion, DeliveryTarget, Filter, NewDelivery, Outcome};
    use crate::store::receipts::{self, NewReceipt};

    fn story() -> (Vec<Delivery>, BTreeMap<DeliveryId, Vec<Receipt>>) {
        let clock = Clock::fixed(Timestamp::from_second(1_700_000_000).unwrap());
        let store = Store::in_memory(clock).unwrap();
        let new = NewDelivery {
            profile: "demo".into(),
            region: "cn".into(),
            certificate_id: Some(7005),
            app_id: Some("30001".into()),
            user: Some("=HYPERLINK(\"http://x\")".into()),
            device: None,
            target: Some(DeliveryTarget::RegId("r1".into())),
            app_message_id: Some("a1".into()),
            call_back_parameter: None,
            decision: "push".into(),
            request: "POST\n\nauth_token=********".into(),
            answer_within: std::time::Duration::ZERO,
        };
        let id = deliveries::begin(&store, &new).unwrap();
        let outcome = Outcome::Accepted { message_id: "m1".into() };
        deliveries::complete(
            &store,
            id,
            &Completion { outcome, tries: 1, answer: Some("a \"b\", c".into()) },
        )
        .unwrap();
        let held = NewDelivery { user: Some("bob".into()), target: None, request: String::new(), ..new };
        deliveries::hold_back(&store, &held, "+1").unwrap();
        let arrived = |event: &str, event_time: &str| NewReceipt {
            event: event.into(),
            message_id: "m1".into(),
            reg_id: "r1".into(),
            event_time: event_time.into(),
            ..NewReceipt::default()
        };
        receipts::record(&store, &[arrived("push_arrive", "1"), arrived("odd", "2")]).unwrap();
        let all = deliveries::list(&store, &Filter::default()).unwrap();
        let found = receipts::of_many(&store, all.iter().map(|one| one.id)).unwrap();
        (all, found)
    }

    #[test]
    fn lines_of_json_hold_everything_to_the_letter() {
        let (all, found) = story();
        let writer = DeliveryWriter(Format::Jsonl);
        let rows: Vec<Value> =
            writer.rows(&all, &found).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(rows.len(), 2);
        assert_eq!(
            (&rows[0]["id"], &rows[0]["reason"], &rows[0]["receipts"]),
            (&json!(2), &json!("+1"), &json!([]))
        );
        assert_eq!(
            (&rows[1]["user"], &rows[1]["answer"]),
            (&json!("=HYPERLINK(\"http://x\")"), &json!("a \"b\", c"))
        );
        assert_eq!(rows[1]["receipts"][0]["event"], "push_arrive");
        assert_eq!(rows[1]["receipts"][1]["event_time"], "2");
        assert_eq!(rows[0].as_object().unwrap().len(), FIELDS.len() + 1);
    }

    #[test]
    fn a_spreadsheet_takes_every_cell_for_text() {
        let (all, found) = story();
        let writer = DeliveryWriter(Format::Csv);
        let file = writer.head() + &writer.rows(&all, &found);
        let mut reader = ::csv::Reader::from_reader(file.as_bytes());
        let names = reader.headers().unwrap().clone();
        let rows: Vec<::csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        let of =
            |row: usize, name: &str| rows[row][names.iter().position(|one| one == name).unwrap()].to_owned();
        assert_eq!((of(0, "reason"), of(0, "code"), of(0, "receipts")), ("'+1".into(), "".into(), "".into()));
        assert_eq!(of(1, "user"), "'=HYPERLINK(\"http://x\")");
        assert_eq!(
            (of(1, "request"), of(1, "answer")),
            ("POST\n\nauth_token=********".into(), "a \"b\", c".into())
        );
        assert_eq!(of(1, "receipts"), "push_arrive 2023-11-14T22:13:20Z; odd 2023-11-14T22:13:20Z");
    }
}
