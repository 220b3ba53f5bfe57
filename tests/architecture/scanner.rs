//! Finds which rooms and which crates a source file names: use trees, inline paths, and the tokens inside macros.

use std::collections::BTreeSet;

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::Visit;

use super::attributes::is_test_code;

/// What one file uses.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Uses {
    pub rooms: BTreeSet<String>,
    pub crates: BTreeSet<String>,
}

/// Reads the source of the module at `path` (its room first). Code under `#[cfg(test)]` is not counted.
pub fn scan(source: &str, path: &[String], rooms: &BTreeSet<String>) -> syn::Result<Uses> {
    let file = syn::parse_file(source)?;
    let mut own = OwnNames::default();
    own.visit_file(&file);
    let mut scanner = Scanner { path: path.to_vec(), rooms, own: own.0, uses: Uses::default() };
    scanner.visit_file(&file);
    Ok(scanner.uses)
}

struct Scanner<'a> {
    path: Vec<String>,
    rooms: &'a BTreeSet<String>,
    /// Names that the file imports from its own crate: they are no crates.
    own: BTreeSet<String>,
    uses: Uses,
}

#[derive(Default)]
struct OwnNames(BTreeSet<String>);

impl OwnNames {
    fn last_names(&mut self, tree: &syn::UseTree) {
        match tree {
            syn::UseTree::Path(path) => self.last_names(&path.tree),
            syn::UseTree::Name(name) => drop(self.0.insert(name.ident.to_string())),
            syn::UseTree::Rename(rename) => drop(self.0.insert(rename.rename.to_string())),
            syn::UseTree::Glob(_) => {}
            syn::UseTree::Group(group) => group.items.iter().for_each(|item| self.last_names(item)),
        }
    }
}

impl<'ast> Visit<'ast> for OwnNames {
    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        if let syn::UseTree::Path(path) = &item.tree
            && ["crate", "self", "super"].contains(&path.ident.to_string().as_str())
        {
            self.last_names(&path.tree);
        }
    }
}

impl Scanner<'_> {
    /// Takes a path as written and notes the room or the crate it leads to.
    fn note(&mut self, segments: &[String]) {
        let Some(first) = segments.first() else { return };
        let absolute = match first.as_str() {
            // The binary names the library by its name.
            "crate" | "opush" => segments[1..].to_vec(),
            "self" => [self.path.clone(), segments[1..].to_vec()].concat(),
            "super" => {
                let ups = segments.iter().take_while(|segment| *segment == "super").count();
                let kept = self.path.len().saturating_sub(ups);
                [self.path[..kept].to_vec(), segments[ups..].to_vec()].concat()
            }
            name if self.own.contains(name) => return,
            name => {
                self.uses.crates.insert(name.to_owned());
                return;
            }
        };
        if let Some(room) = absolute.first().filter(|room| self.rooms.contains(*room)) {
            self.uses.rooms.insert(room.clone());
        }
    }

    fn use_tree(&mut self, before: &[String], tree: &syn::UseTree) {
        let with = |name: &syn::Ident| [before.to_vec(), vec![name.to_string()]].concat();
        match tree {
            syn::UseTree::Path(path) => self.use_tree(&with(&path.ident), &path.tree),
            syn::UseTree::Name(name) => self.note(&with(&name.ident)),
            syn::UseTree::Rename(rename) => self.note(&with(&rename.ident)),
            syn::UseTree::Glob(_) => self.note(before),
            syn::UseTree::Group(group) => group.items.iter().for_each(|item| self.use_tree(before, item)),
        }
    }

    /// Macro input is not parsed by syn: find `a::b::c` runs in its tokens.
    fn tokens(&mut self, stream: TokenStream) {
        let mut run: Vec<String> = Vec::new();
        let mut colons = 0;
        for token in stream {
            match token {
                TokenTree::Ident(name) if run.is_empty() || colons == 2 => {
                    run.push(name.to_string());
                    colons = 0;
                }
                TokenTree::Punct(punct) if punct.as_char() == ':' && !run.is_empty() => colons += 1,
                other => {
                    self.end_of_run(&mut run);
                    colons = 0;
                    match other {
                        TokenTree::Ident(name) => run.push(name.to_string()),
                        TokenTree::Group(group) => self.tokens(group.stream()),
                        _ => {}
                    }
                }
            }
        }
        self.end_of_run(&mut run);
    }

    fn end_of_run(&mut self, run: &mut Vec<String>) {
        if run.len() > 1 {
            self.note(run);
        }
        run.clear();
    }
}

impl<'ast> Visit<'ast> for Scanner<'_> {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        if !is_test_code(item) {
            syn::visit::visit_item(self, item);
        }
    }

    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        self.path.push(module.ident.to_string());
        syn::visit::visit_item_mod(self, module);
        self.path.pop();
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.use_tree(&[], &item.tree);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let segments: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        if segments.len() > 1 {
            self.note(&segments);
        }
        syn::visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, mac: &'ast syn::Macro) {
        self.tokens(mac.tokens.clone());
        syn::visit::visit_macro(self, mac);
    }

    fn visit_attribute(&mut self, attribute: &'ast syn::Attribute) {
        if let syn::Meta::List(list) = &attribute.meta {
            self.tokens(list.tokens.clone());
        }
        syn::visit::visit_attribute(self, attribute);
    }
}

mod tests {
    use super::*;

    fn uses(source: &str) -> Uses {
        let rooms = ["a", "b", "c", "d"].map(String::from).into();
        scan(source, &["a".to_string(), "inner".to_string()], &rooms).unwrap()
    }

    fn set(names: &[&str]) -> BTreeSet<String> {
        names.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn use_trees_are_flattened() {
        assert_eq!(uses("use crate::{b::{X, Y}, c as z, d::*};").rooms, set(&["b", "c", "d"]));
    }

    #[test]
    fn super_is_resolved() {
        assert_eq!(uses("use super::super::b::X; use super::sibling;").rooms, set(&["a", "b"]));
        assert_eq!(uses("mod deep { use super::super::super::c::X; }").rooms, set(&["c"]));
    }

    #[test]
    fn inline_paths_and_macros_count() {
        let source = r#"fn f(x: crate::b::T) { let y = vec![crate::c::g(), other::h()]; }"#;
        assert_eq!(uses(source).rooms, set(&["b", "c"]));
        assert_eq!(uses(source).crates, set(&["other"]));
    }

    #[test]
    fn derives_and_the_binarys_name_count() {
        assert_eq!(uses("#[derive(clap::Args)] struct S; fn f() { opush::b::g() }").crates, set(&["clap"]));
        assert_eq!(uses("fn f() { opush::b::g() }").rooms, set(&["b"]));
    }

    #[test]
    fn a_module_with_the_name_of_a_crate_is_not_the_crate() {
        assert_eq!(uses("use crate::b::console; fn f() { console::g() }").crates, set(&[]));
    }

    #[test]
    fn test_code_does_not_count() {
        assert_eq!(uses("#[cfg(test)] mod tests { use crate::b; }").rooms, set(&[]));
    }
}
