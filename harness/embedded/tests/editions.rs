//! Rules that speak for an older edition alone: the default edition, on which the kill matrix is made, cannot
//! prove them, so each is broken here by a fault of the mock.

use mock_idp_core::DialectId;
use signoff_embedded::{Embedded, EmbeddedWire};
use signoff_engine::wire::block_on_ready;
use signoff_engine::{Campaign, FailOn, Outcome, RunReport, Selection};
use signoff_rules::catalogue;
use std::collections::BTreeSet;

const EDITION: &str = "legacy";

/// Which fault breaks which rule.
const BROKEN_BY: &[(&str, &str)] = &[("P1-SA-08", "hint-optional")];

/// Rules that no fault breaks yet: where the older edition lands is decided before any policy that a fault changes.
const UNPROVEN: &[&str] = &["P1-SA-07"];

fn run(faults: &[String]) -> RunReport {
    let embedded = Embedded::in_edition(DialectId::PingOne, EDITION, faults).expect("a world");
    let campaign = Campaign {
        target: embedded.target.clone(),
        selection: Selection::all(),
        seed: 1,
        fail_on: FailOn::default(),
        faults: faults.to_vec(),
        max_fail: None,
        baseline: None,
        transcripts: false,
        search: None,
    };
    let mut wire = EmbeddedWire::new(&embedded);
    block_on_ready(campaign.run(&mut wire, &mut (), &mut (), &|| 0))
}

fn broken(report: &RunReport) -> BTreeSet<&'static str> {
    report
        .with(Outcome::Violated)
        .map(|judgement| judgement.rule)
        .collect()
}

#[test]
fn every_rule_of_an_older_edition_is_listed() {
    let older: BTreeSet<&str> = catalogue::all()
        .filter(|rule| rule.is_judged() && rule.speaks_for("pingone", Some(EDITION)))
        .filter(|rule| !rule.speaks_for("pingone", Some("current")))
        .map(|rule| rule.id)
        .collect();
    let proven = BROKEN_BY.iter().map(|(rule, _)| *rule);
    let listed: BTreeSet<&str> = proven.chain(UNPROVEN.iter().copied()).collect();
    assert_eq!(older, listed);
    let unheard: Vec<&str> = catalogue::all()
        .filter(|rule| rule.speaks_for("pingone", Some("2023")))
        .filter(|rule| !rule.speaks_for("pingone", Some("current")))
        .map(|rule| rule.id)
        .collect();
    assert_eq!(unheard, [] as [&str; 0]);
}

#[test]
fn each_is_broken_by_its_fault_and_by_nothing_without_it() {
    assert_eq!(broken(&run(&[])), BTreeSet::new());
    for (rule, fault) in BROKEN_BY {
        let broken = broken(&run(&[(*fault).to_owned()]));
        assert!(broken.contains(rule), "{fault} breaks {broken:?}");
    }
}
