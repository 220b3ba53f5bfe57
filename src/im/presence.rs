//! Who is logged in where: `query_online_status`, read in both spellings that documents have (IM reference, sections 1, 4, 8).
//! What a state means for a push belongs to `push`.

use serde_json::{Map, Value, json};

use super::client::commands::QUERY_ONLINE_STATUS;
use super::envelope::{int, objects, text};
use super::{Client, ImError, Refusal};

/// Users in one request.
pub(crate) const BATCH: usize = 500;

/// The state of a user or a terminal, in the words of each side: they use "offline" for different things.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// Connected.
    Online,
    /// Disconnected but still logged in, so that a push goes to it.
    PushOnline,
    /// Not logged in.
    Offline,
    /// A word that no document has.
    Other(String),
}

/// One terminal of a user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Terminal {
    /// `iPhone`, `Android`, `Web`, `PC`, `iPad`, `Mac`; others as the server gives them.
    pub(crate) platform: String,
    pub(crate) state: State,
}

/// What the server says of one user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct UserState {
    pub(crate) user: String,
    pub(crate) state: Result<State, Refusal>,
    pub(crate) terminals: Vec<Terminal>,
}

impl State {
    fn parse(word: &str) -> State {
        match word.to_ascii_lowercase().as_str() {
            "online" => State::Online,
            "pushonline" => State::PushOnline,
            "offline" => State::Offline,
            _ => State::Other(word.to_owned()),
        }
    }

    /// The word of the REST API.
    pub(crate) fn rest(&self) -> &str {
        match self {
            State::Online => "Online",
            State::PushOnline => "PushOnline",
            State::Offline => "Offline",
            State::Other(word) => word,
        }
    }

    /// The word of the client SDK's user status.
    pub(crate) fn sdk(&self) -> &'static str {
        match self {
            State::Online => "ONLINE",
            State::PushOnline => "OFFLINE",
            State::Offline => "UNLOGINED",
            State::Other(_) => "unknown",
        }
    }
}

impl Client {
    /// The state of each user, in the order asked; in batches, paced.
    pub(crate) async fn states(&self, users: &[String]) -> Result<Vec<UserState>, ImError> {
        let mut all = Vec::with_capacity(users.len());
        for (number, batch) in users.chunks(BATCH).enumerate() {
            if number > 0 {
                QUERY_ONLINE_STATUS.pace().await;
            }
            all.extend(self.batch(batch).await?);
        }
        Ok(all)
    }

    async fn batch(&self, users: &[String]) -> Result<Vec<UserState>, ImError> {
        let body = json!({ "IsNeedDetail": 1, "To_Account": users });
        let answer = self.call(QUERY_ONLINE_STATUS, &body).await?;
        // Older documents write QueryResult in other cases.
        let found = objects(&answer.body, "QueryResult").filter_map(|entry| {
            Some(UserState {
                user: text(entry.get("To_Account"))?,
                state: Ok(state(entry)?),
                terminals: objects(entry, "Detail").filter_map(terminal).collect(),
            })
        });
        let failed = objects(&answer.body, "ErrorList").filter_map(|entry| {
            let code = int(entry.get("ErrorCode"))?;
            let refusal = Refusal { path: QUERY_ONLINE_STATUS.path, code, info: String::new() };
            let user = text(entry.get("To_Account"))?;
            Some(UserState { user, state: Err(refusal), terminals: Vec::new() })
        });
        let known: Vec<UserState> = found.chain(failed).collect();
        let of = |user: &String| {
            let state = known.iter().find(|state| &state.user == user).cloned();
            state.ok_or_else(|| self.lacks(QUERY_ONLINE_STATUS, &format!("the state of {user:?}")))
        };
        users.iter().map(of).collect()
    }
}

fn state(entry: &Map<String, Value>) -> Option<State> {
    text(entry.get("Status").or_else(|| entry.get("State"))).map(|word| State::parse(&word))
}

fn terminal(entry: &Map<String, Value>) -> Option<Terminal> {
    let platform = text(entry.get("Platform"))?;
    const KNOWN: [&str; 6] = ["iPhone", "Android", "Web", "PC", "iPad", "Mac"];
    let known = KNOWN.into_iter().find(|known| known.eq_ignore_ascii_case(&platform));
    Some(Terminal { platform: known.map_or(platform, str::to_owned), state: state(entry)? })
}
