//! The flags of `opush im send`: those people use daily; every other field goes by `--message-file`.
//! What a value may be belongs to `im`.

use std::path::PathBuf;
use std::time::Duration;

use crate::flags::duration;

/// Send one message to a user, with what its offline push should show
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  opush im send --to bob --text \"see you at 8?\" --title Alice --ext extKey=value --channel-id tuikit
  opush im send --to bob --message-file order.json --dry-run

Everything is validated first; with one problem nothing is sent, and all problems are named.
Whether a push follows is the IM server's decision; its answer does not tell.")]
pub(crate) struct Args {
    /// Receiver
    #[arg(long, value_name = "USER", allow_hyphen_values = true)]
    pub(crate) to: Option<String>,

    /// The message's text
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub(crate) text: Option<String>,

    /// Sender [default: the administrator]
    #[arg(long, value_name = "USER", allow_hyphen_values = true)]
    pub(crate) from: Option<String>,

    /// Title of the notification
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub(crate) title: Option<String>,

    /// Text of the notification [default: made from the message]
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub(crate) desc: Option<String>,

    /// One pair of custom content; may be repeated
    #[arg(long, value_name = "KEY=VALUE", allow_hyphen_values = true)]
    pub(crate) ext: Vec<String>,

    /// Custom content as a JSON object, or @FILE that holds it
    #[arg(long, value_name = "JSON|@FILE", allow_hyphen_values = true)]
    pub(crate) ext_json: Option<String>,

    /// NotificationChannel on OPPO phones [default: the certificate's in the IM console]
    #[arg(long, value_name = "ID", allow_hyphen_values = true)]
    pub(crate) channel_id: Option<String>,

    /// OPPO's message class, such as IM or ACCOUNT
    #[arg(long, value_name = "NAME", allow_hyphen_values = true)]
    pub(crate) category: Option<String>,

    /// 1 notification bar, 2 and lock screen, 16 and banner and sound; needs --category
    #[arg(long, value_name = "LEVEL", allow_hyphen_values = true)]
    pub(crate) notify_level: Option<i64>,

    /// 0 push, 1 no offline push
    #[arg(long, value_name = "0|1", allow_hyphen_values = true)]
    pub(crate) push_flag: Option<i64>,

    /// How long the message is kept for a user who is not online, at most 7d; 0s means online only
    #[arg(long, value_name = "DURATION", value_parser = duration)]
    pub(crate) life_time: Option<Duration>,

    /// Only if the receiver is online; nothing is kept and nothing pushed
    #[arg(long)]
    pub(crate) online_only: bool,

    /// The whole request of sendmsg as JSON, field names of the REST API; flags go before it
    #[arg(long, value_name = "FILE")]
    pub(crate) message_file: Option<PathBuf>,

    /// Validate and print the exact request, secrets masked, without any network
    #[arg(long)]
    pub(crate) dry_run: bool,
}
