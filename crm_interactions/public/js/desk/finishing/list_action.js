import { finish_many } from "./dialog";

/** Add *Complete* to the actions for selected rows, if the user can write the type; it ends with a refresh (B3). */
export function add_finishing_action(list_view) {
	if (!frappe.model.can_write(list_view.doctype)) return;
	list_view.page.add_actions_menu_item(
		__("Complete"),
		() => {
			const activities = list_view.get_checked_items(true);
			finish_many({
				activity_type: list_view.doctype,
				activities,
				done: () => {
					list_view.clear_checked_items();
					list_view.refresh();
				},
			});
		},
		true
	);
}
