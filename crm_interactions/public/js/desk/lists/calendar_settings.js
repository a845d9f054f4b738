import { finish_button } from "../finishing/calendar_button";
import { open_views_on_phones } from "./phone_views";
import { look_of, state_of } from "../../logic/status";

/** Activities in the platform's calendar; the server gives those without an end a length, and keeps it when they move. */
export function calendar_settings(doctype) {
	open_views_on_phones();
	return {
		field_map: { id: "name", start: "starts_on", end: "ends_on", title: "title", allDay: "all_day" },
		get_events_method: "crm_interactions.api.calendar.get_events",
		update_event_method: "crm_interactions.api.calendar.move",
		get_system_datetime: shown_in_system_time,
		get_css_class: (event) => look_of(state_of(event, frappe.datetime.system_datetime())).color,
		options: {
			// Frappe 16 shows dots in the colour's lightest shade otherwise
			eventDisplay: "block",
			// an activity has a time
			allDaySlot: false,
			...finish_button(doctype),
			...(frappe.is_mobile() ? { height: "auto" } : {}),
		},
	};
}

/**
 * What the calendar shows is the user's clock, in a browser of any time zone. The platform would read it as the
 * browser's, so that what is dragged shifts by the difference.
 */
function shown_in_system_time(date) {
	const shown = moment(date).locale("en").format(frappe.defaultDatetimeFormat);
	return frappe.datetime.convert_to_system_tz(shown);
}
