import { settings } from "../platform/boot";
import { plan_action } from "../plans/list_action";
import { may_start_plans } from "../plans/start_dialog";
import { open_filtered } from "./open_list";

/**
 * Add *Show Activities*, if the user can read the journal, and *Start Plan…*, for the selected rows, to the lists of partners (R2, B9).
 *
 * This extends the menu of all lists, because list settings would overwrite those of the app that owns the list.
 */
export function register_party_lists() {
	const list = frappe.views.ListView.prototype;
	const get_actions_menu_items = list.get_actions_menu_items;
	list.get_actions_menu_items = function (...args) {
		const items = get_actions_menu_items.apply(this, args);
		const is_party = (settings().party_types || []).includes(this.doctype);
		if (!is_party) return items;
		const own = may_start_plans() ? [plan_action(this)] : [];
		if (frappe.model.can_read("Activity Link")) own.unshift(show_activities(this));
		return [...own, ...items];
	};
}

function show_activities(list_view) {
	return {
		label: __("Show Activities"),
		action() {
			open_filtered("Activity Link", {
				party_type: list_view.doctype,
				party: ["in", list_view.get_checked_items(true)],
			});
		},
		standard: true,
	};
}
