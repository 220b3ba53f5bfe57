//! The snippets as texts: escaping, braces, the manifest as XML.
use super::*;
