import { type_filters } from "../../logic/options";
import { form_link } from "../chains/html";
import { settings } from "../platform/boot";
import { toast } from "../platform/toast";

let types = null;

/**
 * Add buttons to a planned activity's form that turn it into another enabled type (R25); none without write permission.
 *
 * A button saves a changed form first, converts without a question, then reloads the form or opens the new document.
 * Only the 20 oldest types count, without the medium Planned, and without meetings if the user can't create them.
 */
export async function add_converting_buttons(frm) {
	const { doc } = frm;
	if (frm.is_new() || doc.status !== "Planned" || doc.completed || !frm.perm[0].write) return;
	const known = await kinds();
	// the form may show another document now
	if (frm.doc !== doc || frm.is_new()) return;
	for (const { name, medium } of known) {
		if (name === doc.interaction_type || medium === "Planned") continue;
		if (medium === "Meeting" && !frappe.model.can_create("Meeting")) continue;
		frm.add_custom_button(__(name), () => convert(frm, name), __("Turn Into"));
	}
}

async function convert(frm, interaction_type) {
	if (frm.is_dirty()) {
		await frm.save();
		if (frm.is_dirty()) return;
	}
	const { doctype, docname } = frm;
	const turn_into = (type) =>
		frappe.xcall("crm_interactions.api.activity.convert", {
			activity_type: doctype,
			activity: docname,
			interaction_type: type,
		});
	const now = await turn_into(interaction_type);
	const stays = now.doctype === doctype;
	const link = form_link(now.doctype, now.name, frm.doc.title);
	const former = frm.doc.interaction_type;
	toast(__("{0} is now: {1}.", [link, frappe.utils.escape_html(__(interaction_type))]), {
		// another document type may lack fields, so turning back would lose values
		undo:
			stays &&
			(async () => {
				await turn_into(former);
				if (window.cur_frm === frm && frm.docname === docname) frm.reload_doc();
			}),
	});
	if (stays) {
		await frm.reload_doc();
		return;
	}
	frappe.model.remove_from_locals(frm.doctype, frm.docname);
	frappe.set_route("Form", now.doctype, now.name);
}

function kinds() {
	types ??= frappe.db.get_list("Interaction Type", {
		filters: type_filters(settings()),
		fields: ["name", "medium"],
		order_by: "creation asc",
		limit: 20,
	});
	return types;
}
