//! Open questions about OPPO, one switch each.
//! What a rule does belongs where it is enforced.

/// Which reading of the reference is enforced, rule by rule.
#[derive(Clone, Debug, Default)]
pub struct Rules {}
