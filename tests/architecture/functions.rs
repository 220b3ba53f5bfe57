//! How long each function of a source file is, counted from its signature to its closing brace.

use syn::spanned::Spanned;
use syn::visit::Visit;

use super::attributes::{is_test, is_test_code};

/// Functions with more than `limit` lines, as name and lines.
pub fn longer_than(limit: usize, source: &str) -> Vec<(String, usize)> {
    let mut reader = Reader { limit, found: Vec::new() };
    reader.visit_file(&syn::parse_file(source).unwrap());
    reader.found
}

struct Reader {
    limit: usize,
    found: Vec<(String, usize)>,
}

impl Reader {
    fn measure(&mut self, signature: &syn::Signature, body: &syn::Block) {
        let lines = body.span().end().line + 1 - signature.span().start().line;
        if lines > self.limit {
            self.found.push((signature.ident.to_string(), lines));
        }
    }
}

impl<'ast> Visit<'ast> for Reader {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        if !is_test_code(item) {
            syn::visit::visit_item(self, item);
        }
    }

    fn visit_item_fn(&mut self, function: &'ast syn::ItemFn) {
        self.measure(&function.sig, &function.block);
        syn::visit::visit_item_fn(self, function);
    }

    fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
        if !function.attrs.iter().any(is_test) {
            self.measure(&function.sig, &function.block);
            syn::visit::visit_impl_item_fn(self, function);
        }
    }
}

mod tests {
    use super::longer_than;

    #[test]
    fn a_function_is_measured_from_its_signature_to_its_brace() {
        let source = "impl S {\n    /// Why.\n    fn long(\n        a: u8,\n    ) {\n        f();\n    }\n}\nfn short() {}\n";
        assert_eq!(longer_than(1, source), [("long".to_owned(), 5)]);
        assert!(longer_than(5, source).is_empty());
    }
}
