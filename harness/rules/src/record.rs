//! All that was sent and came back around the sign-offs of one case, and the ledger of who signed in and
//! which tokens came of it. Nothing here is an intent: facts are read from this and from nothing else.

use crate::setting::Setting;
use crate::visit::End;
use signoff_oidc::cookies::SameSite;
use signoff_oidc::{Door, Params, Request, Response, Timestamp};
use std::sync::OnceLock;

/// Views of the bytes of one visit, made when a rule first asks. Rules ask hundreds of times, and reading a
/// page is what costs. A view never replaces the bytes: it is made from them and from nothing else.
#[derive(Debug, Clone, Default)]
pub struct Views {
    pub(crate) end: OnceLock<End>,
    pub(crate) offers: OnceLock<Vec<String>>,
    pub(crate) query: OnceLock<Params>,
    pub(crate) form: OnceLock<Params>,
    pub(crate) door: OnceLock<Door>,
}

/// One request and what came of it. Numbers grow in the order of sending.
#[derive(Debug, Clone)]
pub struct Exchange {
    /// Its place in the one order of the case.
    pub seq: u32,
    /// What was sent.
    pub request: Request,
    /// What came back, or why nothing did.
    pub answer: Result<Response, String>,
}

/// A completed sign-in: authorization code redeemed, tokens in hand.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// Its place in the one order of the case.
    pub seq: u32,
    /// In which browser (0, 1 ...).
    pub browser: usize,
    /// The session at the IdP. Two sign-ins share it when the second needed no password.
    pub session: usize,
    /// At which client.
    pub client_id: String,
    /// As whom: the name that was typed.
    pub user: String,
    /// The `sub` of the ID token.
    pub sub: Option<String>,
    /// The `sid` of the ID token.
    pub sid: Option<String>,
    /// The ID token, as issued.
    pub id_token: String,
    /// The access token, as issued.
    pub access_token: String,
    /// What the product calls the person, where it hands out profiles (WorkOS: the profile's id).
    pub profile: Option<String>,
    /// The refresh token, if one was issued.
    pub refresh_token: Option<String>,
    /// Whether the tokens were issued with `offline_access`.
    pub offline: Offline,
    /// When, by the IdP's clock.
    pub at: Timestamp,
    /// The `exp` of the ID token.
    pub expires: Option<Timestamp>,
    /// What the browser asked for and got on the way, from the authorization request to the redirect back.
    pub exchanges: Vec<Exchange>,
}

/// Whether tokens were issued with `offline_access` (Core 1.0 section 11), by the `scope` of the token
/// response. That may be left out when it is what was asked for (RFC 6749 section 5.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Offline {
    /// Neither asked for nor granted.
    #[default]
    No,
    /// Asked for and granted.
    Granted,
    /// One without the other.
    Unclear,
}

impl Offline {
    /// From the scope that was asked for and the one of the token response.
    pub fn of(asked: &str, granted: Option<&str>) -> Self {
        let has = |scope: &str| scope.split(' ').any(|word| word == "offline_access");
        match (has(asked), granted.map(has)) {
            (true, Some(true) | None) => Offline::Granted,
            (false, Some(false) | None) => Offline::No,
            _ => Offline::Unclear,
        }
    }
}

/// Where a token's text comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Provenance {
    /// This IdP issued exactly this text.
    Issued,
    /// Another tenant or issuer did, perhaps under the same key.
    IssuedElsewhere,
    /// It was made with a signing key of the IdP that the target gave us. Whether an OP can tell is open,
    /// so neither accepting nor refusing it breaks RPIL-2-22 or RPIL-2-23.
    SignedNotIssued,
    /// The IdP cannot have issued it.
    Forged,
}

impl Provenance {
    /// The word for reports and predicates.
    pub fn word(self) -> &'static str {
        match self {
            Provenance::Issued => "issued",
            Provenance::IssuedElsewhere => "issued-elsewhere",
            Provenance::SignedNotIssued => "signed-not-issued",
            Provenance::Forged => "forged",
        }
    }
}

/// What kind of token a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// An ID token.
    Id,
    /// An access token.
    Access,
    /// Made to look like an ID token, or no token at all.
    Made,
}

