import { settings } from "../platform/boot";
import { make_dialog } from "../platform/dialog";
import { toast } from "../platform/toast";

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
	const done = () => {
		list_view.clear_checked_items();
		// Frappe skips an identical request within three seconds, but the rows have changed
		list_view.last_args = null;
		list_view.refresh();
	};
	const chosen = () => new Selection(list_view, activity_of, done);
	const add = (label, action) => list_view.page.add_actions_menu_item(label, action, true);
	const { use_reviewed, use_under_control } = settings();
	if (use_reviewed) {
		add(__("Mark as Reviewed"), () =>
			chosen().send(REVIEW, { reviewed: 1 }, { field: "reviewed", back: { reviewed: 0 } })
		);
		add(__("Remove Review"), () => chosen().send(REVIEW, { reviewed: 0 }));
	}
	if (use_under_control) {
		add(__("Put Under Control"), () => ask_for_day(chosen()));
		add(__("Remove from Control"), () => chosen().send(CONTROL, { under_control: 0 }));
	}
}

function ask_for_day(chosen) {
	const dialog = make_dialog({
		title: __("Put Under Control ({0})", [chosen.rows.length]),
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
			return chosen.send(
				CONTROL,
				{ under_control: 1, control_on: control_on || null },
				{ field: "under_control", back: { under_control: 0 } }
			);
		},
	});
	dialog.show();
}

/** Selected rows of a list, and what is done to them together. */
class Selection {
	constructor(list_view, activity_of, done) {
		Object.assign(this, { doctype: list_view.doctype, activity_of, done });
		this.rows = list_view.get_checked_items();
	}

	/**
	 * Change the activities, and report it.
	 *
	 * @param undo `field` that is 0 in the rows that the change concerns, and the values that take it `back`
	 */
	async send(method, values, undo) {
		const answer = await frappe.xcall(method, {
			activities: this.rows.map(this.activity_of),
			...values,
		});
		if (answer.refused.length) report_refused(answer.done, answer.refused);
		else this.report(method, undo);
		this.done();
	}

	report(method, undo) {
		// rows that were so before stay so: the server keeps who set them
		const changed = undo ? this.rows.filter((row) => !Number(row[undo.field])) : [];
		toast(__("Changed: {0}.", [this.rows.length]), {
			list: { doctype: this.doctype, names: this.rows.map(({ name }) => name) },
			undo: changed.length && (() => this.take_back(method, changed, undo.back)),
		});
	}

	async take_back(method, rows, values) {
		const activities = rows.map(this.activity_of);
		const { done, refused } = await frappe.xcall(method, { activities, ...values });
		if (refused.length) report_refused(done, refused);
		else toast(__("Undone: {0}.", [done.length]));
		this.done();
	}
}

function report_refused(changed, refused) {
	frappe.msgprint({
		title: __("Changed: {0}, refused: {1}", [changed.length, refused.length]),
		message: refused.map(({ activity, reason }) => frappe.utils.escape_html(`${activity}: ${reason}`)),
		as_list: true,
		indicator: changed.length ? "orange" : "red",
	});
}
