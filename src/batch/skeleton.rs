//! A notification that was checked, as JSON text with gaps for what differs from row to row.

use serde_json::{Map, Value};

use crate::oppo::BatchBody;

const ID: &str = "app_message_id";

/// The wire form of a notification. Its texts are escaped when a request is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Skeleton(pub(super) Vec<Piece>);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Piece {
    Json(String),
    Id,
    Title,
    Content,
}

/// What fills the gaps.
#[derive(Clone, Copy, Debug)]
pub(super) struct Gaps<'r> {
    pub(super) id: &'r str,
    pub(super) title: Option<&'r str>,
    pub(super) content: Option<&'r str>,
}

impl Skeleton {
    /// Of a checked notification, with gaps where its title and content are those of the row.
    pub(super) fn of(wire: &Map<String, Value>, title: Option<&str>, content: Option<&str>) -> Skeleton {
        let mut pieces = Vec::new();
        let mut json = "{".to_owned();
        let gap = |pieces: &mut Vec<Piece>, json: &mut String, name: &str, piece: Piece| {
            json.push_str(&format!("\"{name}\":"));
            pieces.push(Piece::Json(std::mem::take(json)));
            pieces.push(piece);
        };
        let has_id = wire.get(ID).is_some_and(|id| !id.is_null() && id != "");
        if !has_id {
            gap(&mut pieces, &mut json, ID, Piece::Id);
        }
        for (name, value) in wire.iter().filter(|(name, _)| has_id || name.as_str() != ID) {
            if json != "{" {
                json.push(',');
            }
            let is = |text: Option<&str>| text.is_some_and(|text| value == text);
            match name.as_str() {
                "title" if is(title) => gap(&mut pieces, &mut json, name, Piece::Title),
                "content" if is(content) => gap(&mut pieces, &mut json, name, Piece::Content),
                _ => json.push_str(&format!("{}:{value}", Value::from(name.as_str()))),
            }
        }
        json.push('}');
        pieces.push(Piece::Json(json));
        Skeleton(pieces)
    }

    /// Whether a row that gives these may use it.
    pub(super) fn has_gaps_for(&self, title: Option<&str>, content: Option<&str>) -> bool {
        self.0.contains(&Piece::Title) == title.is_some()
            && self.0.contains(&Piece::Content) == content.is_some()
    }

    pub(super) fn write(&self, body: &mut BatchBody, gaps: Gaps<'_>) {
        for piece in &self.0 {
            match piece {
                Piece::Json(json) => body.json(json),
                Piece::Id => body.text(gaps.id),
                Piece::Title => body.text(gaps.title.unwrap_or_default()),
                Piece::Content => body.text(gaps.content.unwrap_or_default()),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn made(wire: &Value, gaps: Gaps<'_>) -> String {
        let skeleton = Skeleton::of(wire.as_object().unwrap(), gaps.title, gaps.content);
        let mut body = BatchBody::new();
        body.open(2, "r");
        skeleton.write(&mut body, gaps);
        body.close();
        body.shown()
    }

    #[test]
    fn a_request_has_the_texts_of_its_row_and_an_id_of_its_own() {
        let wire = json!({"title": "a \"b\"", "content": "你好", "click_action_type": 0});
        let gaps = Gaps { id: "m-1", title: Some("a \"b\""), content: None };
        assert_eq!(
            made(&wire, gaps),
            r#"[{"target_type":2,"target_value":"r","notification":{"app_message_id":"m-1","title":"a \"b\"","content":"你好","click_action_type":0}}]"#
        );
        let given = json!({"app_message_id": "own", "title": "t"});
        assert!(
            made(&given, Gaps { id: "m-1", title: None, content: None })
                .contains(r#"{"app_message_id":"own","title":"t"}"#)
        );
    }
}
