//! How it is sent: repetition, order, places, method, content type, spelling, target, cookies, how often, and the answer.

use super::{any_of, grave, mild, only};
use crate::generated::dimension::Class;
use crate::generated::piece::{Order, Piece, Placement, Repeat};
use crate::{
    ContentType, Cookies, Hint, IfAsked, Method, Name, Party, RedirectOperation, RedirectUri,
    RequestTarget, Sent, Spelling, State, Value,
};
use proptest::prelude::*;

pub(crate) const REPEATED: &[Class] = &[
    mild("nothing", || only(Piece::Repeat(None))),
    grave("hint-alike", || repeat(&Name::IdTokenHint, vec![None])),
    grave("hint-otherwise", || {
        let others = [
            Hint::Text("not-a-token".to_owned()),
            Hint::Text(String::new()),
        ];
        repeat(
            &Name::IdTokenHint,
            others.map(|hint| Some(Value::Hint(hint))).to_vec(),
        )
    }),
    grave("redirect-alike", || {
        repeat(&Name::PostLogoutRedirectUri, vec![None])
    }),
    grave("redirect-otherwise", || {
        let elsewhere = RedirectOperation::Instead("https://evil.test/".to_owned());
        repeat(
            &Name::PostLogoutRedirectUri,
            vec![
                Some(Value::Redirect(RedirectUri::altered(elsewhere))),
                Some(Value::Redirect(RedirectUri::of(Party::B))),
                Some(Value::Text("".into())),
            ],
        )
    }),
    grave("state-alike", || repeat(&Name::State, vec![None])),
    grave("state-otherwise", || {
        repeat(&Name::State, vec![Some(second_state())])
    }),
    grave("client-alike", || repeat(&Name::ClientId, vec![None])),
    grave("client-otherwise", || {
        repeat(
            &Name::ClientId,
            vec![
                Some(Value::ClientId(Party::B)),
                Some(Value::Text("".into())),
            ],
        )
    }),
];

pub(crate) const ORDER: &[Class] = &[
    mild("usual", || only(Piece::Order(Order::Usual))),
    mild("reversed", || only(Piece::Order(Order::Reversed))),
    mild("rotated", || {
        (1_usize..6)
            .prop_map(|places| Piece::Order(Order::Rotated(places)))
            .boxed()
    }),
];

pub(crate) const PLACEMENT: &[Class] = &[
    mild("usual", || only(Piece::Placement(Placement::Usual))),
    grave("hint-elsewhere", || elsewhere(Name::IdTokenHint)),
    grave("redirect-elsewhere", || {
        elsewhere(Name::PostLogoutRedirectUri)
    }),
    grave("state-elsewhere", || elsewhere(Name::State)),
    grave("client-elsewhere", || elsewhere(Name::ClientId)),
    grave("all-elsewhere", || {
        only(Piece::Placement(Placement::AllElsewhere))
    }),
    grave("hint-in-both", || {
        both(
            Name::IdTokenHint,
            Value::Hint(Hint::Text("not-a-token".to_owned())),
        )
    }),
    grave("redirect-in-both", || {
        let evil = RedirectOperation::Instead("https://evil.test/".to_owned());
        both(
            Name::PostLogoutRedirectUri,
            Value::Redirect(RedirectUri::altered(evil)),
        )
    }),
    grave("state-in-both", || both(Name::State, second_state())),
    grave("client-in-both", || {
        both(Name::ClientId, Value::ClientId(Party::B))
    }),
];

pub(crate) const METHOD: &[Class] = &[
    mild("get", || only(Piece::Method(Method::Get))),
    mild("post", || only(Piece::Method(Method::Post))),
    grave("head", || only(Piece::Method(Method::Head))),
    grave("put", || only(Piece::Method(Method::Put))),
];

pub(crate) const CONTENT_TYPE: &[Class] = &[
    mild("usual", || content_type(ContentType::Usual)),
    mild("with-charset", || content_type(ContentType::WithCharset)),
    mild("upper-case", || content_type(ContentType::UpperCase)),
    grave("json", || content_type(ContentType::Json)),
    grave("plain-text", || content_type(ContentType::PlainText)),
    grave("missing", || content_type(ContentType::Missing)),
];

