//! The secrets that a run has got, each once.

use std::cell::RefCell;

use crate::config::{Secret, SecretRef};
use crate::masking;

/// A shorter secret is not masked: it is part of ordinary words.
const SHORTEST: usize = 6;

#[derive(Default)]
pub(super) struct Secrets(RefCell<Vec<(SecretRef, Secret)>>);

impl Secrets {
    pub(super) fn known(&self, reference: &SecretRef) -> Option<Secret> {
        self.0.borrow().iter().find(|(one, _)| one == reference).map(|(_, secret)| secret.clone())
    }

    pub(super) fn keep(&self, reference: &SecretRef, secret: &Secret) {
        self.0.borrow_mut().push((reference.clone(), secret.clone()));
    }

    pub(super) fn masked(&self, text: &str) -> String {
        let secrets = self.0.borrow();
        masking::known(text, secrets.iter().map(|(_, secret)| secret.reveal()), SHORTEST)
    }
}
