import { people_colors } from "../../logic/people_colors";
import { entry_options, prepare_entry, values_of } from "./calendar_entry";
import { open_views_on_phones } from "./phone_views";

let colors;
const MOST_ENTRIES = 3;
// on phones, a list of the week: a day of the month is too narrow for names
const PHONE_HEADER = { left: "prev,title,next", center: "", right: "today" };

/**
 * Return the settings of the calendar of interactions, meetings and events, which the lists of both types open, and patch
 * Frappe 16's calendars and boards for phones (`open_views_on_phones`).
 *
 * The server supplies a missing end, and keeps the length on moves. Planned activities have a button to complete them.
 */
export function calendar_settings() {
	open_views_on_phones();
	return {
		field_map: { id: "name", start: "starts_on", end: "ends_on", title: "title", allDay: "all_day" },
		get_events_method: "crm_interactions.api.calendar.get_events",
		update_event_method: "crm_interactions.api.calendar.move",
		get_system_datetime: shown_in_system_time,
		get_css_class: ({ responsible }) => color_of(responsible),
		// a getter, because the screen width counts when the calendar opens
		get options() {
			return {
				...(is_16() ? options_16() : options_15()),
				...entry_options(),
				eventDataTransform: (entry) => prepare_entry(entry, shade_of(entry.responsible)),
				// every week whole: the page scrolls
				height: "auto",
			};
		},
	};
}

/** Return the colour of a user, as long as the page lives. */
function color_of(user) {
	colors ||= people_colors(frappe.session.user);
	return colors(user);
}

function is_16() {
	return parseInt(frappe.boot.versions?.frappe, 10) >= 16;
}

function options_15() {
	return {
		...(frappe.is_mobile() ? { defaultView: "listWeek", header: PHONE_HEADER } : {}),
		// the row with the number counts
		views: { month: { eventLimit: MOST_ENTRIES + 1 }, list: { displayEventEnd: false } },
		eventAfterAllRender: show_people,
		eventLimitText: (count) => `+${count}`,
		eventDrop(event, delta, revert) {
			// activities always have a time
			if (event.allDay) return revert();
			cur_list.calendar.update_event(event, revert);
		},
	};
}

function options_16() {
	const save = ({ event, revert }) => {
		// the calendar sends its own type otherwise
		event.doctype = event.extendedProps.doctype;
		cur_list.calendar.update_event(event, revert);
	};
	return {
		...(frappe.is_mobile() ? { initialView: "listWeek", headerToolbar: PHONE_HEADER } : {}),
		// otherwise Frappe 16 shows dots in the lightest shade of the colour
		eventDisplay: "block",
		views: { dayGridMonth: { dayMaxEvents: MOST_ENTRIES }, list: { displayEventEnd: false } },
		eventTimeFormat: { hour: "2-digit", minute: "2-digit", hour12: is_12_hours() },
		eventsSet: show_people,
		moreLinkContent: ({ num }) => `+${num}`,
		eventDrop: save,
		eventResize: save,
		eventClick({ event }) {
			const { doctype, name } = values_of(event);
			frappe.set_route("Form", doctype, name);
		},
	};
}

const is_12_hours = () => /a/i.test(frappe.datetime.get_user_time_fmt());

/** Show the calendar's name and, above it, the people with entries and their colours, the user first. */
function show_people() {
	const { calendar, page } = cur_list || {};
	if (!calendar?.$cal) return;
	page.set_title(__("Calendar"));
	const entries = calendar.fullCalendar
		? calendar.fullCalendar.getEvents().map(values_of)
		: calendar.$cal.fullCalendar("clientEvents");
	const own = frappe.session.user;
	const people = [...new Set(entries.map(({ responsible }) => responsible).filter(Boolean))];
	people.sort((a, b) => (b === own) - (a === own) || name_of(a).localeCompare(name_of(b)));
	calendar.$wrapper.find(".crm-calendar-people").remove();
	$(`<div class="crm-calendar-people"></div>`).append(people.map(person)).prependTo(calendar.$wrapper);
}

const shade_of = (user) => frappe.ui.color.get(color_of(user), "default");
const name_of = (user) => frappe.user_info(user).fullname || user;

function person(user) {
	const $swatch = $(`<span class="crm-color"></span>`).css("background", shade_of(user));
	return $("<span></span>").append($swatch, $("<span></span>").text(name_of(user)));
}

/**
 * Convert a time of the calendar to system time. The calendar shows the user's time zone, but Frappe would read it as
 * the browser's, and shift a dragged activity by the difference.
 */
function shown_in_system_time(date) {
	const shown = moment(date).locale("en").format(frappe.defaultDatetimeFormat);
	return frappe.datetime.convert_to_system_tz(shown);
}
