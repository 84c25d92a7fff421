//! The list of faults is what it says it is.

use std::collections::BTreeSet;

use mock_idp_core::{Config, DialectId, Edition, Expect, Op, faults};

use super::browser::{oidc, pingone};
use super::identityserver;

/// The sources as they were when the test was built, so that no file is read here.
const LIST: &str = include_str!("../../src/faults/mod.rs");

#[test]
fn every_fault_has_its_own_file_and_id() {
    let ids: BTreeSet<_> = faults().iter().map(|fault| fault.id).collect();
    assert_eq!(ids.len(), faults().len(), "an id is used twice");
    for id in &ids {
        let module = id.replace('-', "_");
        assert!(
            LIST.contains(&format!("\nmod {module};")),
            "{id} has no file of its name"
        );
        assert!(
            LIST.contains(&format!("&{module}::FAULT,")),
            "{id} is not listed under its name"
        );
    }
    let modules = LIST.lines().filter(|line| line.starts_with("mod ")).count();
    assert_eq!(modules, ids.len(), "a file is not in the list");
}

#[test]
fn folder_and_list_agree() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/faults");
    let files: BTreeSet<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name != "mod.rs")
        .collect();
    let listed: BTreeSet<_> = faults()
        .iter()
        .map(|fault| format!("{}.rs", fault.id.replace('-', "_")))
        .collect();
    assert_eq!(files, listed);
}

#[test]
fn every_fault_says_what_it_breaks_and_what_it_stands_on() {
    for fault in faults() {
        assert!(
            !fault.summary.is_empty() && !fault.stands_on.is_empty() && !fault.dialects.is_empty(),
            "{}",
            fault.id
        );
        for dialect in fault.dialects {
            let breaks = !fault.breaks_on(*dialect).is_empty();
            assert_eq!(
                breaks,
                fault.expect != Expect::None,
                "{} on {dialect}",
                fault.id
            );
        }
        let elsewhere = fault
            .breaks
            .iter()
            .find(|(dialect, _)| !fault.fits(*dialect));
        assert!(
            elsewhere.is_none(),
            "{} breaks rules on a dialect it does not have",
            fault.id
        );
    }
}

#[test]
fn a_fault_that_fits_nowhere_or_does_not_exist_is_a_wrong_configuration() {
    let config = |dialect: DialectId| -> Config {
        match dialect {
            DialectId::PingOne => pingone(),
            DialectId::Oidc | DialectId::WorkOs => oidc(),
            DialectId::IdentityServer => {
                Config::new(7, vec![identityserver::tenant(Edition::Duende8)])
            }
        }
    };
    for dialect in [
        DialectId::PingOne,
        DialectId::Oidc,
        DialectId::IdentityServer,
    ] {
        for fault in faults() {
            let made = Op::new(config(dialect).with_fault(fault.id));
            assert_eq!(
                made.is_ok(),
                fault.fits(dialect),
                "{} on {dialect}",
                fault.id
            );
        }
    }
    let error = Op::new(pingone().with_fault("no-such-fault"))
        .err()
        .unwrap();
    assert_eq!(error.at, "faults[0].id");
    assert!(error.advice.contains("redirect-any"));
}
