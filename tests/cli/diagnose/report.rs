//! The report as a person reads it, as Markdown and as a bundle; and that a diagnosis only reads.
//! Which link is named is the table's business.
