//! The sandbox's own database: one SQLite file (or memory), its schema, its clock. The client's state is never read.
//! What the rows mean belongs to `vendor`, `phone` and `control`, each of which brings its own tables.
