//! What a rule is.

use crate::discovery_view::DiscoveryView;
use crate::record::AtOnce;
use crate::ruling::{Ruling, Stop};
use crate::sign_off::{Control, SignOff};
use crate::trials::{Trial, Trials};
use signoff_oidc::spec::Severity;
use signoff_oidc::{Door, Level, Reference};

/// How a rule is judged, or why it is not.
#[derive(Clone, Copy)]
pub enum Judge {
    /// By looking at each sign-off.
    SignOff(fn(&SignOff<'_>) -> Ruling),
    /// By looking at the discovery document, once a run.
    Discovery(fn(&DiscoveryView<'_>) -> Ruling),
    /// By looking at what was tried at another endpoint, once a run.
    Trial(Trial, fn(&Trials) -> Ruling),
    /// Not at all.
    Not(Unjudged, &'static str),
}

impl Judge {
    pub(crate) const fn binds_the_rp(reason: &'static str) -> Self {
        Judge::Not(Unjudged::BindsTheRp, reason)
    }

    pub(crate) const fn not_observable(reason: &'static str) -> Self {
        Judge::Not(Unjudged::NotObservable, reason)
    }

    pub(crate) const fn nothing(reason: &'static str) -> Self {
        Judge::Not(Unjudged::NothingToJudge, reason)
    }

    pub(crate) const fn later(reason: &'static str) -> Self {
        Judge::Not(Unjudged::NotYetJudged, reason)
    }
}

/// Why a rule is in the catalogue without being judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unjudged {
    /// It binds the relying party or the browser.
    BindsTheRp,
    /// It cannot be seen from outside.
    NotObservable,
    /// It permits or explains, and leaves nothing to judge.
    NothingToJudge,
    /// It can be judged, and is not yet.
    NotYetJudged,
}

impl Unjudged {
    /// The word of `signoff list --rules`.
    pub fn word(self) -> &'static str {
        match self {
            Unjudged::BindsTheRp => "binds the RP",
            Unjudged::NotObservable => "not observable",
            Unjudged::NothingToJudge => "nothing to judge",
            Unjudged::NotYetJudged => "not yet judged",
        }
    }
}

/// For which targets a rule speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// For every OP.
    EveryOp,
    /// For one product, in the named editions (all when empty).
    Product {
        /// The dialect's id.
        dialect: &'static str,
        /// Its editions.
        editions: &'static [&'static str],
    },
}

/// How well a product rule is documented (facts about products are graded; specifications are not).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// A specification, or the product's official documentation.
    Documented,
    /// Sample or SDK code of the vendor.
    VendorCode,
    /// A user's report.
    UserReport,
    /// Inferred from the above.
    Inferred,
}

impl Grade {
    /// For reports.
    pub fn word(self) -> &'static str {
        match self {
            Grade::Documented => "documented",
            Grade::VendorCode => "vendor code",
            Grade::UserReport => "user report",
            Grade::Inferred => "inferred",
        }
    }
}

/// One normative sentence, and how it is judged.
#[derive(Clone, Copy)]
pub struct Rule {
    /// The stable id: `RPIL-3-04`.
    pub id: &'static str,
    /// The claim in words, as the file is named: `exact-redirect-uri`.
    pub name: &'static str,
    /// The level of the sentence.
    pub level: Level,
    /// Where the sentence stands.
    pub source: Reference,
    /// The sentence in one line, in our words.
    pub title: &'static str,
    /// The rule's own file, whose header is what `signoff explain` prints; empty for table entries.
    pub file: &'static str,
    /// For whom it speaks.
    pub scope: Scope,
    /// How well it is documented.
    pub grade: Grade,
    /// The addresses of the IdP of which it speaks.
    pub doors: &'static [Door],
    /// What may go out twice at the same moment for it to speak still: its sentence holds in whichever order the two are
    /// taken, and is judged by all that came back.
    pub at_once: &'static [AtOnce],
    /// Whether it speaks of requests, too, that cannot be read for certain ([`SignOff::is_readable`]).
    pub unreadable: bool,
    /// The controls it may ask for.
    pub needs: &'static [Control],
    /// True for a sentence that says in general what others say of each thing: a defect is told under theirs.
    pub sums_up: bool,
    /// Requirements of OWASP ASVS 5.0 that a violation breaks as well, by their ids in the catalogue.
    pub tags: &'static [&'static str],
    /// How it is judged.
    pub judge: Judge,
}

impl Rule {
    /// A rule of a specification, judged on each sign-off; the other fields by `..`.
    pub const BLANK: Rule = Rule {
        id: "",
        name: "",
        level: Level::Must,
        source: Reference {
            document: signoff_oidc::spec::Document::RpInitiatedLogout,
            section: "",
        },
        title: "",
        file: "",
        scope: Scope::EveryOp,
        grade: Grade::Documented,
        doors: &[Door::EndSession],
        at_once: &[],
        unreadable: false,
        needs: &[],
        sums_up: false,
        tags: &[],
        judge: Judge::Not(Unjudged::NotYetJudged, ""),
    };

