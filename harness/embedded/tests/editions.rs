//! Rules that speak for an older edition alone: the default edition, on which the kill matrix is made, cannot
//! prove them, so each is broken there by a fault of the mock.

use signoff_embedded::selftest::{PROVEN_IN_AN_OLDER_EDITION, broken_in};
use signoff_rules::catalogue;
use std::collections::BTreeSet;

const EDITION: &str = "legacy";

#[test]
fn every_rule_of_an_older_edition_is_listed() {
    let older: BTreeSet<&str> = catalogue::all()
        .filter(|rule| rule.is_judged() && rule.speaks_for("pingone", Some(EDITION)))
        .filter(|rule| !rule.speaks_for("pingone", Some("current")))
        .map(|rule| rule.id)
        .collect();
    let rows = PROVEN_IN_AN_OLDER_EDITION.iter();
    let listed: BTreeSet<&str> = rows.map(|(rule, ..)| *rule).collect();
    assert_eq!(older, listed);
    let unheard: Vec<&str> = catalogue::all()
        .filter(|rule| rule.speaks_for("pingone", Some("2023")))
        .filter(|rule| !rule.speaks_for("pingone", Some("current")))
        .map(|rule| rule.id)
        .collect();
    assert_eq!(unheard, [] as [&str; 0]);
}

#[test]
fn each_is_broken_by_its_fault_and_not_without_it() {
    for (rule, dialect, edition, fault) in PROVEN_IN_AN_OLDER_EDITION {
        let broken = broken_in(*dialect, edition, fault).expect("runs");
        assert!(broken.contains(rule), "{fault} breaks {broken:?}");
    }
}
