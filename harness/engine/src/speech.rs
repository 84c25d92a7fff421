//! Speech: how one product is asked to sign somebody off. One intent becomes a conversation of one or more requests,
//! by the application's own server or by the browser, and it ends with the browser's visit.
//!
//! A speech is a pure function from the intent, the target and what was heard so far to what is said next. What a
//! product has no words for it lists as [`Lack`]s: the scenarios that need the words, and the rules that speak of them,
//! do not apply to it, with the reason.

use crate::forge::Context;
use crate::resolve::{self, Resolved};
use signoff_oidc::Request;
use signoff_rules::record::Exchange;
use signoff_rules::rule::{Rule, Scope};
use signoff_scenarios::{LogoutIntent, Method, Scenario, Step, Way};

/// How many calls an application's server may make before it sends the browser.
pub const MOST_CALLS: usize = 8;

/// What is said next.
#[derive(Debug, Clone)]
pub enum Say {
    /// The application's server calls, without the browser and its cookies.
    Call(Request),
    /// The browser is sent here. Its visit is the sign-off.
    Visit(Resolved),
    /// The last call was refused, so the browser is sent nowhere.
    Nothing,
}

/// What is said next, given the calls that were answered so far and who is signed in. The error is the reason why the
/// intent does not apply.
pub type Speak = fn(&LogoutIntent, &Context<'_>, Option<&str>, &[Exchange]) -> Result<Say, String>;

/// RP-Initiated Logout 1.0 section 2: the browser is sent to the logout endpoint, and that is all.
pub fn rp_initiated(
    intent: &LogoutIntent,
    context: &Context<'_>,
    user: Option<&str>,
    _: &[Exchange],
) -> Result<Say, String> {
    resolve::resolve(intent, context, user).map(Say::Visit)
}

/// What an intent may need words for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Word {
    /// A parameter with this name.
    Parameter(&'static str),
    /// Any parameter that has no [`Lack`] of its own.
    AnyParameter,
    /// A logout token, or a notice of the identity provider behind the product.
    OtherWay,
    /// A request by another method than GET.
    OtherMethod,
    /// Nothing that an intent says: only rules speak of it.
    OfRulesOnly,
}

/// Something that a product cannot be told, or does not have.
#[derive(Debug, Clone, Copy)]
pub struct Lack {
    /// What an intent would need.
    pub word: Word,
    /// The rules that speak of it: ids, or beginnings of ids with `*` at the end; those after a `!` do not. A product's own
    /// rules never do.
    pub rules: &'static [&'static str],
    /// Why, for people: "WorkOS has no `id_token_hint`".
    pub reason: &'static str,
}

impl Lack {
    fn keeps_from_saying(&self, intent: &LogoutIntent) -> bool {
        match self.word {
            Word::Parameter(name) => intent
                .parameters
                .iter()
                .any(|parameter| parameter.name.as_str() == name),
            Word::AnyParameter => !intent.parameters.is_empty(),
            Word::OtherWay => intent.way != Way::Request,
            Word::OtherMethod => intent.method != Method::Get,
            Word::OfRulesOnly => false,
        }
    }

    /// True when it names this rule, or a beginning of its id.
    pub fn names(&self, rule: &Rule) -> bool {
        let excepted = |pattern: &&str| {
            let beginning = pattern.strip_prefix('!');
            beginning.is_some_and(|pattern| matches(pattern, rule))
        };
        rule.scope == Scope::EveryOp
            && !self.rules.iter().any(excepted)
            && self.rules.iter().any(|pattern| matches(pattern, rule))
    }
}

/// True when this is the rule's id, or a beginning of it with `*` at the end.
pub(crate) fn matches(pattern: &str, rule: &Rule) -> bool {
    match pattern.strip_suffix('*') {
        Some(beginning) => rule.id.starts_with(beginning),
        None => rule.id == pattern,
    }
}

/// What every product lacks that only knows the request of RP-Initiated Logout 1.0.
pub const NO_OTHER_WAY: Lack = Lack {
    word: Word::OtherWay,
    rules: &[],
    reason: "it has neither logout tokens nor an identity provider behind it",
};

/// Why a product with these lacks cannot be told what a scenario says; nothing when it can. The first lack counts.
pub fn unsayable(lacks: &[Lack], scenario: &Scenario) -> Option<String> {
    let intents = scenario.steps.iter().filter_map(|step| match step {
        Step::SignOff(intent) => Some(intent),
        _ => None,
    });
    let lacking = |intent: &LogoutIntent| {
        let lack = lacks.iter().find(|lack| lack.keeps_from_saying(intent))?;
        Some(lack.reason.to_owned())
    };
    let mut reasons = intents.filter_map(lacking);
    reasons.next()
}

/// Why a rule does not speak for a product with these lacks; nothing when it may. The first lack that names it counts.
pub fn unjudgeable(lacks: &[Lack], rule: &Rule) -> Option<&'static str> {
    lacks
        .iter()
        .find(|lack| lack.names(rule))
        .map(|lack| lack.reason)
}

#[cfg(test)]
mod tests {
    use super::*;
    use signoff_rules::catalogue;
    use signoff_scenarios::Name;

    const LACKS: &[Lack] = &[
        Lack {
            word: Word::Parameter("state"),
            rules: &["RPIL-2-15", "RPIL-3*"],
            reason: "no state",
        },
        Lack {
            word: Word::OtherMethod,
            rules: &["RPIL-2-18"],
            reason: "no POST",
        },
        Lack {
            word: Word::AnyParameter,
            rules: &[],
            reason: "no parameters",
        },
    ];

    fn of(intent: LogoutIntent) -> Option<String> {
        unsayable(LACKS, &Scenario::after_sign_in("a/b", "Tried.", intent))
    }

    #[test]
    fn what_has_no_word_keeps_a_scenario_from_being_said() {
        assert_eq!(of(LogoutIntent::bare()), None);
        assert_eq!(
            of(LogoutIntent::bare().by_post()).as_deref(),
            Some("no POST")
        );
        let both = LogoutIntent::bare().state("x").by_post();
        assert_eq!(of(both).as_deref(), Some("no state"));
        let other = LogoutIntent::bare().with(Name::UiLocales, signoff_scenarios::Value::UserName);
        assert_eq!(of(other).as_deref(), Some("no parameters"));
    }

    #[test]
    fn a_rule_is_named_by_its_id_or_by_its_beginning() {
        let why = |id| unjudgeable(LACKS, catalogue::find(id).expect("a rule"));
        assert_eq!(why("RPIL-2-15"), Some("no state"));
        assert_eq!(why("RPIL-3-04"), Some("no state"));
        assert_eq!(why("RPIL-2-18"), Some("no POST"));
        assert_eq!(why("RPIL-2-22"), None);
        let but = Lack {
            rules: &["*", "!CSS-0*", "!RPIL-2-22"],
            ..LACKS[0]
        };
        let names = |id| but.names(catalogue::find(id).expect("a rule"));
        assert!(names("RPIL-2-18") && !names("RPIL-2-22") && !names("CSS-03"));
        assert!(!names("P1-SO-01"), "a product's own rules are not named");
    }
}
