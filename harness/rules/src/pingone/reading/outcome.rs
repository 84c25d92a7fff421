//! What a sign-off did, where the documentation wants it refused or carried out.

use crate::record::{Answered, Life, Probe, Witness};
use crate::ruling::{Ruling, Seen, Stop, only_if};
use crate::sign_off::{Control, Proof, SignOff};
use crate::visit::{End, PageKind};
use signoff_oidc::Door;

/// The ruling on a request that has to be refused: nobody's session ends and nobody is sent away.
pub(in crate::pingone) fn refused(s: &SignOff<'_>) -> Ruling {
    only_if(
        has_something_to_show(s),
        "there was neither a session to end nor a registered redirect URI",
    )?;
    s.must_not(
        carried_out(s),
        works_here(s),
        "refused: every session alive, no redirect",
    )
}

/// Proof that orderly requests to this address are carried out. At another host of the tenant the browser
/// has no session, so there only the redirect shows.
pub(in crate::pingone) fn works_here(s: &SignOff<'_>) -> Result<Proof, Stop> {
    let all = SignOff::worked_and_honoured;
    match s.door() {
        Door::EndSession => s.did(Control::Orderly, all, "sign off as asked"),
        Door::OtherAddress => s.did(Control::SameDoor, SignOff::honoured, "redirect as asked"),
        Door::HintAlone | Door::EveryProtocol => s.did(Control::SameDoor, all, "sign off as asked"),
    }
}

fn has_something_to_show(s: &SignOff<'_>) -> bool {
    let before = &s.attempt().before;
    let nobody_signed_in =
        !before.is_empty() && before.iter().all(|probe| probe.life == Life::Ended);
    let target = s.target();
    let redirect = target.once().is_some_and(|uri| s.registered(uri).anywhere);
    redirect || !nobody_signed_in
}

/// Whether a session ended, or the browser was sent away. A question that was answered afterwards tells
/// nothing: this product is not documented to ask.
fn carried_out(s: &SignOff<'_>) -> Seen {
    let lost = lost(s, |_| true);
    if lost.is_yes() {
        return lost;
    }
    if is_asked(s) {
        return Seen::Unknown(
            "the IdP asked, and what that means here is not documented".to_owned(),
        );
    }
    lost.or(s.left())
}

fn is_asked(s: &SignOff<'_>) -> bool {
    matches!(
        s.end(),
        End::Page {
            kind: PageKind::Asks,
            ..
        }
    )
}

/// Ends the ruling when the IdP asked.
pub(in crate::pingone) fn not_asked(s: &SignOff<'_>) -> Result<(), Stop> {
    if is_asked(s) {
        return Err(Stop::Undecided(
            "the IdP asked, and what that means here is not documented".to_owned(),
        ));
    }
    Ok(())
}

/// Ends the ruling when the IdP asked and nobody said yes.
pub(in crate::pingone) fn carried_through(s: &SignOff<'_>) -> Result<(), Stop> {
    if is_asked(s) && s.answered() != Some(Answered::Yes) {
        return Err(Stop::Undecided(
            "the IdP asked, and nobody said yes".to_owned(),
        ));
    }
    Ok(())
}

/// Whether the IdP presents the sign-off as done: it honours the redirect URI, or shows the signed-off page.
pub(in crate::pingone) fn claims_success(s: &SignOff<'_>) -> Seen {
    let says_so = matches!(
        s.ends().last(),
        Some(End::Page {
            kind: PageKind::SignedOff,
            ..
        })
    );
    if says_so {
        return Seen::Yes("the signed-off page".to_owned());
    }
    if s.target().is_omitted() {
        return Seen::No(s.describe_end());
    }
    s.honoured()
}

/// Whether a session was seen alive before, in a browser other than the one that signs off.
pub(in crate::pingone) fn others_before(s: &SignOff<'_>) -> Seen {
    let here = s.attempt().browser;
    let lives = |probe: &Probe| match (&probe.witness, &probe.life) {
        (Witness::Jar(browser), life) if *browser != here => Some(life.clone()),
        _ => None,
    };
    let others: Vec<Life> = s.attempt().before.iter().filter_map(lives).collect();
    if others.iter().any(|life| matches!(life, Life::Alive(_))) {
        return Seen::Yes("another browser was signed in".to_owned());
    }
    match others.into_iter().find_map(|life| match life {
        Life::Unknown(why) => Some(why),
        _ => None,
    }) {
        Some(why) => Seen::Unknown(why),
        None => Seen::No("no other browser was signed in".to_owned()),
    }
}

