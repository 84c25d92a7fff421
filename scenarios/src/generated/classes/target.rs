//! Where the browser is to go: registered URIs and a grammar of confusions over their parts.

use super::{grave, letters, mild, only};
use crate::generated::dimension::Class;
use crate::generated::piece::Piece;
use crate::{Party, RedirectOperation as Op, RedirectUri, Registered, Value};
use proptest::prelude::*;
use proptest::sample::select;

pub(crate) const REDIRECT: &[Class] = &[
    mild("registered", || to(RedirectUri::default())),
    mild("with-query", || {
        to(RedirectUri::registered(Registered::WithQuery))
    }),
    mild("custom-scheme", || {
        to(RedirectUri::registered(Registered::CustomScheme))
    }),
    grave("absent", || only(Piece::Parameter(None))),
    grave("empty", || {
        only(Piece::Parameter(Some(Value::Text("".into()))))
    }),
    grave("other-client", || to(RedirectUri::of(Party::B))),
    grave("third-client", || to(RedirectUri::of(Party::Disposable))),
    grave("sign-in-uri", || {
        to(RedirectUri::registered(Registered::SignIn))
    }),
    grave("host", || altered(HOSTS)),
    grave("authority", || altered(AUTHORITIES)),
    grave("scheme", || altered(SCHEMES)),
    grave("path", || altered(PATHS)),
    grave("encoding", || altered(ENCODINGS)),
    grave("query", || altered(QUERIES)),
    grave("fragment", || altered(FRAGMENTS)),
    grave("control", || altered(CONTROLS)),
    grave("unicode", || altered(UNICODE)),
    grave("elsewhere", || altered(ELSEWHERE)),
    grave("long", || {
        select(vec![255_usize, 256, 2_000, 8_100])
            .prop_map(|length| Op::Append(format!("/{}", "x".repeat(length))))
            .prop_map(|op| piece(RedirectUri::altered(op)))
            .boxed()
    }),
];

/// Operations, the plainest first.
type Operations = fn() -> Vec<Op>;

const HOSTS: Operations = || {
    vec![
        Op::Host("{stranger}".into()),
        Op::Host("{host}.{stranger}".into()),
        Op::Host("evil{host}".into()),
        Op::Host("evil.{host}".into()),
        Op::Host("{host}.".into()),
        Op::UpperCaseHost,
        Op::Host("[::1]".into()),
        Op::Host("127.1".into()),
    ]
};

const AUTHORITIES: Operations = || {
    vec![
        Op::Authority("{authority}@{stranger}".into()),
        Op::Authority("{stranger}@{authority}".into()),
        Op::Authority("{stranger}%40{authority}".into()),
        Op::Authority("user:pass@{authority}".into()),
        Op::Authority("{stranger}\\@{authority}".into()),
        Op::Authority("{stranger}#@{authority}".into()),
        Op::Authority("{host}:444".into()),
        Op::Authority("{host}:".into()),
        Op::Authority("{host}:0443".into()),
        Op::DefaultPort,
    ]
};

const SCHEMES: Operations = || {
    vec![
        Op::Scheme("http".into()),
        Op::UpperCaseScheme,
        Op::Scheme("javascript".into()),
        Op::Scheme("ftp".into()),
        Op::Prepend("javascript://".into()),
    ]
};

const PATHS: Operations = || {
    vec![
        Op::Append("/evil".into()),
        Op::Append("/".into()),
        Op::Append("x".into()),
        Op::ShortenPath,
        Op::Path("{parent}/./{last}".into()),
        Op::Path("{parent}/x/../{last}".into()),
        Op::Path("{path}/../evil".into()),
        Op::Path("/{path}".into()),
        Op::Path("{path};x=1".into()),
        Op::Path("{parent}\\{last}".into()),
        Op::UpperCasePath,
    ]
};

const ENCODINGS: Operations = || {
    vec![
        Op::EncodeOneLetter,
        Op::EncodeTwice,
        Op::Append("%2f..%2fevil".into()),
        Op::Append("%2e%2e".into()),
        Op::Append("%00".into()),
        Op::Append("%zz".into()),
        Op::Append("%".into()),
        Op::Append("%u002f".into()),
    ]
};

const QUERIES: Operations = || {
    vec![
        Op::Append("?x=1".into()),
        Op::Append("?".into()),
        Op::Append("?state=other".into()),
        Op::Append("&x=1".into()),
        Op::Append("?x=1&x=2".into()),
        Op::Append("?next=https://evil.test/".into()),
    ]
};

const FRAGMENTS: Operations = || {
    vec![
        Op::Append("#".into()),
        Op::Append("#x".into()),
        Op::Append("#/evil".into()),
        Op::Append("%23x".into()),
        Op::Append("#?state=other".into()),
    ]
};

const CONTROLS: Operations = || {
    vec![
        Op::Append(" ".into()),
        Op::Prepend(" ".into()),
        Op::Append("\t".into()),
        Op::Prepend("\t".into()),
        Op::Append("\r\nX: y".into()),
        Op::Prepend("\n".into()),
        Op::Append("\0".into()),
        Op::Append("\u{7f}".into()),
    ]
};

const UNICODE: Operations = || {
    vec![
        Op::Append("\u{e9}".into()),
        Op::HomoglyphHost,
        Op::FullWidthDots,
        Op::Append("\u{202e}".into()),
        Op::Append("\u{feff}".into()),
        Op::Append("\u{2028}".into()),
        Op::Append("\u{1f600}".into()),
    ]
};

const ELSEWHERE: Operations = || {
    [
        "https://evil.test/",
        "//evil.test/",
        "/\\evil.test/",
        "https:evil.test",
        "/relative",
        "javascript:alert(1)",
        "data:text/html,x",
        "no uri at all",
        "https://evil.test/\"><script>alert(1)</script>",
    ]
    .map(|text| Op::Instead(text.to_owned()))
    .to_vec()
};

/// Every operation, for the second one of a chain.
fn any_operation() -> BoxedStrategy<Op> {
    let all: Vec<Op> = [
        HOSTS,
        AUTHORITIES,
        SCHEMES,
        PATHS,
        ENCODINGS,
        QUERIES,
        FRAGMENTS,
        CONTROLS,
        UNICODE,
    ]
    .iter()
    .flat_map(|operations| operations())
    .collect();
    prop_oneof![
        4 => select(all),
        1 => letters("ab/.%?#&=@:;\\ ~", 1..8).prop_map(Op::Append),
    ]
    .boxed()
}

/// One operation of the class, sometimes followed by another of any.
fn altered(operations: Operations) -> BoxedStrategy<Piece> {
    let then = prop_oneof![
        4 => Just(Vec::new()),
        1 => proptest::collection::vec(any_operation(), 0..2),
    ];
    (select(operations()), then)
        .prop_map(|(operation, then)| {
            piece(RedirectUri {
                then,
                ..RedirectUri::altered(operation)
            })
        })
        .boxed()
}

fn to(uri: RedirectUri) -> BoxedStrategy<Piece> {
    only(piece(uri))
}

fn piece(uri: RedirectUri) -> Piece {
    Piece::Parameter(Some(Value::Redirect(uri)))
}
