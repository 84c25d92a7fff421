//! Who may know whom: the edges between our crates, as ARCHITECTURE.md says, and no async runtime in a pure
//! crate. Asked of `cargo metadata`, so that nothing has to be kept in step by hand.

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

/// What each crate may depend on among ours. Tests and benches count too.
const ALLOWED: &[(&str, &[&str])] = &[
    ("signoff-oidc", &[]),
    ("signoff-rules", &["signoff-oidc"]),
    ("signoff-scenarios", &["signoff-oidc"]),
    (
        "signoff-engine",
        &["signoff-oidc", "signoff-rules", "signoff-scenarios"],
    ),
    (
        "signoff-embedded",
        &[
            "signoff-engine",
            "signoff-scenarios",
            "signoff-rules",
            "signoff-oidc",
            "mock-idp-core",
        ],
    ),
    (
        "signoff-runner",
        &[
            "signoff-embedded",
            "signoff-engine",
            "signoff-scenarios",
            "signoff-rules",
            "signoff-oidc",
            "mock-idp",
            "signoff-browser",
        ],
    ),
    ("signoff-cli", &["signoff-runner", "mock-idp"]),
    ("mock-idp-core", &[]),
    ("mock-idp", &["mock-idp-core", "signoff-browser"]),
    ("signoff-browser", &[]),
];

/// Crates that keep clocks, sockets and files out.
const PURE: &[&str] = &[
    "signoff-oidc",
    "signoff-rules",
    "signoff-scenarios",
    "signoff-engine",
    "signoff-embedded",
    "mock-idp-core",
];

/// Crates that bring an async runtime, or the network.
const WORLDLY: &[&str] = &["tokio", "hyper", "reqwest", "async-std", "smol"];

fn metadata() -> Value {
    let output = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--format-version",
            "1",
            "--no-deps",
            "--offline",
        ])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo metadata runs");
    serde_json::from_slice(&output.stdout).expect("cargo metadata prints JSON")
}

/// Each crate of the workspace with the names it depends on.
fn dependencies() -> BTreeMap<String, BTreeSet<String>> {
    let metadata = metadata();
    let packages = metadata["packages"].as_array().expect("packages");
    packages
        .iter()
        .map(|package| {
            let names = package["dependencies"]
                .as_array()
                .expect("dependencies")
                .iter();
            let names =
                names.filter_map(|dependency| dependency["name"].as_str().map(str::to_owned));
            (
                package["name"].as_str().expect("a name").to_owned(),
                names.collect(),
            )
        })
        .collect()
}

#[test]
fn no_crate_knows_one_that_it_may_not_know() {
    let found = dependencies();
    let ours: BTreeSet<&str> = ALLOWED.iter().map(|(name, _)| *name).collect();
    let there: BTreeSet<&str> = found.keys().map(String::as_str).collect();
    assert_eq!(there, ours, "a crate is missing here or in the workspace");
    for (name, allowed) in ALLOWED {
        let forbidden: Vec<&String> = found[*name]
            .iter()
            .filter(|d| ours.contains(d.as_str()) && !allowed.contains(&d.as_str()))
            .collect();
        assert!(forbidden.is_empty(), "{name} must not know {forbidden:?}");
    }
}

#[test]
fn a_pure_crate_has_no_runtime_and_no_network() {
    let found = dependencies();
    for name in PURE {
        let worldly: Vec<&&str> = WORLDLY
            .iter()
            .filter(|worldly| found[*name].contains(**worldly))
            .collect();
        assert!(
            worldly.is_empty(),
            "{name} is pure and must not depend on {worldly:?}"
        );
    }
}
