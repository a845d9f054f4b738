import { ask } from "../platform/server";
import { open_registration } from "./registration_dialog";

/** List the activity types on the settings form, with a button that registers another and one that edits a row. */
export async function show_known_types(frm) {
	if (!frm.perm[0]?.write) return;
	const types = (await ask("crm_interactions.api.registration.list_types")) || [];
	const $button = $('<button type="button" class="btn btn-default btn-sm crm-register">')
		.text(__("Register a Document Type"))
		.on("click", () => open_registration(frm));
	frm.fields_dict.known_types.$wrapper.empty().append($button, table(frm, types));
}

function table(frm, types) {
	const titles = [__("Document Type"), __("App"), __("State")];
	const $head = $("<tr>").append(titles.map((title) => $("<th>").text(title)));
	const $body = $("<tbody>").append(types.map((type) => line(frm, type)));
	return $('<table class="table crm-known-types">').append($("<thead>").append($head), $body);
}

function line(frm, { doctype, app, is_on, row }) {
	const $name = $("<td>").text(__(doctype));
	const $state = $("<span>")
		.addClass(is_on ? "indicator-pill green" : "indicator-pill gray")
		.text(is_on ? __("On") : __("Off"));
	const $cell = $("<td>").append($state);
	if (row) edit_button(frm, doctype).appendTo($cell);
	return $("<tr>")
		.attr("data-doctype", doctype)
		.append($name, $("<td>").text(__(app)), $cell);
}

function edit_button(frm, doctype) {
	const open = () =>
		open_registration(
			frm,
			frm.doc.sources.find((row) => row.document_type === doctype)
		);
	return $('<button type="button" class="btn btn-default btn-xs">').text(__("Edit")).on("click", open);
}
