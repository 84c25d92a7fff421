//! What the specifications leave free, as text: one record of a product's behaviour for each scenario.
//! Everything that differs from run to run is redacted by meaning, so equal behaviour gives equal text.

use crate::mask::{Names, Numbering};
use crate::run::Played;
use signoff_oidc::cookies::SetCookie;
use signoff_oidc::params::encode;
use signoff_oidc::{Origin, Response};
use signoff_rules::page::Page;
use signoff_rules::record::{Answered, Attempt, Channel, Exchange, Life, Probe, Record, Witness};
use signoff_rules::sign_off::describe;
use signoff_rules::visit;
use signoff_rules::world::World;

/// Header fields that are part of a product's behaviour at sign-off. Dates, lengths and connection fields
/// are not.
const FIELDS: &[&str] = &[
    "location",
    "refresh",
    "content-type",
    "cache-control",
    "pragma",
    "content-security-policy",
    "x-frame-options",
    "referrer-policy",
    "x-content-type-options",
    "strict-transport-security",
    "access-control-allow-origin",
    "access-control-allow-credentials",
    "allow",
    "clear-site-data",
    "retry-after",
];

/// How much of a page's text is kept.
const TEXT: usize = 300;

/// The text for one case.
pub fn render(played: &Played, world: &World) -> String {
    written(played, world, Vec::new())
}

/// The same with the roles in place of everything that belongs to this target alone: its hosts, its path, its clients
/// and their addresses. Two targets that behave alike give the same text.
pub fn neutral(played: &Played, world: &World) -> String {
    written(played, world, roles(world))
}

/// What belongs to this target alone, and what it is called; longer texts first, so that none breaks up another.
fn roles(world: &World) -> Vec<(String, String)> {
    let mut roles = Vec::new();
    for (at, origin) in world.own_origins.iter().enumerate() {
        let name = if at == 0 {
            "{op}".to_owned()
        } else {
            format!("{{op {}}}", at + 1)
        };
        roles.push((origin.to_string(), name));
    }
    let named = world
        .metadata
        .as_ref()
        .and_then(|metadata| metadata.text("end_session_endpoint"));
    if let Some(endpoint) = named {
        let path = signoff_oidc::uri::target_of(endpoint);
        roles.push((path, "{end session}".to_owned()));
    }
    let path = signoff_oidc::uri::target_of(&world.issuer);
    if path.len() > 1 {
        roles.push((
            path.trim_end_matches('/').to_owned(),
            "{issuer path}".to_owned(),
        ));
    }
    for (client, letter) in world.clients.iter().zip('a'..) {
        let own = [
            (&client.redirect_uris, "redirect"),
            (&client.post_logout_redirect_uris, "post-logout"),
        ];
        for (uris, kind) in own {
            for (at, uri) in uris.iter().enumerate() {
                roles.push((uri.clone(), format!("{{{kind} {letter}{}}}", at + 1)));
            }
            let origins = uris.iter().filter_map(|uri| Origin::of(uri));
            roles.extend(origins.map(|origin| (origin.to_string(), format!("{{rp {letter}}}"))));
        }
        roles.push((client.id.clone(), format!("{{client {letter}}}")));
    }
    // A short id would be found by chance in the midst of words.
    roles.retain(|(text, _)| text.len() >= 4);
    let encoded = roles
        .iter()
        .map(|(text, role)| (encode(text.as_bytes()), role.clone()));
    let encoded: Vec<(String, String)> = encoded.collect();
    roles.extend(encoded);
    roles.sort_by_key(|(text, _)| std::cmp::Reverse(text.len()));
    roles.dedup_by(|later, first| later.0 == first.0);
    roles
}

fn written(played: &Played, world: &World, roles: Vec<(String, String)>) -> String {
    let mut writer = Writer {
        names: &played.names,
        numbering: Numbering::default(),
        world,
        roles,
        out: String::new(),
    };
    for (number, attempt) in played.record.attempts.iter().enumerate() {
        writer.attempt(number, attempt);
        writer.told(&played.record, number);
    }
    writer.out
}

