//! The state database: auth tokens, token reports, deliveries; migrations. Plain functions over plain SQL.
//! What the rows mean for a push belongs to `push`; how tokens are renewed, to `oppo`.
