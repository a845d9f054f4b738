import { as_typed } from "../../logic/stored_text";
import { escaped, form_link } from "../chains/html";
import { once } from "../platform/once";
import { ask } from "../platform/server";
import { toast } from "../platform/toast";
import { open_assign } from "./assign_dialog";

const ITEM = "Captured Item";
const COLORS = { "To Assign": "orange", Assigned: "green", Ignored: "gray" };
const OPEN = "To Assign";

/** Register the form of a captured item: proposed partners with their reasons, *Assign…* and *Ignore*. */
export function setup_captured_item_form() {
	once(ITEM, () => frappe.ui.form.on(ITEM, { refresh }));
}

/** Return the settings of the list *To Assign*: it opens with the items that wait. */
export function captured_item_list_settings() {
	return {
		add_fields: ["status", "medium", "direction", "address"],
		hide_name_filter: true,
		filters: [["status", "=", OPEN]],
		get_indicator: ({ status }) => [__(status), COLORS[status], `status,=,${status}`],
	};
}

async function refresh(frm) {
	frm.disable_save();
	frm.page.set_indicator(__(frm.doc.status), COLORS[frm.doc.status]);
	const is_open = frm.doc.status === OPEN;
	// the head of the form shows both
	frm.toggle_display(["title", "status"], false);
	frm.toggle_display("proposals", is_open);
	if (!is_open) return;
	frm.page.set_primary_action(__("Assign…"), () => assign(frm, {}));
	add_ignore_buttons(frm);
	await show_proposals(frm);
}

function add_ignore_buttons(frm) {
	const group = __("Ignore");
	const address = as_typed(frm.doc.address);
	frm.add_custom_button(__("Only This"), () => ignore(frm, "this"), group);
	frm.add_custom_button(
		__("All from {0}", [address]),
		() => confirm_ignore(frm, "address", address),
		group
	);
	const domain = address.includes("@") ? address.split("@").pop() : "";
	// the right that capture_exclusion.py asks for
	if (domain && frappe.model.can_delete("Capture Exclusion")) {
		const label = __("All from the Domain {0}", [domain]);
		frm.add_custom_button(label, () => confirm_ignore(frm, "domain", domain), group);
	}
}

function confirm_ignore(frm, scope, what) {
	const text = __("Nothing from {0} will be captured any more, and its open items are ignored. Continue?", [
		escaped(what).bold(),
	]);
	frappe.confirm(text, () => ignore(frm, scope));
}

async function ignore(frm, scope) {
	await frappe.xcall("crm_interactions.api.capture.ignore", { item: frm.docname, scope });
	frm.reload_doc();
}

async function show_proposals(frm) {
	const { docname } = frm;
	const rows = (await ask("crm_interactions.api.capture.list_candidates", { item: docname })) || [];
	if (frm.docname !== docname) return;
	const { $wrapper } = frm.fields_dict.proposals;
	$wrapper.empty();
	for (const row of rows) $wrapper.append(proposal(frm, row));
	if (!rows.length) {
		$(`<p class="text-muted">${__("No known partner has this address.")}</p>`).appendTo($wrapper);
	}
}

function proposal(frm, row) {
	const $link = $("<a></a>").attr("href", frappe.utils.get_form_link(row.party_type, row.party));
	const $reason = $(`<div class="text-muted small"></div>`).text(`${__(row.party_type)} · ${row.reason}`);
	const $button = $(`<button type="button" class="btn btn-default btn-sm"></button>`)
		.text(__("Assign"))
		.on("click", () => assign(frm, row));
	return $(`<div class="crm-proposal"></div>`).append(
		$("<div></div>").append($link.text(as_typed(row.party_name)), $reason),
		$button
	);
}

function assign(frm, known) {
	open_assign(frm.doc, known, async ({ name, siblings }) => {
		const link = form_link("Interaction", name, name);
		const more = siblings.length
			? ` ${__("{0} more items of this address were assigned.", [siblings.length])}`
			: "";
		toast(`${__("Assigned: {0}.", [link])}${more}`);
		await frm.reload_doc();
	});
}
