//! What the database does for each filter, asked of itself: no table read whole, nothing sorted.
//! What the filters find is tested in `tests`.
