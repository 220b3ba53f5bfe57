//! Open questions about OPPO, one switch each.
