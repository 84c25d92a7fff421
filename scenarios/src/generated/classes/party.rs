//! Who asks, and who vouches for it: sessions, hints and clients.

use super::{any_of, grave, letters, mild, only};
use crate::generated::dimension::Class;
use crate::generated::piece::{Piece, Situation};
use crate::{
    ClaimEdit, ClaimValue, HeaderEdit, Hint, IssuerEdit, Party, Signing, TokenSpelling, Value,
};
use proptest::prelude::*;

pub(crate) const SITUATION: &[Class] = &[
    mild("signed-in", || only(Piece::Situation(Situation::SignedIn))),
    mild("two-clients", || {
        only(Piece::Situation(Situation::TwoClients))
    }),
    mild("other-user-elsewhere", || {
        only(Piece::Situation(Situation::OtherUserElsewhere))
    }),
    mild("same-user-elsewhere", || {
        only(Piece::Situation(Situation::SameUserElsewhere))
    }),
    mild("signed-in-again", || {
        only(Piece::Situation(Situation::SignedInAgain))
    }),
    mild("user-changed", || {
        only(Piece::Situation(Situation::UserChanged))
    }),
    mild("expired", || {
        let ages = vec![60, 0, 1, 3_600, 86_400, 86_401, 63_072_000];
        any_of(ages, |age| Piece::Situation(Situation::Expired(age)))
    }),
    mild("client-disabled", || {
        only(Piece::Situation(Situation::ClientDisabled))
    }),
    grave("signed-off-before", || {
        only(Piece::Situation(Situation::SignedOffBefore))
    }),
    grave("never-signed-in", || {
        only(Piece::Situation(Situation::NeverSignedIn))
    }),
];

