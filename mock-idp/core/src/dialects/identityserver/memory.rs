//! What a host hands out to find it again. The product seals most of it into the values themselves; from outside that
//! cannot be told from a memory, as long as the memory is large enough.

use std::collections::BTreeSet;

use super::context::{LogoutContext, Notice};
use crate::shelf::{Kept, Shelf};

/// What the browsers of one tenant carry around.
#[derive(Default)]
pub(crate) struct Memory {
    /// By `logoutId`.
    pub(super) contexts: Shelf<LogoutContext>,
    /// By `endSessionId`.
    pub(super) notices: Shelf<Notice>,
    /// By the value of the hidden field.
    pub(super) form_tokens: Shelf<FormToken>,
    /// User and client, where the user has consented.
    pub(super) consents: BTreeSet<(String, String)>,
}

/// What a form must come back with.
#[derive(Debug, Clone)]
pub(super) struct FormToken {
    pub(super) cookie: String,
    pub(super) user: Option<String>,
}

impl Kept for LogoutContext {}
impl Kept for Notice {}
impl Kept for FormToken {}
