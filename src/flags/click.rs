//! `--click`: the one flag for click targets, the same in every command.

use clap::Args;

/// The click target of a certificate or of one notification.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct ClickFlag {
    /// What a tap opens: open-app, url:U, activity:CLASS, intent:ACTION or scheme:URL
    #[arg(long, value_name = "TARGET")]
    pub(crate) click: Option<String>,
}
