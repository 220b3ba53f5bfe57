//! Who a notification goes to: a regId, an alias, or a user with token reports.

use clap::Args;

/// Exactly one of the three; `OPUSH_REG_ID` is used where none is given.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct TargetFlags {
    /// regId of one app on one phone [env: OPUSH_REG_ID]
    #[arg(long, value_name = "REGID", conflicts_with_all = ["alias", "user"])]
    pub(crate) reg_id: Option<String>,

    /// Alias that the app's server gave a regId
    #[arg(long, value_name = "ALIAS", conflicts_with = "user")]
    pub(crate) alias: Option<String>,

    /// User with devices that reported a token
    #[arg(long, value_name = "USER")]
    pub(crate) user: Option<String>,
}
