//! `${VAR}` in values.

use super::Environment;

/// Why a value cannot be filled in. The value itself is not told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum WrongVariable {
    /// A `${` without its `}`.
    Open,
    /// What stands between the braces is no name.
    Name(String),
    /// The environment has no variable of this name.
    Unset(String),
}

/// Fills in every `${VAR}`; `$${` stands for a literal `${`.
pub(super) fn fill(raw: &str, environment: &Environment) -> Result<String, WrongVariable> {
    let mut filled = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find("${") {
        let (before, from) = rest.split_at(at);
        if let Some(before) = before.strip_suffix('$') {
            filled.push_str(before);
            filled.push_str("${");
            rest = &from[2..];
            continue;
        }
        let (name, after) = from[2..].split_once('}').ok_or(WrongVariable::Open)?;
        if !is_name(name) {
            return Err(WrongVariable::Name(name.to_owned()));
        }
        let value = environment
            .get(name)
            .ok_or_else(|| WrongVariable::Unset(name.to_owned()))?;
        filled.push_str(before);
        filled.push_str(value);
        rest = after;
    }
    filled.push_str(rest);
    Ok(filled)
}

/// The text with every value of the environment that `raw` names written as its variable again.
pub(super) fn unfill(text: &str, raw: &str, environment: &Environment) -> String {
    let named = environment
        .iter()
        .filter(|(name, value)| !value.is_empty() && raw.contains(&format!("${{{name}}}")));
    named.fold(text.to_owned(), |text, (name, value)| {
        text.replace(value, &format!("${{{name}}}"))
    })
}

fn is_name(name: &str) -> bool {
    let letter = |c: char| c.is_ascii_alphanumeric() || c == '_';
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') && name.chars().all(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(raw: &str) -> Result<String, WrongVariable> {
        let environment = Environment::from([("A".to_owned(), "x${B}".to_owned())]);
        fill(raw, &environment)
    }

    #[test]
    fn variables_are_filled_in_once() {
        assert_eq!(filled("1${A}2${A}").as_deref(), Ok("1x${B}2x${B}"));
        assert_eq!(filled("$A {A} $").as_deref(), Ok("$A {A} $"));
    }

    #[test]
    fn a_doubled_dollar_sign_is_a_literal() {
        assert_eq!(filled("a$${A}").as_deref(), Ok("a${A}"));
    }

    #[test]
    fn what_cannot_be_filled_in_is_an_error() {
        assert_eq!(filled("${NONE}"), Err(WrongVariable::Unset("NONE".into())));
        assert_eq!(filled("${A"), Err(WrongVariable::Open));
        assert_eq!(filled("${}"), Err(WrongVariable::Name(String::new())));
        assert_eq!(filled("${A:-x}"), Err(WrongVariable::Name("A:-x".into())));
    }
}
