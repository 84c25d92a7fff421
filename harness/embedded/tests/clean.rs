//! The mock without a fault, in memory: the main job in small.

use signoff_embedded::{DIALECTS, Embedded, EmbeddedWire, dialect};
use signoff_engine::campaign::Archive;
use signoff_engine::report::Drift;
use signoff_engine::wire::block_on_ready;
use signoff_engine::{Campaign, Exit, FailOn, Outcome, RunReport, Selection};
use signoff_rules::catalogue;
use signoff_scenarios::Scenario;
use std::collections::BTreeSet;

/// Keeps the recorded behaviour in memory.
#[derive(Default)]
struct Kept(Vec<String>);

impl Archive for Kept {
    fn compare(&mut self, scenario: &Scenario, text: &str) -> Option<Drift> {
        self.0.push(format!("{}\n{text}", scenario.id));
        None
    }
    fn leftovers(&mut self, _: bool) -> Vec<Drift> {
        Vec::new()
    }
}

/// Every dialect in every edition.
fn editions() -> impl Iterator<Item = (&'static str, Option<&'static str>)> {
    DIALECTS.iter().flat_map(|id| {
        let editions = signoff_engine::dialects::find(id)
            .expect("a dialect")
            .editions;
        let default = editions.is_empty().then_some((*id, None));
        let named = editions.iter().map(|edition| (*id, Some(*edition)));
        default.into_iter().chain(named)
    })
}

fn run_and_keep(id: &str) -> (RunReport, Vec<String>) {
    run_edition(id, None)
}

fn run_edition(id: &str, edition: Option<&str>) -> (RunReport, Vec<String>) {
    let dialect = dialect(id).expect("a dialect");
    let embedded = match edition {
        Some(edition) => Embedded::in_edition(dialect, edition, &[]),
        None => Embedded::in_memory(dialect, &[]),
    };
    let embedded = embedded.expect("a world");
    let campaign = Campaign {
        target: embedded.target.clone(),
        selection: Selection::all(),
        seed: 1,
        fail_on: FailOn::default(),
        faults: Vec::new(),
        max_fail: None,
        baseline: None,
        transcripts: true,
        search: None,
    };
    let mut kept = Kept::default();
    let report =
        block_on_ready(campaign.run(&mut EmbeddedWire::new(&embedded), &mut (), &mut kept, &|| 0));
    (report, kept.0)
}

/// How many cases a dialect has at least. What a product has no words for leaves few to the one that has few.
fn cases(id: &str) -> usize {
    if id == "workos" { 15 } else { 100 }
}

fn run(id: &str) -> RunReport {
    run_and_keep(id).0
}

#[test]
fn the_clean_mock_breaks_nothing_and_deviates_only_where_it_says() {
    for (id, edition) in editions() {
        let report = run_edition(id, edition).0;
        assert_eq!(
            report.exit(),
            Exit::Ok,
            "{id} {edition:?}: {}",
            report.complaint()
        );
        assert!(report.summary.cases >= cases(id), "{id}");
    }
}

#[test]
fn the_reference_has_no_known_difference() {
    assert_eq!(run("oidc").with(Outcome::Known).count(), 0);
}

#[test]
fn every_rule_of_the_catalogue_is_judged_or_named_with_a_reason() {
    for id in DIALECTS {
        let report = run(id);
        let judged: BTreeSet<&str> = report
            .judgements
            .iter()
            .map(|judgement| judgement.rule)
            .collect();
        let named: BTreeSet<&str> = report
            .not_applicable
            .iter()
            .filter(|entry| !entry.reason.is_empty())
            .map(|entry| entry.rule)
            .collect();
        let missing: Vec<&str> = catalogue::all()
            .map(|rule| rule.id)
            .filter(|rule| !judged.contains(rule) && !named.contains(rule))
            .collect();
        assert_eq!(missing, [] as [&str; 0], "{id}");
    }
}

#[test]
fn every_judged_rule_is_decided_on_some_dialect() {
    let decided: BTreeSet<&str> = editions()
        .flat_map(|(id, edition)| {
            let decided: Vec<&str> = run_edition(id, edition)
                .0
                .judgements
                .iter()
                .filter(|j| !matches!(j.outcome, Outcome::Undecided | Outcome::NotApplicable))
                .map(|j| j.rule)
                .collect();
            decided
        })
        .collect();
    let silent: Vec<&str> = catalogue::all()
        .filter(|rule| rule.is_judged())
        .map(|rule| rule.id)
        .filter(|rule| !decided.contains(rule))
        .collect();
    // It speaks of several keys, and the clean mock publishes one; a fault publishes two.
    assert_eq!(silent, ["CORE-10.1-01"]);
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    for id in DIALECTS {
        let ((first, first_texts), (second, second_texts)) = (run_and_keep(id), run_and_keep(id));
        assert_eq!(first_texts, second_texts, "{id}");
        assert_eq!(format!("{first:?}"), format!("{second:?}"), "{id}");
        assert!(
            first
                .cases
                .iter()
                .filter(|case| !case.transcript.is_empty())
                .count()
                >= cases(id),
            "{id}"
        );
    }
}

#[test]
fn no_secret_shows_in_reports_and_snapshots() {
    for id in DIALECTS {
        let (report, snapshots) = run_and_keep(id);
        let text = format!("{report:?} {}", snapshots.join("\n"));
        for secret in ["alice-password", "bob-password", "secret-of-client", "eyJ"] {
            assert!(!text.contains(secret), "{id}: {secret} shows");
        }
    }
}
