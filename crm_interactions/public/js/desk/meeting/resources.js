import { once } from "../platform/once";
import { open_views_on_phones } from "../lists/phone_views";

const RESOURCE = "Meeting Resource";

/** Only what can still be booked is offered (R14). */
export function setup_resource_queries(frm) {
	if (!frm.fields_dict.resources) return;
	frm.set_query("resource", "resources", () => ({ filters: { disabled: 0 } }));
}

export function setup_resource_form() {
	once(RESOURCE, () =>
		frappe.ui.form.on(RESOURCE, {
			refresh(frm) {
				if (frm.is_new()) return;
				frm.add_custom_button(__("Bookings"), () => open_bookings(frm.doc.name));
			},
		})
	);
}

/** Who has a resource when. */
function open_bookings(name) {
	frappe.route_options = { name };
	frappe.set_route("List", RESOURCE, "Calendar", "default");
}

/** The platform's calendar of resources, filtered as their list is; its events are bookings, which open what booked. */
export function resource_calendar_settings() {
	open_views_on_phones();
	return {
		field_map: { id: "name", start: "booked_from", end: "booked_to", title: "title", allDay: "all_day" },
		get_events_method: "crm_interactions.api.resource.get_bookings",
		// asked when the calendar opens
		get options() {
			return calendar_options();
		},
	};
}

function calendar_options() {
	return {
		...(frappe.is_mobile() ? phone_options() : {}),
		...(is_16() ? { eventTimeFormat: { hour: "2-digit", minute: "2-digit", hour12: false } } : {}),
		eventDisplay: "block",
		// a booking is made, and moves, with its activity
		selectable: false,
		eventDataTransform: (event) => ({ ...event, editable: false, tooltip: event.title }),
		eventDidMount: ({ el, event }) => el.setAttribute("title", event.title),
		eventClick: open_activity,
	};
}

/** A day's cell has no room for a name; the list that Frappe 16 and 15 know by different options does. */
function phone_options() {
	return { height: "auto", initialView: "listMonth", defaultView: "listMonth" };
}

function is_16() {
	return parseInt(frappe.boot.versions?.frappe, 10) >= 16;
}

/** Frappe 16 hands over an object that holds the event, Frappe 15 the event itself. */
function open_activity(clicked) {
	const { activity_type, activity } = clicked.event?.extendedProps || clicked;
	if (activity) frappe.set_route("Form", activity_type, activity);
	else frappe.show_alert(__("You may not open what this was booked for."));
}
