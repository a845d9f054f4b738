import { shown_panel } from "./panel";
import { record_more } from "./record_more";
import { refresh_list } from "../platform/refresh_list";

const KEYS = "shift+ctrl+l";

/** Open quick entry of an interaction with a keyboard shortcut on any page; a form with a panel gives its values. */
export function register_log_shortcut() {
	frappe.ui.keys.add_shortcut({
		shortcut: KEYS,
		action: log_interaction,
		description: __("Log Interaction"),
		ignore_inputs: true,
	});
}

function log_interaction() {
	if (!frappe.model.can_create("Interaction") || document.querySelector(".modal.show")) return;
	const panel = shown_panel();
	if (panel) return panel.record("Interaction");
	// a callback, even if it does nothing, keeps Frappe from opening the new document
	record_more("Interaction", {}, refresh_list);
}
