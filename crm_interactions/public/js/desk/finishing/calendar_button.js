import { can_finish } from "../../logic/finishing";
import { finish } from "./dialog";

/** Add a button to complete a planned activity to its element in a calendar, for users who can write it. */
export function add_finish_button($event, { doctype, name, status, completed }) {
	if (!can_finish({ activity_type: doctype, status, completed }) || !frappe.model.can_write(doctype))
		return;
	const title = __("Complete…");
	$(`<button type="button" class="crm-calendar-finish">${frappe.utils.icon("es-line-tick", "xs")}</button>`)
		.attr({ title, "aria-label": title })
		// keeps the calendar from starting to drag
		.on("mousedown pointerdown touchstart", (event) => event.stopPropagation())
		.on("click", (event) => {
			event.preventDefault();
			event.stopPropagation();
			finish({ activity_type: doctype, activity: name, done: () => cur_list.calendar?.refresh() });
		})
		.appendTo($event);
	$event.addClass("crm-can-finish");
}
