//! Finds which source file names which: paths are followed through imports and re-exports to the file that defines the name.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::Visit;

use super::attributes::is_test_code;

type Path = Vec<String>;

/// One file of the crate.
pub struct File {
    pub name: String,
    pub module: Path,
    pub text: String,
}

/// For each file the files that its code names. Code under `#[cfg(test)]` does not count, and neither does a re-export
/// whose name the file itself does not use.
pub fn graph(files: &[File]) -> BTreeMap<String, BTreeSet<String>> {
    let read: Vec<Reader> = files
        .iter()
        .map(|file| {
            let syntax = syn::parse_file(&file.text).unwrap_or_else(|error| panic!("{}: {error}", file.name));
            let mut reader = Reader { module: file.module.clone(), ..Reader::default() };
            reader.visit_file(&syntax);
            reader
        })
        .collect();
    let modules: BTreeMap<&[String], usize> =
        files.iter().enumerate().map(|(index, file)| (&file.module[..], index)).collect();
    let crate_files = CrateFiles { modules, read: &read };
    let mut graph = BTreeMap::new();
    for (index, (file, reader)) in files.iter().zip(&read).enumerate() {
        let used = reader.used_imports().chain(&reader.paths);
        let targets = used.filter_map(|(module, path)| crate_files.defining_file(module, path, 0));
        let names = targets.filter(|target| *target != index).map(|target| files[target].name.clone());
        graph.insert(file.name.clone(), names.collect());
    }
    graph
}

/// Files that reach each other, as groups of more than one.
pub fn circles(graph: &BTreeMap<String, BTreeSet<String>>) -> Vec<BTreeSet<String>> {
    let reachable: BTreeMap<&String, BTreeSet<&String>> = graph
        .keys()
        .map(|start| {
            let mut seen = BTreeSet::new();
            let mut open = vec![start];
            while let Some(file) = open.pop() {
                open.extend(graph.get(file).into_iter().flatten().filter(|next| seen.insert(*next)));
            }
            (start, seen)
        })
        .collect();
    let mut groups = BTreeSet::new();
    for (file, ahead) in &reachable {
        let group: BTreeSet<String> = ahead
            .iter()
            .filter(|other| reachable.get(*other).is_some_and(|back| back.contains(file)))
            .map(|other| (*other).clone())
            .collect();
        if group.len() > 1 {
            groups.insert(group);
        }
    }
    groups.into_iter().collect()
}

struct CrateFiles<'a> {
    modules: BTreeMap<&'a [String], usize>,
    read: &'a [Reader],
}

impl CrateFiles<'_> {
    /// The file that defines what `path`, written in `module`, names. None for a module as such and for another crate.
    fn defining_file(&self, module: &[String], path: &[String], depth: usize) -> Option<usize> {
        // Two imports that name each other do not compile, except by way of a macro's name.
        if depth > 20 {
            return None;
        }
        let absolute = match path.first()?.as_str() {
            "crate" | "opush" => path[1..].to_vec(),
            "self" => [module, &path[1..]].concat(),
            "super" => {
                let ups = path.iter().take_while(|segment| *segment == "super").count();
                [&module[..module.len().saturating_sub(ups)], &path[ups..]].concat()
            }
            first if self.knows(module, first) => [module, path].concat(),
            // A name of the file itself, seen from a module inside it, needs `super`; anything else is another crate.
            _ => return None,
        };
        let at = (0..=absolute.len()).rev().find(|end| self.modules.contains_key(&absolute[..*end]))?;
        let file = self.modules[&absolute[..at]];
        let (module, rest) = absolute.split_at(at);
        // A module as such; its names are followed where they are used.
        let name = rest.first()?;
        match self.read[file].import(module, name) {
            Some(target) => {
                let target = [target, &rest[1..]].concat();
                self.defining_file(module, &target, depth + 1)
            }
            None => Some(file),
        }
    }

    fn knows(&self, module: &[String], name: &str) -> bool {
        let child = [module, &[name.to_owned()]].concat();
        let file = (0..=module.len()).rev().find_map(|end| self.modules.get(&module[..end]));
        self.modules.contains_key(&child[..])
            || file.is_some_and(|file| self.read[*file].import(module, name).is_some())
    }
}

struct Import {
    module: Path,
    name: String,
    path: Path,
    public: bool,
}

/// What one file imports, which paths it writes, and which single names.
#[derive(Default)]
struct Reader {
    module: Path,
    imports: Vec<Import>,
    paths: BTreeSet<(Path, Path)>,
    names: BTreeSet<String>,
    resolved: Vec<(Path, Path)>,
}

impl Reader {
    fn import(&self, module: &[String], name: &str) -> Option<&[String]> {
        let found = self.imports.iter().find(|import| import.name == name && import.module == module)?;
        // `use name;` or `use name::{self}` of a crate would follow itself.
        (found.path.first().map(String::as_str) != Some(name)).then_some(&found.path[..])
    }

    fn used_imports(&self) -> impl Iterator<Item = &(Path, Path)> {
        self.resolved.iter()
    }

