/** Complete and reopen activities; a completed form is locked (R9). */
import { escaped } from "../chains/html";
import { finish } from "../finishing/dialog";
import { show_banner } from "../platform/banner";
import { make_dialog } from "../platform/dialog";

// stay open, because supervisors also review completed activities
const OVERSIGHT_FIELDS = ["reviewed", "review_again_on", "under_control", "control_on"];

export function may_reopen(frm) {
	return Boolean(frm.perm[2] && frm.perm[2].write);
}

export function lock_when_completed(frm) {
	const locked = Boolean(frm.doc.completed) && !frm.is_new();
	for (const { df } of frm.fields) {
		if (!df.fieldname || OVERSIGHT_FIELDS.includes(df.fieldname)) continue;
		set_lock(frm, df, locked);
	}
}

function set_lock(frm, df, locked) {
	if (locked && !df.read_only) {
		df.read_only = 1;
		df.locked_by_completion = 1;
	} else if (!locked && df.locked_by_completion) {
		df.read_only = 0;
		df.locked_by_completion = 0;
	} else {
		return;
	}
	frm.refresh_field(df.fieldname);
}

export function show_completion(frm) {
	const { doc } = frm;
	if (frm.is_new()) return;
	if (doc.completed) {
		const who = full_name(doc.completed_by);
		const when = frappe.datetime.str_to_user(doc.completed_on);
		show_banner(
			frm,
			__("Completed by {0} on {1}. Only the review can be changed.", [who, when]),
			"green"
		);
	} else if (doc.reopened_on) {
		const who = full_name(doc.reopened_by);
		const when = frappe.datetime.str_to_user(doc.reopened_on);
		const reason = escaped(doc.reopen_reason);
		const text = reason
			? __("Reopened by {0} on {1}: {2}", [who, when, reason])
			: __("Reopened by {0} on {1}.", [who, when]);
		show_banner(frm, text, "orange");
	}
}

export function add_completion_buttons(frm) {
	if (frm.is_new() || !frm.perm[0].write) return;
	if (!frm.doc.completed) {
		frm.add_custom_button(__("Complete"), () => ask_to_complete(frm)).addClass("btn-primary-light");
	} else if (may_reopen(frm)) {
		frm.add_custom_button(__("Reopen"), () => ask_to_reopen(frm));
	}
}

async function ask_to_complete(frm) {
	if (frm.is_dirty()) {
		await frm.save();
		if (frm.is_dirty()) return;
	}
	const { doctype, docname } = frm;
	finish({ activity_type: doctype, activity: docname, done: () => frm.reload_doc() });
}

function ask_to_reopen(frm) {
	const dialog = make_dialog({
		title: __("Reopen {0}", [__(frm.doctype)]),
		fields: [
			{
				fieldname: "reason",
				fieldtype: "Small Text",
				label: __("Reason"),
				reqd: 1,
				description: __("Stored on the record with your name and the time."),
			},
		],
		primary_action_label: __("Reopen"),
		async primary_action({ reason }) {
			await call(frm, "crm_interactions.api.activity.reopen", { reason });
			dialog.hide();
			frm.reload_doc();
		},
	});
	dialog.show();
}

function call(frm, method, args) {
	return frappe.xcall(method, {
		activity_type: frm.doctype,
		activity: frm.docname,
		...args,
	});
}

/** Return the full name as escaped HTML, never "You": other users read the sentence too. */
function full_name(user) {
	return escaped(frappe.user_info(user).fullname || user);
}
