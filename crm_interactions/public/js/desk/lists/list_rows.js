import { is_late, look_of, state_of } from "../../logic/status";
import { stands_out, supervisors_day } from "../../logic/views";
import { settings } from "../platform/boot";
import { edit_note, may_edit_note } from "./note_editor";

/**
 * Add status icon, supervisor's mark, attachment mark and note button to each row without marks (R10, R12).
 *
 * The supervisor's mark shows the day of *Under Control* or of the next review; only the note button reacts to clicks.
 * With the option *Reviewed*, text is bold until the activity is reviewed.
 */
export function decorate_rows(list_view) {
	const now = frappe.datetime.system_datetime();
	const rows = new Map(list_view.data.map((row) => [row.name, row]));
	list_view.$result.find(".list-row-container").each((_, element) => {
		const $row = $(element);
		const row = rows.get($row.find(".list-row-checkbox").attr("data-name"));
		if (row && !$row.find(".crm-row-marks").length) decorate(list_view, $row, row, now);
	});
}

function decorate(list_view, $row, row, now) {
	const look = look_of(state_of(row, now));
	$row.toggleClass("crm-late", is_late(row, now));
	$row.toggleClass("crm-to-review", stands_out(row, settings()));
	$row.find(".indicator-pill")
		.addClass("crm-status")
		.attr("title", __(look.label))
		.prepend(frappe.utils.icon(look.icon, "xs"));
	const $marks = $(`<span class="crm-row-marks level-item"></span>`);
	const day = supervisors_day(row, settings());
	if (day) $marks.append(supervisors_mark(day));
	if (Number(row.has_attachment)) $marks.append(attachment_mark());
	$marks.append(note_button(list_view, row));
	$row.find(".list-subject").first().append($marks);
}

/** Return an eye for *Under Control*, or a circular arrow for a repeated review, with its day. */
function supervisors_mark({ kind, day }) {
	const date = day ? frappe.datetime.str_to_user(day) : "";
	let title = __("Reviewed, review again on {0}", [date]);
	if (kind === "control") title = date ? __("Under control, on {0}", [date]) : __("Under control");
	return $(`<span class="crm-supervisor" role="img"></span>`)
		.append(frappe.utils.icon(kind === "control" ? "view" : "refresh", "sm"))
		.attr({ title, "aria-label": title })
		.append($("<span></span>").text(date));
}

function attachment_mark() {
	const title = __("Has attachments");
	return $(
		`<span class="crm-attachment" role="img">${frappe.utils.icon("es-line-attachment", "sm")}</span>`
	)
		.attr("title", title)
		.attr("aria-label", title);
}

function note_button(list_view, row) {
	const editable = may_edit_note(list_view.doctype, row);
	const title = editable ? __("Edit the note") : __("Read the note");
	const icon = frappe.utils.icon(editable ? "es-line-edit-alt" : "es-line-notes", "sm");
	return $(`<button type="button" class="btn btn-xs crm-note">${icon}</button>`)
		.attr("title", title)
		.attr("aria-label", title)
		.on("click", (event) => {
			event.preventDefault();
			event.stopPropagation();
			edit_note(list_view, row);
		});
}
