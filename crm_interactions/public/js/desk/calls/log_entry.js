import { is_reach } from "../../logic/log_call";
import { add_command } from "../platform/search_bar";
import { log_call } from "./log_call";

const KEYS = "shift+ctrl+k";

/** Offer *Log Call* everywhere: by a shortcut, in the bar at the top, by a round button on phones, in the search bar. */
export function register_log_call() {
	frappe.ui.keys.add_shortcut({
		shortcut: KEYS,
		action: () => log_call(),
		description: __("Log Call"),
		ignore_inputs: true,
	});
	add_command({
		title: __("Log Call"),
		suits: (text) =>
			may_log() && (is_reach(text) || __("Log Call").toLowerCase().includes(text.toLowerCase())),
		run: () => log_call(),
	});
	$(document).on("toolbar_setup app_ready page-change", () => may_log() && add_buttons());
}

const may_log = () => frappe.model.can_create("Interaction");

function add_buttons() {
	if (document.querySelector(".crm-log-plus, .crm-log-navbar")) return;
	const label = __("Log Call");
	const $place = $(".navbar .dropdown-notifications").first();
	$(`<li class="nav-item crm-log-navbar"></li>`)
		.append(
			$(`<button type="button" class="btn-reset nav-link">${frappe.utils.icon("add", "md")}</button>`)
				.attr({ title: `${label} (Ctrl+Shift+K)`, "aria-label": label })
				.on("click", () => log_call())
		)
		.insertBefore($place);
	$(`<button type="button" class="btn btn-primary crm-log-plus">${frappe.utils.icon("add", "md")}</button>`)
		.attr({ title: label, "aria-label": label })
		.on("click", () => log_call())
		.appendTo("body");
}
