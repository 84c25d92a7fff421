//! A scenario in a file: written by a search when it has found something, or by hand. TOML, in the words of the
//! types of this crate.

use crate::{Cookies, Scenario, Step, Value};
use serde::{Deserialize, Serialize};

/// What a file of a scenario says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct CaseFile {
    /// The scenario's id: a path of words from general to particular.
    pub id: String,
    /// Why it is tried, in one sentence.
    pub purpose: String,
    /// What a search found with it; a file written by hand has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub found: Option<Found>,
    /// What happens, in order.
    pub steps: Vec<Step>,
}

/// What was found: a record for people. Replaying judges anew.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Found {
    /// The rules that were broken.
    pub rules: Vec<String>,
    /// The target's name.
    pub target: String,
    /// The faults of the mock that were switched on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub faults: Vec<String>,
    /// What would have been right.
    #[serde(default)]
    pub expected: Vec<String>,
    /// What was seen instead, masked.
    #[serde(default)]
    pub actual: Option<String>,
    /// What differs from the orderly request.
    #[serde(default)]
    pub differences: Vec<String>,
    /// The request as it went out, masked: a record, never what is sent again.
    #[serde(default)]
    pub sent: Option<String>,
}

impl CaseFile {
    /// Reads a file's text. The error says what is wrong and where.
    pub fn parse(text: &str) -> Result<Self, String> {
        let file: CaseFile = toml::from_str(text).map_err(|error| error.to_string())?;
        file.check()?;
        Ok(file)
    }

    /// The file's text.
    pub fn to_toml(&self) -> Result<String, String> {
        toml::to_string(self).map_err(|error| error.to_string())
    }

    /// The scenario.
    pub fn scenario(&self) -> Scenario {
        Scenario::of(&self.id, &self.purpose, self.steps.clone())
    }

    fn check(&self) -> Result<(), String> {
        let word = |word: &str| {
            let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
            !word.is_empty() && word.chars().all(plain)
        };
        if !self.id.split('/').all(word) {
            return Err(format!(
                "id = \"{}\": write a path of lower-case words, such as redirect/our-app/sub-path",
                self.id.escape_debug()
            ));
        }
        let (mut sign_ins, mut sign_offs) = (0, 0);
        for (at, step) in self.steps.iter().enumerate() {
            let number = at + 1;
            let unknown = |sign_in: usize| {
                format!(
                    "step {number} names sign-in {sign_in}, but {sign_ins} went before it; they are counted from 0"
                )
            };
            match step {
                Step::SignIn(_) => sign_ins += 1,
                Step::SignOff(intent) => {
                    let hints = intent.parameters.iter().filter_map(|p| match &p.value {
                        Value::Hint(hint) => Some(hint.sign_ins()),
                        _ => None,
                    });
                    if let Some(missing) = hints.flatten().find(|sign_in| *sign_in >= sign_ins) {
                        return Err(unknown(missing));
                    }
                    if intent.cookies == Cookies::SavedBeforeSignOff && sign_offs == 0 {
                        return Err(format!(
                            "step {number} sends the cookies from before the first sign-off, and it is the first"
                        ));
                    }
                    sign_offs += 1;
                }
                Step::AdvancePastExpiry { sign_in, .. } if *sign_in >= sign_ins => {
                    return Err(unknown(*sign_in));
                }
                Step::Answer { sign_off, .. } if *sign_off >= sign_offs => {
                    return Err(format!(
                        "step {number} answers sign-off {sign_off}, but {sign_offs} went before it; they are counted from 0"
                    ));
                }
                Step::Configure(_) if sign_ins > 0 => {
                    return Err(format!(
                        "step {number} sets something after a sign-in, which the target may forget with it; put it first"
                    ));
                }
                Step::Advance(_)
                | Step::AdvancePastExpiry { .. }
                | Step::Disable(_)
                | Step::Delete(_)
                | Step::Configure(_)
                | Step::Answer { .. } => {}
            }
        }
        if sign_offs == 0 {
            return Err(
                "there is no sign-off among the steps, so nothing would be judged".to_owned(),
            );
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue;
    use crate::generated::Plan;

    fn file(scenario: Scenario) -> CaseFile {
        CaseFile {
            id: scenario.id,
            purpose: scenario.purpose,
            found: None,
            steps: scenario.steps,
        }
    }

    #[test]
    fn every_hand_written_scenario_comes_back_from_its_file() {
        for scenario in catalogue() {
            let written = file(scenario);
            let text = written.to_toml().unwrap();
            assert_eq!(CaseFile::parse(&text).as_ref(), Ok(&written), "{text}");
        }
    }

    #[test]
    fn every_generated_request_comes_back_from_its_file() {
        let plan = Plan::new(4);
        for index in 0..1_500 {
            let draft = plan.candidate(index).unwrap().tree.current();
            let written = file(draft.scenario(format!("generated/{index}")));
            let text = written.to_toml().unwrap();
            assert_eq!(CaseFile::parse(&text).as_ref(), Ok(&written), "{text}");
        }
    }

    #[test]
    fn a_file_by_hand_is_short() {
        let text = r#"
            id = "redirect/our-app/sub-path"
            purpose = "A path below the registered one is another one."

            [[steps]]
            sign-in = {}

            [[steps]]
            [steps.sign-off]
            parameters = [
                { name = "id_token_hint", value = { hint = { of-sign-in = 0 } } },
                { name = "post_logout_redirect_uri", value = { redirect = { operation = { append = "/x" } } } },
            ]
        "#;
        let file = CaseFile::parse(text).unwrap();
        assert_eq!(file.steps.len(), 2);
        assert_eq!(file.found, None);
    }

    #[test]
    fn what_cannot_be_played_is_refused_with_the_place() {
        let with = |id: &str, steps: &str| {
            CaseFile::parse(&format!("id = \"{id}\"\npurpose = \"p\"\n{steps}")).unwrap_err()
        };
        assert!(with("Upper Case", "steps = []").contains("lower-case words"));
        assert!(with("a/b", "steps = []").contains("no sign-off"));
        assert!(with("a/b", "steps = [{ sign-of = {} }]").contains("sign-of"));
        let hint = "steps = [{ sign-off = { parameters = [{ name = \"id_token_hint\", value = { hint = { of-sign-in = 0 } } }] } }]";
        assert!(with("a/b", hint).contains("step 1 names sign-in 0"));
        let cookies = "steps = [{ sign-off = { cookies = \"saved-before-sign-off\" } }]";
        assert!(with("a/b", cookies).contains("it is the first"));
        let answer = "steps = [{ answer = { sign-off = 0, answer = \"yes\" } }]";
        assert!(with("a/b", answer).contains("answers sign-off 0"));
    }
}
