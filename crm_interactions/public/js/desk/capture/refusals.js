/** Return the label of a reason to refuse a document (capture/refused.py, capture/refusals.py), or of another result. */
export function reason_label(reason) {
	const labels = {
		automatic: __("Automatic Reply"),
		bounce: __("Undelivered Mail"),
		list: __("List or Newsletter"),
		loop: __("Mail Loop"),
		own: __("Mail of This Site"),
		internal: __("Between Colleagues"),
		excluded: __("Excluded"),
		duplicate: __("Duplicate"),
		"answer to invitation": __("Answer to an Invitation"),
		"no answer": __("Not an Answer"),
		"no number": __("Without a Number"),
		"daily limit": __("Daily Limit"),
		"not captured": __("Not Captured"),
		error: __("Error"),
	};
	return labels[reason] || __(reason);
}

/** Return the settings of the list of refusals: each row begins with its reason. */
export function capture_refusal_list_settings() {
	return {
		hide_name_column: true,
		hide_name_filter: true,
		formatters: { reason: reason_label },
	};
}
