//! `opush diagnose`: each link broken in turn, one and two at a time, and what must be said then; and the report as people read it.

mod broken;
mod bundle;
mod probe;
mod reads;
mod recorded;
mod report;
pub mod world;