/// Whether a session of another browser ended.
pub(in crate::pingone) fn others_lost(s: &SignOff<'_>) -> Seen {
    let here = s.attempt().browser;
    lost(s, |browser| browser != here)
}

/// Whether a session that was alive in one of these browsers ended before any answer.
pub(in crate::pingone) fn lost(s: &SignOff<'_>, browsers: impl Fn(usize) -> bool) -> Seen {
    let before = &s.attempt().before;
    if before.is_empty() {
        return Seen::Unknown("nobody looked at the sessions before".to_owned());
    }
    let mut seen = Seen::No("no session ended".to_owned());
    for probe in before {
        let (Witness::Jar(browser) | Witness::SavedCookies(browser)) = probe.witness else {
            continue;
        };
        if !browsers(browser) {
            continue;
        }
        seen = seen.or(match &probe.life {
            Life::Ended => Seen::No("no session ended".to_owned()),
            Life::Unknown(why) => Seen::Unknown(why.clone()),
            Life::Alive(_) => ended(s, probe.witness),
        });
    }
    seen
}

/// Whether the session that a browser held is over, for the cookies that it had before, too.
pub(in crate::pingone) fn over(s: &SignOff<'_>, browser: usize) -> Seen {
    let attempt = s.attempt();
    let saved = Witness::SavedCookies(browser);
    if !matches!(life(&attempt.before, saved), Some(Life::Alive(_))) {
        return Seen::Unknown(
            "the cookies kept from before are not those of the live session".to_owned(),
        );
    }
    let mut seen = Seen::Yes("the session is over".to_owned());
    for witness in [Witness::Jar(browser), saved] {
        seen = seen.and(match life(&attempt.at_rest, witness) {
            Some(Life::Ended) => Seen::Yes("the session is over".to_owned()),
            Some(Life::Alive(_)) => Seen::No("the session lives on".to_owned()),
            Some(Life::Unknown(why)) => Seen::Unknown(why.clone()),
            None => Seen::Unknown("nobody looked at the session afterwards".to_owned()),
        });
    }
    seen
}

/// Whether the session behind `witness` ended. A browser that lost its cookie has not lost its session:
/// whether a refusal clears cookies is not documented.
fn ended(s: &SignOff<'_>, witness: Witness) -> Seen {
    let attempt = s.attempt();
    let now = |wanted: Witness| life(&attempt.at_rest, wanted);
    match (now(witness), witness) {
        (Some(Life::Alive(_)), _) => Seen::No("no session ended".to_owned()),
        (Some(Life::Unknown(why)), _) => Seen::Unknown(why.clone()),
        (None, _) => Seen::Unknown("nobody looked at the session afterwards".to_owned()),
        (Some(Life::Ended), Witness::Jar(browser)) if drops_cookie(s, browser) => {
            let saved = Witness::SavedCookies(browser);
            let was_alive = matches!(life(&attempt.before, saved), Some(Life::Alive(_)));
            match now(saved) {
                Some(Life::Ended) if was_alive => Seen::Yes("a session ended".to_owned()),
                _ => Seen::Unknown(
                    "the cookie was cleared, and whether the session ended was not seen".to_owned(),
                ),
            }
        }
        (Some(Life::Ended), _) => Seen::Yes("a session ended".to_owned()),
    }
}

fn life(probes: &[Probe], witness: Witness) -> Option<&Life> {
    probes
        .iter()
        .find(|probe| probe.witness == witness)
        .map(|probe| &probe.life)
}

/// True when an answer to this browser set or cleared cookies.
fn drops_cookie(s: &SignOff<'_>, browser: usize) -> bool {
    browser == s.attempt().browser
        && s.responses()
            .any(|response| response.header("Set-Cookie").is_some())
}
