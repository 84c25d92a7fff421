//! What the tests of the rules say of a ruling, the same for a case, for metadata and for trials.

/// Gives a type with `judge(&self, &Rule) -> Ruling` the assertions about its ruling.
macro_rules! assertions {
    ($judged:ty) => {
        impl $judged {
            #[track_caller]
            pub(crate) fn assert_kept(&self, rule: &crate::rule::Rule) {
                let ruling = self.judge(rule);
                assert!(ruling.is_ok(), "{}: {ruling:?}", rule.id);
            }

            #[track_caller]
            pub(crate) fn assert_violated(&self, rule: &crate::rule::Rule) {
                let ruling = self.judge(rule);
                let violated = matches!(ruling, Err(crate::ruling::Stop::Violated(_)));
                assert!(violated, "{}: {ruling:?}", rule.id);
            }

            #[track_caller]
            pub(crate) fn assert_not_mine(&self, rule: &crate::rule::Rule) {
                let ruling = self.judge(rule);
                let not_mine = matches!(ruling, Err(crate::ruling::Stop::NotMine(_)));
                assert!(not_mine, "{}: {ruling:?}", rule.id);
            }

            #[track_caller]
            pub(crate) fn assert_undecided(&self, rule: &crate::rule::Rule) {
                let ruling = self.judge(rule);
                let undecided = matches!(ruling, Err(crate::ruling::Stop::Undecided(_)));
                assert!(undecided, "{}: {ruling:?}", rule.id);
            }
        }
    };
}

pub(crate) use assertions;
