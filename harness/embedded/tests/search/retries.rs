//! Hand-written cases that are repeated: what does not show every time is flaky, and no finding.

use crate::moody::{Mood, moody};
use signoff_embedded::search::campaign;

use signoff_engine::wire::block_on_ready;
use signoff_engine::{Manner, Outcome, RunReport, Search, Selection};

/// More plays than the run takes.
const PLAYS: u32 = 12;

/// One mismatched target, at an IdP with this mood in these plays, repeated so often.
fn judged(mood: Mood, spoilt: impl Fn(u32) -> bool + 'static, retries: u32) -> RunReport {
    let (target, mut wire) = moody(mood, spoilt);
    let mut campaign = campaign(target, &[], Search::default(), 1);
    campaign.search = None;
    let filters = [
        "RPIL-3-04".to_owned(),
        "redirect/look-alike/user-info-host".to_owned(),
    ];
    campaign.selection = Selection::filtered(&filters).expect("a selection");
    let manner = Manner {
        retries,
        ..Manner::default()
    };
    block_on_ready(campaign.run_as(manner, &mut wire, &mut (), &mut (), &|| 0))
}

fn has(report: &RunReport, outcome: Outcome) -> bool {
    let mut judgements = report.judgements.iter();
    judgements.any(|judgement| judgement.outcome == outcome)
}

/// Each case is spoilt once.
fn cases() -> usize {
    judged(Mood::Fails, |_| false, 0).summary.cases
}

#[test]
fn a_failure_that_shows_every_time_is_a_finding() {
    let report = judged(Mood::FollowsAnything, |_| true, 3);
    assert!(report.flaky.is_empty(), "{:?}", report.flaky);
    assert!(has(&report, Outcome::Violated));
}

#[test]
fn a_failure_that_shows_once_is_flaky_and_none_without_repetitions() {
    let mut flaky = 0;
    for spoilt in 1..=PLAYS {
        let once = judged(Mood::FollowsAnything, move |play| play == spoilt, 0);
        let repeated = judged(Mood::FollowsAnything, move |play| play == spoilt, 1);
        assert!(once.flaky.is_empty());
        assert!(!has(&repeated, Outcome::Violated), "play {spoilt}");
        assert_eq!(has(&once, Outcome::Violated), !repeated.flaky.is_empty());
        for told in &repeated.flaky {
            flaky += 1;
            assert_eq!(told.rule.as_deref(), Some("RPIL-3-04"));
            assert_eq!((told.repetition, told.then.as_str()), (1, "kept"));
            assert!(has(&repeated, Outcome::Undecided));
        }
    }
    assert_eq!(flaky, cases());
}

#[test]
fn a_case_that_got_lost_is_played_again_and_that_is_told() {
    let mut flaky = 0;
    for spoilt in 1..=PLAYS {
        let report = judged(Mood::Loses, move |play| play == spoilt, 1);
        for told in &report.flaky {
            flaky += 1;
            assert_eq!(told.rule, None);
            assert_eq!(told.first, "the connection was closed");
            assert!(has(&report, Outcome::Kept));
        }
    }
    assert_eq!(flaky, cases());
}
