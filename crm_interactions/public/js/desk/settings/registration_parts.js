/** Draw a line of three choices for each value of a status; a choice changes `state` of the value. */
export function draw_states($area, states, changed) {
	const choices = [
		["Planned", __("Planned")],
		["Done", __("Done")],
		["Cancelled", __("Cancelled")],
	];
	const lines = states.map((state, number) => {
		const $choices = choices.map(([value, label]) => {
			const $input = $('<input type="radio">')
				.attr({ name: `crm-state-${number}`, value })
				.prop("checked", state.state === value)
				.on("change", () => {
					state.state = value;
					changed();
				});
			return $("<label>").append($input, $("<span>").text(label));
		});
		const $name = $('<span class="crm-state-name">').text(state.label);
		return $('<div class="crm-state">').attr("data-value", state.value).append($name, $choices);
	});
	$area.append(lines);
}

/** Draw a check box for each field that can name the document's origin; `chosen` holds the checked names. */
export function draw_origins($area, fields, chosen, changed) {
	const $help = $('<p class="text-muted small">').text(
		__("The new document joins the chain of this document.")
	);
	const boxes = fields.map(({ value, label }) => {
		const $input = $('<input type="checkbox">')
			.prop("checked", chosen.includes(value))
			.on("change", ({ target }) => {
				if (target.checked) chosen.push(value);
				else chosen.splice(chosen.indexOf(value), 1);
				changed();
			});
		return $('<label class="crm-origin">').append($input, $("<span>").text(label));
	});
	$area.append($help, boxes);
}

/** Draw documents as the journal would show them: topic and state above date, partner and responsible user. */
export function draw_preview($area, doctype, rows) {
	if (!rows.length) {
		const text = __("There are no documents of this type that you may read.");
		$('<p class="text-muted">').text(text).appendTo($area);
		return;
	}
	const lines = rows.map((row) => {
		const [color, label] = state_of(row.status);
		const date = frappe.datetime.str_to_user(row.activity_date);
		const facts = [date, row.party, row.responsible].filter(Boolean).join(" · ");
		const $state = $("<span>").addClass(color).text(label);
		const $title = $('<a class="crm-preview-title" target="_blank">')
			.attr("href", frappe.utils.get_form_link(doctype, row.name))
			.text(row.title);
		const $top = $('<div class="crm-preview-top">').append($title, $state);
		return $('<div class="crm-preview">').append($top, $('<div class="text-muted small">').text(facts));
	});
	$area.append(lines);
}

function state_of(status) {
	if (status === "Planned") return ["indicator-pill blue", __("Planned")];
	if (status === "Cancelled") return ["indicator-pill gray", __("Cancelled")];
	return ["indicator-pill green", __("Done")];
}