/// A text that was sent as a token and that no sign-in of this case produced.
#[derive(Debug, Clone)]
pub struct Made {
    /// The text.
    pub text: String,
    /// Where it comes from.
    pub provenance: Provenance,
    /// What it is, for reports: "alg none", "issuer of another region".
    pub description: String,
}

/// A logout token that the product handed out to the application's server.
#[derive(Debug, Clone)]
pub struct HandedOut {
    /// Its place in the one order of the case.
    pub seq: u32,
    /// The token.
    pub text: String,
    /// When, by the IdP's clock.
    pub at: Timestamp,
    /// False when another environment than the one under test handed it out.
    pub own: bool,
}

/// Every sign-in and every made token of the case.
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    /// Sign-ins in order.
    pub sign_ins: Vec<SignedIn>,
    /// Forged and foreign tokens.
    pub made: Vec<Made>,
    /// Logout tokens that the product handed out to the application's server, in order.
    pub logout_tokens: Vec<HandedOut>,
}

/// Which evidence of a session was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Witness {
    /// `prompt=none` with the jar of this browser.
    Jar(usize),
    /// `prompt=none` with the cookies this browser had before the first sign-off: the server's own memory.
    SavedCookies(usize),
    /// `prompt=none` with the jar of this browser, by the client of this sign-in.
    JarFor(usize, usize),
    /// The same with the cookies from before the first sign-off.
    SavedCookiesFor(usize, usize),
    /// A refresh grant with the refresh token of this sign-in.
    Refresh(usize),
    /// `UserInfo` with the access token of this sign-in.
    UserInfo(usize),
}

/// What a look at a session told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Life {
    /// It works; the user's `sub` if the probe was redeemed.
    Alive(Option<String>),
    /// The IdP said `login_required` (or `invalid_grant`, or 401).
    Ended,
    /// Neither, with what was seen.
    Unknown(String),
}

/// A look at a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Probe {
    /// What was looked at.
    pub witness: Witness,
    /// What it told.
    pub life: Life,
}

/// What the person did on the page that asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answered {
    /// Said yes.
    Yes,
    /// Said no.
    No,
    /// Sent a yes without the hidden values of the page.
    Forged,
    /// Said yes, with another address wherever the page's form had that of the request.
    Tampered,
    /// Sent a used yes again.
    Replayed,
    /// Answered an open question after something else had changed the sessions or the person.
    Late,
}

impl Answered {
    /// Whether it belongs to the sign-off whose page was answered. A used answer that is sent again does not: whatever it
    /// meets, that sign-off was over before. One that somebody tampered with is another request, and before one that came
    /// late other things had happened.
    pub fn belongs(self) -> bool {
        !matches!(
            self,
            Answered::Tampered | Answered::Replayed | Answered::Late
        )
    }
}

/// An answer to the question, and where it led.
#[derive(Debug, Clone)]
pub struct Answer {
    /// What was answered.
    pub answered: Answered,
    /// The exchanges from the answer to the next rest.
    pub chain: Vec<Exchange>,
    /// Where the same answer, sent at the same moment, led; empty when it was sent once. Which of the two the IdP took
    /// first is not known.
    pub beside: Vec<Exchange>,
    /// The sessions afterwards.
    pub after: Vec<Probe>,
    /// Views of the chain.
    pub views: Views,
}

/// Which cookies went with a sign-off request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CookiesSent {
    /// Those of the browser's jar.
    Current,
    /// Those from before the first sign-off.
    Saved,
    /// None.
    None,
    /// Those of the browser's jar, but not as they are there: damaged, doubled, or beside one of no meaning. Whether
    /// the IdP finds a session by them is open.
    Altered,
}

/// By which way a relying party heard of a sign-off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Channel {
    /// A browser loaded an address of it in a frame (OpenID Connect Front-Channel Logout 1.0).
    Front,
    /// The IdP called it (OpenID Connect Back-Channel Logout 1.0).
    Back,
}

impl Channel {
    /// For reports.
    pub fn word(self) -> &'static str {
        match self {
            Channel::Front => "front channel",
            Channel::Back => "back channel",
        }
    }
}

