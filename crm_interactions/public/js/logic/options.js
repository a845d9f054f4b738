/** What the site's settings allow; `boot` is what crm_interactions/boot.py sends. */

export function type_filters({ media_off = [] } = {}) {
	const filters = { disabled: 0 };
	if (media_off.length) filters.medium = ["not in", media_off];
	return filters;
}

/** The one partner type of a site that has no choice, so that nobody is asked for it. */
export function only_party_type({ party_types = [] } = {}) {
	return party_types.length === 1 ? party_types[0] : null;
}

export function default_party_type({ party_types = [] } = {}) {
	return party_types[0] || null;
}

/** Fields that an option that is off takes from the form (R12). */
export function hidden_fields({ use_reviewed, use_under_control } = {}) {
	return [
		...(use_reviewed ? [] : ["reviewed", "reviewed_by", "reviewed_on", "review_again_on"]),
		...(use_under_control ? [] : ["under_control", "control_on"]),
	];
}

/** The partner of the document that one came from, if it is of a configured type (R2, R3). */
export function party_from_route(previous, boot) {
	const [view, doctype, name] = previous || [];
	if (view !== "Form" || !name || name.startsWith("new-")) return null;
	return (boot.party_types || []).includes(doctype) ? { party_type: doctype, party: name } : null;
}
