import { settings } from "../platform/boot";

const REVIEW = "crm_interactions.api.activity.review";
const CONTROL = "crm_interactions.api.activity.control";

/**
 * A supervisor's remarks on the rows that are ticked (R12).
 *
 * @param activity_of row of the list → { activity_type, activity }
 */
export function add_review_actions(list_view, activity_of) {
	if (!settings().may_review) return;
	const ticked = () => list_view.get_checked_items().map(activity_of);
	const done = () => {
		list_view.clear_checked_items();
		// the platform asks nothing twice within three seconds, and two actions in a row are quicker than that
		list_view.last_args = null;
		list_view.refresh();
	};
	const add = (label, action) => list_view.page.add_actions_menu_item(label, action, true);
	const { use_reviewed, use_under_control } = settings();
	if (use_reviewed) {
		add(__("Mark as Reviewed"), () => send(REVIEW, { activities: ticked(), reviewed: 1 }, done));
		add(__("Take Review Back"), () => send(REVIEW, { activities: ticked(), reviewed: 0 }, done));
	}
	if (use_under_control) {
		add(__("Put Under Control"), () => ask_for_day(ticked(), done));
		add(__("Take from Control"), () => send(CONTROL, { activities: ticked(), under_control: 0 }, done));
	}
}

function ask_for_day(activities, done) {
	frappe.prompt(
		{
			fieldname: "control_on",
			fieldtype: "Date",
			label: __("Control On"),
			description: __("The day on which you look at them. It may stay empty."),
		},
		({ control_on }) =>
			send(CONTROL, { activities, under_control: 1, control_on: control_on || null }, done),
		__("Put {0} under control", [activities.length]),
		__("Put Under Control")
	);
}

async function send(method, args, done) {
	const { done: changed, refused } = await frappe.xcall(method, args);
	if (refused.length) tell_of_refused(changed, refused);
	else frappe.show_alert({ message: __("Changed: {0}.", [changed.length]), indicator: "green" });
	done();
}

function tell_of_refused(changed, refused) {
	frappe.msgprint({
		title: __("Changed: {0}, refused: {1}", [changed.length, refused.length]),
		message: refused.map(({ activity, reason }) =>
			frappe.utils.escape_html(`${activity}: ${strip_html(reason)}`)
		),
		as_list: true,
		indicator: changed.length ? "orange" : "red",
	});
}
