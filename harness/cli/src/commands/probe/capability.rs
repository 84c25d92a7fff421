//! What a target can do, as far as it was declared or seen, and what each thing unlocks.

use super::Found;
use serde_json::{Value, json};
use signoff_runner::engine::Outcome;

/// ID tokens that live no longer than this expire within a run without a clock that can be moved.
const SHORT_LIVED: i64 = 120;

/// One of them.
pub(super) struct Capability {
    /// What it is called in the target file, or in the metadata.
    pub(super) name: &'static str,
    /// Whether it is there; nothing where that could not be seen.
    pub(super) there: Option<bool>,
    /// How that is known.
    pub(super) how: String,
    /// What it unlocks.
    pub(super) unlocks: &'static str,
}

impl Capability {
    fn declared(name: &'static str, there: bool, unlocks: &'static str) -> Self {
        let how = if there { "declared" } else { "not declared" };
        Capability {
            name,
            there: Some(there),
            how: how.to_owned(),
            unlocks,
        }
    }

    pub(super) fn json(&self) -> Value {
        json!({ "name": self.name, "there": self.there, "how": self.how, "unlocks": self.unlocks })
    }
}

impl Found<'_> {
    /// All of them, in the order in which they are worth most.
    pub(super) fn capabilities(&self) -> Vec<Capability> {
        let target = self.target;
        let post_logout = &target.client.post_logout_redirect_uris;
        vec![
            self.end_session(),
            Capability::declared(
                "client.post_logout",
                !post_logout.is_empty(),
                "redirects after sign-off",
            ),
            Capability::declared(
                "other_client",
                target.other_client.is_some(),
                "scenarios with two clients",
            ),
            Capability::declared(
                "other_user",
                target.other_user.is_some(),
                "scenarios with two users",
            ),
            Capability::declared(
                "signing_key",
                target.signing_key.is_some(),
                "hints that only the provider could sign",
            ),
            self.post(),
            self.prompt_none(),
            self.refresh_token(),
            self.short_lived(),
            Capability::declared(
                "mock.control",
                self.controlled,
                "scenarios that move the clock or change a client while it is used",
            ),
            Capability::declared(
                "listen",
                self.heard,
                "what clients are told by the back channel",
            ),
            Capability::declared(
                "disposable_client",
                target.disposable_client.is_some(),
                "scenarios that disable a client",
            ),
            self.other_tenant(),
        ]
    }

    fn end_session(&self) -> Capability {
        let named = self.endpoint("end_session_endpoint").is_some();
        let how = if named {
            "announced"
        } else {
            "the metadata do not name it"
        };
        Capability {
            name: "end_session_endpoint",
            there: Some(named),
            how: how.to_owned(),
            unlocks: "everything",
        }
    }

    /// What POST answers: the rule about it was judged on an orderly request.
    fn post(&self) -> Capability {
        let mut judgements = self.report.judgements.iter();
        let about = judgements.find(|judgement| judgement.rule == "RPIL-2-18");
        let there = about.and_then(|judgement| match judgement.outcome {
            Outcome::Kept => Some(true),
            Outcome::Violated | Outcome::Known => Some(false),
            _ => None,
        });
        let seen = about.and_then(|judgement| judgement.actual.clone());
        Capability {
            name: "POST",
            there,
            how: match there {
                Some(true) => "an orderly sign-off by POST was served".to_owned(),
                Some(false) => seen.unwrap_or_else(|| "an orderly POST was refused".to_owned()),
                None => "could not be told".to_owned(),
            },
            unlocks: "scenarios that sign off by POST",
        }
    }

    /// Whether sessions can be looked at: the orderly sign-off was followed by a look.
    fn prompt_none(&self) -> Capability {
        let looks: Vec<&str> = self
            .report
            .cases
            .iter()
            .flat_map(|case| case.behaviour.lines())
            .filter_map(|line| line.trim().strip_prefix("session of browser 1: "))
            .collect();
        let there = looks.first().map(|look| !look.starts_with("unknown"));
        Capability {
            name: "prompt=none",
            there,
            how: looks.first().map_or_else(
                || "could not be told".to_owned(),
                |look| format!("after the sign-off: {look}"),
            ),
            unlocks: "whether sessions have ended",
        }
    }

    fn refresh_token(&self) -> Capability {
        let there = self
            .sign_in()
            .map(|sign_in| sign_in.refresh_token.is_some());
        Capability {
            name: "refresh token",
            there,
            how: match there {
                Some(true) => "issued".to_owned(),
                Some(false) => format!("not issued for the scope `{}`", self.target.scope),
                None => "could not be told".to_owned(),
            },
            unlocks: "whether sign-off ends refresh tokens, too (scope = \"openid offline_access\" where the provider wants it)",
        }
    }

    fn short_lived(&self) -> Capability {
        let lives = self.sign_in().and_then(|sign_in| {
            let expires = sign_in.expires?;
            Some(expires.as_second() - sign_in.at.as_second())
        });
        Capability {
            name: "short-lived ID tokens",
            there: lives.map(|seconds| seconds <= SHORT_LIVED),
            how: lives.map_or_else(
                || "the ID token has no exp".to_owned(),
                |seconds| format!("they live {seconds} s"),
            ),
            unlocks: "hints that are expired without a forged token",
        }
    }

    fn other_tenant(&self) -> Capability {
        Capability {
            name: "other_tenant",
            there: Some(self.prepared.foreign_id_token.is_some()),
            how: if self.target.other_tenant.is_none() {
                "not declared".to_owned()
            } else if self.prepared.foreign_id_token.is_none() {
                "declared, and nobody could sign in there".to_owned()
            } else {
                "declared".to_owned()
            },
            unlocks: "hints that another tenant issued",
        }
    }
}
