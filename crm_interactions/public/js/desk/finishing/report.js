import { chain_link, day_and_time, escaped, form_link } from "../chains/html";
import { ask } from "../platform/server";
import { toast } from "../platform/toast";

const REOPEN = "crm_interactions.api.activity.reopen";
const REOPEN_MANY = "crm_interactions.api.activity.reopen_many";

/**
 * Report that an activity is done, and the next step with its time.
 *
 * *Undo* cancels a new step. Without a next step it reopens the activity, for users who may.
 *
 * @param activity `activity_type`, `activity` and `title`
 * @param answer the server's answer to `complete`
 * @param is_new whether this completion planned the step, rather than moved or kept it
 * @param done callback after the undo
 */
export function report_one({ activity_type, activity, title }, answer, is_new, done) {
	const { closed, next_step } = answer;
	let message = __("Done: {0}.", [form_link(activity_type, activity, title)]);
	if (closed) message = __("Done. {0} is closed.", [chain_link(closed)]);
	else if (next_step) message = __("Done. Next: {0}, {1}.", [step_link(answer), when(next_step)]);
	if (next_step) return toast(message, { undo: is_new && (() => cancel_step(answer, done)) });
	toast(message, {
		undo:
			!closed &&
			may_reopen(activity_type) &&
			(async () => {
				await frappe.xcall(REOPEN, { activity_type, activity, reason: __("Undone") });
				toast(__("Reopened: {0}.", [form_link(activity_type, activity, title)]));
				done?.(answer);
			}),
	});
}

/**
 * Report a bulk change: the number of changed activities, or those that were refused.
 *
 * @param doctype document type of the changed activities, whose list *Show* opens
 * @param undo function that takes the change back, given the names of the changed activities
 */
export function report_many({ done, refused }, { doctype, undo } = {}) {
	if (!refused.length) {
		toast(__("Done: {0}.", [done.length]), {
			list: doctype && { doctype, names: done },
			undo: undo && (() => undo(done)),
		});
		return;
	}
	frappe.msgprint({
		title: __("Done: {0}, refused: {1}", [done.length, refused.length]),
		message: refused.map(({ activity, reason }) => {
			const link = doctype ? form_link(doctype, activity) : escaped(activity);
			return `${link}: ${frappe.utils.escape_html(reason)}`;
		}),
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
		return toast(message, { indicator: "orange" });
	}
	// the server refuses a copy that is out of date
	await frappe.xcall("frappe.client.save", { doc: { ...doc, status: "Cancelled" } });
	toast(__("Cancelled: {0}.", [step_link(answer)]));
	done?.(answer);
}

/** Return a function that reopens completed activities, for users who may; else undefined. */
export function reopening(activity_type, done) {
	if (!may_reopen(activity_type)) return undefined;
	return async (activities) => {
		const args = { activity_type, activities, reason: __("Undone") };
		const answer = await frappe.xcall(REOPEN_MANY, args);
		const list = { doctype: activity_type, names: answer.done };
		if (answer.refused.length) report_many(answer);
		else toast(__("Reopened: {0}.", [answer.done.length]), { list });
		done?.();
	};
}

// writing on level 2 is the right to reopen
const may_reopen = (doctype) => Boolean(frappe.perm.has_perm(doctype, 2, "write"));

function step_link({ next_activity_type, next_activity, next_step }) {
	return form_link(
		next_activity_type,
		next_activity,
		`${__(next_step.interaction_type)}: ${next_step.title}`
	);
}

const when = ({ starts_on }) => escaped(day_and_time(starts_on));
