//! What the catalogue promises: ids and names that can be relied on, an explanation for every judged rule,
//! and no file that the list forgot.

#![expect(
    clippy::disallowed_methods,
    reason = "the promises are about the crate's own source files"
)]

use signoff_rules::catalogue::all;
use signoff_rules::rule::{Judge, Rule};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The headings of a judged rule's explanation, in their order.
const HEADINGS: [&str; 3] = ["# Why it matters", "# What does not count", "# How to fix"];

fn judged() -> impl Iterator<Item = &'static Rule> {
    all().filter(|rule| rule.is_judged())
}

fn is_kebab(text: &str) -> bool {
    !text.is_empty()
        && text.split('-').all(|part| {
            !part.is_empty()
                && part
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        })
}

/// `RPIL-2.1-02`, `DISC-3-01`, `P1-SO-03`, `CSS-01`: letters, perhaps a section, a number of two digits; or
/// `ASVS-7.4.1`, as that document numbers its own requirements.
fn is_id(id: &str) -> bool {
    if let Some(number) = id.strip_prefix("ASVS-") {
        let parts: Vec<&str> = number.split('.').collect();
        return parts.len() == 3 && parts.iter().all(|part| part.parse::<u8>().is_ok());
    }
    let parts: Vec<&str> = id.split('-').collect();
    let (Some(first), Some(last)) = (parts.first(), parts.last()) else {
        return false;
    };
    let in_between = &parts[1..parts.len() - 1];
    parts.len() >= 2
        && first.starts_with(|c: char| c.is_ascii_uppercase())
        && first
            .bytes()
            .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
        && last.len() == 2
        && last.bytes().all(|byte| byte.is_ascii_digit())
        && in_between.iter().all(|part| {
            !part.is_empty()
                && part
                    .bytes()
                    .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'.')
        })
}

/// Every source file that declares a rule of its own, with its text.
fn rule_files() -> Vec<(PathBuf, String)> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    let mut folders = vec![source];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder of this crate") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = std::fs::read_to_string(&path).expect("a source file");
                if text.contains("const RULE: Rule = Rule {") {
                    found.push((path, text));
                }
            }
        }
    }
    found.sort();
    found
}

#[test]
fn ids_are_well_formed_and_used_once() {
    let mut seen = BTreeSet::new();
    for rule in all() {
        assert!(is_id(rule.id), "{}", rule.id);
        assert!(seen.insert(rule.id), "{} stands twice", rule.id);
    }
    assert!(!is_id("RPIL-2"));
    assert!(!is_id("rpil-2-05"));
}

#[test]
fn names_are_kebab_case_and_used_once() {
    let mut seen = BTreeSet::new();
    for rule in all() {
        assert!(is_kebab(rule.name), "{}: {}", rule.id, rule.name);
        assert!(seen.insert(rule.name), "{} stands twice", rule.name);
        assert!(!rule.title.is_empty(), "{} has no title", rule.id);
    }
}

#[test]
fn every_judged_rule_is_explained_under_the_fixed_headings() {
    for rule in judged() {
        let explanation = rule.explanation();
        let headings: Vec<&str> = explanation
            .lines()
            .filter(|line| line.starts_with('#'))
            .collect();
        assert_eq!(headings, HEADINGS, "{}", rule.id);
        let sections: Vec<&str> = explanation.split(HEADINGS[0]).collect();
        assert!(sections[0].trim().len() > 20, "{} says nothing", rule.id);
        for (heading, body) in HEADINGS.iter().zip(bodies(&explanation)) {
            assert!(!body.trim().is_empty(), "{}: {heading} is empty", rule.id);
        }
    }
}

/// The texts under the headings.
fn bodies(explanation: &str) -> Vec<String> {
    let mut bodies: Vec<String> = Vec::new();
    for line in explanation.lines() {
        if line.starts_with('#') {
            bodies.push(String::new());
        } else if let Some(body) = bodies.last_mut() {
            body.push_str(line);
            body.push(' ');
        }
    }
    bodies
}

