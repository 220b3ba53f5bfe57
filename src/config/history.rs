//! `[history]`: by age and by count, how much of what opush records about pushes is kept.

use std::time::Duration;

use super::{Source, Sourced};

/// Deliveries, receipts, rejected receipts and events of the IM server that are older, or beyond the count of their
/// kind, are removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct HistorySettings {
    /// At least [`HistorySettings::SHORTEST`].
    pub(crate) keep_for: Sourced<Duration>,
    /// So many of each kind; at least 1.
    pub(crate) keep: Sourced<u64>,
}

impl HistorySettings {
    /// Shorter, and a push would be gone before its receipt.
    pub(crate) const SHORTEST: Duration = Duration::from_secs(3_600);

    const DEFAULT_KEEP_FOR: Duration = Duration::from_secs(90 * 86_400);
    const DEFAULT_KEEP: u64 = 1_000_000;
}

impl Default for HistorySettings {
    fn default() -> Self {
        HistorySettings {
            keep_for: Sourced::new(Self::DEFAULT_KEEP_FOR, Source::Default),
            keep: Sourced::new(Self::DEFAULT_KEEP, Source::Default),
        }
    }
}
