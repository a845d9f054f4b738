import { finish_button } from "../finishing/calendar_button";
import { open_views_on_phones } from "./phone_views";
import { look_of, state_of } from "../../logic/status";

/**
 * Return the settings of the calendar, and patch Frappe 16's calendars and boards for phones (`open_views_on_phones`).
 *
 * The server supplies a missing end, and keeps the length on moves. Planned activities have a button to complete them.
 */
export function calendar_settings(doctype) {
	open_views_on_phones();
	return {
		field_map: { id: "name", start: "starts_on", end: "ends_on", title: "title", allDay: "all_day" },
		get_events_method: "crm_interactions.api.calendar.get_events",
		update_event_method: "crm_interactions.api.calendar.move",
		get_system_datetime: shown_in_system_time,
		get_css_class: (event) => look_of(state_of(event, frappe.datetime.system_datetime())).color,
		options: {
			// otherwise Frappe 16 shows dots in the lightest shade of the colour
			eventDisplay: "block",
			// activities always have a time
			allDaySlot: false,
			...finish_button(doctype),
			...(frappe.is_mobile() ? { height: "auto" } : {}),
		},
	};
}

/**
 * Convert a time of the calendar to system time. The calendar shows the user's time zone, but Frappe would read it as
 * the browser's, and shift a dragged activity by the difference.
 */
function shown_in_system_time(date) {
	const shown = moment(date).locale("en").format(frappe.defaultDatetimeFormat);
	return frappe.datetime.convert_to_system_tz(shown);
}
