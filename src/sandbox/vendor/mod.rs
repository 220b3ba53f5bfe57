//! The push API as OPPO serves it.
