import { escaped, form_link } from "../chains/html";
import { make_dialog, set_primary_action } from "../platform/dialog";
import { toast } from "../platform/toast";

/**
 * Edit the note of an activity from its list row (R10); read-only once completed or without write permission. The
 * promise resolves when the dialog is shown. Saving replaces the stored note, even one saved meanwhile.
 */
export async function edit_note(list_view, row) {
	const { doctype } = list_view;
	const { message } = await frappe.db.get_value(doctype, row.name, ["notes", "completed"]);
	const editable = may_edit_note(doctype, message);
	const dialog = make_dialog({
		title: escaped(row.title),
		size: "large",
		// Frappe can't focus a read-only editor
		no_focus: !editable,
		fields: [
			{ fieldname: "notes", fieldtype: "Text Editor", label: __("Notes"), read_only: editable ? 0 : 1 },
		],
	});
	if (editable) {
		set_primary_action(dialog, __("Save"), async () => {
			const save = (notes) => frappe.db.set_value(doctype, row.name, "notes", notes);
			await save(dialog.get_value("notes"));
			dialog.hide();
			toast(__("Note saved: {0}.", [form_link(doctype, row.name, row.title)]), {
				undo: async () => {
					await save(message.notes || "");
					list_view.refresh();
				},
			});
			list_view.refresh();
		});
	}
	dialog.$wrapper.addClass("crm-note-editor");
	await dialog.set_value("notes", message.notes || "");
	dialog.show();
}

export function may_edit_note(doctype, { completed }) {
	return !Number(completed) && frappe.model.can_write(doctype);
}