    fn use_tree(&mut self, before: &[String], tree: &syn::UseTree, public: bool) {
        let with = |name: &syn::Ident| [before.to_vec(), vec![name.to_string()]].concat();
        let (path, name) = match tree {
            syn::UseTree::Path(path) => return self.use_tree(&with(&path.ident), &path.tree, public),
            syn::UseTree::Group(group) => {
                return group.items.iter().for_each(|item| self.use_tree(before, item, public));
            }
            syn::UseTree::Name(name) if name.ident == "self" => {
                (before.to_vec(), before.last().cloned().unwrap_or_default())
            }
            syn::UseTree::Name(name) => (with(&name.ident), name.ident.to_string()),
            syn::UseTree::Rename(rename) => (with(&rename.ident), rename.rename.to_string()),
            syn::UseTree::Glob(_) => return,
        };
        self.imports.push(Import { module: self.module.clone(), name, path, public });
    }

    /// Macro input is not parsed by syn: its tokens hold paths `a::b::c` and single names.
    fn tokens(&mut self, stream: TokenStream) {
        let mut path: Path = Vec::new();
        let mut colons = 0;
        for token in stream {
            match token {
                TokenTree::Ident(name) if path.is_empty() || colons == 2 => {
                    path.push(name.to_string());
                    colons = 0;
                }
                TokenTree::Punct(punct) if punct.as_char() == ':' && !path.is_empty() => colons += 1,
                other => {
                    self.note(std::mem::take(&mut path));
                    colons = 0;
                    match other {
                        TokenTree::Ident(name) => path.push(name.to_string()),
                        TokenTree::Group(group) => self.tokens(group.stream()),
                        _ => {}
                    }
                }
            }
        }
        self.note(path);
    }

    fn note(&mut self, path: Path) {
        match path.first() {
            Some(first) => self.names.insert(first.clone()),
            None => return,
        };
        if path.len() > 1 {
            self.paths.insert((self.module.clone(), path));
        }
    }
}

impl<'ast> Visit<'ast> for Reader {
    fn visit_file(&mut self, file: &'ast syn::File) {
        syn::visit::visit_file(self, file);
        // Names are known only now: a re-export counts if the file uses the name as well.
        let used = self.imports.iter().filter(|import| !import.public || self.names.contains(&import.name));
        self.resolved = used.map(|import| (import.module.clone(), import.path.clone())).collect();
    }

    fn visit_item(&mut self, item: &'ast syn::Item) {
        if !is_test_code(item) {
            syn::visit::visit_item(self, item);
        }
    }

    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        self.module.push(module.ident.to_string());
        syn::visit::visit_item_mod(self, module);
        self.module.pop();
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.use_tree(&[], &item.tree, !matches!(item.vis, syn::Visibility::Inherited));
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        self.note(path.segments.iter().map(|segment| segment.ident.to_string()).collect());
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
    }
}

mod tests {
    use super::*;

    fn found(sources: &[(&str, &str)]) -> Vec<Vec<String>> {
        let files: Vec<File> = sources
            .iter()
            .map(|(name, text)| File {
                name: (*name).to_owned(),
                module: name.trim_end_matches("/mod").split('/').map(String::from).collect(),
                text: (*text).to_owned(),
            })
            .collect();
        circles(&graph(&files)).into_iter().map(|group| group.into_iter().collect()).collect()
    }

    #[test]
    fn files_that_name_each_other_are_a_circle() {
        let circle = [("r/a", "use super::b::B; struct A;"), ("r/b", "fn f() { super::a::A; } struct B;")];
        assert_eq!(found(&circle), [["r/a", "r/b"]]);
        let line = [("r/a", "use super::b::B; struct A;"), ("r/b", "struct B;")];
        assert!(found(&line).is_empty());
    }

    #[test]
    fn a_module_that_only_names_its_children_and_re_exports_is_no_part_of_a_circle() {
        let house = [
            ("r/mod", "mod a; mod b; pub(crate) use a::A; pub(crate) use b::B;"),
            ("r/a", "struct A;"),
            ("r/b", "use super::A; struct B;"),
        ];
        assert!(found(&house).is_empty());
        let by_way_of_the_parent = [
            ("r/mod", "mod a; mod b; pub(crate) use a::A; pub(crate) use b::B;"),
            ("r/a", "use crate::r; struct A(r::B);"),
            ("r/b", "use super::A; struct B;"),
        ];
        assert_eq!(found(&by_way_of_the_parent), [["r/a", "r/b"]]);
    }

    #[test]
    fn a_module_that_uses_what_it_re_exports_is_in_the_circle() {
        let house = [
            ("r/mod", "mod a; pub(crate) use a::A; struct M(A);"),
            ("r/a", "use super::M; struct A(Box<M>);"),
        ];
        assert_eq!(found(&house), [["r/a", "r/mod"]]);
    }

    #[test]
    fn test_code_makes_no_circle() {
        let house =
            [("r/a", "use super::b::B; struct A;"), ("r/b", "#[cfg(test)] use super::a::A; struct B;")];
        assert!(found(&house).is_empty());
    }

    #[test]
    fn tokens_of_macros_count() {
        let circle =
            [("r/a", "use super::b::B; struct A;"), ("r/b", "fn f() { vec![super::a::A] } struct B;")];
        assert_eq!(found(&circle), [["r/a", "r/b"]]);
    }
}
