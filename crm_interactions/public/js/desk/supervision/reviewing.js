import { settings } from "../platform/boot";
import { make_dialog } from "../platform/dialog";

const REVIEW = "crm_interactions.api.activity.review";
const CONTROL = "crm_interactions.api.activity.control";

/**
 * Add actions for selected rows, as far as the options are on, if the user may review (R12).
 *
 * *Put Under Control* asks for a day. The actions report refused rows, then clear the selection and refresh the list.
 *
 * @param activity_of maps a list row to { activity_type, activity }
 */
export function add_review_actions(list_view, activity_of) {
	if (!settings().may_review) return;
	const selected = () => list_view.get_checked_items().map(activity_of);
	const done = () => {
		list_view.clear_checked_items();
		// Frappe skips an identical request within three seconds, but the rows have changed
		list_view.last_args = null;
		list_view.refresh();
	};
	const add = (label, action) => list_view.page.add_actions_menu_item(label, action, true);
	const { use_reviewed, use_under_control } = settings();
	if (use_reviewed) {
		add(__("Mark as Reviewed"), () => send(REVIEW, { activities: selected(), reviewed: 1 }, done));
		add(__("Remove Review"), () => send(REVIEW, { activities: selected(), reviewed: 0 }, done));
	}
	if (use_under_control) {
		add(__("Put Under Control"), () => ask_for_day(selected(), done));
		add(__("Remove from Control"), () =>
			send(CONTROL, { activities: selected(), under_control: 0 }, done)
		);
	}
}

function ask_for_day(activities, done) {
	const dialog = make_dialog({
		title: __("Put Under Control ({0})", [activities.length]),
		fields: [
			{
				fieldname: "control_on",
				fieldtype: "Date",
				label: __("Control On"),
				description: __("Optional. The day to look at these activities."),
			},
		],
		primary_action_label: __("Put Under Control"),
		primary_action({ control_on }) {
			dialog.hide();
			return send(CONTROL, { activities, under_control: 1, control_on: control_on || null }, done);
		},
	});
	dialog.show();
}

async function send(method, args, done) {
	const { done: changed, refused } = await frappe.xcall(method, args);
	if (refused.length) report_refused(changed, refused);
	else frappe.show_alert({ message: __("Changed: {0}.", [changed.length]), indicator: "green" });
	done();
}

function report_refused(changed, refused) {
	frappe.msgprint({
		title: __("Changed: {0}, refused: {1}", [changed.length, refused.length]),
		message: refused.map(({ activity, reason }) => frappe.utils.escape_html(`${activity}: ${reason}`)),
		as_list: true,
		indicator: changed.length ? "orange" : "red",
	});
}