pub(crate) const SPELLING: &[Class] = &[
    mild("usual", || spelling(Spelling::Usual)),
    mild("trailing-ampersand", || {
        spelling(Spelling::TrailingAmpersand)
    }),
    mild("leading-ampersand", || spelling(Spelling::LeadingAmpersand)),
    mild("doubled-ampersands", || {
        spelling(Spelling::DoubledAmpersands)
    }),
    mild("lower-case-escapes", || {
        spelling(Spelling::LowerCaseEscapes)
    }),
    mild("escaped-names", || spelling(Spelling::EscapedNames)),
    mild("escaped-values", || spelling(Spelling::EscapedValues)),
    mild("plus-for-space", || spelling(Spelling::PlusForSpace)),
    grave("raw-unicode", || spelling(Spelling::RawUnicode)),
];

pub(crate) const REQUEST_TARGET: &[Class] = &[
    mild("origin", || target(RequestTarget::Origin)),
    mild("empty-query", || target(RequestTarget::EmptyQuery)),
    grave("absolute", || target(RequestTarget::Absolute)),
    grave("absolute-upper-case", || {
        target(RequestTarget::AbsoluteUpperCase)
    }),
    grave("fragment", || target(RequestTarget::Fragment)),
];

pub(crate) const COOKIES: &[Class] = &[
    mild("current", || only(Piece::Cookies(Cookies::Current))),
    grave("none", || only(Piece::Cookies(Cookies::None))),
    grave("saved", || {
        only(Piece::Cookies(Cookies::SavedBeforeSignOff))
    }),
    grave("cut", || only(Piece::Cookies(Cookies::Cut))),
    grave("one-character-changed", || {
        only(Piece::Cookies(Cookies::OneCharacterChanged))
    }),
    grave("damaged-twin-first", || {
        only(Piece::Cookies(Cookies::DamagedTwinFirst))
    }),
    grave("beside-junk", || only(Piece::Cookies(Cookies::BesideJunk))),
];

pub(crate) const SENT: &[Class] = &[
    mild("once", || only(Piece::Sent(Sent::Once))),
    // Grave because most rules have nothing to say of it, so that it hides what else differs.
    grave("twice-at-once", || only(Piece::Sent(Sent::TwiceAtOnce))),
];

pub(crate) const ANSWER: &[Class] = &[
    mild("yes", || only(Piece::Answer(IfAsked::Yes))),
    grave("no", || only(Piece::Answer(IfAsked::No))),
    grave("left", || only(Piece::Answer(IfAsked::Leave))),
    mild("yes-twice", || only(Piece::Answer(IfAsked::YesTwice))),
    grave("forged", || only(Piece::Answer(IfAsked::Forged))),
    grave("yes-twice-at-once", || {
        only(Piece::Answer(IfAsked::YesTwiceAtOnce))
    }),
];

fn second_state() -> Value {
    Value::State(State::Text("second".into()))
}

fn repeat(name: &Name, values: Vec<Option<Value>>) -> BoxedStrategy<Piece> {
    let choices: Vec<Piece> = values
        .into_iter()
        .flat_map(|value| {
            [false, true].map(|first| {
                Piece::Repeat(Some(Repeat {
                    name: name.clone(),
                    value: value.clone(),
                    first,
                }))
            })
        })
        .collect();
    any_of(choices, |piece| piece)
}

fn elsewhere(name: Name) -> BoxedStrategy<Piece> {
    only(Piece::Placement(Placement::Elsewhere(name)))
}

fn both(name: Name, value: Value) -> BoxedStrategy<Piece> {
    only(Piece::Placement(Placement::Both(name, value)))
}

fn content_type(content_type: ContentType) -> BoxedStrategy<Piece> {
    only(Piece::ContentType(content_type))
}

fn target(target: RequestTarget) -> BoxedStrategy<Piece> {
    only(Piece::RequestTarget(target))
}

fn spelling(spelling: Spelling) -> BoxedStrategy<Piece> {
    only(Piece::Spelling(spelling))
}
