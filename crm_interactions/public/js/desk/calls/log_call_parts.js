import { who } from "../../logic/call_card";
import { day, form_link } from "../chains/html";

/** Return buttons for the kinds, the chosen one pressed. */
export function kind_buttons(kinds, chosen, choose) {
	const $group = $(`<div class="crm-log-call-kinds" role="radiogroup"></div>`).attr(
		"aria-label",
		__("Type")
	);
	for (const kind of kinds) {
		const exists = kind.icon && document.getElementById(`icon-${kind.icon}`);
		$(`<button type="button" role="radio" class="btn btn-default btn-sm"></button>`)
			.attr({ "data-kind": kind.key, "aria-checked": String(kind === chosen) })
			.toggleClass("chosen", kind === chosen)
			.append(
				$(
					`<span class="crm-log-call-icon">${frappe.utils.icon(exists ? kind.icon : "edit", "sm")}</span>`
				),
				$("<span></span>").text(__(kind.label))
			)
			.on("click", () => choose(kind))
			.appendTo($group);
	}
	return $group;
}

/** Return the matches as buttons, and a button for a new contact if `add` is given. */
export function found_list(matches, { choose, add }) {
	const $list = $(`<div class="crm-log-call-found"></div>`);
	for (const match of matches) {
		const { name, partner } = who(match);
		$(`<button type="button" class="btn btn-default btn-sm"></button>`)
			.append($("<b></b>").text(name), $("<span></span>").text(partner))
			.on("click", () => choose(match))
			.appendTo($list);
	}
	if (!matches.length) {
		$(`<p class="text-muted"></p>`).text(__("No contact or partner found.")).appendTo($list);
	}
	if (add) {
		$(`<button type="button" class="btn btn-default btn-sm"></button>`)
			.text(__("New Contact"))
			.on("click", add)
			.appendTo($list);
	}
	return $list;
}

/** Return the last activities with a partner as links. */
export function history_of({ recent }) {
	const $list = $(`<ol class="crm-log-call-history"></ol>`);
	for (const row of recent) {
		$("<li></li>")
			.append(
				$("<time></time>").text(day(row.activity_date)),
				$(form_link(row.activity_type, row.activity, row.title))
			)
			.appendTo($list);
	}
	return $list;
}
