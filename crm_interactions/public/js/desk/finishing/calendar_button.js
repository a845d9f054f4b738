import { can_finish } from "../../logic/finishing";
import { finish } from "./dialog";

/**
 * Return calendar options that add a button to complete planned activities, for users who can write them.
 *
 * Frappe 15 has FullCalendar 3 (`eventRender`), Frappe 16 has FullCalendar 6 (`eventDidMount`).
 */
export function finish_button(doctype) {
	return parseInt(frappe.boot.versions?.frappe, 10) < 16
		? { eventRender: (event, $event) => add_button($event, doctype, event) }
		: {
				eventDidMount: ({ el, event }) =>
					add_button($(el), doctype, { name: event.id, ...event.extendedProps }),
			};
}

function add_button($event, doctype, { name, status, completed }) {
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
