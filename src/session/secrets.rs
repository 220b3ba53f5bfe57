//! The secrets that a run has got, each once.

use std::cell::RefCell;

use crate::config::{Secret, SecretRef};

/// A shorter secret is part of ordinary words, and masking it would spoil the text without hiding anything.
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

    pub(super) fn masked(&self, text: String) -> String {
        self.0.borrow().iter().fold(text, |text, (_, secret)| match secret.reveal() {
            short if short.len() < SHORTEST => text,
            secret => text.replace(secret, "********"),
        })
    }
}