pub(crate) const HINT: &[Class] = &[
    mild("own", || hint(Hint::OfSignIn(0))),
    grave("absent", || only(Piece::Hint(None))),
    grave("empty", || hint(Hint::Text(String::new()))),
    grave("of-the-other-sign-in", || hint(Hint::OfSignIn(1))),
    grave("garbage", || {
        let texts = prop_oneof![
            Just("not-a-token".to_owned()),
            Just("one.two.three".to_owned()),
            Just("..".to_owned()),
            Just("\"><script>alert(1)</script>".to_owned()),
            letters("abcXYZ019-_.=+/ ", 1..40),
        ];
        texts
            .prop_map(|text| Piece::Hint(Some(Hint::Text(text))))
            .boxed()
    }),
    grave("truncated", || {
        any_of(vec![0, -12, 25, -1, 1], |beyond_payload| {
            Piece::Hint(Some(Hint::Truncated {
                sign_in: 0,
                beyond_payload,
            }))
        })
    }),
    grave("signature-damaged", || {
        signed(vec![Signing::BitFlipped, Signing::Stripped])
    }),
    grave("unsigned", || {
        let names = [
            "none", "None", "NONE", "nOnE", "", "RS256", "HS256", "ES256",
        ];
        signed(names.map(|name| Signing::Alg(name.to_owned())).to_vec())
    }),
    grave("signed-by-stranger", || {
        signed(vec![
            Signing::Stranger,
            Signing::StrangerEmbeddedJwk,
            Signing::StrangerJku,
            Signing::StrangerShortKey,
            Signing::HmacWithPublicKey,
        ])
    }),
    grave("claims-changed", || {
        let edits = vec![
            ClaimEdit::set("aud", ClaimValue::ClientId(Party::B)),
            ClaimEdit::set("sub", ClaimValue::Text("nobody".to_owned())),
            ClaimEdit::set("exp", ClaimValue::SecondsFromNow(86_400)),
            ClaimEdit::set("sid", ClaimValue::Text("no-such-session".to_owned())),
        ];
        any_of(edits, |edit| {
            Piece::Hint(Some(Hint::forged(vec![edit], Signing::Unchanged)))
        })
    }),
    grave("other-issuer", || {
        any_of(
            vec![
                IssuerEdit::Stranger,
                IssuerEdit::TrailingSlash,
                IssuerEdit::OtherScheme,
                IssuerEdit::UpperCaseHost,
                IssuerEdit::OtherTenant,
            ],
            |edit| by_the_op(vec![ClaimEdit::set("iss", ClaimValue::Issuer(edit))]),
        )
    }),
    grave("other-audience", || {
        any_of(
            vec![
                ClaimEdit::set("aud", ClaimValue::Text("no-such-client".to_owned())),
                ClaimEdit::set("aud", ClaimValue::ClientId(Party::B)),
                ClaimEdit::set("aud", ClaimValue::ClientIds(vec![Party::A, Party::B])),
                ClaimEdit::set("aud", ClaimValue::ClientIds(vec![Party::B, Party::A])),
                ClaimEdit::remove("aud"),
            ],
            |edit| by_the_op(vec![edit]),
        )
    }),
    grave("other-subject", || {
        any_of(
            vec![
                ClaimEdit::set("sub", ClaimValue::Text("nobody".to_owned())),
                ClaimEdit::remove("sub"),
            ],
            |edit| by_the_op(vec![edit]),
        )
    }),
    grave("other-times", || {
        any_of(
            vec![
                ClaimEdit::set("exp", ClaimValue::SecondsFromNow(-60)),
                ClaimEdit::set("exp", ClaimValue::SecondsFromNow(0)),
                ClaimEdit::set("exp", ClaimValue::SecondsFromNow(-86_400)),
                ClaimEdit::set("iat", ClaimValue::SecondsFromNow(86_400)),
                ClaimEdit::set("nbf", ClaimValue::SecondsFromNow(86_400)),
                ClaimEdit::set("iat", ClaimValue::SecondsFromNow(-63_072_000)),
                ClaimEdit::remove("exp"),
                ClaimEdit::set("exp", ClaimValue::Text("tomorrow".to_owned())),
            ],
            |edit| by_the_op(vec![edit]),
        )
    }),
    grave("subject-of-the-other", || {
        only(by_the_op(vec![ClaimEdit::set(
            "sub",
            ClaimValue::SubjectOf(1),
        )]))
    }),
    grave("other-session", || {
        any_of(
            vec![
                ClaimEdit::set("sid", ClaimValue::Text("no-such-session".to_owned())),
                ClaimEdit::remove("sid"),
                ClaimEdit::set("sid", ClaimValue::Number(0)),
            ],
            |edit| by_the_op(vec![edit]),
        )
    }),
    grave("other-header", || {
        signed(
            [
                HeaderEdit::UnknownKid,
                HeaderEdit::NoKid,
                HeaderEdit::AccessTokenType,
                HeaderEdit::CriticalUnknown,
                HeaderEdit::NotEncoded,
                HeaderEdit::OtherAlgorithm,
                HeaderEdit::NoAlgorithm,
                HeaderEdit::StrangersAddresses,
            ]
            .map(Signing::HeaderByTheOp)
            .to_vec(),
        )
    }),
    grave("respelt", || {
        any_of(
            vec![
                TokenSpelling::Padded,
                TokenSpelling::SpaceBefore,
                TokenSpelling::LineFeedBehind,
                TokenSpelling::Folded,
                TokenSpelling::Quoted,
                TokenSpelling::Bearer,
                TokenSpelling::FourParts,
                TokenSpelling::NulBehind,
                TokenSpelling::EncodedTwice,
            ],
            |spelling| {
                let sign_in = 0;
                Piece::Hint(Some(Hint::Respelt { sign_in, spelling }))
            },
        )
    }),
    grave("access-token", || hint(Hint::AccessTokenOf(0))),
    grave("of-other-tenant", || hint(Hint::OfOtherTenant)),
];

pub(crate) const CLIENT: &[Class] = &[
    mild("absent", || only(Piece::Parameter(None))),
    mild("own", || {
        only(Piece::Parameter(Some(Value::ClientId(Party::A))))
    }),
    grave("other", || {
        only(Piece::Parameter(Some(Value::ClientId(Party::B))))
    }),
    grave("empty", || text("")),
    grave("unknown", || {
        any_of(
            vec!["no-such-client", "\"><script>alert(1)</script>", "%00", "*"],
            |text| Piece::Parameter(Some(Value::Text(text.into()))),
        )
    }),
    grave("third", || {
        only(Piece::Parameter(Some(Value::ClientId(Party::Disposable))))
    }),
];

fn hint(hint: Hint) -> BoxedStrategy<Piece> {
    only(Piece::Hint(Some(hint)))
}

fn signed(ways: Vec<Signing>) -> BoxedStrategy<Piece> {
    any_of(ways, |way| Piece::Hint(Some(Hint::forged(Vec::new(), way))))
}

fn by_the_op(claims: Vec<ClaimEdit>) -> Piece {
    Piece::Hint(Some(Hint::forged(claims, Signing::ByTheOp)))
}

fn text(text: &str) -> BoxedStrategy<Piece> {
    only(Piece::Parameter(Some(Value::Text(text.into()))))
}
