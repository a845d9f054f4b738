/** Rules that follow from the site's settings; `boot` comes from crm_interactions/boot.py. */

export function type_filters({ media_off = [] } = {}) {
	const filters = { disabled: 0 };
	if (media_off.length) filters.medium = ["not in", media_off];
	return filters;
}

/** Return the site's partner type if there is only one, so that forms hide the field; null otherwise. */
export function only_party_type({ party_types = [] } = {}) {
	return party_types.length === 1 ? party_types[0] : null;
}

export function default_party_type({ party_types = [] } = {}) {
	return party_types[0] || null;
}

/** Return the fields of disabled options, which forms hide (R12). */
export function hidden_fields({ use_reviewed, use_under_control } = {}) {
	return [
		...(use_reviewed ? [] : ["reviewed", "reviewed_by", "reviewed_on", "review_again_on"]),
		...(use_under_control ? [] : ["under_control", "control_on"]),
	];
}

/** Return { party_type, party } of the saved partner whose form the user came from, or null (R2, R3). */
export function party_from_route(previous, boot) {
	const [view, doctype, name] = previous || [];
	if (view !== "Form" || !name || name.startsWith("new-")) return null;
	return (boot.party_types || []).includes(doctype) ? { party_type: doctype, party: name } : null;
}