    /// A sentence that is listed without being judged, with the reason.
    pub(crate) const fn unjudged(
        id: &'static str,
        name: &'static str,
        level: Level,
        source: Reference,
        title: &'static str,
        judge: Judge,
    ) -> Rule {
        Rule {
            id,
            name,
            level,
            source,
            title,
            judge,
            ..Rule::BLANK
        }
    }

    /// What a violation counts as, by the level alone.
    pub fn severity(&self) -> Severity {
        self.level.severity()
    }

    /// The word of `signoff list --rules`: `judged`, or why not.
    pub fn status(&self) -> &'static str {
        match self.judge {
            Judge::SignOff(_) | Judge::Discovery(_) | Judge::Trial(..) => "judged",
            Judge::Not(why, _) => why.word(),
        }
    }

    /// What it says of a sign-off. A sign-off at an address of which it does not speak is not its business.
    pub fn ruling(&self, sign_off: &SignOff<'_>) -> Ruling {
        let Judge::SignOff(judge) = self.judge else {
            return Err(Stop::NotMine("not judged on a sign-off".to_owned()));
        };
        let door = sign_off.door();
        if !self.doors.contains(&door) {
            return Err(Stop::NotMine(format!(
                "the sign-off went to {}",
                door.describe()
            )));
        }
        if let Some(twice) = sign_off.attempt().at_once()
            && !self.at_once.contains(&twice)
        {
            return Err(Stop::NotMine(twice.describe().to_owned()));
        }
        if !self.unreadable && !sign_off.is_readable() {
            return Err(Stop::NotMine(
                "the request has a fragment, or characters that no URI has".to_owned(),
            ));
        }
        judge(sign_off)
    }

    /// True when it is judged at all.
    pub fn is_judged(&self) -> bool {
        !matches!(self.judge, Judge::Not(..))
    }

    /// True when it speaks for this product and edition. A target that names no edition is taken for the
    /// current one: otherwise most of a product's rules would fall silent unnoticed.
    pub fn speaks_for(&self, dialect: &str, edition: Option<&str>) -> bool {
        match self.scope {
            Scope::EveryOp => true,
            Scope::Product {
                dialect: product,
                editions,
            } => {
                product == dialect
                    && (editions.is_empty() || editions.contains(&edition.unwrap_or("current")))
            }
        }
    }

    /// The explanation: the `//!` header of the rule's file without its marks.
    pub fn explanation(&self) -> String {
        let lines = self.file.lines().take_while(|line| line.starts_with("//!"));
        let text: Vec<&str> = lines
            .map(|line| {
                line.trim_start_matches("//!")
                    .strip_prefix(' ')
                    .unwrap_or("")
            })
            .collect();
        text.join("\n")
    }

    /// One part of the explanation: the text under this heading; under the empty one, what stands before the
    /// first. Nothing when the rule has no file of its own or no such part.
    pub fn part(&self, heading: &str) -> Option<String> {
        let mut current = "";
        let mut lines: Vec<&str> = Vec::new();
        let explanation = self.explanation();
        for line in explanation.lines() {
            match line.strip_prefix("# ") {
                Some(next) => current = next.trim(),
                None if current == heading => lines.push(line),
                None => {}
            }
        }
        let text = lines.join("\n").trim().to_owned();
        (!text.is_empty()).then_some(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue;
    use crate::record::Answered;
    use crate::testing::{Case, EVIL, OUT, OWN, Session, TARGET, asks, error, redirect};
    use std::collections::BTreeSet;

    /// What is sent to an endpoint of a product's own is no RP-initiated logout, whatever came of it.
    #[test]
    fn the_sentences_of_the_specifications_do_not_speak_of_other_addresses() {
        let general = catalogue::all()
            .filter(|rule| rule.scope == Scope::EveryOp)
            .filter(|rule| matches!(rule.judge, Judge::SignOff(_)));
        let doors = [Door::OtherAddress, Door::HintAlone, Door::EveryProtocol];
        let url = "https://op.example/elsewhere";
        for rule in general {
            for door in doors {
                let case = Case::new().get_at(door, url, &[OWN, TARGET]);
                case.assert_not_mine(rule);
                let case = Case::new().get_at(door, url, &[("id_token_hint", "garbage")]);
                case.gets(redirect(302, EVIL)).assert_not_mine(rule);
            }
        }
    }

    /// In which order the two were taken is not known, and most sentences need to know it.
    #[test]
    fn what_went_out_twice_at_once_is_judged_by_the_rules_that_say_so_alone() {
        let request = || Case::new().get(&[OWN, TARGET]).and_at_once(error());
        let answer = || {
            let asked = Case::new().get(&[OWN, TARGET]).gets(asks());
            let yes = asked.says(Answered::Yes, redirect(303, OUT), Session::Ended);
            yes.and_at_once(error())
        };
        let on_sign_offs = catalogue::all().filter(|rule| matches!(rule.judge, Judge::SignOff(_)));
        for rule in on_sign_offs {
            if !rule.at_once.contains(&AtOnce::Request) {
                request().assert_not_mine(rule);
            }
            if !rule.at_once.contains(&AtOnce::Answer) {
                answer().assert_not_mine(rule);
            }
        }
    }

    /// Whether a fragment belongs to the last value, and how octets beyond ASCII are read, depends on the server.
    #[test]
    fn what_cannot_be_read_for_certain_is_judged_by_the_rules_that_say_so_alone() {
        let on_sign_offs = catalogue::all().filter(|rule| matches!(rule.judge, Judge::SignOff(_)));
        for rule in on_sign_offs.filter(|rule| !rule.unreadable) {
            for behind in [&b"#x"[..], b"&state=\xc3\xa9", b"&state=a b"] {
                let mut case = Case::new().get(&[OWN, TARGET]).gets(redirect(302, EVIL));
                let request = &mut case.record.attempts[0].chain[0].request;
                request.target.extend_from_slice(behind);
                case.assert_not_mine(rule);
            }
        }
    }

    #[test]
    fn the_address_is_read_from_the_request_and_the_end_session_endpoint_goes_first() {
        let at = |door, url| Case::new().get_at(door, url, &[OWN]).sign_off().door();
        let elsewhere = "https://op.example/elsewhere";
        assert_eq!(at(Door::HintAlone, elsewhere), Door::HintAlone);
        assert_eq!(at(Door::HintAlone, crate::testing::END), Door::EndSession);
        let other_host = "https://login.example/end";
        assert_eq!(at(Door::OtherAddress, other_host), Door::OtherAddress);
        assert_eq!(Case::new().get(&[OWN]).sign_off().door(), Door::EndSession);
    }

    #[test]
    fn a_product_rule_speaks_for_its_product_in_the_editions_it_names() {
        let product = |editions| Rule {
            scope: Scope::Product {
                dialect: "pingone",
                editions,
            },
            ..Rule::BLANK
        };
        assert!(Rule::BLANK.speaks_for("okta", None));
        let every_edition = product(&[]);
        assert!(every_edition.speaks_for("pingone", Some("legacy")));
        assert!(!every_edition.speaks_for("okta", Some("legacy")));
        let current = product(&["current"]);
        assert!(current.speaks_for("pingone", None));
        assert!(current.speaks_for("pingone", Some("current")));
        assert!(!current.speaks_for("pingone", Some("legacy")));
        assert!(!current.speaks_for("okta", Some("current")));
    }

    #[test]
    fn an_explanation_is_the_header_of_the_file_and_has_parts() {
        let rule = Rule {
            file: "//! One.\n//!\n//! # Two\n//! Three.\nuse four;\n//! Five.",
            ..Rule::BLANK
        };
        assert_eq!(rule.explanation(), "One.\n\n# Two\nThree.");
        assert_eq!(rule.part("").as_deref(), Some("One."));
        assert_eq!(rule.part("Two").as_deref(), Some("Three."));
        assert_eq!(rule.part("Three"), None);
        assert_eq!(Rule::BLANK.part(""), None);
    }

    #[test]
    fn a_rule_is_found_in_any_case_of_letters_and_says_whether_it_is_judged() {
        let judged = catalogue::find("rpil-3-04").expect("a rule");
        assert_eq!((judged.id, judged.status()), ("RPIL-3-04", "judged"));
        assert!(judged.is_judged() && !Rule::BLANK.is_judged());
        assert_eq!(Rule::BLANK.status(), Unjudged::NotYetJudged.word());
        assert!(catalogue::find("RPIL-3-99").is_none());
    }

    #[test]
    fn no_two_reasons_and_no_two_grades_read_alike() {
        let reasons = [
            Unjudged::BindsTheRp,
            Unjudged::NotObservable,
            Unjudged::NothingToJudge,
            Unjudged::NotYetJudged,
        ];
        let grades = [
            Grade::Documented,
            Grade::VendorCode,
            Grade::UserReport,
            Grade::Inferred,
        ];
        assert_eq!(
            BTreeSet::from(reasons.map(Unjudged::word)).len(),
            reasons.len()
        );
        assert_eq!(BTreeSet::from(grades.map(Grade::word)).len(), grades.len());
    }
}
