import { is_moved } from "../../logic/plans";
import { day_and_time } from "../chains/html";
import { report_many } from "../finishing/report";
import { make_dialog } from "../platform/dialog";
import { ask } from "../platform/server";
import { toast } from "../platform/toast";

const PREVIEW = "crm_interactions.api.plan.preview_shift";
const SHIFT = "crm_interactions.api.plan.shift";

/** Remember the stored start of an activity when the form shows it unchanged. */
export function remember_start(frm) {
	frm.crm_stored_start = frm.is_new() ? null : frm.doc.starts_on;
}

/** Take the stored start before a save: the form is refreshed before or after the save's last event. */
export function take_start(frm) {
	frm.crm_start_before = frm.crm_stored_start;
}

/** After a save that moved a step of a plan to a later time, offer to move the later steps by the same span (B9). */
export async function offer_shift(frm) {
	if (!is_moved(frm.doc, frm.crm_start_before)) return;
	const step = { activity_type: frm.doctype, activity: frm.docname };
	await offer_shift_of(step, frm.doc.activity_plan, () => window.cur_frm === frm && frm.reload_doc());
}

/**
 * Offer to move the steps after one that was moved to a later time, if there are any.
 *
 * @param step `activity_type` and `activity`
 * @param plan name of its plan
 * @param done callback after the move
 */
export async function offer_shift_of(step, plan, done) {
	const rows = await ask(PREVIEW, step);
	if (rows.length) show_dialog(step, plan, rows, done);
}

function show_dialog(step, plan, rows, done) {
	const dialog = make_dialog({
		asks: false,
		title: __("Move the Later Steps, Too?"),
		fields: [{ fieldname: "rows", fieldtype: "HTML" }],
		primary_action_label: __("Move Steps"),
		async primary_action() {
			const answer = await frappe.xcall(SHIFT, step);
			dialog.hide();
			report_moves(answer, rows);
			done();
		},
		secondary_action_label: __("Leave Them"),
		secondary_action: () => dialog.hide(),
	});
	dialog.$wrapper.addClass("crm-shift-plan");
	const $text = $("<p></p>").text(
		__("This step of {0} is later now. The steps after it can move by the same time.", [plan])
	);
	const $list = $(`<ul class="crm-plan-steps"></ul>`);
	for (const row of rows) $list.append(row_of(row));
	dialog.fields_dict.rows.$wrapper.empty().append($text, $list);
	dialog.show();
}

function row_of({ title, starts_on, moves_to }) {
	const $when = $(`<span class="crm-plan-when"></span>`);
	$when.append(
		$(`<s class="text-muted"></s>`).text(day_and_time(starts_on)),
		$("<span></span>").text(` ${day_and_time(moves_to)}`)
	);
	return $(`<li class="crm-plan-step"></li>`).append($("<b></b>").text(title), $when);
}

function report_moves({ done, refused }, rows) {
	if (refused.length) return report_many({ done, refused });
	const moved = rows.filter(({ activity }) => done.includes(activity));
	const types = new Set(moved.map(({ activity_type }) => activity_type));
	const [doctype] = types;
	// one list shows documents of one type
	toast(__("Moved steps: {0}.", [done.length]), { list: types.size === 1 && { doctype, names: done } });
}
