//! What the TOML reader says, in our words: without values, which may be secrets, and with the nearest known name.

/// How alike two names must be to be taken for one another.
const ALIKE: f64 = 0.75;

pub(super) struct Said {
    pub(super) problem: String,
    pub(super) advice: String,
}

/// Reads serde's standing phrases; anything else is passed on.
pub(super) fn said(message: &str, key: &str) -> Said {
    if let Some(rest) = message.strip_prefix("unknown field ") {
        return unknown(rest, |_| "there is no such key".to_owned());
    }
    if let Some(rest) = message.strip_prefix("unknown variant ") {
        let hidden = is_secret(key);
        return unknown(rest, |name| match name {
            Some(name) if !hidden => format!("{name:?} is not one of its values"),
            _ => "it has not one of its values".to_owned(),
        });
    }
    if let Some(name) = quoted(message.strip_prefix("missing field ")).next() {
        return Said {
            problem: format!("it lacks {name:?}"),
            advice: format!("add {name} = ..."),
        };
    }
    for (phrase, problem) in [
        ("invalid type: ", "it is"),
        ("invalid value: ", "it is an unfit"),
        ("invalid length ", "it has a length of"),
    ] {
        if let Some((found, expected)) = message
            .strip_prefix(phrase)
            .and_then(|rest| rest.rsplit_once(", expected "))
        {
            return Said {
                problem: format!("{problem} {}", without_value(found)),
                advice: format!("write {expected}"),
            };
        }
    }
    Said {
        problem: message.replace('\n', ", "),
        advice: String::new(),
    }
}

/// `sed`, expected one of `seed`, `tenants`
fn unknown(rest: &str, problem: impl Fn(Option<&str>) -> String) -> Said {
    let mut names = quoted(Some(rest));
    let wrong = names.next();
    let known: Vec<&str> = names.collect();
    let nearest = wrong.and_then(|wrong| nearest(wrong, &known));
    let advice = match nearest {
        Some(near) => format!("did you mean {near:?}?"),
        None if known.is_empty() => String::new(),
        None => format!("there are: {}", known.join(", ")),
    };
    Said {
        problem: problem(wrong),
        advice,
    }
}

fn quoted(text: Option<&str>) -> impl Iterator<Item = &str> {
    text.unwrap_or_default().split('`').skip(1).step_by(2)
}

fn nearest<'a>(wrong: &str, known: &[&'a str]) -> Option<&'a str> {
    let likeness = |name: &&str| strsim::jaro_winkler(wrong, name);
    let best = known
        .iter()
        .copied()
        .max_by(|a, b| likeness(a).total_cmp(&likeness(b)))?;
    (likeness(&best) >= ALIKE).then_some(best)
}

/// `string "x"` without the value.
fn without_value(found: &str) -> &str {
    found
        .split(['"', '`'])
        .next()
        .unwrap_or_default()
        .trim_end()
}

fn is_secret(key: &str) -> bool {
    ["secret", "password", "signing_key", "pkcs8-pem"]
        .iter()
        .any(|secret| key.ends_with(secret))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_offered_and_else_all_names() {
        let near = said("unknown field `sed`, expected `seed` or `tenants`", "sed");
        assert_eq!(near.advice, "did you mean \"seed\"?");
        let far = said("unknown field `xyz`, expected `seed` or `tenants`", "xyz");
        assert_eq!(far.advice, "there are: seed, tenants");
    }

    #[test]
    fn values_are_left_out() {
        for message in [
            "invalid type: string \"hunter2, expected x\", expected u64",
            "invalid value: string \"hunter2\", expected a time",
            "unknown variant `hunter2`, expected `a` or `b`",
        ] {
            let said = said(message, "tenants[0].signing_key");
            assert!(!said.problem.contains("hunter2"), "{}", said.problem);
            assert!(!said.advice.contains("hunter2"), "{}", said.advice);
        }
    }

    #[test]
    fn what_is_missing_is_named() {
        let said = said("missing field `dialect`", "tenants[0]");
        assert_eq!(said.problem, "it lacks \"dialect\"");
    }
}
