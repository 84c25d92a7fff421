//! The nearest known names for one that is unknown.

/// How alike two names have to be to be worth a suggestion.
const ALIKE: f64 = 0.7;

/// The known name most like `name`, if one is like it at all.
pub fn nearest<'k>(name: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    several(name, known, 1).into_iter().next()
}

/// Up to `count` known names that are like `name`, the likest first.
pub fn several<'k>(
    name: &str,
    known: impl IntoIterator<Item = &'k str>,
    count: usize,
) -> Vec<&'k str> {
    let lower = name.to_lowercase();
    let mut scored: Vec<(f64, &str)> = known
        .into_iter()
        .map(|candidate| (likeness(&lower, &candidate.to_lowercase()), candidate))
        .filter(|(score, _)| *score >= ALIKE)
        .collect();
    // Stable: among equals the order of the list decides.
    scored.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    scored.truncate(count);
    scored.into_iter().map(|(_, candidate)| candidate).collect()
}

/// The better of two measures: one forgives swapped and missing letters, the other rewards a common beginning.
fn likeness(a: &str, b: &str) -> f64 {
    let edits = strsim::normalized_damerau_levenshtein(a, b);
    let beginning = strsim::jaro_winkler(a, b);
    edits.max(if beginning >= 0.85 { beginning } else { 0.0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_likest_name_comes_first() {
        let known = ["client", "other_client", "user", "issuer"];
        assert_eq!(nearest("clent", known), Some("client"));
        assert_eq!(nearest("isuer", known), Some("issuer"));
        assert_eq!(nearest("colour", known), None);
        assert_eq!(nearest("", known), None);
    }

    #[test]
    fn the_case_of_letters_does_not_matter() {
        let known = ["RPIL-3-04", "RPIL-2-18"];
        assert_eq!(nearest("rpil-3-4", known), Some("RPIL-3-04"));
        assert_eq!(several("RPIL-3-18", known, 5).len(), 2);
    }
}