#[test]
fn every_rule_but_a_products_stands_on_a_reported_defect() {
    let is_entry = |word: &str| {
        let word = word.trim_matches(|c: char| !c.is_ascii_alphanumeric());
        word.split_once('-').is_some_and(|(class, number)| {
            class.len() == 1
                && class.bytes().all(|byte| (b'A'..=b'U').contains(&byte))
                && number.len() == 2
                && number.bytes().all(|byte| byte.is_ascii_digit())
        })
    };
    for rule in
        judged().filter(|rule| !matches!(rule.scope, signoff_rules::rule::Scope::Product { .. }))
    {
        let bodies = bodies(&rule.explanation());
        let why = bodies.first().map_or("", String::as_str);
        assert!(
            why.split_whitespace().any(is_entry),
            "{} names no entry of the defect catalogue",
            rule.id
        );
    }
}

#[test]
fn every_unjudged_rule_says_why() {
    for rule in all() {
        if let Judge::Not(_, reason) = rule.judge {
            assert!(reason.len() > 10, "{}: {reason}", rule.id);
            assert!(rule.needs.is_empty() && rule.file.is_empty(), "{}", rule.id);
        }
    }
}

#[test]
fn every_rule_file_is_listed_under_its_own_name() {
    let files = rule_files();
    for (path, text) in &files {
        let stem = path
            .file_stem()
            .and_then(|stem| stem.to_str())
            .unwrap_or("");
        let rule = judged()
            .find(|rule| rule.file == text)
            .unwrap_or_else(|| panic!("{} is in no list", path.display()));
        assert_eq!(rule.name, stem.replace('_', "-"), "{}", path.display());
    }
    assert_eq!(files.len(), judged().count());
}

#[test]
fn every_rule_file_has_its_tests() {
    for (path, text) in rule_files() {
        assert!(
            text.contains("#[cfg(test)]"),
            "{} has no tests",
            path.display()
        );
    }
}

#[test]
fn the_whole_of_rp_initiated_logout_is_listed_in_its_order() {
    let numbers = [
        ("1.1", 1),
        ("1.2", 1),
        ("2", 32),
        ("2.1", 4),
        ("3", 5),
        ("3.1", 5),
        ("4", 7),
        ("5", 1),
        ("6", 1),
        ("7", 2),
    ];
    let expected: Vec<String> = numbers
        .iter()
        .flat_map(|(section, last)| {
            (1..=*last).map(move |number| format!("RPIL-{section}-{number:02}"))
        })
        .collect();
    let listed: Vec<&str> = all()
        .map(|rule| rule.id)
        .filter(|id| id.starts_with("RPIL-"))
        .collect();
    assert_eq!(listed, expected);
    assert_eq!(listed.len(), 59);
    for rule in all().filter(|rule| rule.id.starts_with("RPIL-")) {
        let section = rule.id.trim_start_matches("RPIL-");
        assert!(section.starts_with(rule.source.section), "{}", rule.id);
    }
}

