//! `opush im webhook`: what the IM server posts to the app.
//! What a callback tells belongs to `im`; where it is kept, to `store`.

mod listen;

use super::super::noun::noun;

pub(crate) use listen::Listened;

noun! {
    /// Receive what the IM server posts: presence and the life of pushes
    Listen = listen,
}