/// Something that reached a relying party.
#[derive(Debug, Clone)]
pub struct Arrival {
    /// Its place in the one order of the case.
    pub seq: u32,
    /// How it came.
    pub channel: Channel,
    /// The client whose registered address it came to; nothing when no known client has it.
    pub client_id: Option<String>,
    /// What came. A front-channel request is one that the browser would send: the harness contacts no relying party.
    pub request: Request,
}

/// One sign-off as it went.
#[derive(Debug, Clone)]
pub struct Attempt {
    /// Its place in the one order of the case.
    pub seq: u32,
    /// The browser that sent it.
    pub browser: usize,
    /// Which cookies went with it.
    pub cookies: CookiesSent,
    /// The calls that the application's own server made first, where the product signs off by a conversation.
    pub calls: Vec<Exchange>,
    /// The exchanges from the request to the first rest; never empty. Where the last call was refused and the browser
    /// was sent nowhere, that call.
    pub chain: Vec<Exchange>,
    /// The exchanges of the same request, sent at the same moment; empty when it was sent once. Which of the two the IdP
    /// took first is not known. What follows is asked and answered where the first chain rests.
    pub beside: Vec<Exchange>,
    /// The sessions right before.
    pub before: Vec<Probe>,
    /// The sessions at the first rest, before any answer.
    pub at_rest: Vec<Probe>,
    /// The answers that were given, in order.
    pub answers: Vec<Answer>,
    /// The clients that were disabled before.
    pub disabled: Vec<String>,
    /// The clients that were deleted before; they count as disabled, too.
    pub deleted: Vec<String>,
    /// What an operator had set.
    pub settings: Vec<Setting>,
    /// When, by the IdP's clock.
    pub at: Timestamp,
    /// How far the cookies that went with it go: whether a frame of another site would carry them.
    pub same_site: Option<SameSite>,
    /// The exchanges of the frames that the pages of the IdP made the browser load from the IdP itself.
    pub frames: Vec<Exchange>,
    /// Views of the chain.
    pub views: Views,
}

impl Attempt {
    /// What went out twice at the same moment, if anything did: all that is told of it depends on an order that nobody
    /// knows.
    pub fn at_once(&self) -> Option<AtOnce> {
        if !self.beside.is_empty() {
            Some(AtOnce::Request)
        } else if self.answers.iter().any(|answer| !answer.beside.is_empty()) {
            Some(AtOnce::Answer)
        } else {
            None
        }
    }
}

/// What went out twice at the same moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AtOnce {
    /// The request.
    Request,
    /// An answer to the question.
    Answer,
}

impl AtOnce {
    /// For reports.
    pub fn describe(self) -> &'static str {
        match self {
            AtOnce::Request => "the request went out twice at once",
            AtOnce::Answer => "the answer went out twice at once",
        }
    }
}

/// Everything about one case.
#[derive(Debug, Clone, Default)]
pub struct Record {
    /// Sign-ins and tokens.
    pub ledger: Ledger,
    /// The sign-offs in order.
    pub attempts: Vec<Attempt>,
    /// What reached relying parties, in order.
    pub arrivals: Vec<Arrival>,
}

impl Record {
    /// Whether a question of one sign-off was answered after the next sign-off had begun. What reached relying parties
    /// then belongs to either.
    pub fn has_late_answers(&self) -> bool {
        let nexts = self.attempts.iter().skip(1).map(|next| next.seq);
        self.attempts.iter().zip(nexts).any(|(attempt, next)| {
            let mut answers = attempt.answers.iter();
            answers.any(|answer| answer.chain.iter().any(|exchange| exchange.seq > next))
        })
    }

    /// True when somebody signed in in the browser of this sign-off after it had begun and before its last answer: the
    /// session that ends then is another one than the session that was asked about.
    pub fn is_signed_in_meanwhile(&self, attempt: usize) -> bool {
        let attempt = &self.attempts[attempt];
        let answers = attempt.answers.iter().flat_map(|answer| &answer.chain);
        let Some(last) = answers.map(|exchange| exchange.seq).max() else {
            return false;
        };
        self.ledger.sign_ins.iter().any(|held| {
            held.browser == attempt.browser && held.seq > attempt.seq && held.seq < last
        })
    }

