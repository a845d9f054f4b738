import { day_and_time, form_link } from "../chains/html";
import { record_more } from "../chains/record_more";
import { finish } from "../finishing/dialog";
import { offer_shift_of } from "../plans/shift_dialog";
import { make_dialog } from "../platform/dialog";
import { toast } from "../platform/toast";

/**
 * Complete a row, plan its next step, or put it off.
 *
 * @param way finish, close, plan, date, or a span of the server: hour, tomorrow, week
 * @param done callback after a change, also after its undo
 */
export function act_on(way, row, done) {
	if (way === "finish") return finish({ activity_type: row.activity_type, activity: row.activity, done });
	if (way === "close") return close(row, done);
	if (way === "plan") return plan(row, done);
	return way === "date" ? ask_date(row, done) : snooze(row, way, done);
}

function plan({ name, party_type, party, contact, title }, done) {
	const known = { chain: name, party_type, party, contact, title, status: "Planned" };
	return record_more("Interaction", known, done);
}

/** Set the status that completes a document of another app; the alert undoes it. */
async function close({ activity_type, activity, title, done_status }, done) {
	const former = await frappe.db.get_value(activity_type, activity, "status");
	const set = (status) =>
		frappe.xcall("frappe.client.set_value", {
			doctype: activity_type,
			name: activity,
			fieldname: "status",
			value: status,
		});
	await set(done_status);
	toast(__("Done: {0}.", [form_link(activity_type, activity, title)]), {
		undo: async () => {
			await set(former.message.status);
			done();
		},
	});
	done();
}

async function snooze({ activity_type, activity, title, activity_plan }, to, done) {
	const move = (moment) =>
		frappe.xcall("crm_interactions.api.activity.snooze", { activity_type, activity, to: moment });
	const { date, former } = await move(to);
	const link = form_link(activity_type, activity, title);
	const message = __("{0} moved to {1}.", [link, frappe.utils.escape_html(day_and_time(date))]);
	const undo = async () => {
		await move(former);
		done();
	};
	toast(message, { undo: former && undo });
	done();
	if (activity_plan) await offer_shift_of({ activity_type, activity }, activity_plan, done);
}

function ask_date(row, done) {
	const dialog = make_dialog({
		title: __("Put Off"),
		fields: [{ fieldname: "to", fieldtype: "Datetime", label: __("New Time"), reqd: 1 }],
		primary_action_label: __("Put Off"),
		primary_action: async ({ to }) => {
			await snooze(row, to, done);
			dialog.hide();
		},
	});
	dialog.show();
}
