//! The sandbox's rules, told by raw HTTP over loopback: nothing of the client is used here, or its bugs would agree.

mod accept_any;
mod batch;
mod broadcast;
mod bulk;
mod clock;
mod dialects;
mod docs;
mod faults;
mod feedback;
mod fuzz;
mod harness;
mod im;
mod im_faults;
mod im_rows;
mod im_webhook;
mod listener;
mod messages;
mod phones;
mod receipts;
mod rows;
mod senders;
mod server;
mod statistics;
mod tokens;
mod uploads;
mod wire;