struct Writer<'a> {
    names: &'a Names,
    numbering: Numbering,
    world: &'a World,
    roles: Vec<(String, String)>,
    out: String,
}

impl Writer<'_> {
    fn line(&mut self, indent: usize, text: &str) {
        let origins = self.symbolic(&self.names.mask(text));
        let redacted = self.numbering.replace(&cut_runs(&origins));
        let line: String = redacted
            .chars()
            .map(|c| if c.is_control() { '␀' } else { c })
            .collect();
        self.out.push_str(&"  ".repeat(indent));
        self.out.push_str(line.trim_end());
        self.out.push('\n');
    }

    /// The text with the target's own names in place of its addresses and ids.
    fn symbolic(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for (own, role) in &self.roles {
            text = text.replace(own.as_str(), role);
        }
        if let Some(own) = self.world.own_origins.first() {
            text = text.replace(own.as_str(), "{op}");
        }
        let path = signoff_oidc::uri::target_of(&self.world.issuer);
        if let Some(tenant) = path.split('/').find(|segment| segment.len() >= 16) {
            text = text.replace(tenant, "{tenant}");
        }
        for (client, letter) in self.world.clients.iter().zip('a'..) {
            if client.id.len() >= 16 {
                text = text.replace(&client.id, &format!("{{client {letter}}}"));
            }
        }
        text
    }

    fn attempt(&mut self, number: usize, attempt: &Attempt) {
        let request = &attempt.chain[0].request;
        let path = String::from_utf8_lossy(request.path()).into_owned();
        self.line(
            0,
            &format!("sign-off {}: {} {path}", number + 1, request.method),
        );
        for call in &attempt.calls {
            let path = String::from_utf8_lossy(call.request.path()).into_owned();
            self.line(1, &format!("call: {} {path}", call.request.method));
        }
        self.chain(&attempt.chain);
        self.beside(&attempt.beside);
        self.probes(&attempt.at_rest);
        for answer in &attempt.answers {
            let what = match answer.answered {
                Answered::Yes => "yes",
                Answered::No => "no",
                Answered::Forged => "a yes without the page's hidden values",
                Answered::Tampered => "a yes with a stranger's address in the form",
                Answered::Replayed => "the used yes again",
                Answered::Late => "an answer that came late",
            };
            self.line(0, &format!("answer: {what}"));
            self.chain(&answer.chain);
            self.beside(&answer.beside);
            self.probes(&answer.after);
        }
    }

    /// What came of the same request at the same moment.
    fn beside(&mut self, chain: &[Exchange]) {
        if !chain.is_empty() {
            self.line(0, "at the same moment:");
            self.chain(chain);
        }
    }

    /// Who heard of a sign-off, by which channel, with which parameters.
    fn told(&mut self, record: &Record, number: usize) {
        for arrival in record.arrivals_of(number) {
            let params = match arrival.channel {
                Channel::Front => arrival.request.query(),
                Channel::Back => arrival.request.form(),
            };
            let names: Vec<String> = params
                .iter()
                .map(|(name, _)| String::from_utf8_lossy(name).into_owned())
                .collect();
            let client = arrival
                .client_id
                .as_deref()
                .unwrap_or("an address of no known client");
            let channel = arrival.channel.word();
            let with = match names.as_slice() {
                [] => String::new(),
                names => format!(" ({})", names.join(" ")),
            };
            self.line(0, &format!("told: {client} by the {channel}{with}"));
        }
    }

    fn chain(&mut self, chain: &[Exchange]) {
        for exchange in chain {
            match &exchange.answer {
                Ok(response) => self.response(response),
                Err(_) => self.line(1, "no answer"),
            }
        }
        let end = describe(&visit::end(self.world, chain));
        self.line(1, &format!("ends: {end}"));
    }

    fn response(&mut self, response: &Response) {
        self.line(1, &format!("status: {}", response.status));
        for field in FIELDS {
            for value in response.all(field) {
                self.line(2, &format!("{field}: {value}"));
            }
        }
        let mut cookies: Vec<String> = response
            .all("set-cookie")
            .iter()
            .filter_map(|field| SetCookie::parse(field))
            .map(|cookie| describe_cookie(&cookie))
            .collect();
        cookies.sort();
        for cookie in cookies {
            self.line(2, &format!("set-cookie: {cookie}"));
        }
        if response.is_html() {
            self.page(&Page::read(response));
        } else if !response.body.is_empty() {
            let text: String = response.text().chars().take(TEXT).collect();
            self.line(
                2,
                &format!(
                    "body: {}",
                    text.split_whitespace().collect::<Vec<_>>().join(" ")
                ),
            );
        }
    }

    fn page(&mut self, page: &Page) {
        let text: String = page.text.chars().take(TEXT).collect();
        self.line(2, &format!("page: {text}"));
        for form in &page.forms {
            let fields: Vec<&str> = form
                .fields
                .iter()
                .map(|field| field.name.as_str())
                .filter(|name| !name.is_empty())
                .collect();
            self.line(
                2,
                &format!(
                    "form: {} {} [{}]",
                    if form.post { "POST" } else { "GET" },
                    form.action,
                    fields.join(", ")
                ),
            );
        }
        for link in &page.links {
            self.line(2, &format!("link: {link}"));
        }
        for frame in &page.frames {
            self.line(2, &format!("frame: {frame}"));
        }
    }

    fn probes(&mut self, probes: &[Probe]) {
        for probe in probes {
            let life = match &probe.life {
                Life::Alive(_) => "alive".to_owned(),
                Life::Ended => "ended".to_owned(),
                Life::Unknown(why) => format!("unknown ({why})"),
            };
            let witness = match probe.witness {
                // What other clients see is judged by rules; it adds nothing to a product's behaviour.
                Witness::JarFor(..) | Witness::SavedCookiesFor(..) => continue,
                Witness::Jar(browser) => format!("browser {}", browser + 1),
                Witness::SavedCookies(browser) => {
                    format!("browser {}, cookies from before", browser + 1)
                }
                Witness::Refresh(number) => format!("refresh token {number}"),
                Witness::UserInfo(number) => format!("access token {number}"),
            };
            self.line(1, &format!("session of {witness}: {life}"));
        }
    }
}

