//! The list of all rules, in the order of the documents and of their sections.

use crate::rule::Rule;
use crate::{
    asvs, best_practice, browser_security, cookies, core, discovery, identity_server,
    issuer_identification, pingone, registration, revocation, rp_initiated, tokens, workos,
};

/// Every rule, folder by folder.
pub const CATALOGUE: &[&[Rule]] = &[
    rp_initiated::RULES,
    discovery::RULES,
    registration::RULES,
    revocation::RULES,
    core::RULES,
    issuer_identification::RULES,
    best_practice::RULES,
    cookies::RULES,
    browser_security::RULES,
    tokens::RULES,
    asvs::RULES,
    pingone::RULES,
    workos::RULES,
    identity_server::RULES,
];

/// Every rule in one row.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    CATALOGUE.iter().flat_map(|rules| rules.iter())
}

/// The rule with this id, in any case of letters.
pub fn find(id: &str) -> Option<&'static Rule> {
    all().find(|rule| rule.id.eq_ignore_ascii_case(id))
}
