//! What relying parties hear of a sign-off: the frames that a page makes the browser load, and the calls of the IdP.

use crate::run::{Case, VisitJar};
use crate::wire::{Fidelity, Wire};
use signoff_oidc::uri::resolve;
use signoff_oidc::{Client, Request};
use signoff_rules::page::Page;
use signoff_rules::record::{Arrival, Channel, Exchange};
use signoff_rules::visit::{self, Hop};
use std::time::Duration;
use url::Url;

/// How long, and how often, is waited for a call that an ended session lets expect: two seconds in all.
const WAIT: Duration = Duration::from_millis(250);
const WAITS: usize = 8;

/// How many frames one visit may load, nested ones included.
const FRAMES: usize = 64;

impl<W: Wire> Case<'_, W> {
    /// Loads the frames of the page where a visit rests, as a browser does, and collects what came to the relying
    /// parties meanwhile. The exchanges of frames that the IdP itself serves are given back.
    pub(crate) async fn heard(
        &mut self,
        browser: usize,
        jar: &mut VisitJar,
        chain: &[Exchange],
    ) -> Vec<Exchange> {
        self.receive(Duration::ZERO).await;
        let mut loaded = Vec::new();
        let mut waiting = frames_of(chain);
        let mut left = FRAMES;
        while let Some(address) = waiting.pop()
            && left > 0
        {
            left -= 1;
            let Some(request) = Request::get(&address) else {
                continue;
            };
            if !self.world.is_own(&address) {
                self.arrived(Channel::Front, request);
                continue;
            }
            let chain = self.walk(browser, jar, request, Fidelity::Ordinary).await;
            waiting.extend(frames_of(&chain));
            if let Some(to) = self.left_for(&chain) {
                self.arrived(Channel::Front, to);
            }
            loaded.extend(chain);
        }
        loaded
    }

    /// Waits for calls of the IdP that have not come yet although the session has ended: it may make them when it has
    /// answered. Nobody waits who has heard all that could come.
    pub(crate) async fn hear_out(&mut self, browser: usize, since: u32, ended: bool) {
        for _ in 0..WAITS {
            let told = |client: &String| {
                let mut arrivals = self.record.arrivals.iter();
                arrivals.any(|arrival| {
                    arrival.seq > since
                        && arrival.channel == Channel::Back
                        && arrival.client_id.as_ref() == Some(client)
                })
            };
            let signed_in = |client: &String| {
                let mut sign_ins = self.record.ledger.sign_ins.iter();
                sign_ins.any(|known| known.browser == browser && known.client_id == *client)
            };
            let mut listening = self.world.listening.iter();
            if !ended || !listening.any(|client| signed_in(client) && !told(client)) {
                return;
            }
            self.receive(WAIT).await;
        }
    }

    /// Writes down what the IdP told the relying parties by itself.
    async fn receive(&mut self, patience: Duration) {
        for request in self.wire.received(patience).await {
            for (_, value) in request.form().iter() {
                let token = String::from_utf8_lossy(value).into_owned();
                self.names.add(&token, "logout token");
            }
            self.arrived(Channel::Back, request);
        }
    }

    fn arrived(&mut self, channel: Channel, request: Request) {
        let url = request.url();
        let client = self
            .world
            .clients
            .iter()
            .find(|client| is_at(registered(client, channel), &url));
        let arrival = Arrival {
            seq: 0,
            channel,
            client_id: client.map(|client| client.id.clone()),
            request,
        };
        let seq = self.next_seq();
        self.record.arrivals.push(Arrival { seq, ..arrival });
    }

    /// Where a chain leaves the IdP.
    fn left_for(&self, chain: &[Exchange]) -> Option<Request> {
        let last = chain.last()?;
        let response = last.answer.as_ref().ok()?;
        match visit::hop(self.world, &last.request, response) {
            Hop::Leaves(departure) => {
                let url = resolve(&last.request.url(), &departure.to)?;
                Request::get(url.as_str())
            }
            Hop::Follow(_) | Hop::Rests | Hop::Unclear => None,
        }
    }
}

/// The addresses of the frames of the page where a chain ended, the first one last.
fn frames_of(chain: &[Exchange]) -> Vec<String> {
    let Some(Exchange {
        request,
        answer: Ok(response),
        ..
    }) = chain.last()
    else {
        return Vec::new();
    };
    if response.location().is_some() {
        return Vec::new();
    }
    let base = request.url();
    let page = Page::read(response);
    let resolved = page
        .frames
        .iter()
        .rev()
        .filter_map(|frame| resolve(&base, frame));
    resolved.map(|url| url.to_string()).collect()
}

fn registered(client: &Client, channel: Channel) -> Option<&str> {
    match channel {
        Channel::Front => client.frontchannel_logout_uri.as_deref(),
        Channel::Back => client.backchannel_logout_uri.as_deref(),
    }
}

/// True when `url` is the registered address, perhaps with parameters added to its query.
fn is_at(registered: Option<&str>, url: &str) -> bool {
    let parsed = registered.and_then(|registered| Url::parse(registered).ok());
    let (Some(registered), Ok(url)) = (parsed, Url::parse(url)) else {
        return false;
    };
    registered.origin() == url.origin()
        && registered.path() == url.path()
        && url
            .query()
            .unwrap_or_default()
            .starts_with(registered.query().unwrap_or_default())
}
