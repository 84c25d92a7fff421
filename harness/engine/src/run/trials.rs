//! The fixed conversations at the endpoints around sign-off ([`signoff_rules::trials`]), each from a fresh start.

mod registration;
mod revocation;
mod silent;

use super::{Case, Halt, Stage};
use crate::mask::Names;
use crate::sign_in::{Ask, SignInError};
use crate::wire::Wire;
use signoff_oidc::{Client, User};
use signoff_rules::record::SignedIn;
use signoff_rules::{Trial, Trials, Tried};

/// What a conversation came to.
#[derive(Debug, Clone)]
pub struct Conversation {
    /// The exchanges, masked, in order.
    pub transcript: Vec<String>,
    /// Its secrets.
    pub names: Names,
    /// Requests that went out.
    pub requests: usize,
    /// Sign-ins that were made.
    pub sign_ins: usize,
}

/// Makes one trial and enters what came of it.
pub async fn attempt<W: Wire>(
    wire: &mut W,
    stage: &Stage<'_>,
    trial: Trial,
    seed: u64,
    trials: &mut Trials,
) -> Conversation {
    let mut case = Case::new(wire, stage, seed);
    case.name_secrets();
    match trial {
        Trial::Registration => trials.registration = outcome(case.try_registration().await),
        Trial::Revocation => trials.revocation = outcome(case.try_revocation().await),
        Trial::SilentRequests => trials.silent = outcome(case.try_silent_requests().await),
    }
    let masked = case.transcript.iter().map(|line| case.names.mask(line));
    Conversation {
        transcript: masked.collect(),
        requests: case.requests,
        sign_ins: case.sign_ins,
        names: case.names,
    }
}

fn outcome<T>(made: Result<T, Halt>) -> Tried<T> {
    match made {
        Ok(made) => Tried::Made(made),
        Err(Halt::NotApplicable(why)) => Tried::Not(why),
        Err(Halt::Error(error)) => Tried::Failed(error.what),
    }
}

impl<W: Wire> Case<'_, W> {
    /// The address of an endpoint, or why there is none to try.
    fn endpoint(&self, member: &str) -> Result<String, Halt> {
        if self.target.behind.is_some() {
            return Err(Halt::NotApplicable(
                "the product signs people off at an identity provider behind it".to_owned(),
            ));
        }
        let metadata = self.world.metadata.as_ref();
        let address = metadata.and_then(|metadata| metadata.text(member));
        address
            .map(str::to_owned)
            .ok_or_else(|| Halt::NotApplicable(format!("the discovery document names no {member}")))
    }

    /// A sign-in of its own, entered in the ledger.
    async fn signed_in(
        &mut self,
        browser: usize,
        client: &Client,
        user: &User,
        ask: Ask,
    ) -> Result<SignedIn, SignInError> {
        self.browsers[browser].used = true;
        let signed_in = super::sign_in::sign_in(self, browser, client, user, ask).await;
        let (signed_in, _) = signed_in?;
        self.sign_ins += 1;
        self.record.ledger.sign_ins.push(signed_in.clone());
        Ok(signed_in)
    }
}