fn describe_cookie(cookie: &SetCookie) -> String {
    let expired = cookie.max_age.is_some_and(|age| age <= 0)
        || cookie
            .expires
            .is_some_and(|at| at.as_second() < 86_400 * 366);
    let value = if expired {
        "expired"
    } else if cookie.value.is_empty() {
        "empty"
    } else {
        "set"
    };
    let mut words = vec![format!("{} {value}", cookie.name)];
    words.extend(
        cookie
            .domain
            .as_ref()
            .map(|domain| format!("domain={domain}")),
    );
    words.extend(cookie.path.as_ref().map(|path| format!("path={path}")));
    words.extend(cookie.secure.then(|| "secure".to_owned()));
    words.extend(cookie.http_only.then(|| "httponly".to_owned()));
    words.extend(
        cookie
            .same_site
            .as_ref()
            .map(|mode| format!("samesite={}", mode.to_ascii_lowercase())),
    );
    words.join("; ")
}

/// Long runs of one character become their count: a state of 8,000 letters is no use in a file.
fn cut_runs(text: &str) -> String {
    let mut out = String::new();
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let mut count = 1;
        while characters.next_if_eq(&character).is_some() {
            count += 1;
        }
        if count > 12 && character != ' ' {
            out.push(character);
            out.extend(["×", &count.to_string()]);
        } else {
            out.extend(std::iter::repeat_n(character, count));
        }
    }
    out
}
