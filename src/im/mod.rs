//! The IM server's REST side (Tencent Cloud Chat): UserSig, calls, presence, messages with OfflinePushInfo, traces, webhooks.
//! OPPO's own API belongs to `oppo`; what presence means for a push, to `push`.

pub mod user_sig;
