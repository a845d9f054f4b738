import { escaped } from "../chains/html";
import { percent_of } from "../../logic/hand_over";
import { once } from "../platform/once";

const HAND_OVER = "Interaction Hand Over";
const UNDER_WAY = ["Queued", "Running"];
const EVERY = 2000; // milliseconds

/** Register the read-only form of a hand-over: progress, read every two seconds, documents left, resume, give back. */
export function setup_hand_over_form() {
	once(HAND_OVER, () => frappe.ui.form.on(HAND_OVER, { refresh }));
}

function refresh(frm) {
	frm.disable_save();
	show_state(frm);
	add_buttons(frm);
	if (UNDER_WAY.includes(frm.doc.status)) reload_later(frm);
}

function show_state(frm) {
	const { doc } = frm;
	frm.dashboard.clear_headline?.();
	if (UNDER_WAY.includes(doc.status)) {
		const title = Number(doc.undoing) ? __("Giving back") : __("Handing over");
		frm.dashboard.show_progress(title, percent_of(doc), state_of(doc));
		return;
	}
	frm.dashboard.hide_progress();
	const colors = { Done: doc.left_count ? "orange" : "green", Undone: "blue", Failed: "red" };
	frm.set_intro(escaped(state_of(doc)), colors[doc.status]);
}

function state_of(doc) {
	const { status, done_count, left_count, undone_count, kept_count, shown_count, total } = doc;
	if (status === "Queued") return __("Waiting for a background worker.");
	if (status === "Running" && Number(doc.undoing)) {
		return __("{0} of {1}", [undone_count + kept_count, done_count]);
	}
	if (status === "Running") return __("{0} of {1}", [done_count + left_count, total]);
	if (status === "Failed") return __("Stopped with an error: {0}", [doc.problem || ""]);
	if (status === "Undone" && kept_count) {
		return __("Given back: {0}. Kept because of later changes: {1}.", [undone_count, kept_count]);
	}
	if (status === "Undone") return __("All given back: {0}.", [undone_count]);
	const done = left_count
		? __("Handed over: {0}. Left: {1}.", [done_count, left_count])
		: __("All handed over: {0}.", [done_count]);
	return shown_count
		? `${done} ${__("Past activities shown to the successor: {0}.", [shown_count])}`
		: done;
}

function add_buttons(frm) {
	const { doc } = frm;
	const [left, result] = doc.status === "Undone" ? [doc.kept_count, "Kept"] : [doc.left_count, "Left"];
	if (left) {
		frm.add_custom_button(doc.status === "Undone" ? __("Documents Kept") : __("Documents Left"), () => {
			frappe.set_route("List", "Interaction Hand Over Entry", { hand_over: doc.name, result });
		});
	}
	if (doc.asked_by !== frappe.session.user && !may_undo_of_others()) return;
	if (doc.status === "Failed") {
		frm.add_custom_button(__("Resume"), () =>
			call(frm, "crm_interactions.api.oversight.continue_hand_over")
		);
	}
	if (doc.done_count && (doc.status === "Done" || doc.status === "Failed")) {
		frm.add_custom_button(__("Give Back…"), () => ask_to_undo(frm));
	}
}

const may_undo_of_others = () =>
	frappe.user.has_role("System Manager") || frappe.user.has_role("Interaction Administrator");

function ask_to_undo(frm) {
	frappe.confirm(__("Give back the documents? Documents that were changed since then are kept."), () =>
		call(frm, "crm_interactions.api.oversight.undo_hand_over")
	);
}

async function call(frm, method) {
	await frappe.xcall(method, { hand_over: frm.docname });
	frm.reload_doc();
}

/** Reload the open form after a while, because sites without a realtime server send no updates. */
function reload_later(frm) {
	clearTimeout(frm.crm_reload);
	const { docname } = frm;
	frm.crm_reload = setTimeout(() => {
		if (window.cur_frm === frm && frm.docname === docname) frm.reload_doc();
	}, EVERY);
}
