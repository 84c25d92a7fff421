//! `signoff run --dry-run`: what would be sent, in the words of the scenarios.

use signoff_runner::engine::{Selection, Target};
use signoff_runner::scenarios::{Door, IfAsked, LogoutIntent, Sent, Setting, Step};
use std::io::{self, Write};

/// Writes what a run of this selection would do.
pub(crate) fn show(
    out: &mut impl Write,
    target: &Target,
    selection: &Selection,
    rate: Option<f64>,
) -> io::Result<()> {
    let rate = rate.map_or_else(String::new, |rate| {
        format!(", at most {rate} requests a second")
    });
    writeln!(
        out,
        "{}: {} · cases: {}{rate} · nothing is sent",
        target.name,
        target.issuer,
        selection.scenarios.len()
    )?;
    for scenario in &selection.scenarios {
        writeln!(out, "  {:<44} {}", scenario.id, scenario.purpose)?;
        for step in &scenario.steps {
            writeln!(out, "      {}", described(step))?;
        }
    }
    writeln!(
        out,
        "each rule may ask for controls: the same case once more with an orderly request or by the other method"
    )
}

fn described(step: &Step) -> String {
    match step {
        Step::SignIn(sign_in) => format!(
            "sign in: {:?} at client {:?}, {:?} browser",
            sign_in.person, sign_in.party, sign_in.browser
        )
        .to_lowercase(),
        Step::SignOff(intent) => sign_off(intent),
        Step::Advance(seconds) => format!("let {seconds} seconds pass"),
        Step::AdvancePastExpiry { seconds, .. } => {
            format!("let time pass until the ID token has been expired for {seconds} seconds")
        }
        Step::Disable(party) => format!("disable client {party:?}"),
        Step::Answer { sign_off, answer } => {
            format!("answer the question of sign-off {sign_off}: {answer:?}").to_lowercase()
        }
        Step::Delete(party) => format!("delete client {party:?}"),
        Step::Configure(setting) => configured(setting),
    }
}

fn configured(setting: &Setting) -> String {
    let switched = |on: &bool| if *on { "on" } else { "off" };
    match setting {
        Setting::HintAlone(party, on) => format!(
            "switch sign-off by ID token alone {} for client {party:?}",
            switched(on)
        ),
        Setting::EveryProtocolUris(parties) => {
            format!("let sign-offs from every protocol lead to clients {parties:?}")
        }
        Setting::OthersToo(on) => format!(
            "switch telling the session's other clients {}",
            switched(on)
        ),
        Setting::FrontChannelUri(party) => {
            format!("give client {party:?} a front-channel logout address")
        }
        Setting::OwnPages(party) => format!("give client {party:?} pages of its own"),
    }
}

fn sign_off(intent: &LogoutIntent) -> String {
    let names: Vec<&str> = intent
        .parameters
        .iter()
        .map(|parameter| parameter.name.as_str())
        .collect();
    let parameters = if names.is_empty() {
        "no parameters".to_owned()
    } else {
        names.join(", ")
    };
    let answer = match intent.if_asked {
        IfAsked::Yes => "",
        IfAsked::No => "; answer no",
        IfAsked::Leave => "; leave the question open",
        IfAsked::YesTwice => "; answer yes twice",
        IfAsked::Forged => "; answer yes without the page's hidden values",
        IfAsked::Tampered => "; answer yes with a stranger's address in the form",
        IfAsked::YesTwiceAtOnce => "; answer yes twice at once",
    };
    let sent = match intent.sent {
        Sent::Once => "",
        Sent::TwiceAtOnce => ", twice at once",
    };
    let door = match intent.door {
        Door::EndSession => String::new(),
        door => format!("; at {}", door.describe()),
    };
    format!(
        "sign off: {} with {parameters}{sent}{answer}{door}",
        intent.method.as_str()
    )
}
