//! Pages whose own address holds what others must not learn: the hint, or the state.

use crate::record::Exchange;
use crate::sign_off::SignOff;
use signoff_oidc::{Request, Response};

/// The pages of the visit whose address holds an `id_token_hint` or a `state`.
pub(super) fn revealing<'a>(s: &SignOff<'a>) -> Vec<(&'a Request, &'a Response)> {
    let attempt = s.attempt();
    let answers = attempt.answers.iter().flat_map(|answer| &answer.chain);
    let shown = attempt
        .chain
        .iter()
        .chain(answers)
        .filter_map(|exchange: &Exchange| {
            let response = exchange.answer.as_ref().ok()?;
            Some((&exchange.request, response))
        });
    shown
        .filter(|(request, response)| {
            let query = request.query();
            let told = |name| !query.given(name).is_omitted();
            // What stands beside a redirect is not shown.
            response.is_html()
                && response.location().is_none()
                && (told("id_token_hint") || told("state"))
        })
        .collect()
}