/// The sentences of the documents that sign-off leans on, besides RP-Initiated Logout itself. The ids are
/// those of the project's list of rules: none is dropped, and none is renumbered.
const LISTED: &[&str] = &[
    "DISC-3-01",
    "DISC-3-02",
    "DISC-3-03",
    "DISC-3-04",
    "DISC-4-01",
    "DISC-4-02",
    "DISC-4.1-01",
    "DISC-4.2-01",
    "DISC-4.2-02",
    "DISC-4.3-01",
    "DISC-5-01",
    "DISC-5-02",
    "DISC-7-01",
    "R8414-2-01",
    "R8414-2-02",
    "R8414-3-01",
    "R8414-3.3-01",
    "DCR-2-01",
    "DCR-2-02",
    "DCR-3.2-01",
    "REV-2-01",
    "REV-2-02",
    "REV-2-03",
    "REV-2.1-01",
    "REV-2.1-02",
    "REV-2.1-03",
    "REV-2.1-04",
    "REV-2.1-05",
    "REV-2.1-06",
    "REV-2.1-07",
    "REV-2.1-08",
    "REV-2.2-01",
    "REV-2.2-02",
    "REV-2.2.1-01",
    "REV-2.2.1-02",
    "REV-2.3-01",
    "CORE-2-01",
    "CORE-2-02",
    "CORE-2-03",
    "CORE-2-04",
    "CORE-3.1.2.1-01",
    "CORE-3.1.2.1-02",
    "CORE-3.1.2.1-03",
    "CORE-3.1.2.1-04",
    "CORE-3.1.2.1-05",
    "CORE-3.1.2.1-06",
    "CORE-3.1.2.1-07",
    "CORE-3.1.2.2-01",
    "CORE-3.1.2.2-02",
    "CORE-3.1.2.2-03",
    "CORE-3.1.3.7-01",
    "CORE-3.1.3.7-02",
    "CORE-3.1.3.7-03",
    "CORE-3.1.3.7-04",
    "CORE-3.1.3.7-05",
    "CORE-3.1.3.7-06",
    "CORE-3.1.3.7-07",
    "CORE-3.1.3.7-08",
    "CORE-10.1-01",
    "CORE-10.1-02",
    "CORE-10.1.1-01",
    "CORE-11-01",
    "CORE-13-01",
    "CORE-16.18-01",
    "CORE-16.22-01",
    "R6749-3.1-01",
    "R6749-3.1-02",
    "R9207-2-01",
    "R9207-2-02",
    "R9207-2.4-01",
    "R9207-2.4-02",
    "R9207-3-01",
    "R9207-X-01",
    "BCP-2.1-01",
    "BCP-2.1-02",
    "BCP-2.1-03",
    "BCP-2.1-04",
    "BCP-2.6-01",
    "BCP-2.6-02",
    "BCP-4.1.3-01",
    "BCP-4.1.3-02",
    "BCP-4.2.4-01",
    "BCP-4.2.4-02",
    "BCP-4.2.4-03",
    "BCP-4.11.1-01",
    "BCP-4.11.2-01",
    "BCP-4.11.2-02",
    "BCP-4.12-01",
    "BCP-4.13-01",
    "BCP-4.14-01",
    "BCP-4.16-01",
    "BCP-4.16-02",
    "BCP-4.17-01",
    "CK-4.1.1-01",
    "CK-4.1.1-02",
    "CK-4.1.1-03",
    "CK-4.1.1-04",
    "CK-4.1.2-01",
    "CK-4.1.2.1-01",
    "CK-4.1.2.2-01",
    "CK-4.1.3-01",
    "CK-4.1.3.2-01",
    "CK-5.3-01",
    "CK-5.4-01",
    "CK-5.6-01",
    "CK-5.7-01",
    "CK-5.7-02",
    "CK-5.7-03",
    "CK-5.8.3-01",
    "CK-5.8.3-02",
    "CK-6.1-01",
    "CK-8.2-01",
    "CK-8.3-01",
    "CK-8.4-01",
    "CK-8.8.1-01",
    "ASVS-7.4.1",
    "ASVS-7.4.4",
    "ASVS-7.6.1",
    "ASVS-10.5.5",
    "ASVS-10.6.2",
];

#[test]
fn every_sentence_of_the_documents_beside_it_is_listed_once_and_in_order() {
    let families = LISTED.iter().filter_map(|id| id.split('-').next());
    let families: BTreeSet<&str> = families.collect();
    let listed: Vec<&str> = all()
        .map(|rule| rule.id)
        .filter(|id| families.contains(id.split('-').next().unwrap_or_default()))
        .collect();
    assert_eq!(listed, LISTED);
}
