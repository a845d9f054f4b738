import { saved_views } from "../../logic/views";
import { settings } from "../platform/boot";
import { end_of_day } from "../platform/clock";

/** Add the menu *Views*, which filters a list by the current user and time; `is_journal` is set for the journal's list. */
export function add_saved_views(list_view, { is_journal = false } = {}) {
	if (list_view.view_name !== "List") return;
	const context = () => ({
		user: frappe.session.user,
		now: frappe.datetime.system_datetime(),
		end_of_day: end_of_day(),
		use_reviewed: settings().use_reviewed,
		use_under_control: settings().use_under_control,
		is_journal,
	});
	for (const { key, label } of saved_views(context())) {
		list_view.page.add_inner_button(
			__(label),
			() => {
				// user and time of the click, not of the page load
				const view = saved_views(context()).find((candidate) => candidate.key === key);
				return apply(list_view, view.filters);
			},
			__("Views")
		);
	}
}

async function apply(list_view, filters) {
	await list_view.filter_area.clear(false);
	await list_view.filter_area.add(filters.map((filter) => [list_view.doctype, ...filter]));
}
