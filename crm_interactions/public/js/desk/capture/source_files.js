import { as_typed } from "../../logic/stored_text";
import { ask } from "../platform/server";

const KILOBYTE = 1024;

/** Show the files of the mail or call that an interaction was captured from below its reference. */
export async function show_source_files(frm) {
	const section = frm.fields_dict.source_section;
	if (!section) return;
	section.wrapper.find(".crm-source-files").remove();
	if (!frm.doc.source || frm.is_new()) return;
	const { docname } = frm;
	const files = (await ask("crm_interactions.api.capture.list_files", { interaction: docname })) || [];
	if (frm.docname !== docname || !files.length) return;
	section.wrapper.find(".crm-source-files").remove();
	const $files = $(`<div class="crm-source-files col-sm-12"></div>`);
	$files.append(files.map((file) => link_to(docname, file)));
	section.wrapper.find(".section-body").append($files);
}

function link_to(interaction, { file, file_name, file_size }) {
	const query = new URLSearchParams({ interaction, file });
	// Frappe shows bytes without a unit
	const size = file_size < KILOBYTE ? "" : frappe.form.formatters.FileSize(file_size);
	const $size = $(`<span class="text-muted"></span>`).text(size);
	return $("<a></a>")
		.attr("href", `/api/method/crm_interactions.api.capture.get_file?${query}`)
		.text(` ${as_typed(file_name)} `)
		.prepend(frappe.utils.icon("attachment", "sm"))
		.append($size);
}
