//! Lemmas from form and tag.
