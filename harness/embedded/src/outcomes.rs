//! What each product does in each scenario, in a few words taken from the record: where the visit ended, whether
//! somebody was asked, whether the session is over.

use crate::wire::EmbeddedWire;
use crate::world::Embedded;
use mock_idp_core::{DialectId, SignatureMemo};
use signoff_engine::campaign::prepare;
use signoff_engine::run::{self, Stage};
use signoff_engine::wire::block_on_ready;
use signoff_rules::ruling::Seen;
use signoff_rules::sign_off::leads_to;
use signoff_rules::visit::{Departure, End, PageKind};
use signoff_rules::{Controls, Record, SignOff, World};
use signoff_scenarios::Scenario;

/// What a product did in one scenario.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It did this.
    Did(String),
    /// It cannot be asked, and why.
    Unasked(String),
}

/// Plays every scenario at the mock of this dialect, in the order of the families. The error says why one could not be
/// played to its end.
pub fn outcomes(dialect: DialectId, seed: u64) -> Result<Vec<(Scenario, Outcome)>, String> {
    let embedded = Embedded::in_memory(dialect, &[]).map_err(|error| error.to_string())?;
    let mut wire = EmbeddedWire::sharing(&embedded, SignatureMemo::new());
    let prepared = block_on_ready(prepare(&mut wire, &embedded.target, seed))?;
    let stage = Stage {
        target: &embedded.target,
        world: &prepared.world,
        foreign_id_token: prepared.foreign_id_token.as_deref(),
        transcribe: false,
    };
    let mut all = Vec::new();
    for scenario in signoff_scenarios::catalogue() {
        let played = block_on_ready(run::play(&mut wire, &stage, &scenario, seed));
        if let Some(error) = played.error {
            return Err(format!("{}: {}", scenario.id, error.what));
        }
        let outcome = match played.not_applicable {
            Some(why) => Outcome::Unasked(why),
            None => Outcome::Did(described(&prepared.world, &played.record)),
        };
        all.push((scenario, outcome));
    }
    Ok(all)
}

/// Every sign-off of a case, in order.
fn described(world: &World, record: &Record) -> String {
    let controls = Controls::new();
    let sign_offs = (0..record.attempts.len()).map(|index| {
        sign_off(&SignOff {
            world,
            record,
            index,
            controls: &controls,
        })
    });
    sign_offs.collect::<Vec<_>>().join("; then ")
}

fn sign_off(s: &SignOff<'_>) -> String {
    let attempt = s.attempt();
    let call = attempt.calls.last();
    if let Some(call) = call.filter(|call| call.seq == attempt.chain[0].seq) {
        return match &call.answer {
            Ok(answer) => format!("call refused ({})", answer.status),
            Err(_) => "call not answered".to_owned(),
        };
    }
    let stations: Vec<String> = s.ends().iter().map(|end| station(s, end)).collect();
    let session = match s.ended_at_last() {
        Seen::Yes(_) => "session over",
        Seen::No(_) => "session lives",
        Seen::Unknown(_) => "session unknown",
    };
    let mut way = stations.join(" → ");
    if offers_target(s) {
        way.push_str(" with a link to target");
    }
    format!("{way}, {session}")
}

/// Whether the visit ended on a page with a link to the target that was asked for.
fn offers_target(s: &SignOff<'_>) -> bool {
    let target = s.target();
    let asked = |to: &String| {
        target
            .once()
            .is_some_and(|target| leads_to(to.as_bytes(), target))
    };
    matches!(s.ends().pop(), Some(End::Page { .. })) && s.offers().iter().any(asked)
}

fn station(s: &SignOff<'_>, end: &End) -> String {
    let word = match end {
        End::Left(departure) => return left(s, departure).to_owned(),
        End::Page { kind, status } => match kind {
            PageKind::Asks => "asks",
            PageKind::SignIn => "sign-in page",
            PageKind::SignedOff => "signed-off page",
            PageKind::Error => return format!("error page ({status})"),
            PageKind::Other => "other page",
        },
        End::Unclear => "unclear page",
        End::NoAnswer(_) => "no answer",
        End::Loop => "sent in a circle",
    };
    word.to_owned()
}

fn left(s: &SignOff<'_>, departure: &Departure) -> &'static str {
    let to = departure.to.as_bytes();
    let asked = s.target().once().is_some_and(|target| leads_to(to, target));
    let configured = s
        .world
        .behind
        .as_ref()
        .and_then(|behind| behind.application_logout.as_ref());
    if asked {
        "redirected to target"
    } else if configured.is_some_and(|endpoint| leads_to(to, endpoint.as_bytes())) {
        "redirected to the application's logout endpoint"
    } else {
        "redirected elsewhere"
    }
}
