//! Every fault of IdentityServer can be seen from outside, and vanishes when it is switched off.

use mock_idp_core::{Control, DialectId, Edition, Event, Op, Request, Response, faults};

use super::browser::{ALICE, BOB, Browser, form, start, text, token_at, userinfo_at};
use super::fault_effects::{Ask, noted, requests};
use super::identityserver::{IDS, SignOff, frames, is_signed_in, op, sign_in};

/// Everything that can be seen when one request is tried in every way.
fn seen(op: &mut Op, ask: Ask) -> Vec<String> {
    let mut notes = Vec::new();
    for by_post in [false, true] {
        let mut elsewhere = Browser::default();
        let others = sign_in(&mut elsewhere, op, "rp", BOB);
        let mut browser = Browser::default();
        sign_in(&mut browser, op, "other", ALICE);
        let tokens = sign_in(&mut browser, op, "rp", ALICE);
        let fields = ask(&tokens, &others);
        let fields: Vec<_> = fields
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        let saved = browser.clone();
        let endpoint = format!("{IDS}/connect/endsession");
        let request = if by_post {
            Request::post_form(&endpoint, form(&fields))
        } else {
            Request::get(format!("{endpoint}?{}", form(&fields)))
        };
        let went = SignOff::by(&mut browser, op, request.clone());
        note(&mut notes, op, &mut browser, &went.first);
        note(&mut notes, op, &mut browser, &went.page);
        notes.push(is_signed_in(&mut browser, op).to_string());
        if went.asks() {
            let forged = browser.post(op, &format!("{IDS}/Account/Logout"), &[]);
            notes.push(noted(&forged));
            let yes = went.confirmed(&mut browser, op);
            note(&mut notes, op, &mut browser, &yes);
        }
        notes.push(is_signed_in(&mut browser, op).to_string());
        notes.push(is_signed_in(&mut saved.clone(), op).to_string());
        notes.push(is_signed_in(&mut elsewhere, op).to_string());
        notes.push(userinfo_at(op, &format!("{IDS}/connect/userinfo"), &tokens.access).to_string());
        let refresh = tokens.refresh.as_deref().unwrap_or_default();
        let refresh = [("grant_type", "refresh_token"), ("refresh_token", refresh)];
        let refreshed = token_at(op, &format!("{IDS}/connect/token"), "rp", &refresh);
        notes.push(refreshed.status.to_string());
        let again = SignOff::by(&mut browser, op, request);
        note(&mut notes, op, &mut browser, &again.page);
        let metadata = format!("{IDS}/.well-known/openid-configuration");
        notes.push(noted(&op.handle(&Request::get(metadata), start())));
        let told = op
            .journal()
            .filter(|entry| matches!(entry.event, Event::Outgoing { .. }));
        notes.push(told.count().to_string());
    }
    notes
}

fn note(notes: &mut Vec<String>, op: &mut Op, browser: &mut Browser, answer: &Response) {
    notes.push(noted(answer));
    if text(answer).contains("class=\"signout\"") {
        notes.push(frames(browser, op, answer).join(" "));
    }
}

fn switch(op: &mut Op, id: &str, on: bool) {
    let command = Control::SwitchFault {
        id: id.to_owned(),
        on,
    };
    op.control(command, start()).unwrap();
}

#[test]
fn every_fault_can_be_seen_and_is_gone_when_switched_off() {
    let of_dialect = || {
        faults()
            .iter()
            .filter(|fault| fault.fits(DialectId::IdentityServer))
    };
    let made = || op(Edition::Duende8);
    let without: Vec<_> = requests()
        .into_iter()
        .map(|ask| seen(&mut made(), ask))
        .collect();
    for fault in of_dialect() {
        let differs = requests().into_iter().zip(&without).any(|(ask, honest)| {
            let mut op = made();
            switch(&mut op, fault.id, true);
            seen(&mut op, ask) != *honest
        });
        assert!(differs, "{} shows nowhere", fault.id);
    }
    let mut op = made();
    for on in [true, false] {
        for fault in of_dialect() {
            switch(&mut op, fault.id, on);
        }
    }
    assert_eq!(seen(&mut op, requests()[1]), without[1]);
}