    /// What reached relying parties between this sign-off and the next one.
    pub fn arrivals_of(&self, attempt: usize) -> impl Iterator<Item = &Arrival> {
        let from = self.attempts[attempt].seq;
        let next = self.attempts.get(attempt + 1);
        let until = next.map_or(u32::MAX, |next| next.seq);
        let arrivals = self.arrivals.iter();
        arrivals.filter(move |arrival| arrival.seq > from && arrival.seq < until)
    }
}

#[cfg(test)]
mod tests {
    use super::{Answered, Arrival, Channel, Offline, Provenance};
    use crate::testing::{Case, OWN, Session, asks, signed_off};
    use signoff_oidc::Request;
    use std::collections::BTreeSet;

    #[test]
    fn what_was_asked_for_is_granted_unless_the_answer_says_otherwise() {
        let asked = "openid offline_access";
        assert_eq!(Offline::of(asked, None), Offline::Granted);
        assert_eq!(Offline::of(asked, Some(asked)), Offline::Granted);
        assert_eq!(Offline::of(asked, Some("openid")), Offline::Unclear);
        assert_eq!(Offline::of("openid", None), Offline::No);
        assert_eq!(Offline::of("openid", Some("openid email")), Offline::No);
        assert_eq!(Offline::of("openid", Some(asked)), Offline::Unclear);
        assert_eq!(Offline::of("openid", Some("offline_access_x")), Offline::No);
    }

    #[test]
    fn a_sign_in_counts_as_meanwhile_between_request_and_last_answer_in_the_same_browser() {
        let asked = || Case::new().get(&[OWN]).gets(asks());
        let yes = |case: Case| case.says(Answered::Yes, signed_off(), Session::Ended);
        let meanwhile = |case: Case| case.record.is_signed_in_meanwhile(0);
        assert!(meanwhile(yes(asked().sign_in("bob", "a", 0, 1))));
        assert!(!meanwhile(yes(asked())));
        assert!(!meanwhile(yes(asked().sign_in("bob", "a", 1, 1))));
        assert!(!meanwhile(yes(asked()).sign_in("bob", "a", 0, 1)));
        assert!(!meanwhile(asked().sign_in("bob", "a", 0, 1)));
        // Two sign-ins around it: neither is between.
        let before = Case::new().sign_in("bob", "a", 0, 1).get(&[OWN]);
        assert!(!meanwhile(
            yes(before.gets(asks())).sign_in("carol", "a", 0, 2)
        ));
    }

    #[test]
    fn an_answer_is_late_when_the_next_sign_off_had_begun() {
        let asked = || Case::new().get(&[OWN]).gets(asks());
        let mut late = asked().get(&[OWN]);
        assert!(!late.record.has_late_answers());
        let answer = asked().says(Answered::Yes, signed_off(), Session::Ended);
        late.record.attempts[0].answers = answer.record.attempts[0].answers.clone();
        late.record.attempts[0].answers[0].chain[0].seq = late.record.attempts[1].seq + 2;
        assert!(late.record.has_late_answers());
        let in_time = asked().says(Answered::Yes, signed_off(), Session::Ended);
        assert!(!in_time.get(&[OWN]).record.has_late_answers());
    }

    #[test]
    fn what_arrives_after_the_next_sign_off_began_is_not_of_this_one() {
        let mut case = Case::new().get(&[OWN]).get(&[OWN]);
        let arrival = |seq| Arrival {
            seq,
            channel: Channel::Back,
            client_id: None,
            request: Request::get("https://rp.example/bye").expect("an address"),
        };
        let (first, second) = (case.record.attempts[0].seq, case.record.attempts[1].seq);
        case.record.arrivals = [first - 1, first + 1, second + 1].map(arrival).into();
        let of = |attempt| -> Vec<u32> {
            let arrivals = case.record.arrivals_of(attempt);
            arrivals.map(|arrival| arrival.seq).collect()
        };
        assert_eq!(of(0), [first + 1]);
        assert_eq!(of(1), [second + 1]);
    }

    #[test]
    fn no_two_origins_of_a_token_and_no_two_channels_read_alike() {
        let origins = [
            Provenance::Issued,
            Provenance::IssuedElsewhere,
            Provenance::SignedNotIssued,
            Provenance::Forged,
        ];
        assert_eq!(
            BTreeSet::from(origins.map(Provenance::word)).len(),
            origins.len()
        );
        assert_ne!(Channel::Front.word(), Channel::Back.word());
    }
}
