import { chain_link, day_and_time, escaped, form_link } from "../chains/html";
import { offer_undo } from "../chains/undo";
import { ask } from "../platform/server";

/**
 * Report that an activity is done, and the next step with its time; a new step gets *Undo*.
 *
 * @param answer the server's answer to `complete`
 * @param is_new whether this completion planned the step, rather than moved or kept it
 * @param done callback after the undo
 */
export function report_one(answer, is_new, done) {
	const { closed, next_step } = answer;
	let message = __("Done.");
	if (closed) message = __("Done. {0} is closed.", [chain_link(closed)]);
	else if (next_step) message = __("Done. Next: {0}, {1}.", [step_link(answer), when(next_step)]);
	if (next_step && is_new) offer_undo(message, () => cancel_step(answer, done));
	else frappe.show_alert({ message, indicator: "green" }, 7);
}

export function report_many({ done, refused }) {
	if (!refused.length) {
		frappe.show_alert({ message: __("Done: {0}.", [done.length]), indicator: "green" });
		return;
	}
	frappe.msgprint({
		title: __("Done: {0}, refused: {1}", [done.length, refused.length]),
		message: refused.map(({ activity, reason }) => frappe.utils.escape_html(`${activity}: ${reason}`)),
		as_list: true,
		indicator: done.length ? "orange" : "red",
	});
}

/** Cancel the planned step, unless it was changed since: then the alert links to it. */
async function cancel_step(answer, done) {
	const { next_activity_type: doctype, next_activity: name, next_step } = answer;
	const doc = await ask("frappe.client.get", { doctype, name });
	if (doc.modified !== next_step.modified) {
		const message = __("{0} was changed since. Open it to cancel it.", [step_link(answer)]);
		return frappe.show_alert({ message, indicator: "orange" }, 12);
	}
	// the server refuses a copy that is out of date
	await frappe.xcall("frappe.client.save", { doc: { ...doc, status: "Cancelled" } });
	frappe.show_alert({ message: __("The next step is cancelled."), indicator: "green" });
	done?.(answer);
}

function step_link({ next_activity_type, next_activity, next_step }) {
	return form_link(
		next_activity_type,
		next_activity,
		`${__(next_step.interaction_type)}: ${next_step.title}`
	);
}

const when = ({ starts_on }) => escaped(day_and_time(starts_on));
