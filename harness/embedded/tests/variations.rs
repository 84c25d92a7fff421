//! The reference does what the specifications ask in every pair of its legal variations. Whatever is broken here is
//! a false alarm of a rule, or a defect of the mock.

use mock_idp_core::SignatureMemo;
use signoff_embedded::variations::{Variation, apart, complaints, pairwise, run};
use signoff_engine::Outcome;

/// So many judgements at least say "kept" in each variation: a run that signs nobody in or off would break nothing
/// either.
const LEAST: usize = 800;

/// So many generated cases in each; `signoff selftest --variations --cases 2000` plays more of them.
const GENERATED: u64 = 40;

#[test]
fn no_pair_of_legal_variations_breaks_a_rule() {
    let rows = pairwise();
    let signatures = SignatureMemo::new();
    let broken: Vec<String> = std::thread::scope(|scope| {
        let halves = rows.chunks(rows.len().div_ceil(2));
        let threads: Vec<_> = halves
            .map(|half| {
                scope.spawn(|| {
                    half.iter()
                        .map(|row| told(row, LEAST, &signatures))
                        .collect()
                })
            })
            .collect();
        let told: Vec<Vec<Option<String>>> = threads
            .into_iter()
            .map(|thread| thread.join().expect("finishes"))
            .collect();
        told.into_iter().flatten().flatten().collect()
    });
    assert!(broken.is_empty(), "{}", broken.join("\n\n"));
}

#[test]
fn a_question_that_is_not_recognised_accuses_nobody() {
    for row in apart() {
        assert_eq!(told(&row, 1, &SignatureMemo::new()), None);
    }
}

/// What is wrong with a variation.
fn told(row: &Variation, least: usize, signatures: &SignatureMemo) -> Option<String> {
    let report = run(row, GENERATED, 1, signatures).expect("a world");
    assert_eq!(report.unreachable, None, "{}", row.describe());
    let mut complaints = complaints(row, &report);
    let kept = report.with(Outcome::Kept).count();
    if kept < least {
        complaints.push(format!("only {kept} kept"));
    }
    (!complaints.is_empty()).then(|| format!("{}\n  {}", row.describe(), complaints.join("\n  ")))
}
