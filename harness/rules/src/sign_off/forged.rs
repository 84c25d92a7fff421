//! Hints that the IdP cannot have issued.

use super::SignOff;
use crate::record::Provenance;

impl SignOff<'_> {
    /// True when no key of the IdP signed the hint.
    ///
    /// An issued token in another spelling (white space around it, another last character, whose lowest bits
    /// base64url leaves unused) may decode to the issued one, so it is not called forged.
    pub fn hint_is_forged(&self) -> bool {
        let forged = self
            .hint_facts()
            .is_some_and(|facts| facts.provenance == Provenance::Forged);
        forged && !self.hint_is_issued_in_another_spelling()
    }

    fn hint_is_issued_in_another_spelling(&self) -> bool {
        let hint = self.hint();
        let Some(text) = hint.once().and_then(|text| std::str::from_utf8(text).ok()) else {
            return false;
        };
        let text = text.trim().trim_end_matches('=');
        let but_last = |token: &str| token.char_indices().next_back().map(|(at, _)| at);
        self.record.ledger.sign_ins.iter().any(|sign_in| {
            let issued = sign_in.id_token.as_str();
            text == issued
                || (text.len() == issued.len()
                    && but_last(issued).is_some_and(|at| text.get(..at) == issued.get(..at)))
        })
    }
}
