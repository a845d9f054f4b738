import { may_start_plans, open_start_plan } from "./start_dialog";

/** Add *Start Plan…* to the actions for selected chains, if plans can be started; it ends with a refresh (B9). */
export function add_plan_action(list_view) {
	if (may_start_plans()) list_view.page.add_actions_menu_item(label(), () => start_for(list_view), true);
}

/** Return *Start Plan…* as an item of the actions menu of a list of partners. */
export const plan_action = (list_view) => ({
	label: label(),
	action: () => start_for(list_view),
	standard: true,
});

const label = () => __("Start Plan…");

function start_for(list_view) {
	const names = list_view.get_checked_items(true);
	open_start_plan({ doctype: list_view.doctype, names }, () => {
		list_view.clear_checked_items();
		list_view.refresh();
	});
}
