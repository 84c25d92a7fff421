//! Targets that change their mind, fail now and then, or must get back what was taken from them.

use mock_idp_core::DialectId;
use signoff_embedded::search::campaign;
use signoff_embedded::{Embedded, EmbeddedWire};
use signoff_engine::wire::block_on_ready;
use signoff_engine::{Command, Failure, Fidelity, Generated, RunReport, Search, Target, Wire};
use signoff_oidc::{Request, Response, Timestamp};
use std::collections::BTreeSet;

/// Which plays of a target are spoilt, counted from 1.
type Spoilt = Box<dyn Fn(u32) -> bool>;

/// How they are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mood {
    /// Any redirect URI is followed.
    FollowsAnything,
    /// The case cannot be played.
    Fails,
    /// The case gets lost on its way.
    Loses,
}

/// Two mocks, one of them with a fault: which one answers is decided play by play.
pub(crate) struct Moody {
    clean: EmbeddedWire,
    faulty: EmbeddedWire,
    mood: Mood,
    spoilt: Spoilt,
    plays: u32,
    disabled: BTreeSet<String>,
}

impl Moody {
    fn answering(&mut self) -> &mut EmbeddedWire {
        if self.mood == Mood::FollowsAnything && (self.spoilt)(self.plays) {
            &mut self.faulty
        } else {
            &mut self.clean
        }
    }
}

impl Wire for Moody {
    async fn begin(&mut self, seed: u64) -> Result<(), Failure> {
        assert!(self.disabled.is_empty(), "given back before the next play");
        self.plays += 1;
        if self.mood != Mood::FollowsAnything && (self.spoilt)(self.plays) {
            return Err(Failure {
                what: "the connection was closed".to_owned(),
                unreachable: self.mood == Mood::Loses,
            });
        }
        self.answering().begin(seed).await
    }

    async fn send(&mut self, request: &Request, fidelity: Fidelity) -> Result<Response, Failure> {
        self.answering().send(request, fidelity).await
    }

    async fn command(&mut self, command: &Command) -> Result<bool, Failure> {
        match command {
            Command::Disable(client) => drop(self.disabled.insert(client.clone())),
            Command::Enable(client) => drop(self.disabled.remove(client)),
            _ => {}
        }
        self.answering().command(command).await
    }

    fn now(&self) -> Timestamp {
        self.clean.now()
    }
}

/// Such a target, which is taken for a real one, and the way to it.
pub(crate) fn moody(mood: Mood, spoilt: impl Fn(u32) -> bool + 'static) -> (Target, Moody) {
    let world = |faults: &[String]| Embedded::in_memory(DialectId::Oidc, faults).expect("a world");
    let clean = world(&[]);
    let target = Target {
        real: true,
        ..clean.target.clone()
    };
    let wire = Moody {
        clean: EmbeddedWire::new(&clean),
        faulty: EmbeddedWire::new(&world(&["redirect-any".to_owned()])),
        mood,
        spoilt: Box::new(spoilt),
        plays: 0,
        disabled: BTreeSet::new(),
    };
    (target, wire)
}

/// A search of the first cases against it.
fn searched(mood: Mood, spoilt: fn(u32) -> bool, cases: u64) -> RunReport {
    let (target, mut wire) = moody(mood, spoilt);
    let search = Search {
        cases,
        ..Search::default()
    };
    let campaign = campaign(target, &[], search, 1);
    block_on_ready(campaign.run(&mut wire, &mut (), &mut (), &|| 0))
}

fn generated(report: &RunReport) -> &Generated {
    report.generated.as_ref().expect("cases were generated")
}

#[test]
fn what_shows_now_and_then_is_flaky_and_no_finding() {
    // A case counts when it shows in three plays in a row.
    let report = searched(Mood::FollowsAnything, |play| play % 4 == 1, 400);
    let generated = generated(&report);
    assert_eq!(generated.findings.len(), 0, "{}", report.complaint());
    assert!(generated.flaky.len() > 3, "{:?}", generated.flaky);
    for flaky in &generated.flaky {
        assert!(0 < flaky.broken && flaky.broken < flaky.played, "{flaky:?}");
    }
    assert!(generated.flaky.iter().any(|f| f.rule == "RPIL-3-04"));
}

#[test]
fn what_always_shows_is_found_on_a_real_target_too_and_everything_is_given_back() {
    // `begin` looks whether a client is still disabled.
    let report = searched(Mood::FollowsAnything, |play| play > 20, 300);
    let generated = generated(&report);
    assert!(!generated.findings.is_empty());
    assert_eq!(generated.flaky, []);
    assert!(generated.classes.contains_key("situation client-disabled"));
}

#[test]
fn a_defect_that_goes_away_while_it_is_shrunk_is_no_finding() {
    let report = searched(Mood::FollowsAnything, |play| play < 300, 400);
    let generated = generated(&report);
    assert_eq!(generated.findings.len(), 0, "{:?}", generated.findings);
    assert!(!generated.flaky.is_empty());
}

#[test]
fn one_case_that_cannot_be_played_is_told_and_the_search_goes_on() {
    let report = searched(Mood::Fails, |play| play % 50 == 40, 100);
    let generated = generated(&report);
    assert_eq!(report.unreachable, None);
    assert_eq!(generated.cases, 100);
    let told: u64 = generated.errors.values().sum();
    assert!(told > 0, "{:?}", generated.errors);
}

#[test]
fn two_cases_in_a_row_that_cannot_be_played_end_the_search() {
    let report = searched(Mood::Fails, |play| play > 60, 100);
    assert!(generated(&report).cases < 100);
    let why = report.unreachable.expect("a reason");
    assert!(why.contains("stopped after generated/"), "{why}");
    assert!(why.contains("the connection was closed"), "{why}");
}
