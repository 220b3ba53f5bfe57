//! What a profile leads to: its OPPO client, its IM client, the sandbox that runs or one in this process.

mod im;
mod im_presence;
mod oppo;
pub(crate) mod sandbox;

pub(crate) use im::{ImService, caller};
pub(crate) use im_presence::{ImAnswer, ImPresence, ask_im_presence};
pub(crate) use oppo::{
    OppoService, credentials, credentials_by_id, endpoints_without_network, remark_exchanges,
};
pub(crate) use sandbox::Setup;
