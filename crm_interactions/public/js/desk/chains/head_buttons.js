/**
 * Add the buttons *Log Interaction* and *Activities* to the head of a form that shows the panel on a later tab only.
 *
 * Documents of ERPNext have the dashboard on their last tab; a partner's form has the panel on the first.
 *
 * @param body jQuery element of the panel
 * @param record callback with the document type that is logged
 * @param start_plan callback that starts a plan, or null
 * @returns a function that shows the number of activities in the button
 */
export function add_head_buttons(frm, { body, record, start_plan }) {
	const tab = (frm.layout.tabs || []).find(({ wrapper }) => $(wrapper).has(body.get(0)).length);
	// Frappe hides a tab that was empty before the panel
	tab?.refresh();
	if (!tab || tab === frm.layout.tabs[0]) return () => {};
	if (frappe.model.can_create("Interaction")) {
		frm.add_custom_button(__("Log Interaction"), () => record("Interaction"));
	}
	if (start_plan) frm.add_custom_button(__("Start Plan…"), start_plan, __("Actions"));
	const $button = frm.add_custom_button(__("Activities"), () => show(tab, body));
	return (count) => $button.text(count ? __("Activities ({0})", [count]) : __("Activities"));
}

function show(tab, body) {
	tab.set_active();
	frappe.utils.scroll_to(body.closest(".form-dashboard-section"), true, 60);
}
