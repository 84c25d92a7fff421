//! The smallest part of a SCIM filter (RFC 7644 section 3.4.2.2) that scripts cannot do without: `username eq "alice"`.

use super::super::Call;
use super::super::error::ApiError;
use crate::config::User;
use crate::parameters::Given;
use crate::realm::Realm;

/// Which users are asked for.
pub(super) enum Filter {
    All,
    Equal { attribute: Attribute, value: String },
}

#[derive(Clone, Copy)]
pub(super) enum Attribute {
    Id,
    Username,
    Email,
    Population,
}

const ATTRIBUTES: [(&str, Attribute); 4] = [
    ("id", Attribute::Id),
    ("username", Attribute::Username),
    ("email", Attribute::Email),
    ("population.id", Attribute::Population),
];

/// The filter of a call.
pub(super) fn asked_for(call: &Call) -> Result<Filter, ApiError> {
    if call.incoming.query.given("filter") == Given::Absent {
        return Ok(Filter::All);
    }
    let text = call.incoming.query.text("filter");
    text.and_then(parsed).ok_or_else(|| {
        let names: Vec<_> = ATTRIBUTES.iter().map(|(name, _)| *name).collect();
        let message = format!(
            "This mock only knows NAME eq \"VALUE\" with {}.",
            names.join(", ")
        );
        ApiError::invalid("filter", message)
    })
}

fn parsed(text: &str) -> Option<Filter> {
    let mut words = text.trim().splitn(3, ' ');
    let (name, operator, value) = (words.next()?, words.next()?, words.next()?);
    let (_, attribute) = ATTRIBUTES.iter().find(|(known, _)| *known == name)?;
    if !operator.eq_ignore_ascii_case("eq") {
        return None;
    }
    // A SCIM value is a JSON value.
    let value: String = serde_json::from_str(value.trim()).ok()?;
    Some(Filter::Equal {
        attribute: *attribute,
        value,
    })
}

impl Filter {
    pub(super) fn admits(&self, realm: &Realm, user: &User) -> bool {
        match self {
            Self::All => true,
            Self::Equal { attribute, value } => match attribute {
                Attribute::Id => user.id == *value,
                // RFC 7643 section 4.1.1: user names are case-insensitive.
                Attribute::Username => user.username.eq_ignore_ascii_case(value),
                Attribute::Email => user.email.eq_ignore_ascii_case(value),
                Attribute::Population => realm.directory.population_of(&user.id) == *value,
            },
        }
    }
}
