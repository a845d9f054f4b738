import { is_chain, stepped, ways_of } from "../../logic/my_day";

/** Let j and k select a row of My Day, Enter open it, d complete it and s put it off. */
export function bind_keys(day) {
	$(document).on("keydown", (event) => {
		if (!is_for(day, event)) return;
		const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
		if (["j", "k"].includes(key)) step(day, key);
		else if (["Enter", "d", "s"].includes(key) && day.selected()) run(day.selected(), key);
		else return;
		event.preventDefault();
		event.stopImmediatePropagation();
	});
}

function is_for(day, event) {
	if (event.ctrlKey || event.metaKey || event.altKey || event.isDefaultPrevented()) return false;
	if (!day.$body.is(":visible") || document.querySelector(".modal.show, .dropdown-menu.show")) return false;
	const { target } = event;
	const types = target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
	// Enter on a button or a link is theirs
	return !types && !(event.key === "Enter" && /^(BUTTON|A)$/.test(target.tagName));
}

function step(day, key) {
	const rows = day.rows();
	day.select(rows[stepped(rows.indexOf(day.selected()), key, rows.length)]);
}

function run(element, key) {
	const row = $(element).data("row");
	const act = $(element).data("act");
	if (key === "Enter") {
		return is_chain(row)
			? frappe.set_route("Form", "Interaction Chain", row.name)
			: frappe.set_route("Form", row.activity_type, row.activity);
	}
	const { finish, close, plan, snooze } = ways_of(row, (doctype) => frappe.model.can_write(doctype));
	if (key === "d" && (finish || close || plan))
		return act(finish ? "finish" : close ? "close" : "plan", row);
	if (key === "s" && snooze) open_menu(element);
}

function open_menu(element) {
	$(element).find("[data-toggle=dropdown]").dropdown("toggle");
	$(element).find(".dropdown-item").first().trigger("focus");
}
