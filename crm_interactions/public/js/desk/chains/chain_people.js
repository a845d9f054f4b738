import { as_typed } from "../../logic/stored_text";
import { read } from "./api";
import { form_link } from "./html";

/** Show participants and contacts of the chain's readable interactions and meetings; no section without any. */
export async function show_participants(frm) {
	const { docname } = frm;
	const people = await read("participants", { chain: docname });
	if (frm.docname !== docname) return;
	frm.dashboard.parent.find(".crm-people-section").remove();
	if (!people.length) return;
	const $list = $(`<ul class="crm-people"></ul>`);
	for (const person of people) $list.append(person_row(person));
	frm.dashboard.add_section($list, __("Participants"), "custom crm-people-section");
	$list.closest(".crm-people-section").insertBefore(frm.dashboard.parent.find(".crm-log-section"));
}

function person_row({ participant_type, participant, full_name, email, phone, side }) {
	const name = full_name || participant;
	const $row = $("<li></li>").append(
		participant ? form_link(participant_type, participant, name) : $("<span></span>").text(as_typed(name))
	);
	if (side) $row.append($(`<span class="text-muted"></span>`).text(__(side)));
	if (phone)
		$row.append(
			`<a href="tel:${frappe.utils.escape_html(phone)}">${frappe.utils.escape_html(phone)}</a>`
		);
	if (email)
		$row.append(
			`<a href="mailto:${frappe.utils.escape_html(email)}">${frappe.utils.escape_html(email)}</a>`
		);
	return $row;
}
