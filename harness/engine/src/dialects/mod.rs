//! What the harness knows of each product: how to sign in, how to ask for a sign-off, and where it is known to differ. One file a
//! product, and its line in [`DIALECTS`].

use crate::speech::{self, Lack, Speak};
use crate::target::{SignInKind, Target};
use signoff_oidc::{Door, Metadata};
use signoff_rules::deviation::{By, Deviation, When};
use signoff_rules::rule::{Grade, Rule};
use signoff_scenarios::Scenario;

mod identityserver;
mod keycloak;
mod oidc;
mod okta;
mod pingone;
mod workos;

/// A product, as the harness sees it.
#[derive(Debug, Clone, Copy)]
pub struct Dialect {
    /// The id: `pingone`.
    pub id: &'static str,
    /// One line for `signoff list --dialects`.
    pub summary: &'static str,
    /// Its editions, the default first; empty when there is but one.
    pub editions: &'static [&'static str],
    /// How people sign in, unless the target says otherwise.
    pub sign_in: fn() -> SignInKind,
    /// Origins of the product besides those of its metadata, from the issuer.
    pub own_origins: fn(&str) -> Vec<String>,
    /// How it is asked to sign somebody off.
    pub speak: Speak,
    /// What it has no words for, or does not have at all.
    pub lacks: &'static [Lack],
    /// The addresses besides its `end_session_endpoint` at which it signs people off.
    pub doors: fn(&Target, &Metadata) -> Vec<(Door, String)>,
    /// Where it is known to differ from the specifications.
    pub differences: &'static [Difference],
}

/// A declared difference, as text: parsed once by [`Dialect::deviations`].
#[derive(Debug, Clone, Copy)]
pub struct Difference {
    /// The rules it touches.
    pub rules: &'static [&'static str],
    /// The predicate over facts.
    pub when: &'static str,
    /// What is seen instead.
    pub by: &'static str,
    /// Why.
    pub reason: &'static str,
    /// Where it is documented.
    pub source: &'static str,
    /// How well.
    pub grade: Grade,
    /// The editions it holds for; all when empty.
    pub editions: &'static [&'static str],
}

/// Every dialect.
pub const DIALECTS: &[&Dialect] = &[
    &pingone::DIALECT,
    &oidc::DIALECT,
    &identityserver::DIALECT,
    &keycloak::DIALECT,
    &okta::DIALECT,
    &workos::DIALECT,
];

/// The dialect with this id.
pub fn find(id: &str) -> Option<&'static Dialect> {
    DIALECTS.iter().find(|dialect| dialect.id == id).copied()
}

impl Dialect {
    /// The edition to use when none is asked for.
    pub fn default_edition(&self) -> Option<&'static str> {
        self.editions.first().copied()
    }

    /// Why this product cannot be told what a scenario says; nothing when it can.
    pub fn unsayable(&self, scenario: &Scenario) -> Option<String> {
        speech::unsayable(self.lacks, scenario)
    }

    /// Why a rule speaks of something that this product does not have; nothing when it may be judged.
    pub fn unjudgeable(&self, rule: &Rule) -> Option<&'static str> {
        speech::unjudgeable(self.lacks, rule)
    }

    /// The deviations of this edition. The error names an entry that does not parse: a defect of this tool,
    /// which a test looks for.
    pub fn deviations(&self, edition: Option<&str>) -> Result<Vec<Deviation>, String> {
        let holds = |difference: &&Difference| {
            difference.editions.is_empty()
                || edition.is_some_and(|e| difference.editions.contains(&e))
        };
        self.differences
            .iter()
            .filter(holds)
            .map(|difference| {
                Ok(Deviation {
                    rules: difference
                        .rules
                        .iter()
                        .map(|rule| (*rule).to_owned())
                        .collect(),
                    when: When::parse(difference.when)?,
                    by: By::parse(difference.by)?,
                    reason: difference.reason.to_owned(),
                    source: difference.source.to_owned(),
                    grade: difference.grade,
                    until: None,
                })
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use signoff_rules::deviation::NEVER_WAIVED;

    #[test]
    fn every_difference_parses_and_waives_nothing_that_may_not_be_waived() {
        for dialect in DIALECTS {
            let editions = if dialect.editions.is_empty() {
                vec![None]
            } else {
                dialect.editions.iter().map(|e| Some(*e)).collect()
            };
            for edition in editions {
                for deviation in dialect.deviations(edition).expect("parses") {
                    for rule in &deviation.rules {
                        assert!(
                            signoff_rules::catalogue::find(rule).is_some(),
                            "{}: no rule {rule}",
                            dialect.id
                        );
                        assert!(
                            !NEVER_WAIVED.contains(&rule.as_str()),
                            "{}: {rule} may not be waived",
                            dialect.id
                        );
                    }
                    assert!(!deviation.source.is_empty() && !deviation.reason.is_empty());
                }
            }
        }
    }

    #[test]
    fn every_lack_gives_a_reason_and_names_rules_that_exist() {
        for dialect in DIALECTS {
            for lack in dialect.lacks {
                assert!(!lack.reason.is_empty(), "{}", dialect.id);
                for pattern in lack.rules {
                    let found = signoff_rules::catalogue::all()
                        .any(|rule| speech::matches(pattern.trim_start_matches('!'), rule));
                    assert!(found, "{}: {pattern} names no rule", dialect.id);
                }
            }
        }
    }

    #[test]
    fn the_reference_declares_no_difference() {
        assert!(find("oidc").is_some_and(|dialect| dialect.differences.is_empty()));
    }
}
